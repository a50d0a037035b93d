//! A thousand hostile files in one ingest: none ends it, none is lost from the account, and the
//! memory stays within its budget.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "hostile/make.rs"]
mod make;
mod stage;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Child;

use stage::{Stage, corpus};

/// How many files are made.
const FILES: usize = 1000;
/// The budget, in MiB.
const MEMORY: u64 = 512;

/// Every file of the corpus with its name.
fn seeds() -> Vec<(String, Vec<u8>)> {
    fn add(folder: &Path, seeds: &mut Vec<(String, Vec<u8>)>) {
        let mut paths: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                add(&path, seeds);
            } else {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                seeds.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    let mut seeds = Vec::new();
    add(&corpus(), &mut seeds);
    // The text stories are many, and one of them is like the other.
    let (text, other): (Vec<_>, Vec<_>) =
        seeds.into_iter().partition(|(name, _)| name.ends_with(".txt"));
    other.into_iter().chain(text.into_iter().step_by(8)).collect()
}

/// Waits for a program's end; gives the most memory that it held, in MiB, where the machine tells.
fn most_memory(child: &mut Child) -> Option<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        most = kib.map(|kib| kib >> 10).or(most);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    most
}

#[test]
fn a_thousand_hostile_files_are_read_or_accounted_for() {
    let stage = Stage::new();
    let files = make::files(&seeds(), FILES);
    for file in &files {
        stage.write(&format!("wire/{}", file.name), &file.bytes);
    }
    let memory = MEMORY.to_string();
    let arguments = ["index", "wire", "--report", "report.jsonl", "--memory", &memory];
    let errors = fs::File::create(stage.path("errors.txt")).unwrap();
    let mut child = stage.command(&arguments).stderr(errors).spawn().unwrap();
    let most = most_memory(&mut child);
    let errors = fs::read_to_string(stage.path("errors.txt")).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{errors}");

    let report = fs::read_to_string(stage.path("report.jsonl")).unwrap();
    let lines = report.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut told = BTreeSet::new();
    for line in lines {
        assert_ne!(line["kind"], "crash", "{line}");
        told.insert(line["path"].as_str().unwrap().to_owned());
    }
    let all = ["--format", "jsonl", "-n", "0", "--versions", "--copies", "*"];
    let found = stage.run(&[&["search", "--index", "wire/.onrecord"], &all[..]].concat());
    for line in found.stdout.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        told.insert(hit["path"].as_str().unwrap().to_owned());
    }
    let lost: Vec<&str> =
        files.iter().map(|file| file.name.as_str()).filter(|name| !told.contains(*name)).collect();
    assert!(lost.is_empty(), "neither a story nor a reason: {lost:?}");
    match most {
        Some(most) => assert!(most <= MEMORY, "{most} MiB of {MEMORY}"),
        None => eprintln!("skipped: this machine does not tell a program's memory"),
    }
    assert!(!Path::new("/tmp/onrecord-was-here.txt").try_exists().unwrap());
}
