//! `collocates`: the company that words keep.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Outcome;
use super::archive::ArchiveFlags;
use super::kit::{self, ReadingFlags};
use super::timeline::{Format, FormatFlags};
use crate::error::Result;
use crate::model::Collocate;
use crate::output::safe;
use crate::search::{CollocatesOf, collocates};

/// Counts the words that stand near matches.
#[derive(Args)]
#[command(
    after_help = "For each word: how often it stands near a match, how often in all stories, and how much more often
than chance would have it: log-dice (14 at most, 7 and more tells) and PMI (rare words stand high).

Examples:
  onrecord collocates strike                     what strikes are spoken of with
  onrecord collocates 'person:vane' --span 3     the words around her name
  onrecord collocates ceasefire --left 0 --by count --limit 50
  onrecord collocates 'crisis published:2025' --format csv"
)]
pub(super) struct Arguments {
    /// The query, as one argument; other fields than words only choose the stories
    #[arg(value_name = "QUERY")]
    query: String,
    /// How many words on each side are looked at, in the same paragraph
    #[arg(long, default_value_t = 5, value_name = "N")]
    span: usize,
    /// How many words on the left, where not as many as on the right [example: --left 0]
    #[arg(long, value_name = "N")]
    left: Option<usize>,
    /// How many words on the right, where not as many as on the left [example: --right 0]
    #[arg(long, value_name = "N")]
    right: Option<usize>,
    /// How often a word must stand near a match
    #[arg(long, default_value_t = 2, value_name = "N")]
    least: u64,
    /// What comes first
    #[arg(long, value_enum, default_value = "log-dice", value_name = "MEASURE")]
    by: By,
    /// How many words to show; 0 for all [example: --limit 100]
    #[arg(long, short = 'n', default_value_t = 20, value_name = "N")]
    limit: usize,
    #[command(flatten)]
    written: FormatFlags,
    #[command(flatten)]
    reading: ReadingFlags,
    #[command(flatten)]
    archive: ArchiveFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    LogDice,
    Pmi,
    Count,
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    matches: u64,
    total: usize,
    collocates: &'a [Collocate],
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let query = kit::read_query(&arguments.query, &arguments.reading)?;
    let archive = arguments.archive.open()?;
    let query = archive.by_every_name(query)?;
    let left = arguments.left.unwrap_or(arguments.span);
    let reach = (left, arguments.right.unwrap_or(arguments.span));
    let wanted = CollocatesOf { query: &query.root, reach, least: arguments.least };
    let (mut found, matches) = collocates(archive.index.as_ref(), &wanted)?;
    put_in_order(arguments.by, &mut found);
    let total = found.len();
    found.truncate(if arguments.limit == 0 { total } else { arguments.limit });
    let mut page = kit::page();
    let answer = Answer { query: &query.typed, matches, total, collocates: &found };
    let written = match arguments.written.format() {
        Format::Csv => write_csv(&found, &mut page),
        Format::Text => write_text(&answer, &mut page),
        Format::Json => serde_json::to_writer(&mut page, &answer)
            .map_err(Into::into)
            .and_then(|()| writeln!(page)),
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(kit::outcome(total as u64))
}

/// The highest first, equals in the order of the alphabet.
fn put_in_order(by: By, found: &mut [Collocate]) {
    let measure = |one: &Collocate| match by {
        By::LogDice => one.log_dice,
        By::Pmi => one.pmi,
        By::Count => one.together as f64,
    };
    found.sort_by(|a, b| measure(b).total_cmp(&measure(a)).then_with(|| a.word.cmp(&b.word)));
}

fn write_text(answer: &Answer<'_>, page: &mut dyn Write) -> std::io::Result<()> {
    writeln!(page, "    near   in all  log-dice    PMI")?;
    for Collocate { word, together, in_all, log_dice, pmi } in answer.collocates {
        writeln!(page, "{together:>8} {in_all:>8} {log_dice:>9.2} {pmi:>6.2}  {}", safe(word))?;
    }
    let (matches, total) = (answer.matches, answer.total);
    writeln!(page, "{total} words near {matches} matches, {} shown", answer.collocates.len())
}

fn write_csv(found: &[Collocate], page: &mut dyn Write) -> std::io::Result<()> {
    let mut table = csv::Writer::from_writer(page);
    table.write_record(["word", "near", "in_all", "log_dice", "pmi"])?;
    for one in found {
        table.write_record([
            &one.word,
            &one.together.to_string(),
            &one.in_all.to_string(),
            &format!("{:.4}", one.log_dice),
            &format!("{:.4}", one.pmi),
        ])?;
    }
    table.flush()
}
