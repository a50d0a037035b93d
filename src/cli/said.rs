//! `said`: finds statements.

use clap::Args;

use super::Outcome;
use super::answer::AnswerFlags;
use super::filters::{self, FilterFlags, StatementFilterFlags};
use super::hits::STATEMENTS;
use super::kit;
use super::search::SourceFlags;
use crate::error::Result;

/// Finds statements: who said what.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord said 'speaker:vane port'                   her statements with the word
  onrecord said 'speaker:\"Ilsa Vane\"' --sort newest   all of them, the latest first
  onrecord said '\"certain terms\" published:2025-03'   whoever said it in March
  onrecord said speaker:vane --limit 0 --format csv    every one, as a table
  onrecord said port --group speaker --limit 2         two statements by each who speaks of it
  onrecord said --role minister --kind direct -c       how often ministers are quoted
Words are looked for in what was said; every other field is the story's.")]
pub(super) struct Arguments {
    /// The query, as one argument
    #[arg(value_name = "QUERY")]
    query: Option<String>,
    #[command(flatten)]
    source: SourceFlags,
    #[command(flatten)]
    answer: AnswerFlags,
    #[command(flatten)]
    filters: FilterFlags,
    #[command(flatten)]
    own: StatementFilterFlags,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let words = arguments.query.as_deref();
    let typed = filters::of_statements(words, &arguments.filters, &arguments.own)?;
    let query = kit::read_query(&typed, &arguments.answer.reading)?;
    if let Some(story) = &arguments.answer.explain {
        return super::why::explain(&query, story);
    }
    let mut archive = arguments.source.open()?;
    arguments.answer.unfold(&mut archive);
    let query = archive.by_every_name(query)?;
    STATEMENTS.answer(&archive, &query, &arguments.answer)
}
