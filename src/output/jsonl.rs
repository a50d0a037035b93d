//! A JSON line for each hit.

use std::io::{Result, Write};

use serde::Serialize;

use crate::contract::{Look, Output};
use crate::model::Results;

/// A JSON line for each hit, with the keys that a hit has in the JSON answer.
pub(super) const JSONL: Output = Output {
    name: "jsonl",
    doc: "a JSON line for each hit",
    stories: |results, _: &Look, page| lines(results, page),
    statements: |results, _: &Look, page| lines(results, page),
    lines: |results, _: &Look, page| lines(results, page),
};

fn lines<T: Serialize>(results: &Results<T>, page: &mut dyn Write) -> Result<()> {
    for hit in &results.hits {
        serde_json::to_writer(&mut *page, hit)?;
        page.write_all(b"\n")?;
    }
    Ok(())
}
