//! Searches that are kept: each new story is shown once, to each search that it matches.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use serde_json::Value;
use stage::Stage;

fn story(about: &str) -> String {
    format!(
        "A note on {about}\n\nPORT AZURE, March 3, 2025 (Nordwire) - There was {about} on Monday.\n"
    )
}

fn stage() -> Stage {
    let stage = Stage::new();
    stage.write("wires/1.txt", story("herring"));
    stage.write("wires/2.txt", story("fog"));
    assert_eq!(stage.run(&["index", "wires"]).code, 0);
    stage
}

fn watchlist(stage: &Stage, arguments: &[&str]) -> stage::Output {
    let mut all = vec!["watchlist"];
    all.extend(arguments);
    all.extend(["--index", "wires/.onrecord"]);
    stage.run(&all)
}

/// What is new, as "search: path".
fn new(stage: &Stage, arguments: &[&str]) -> Vec<String> {
    let output = watchlist(stage, &[arguments, &["--format", "jsonl"]].concat());
    assert!(output.code < 2, "{}", output.stderr);
    let lines: Vec<String> = output
        .stdout
        .lines()
        .map(|line| {
            let hit: Value = serde_json::from_str(line).unwrap();
            format!("{}: {}", hit["search"].as_str().unwrap(), hit["path"].as_str().unwrap())
        })
        .collect();
    assert_eq!(output.code, i32::from(lines.is_empty()));
    lines
}

#[test]
fn a_new_story_is_shown_once_to_each_search_that_it_matches() {
    let stage = stage();
    let added = watchlist(&stage, &["add", "fish", "herring or cod"]);
    assert!(added.stderr.contains("fish: 1 story matches today"), "{}", added.stderr);
    assert_eq!(watchlist(&stage, &["add", "weather", "fog OR rain"]).code, 0);
    assert_eq!(watchlist(&stage, &["add", "old", "herring", "--all"]).code, 0);
    assert_eq!(new(&stage, &["--peek"]), ["old: 1.txt"]);
    assert_eq!(new(&stage, &[]), ["old: 1.txt"]);
    assert_eq!(new(&stage, &[]), [""; 0]);
    stage.write("wires/3.txt", story("cod and rain"));
    let indexed = stage.run(&["index", "wires"]);
    assert!(indexed.stderr.contains("watchlist: 1 new to fish"), "{}", indexed.stderr);
    assert_eq!(new(&stage, &["--peek"]), ["fish: 3.txt", "weather: 3.txt"]);
    assert_eq!(new(&stage, &[]), ["fish: 3.txt", "weather: 3.txt"]);
    assert_eq!(new(&stage, &[]), [""; 0]);
    // Nothing is new where nothing came in.
    assert_eq!(stage.run(&["index", "wires"]).code, 0);
    assert_eq!(new(&stage, &[]), [""; 0]);
}

#[test]
fn a_story_whose_words_change_is_shown_again() {
    let stage = stage();
    assert_eq!(watchlist(&stage, &["add", "fish", "herring"]).code, 0);
    stage.write("wires/1.txt", story("no herring, the institute says now,"));
    assert_eq!(stage.run(&["index", "wires"]).code, 0);
    assert_eq!(new(&stage, &[]), ["fish: 1.txt"]);
    // The same words written anew are nothing new.
    stage.write("wires/1.txt", story("no herring, the institute says now,"));
    assert_eq!(stage.run(&["index", "wires"]).code, 0);
    assert_eq!(new(&stage, &[]), [""; 0]);
}

#[test]
fn searches_are_listed_and_forgotten_and_names_are_not_taken_twice() {
    let stage = stage();
    assert_eq!(watchlist(&stage, &["list"]).code, 1);
    assert_eq!(watchlist(&stage, &["add", "fish", "herring"]).code, 0);
    assert_eq!(watchlist(&stage, &["list"]).stdout, "fish  herring  (1 seen)\n");
    let again = watchlist(&stage, &["add", "fish", "cod"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("named `fish` already"), "{}", again.stderr);
    let wrong = watchlist(&stage, &["add", "odd", "speeker:x"]);
    assert!(wrong.stderr.contains("did you mean `speaker:`?"), "{}", wrong.stderr);
    assert_eq!(watchlist(&stage, &["remove", "fish"]).code, 0);
    assert_eq!(watchlist(&stage, &["remove", "fish"]).code, 2);
    assert_eq!(watchlist(&stage, &["list"]).code, 1);
}

#[test]
fn a_damaged_watchlist_says_so_and_hundreds_of_searches_are_asked_in_one_go() {
    let stage = stage();
    stage.write("wires/.onrecord/watchlist.json", "{");
    let output = watchlist(&stage, &[]);
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("watchlist.json: the watchlist cannot be read"),
        "{}",
        output.stderr
    );
    std::fs::remove_file(stage.path("wires/.onrecord/watchlist.json")).unwrap();
    for number in 0..200 {
        assert_eq!(
            watchlist(&stage, &["add", &format!("s{number}"), &format!("cod{number} or eel")]).code,
            0
        );
    }
    stage.write("wires/4.txt", story("eel"));
    assert_eq!(stage.run(&["index", "wires"]).code, 0);
    assert_eq!(new(&stage, &[]).len(), 200);
    assert_eq!(new(&stage, &[]), [""; 0]);
}
