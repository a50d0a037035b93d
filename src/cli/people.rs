//! `people`: who speaks, and how often; and one person's names, roles and days.

use std::io::Write;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::Outcome;
use super::archive::{Archive, ArchiveFlags};
use super::kit::{self, ReadingFlags};
use crate::error::Result;
use crate::model::{Node, Scope, Tally};
use crate::output::safe;
use crate::search::{Portrait, Role, Speaking, people_named, portrait, speaking};
use crate::text::words::words;

/// How many other names are shown on a line of the list.
const NAMES_SHOWN: usize = 3;
/// How many forms and roles of one person are shown.
const MOST_SHOWN: usize = 12;

/// Lists who speaks, and how often; shows one person.
#[derive(Args)]
#[command(
    after_help = "Names of several stories are one person's where their letters allow it (Zelensky,
Zelenskyy; D. Trump, Donald J. Trump) and neither roles nor a story that names both speak against it. What
you know better stands in names.toml beside the index, or in the file that --names gives:
  [same]
  \"Ilsa Vane\" = [\"I. V. Marrow\"]      both names are hers, and she is shown as Ilsa Vane
  [apart]
  \"Ilsa Vane\" = [\"Ilse Vane\"]         two people

Examples:
  onrecord people                          who speaks most
  onrecord people ilsa vane                her names, her roles, her first day and her last
  onrecord people vane                     everybody of that name
  onrecord people --in-stories 'port'      who speaks in stories about the port
  onrecord people --limit 0 --json         everybody, as JSON"
)]
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
    archive: ArchiveFlags,
}

#[derive(Serialize)]
struct Answer<'a> {
    total: usize,
    people: &'a [Speaker],
}

/// Somebody or a body that speaks.
#[derive(Serialize)]
struct Speaker {
    value: String,
    count: u64,
    /// Every other name that stories give.
    names: Vec<String>,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let archive = arguments.archive.open()?;
    let wanted = arguments.name.join(" ");
    let mut page = kit::page();
    if !wanted.is_empty() && arguments.in_stories.is_none() {
        let meant = people_named(archive.index.as_ref(), &wanted, &archive.known)?;
        if let [one] = meant.bearers.as_slice() {
            let portrait = portrait(archive.index.as_ref(), one)?;
            let written = write_portrait(&portrait, arguments.json, &mut page);
            written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
            return Ok(Outcome::Found);
        }
    }
    let speakers = speakers(&archive, &arguments, &wanted)?;
    let shown = match arguments.limit {
        0 => speakers.as_slice(),
        limit => &speakers[..limit.min(speakers.len())],
    };
    let written = if arguments.json {
        let answer = Answer { total: speakers.len(), people: shown };
        serde_json::to_writer(&mut page, &answer).map_err(Into::into).and_then(|()| writeln!(page))
    } else {
        write_list(shown, speakers.len(), &mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(kit::outcome(speakers.len() as u64))
}

/// Who speaks, the most frequent first, each once however many names stories give.
fn speakers(archive: &Archive, arguments: &Arguments, wanted: &str) -> Result<Vec<Speaker>> {
    let index = archive.index.as_ref();
    let (query, scope) = match &arguments.in_stories {
        None => (Node::All, Scope::Statements),
        Some(typed) => {
            let query = kit::read_query(typed, &ReadingFlags::default())?;
            (archive.by_every_name(query)?.root, Scope::Stories)
        }
    };
    let wanted: Vec<String> = words(wanted).map(|word| word.folded.into_owned()).collect();
    let mut found = speaking(index, &query, scope, &archive.known)?;
    found.retain(|speaking| {
        std::iter::once(&speaking.name).chain(&speaking.names).any(|name| holds(name, &wanted))
    });
    Ok(found.into_iter().map(Speaker::of).collect())
}

impl Speaker {
    fn of(speaking: Speaking) -> Self {
        let Speaking { name, mut names, count } = speaking;
        names.retain(|other| *other != name);
        Self { value: name, count, names }
    }
}

fn holds(name: &str, wanted: &[String]) -> bool {
    wanted.iter().all(|wanted| words(name).any(|word| word.folded == wanted.as_str()))
}

fn write_list(people: &[Speaker], total: usize, page: &mut dyn Write) -> std::io::Result<()> {
    for person in people {
        let others: Vec<String> =
            person.names.iter().take(NAMES_SHOWN).map(|name| safe(name).into_owned()).collect();
        let more = if person.names.len() > NAMES_SHOWN { ", ..." } else { "" };
        let also = match others.as_slice() {
            [] => String::new(),
            others => format!("  (also {}{more})", others.join(", ")),
        };
        writeln!(page, "{:>7}  {}{also}", person.count, safe(&person.value))?;
    }
    let noun = if total == 1 { "speaker" } else { "speakers" };
    writeln!(page, "{total} {noun}, {} shown", people.len())
}

fn write_portrait(portrait: &Portrait, json: bool, page: &mut dyn Write) -> std::io::Result<()> {
    if json {
        serde_json::to_writer(&mut *page, portrait)?;
        return writeln!(page);
    }
    writeln!(page, "{}", safe(&portrait.name))?;
    let days = between(portrait.first, portrait.last);
    writeln!(page, "  named in  {}{days}", counted(portrait.stories, "story", "stories"))?;
    writeln!(page, "  speaks    {}", counted(portrait.statements, "time", "times"))?;
    write_tallies("names", &portrait.names, page)?;
    write_tallies("also", &portrait.forms, page)?;
    write_roles(&portrait.roles, page)
}

fn write_tallies(what: &str, tallies: &[Tally], page: &mut dyn Write) -> std::io::Result<()> {
    let shown = tallies.iter().take(MOST_SHOWN);
    let shown: Vec<String> =
        shown.map(|tally| format!("{} ({})", safe(&tally.value), tally.count)).collect();
    let more = if tallies.len() > MOST_SHOWN { ", ..." } else { "" };
    if shown.is_empty() {
        Ok(())
    } else {
        writeln!(page, "  {what:<8}  {}{more}", shown.join(", "))
    }
}

/// The most frequent roles, in the order of their first days.
fn write_roles(roles: &[Role], page: &mut dyn Write) -> std::io::Result<()> {
    let mut by_count: Vec<u64> = roles.iter().map(|role| role.stories).collect();
    by_count.sort_unstable_by(|a, b| b.cmp(a));
    let least = by_count.get(MOST_SHOWN - 1).copied().unwrap_or_default();
    let shown = roles.iter().filter(|role| role.stories >= least).take(MOST_SHOWN);
    for (number, role) in shown.enumerate() {
        let what = if number == 0 { "roles" } else { "" };
        let days = between(role.first, role.last);
        let stories = counted(role.stories, "story", "stories");
        writeln!(page, "  {what:<8}  {} ({stories}{days})", safe(&role.role))?;
    }
    Ok(())
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// ", 2025-03-01 to 2025-04-01"; nothing where no day is known.
fn between(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    }
}
