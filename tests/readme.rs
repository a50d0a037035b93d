//! The README's tour, run and compared: it cannot rot.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use stage::{Stage, corpus};

#[test]
fn the_tour_shows_what_the_program_answers() {
    let stage = Stage::new();
    let index = stage.path("index");
    let (folder, place) = (corpus(), index.to_str().unwrap().to_owned());
    // The one undated story of the corpus has a day of its own, whatever the day it is read.
    let arguments =
        ["index", folder.to_str().unwrap(), "--index", &place, "--published", "2025-12-31"];
    let output = stage.run(&arguments);
    assert_eq!(output.code, 0, "{}", output.stderr);
    trycmd::TestCases::new().env("ONRECORD_INDEX", place).case("README.md").run();
}

#[test]
fn the_table_of_formats_is_the_registers() {
    let table = Stage::new().run(&["formats", "--markdown"]).stdout;
    let readme = std::fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&table), "put what `onrecord formats --markdown` prints there");
}
