//! The README's tour, run and compared: it cannot rot.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::path::Path;

use stage::{Stage, corpus};

#[test]
fn the_tour_shows_what_the_program_answers() {
    let stage = Stage::new();
    // Beside its stories an index knows them by their path from there, wherever this is checked out.
    copy(&corpus(), &stage.path("corpus"));
    let place = stage.path("corpus/.onrecord").to_str().unwrap().to_owned();
    // The one undated story of the corpus has a day of its own, whatever the day it is read.
    let output = stage.run(&["index", "corpus", "--published", "2025-12-31"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    trycmd::TestCases::new().env("ONRECORD_INDEX", place).case("README.md").run();
}

/// Copies a folder's files, without an index that somebody made of it.
fn copy(from: &Path, to: &Path) {
    let shown = |entry: &walkdir::DirEntry| entry.file_name() != ".onrecord";
    let entries = walkdir::WalkDir::new(from).into_iter().filter_entry(shown);
    for entry in entries.map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(target).unwrap(),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[test]
fn the_table_of_formats_is_the_registers() {
    let table = Stage::new().run(&["formats", "--markdown"]).stdout;
    let readme = std::fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&table), "put what `onrecord formats --markdown` prints there");
}
