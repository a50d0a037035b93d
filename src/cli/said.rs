//! `said`: finds statements.

use std::io::Write;

use clap::Args;

use super::Outcome;
use super::kit::{self, AnswerFlags};
use super::search::{SourceFlags, explain};
use crate::error::Result;
use crate::search;

/// Finds statements: who said what.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord said 'speaker:vane port'                   her statements with the word
  onrecord said 'speaker:\"Ilsa Vane\"' --sort newest   all of them, the latest first
  onrecord said '\"certain terms\" published:2025-03'   whoever said it in March
  onrecord said speaker:vane --limit 0 --format csv    every one, as a table
Words are looked for in what was said; every other field is the story's.")]
pub(super) struct Arguments {
    /// The query, as one argument
    #[arg(value_name = "QUERY")]
    query: String,
    #[command(flatten)]
    source: SourceFlags,
    #[command(flatten)]
    answer: AnswerFlags,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let query = kit::read_query(&arguments.query, &arguments.answer.zone)?;
    if arguments.answer.explain {
        return explain(&query);
    }
    let archive = arguments.source.open()?;
    let (index, query) = (&archive.index, archive.by_every_name(query)?);
    let results = search::statements(index.as_ref(), &query, &arguments.answer.page())?;
    let output = arguments.answer.output()?;
    let mut page = kit::page();
    (output.statements)(&results, &arguments.answer.colour.look(), &mut page)
        .and_then(|()| page.flush())
        .map_err(kit::unwritten)?;
    if results.total == 0 {
        kit::tell_nothing(index.as_ref(), &query, "statement")?;
    }
    Ok(kit::outcome(results.total))
}
