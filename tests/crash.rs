//! A killed ingest leaves an index that opens, and the next run completes it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::time::Duration;

use stage::{Stage, stories_in};

/// How many stories are ingested: enough that an ingest takes longer than most kills wait.
const STORIES: usize = 3000;
/// How often an ingest is killed.
const KILLS: u64 = 10;

#[test]
fn a_killed_ingest_is_completed_by_the_next_run() {
    let stage = Stage::new();
    stage.write_many("wire", STORIES);
    let undisturbed = undisturbed_answers();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..KILLS {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        kill_after(&stage, Duration::from_millis(20 + random % 600));
        let place = stage.path("wire/.onrecord/label.json");
        if place.try_exists().unwrap() {
            let output = stage.run(&["stats", "--index", "wire/.onrecord", "--json"]);
            assert!(output.code < 2, "the index does not open: {}", output.stderr);
        }
    }
    let output = stage.run(&["index", "wire"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(stories_in(&stage, "wire/.onrecord"), STORIES as u64);
    assert_eq!(answers(&stage), undisturbed);
}

/// How often an ingest of the corpus is killed, each time from nothing.
const CORPUS_KILLS: u64 = 200;
/// After so many kills one is followed by damage to a file of the index.
const DAMAGE_EVERY: u64 = 5;

/// Killed at any moment, in a commit and in the settling of families too, an index opens at a commit and
/// the next run completes it; damaged, it says so or was not touched, and is made anew.
#[test]
fn the_corpus_is_whole_after_any_of_two_hundred_kills() {
    let stage = Stage::with_corpus();
    let undisturbed = stage.whole_answers();
    let started = std::time::Instant::now();
    assert_eq!(index_corpus(&stage, &["--rebuild", "--commit-every", "0"]).code, 0);
    let most = started.elapsed().as_micros() as u64 * 6 / 5;
    let mut random = 0x5851_F42D_4C95_7F2D_u64;
    for kill in 0..CORPUS_KILLS {
        std::fs::remove_dir_all(stage.path("index")).unwrap();
        let wait = Duration::from_micros(next(&mut random) % most);
        let mut child = stage
            .command(&["index", &corpus_path(), "--index", "index", "--commit-every", "0"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(wait);
        // SIGKILL on Unix; one that has ended already is no error.
        let _ = child.kill();
        child.wait().unwrap();
        if stage.path("index/label.json").try_exists().unwrap() {
            let checked = stage.run(&["check", "--index", "index"]);
            assert!(checked.code < 2, "after {wait:?}: {}{}", checked.stdout, checked.stderr);
        }
        let completed = index_corpus(&stage, &[]);
        assert_eq!(completed.code, 0, "after {wait:?}: {}", completed.stderr);
        if kill % DAMAGE_EVERY == 0 {
            damage(&stage, &mut random);
            let searched = stage.run(&["search", "*", "--index", "index", "--limit", "0"]);
            assert!(searched.code != 101 && !searched.stderr.contains("panicked"));
            let checked = stage.run(&["check", "--index", "index"]);
            assert_eq!(checked.code, 2, "{}{}", checked.stdout, checked.stderr);
            assert!(checked.stderr.contains("onrecord repair"), "{}", checked.stderr);
            assert_eq!(index_corpus(&stage, &["--rebuild"]).code, 0);
        }
        assert_eq!(stage.whole_answers(), undisturbed, "after {wait:?}");
    }
}

fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

fn corpus_path() -> String {
    stage::corpus().to_string_lossy().into_owned()
}

fn index_corpus(stage: &Stage, more: &[&str]) -> stage::Output {
    let corpus = corpus_path();
    stage.run(&[&["index", corpus.as_str(), "--index", "index"], more].concat())
}

/// Turns over a bit of a file of stories, words or families.
fn damage(stage: &Stage, random: &mut u64) {
    let mut files: Vec<std::path::PathBuf> = std::fs::read_dir(stage.path("index/index"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| {
            let kinds = ["store", "idx", "pos", "term", "fast", "fieldnorm", "bin"];
            let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
            kinds.contains(&kind) && path.metadata().unwrap().len() > 0
        })
        .collect();
    files.sort();
    let file = &files[next(random) as usize % files.len()];
    let mut bytes = std::fs::read(file).unwrap();
    let at = next(random) as usize % bytes.len();
    bytes[at] ^= 1 << (next(random) % 8);
    std::fs::write(file, bytes).unwrap();
}

/// Whoever stops an ingest is told by its exit code, and the next run goes on from there.
#[cfg(unix)]
#[test]
fn a_stopped_ingest_says_so_and_is_completed_by_the_next_run() {
    let stage = Stage::new();
    stage.write_many("wire", STORIES);
    let child = stage.command(&["index", "wire", "--threads", "1"]);
    let mut child = { child }.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let place = stage.path("wire/.onrecord/label.json");
    while !place.try_exists().unwrap() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    // Every shell has a kill of its own.
    let interrupt = format!("kill -INT {}", child.id());
    let sent = std::process::Command::new("sh").args(["-c", &interrupt]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{told}");
    assert!(told.contains("stopped before the end"), "{told}");
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    assert_eq!(stories_in(&stage, "wire/.onrecord"), STORIES as u64);
}

/// What an ingest that nothing disturbs answers over the same stories.
fn undisturbed_answers() -> Vec<String> {
    let stage = Stage::new();
    stage.write_many("wire", STORIES);
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    answers(&stage)
}

/// Answers whose order and content no segment and no deleted document may change.
fn answers(stage: &Stage) -> Vec<String> {
    ["port", "speaker:orlo", "\"calm seas\" title:harbour", "mentions:2025-03"]
        .iter()
        .map(|query| {
            let found = stage.run(&[
                "search",
                "--index",
                "wire/.onrecord",
                "--format",
                "csv",
                "--sort",
                "newest",
                query,
            ]);
            assert!(found.code < 2, "{}", found.stderr);
            found.stdout
        })
        .collect()
}

fn kill_after(stage: &Stage, wait: Duration) {
    let mut child = stage
        .command(&["index", "wire", "--commit-every", "0"])
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(wait);
    // SIGKILL on Unix; one that has ended already is no error.
    let _ = child.kill();
    child.wait().expect("the program was started");
}
