//! `people`: who speaks, and how often.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::kit::{self, ZoneFlag};
use super::place::IndexFlag;
use crate::contract::Index;
use crate::error::Result;
use crate::model::{Field, Node, Scope, Tally};
use crate::text::words::words;

/// Lists who speaks, and how often.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord people                          who speaks most
  onrecord people vane                     everybody of that name
  onrecord people --in-stories 'port'      who speaks in stories about the port
  onrecord people --limit 0 --json         everybody, as JSON")]
pub(super) struct Arguments {
    /// Only names that hold these words
    #[arg(value_name = "NAME")]
    name: Vec<String>,
    /// Only speakers in stories that this query matches [example: --in-stories 'published:2025-03']
    #[arg(long, value_name = "QUERY")]
    in_stories: Option<String>,
    /// How many to list; 0 for all [example: --limit 100]
    #[arg(long, short = 'n', default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFlag,
}

#[derive(Serialize)]
struct Answer<'a> {
    total: usize,
    people: &'a [Tally],
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let index = arguments.index.open()?;
    let speakers = speakers(index.as_ref(), &arguments)?;
    let shown = match arguments.limit {
        0 => speakers.as_slice(),
        limit => &speakers[..limit.min(speakers.len())],
    };
    let mut page = kit::page();
    let written = if arguments.json {
        let answer = Answer { total: speakers.len(), people: shown };
        serde_json::to_writer(&mut page, &answer).map_err(Into::into).and_then(|()| writeln!(page))
    } else {
        write_list(shown, speakers.len(), &mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(kit::outcome(speakers.len() as u64))
}

fn speakers(index: &dyn Index, arguments: &Arguments) -> Result<Vec<Tally>> {
    let counted = match &arguments.in_stories {
        None => index.tally(&Node::All, Scope::Statements, Field::Speaker)?,
        Some(typed) => {
            let query = kit::read_query(typed, &ZoneFlag::default())?;
            index.tally(&query.root, Scope::Stories, Field::Speaker)?
        }
    };
    let wanted = arguments.name.join(" ");
    let wanted: Vec<String> = words(&wanted).map(|word| word.folded.into_owned()).collect();
    Ok(counted.into_iter().filter(|speaker| holds(&speaker.value, &wanted)).collect())
}

fn holds(name: &str, wanted: &[String]) -> bool {
    wanted.iter().all(|wanted| words(name).any(|word| word.folded == wanted.as_str()))
}

fn write_list(people: &[Tally], total: usize, page: &mut dyn Write) -> std::io::Result<()> {
    for person in people {
        writeln!(page, "{:>7}  {}", person.count, crate::output::safe(&person.value))?;
    }
    let noun = if total == 1 { "speaker" } else { "speakers" };
    writeln!(page, "{total} {noun}, {} shown", people.len())
}
