//! What the machine refuses: each time one line says what is wrong, and one what is safe and what to do;
//! what was committed can be searched, and the next run completes it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use stage::{Output, Stage, stories_in};

const STORIES: usize = 300;

fn with_stories() -> Stage {
    let stage = Stage::new();
    stage.write_many("wire", STORIES);
    stage
}

/// Holds what a refused run must say.
fn assert_told(run: &Output, what: &str) {
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(lines.len() == 2 && lines[0].contains(what), "{}", run.stderr);
    assert!(lines[1].starts_with("hint: what was committed is safe: "), "{}", run.stderr);
    assert!(!run.stderr.contains("Error") && !run.stderr.contains("{ "), "{}", run.stderr);
}

/// An index that a refused run left can be asked, says that not all is in it, and is completed.
fn assert_completed(stage: &Stage, index: &str) {
    if stage.path(index).join("label.json").try_exists().unwrap() {
        let asked = stage.run(&["search", "port", "--index", index]);
        assert!(
            asked.code < 2 && asked.stderr.contains("not all is in the index"),
            "{}",
            asked.stderr
        );
        let checked = stage.run(&["check", "--index", index]);
        assert_eq!(checked.code, 1, "{}{}", checked.stdout, checked.stderr);
        assert!(checked.stdout.contains("did not come to its end"), "{}", checked.stdout);
    }
    let completed = stage.run(&["index", "wire", "--index", index]);
    assert_eq!(completed.code, 0, "{}", completed.stderr);
    assert_eq!(stories_in(stage, index), STORIES as u64);
    let checked = stage.run(&["check", "--index", index]);
    assert_eq!(checked.code, 0, "{}{}", checked.stdout, checked.stderr);
    assert_eq!(stage.run(&["search", "port", "--index", index]).stderr, "");
}

/// A small disk of its own; none where the machine does not allow it.
struct Disk<'a> {
    stage: &'a Stage,
}

impl<'a> Disk<'a> {
    fn of(stage: &'a Stage, kilobytes: usize) -> Option<Self> {
        fs::create_dir_all(stage.path("disk")).unwrap();
        let disk = Self { stage };
        disk.mount(&format!("size={kilobytes}k")).then_some(disk)
    }

    fn mount(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(self.stage.path("disk"));
        mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    fn again(&self, options: &str) {
        assert!(self.mount(&format!("remount,{options}")));
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let mut umount = Command::new("umount");
        let _ = umount.arg(self.stage.path("disk")).stderr(Stdio::null()).status();
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that could not be run says so")]
fn a_full_disk_costs_nothing_that_was_committed() {
    let stage = with_stories();
    let mut refused = 0;
    for kilobytes in [60, 150, 300, 500, 700] {
        let Some(disk) = Disk::of(&stage, kilobytes) else {
            eprintln!("not run: this machine lets nobody mount a small disk here");
            return;
        };
        let run = stage.run(&["index", "wire", "--index", "disk/index", "--commit-every", "0"]);
        if run.code != 0 {
            refused += 1;
            assert_told(&run, "the disk is full");
            disk.again("size=64m");
            assert_completed(&stage, "disk/index");
        }
    }
    assert!(refused >= 2, "{refused}");
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that could not be run says so")]
fn an_index_on_a_disk_that_takes_nothing_can_be_asked() {
    let stage = with_stories();
    let Some(disk) = Disk::of(&stage, 64 << 10) else {
        eprintln!("not run: this machine lets nobody mount a small disk here");
        return;
    };
    let on_disk = ["--index", "disk/index"];
    assert_eq!(stage.run(&[&["index", "wire"], &on_disk[..]].concat()).code, 0);
    disk.again("ro");
    let asked: [&[&str]; 5] =
        [&["search", "port"], &["said", "port"], &["people"], &["check"], &["repair", "wire"]];
    for command in asked {
        let run = stage.run(&[command, &on_disk[..]].concat());
        assert_eq!(run.code, 0, "{command:?}: {}", run.stderr);
    }
    let refused = stage.run(&[&["index", "wire"], &on_disk[..]].concat());
    assert_told(&refused, "the index may not be written");
}

#[test]
fn a_file_that_may_not_grow_is_a_full_disk() {
    let stage = with_stories();
    for blocks in [0, 8, 100] {
        let _ = fs::remove_dir_all(stage.path("index"));
        // The signal would end the program before it can say anything.
        let limits = format!("trap '' XFSZ && ulimit -f {blocks}");
        let run = stage.run_under(&limits, &["index", "wire", "--index", "index"]);
        assert_told(&run, "the disk is full");
        assert_completed_where_begun(&stage);
    }
}

#[test]
fn too_few_open_files_are_called_that() {
    let stage = with_stories();
    for files in [8, 12] {
        let _ = fs::remove_dir_all(stage.path("index"));
        let limits = format!("ulimit -n {files}");
        let run = stage.run_under(&limits, &["index", "wire", "--index", "index"]);
        assert_told(&run, "too many files are open");
        assert_completed(&stage, "index");
    }
}

/// Without its name in the lock, a run cannot be told to have ended early.
fn assert_completed_where_begun(stage: &Stage) {
    let lock = fs::read(stage.path("index/writer.lock")).unwrap_or_default();
    if !lock.is_empty() {
        return assert_completed(stage, "index");
    }
    assert_eq!(stage.run(&["index", "wire", "--index", "index"]).code, 0);
    assert_eq!(stories_in(stage, "index"), STORIES as u64);
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_gets_no_memory_leaves_an_index_that_is_completed() {
    let stage = with_stories();
    let mut ended = 0;
    for kilobytes in [60_000, 150_000, 250_000, 350_000] {
        let _ = fs::remove_dir_all(stage.path("index"));
        let limits = format!("ulimit -v {kilobytes} && ulimit -c 0");
        let run = stage.run_under(&limits, &["index", "wire", "--index", "index"]);
        if run.code != 0 {
            ended += 1;
            assert_completed_where_begun(&stage);
        }
        let asked = stage.run_under("ulimit -v 30000", &["search", "port", "--index", "index"]);
        if asked.code == 2 {
            assert_told(&asked, "not enough memory");
        }
    }
    assert!(ended > 0);
}

#[test]
fn a_source_that_is_away_costs_no_story() {
    let stage = with_stories();
    stage.write("more/a.txt", stage::story(STORIES));
    let both = ["index", "wire", "more", "--index", "index"];
    assert_eq!(stage.run(&both).code, 0);
    fs::rename(stage.path("wire"), stage.path("away")).unwrap();
    assert_eq!(stage.run(&both).code, 2);
    fs::create_dir(stage.path("wire")).unwrap();
    fs::remove_file(stage.path("more/a.txt")).unwrap();
    stage.write("more/b.txt", stage::story(STORIES + 1));
    let run = stage.run(&both);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("300 files kept, though their folder is empty"), "{}", run.stderr);
    assert!(run.stderr.contains("hint: nothing of it was dropped"), "{}", run.stderr);
    assert_eq!(stories_in(&stage, "index"), STORIES as u64 + 1);
    let repaired = stage.run(&["repair", "wire", "--index", "index"]);
    assert_eq!(repaired.code, 0, "{}", repaired.stderr);
    fs::write(stage.path("index/index/meta.json"), "{}").unwrap();
    let repaired = stage.run(&["repair", "wire", "--index", "index"]);
    assert_eq!(repaired.code, 2, "{}", repaired.stderr);
    assert!(repaired.stderr.contains("nothing to read"), "{}", repaired.stderr);
    fs::remove_dir(stage.path("wire")).unwrap();
    fs::rename(stage.path("away"), stage.path("wire")).unwrap();
    let repaired = stage.run(&["repair", "wire", "more", "--index", "index"]);
    assert_eq!(repaired.code, 0, "{}", repaired.stderr);
    assert_eq!(stories_in(&stage, "index"), STORIES as u64 + 1);
}

#[test]
fn an_index_that_goes_away_under_its_writer_is_called_that() {
    let stage = Stage::new();
    stage.write_many("wire", 3000);
    let command = ["index", "wire", "--index", "index", "--commit-every", "0", "--threads", "1"];
    let child = { stage.command(&command) }.stderr(Stdio::piped()).spawn().unwrap();
    while !stage.path("index/label.json").try_exists().unwrap() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(100));
    fs::rename(stage.path("index"), stage.path("away")).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let run = Output { code: output.status.code().unwrap(), stdout: String::new(), stderr: told };
    assert_told(&run, "the index is not where it was");
    assert_eq!(stage.run(&["index", "wire", "--index", "away"]).code, 0);
    assert_eq!(stories_in(&stage, "away"), 3000);
}

#[test]
fn an_empty_folder_in_the_given_one_may_be_a_lost_mount_but_a_deleted_one_is_gone() {
    let stage = with_stories();
    let tale = |n: u64| stage::story(STORIES + n as usize);
    stage.write("wire/disk/a.txt", tale(1));
    stage.write("wire/disk/deep/b.txt", tale(2));
    let index = ["index", "wire", "--index", "index"];
    assert_eq!(stage.run(&index).code, 0);
    let all = STORIES as u64 + 2;
    fs::rename(stage.path("wire/disk"), stage.path("away")).unwrap();
    fs::create_dir(stage.path("wire/disk")).unwrap();
    let run = stage.run(&index);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("2 files kept, though their folder is empty"), "{}", run.stderr);
    assert!(run.stderr.contains("wire/disk: a folder is empty"), "{}", run.stderr);
    assert_eq!(stories_in(&stage, "index"), all);
    fs::remove_dir(stage.path("wire/disk")).unwrap();
    fs::rename(stage.path("away"), stage.path("wire/disk")).unwrap();
    let run = stage.run(&index);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stories_in(&stage, "index"), all);
    fs::remove_dir_all(stage.path("wire/disk")).unwrap();
    let run = stage.run(&index);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stories_in(&stage, "index"), STORIES as u64);
}
