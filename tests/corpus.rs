//! The bundled corpus, held to the values that its manifest gives for each story.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use stage::{Stage, corpus};

fn manifest_file() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/manifest.jsonl")
}

/// Each story's expected values.
fn manifest() -> Vec<Value> {
    let text = fs::read_to_string(manifest_file()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Each story as the program reads it, by its path below the corpus.
fn parsed() -> BTreeMap<String, Value> {
    let stage = Stage::new();
    let folder = corpus();
    let output = stage.run(&["parse", folder.to_str().unwrap()]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let stories = output.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    stories.map(|story| (name(&story), story)).collect()
}

/// A story's file, its member of an archive, and its place there where it is not the first.
fn name(story: &Value) -> String {
    let member = match text(story, "member") {
        "" => String::new(),
        member => format!(", {member}"),
    };
    match story["ordinal"].as_u64() {
        None | Some(0) => format!("{}{member}", text(story, "path")),
        Some(ordinal) => format!("{}{member}, story {ordinal}", text(story, "path")),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn every_story_is_read_as_the_manifest_says() {
    let parsed = parsed();
    let mut wrong = Vec::new();
    for expected in manifest() {
        let path = name(&expected);
        let Some(story) = parsed.get(&path) else {
            wrong.push(format!("{path}: no story"));
            continue;
        };
        let mut check = |key: &str, holds: bool| {
            if !holds {
                wrong.push(format!("{path}: {key}: wanted {}, got {}", expected[key], story[key]));
            }
        };
        for key in ["format", "title", "place", "source", "language", "published_from"] {
            check(key, expected[key].is_null() || text(&expected, key) == text(story, key));
        }
        check("published", text(story, "published").starts_with(text(&expected, "published")));
        check("bylines", expected["bylines"].is_null() || expected["bylines"] == story["bylines"]);
        let body = text(story, "body");
        check("starts", body.starts_with(text(&expected, "starts")));
        check("ends", body.ends_with(text(&expected, "ends")));
        let absent = expected["absent"].as_array().map(Vec::as_slice).unwrap_or_default();
        check("absent", absent.iter().all(|part| !body.contains(part.as_str().unwrap())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_corpus_is_large_enough_and_told_of_whole() {
    let manifest = manifest();
    assert!(manifest.len() >= 60);
    let told: Vec<String> = manifest.iter().map(name).collect();
    for path in parsed().keys() {
        assert!(told.contains(path), "{path} is not in the manifest");
    }
}

/// Of a hundred expected values, how many must be found. Raised as the annotators get better,
/// never lowered.
const STATEMENTS_PER_HUNDRED: usize = 80;

#[test]
fn most_statements_are_found_with_their_speakers() {
    let stage = Stage::new();
    let folder = corpus();
    let index = stage.path("index");
    let index = index.to_str().unwrap();
    assert_eq!(stage.run(&["index", folder.to_str().unwrap(), "--index", index]).code, 0);
    let all = stage.run(&["said", "*:*", "-n", "0", "--format", "jsonl", "--index", index]).stdout;
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in all.lines() {
        let said: Value = serde_json::from_str(line).unwrap();
        found.entry(text(&said, "path").to_owned()).or_default().push(said);
    }
    let (mut right, mut total, mut missed) = (0, 0, Vec::new());
    for story in manifest() {
        let path = text(&story, "path").to_owned();
        for expected in story["said"].as_array().map(Vec::as_slice).unwrap_or_default() {
            total += 1;
            let statements = found.get(&path).map(Vec::as_slice).unwrap_or_default();
            if statements.iter().any(|said| is_said(said, expected)) {
                right += 1;
            } else {
                missed.push(format!("{path}: {expected}"));
            }
        }
    }
    assert!(
        right * 100 >= total * STATEMENTS_PER_HUNDRED,
        "{right} of {total}\n{}",
        missed.join("\n")
    );
}

/// Whether a statement holds the expected words, or they it, and is the expected speaker's.
fn is_said(said: &Value, expected: &Value) -> bool {
    let (words, wanted) = (text(said, "text"), text(expected, "text"));
    let same = words.contains(wanted) || wanted.contains(words) && words.len() * 2 >= wanted.len();
    let speaker = text(expected, "speaker");
    same && (text(said, "speaker") == speaker || text(said, "named").contains(speaker))
}
