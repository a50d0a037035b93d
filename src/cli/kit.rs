//! What several commands say and ask in the same way.

use std::io::{BufWriter, IsTerminal, StdoutLock, Write};

use clap::{Args, ValueEnum};
use jiff::tz::{Offset, TimeZone};

use super::Outcome;
use crate::contract::{Index, Look};
use crate::error::{Error, Excerpt, Kind, Result};
use crate::model::{Node, Query};
use crate::output;
use crate::query::{self, Dialect};
use crate::search::nearest_speakers;

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
        Look { colour, width: width(), goes_on: false }
    }
}

pub(super) fn output_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(output::OUTPUTS.iter().map(|output| output.name))
}

/// How a query is read: whose day it is, and whose habits.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ReadingFlags {
    /// Whose habits the query is written by: in Factiva's and Nexis' words side by side are a phrase,
    /// in Lucene's any of them will do
    #[arg(long, value_enum, value_name = "NAME", default_value = "newsroom")]
    syntax: Syntax,
    /// Find words outside quotation marks in all their forms, by each story's language: strike, strikes,
    /// striking; `strike~` asks it of one word
    #[arg(long)]
    stem: bool,
    /// Whose day "today" is in `last:7d` and its like: a zone's name or its hours from UTC; this
    /// machine's zone where it is not given [example: --zone Asia/Tokyo]
    #[arg(long, value_name = "ZONE", value_parser = zone, allow_hyphen_values = true)]
    zone: Option<TimeZone>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Syntax {
    /// onrecord's own, as `onrecord help query` explains it
    #[default]
    Newsroom,
    /// A bare space makes a phrase, w/5 is in order
    Factiva,
    /// A bare space makes a phrase, * is one letter, ! any ending
    Nexis,
    /// As onrecord's own
    Google,
    /// A bare space is OR, +a must be there
    Lucene,
}

impl ReadingFlags {
    fn dialect(&self) -> Dialect {
        match self.syntax {
            Syntax::Newsroom | Syntax::Google => Dialect::Newsroom,
            Syntax::Factiva => Dialect::Factiva,
            Syntax::Nexis => Dialect::Nexis,
            Syntax::Lucene => Dialect::Lucene,
        }
    }

    /// The day it is there.
    pub(super) fn today(&self) -> jiff::civil::Date {
        let zone = self.zone.clone().or_else(machines_zone).unwrap_or_else(TimeZone::system);
        jiff::Timestamp::now().to_zoned(zone).date()
    }
}

/// The machine's zone as it stands in the file of it, where no variable names another.
///
/// For the zone's name jiff reads the names of all zones in the world, a folder for each continent, which
/// takes a third of the time of a search in a fresh process; for the day it is no name is needed.
fn machines_zone() -> Option<TimeZone> {
    const FILE: &str = "/etc/localtime";
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    TimeZone::tzif("local", &std::fs::read(FILE).ok()?).ok()
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
pub(super) fn read_query(typed: &str, reading: &ReadingFlags) -> Result<Query> {
    let query = query::parse_as(typed, reading.today(), reading.dialect())?;
    let query = if reading.stem { query::in_all_forms(query) } else { query };
    for note in &query.notes {
        tell(&format!("note: {note}"));
    }
    Ok(query)
}

/// Reads a query that was read before, and tells nothing.
pub(super) fn read_query_quietly(typed: &str) -> Result<Query> {
    query::parse(typed, ReadingFlags::default().today())
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
