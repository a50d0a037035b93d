//! `show`: one story with its statements and dates marked.

use std::io::Write;

use anstyle::{AnsiColor, Color, Style};
use clap::Args;

use super::Outcome;
use super::kit::{self, ColourFlag};
use super::place::IndexFlag;
use crate::contract::{Index, Look};
use crate::error::{Error, Kind, Result};
use crate::model::{Record, Span, Statement, StoryKey};
use crate::output;
use crate::search::{find, handle};

/// The colours of speakers, in the order in which they first speak.
const COLOURS: &[AnsiColor] = &[
    AnsiColor::Cyan,
    AnsiColor::Green,
    AnsiColor::Yellow,
    AnsiColor::Magenta,
    AnsiColor::Blue,
    AnsiColor::Red,
];

/// Shows one story with its statements and dates marked.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord show nordwire/2025/port-strike.txt     by its path, or the end of it
  onrecord show 3f2a90c1d04b7e55                  by the handle that `search --json` gives
  onrecord show port-strike.txt --json            with offsets, for a program")]
pub(super) struct Arguments {
    /// The story's path, handle, or the agency's identifier
    story: String,
    /// Write one JSON object; offsets count code points of the body
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    colour: ColourFlag,
    #[command(flatten)]
    index: IndexFlag,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let index = arguments.index.open()?;
    let (key, record) = one(index.as_ref(), &arguments.story)?;
    let mut page = kit::page();
    let written = if arguments.json {
        write_json(key, &record, &mut page)
    } else {
        write_text(&record, &arguments.colour.look(), &mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

pub(super) fn one(index: &dyn Index, name: &str) -> Result<(StoryKey, Record)> {
    let mut found = find(index, name)?;
    match found.len() {
        0 => Err(Error::new(Kind::Usage, format!("no story is named `{name}`"))
            .hint("give its path below the folder indexed, or its handle from `search --json`")),
        1 => Ok(found.remove(0)),
        _ => {
            for (key, record) in &found {
                let story = &record.story;
                kit::tell(&format!("{}  {}  {}", handle(*key), story.path, story.title));
            }
            let many = format!("`{name}` names {} stories", found.len());
            Err(Error::new(Kind::Usage, many).hint("take the handle of one of these"))
        }
    }
}

fn write_json(key: StoryKey, record: &Record, page: &mut dyn Write) -> std::io::Result<()> {
    let id = handle(key);
    let mut all = output::annotated::annotated(&id, &record.story.body, &record.annotations);
    all["story"] = serde_json::to_value(&record.story)?;
    serde_json::to_writer(&mut *page, &all)?;
    writeln!(page)
}

fn write_text(record: &Record, look: &Look, page: &mut dyn Write) -> std::io::Result<()> {
    let story = &record.story;
    let bold = Style::new().bold();
    writeln!(page, "{}", styled(&output::safe(&story.title), bold, look))?;
    for line in headings(record) {
        writeln!(page, "{}", output::safe(&line))?;
    }
    writeln!(page)?;
    let speakers = speakers(record);
    for paragraph in paragraphs(&story.body) {
        let text = marked(record, paragraph, &speakers, look);
        writeln!(page, "{}\n", textwrap::fill(&text, look.width))?;
    }
    write_statements(record, &speakers, look, page)?;
    write_dates(record, page)
}

fn headings(record: &Record) -> Vec<String> {
    let story = &record.story;
    let mut lines = Vec::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{name:<10} {value}"));
        }
    };
    line("by", &story.bylines.join(", "));
    line("source", &story.source);
    line("credit", &story.credit);
    line("place", &story.place);
    if let Some(published) = &story.published {
        let from = story.published_from.and_then(|from| serde_json::to_value(from).ok());
        let from = from.as_ref().and_then(|from| from.as_str()).unwrap_or("metadata");
        line("published", &format!("{published} (from the {from})"));
    }
    line("file", &story.path);
    line("member", &story.member);
    lines
}

/// Who speaks, by name or as the story calls them, in order of first statement.
fn speakers(record: &Record) -> Vec<String> {
    let mut speakers: Vec<String> = Vec::new();
    for statement in &record.annotations.statements {
        let who = who(record, statement);
        if !speakers.contains(&who) {
            speakers.push(who);
        }
    }
    speakers
}

fn who(record: &Record, statement: &Statement) -> String {
    match &statement.speaker {
        None => "(speaker not named)".to_owned(),
        Some(speaker) => match &speaker.name {
            Some(name) => name.clone(),
            None => speaker.span.of(&record.story.body).to_owned(),
        },
    }
}

fn paragraphs(body: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for paragraph in body.split("\n\n") {
        spans.push(Span::new(start, start + paragraph.len()));
        start += paragraph.len() + "\n\n".len();
    }
    spans.retain(|span| !span.of(body).trim().is_empty());
    spans
}

/// A paragraph with each statement in its speaker's colour and each date underlined with its value.
fn marked(record: &Record, paragraph: Span, speakers: &[String], look: &Look) -> String {
    let body = record.story.body.as_str();
    let mut cuts = vec![paragraph.start(), paragraph.end()];
    let statements = &record.annotations.statements;
    let dates = &record.annotations.dates;
    let spans = statements.iter().map(|s| s.span).chain(dates.iter().map(|d| d.span));
    for span in spans.filter(|span| span.overlaps(paragraph)) {
        cuts.push(span.start().max(paragraph.start()));
        cuts.push(span.end().min(paragraph.end()));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut text = String::new();
    for pair in cuts.windows(2) {
        let piece = Span::new(pair[0], pair[1]);
        let statement = statements.iter().find(|statement| statement.span.holds(piece));
        let date = dates.iter().find(|date| date.span.holds(piece));
        let mut style = statement.map_or(Style::new(), |statement| {
            let number = speakers.iter().position(|name| *name == who(record, statement));
            Style::new().fg_color(Some(colour(number.unwrap_or_default())))
        });
        if date.is_some() {
            style = style.underline();
        }
        text.push_str(&styled(&output::safe(piece.of(body)), style, look));
        if let Some(date) = date.filter(|date| date.span.end() == piece.end()) {
            text.push_str(&format!(" [{}]", date.value));
        }
    }
    text
}

fn write_statements(
    record: &Record,
    speakers: &[String],
    look: &Look,
    page: &mut dyn Write,
) -> std::io::Result<()> {
    for (number, name) in speakers.iter().enumerate() {
        let style = Style::new().fg_color(Some(colour(number))).bold();
        writeln!(page, "{}", styled(&output::safe(name), style, look))?;
        let theirs = record.annotations.statements.iter();
        for statement in theirs.filter(|statement| who(record, statement) == *name) {
            let cue = statement.cue.map_or("", |cue| cue.of(&record.story.body));
            let cue = if cue.is_empty() { String::new() } else { format!(" ({cue})") };
            let line = format!("{}{cue}", statement.span.of(&record.story.body));
            let options =
                textwrap::Options::new(look.width).initial_indent("  - ").subsequent_indent("    ");
            writeln!(page, "{}", textwrap::fill(&output::safe(&line), options))?;
        }
    }
    Ok(())
}

fn write_dates(record: &Record, page: &mut dyn Write) -> std::io::Result<()> {
    for date in &record.annotations.dates {
        let words = date.span.of(&record.story.body);
        writeln!(page, "{:<24} {}", date.value.to_string(), output::safe(words))?;
    }
    Ok(())
}

fn colour(number: usize) -> Color {
    Color::Ansi(COLOURS[number % COLOURS.len()])
}

pub(super) fn styled(text: &str, style: Style, look: &Look) -> String {
    if look.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
