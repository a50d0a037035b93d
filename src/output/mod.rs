//! Results to text: one file an output.

pub mod annotated;

mod csv;
pub mod explained;
mod json;
mod jsonl;
mod terminal;

pub(crate) use terminal::safe;

use crate::contract::Output;

/// Every output, the one for people first.
pub const OUTPUTS: &[Output] = &[terminal::TERMINAL, json::JSON, jsonl::JSONL, csv::CSV];

/// The output of a name.
pub fn named(name: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.name == name)
}
