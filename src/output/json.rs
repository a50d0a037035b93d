//! One JSON object for a whole answer.

use std::io::{Result, Write};

use serde::Serialize;

use crate::contract::{Look, Output};
use crate::model::Results;

/// One JSON object for a whole answer.
pub(super) const JSON: Output = Output {
    name: "json",
    doc: "one JSON object: query, total, took_ms, hits, next",
    stories: |results, _: &Look, page| object(results, page),
    statements: |results, _: &Look, page| object(results, page),
    lines: |results, _: &Look, page| object(results, page),
};

fn object<T: Serialize>(results: &Results<T>, page: &mut dyn Write) -> Result<()> {
    serde_json::to_writer(&mut *page, results)?;
    page.write_all(b"\n")
}
