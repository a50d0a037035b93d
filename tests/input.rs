//! Every kind of file that gives no story has its own reason, and none stops the run.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::collections::BTreeMap;
use std::fs;

use stage::{Stage, stories_in};

const STORY: &str =
    "Harbour opens\n\nPORT AZURE, March 3, 2025 (Nordwire)\n\nThe harbour opened.\n";

/// The report of an ingest, by path.
fn report(stage: &Stage, more: &[&str]) -> BTreeMap<String, serde_json::Value> {
    let mut arguments = vec!["index", "wire", "--report", "report.jsonl"];
    arguments.extend(more);
    let output = stage.run(&arguments);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let text = fs::read_to_string(stage.path("report.jsonl")).unwrap();
    text.lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            (value["path"].as_str().unwrap().to_owned(), value)
        })
        .collect()
}

#[test]
fn every_file_without_a_story_is_named_with_its_reason() {
    let stage = Stage::new();
    stage.write("wire/good.txt", STORY);
    stage.write("wire/empty.txt", "");
    stage.write("wire/blank.txt", " \n\n ");
    stage.write("wire/.hidden.txt", STORY);
    stage.write("wire/binary.bin", [0u8, 1, 2, 3, 0, 0, 255, 254, 7, 0, 0, 1]);
    stage.write("wire/large.txt", "x".repeat(2 << 20));
    stage.write("wire/broken.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("good.txt", stage.path("wire/link.txt")).unwrap();
        std::os::unix::fs::symlink("..", stage.path("wire/loop")).unwrap();
    }
    let found = report(&stage, &["--max-file-size", "1"]);
    let kind = |path: &str| found.get(path).map(|line| line["kind"].as_str().unwrap().to_owned());
    assert_eq!(kind("good.txt"), None);
    for (path, wanted) in [
        ("empty.txt", "empty"),
        (".hidden.txt", "hidden"),
        ("large.txt", "too-large"),
        ("broken.gz", "damaged"),
    ] {
        assert_eq!(kind(path).as_deref(), Some(wanted), "{path}: {found:?}");
    }
    for path in ["blank.txt", "binary.bin"] {
        assert!(kind(path).is_some(), "{path}: {found:?}");
    }
    #[cfg(unix)]
    for path in ["link.txt", "loop"] {
        assert_eq!(kind(path).as_deref(), Some("link"), "{path}: {found:?}");
    }
    assert!(found["binary.bin"]["reason"].as_str().unwrap().starts_with("binary"));
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 1);
}

#[test]
fn a_pipe_is_never_opened() {
    let stage = Stage::new();
    stage.write("wire/good.txt", STORY);
    let made = std::process::Command::new("mkfifo").arg(stage.path("wire/pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no mkfifo on this machine");
        return;
    }
    let found = report(&stage, &[]);
    assert_eq!(found["pipe"]["kind"], "special");
}

#[test]
fn a_second_run_reads_only_what_changed_and_drops_what_is_gone() {
    let stage = Stage::new();
    stage.write_many("wire", 20);
    assert!(stage.run(&["index", "wire"]).stderr.starts_with("20 stories from 20 files"));
    assert!(stage.run(&["index", "wire"]).stderr.contains("20 files unchanged"));
    stage.write("wire/000/00000.txt", STORY);
    fs::remove_file(stage.path("wire/001/00001.txt")).unwrap();
    let third = stage.run(&["index", "wire"]).stderr;
    assert!(third.contains("18 files unchanged") && third.contains("1 dropped"), "{third}");
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 19);
    let found = stage.json(&["search", "--index", "wire/.onrecord", "--json", "title:opens"]);
    assert_eq!(found["total"], 1);
    assert_eq!(
        stage.run(&["search", "--index", "wire/.onrecord", "\"number 1\" title:number"]).code,
        1
    );
}

#[test]
fn the_same_stories_answer_alike_on_one_thread_and_on_four() {
    let stage = Stage::new();
    stage.write_many("wire", 300);
    for threads in ["1", "4"] {
        let index = format!("index{threads}");
        assert_eq!(stage.run(&["index", "wire", "--index", &index, "--threads", threads]).code, 0);
    }
    for query in ["port", "speaker:vane ships", "\"calm seas\"", "mentions:2025-04"] {
        let answer = |index: &str| {
            stage.run(&["search", "--index", index, "--format", "csv", "-n", "0", query]).stdout
        };
        assert_eq!(answer("index1"), answer("index4"), "{query}");
    }
}

#[test]
fn a_path_that_is_not_there_is_an_error_that_names_it() {
    let stage = Stage::new();
    let output = stage.run(&["parse", "nowhere"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("nowhere"), "{}", output.stderr);
}

#[test]
fn strict_says_by_its_exit_code_that_a_file_gave_no_story() {
    let stage = Stage::new();
    stage.write("wire/good.txt", STORY);
    stage.write("wire/empty.txt", "");
    assert_eq!(stage.run(&["index", "wire", "--strict"]).code, 2);
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
}

#[test]
fn what_a_file_was_taken_for_is_explained_with_where_each_field_stood() {
    let stage = Stage::new();
    stage.write("good.txt", STORY);
    stage.write("bad.xml", "<nitf><body><p>unfinished");
    let output = stage.run(&["parse", "--explain", "good.txt", "bad.xml"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    for line in
        ["  read as text", "  read as nitf", "title      the first line", "place      the dateline"]
    {
        assert!(output.stdout.contains(line), "{line}: {}", output.stdout);
    }
    assert!(output.stdout.contains("not read: "), "{}", output.stdout);
    assert_eq!(stage.run(&["parse", "--explain", "bad.xml"]).code, 1);
}
