//! Searching goes on while the index is written: each answer is of one commit, and none is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::fs;
use std::process::Stdio;

use stage::{Stage, story};

const STORIES: usize = 1500;

/// Asks again and again while an ingest with a commit for each batch runs; gives how many stories each
/// answer was of.
fn ask_during_ingest(stage: &Stage) -> Vec<u64> {
    let command = ["index", "wire", "--commit-every", "0", "--threads", "1"];
    let mut writer = { stage.command(&command) }.stderr(Stdio::null()).spawn().unwrap();
    let mut counts = Vec::new();
    loop {
        let ended = writer.try_wait().unwrap();
        if stage.path("wire/.onrecord/label.json").try_exists().unwrap() {
            counts.push(one_answer(stage));
        }
        if let Some(status) = ended {
            assert!(status.success());
            return counts;
        }
    }
}

/// Asks for stories and for what is said in them: of one commit, each answer is whole.
fn one_answer(stage: &Stage) -> u64 {
    let all = ["--index", "wire/.onrecord", "--limit", "0", "--versions", "--copies", "--json"];
    let stories = stage.json(&[&["search", "*"], &all[..]].concat());
    let hits = stories["hits"].as_array().unwrap();
    assert_eq!(stories["total"], hits.len());
    let mut paths: Vec<&str> = hits.iter().map(|hit| hit["path"].as_str().unwrap()).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), hits.len(), "a story is there twice");
    let said = stage.json(&[&["said", "speaker:orlo"], &all[..]].concat());
    assert_eq!(said["total"], said["hits"].as_array().unwrap().len());
    hits.len() as u64
}

#[test]
fn searching_goes_on_while_stories_come_change_and_go() {
    let stage = Stage::new();
    stage.write_many("wire", STORIES);
    let coming = ask_during_ingest(&stage);
    assert!(coming.is_sorted(), "{coming:?}");
    assert_eq!(coming.last(), Some(&(STORIES as u64)));

    for number in 0..STORIES / 2 {
        let name = format!("wire/{:03}/{number:05}.txt", number % 50);
        stage.write(&name, story(number) + "\nOne more line.\n");
    }
    let changing = ask_during_ingest(&stage);
    // Of a file that is being read when a commit is made, the old story is gone and the new to come.
    let whole = |count: &u64| (STORIES as u64 - 1..=STORIES as u64).contains(count);
    assert!(changing.iter().all(whole), "{changing:?}");

    for folder in 10..40 {
        fs::remove_dir_all(stage.path(&format!("wire/{folder:03}"))).unwrap();
    }
    let going = ask_during_ingest(&stage);
    assert!(going.iter().rev().is_sorted(), "{going:?}");
    assert_eq!(going.last(), Some(&(STORIES as u64 * 2 / 5)));
}
