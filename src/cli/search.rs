//! `search`: finds stories.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::answer::AnswerFlags;
use super::archive::{Archive, ArchiveFlags};
use super::filters::{self, FilterFlags, StoryFilterFlags};
use super::hits::STORIES;
use super::index::{ReadFlags, bring_up_to_date};
use super::kit;
use crate::error::Result;

/// Finds stories.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord search 'port strike'                       both words
  onrecord search 'speaker:vane \"certain terms\"'      a phrase, and who speaks in the story
  onrecord search 'source:nordwire published:2025-03'  a source and a month
  onrecord search --in ~/wires 'mentions:2025-02-12'   index the folder first
  onrecord search port --since 2025-03 --headline strike
                                                      the same without the language
  onrecord search strike --group source --groups 3    the three outlets with the most
  onrecord search strike --count                      how many
  onrecord search 'strike ferry' --why port-strike.txt
                                                      why this story is not there
  onrecord search strike --kwic=right                 each place where it stands, by what follows
`onrecord help query` explains the language.")]
pub(super) struct Arguments {
    /// The query, as one argument
    #[arg(value_name = "QUERY")]
    query: Option<String>,
    /// Say clause by clause why a story is an answer, or is none; it is named as for `show`
    #[arg(long, value_name = "STORY", conflicts_with_all = ["kwic", "count", "group"])]
    why: Option<String>,
    #[command(flatten)]
    source: SourceFlags,
    #[command(flatten)]
    answer: AnswerFlags,
    #[command(flatten)]
    filters: FilterFlags,
    #[command(flatten)]
    own: StoryFilterFlags,
}

/// Where a command that answers looks.
#[derive(Args, Clone, Debug)]
pub(super) struct SourceFlags {
    /// Bring the index of this folder up to date first, and answer from it [example: --in corpus]
    #[arg(long = "in", value_name = "DIR")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    archive: ArchiveFlags,
}

impl Arguments {
    /// Whether it brings an index up to date first.
    pub(super) fn updates(&self) -> bool {
        self.source.folder.is_some()
    }
}

impl SourceFlags {
    /// Opens the archive, brought up to date where `--in` asks for it.
    pub(super) fn open(&self) -> Result<Archive> {
        let Some(folder) = &self.folder else { return self.archive.open() };
        let place = self.archive.index.find_or_make(folder)?;
        bring_up_to_date(std::slice::from_ref(folder), &place, &ReadFlags::default())?;
        self.archive.open_at(&place)
    }
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let words = arguments.query.as_deref();
    let typed = filters::of_stories(words, &arguments.filters, &arguments.own)?;
    let query = kit::read_query(&typed, &arguments.answer.reading)?;
    let explained = arguments.answer.explain.as_deref();
    if let Some("") = explained {
        return super::why::explain(&query, "");
    }
    let mut archive = arguments.source.open()?;
    arguments.answer.unfold(&mut archive);
    if let Some(story) = &arguments.why {
        return super::why::answer(&archive, &query, story);
    }
    let query = archive.by_every_name(query)?;
    match explained {
        Some(story) => super::why::score(&archive, &query, story),
        None => STORIES.answer(&archive, &query, &arguments.answer),
    }
}
