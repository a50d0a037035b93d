//! The house: which module may name which, and that every member stands in its register.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may name of the crate besides itself.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &[]),
    ("text", &["model"]),
    ("contract", &["model", "error"]),
    ("container", &["contract", "model", "error", "text"]),
    ("format", &["contract", "model", "error", "text"]),
    ("annotate", &["contract", "model", "error", "text"]),
    ("query", &["contract", "model", "error", "text"]),
    ("output", &["contract", "model", "error", "text"]),
    ("backend", &["contract", "model", "error", "text"]),
    (
        "ingest",
        &["container", "format", "annotate", "backend", "contract", "model", "error", "text"],
    ),
    ("search", &["query", "backend", "contract", "model", "error", "text"]),
];

/// The crates that only one room may name.
const ONE_ROOM: &[(&str, &[&str])] = &[
    ("tantivy", &["backend"]),
    ("clap", &["cli"]),
    ("walkdir", &["ingest"]),
    ("indicatif", &["cli"]),
    ("ctrlc", &["cli"]),
];

const SHELVES: &[&str] = &["container", "format", "annotate", "query", "output", "backend"];

#[test]
fn every_room_names_only_what_lies_below_it() {
    let mut wrong = Vec::new();
    for (room, file, text) in sources() {
        let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == room) else { continue };
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            for named in crate_names(line) {
                if named != room && !allowed.contains(&named.as_str()) {
                    wrong.push(format!("{}:{}: names crate::{named}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_library_is_named_by_one_room() {
    let mut wrong = Vec::new();
    for (room, file, text) in sources() {
        for (library, rooms) in ONE_ROOM {
            let path = format!("{library}::");
            let named = text.lines().any(|line| !is_comment(line) && line.contains(&path));
            if named && !rooms.contains(&room.as_str()) {
                wrong.push(format!("{}: names {library}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_member_of_a_shelf_stands_in_its_register() {
    for shelf in SHELVES {
        let folder = Path::new("src").join(shelf);
        let register = fs::read_to_string(folder.join("mod.rs")).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let is_member = path.extension().is_some_and(|end| end == "rs") && name != "mod";
            if is_member {
                let declared = register.lines().any(|line| line.ends_with(&format!("mod {name};")));
                assert!(declared, "{} has no line in its register", path.display());
            }
        }
    }
}

#[test]
fn files_stay_within_their_length() {
    const MOST_LINES_OF_CODE: usize = 400;
    let mut long = Vec::new();
    for (_, file, text) in sources() {
        if file.ends_with("tests.rs") {
            continue;
        }
        let code = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
        let lines = code.filter(|line| !line.trim().is_empty() && !is_comment(line)).count();
        if lines > MOST_LINES_OF_CODE {
            long.push(format!("{}: {lines} lines", file.display()));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Every source file with its room.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let below = path.strip_prefix("src").unwrap();
                let first = below.components().next().unwrap().as_os_str().to_string_lossy();
                let room = first.trim_end_matches(".rs").to_owned();
                let text = fs::read_to_string(&path).unwrap();
                found.push((room, path, text));
            }
        }
    }
    found.sort();
    found
}

/// The modules that a line names after `crate::`.
fn crate_names(line: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, start) in line.match_indices("crate::") {
        let rest = &line[at + start.len()..];
        let several = rest.strip_prefix('{').map(|list| list.split(',').map(str::trim).collect());
        for name in several.unwrap_or_else(|| vec![rest]) {
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            if end > 0 && name.starts_with(char::is_lowercase) {
                names.insert(name[..end].to_owned());
            }
        }
    }
    names
}

#[test]
fn every_format_and_container_has_a_fuzz_target() {
    let formats = onrecord::format::FORMATS.iter().map(|format| format.name);
    let containers = onrecord::container::CONTAINERS.iter().map(|container| container.name);
    for name in formats.chain(containers) {
        let target = Path::new("fuzz/targets").join(format!("{}.rs", name.replace('-', "_")));
        assert!(target.is_file(), "{name} has no target: {}", target.display());
    }
}
