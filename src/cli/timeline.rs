//! `timeline`: how many stories or statements over time.

use std::io::Write;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde::Serialize;

use super::Outcome;
use super::archive::ArchiveFlags;
use super::kit::{self, ReadingFlags};
use crate::error::{Error, Kind, Result};
use crate::model::{Field, Node, Scope, Series, Step, Timeline};
use crate::search::{TimelineOf, timeline};

/// Counts stories or statements over time.
#[derive(Args)]
#[command(
    after_help = "Days are those of publication, in the zone that each story tells; with --of mentions \
those that stories
speak of: a story counts once in each day, week, month or year that any of its dates touches. A date that is
longer than that counts in none: \"March 2025\" is no day. Weeks begin on Mondays.

Examples:
  onrecord timeline                                  all stories
  onrecord timeline 'person:vane' --per month        stories that name Vane, by month
  onrecord timeline 'speaker:vane' --statements      what she said, by the day it was published
  onrecord timeline strike --of mentions             the days that stories on a strike speak of
  onrecord timeline strike --by source --top 3       a line for each of three sources
  onrecord timeline strike --per year --per-thousand  how much of the news it was
  onrecord timeline --per year --format csv          for a spreadsheet"
)]
pub(super) struct Arguments {
    /// What to count, in the query language; all where nothing is given
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// How long each stretch is; chosen by the whole where it is not given [example: --per week]
    #[arg(long, value_enum, value_name = "STRETCH")]
    per: Option<Per>,
    /// Which days: those of publication, or those that stories speak of
    #[arg(long, value_enum, default_value = "published", value_name = "DAYS")]
    of: Of,
    /// Count statements instead of stories
    #[arg(long)]
    statements: bool,
    /// A line for each of the most frequent [example: --by source]
    #[arg(long, value_enum, value_name = "FIELD")]
    by: Option<By>,
    /// How many lines of their own with --by [example: --top 10]
    #[arg(long, default_value_t = 5, value_name = "N", requires = "by")]
    top: usize,
    /// Count per thousand of all that lie in each stretch, so that years of more stories weigh no more
    #[arg(long)]
    per_thousand: bool,
    /// Leave out what lies before a day [example: --since 2025-01-01]
    #[arg(long, value_name = "DAY")]
    since: Option<Date>,
    /// Leave out what lies after a day [example: --until 2025-12-31]
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
    #[command(flatten)]
    written: FormatFlags,
    #[command(flatten)]
    reading: ReadingFlags,
    #[command(flatten)]
    archive: ArchiveFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Per {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    Published,
    Mentions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Speaker,
    Source,
}

/// How a command that counts writes its answer.
#[derive(Args, Clone, Debug)]
pub(super) struct FormatFlags {
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text", value_name = "NAME")]
    format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl FormatFlags {
    /// The format asked for.
    pub(super) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Csv,
}

impl Per {
    fn step(self) -> Step {
        match self {
            Self::Day => Step::Day,
            Self::Week => Step::Week,
            Self::Month => Step::Month,
            Self::Year => Step::Year,
        }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    of: &'static str,
    counted: &'static str,
    per: Step,
    undated: u64,
    series: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    total: u64,
    periods: Vec<Stretch>,
}

#[derive(Serialize)]
struct Stretch {
    start: String,
    end: String,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_thousand: Option<f64>,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let typed = arguments.query.join(" ");
    let query = match typed.as_str() {
        "" => None,
        typed => Some(kit::read_query(typed, &arguments.reading)?),
    };
    let archive = arguments.archive.open()?;
    let query = query.map(|query| archive.by_every_name(query)).transpose()?;
    let root = query.map_or(Node::All, |query| query.root);
    let field = match arguments.by {
        Some(By::Source) if arguments.statements => {
            return Err(Error::new(Kind::Usage, "statements are not counted by source")
                .hint("leave out --statements, or count them `--by speaker`"));
        }
        Some(By::Source) => Some(Field::Source),
        Some(By::Speaker) => Some(Field::Speaker),
        None => None,
    };
    let counted = timeline(
        archive.index.as_ref(),
        &TimelineOf {
            query: &root,
            scope: if arguments.statements { Scope::Statements } else { Scope::Stories },
            meant: arguments.of == Of::Mentions,
            step: arguments.per.map(Per::step),
            by: field.map(|field| (field, arguments.top)),
            whole: arguments.per_thousand,
            known: &archive.known,
            since: arguments.since,
            until: arguments.until,
        },
    )?;
    tell_undated(&counted, &arguments);
    let mut page = kit::page();
    let written = match arguments.written.format() {
        Format::Json => write_json(&typed, &counted, &arguments, &mut page),
        Format::Csv => write_csv(&counted, &mut page),
        Format::Text => write_bars(&counted, &mut page),
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    let total: u64 = counted.series.iter().map(|series| series.total).sum();
    Ok(kit::outcome(total))
}

fn tell_undated(counted: &Timeline, arguments: &Arguments) {
    let what = if arguments.statements { "statements" } else { "stories" };
    let why = match arguments.of {
        Of::Published => "no day of publication",
        Of::Mentions => "no date that is short enough",
    };
    if counted.undated > 0 {
        kit::tell(&format!("note: {} {what} with {why} are not in it", counted.undated));
    }
}

fn write_json(
    typed: &str,
    counted: &Timeline,
    arguments: &Arguments,
    page: &mut dyn Write,
) -> std::io::Result<()> {
    let line = |series: &'_ Series| -> Vec<Stretch> {
        let stretches = counted.starts.iter().zip(&series.counts).enumerate();
        let stretch = |(number, (start, count)): (usize, (&Date, &u64))| Stretch {
            start: start.to_string(),
            end: counted.step.end(*start).to_string(),
            count: *count,
            per_thousand: counted.per_thousand(number, *count),
        };
        stretches.map(stretch).collect()
    };
    let answer = Answer {
        query: typed,
        of: if arguments.of == Of::Mentions { "mentions" } else { "published" },
        counted: if arguments.statements { "statements" } else { "stories" },
        per: counted.step,
        undated: counted.undated,
        series: counted
            .series
            .iter()
            .map(|series| Line { name: &series.name, total: series.total, periods: line(series) })
            .collect(),
    };
    serde_json::to_writer(&mut *page, &answer)?;
    writeln!(page)
}

fn write_csv(counted: &Timeline, page: &mut dyn Write) -> std::io::Result<()> {
    let mut table = csv::Writer::from_writer(page);
    let mut headings = vec!["start", "end", "name", "count"];
    headings.extend(counted.whole.is_some().then_some("per_thousand"));
    table.write_record(headings)?;
    for series in &counted.series {
        for (number, (start, count)) in counted.starts.iter().zip(&series.counts).enumerate() {
            let mut row = vec![
                start.to_string(),
                counted.step.end(*start).to_string(),
                series.name.clone(),
                count.to_string(),
            ];
            row.extend(counted.per_thousand(number, *count).map(|share| format!("{share:.3}")));
            table.write_record(row)?;
        }
    }
    table.flush()
}

fn write_bars(counted: &Timeline, page: &mut dyn Write) -> std::io::Result<()> {
    let width = kit::width();
    // A bar is as long as its share where shares are asked for, else as its count.
    let long = |number, count| counted.per_thousand(number, count).unwrap_or(count as f64);
    let shown = |number, count| match counted.per_thousand(number, count) {
        Some(share) => format!("{share:.1}"),
        None => count.to_string(),
    };
    let lines =
        || counted.series.iter().flat_map(|series| series.counts.iter().copied().enumerate());
    let most = lines().map(|(number, count)| long(number, count)).fold(f64::MIN_POSITIVE, f64::max);
    let digits = lines().map(|(number, count)| shown(number, count).len()).max().unwrap_or(1);
    for (number, series) in counted.series.iter().enumerate() {
        if !series.name.is_empty() {
            let gap = if number > 0 { "\n" } else { "" };
            writeln!(page, "{gap}{} ({})", crate::output::safe(&series.name), series.total)?;
        }
        for (number, (start, count)) in counted.starts.iter().zip(&series.counts).enumerate() {
            let name = counted.step.name(*start);
            let room = width.saturating_sub(name.len() + digits + 4).max(10);
            let bar = "█".repeat((long(number, *count) * room as f64 / most).ceil() as usize);
            let line = format!("{name}  {:>digits$}  {bar}", shown(number, *count));
            writeln!(page, "{}", line.trim_end())?;
        }
    }
    Ok(())
}
