//! The README's tour, run and compared: it cannot rot.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use stage::{Stage, corpus};

#[test]
fn the_tour_shows_what_the_program_answers() {
    let stage = Stage::new();
    let index = stage.path("index");
    let (folder, place) = (corpus(), index.to_str().unwrap().to_owned());
    let output = stage.run(&["index", folder.to_str().unwrap(), "--index", &place]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    trycmd::TestCases::new().env("ONRECORD_INDEX", place).case("README.md").run();
}
