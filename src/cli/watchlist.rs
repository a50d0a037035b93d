//! `watchlist`: searches that are kept, and the stories that are new to each.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::Outcome;
use super::archive::{Archive, ArchiveFlags};
use super::kit::{self, ColourFlag, ReadingFlags};
use super::place::Place;
use crate::contract::{Output, Start};
use crate::error::{Error, Kind, Result};
use crate::model::{Edition, Group, Hit, Query, Results, Sort};
use crate::output;
use crate::search::{Page, by_every_name, matching, of_editions, unseen};

/// The file of searches, in the index's folder.
const FILE: &str = "watchlist.json";

/// Keeps searches, and shows what is new to each.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Without a command it shows, for each search, the stories that match and were not there when it was last
asked, and those whose words have changed; each is shown once. Exit code 0 where anything is new, 1 where nothing is.

Examples:
  onrecord watchlist add corrections 'title:correction OR title:refile'
  onrecord index ~/wires && onrecord watchlist --format jsonl    what came in, for a program
  onrecord watchlist --peek                                      the same, and shown again next time
  onrecord watchlist list"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Show what is new, and keep it for the next time
    #[arg(long)]
    peek: bool,
    /// How to write the answer: text, json, jsonl or csv [example: --format jsonl]
    #[arg(long, value_name = "NAME", value_parser = kit::output_names())]
    format: Option<String>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    reading: ReadingFlags,
    #[command(flatten)]
    colour: ColourFlag,
    #[command(flatten)]
    archive: ArchiveFlags,
}

#[derive(Subcommand)]
enum Action {
    /// Keeps a search under a name; what matches today is not new to it
    Add {
        /// The name
        name: String,
        /// The query, as one argument
        query: String,
        /// Count what matches today as new
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        archive: ArchiveFlags,
    },
    /// Lists the searches, and how many stories each has shown or skipped
    List {
        #[command(flatten)]
        archive: ArchiveFlags,
    },
    /// Forgets a search
    Remove {
        /// The name
        name: String,
        #[command(flatten)]
        archive: ArchiveFlags,
    },
}

/// The searches of an index.
#[derive(Default, Serialize, Deserialize)]
struct Watchlist {
    searches: Vec<Watch>,
}

/// A search that is kept.
#[derive(Serialize, Deserialize)]
struct Watch {
    name: String,
    query: String,
    /// The editions of stories that are not new to it.
    seen: Vec<Edition>,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    match &arguments.action {
        None => show_new(&arguments),
        Some(Action::Add { name, query, all, archive }) => add(name, query, *all, archive),
        Some(Action::List { archive }) => list(archive),
        Some(Action::Remove { name, archive }) => remove(name, archive),
    }
}

/// How many stories are new to each search, for the report of an ingest; nothing is marked as seen.
pub(super) fn tell_new(place: &Place) -> Result<()> {
    let list = Watchlist::read(&place.index.join(FILE))?;
    if list.searches.is_empty() {
        return Ok(());
    }
    let archive = Archive::at(place)?;
    for watch in &list.searches {
        let Ok(query) = kit::read_query_quietly(&watch.query) else { continue };
        let (root, _) = by_every_name(archive.index.as_ref(), &query.root, &archive.known)?;
        let query = Query { root, ..query };
        let new = unseen(&matching(archive.index.as_ref(), &query)?, &watch.seen).len();
        if new > 0 {
            kit::tell(&format!(
                "watchlist: {new} new to {}; `onrecord watchlist` shows them",
                watch.name
            ));
        }
    }
    Ok(())
}

fn add(name: &str, typed: &str, all: bool, flags: &ArchiveFlags) -> Result<Outcome> {
    let (archive, file) = open(flags)?;
    let mut list = Watchlist::read(&file)?;
    if list.searches.iter().any(|watch| watch.name == name) {
        return Err(Error::new(Kind::Usage, format!("there is a search named `{name}` already"))
            .hint("forget it with `onrecord watchlist remove`, or take another name"));
    }
    let query = archive.by_every_name(kit::read_query(typed, &ReadingFlags::default())?)?;
    let found = matching(archive.index.as_ref(), &query)?;
    let count = found.len();
    let seen = if all { Vec::new() } else { found };
    list.searches.push(Watch { name: name.to_owned(), query: typed.to_owned(), seen });
    list.write(&file)?;
    let stories = if count == 1 { "story matches" } else { "stories match" };
    let from_now = if all { "" } else { "; new ones will be shown" };
    kit::tell(&format!("{name}: {count} {stories} today{from_now}"));
    Ok(Outcome::Found)
}

fn list(flags: &ArchiveFlags) -> Result<Outcome> {
    let (_, file) = open(flags)?;
    let list = Watchlist::read(&file)?;
    let mut page = kit::page();
    for watch in &list.searches {
        let line = format!("{}  {}  ({} seen)", watch.name, watch.query, watch.seen.len());
        writeln!(page, "{}", output::safe(&line)).map_err(kit::unwritten)?;
    }
    page.flush().map_err(kit::unwritten)?;
    Ok(kit::outcome(list.searches.len() as u64))
}

fn remove(name: &str, flags: &ArchiveFlags) -> Result<Outcome> {
    let (_, file) = open(flags)?;
    let mut list = Watchlist::read(&file)?;
    let before = list.searches.len();
    list.searches.retain(|watch| watch.name != name);
    if list.searches.len() == before {
        return Err(Error::new(Kind::Usage, format!("there is no search named `{name}`"))
            .hint("`onrecord watchlist list` shows them"));
    }
    list.write(&file)?;
    Ok(Outcome::Found)
}

fn show_new(arguments: &Arguments) -> Result<Outcome> {
    let (archive, file) = open(&arguments.archive)?;
    let mut list = Watchlist::read(&file)?;
    let mut all = Results {
        query: String::new(),
        total: 0,
        stories: 0,
        took_ms: 0.0,
        hits: Vec::new(),
        next: None,
        groups: Vec::new(),
        facets: Vec::new(),
    };
    for watch in &mut list.searches {
        let named = |error: Error| error.at(format!("watchlist, {}", watch.name));
        let query = kit::read_query(&watch.query, &arguments.reading).map_err(named)?;
        let query = archive.by_every_name(query)?;
        collect(watch, &archive, &query, &mut all)?;
    }
    write_new(&all, arguments)?;
    // What could not be written is still new.
    if !arguments.peek && all.total > 0 {
        list.write(&file)?;
    }
    Ok(kit::outcome(all.total))
}

/// Adds what is new to one search as a group, and marks it as seen.
fn collect(
    watch: &mut Watch,
    archive: &Archive,
    query: &Query,
    all: &mut Results<Hit>,
) -> Result<()> {
    let index = archive.index.as_ref();
    let found = matching(index, query)?;
    let new = unseen(&found, &watch.seen);
    if new.is_empty() {
        return Ok(());
    }
    let page = Page { sort: Sort::Newest, start: Start::FRONT, limit: 0 };
    let stories = of_editions(index, query, &page, &new)?;
    all.total += stories.total;
    all.stories += stories.stories;
    all.took_ms += stories.took_ms;
    all.groups.push(Group {
        name: watch.name.clone(),
        total: stories.total,
        hits: stories.hits.len(),
    });
    all.hits.extend(stories.hits);
    watch.seen.extend(new);
    Ok(())
}

fn write_new(all: &Results<Hit>, arguments: &Arguments) -> Result<()> {
    let name = if arguments.json { "json" } else { arguments.format.as_deref().unwrap_or("text") };
    let mut page = kit::page();
    let written = match name {
        "jsonl" => write_lines(all, &mut page),
        _ => {
            let output: &Output = output::named(name)
                .ok_or_else(|| Error::new(Kind::Usage, format!("there is no output `{name}`")))?;
            (output.stories)(all, &arguments.colour.look(), &mut page)
        }
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)
}

/// A line a hit, with the name of its search.
fn write_lines(all: &Results<Hit>, page: &mut dyn Write) -> std::io::Result<()> {
    let searches = all.groups.iter().flat_map(|group| std::iter::repeat_n(&group.name, group.hits));
    for (search, hit) in searches.zip(&all.hits) {
        let mut line = serde_json::to_value(hit)?;
        line["search"] = search.as_str().into();
        writeln!(page, "{line}")?;
    }
    Ok(())
}

/// The archive, and the file of its searches.
fn open(flags: &ArchiveFlags) -> Result<(Archive, PathBuf)> {
    let place = flags.index.find(Path::new("."))?;
    let file = place.index.join(FILE);
    Ok((flags.open_at(&place)?, file))
}

impl Watchlist {
    fn read(file: &Path) -> Result<Self> {
        let text = match std::fs::read(file) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(cause) => return Err(Error::io(file, "the watchlist cannot be read", cause)),
        };
        serde_json::from_slice(&text).map_err(|cause| {
            Error::new(Kind::Index, "the watchlist cannot be read")
                .at(file.to_string_lossy())
                .because(cause)
                .hint("remove the file to start anew")
        })
    }

    /// Replaces the file at once, so that it is whole however this ends.
    fn write(&self, file: &Path) -> Result<()> {
        let failed = |cause| Error::io(file, "the watchlist cannot be written", cause);
        let beside = file.with_extension("json.new");
        let text = serde_json::to_vec(self).map_err(|cause| failed(cause.into()))?;
        std::fs::write(&beside, text).map_err(failed)?;
        std::fs::rename(&beside, file).map_err(failed)
    }
}
