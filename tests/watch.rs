//! A watched folder: what comes in is found, whole, and a folder that goes away is waited for.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::fs;
use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use stage::{Stage, story};

/// How long anything may take on a machine that is busy; nothing waits so long where all is well.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        // One that has ended already is no error.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn watch(stage: &Stage, every: &str) -> Watching {
    let mut command = stage.command(&["watch", "wires", "--index", "index", "--every", every]);
    Watching(command.stderr(Stdio::piped()).spawn().unwrap())
}

fn found(stage: &Stage, query: &str) -> u64 {
    let output = stage.run(&["search", query, "--index", "index", "--count"]);
    output.stdout.trim().parse().unwrap_or(0)
}

fn wait_for(stage: &Stage, query: &str, count: u64) {
    let started = Instant::now();
    while found(stage, query) != count {
        assert!(started.elapsed() < PATIENCE, "{query}: {} of {count}", found(stage, query));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_comes_in_is_found_and_what_goes_is_not() {
    let stage = Stage::new();
    stage.write("wires/1.txt", story(1));
    let mut watching = watch(&stage, "50");
    wait_for(&stage, "harbour", 1);
    for number in 2..40 {
        stage.write(&format!("wires/new/{number}.txt"), story(number));
    }
    wait_for(&stage, "harbour", 39);
    fs::remove_dir_all(stage.path("wires/new")).unwrap();
    wait_for(&stage, "harbour", 1);
    let interrupt = format!("kill -INT {}", watching.0.id());
    assert!(std::process::Command::new("sh").args(["-c", &interrupt]).status().unwrap().success());
    assert_eq!(watching.0.wait().unwrap().code(), Some(130));
}

#[test]
fn a_file_is_not_read_while_it_is_written() {
    let stage = Stage::new();
    stage.write("wires/old.txt", story(1));
    let _watching = watch(&stage, "2000");
    wait_for(&stage, "harbour", 1);
    let mut file = fs::File::create(stage.path("wires/slow.txt")).unwrap();
    writeln!(file, "Slow quokka\n\nPORT AZURE, March 3, 2025 (Nordwire)\n\nIt began.").unwrap();
    for _ in 0..30 {
        writeln!(file, "More of it came.").unwrap();
        file.flush().unwrap();
        // No two looks see the same file.
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(found(&stage, "quokka"), 0);
    }
    writeln!(file, "It ended.").unwrap();
    drop(file);
    wait_for(&stage, "quokka \"it ended\"", 1);
}

#[test]
fn a_folder_that_goes_away_is_waited_for() {
    let stage = Stage::new();
    stage.write("wires/1.txt", story(1));
    let _watching = watch(&stage, "50");
    wait_for(&stage, "harbour", 1);
    fs::rename(stage.path("wires"), stage.path("away")).unwrap();
    stage.write("away/2.txt", story(2));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(found(&stage, "harbour"), 1);
    fs::rename(stage.path("away"), stage.path("wires")).unwrap();
    wait_for(&stage, "harbour", 2);
}
