//! `history`: the versions of a story, and what changed from each to the next.

use std::io::Write;

use anstyle::{AnsiColor, Color, Style};
use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::kit::{self, ColourFlag};
use super::place::IndexFlag;
use super::show::{one, styled};
use crate::contract::Look;
use crate::error::Result;
use crate::model::{Moment, Story, StoryKey};
use crate::output::safe;
use crate::search::{Told, handle, history};
use crate::text::difference::{Part, difference};
use crate::text::editions::kinds;

const GONE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red))).strikethrough();
const NEW: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));

/// Lists the versions of a story with what changed from each to the next, and who else carries it.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord history ferry-2.txt            by the path of any of its versions
  onrecord history ferry-2.txt --brief    without what changed
  onrecord history ferry-2.txt --json     for a program
What is gone stands in [-...-], what is new in {+...+}, as git shows words.")]
pub(super) struct Arguments {
    /// The path, handle or identifier of any version
    story: String,
    /// Only list them
    #[arg(long)]
    brief: bool,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    colour: ColourFlag,
    #[command(flatten)]
    index: IndexFlag,
}

/// What was found.
#[derive(Serialize)]
struct History {
    story: String,
    versions: Vec<Version>,
    copies: Vec<Version>,
}

/// A version, or a copy.
#[derive(Serialize)]
struct Version {
    story: String,
    path: String,
    member: String,
    title: String,
    source: String,
    kinds: Vec<&'static str>,
    published: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<Moment>,
    /// What changed since the version before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    /// `same`, `gone`, `new` or `left out`.
    kind: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let index = arguments.index.open()?;
    let (key, _) = one(index.as_ref(), &arguments.story)?;
    let (versions, copies) = history(index.as_ref(), key)?;
    let history = told(key, &versions, &copies, !arguments.brief);
    let mut page = kit::page();
    let written = if arguments.json {
        serde_json::to_writer(&mut page, &history).map_err(Into::into).and_then(|()| writeln!(page))
    } else {
        write(&history, &arguments.colour.look(), &mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

fn told(key: StoryKey, versions: &[Told], copies: &[Told], with_changes: bool) -> History {
    let mut told: Vec<Version> = versions.iter().map(version).collect();
    if with_changes {
        for (at, pair) in versions.windows(2).enumerate() {
            told[at + 1].changes = changes(&pair[0].record.story, &pair[1].record.story);
        }
    }
    History { story: handle(key), versions: told, copies: copies.iter().map(version).collect() }
}

fn version(told: &Told) -> Version {
    let story = &told.record.story;
    Version {
        story: handle(told.key),
        path: story.path.clone(),
        member: story.member.clone(),
        title: story.title.clone(),
        source: story.source.clone(),
        kinds: kinds(story),
        published: story.published,
        updated: story.updated,
        changes: Vec::new(),
    }
}

/// What changed in headline, note and text.
fn changes(earlier: &Story, later: &Story) -> Vec<Change> {
    let text = |story: &Story| {
        let parts = [story.title.as_str(), &story.note, &story.body];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    let (earlier, later) = (text(earlier), text(later));
    let change = |part| {
        let (kind, text) = match part {
            Part::Same(text) => ("same", text),
            Part::Gone(text) => ("gone", text),
            Part::New(text) => ("new", text),
            Part::LeftOut => ("left out", ""),
        };
        Change { kind, text: text.to_owned() }
    };
    difference(&earlier, &later).into_iter().map(change).collect()
}

fn write(history: &History, look: &Look, page: &mut dyn Write) -> std::io::Result<()> {
    for (at, version) in history.versions.iter().enumerate() {
        let mark = if version.story == history.story { '*' } else { ' ' };
        writeln!(page, "{mark} {}. {}", at + 1, line(version))?;
        let title = styled(&safe(&version.title), Style::new().bold(), look);
        writeln!(page, "     {title}")?;
        if !version.changes.is_empty() {
            writeln!(page, "{}", changed(&version.changes, look))?;
        }
    }
    if !history.copies.is_empty() {
        writeln!(page, "carried by")?;
        for copy in &history.copies {
            writeln!(page, "     {}", line(copy))?;
        }
    }
    Ok(())
}

/// "2025-03-18T09:00:00Z · CORRECTION · Nordwire · path".
fn line(version: &Version) -> String {
    let time = version.updated.or(version.published).map(|time| time.to_string());
    let kinds: Vec<String> = version.kinds.iter().map(|kind| kind.to_uppercase()).collect();
    let member = match version.member.as_str() {
        "" => String::new(),
        member => format!(" > {member}"),
    };
    let path = format!("{}{member}", version.path);
    let parts = [time.unwrap_or_default(), kinds.join(", "), version.source.clone(), path];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    safe(&told.join(" · ")).into_owned()
}

fn changed(changes: &[Change], look: &Look) -> String {
    let mut text = String::new();
    for change in changes {
        let words = safe(change.text.trim_end()).into_owned();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = match change.kind {
            "same" => words,
            "gone" => styled(&format!("[-{words}-]"), GONE, look),
            "new" => styled(&format!("{{+{words}+}}"), NEW, look),
            _ => "...".to_owned(),
        };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&shown);
    }
    let indent = "        ";
    let options =
        textwrap::Options::new(look.width).initial_indent(indent).subsequent_indent(indent);
    textwrap::fill(&text, options)
}
