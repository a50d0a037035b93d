//! What several commands say and ask in the same way.

use std::io::{BufWriter, IsTerminal, StdoutLock, Write};

use clap::{Args, ValueEnum};
use jiff::tz::{Offset, TimeZone};

use super::Outcome;
use super::archive::Archive;
use crate::contract::{Index, Look, Output};
use crate::error::{Error, Excerpt, Kind, Result};
use crate::model::{LineOrder, Node, Query, Scope, Sort, Tally};
use crate::search::{
    GroupBy, Grouping, Known, Page, concordance, count, group_counts, nearest_speakers,
};
use crate::{output, query};

/// How many hits are shown where nobody says how many.
const USUAL_LIMIT: usize = 10;

/// Flags of every command that answers with hits.
#[derive(Args, Clone, Debug)]
pub(super) struct AnswerFlags {
    /// How many hits to show, 10 where it is not given; 0 for all [example: --limit 100]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// How many hits to leave out at the front [example: --offset 10]
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) offset: usize,
    /// The order [example: --sort newest]
    #[arg(long, value_enum, default_value = "relevance", value_name = "ORDER")]
    pub(super) sort: SortFlag,
    /// How to write the answer: text, json, jsonl or csv [example: --format csv]
    #[arg(long, value_name = "NAME", value_parser = output_names())]
    pub(super) format: Option<String>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    /// Part the answer by who said it, by outlet or by day; --limit is of each group
    #[arg(long, value_enum, value_name = "FIELD")]
    pub(super) group: Option<GroupFlag>,
    /// How many groups to show; 0 for all [example: --groups 3]
    #[arg(long, default_value_t = 10, value_name = "N", requires = "group")]
    pub(super) groups: usize,
    /// A line for every match, with what stands around it; all of them but for --limit. In the order
    /// of the stories, or of the words to the left or right [example: --kwic=right]
    #[arg(
        long,
        value_enum,
        value_name = "ORDER",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "story",
        conflicts_with_all = ["group", "offset"]
    )]
    kwic: Option<KwicFlag>,
    /// Print how many match, and nothing else; with --group, a line for each group
    #[arg(long, short = 'c')]
    pub(super) count: bool,
    /// Print how the query was read, and search nothing
    #[arg(long)]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) zone: ZoneFlag,
    #[command(flatten)]
    pub(super) colour: ColourFlag,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KwicFlag {
    /// As the stories come
    Story,
    /// By the words before the match, the nearest first
    Left,
    /// By the match and the words behind it
    Right,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GroupFlag {
    /// Who says it
    Speaker,
    /// Who publishes it
    Source,
    /// The day of publication, the latest first
    Day,
}

/// When to write colour.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct ColourFlag {
    /// When to use colour [example: --color never]
    #[arg(long = "color", value_enum, default_value = "auto", value_name = "WHEN")]
    when: ColourWhen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColourWhen {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SortFlag {
    /// The best match first
    Relevance,
    /// The latest first
    Newest,
    /// The earliest first
    Oldest,
}

impl AnswerFlags {
    /// The page asked for.
    pub(super) fn page(&self) -> Page {
        let sort = match self.sort {
            SortFlag::Relevance => Sort::Relevance,
            SortFlag::Newest => Sort::Newest,
            SortFlag::Oldest => Sort::Oldest,
        };
        Page { sort, offset: self.offset, limit: self.limit.unwrap_or(USUAL_LIMIT) }
    }

    /// How the answer is to be parted, where it is.
    pub(super) fn grouping<'a>(&self, known: &'a Known) -> Option<Grouping<'a>> {
        let by = match self.group? {
            GroupFlag::Speaker => GroupBy::Speaker,
            GroupFlag::Source => GroupBy::Source,
            GroupFlag::Day => GroupBy::Day,
        };
        Some(Grouping { by, most: self.groups, known })
    }

    /// Answers in another way than with hits, where that is asked for: with counts, or with a line
    /// for every match.
    pub(super) fn answer_otherwise(
        &self,
        archive: &Archive,
        query: &Query,
        scope: Scope,
    ) -> Result<Option<Outcome>> {
        match self.kwic {
            _ if self.count => self.answer_count(archive, query, scope).map(Some),
            Some(order) => self.answer_lines(archive, query, scope, order).map(Some),
            None => Ok(None),
        }
    }

    fn answer_lines(
        &self,
        archive: &Archive,
        query: &Query,
        scope: Scope,
        order: KwicFlag,
    ) -> Result<Outcome> {
        let order = match order {
            KwicFlag::Story => LineOrder::Story,
            KwicFlag::Left => LineOrder::Left,
            KwicFlag::Right => LineOrder::Right,
        };
        let orders = (self.page().sort, order);
        let limit = self.limit.unwrap_or_default();
        let lines = concordance(archive.index.as_ref(), query, scope, orders, limit)?;
        let mut page = page();
        (self.output()?.lines)(&lines, &self.colour.look(), &mut page)
            .and_then(|()| page.flush())
            .map_err(unwritten)?;
        Ok(outcome(lines.total))
    }

    fn answer_count(&self, archive: &Archive, query: &Query, scope: Scope) -> Result<Outcome> {
        let index = archive.index.as_ref();
        let total = count(index, query, scope)?;
        let groups = match self.grouping(&archive.known) {
            None => Vec::new(),
            Some(grouping) => {
                let mut groups = group_counts(index, query, scope, &grouping)?;
                let none = groups.pop_if(|group| group.value.is_empty());
                groups.truncate(if self.groups == 0 { groups.len() } else { self.groups });
                groups.extend(none);
                groups
            }
        };
        let mut page = page();
        write_count(query, total, &groups, self, &mut page)
            .and_then(|()| page.flush())
            .map_err(unwritten)?;
        Ok(outcome(total))
    }

    /// The output asked for.
    pub(super) fn output(&self) -> Result<&'static Output> {
        let name = if self.json { "json" } else { self.format.as_deref().unwrap_or("text") };
        output::named(name)
            .ok_or_else(|| Error::new(Kind::Usage, format!("there is no output `{name}`")))
    }
}

fn group_name(group: &Tally) -> std::borrow::Cow<'_, str> {
    if group.value.is_empty() { "(none)".into() } else { output::safe(&group.value) }
}

fn write_count(
    query: &Query,
    total: u64,
    groups: &[Tally],
    flags: &AnswerFlags,
    page: &mut dyn Write,
) -> std::io::Result<()> {
    let name = if flags.json { "json" } else { flags.format.as_deref().unwrap_or("text") };
    match name {
        "json" | "jsonl" => {
            let mut answer = serde_json::json!({ "query": query.typed, "total": total });
            if flags.group.is_some() {
                answer["groups"] = serde_json::to_value(groups)?;
            }
            writeln!(page, "{answer}")
        }
        "csv" => {
            let mut table = csv::Writer::from_writer(page);
            table.write_record(["name", "count"])?;
            for group in groups {
                table.write_record([&group.value, &group.count.to_string()])?;
            }
            if flags.group.is_none() {
                table.write_record(["", &total.to_string()])?;
            }
            table.flush()
        }
        _ if flags.group.is_none() => writeln!(page, "{total}"),
        _ => {
            for group in groups {
                writeln!(page, "{:>7}  {}", group.count, group_name(group))?;
            }
            Ok(())
        }
    }
}

/// How many letters a line of standard output should have at most.
pub(super) fn width() -> usize {
    const WIDTH_OF_A_FILE: usize = 100;
    let terminal = std::io::stdout().is_terminal();
    let width = if terminal { textwrap::termwidth() } else { WIDTH_OF_A_FILE };
    width.clamp(40, 120)
}

impl ColourFlag {
    /// How standard output should look.
    pub(super) fn look(self) -> Look {
        let stdout = std::io::stdout();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colour = match self.when {
            ColourWhen::Auto => stdout.is_terminal() && wanted,
            ColourWhen::Always => true,
            ColourWhen::Never => false,
        };
        Look { colour, width: width() }
    }
}

pub(super) fn output_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(output::OUTPUTS.iter().map(|output| output.name))
}

/// Which zone's day it is.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ZoneFlag {
    /// Whose day "today" is in `last:7d` and its like: a zone's name or its hours from UTC; this
    /// machine's zone where it is not given [example: --zone Asia/Tokyo]
    #[arg(long, value_name = "ZONE", value_parser = zone, allow_hyphen_values = true)]
    zone: Option<TimeZone>,
}

impl ZoneFlag {
    /// The day it is there.
    fn today(&self) -> jiff::civil::Date {
        let now = jiff::Zoned::now();
        self.zone.clone().map_or_else(|| now.date(), |zone| now.with_time_zone(zone).date())
    }
}

/// Reads "Europe/Paris", "UTC", "+02:00", "-5".
fn zone(text: &str) -> std::result::Result<TimeZone, String> {
    let offset = || -> Option<TimeZone> {
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let digits = &text[1..];
        let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let seconds = sign * (hours * 3600 + minutes * 60);
        (minutes < 60).then(|| Offset::from_seconds(seconds).ok().map(TimeZone::fixed)).flatten()
    };
    if text.starts_with(['+', '-']) {
        return offset().ok_or_else(|| "hours from UTC are written as +02:00 or -5".to_owned());
    }
    TimeZone::get(text).map_err(|_| {
        "no zone has this name; names are like Europe/Paris, offsets like +02:00".into()
    })
}

/// Reads a query, and tells on standard error what the reader should know of how it was read.
pub(super) fn read_query(typed: &str, zone: &ZoneFlag) -> Result<Query> {
    let query = query::parse(typed, zone.today())?;
    for note in &query.notes {
        tell(&format!("note: {note}"));
    }
    Ok(query)
}

/// Reads a query that was read before, and tells nothing.
pub(super) fn read_query_quietly(typed: &str) -> Result<Query> {
    query::parse(typed, ZoneFlag::default().today())
}

/// Says why nothing was found, where anything can be said.
pub(super) fn tell_nothing(index: &dyn Index, query: &Query, what: &str) -> Result<()> {
    let nearest = nearest_speakers(index, &query.root)?;
    let mut message = format!("no {what} matches {}", query.typed);
    if !nearest.is_empty() {
        let names: Vec<String> = nearest
            .iter()
            .map(|speaker| format!("{} ({})", speaker.value, speaker.count))
            .collect();
        message.push_str(&format!("; nearest speakers: {}", names.join(", ")));
    } else if query.root != Node::All {
        message.push_str("; `--explain` shows how the query was read");
    }
    tell(&message);
    Ok(())
}

/// Standard output, buffered.
pub(super) fn page() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(std::io::stdout().lock())
}

/// An error of writing the page.
pub(super) fn unwritten(cause: std::io::Error) -> Error {
    Error::new(Kind::Io, "standard output cannot be written").because(cause)
}

/// Whether anything was found.
pub(super) fn outcome(total: u64) -> Outcome {
    if total == 0 { Outcome::Nothing } else { Outcome::Found }
}

/// Writes a line to standard error.
pub(super) fn tell(line: &str) {
    // Where standard error is gone there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Writes an error to standard error: what, where, and what to do.
pub(super) fn tell_error(error: &Error) {
    tell(&format!("onrecord: {error}"));
    if let Some(excerpt) = error.excerpt() {
        tell(&caret(excerpt));
    }
    if !error.advice().is_empty() {
        tell(&format!("hint: {}", error.advice()));
    }
}

/// What was typed, with carets below the wrong part.
fn caret(excerpt: &Excerpt) -> String {
    const INDENT: &str = "  ";
    let line: String = excerpt.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let before = excerpt.text.get(..excerpt.start).unwrap_or(&excerpt.text);
    let wrong = excerpt.text.get(excerpt.start..excerpt.end).unwrap_or_default();
    let carets = textwrap::core::display_width(wrong).max(1);
    let blanks = " ".repeat(textwrap::core::display_width(before));
    format!("{INDENT}{line}\n{INDENT}{blanks}{}", "^".repeat(carets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_the_wrong_part() {
        let excerpt = Excerpt { text: "été colour:red".into(), start: 6, end: 12 };
        assert_eq!(caret(&excerpt), "  été colour:red\n      ^^^^^^");
    }

    #[test]
    fn an_error_at_the_very_end_has_one_caret() {
        let excerpt = Excerpt { text: "a AND".into(), start: 5, end: 5 };
        assert_eq!(caret(&excerpt), "  a AND\n       ^");
    }
}
