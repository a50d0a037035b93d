//! `stats`: what the index holds.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::kit;
use super::place::IndexFlag;
use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{self, Field, Node, Scope, Sort, Tally};

/// How many values of each kind are listed.
const MOST: usize = 10;

/// Says what the index holds.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord stats                     the index of this folder
  onrecord stats --json              the same for a program")]
pub(super) struct Arguments {
    /// Write one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFlag,
}

#[derive(Serialize)]
struct Stats {
    stories: u64,
    statements: u64,
    files: usize,
    files_without_story: usize,
    first_published: Option<String>,
    last_published: Option<String>,
    bytes_on_disk: u64,
    sources: Vec<Tally>,
    formats: Vec<Tally>,
    languages: Vec<Tally>,
    places: Vec<Tally>,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let index = arguments.index.open()?;
    let stats = gather(index.as_ref())?;
    let mut page = kit::page();
    let written = if arguments.json {
        serde_json::to_writer(&mut page, &stats).map_err(Into::into).and_then(|()| writeln!(page))
    } else {
        write_stats(&stats, &mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(kit::outcome(stats.stories))
}

fn gather(index: &dyn Index) -> Result<Stats> {
    let count = |scope| {
        let request =
            Request { query: &Node::All, scope, sort: Sort::Newest, start: Start::FRONT, limit: 0 };
        index.search(&request).map(|found| found.total)
    };
    let values = |field| index.tally(&Node::All, Scope::Stories, field);
    let files = index.files()?;
    let without = |note: &&model::FileNote| matches!(note.outcome, model::Outcome::Nothing(_));
    Ok(Stats {
        stories: count(Scope::Stories)?,
        statements: count(Scope::Statements)?,
        files: files.len(),
        files_without_story: files.iter().filter(without).count(),
        first_published: edge(index, Sort::Oldest)?,
        last_published: edge(index, Sort::Newest)?,
        bytes_on_disk: index.size()?,
        sources: values(Field::Source)?,
        formats: values(Field::Format)?,
        languages: values(Field::Language)?,
        places: values(Field::Place)?,
    })
}

/// The day of the earliest or latest story.
fn edge(index: &dyn Index, sort: Sort) -> Result<Option<String>> {
    let request =
        Request { query: &Node::All, scope: Scope::Stories, sort, start: Start::FRONT, limit: 1 };
    let found = index.search(&request)?;
    let published = found.hits.first().and_then(|hit| hit.record.story.published);
    Ok(published.map(|published| published.day().to_string()))
}

fn write_stats(stats: &Stats, page: &mut dyn Write) -> std::io::Result<()> {
    const MEGABYTE: f64 = 1e6;
    writeln!(page, "stories      {}", stats.stories)?;
    writeln!(page, "statements   {}", stats.statements)?;
    writeln!(page, "files        {} ({} gave no story)", stats.files, stats.files_without_story)?;
    if let (Some(first), Some(last)) = (&stats.first_published, &stats.last_published) {
        writeln!(page, "published    {first} to {last}")?;
    }
    writeln!(page, "on disk      {:.1} MB", stats.bytes_on_disk as f64 / MEGABYTE)?;
    for (name, values) in [
        ("sources", &stats.sources),
        ("places", &stats.places),
        ("languages", &stats.languages),
        ("formats", &stats.formats),
    ] {
        write_values(name, values, page)?;
    }
    Ok(())
}

fn write_values(name: &str, values: &[Tally], page: &mut dyn Write) -> std::io::Result<()> {
    let listed = values.iter().take(MOST);
    let mut texts: Vec<String> = listed
        .map(|value| format!("{} {}", crate::output::safe(&value.value), value.count))
        .collect();
    if values.len() > MOST {
        texts.push(format!("and {} more", values.len() - MOST));
    }
    if texts.is_empty() {
        return Ok(());
    }
    writeln!(page, "{name:<12} {}", texts.join(", "))
}
