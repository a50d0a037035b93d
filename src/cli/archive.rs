//! An archive to ask: its index, and what its reader knows of names.
//!
//! `--names` or `ONRECORD_NAMES` names the file of names; else it is `names.toml` beside the index's
//! folder, where there is one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::Offset;
use serde::Deserialize;

use super::kit;
use super::place::{IndexFlag, Place};
use crate::backend::LOCAL;
use crate::contract::Index;
use crate::error::{Error, Kind, Result};
use crate::model::{Folding, Moment, Query};
use crate::search::{Known, by_every_name};

/// The name of the file of names beside an index.
const NAMES: &str = "names.toml";

/// Flags of every command that asks for people.
#[derive(Args, Clone, Debug)]
pub(super) struct ArchiveFlags {
    #[command(flatten)]
    pub(super) index: IndexFlag,
    /// A file that tells which names are one person's; names.toml beside the index where it is not
    /// given [example: --names ~/names.toml]
    #[arg(long, value_name = "FILE", env = "ONRECORD_NAMES")]
    names: Option<PathBuf>,
    /// Show stories under embargo too: they are held back until their time
    #[arg(long)]
    embargoed: bool,
    /// Show every version that matches: the latest of them stands for the others
    #[arg(long)]
    versions: bool,
    /// Show every copy that matches: the first of them stands for those that others carry
    #[arg(long)]
    copies: bool,
}

/// An index, and what its reader knows of names.
pub(super) struct Archive {
    pub(super) index: Box<dyn Index>,
    pub(super) known: Known,
}

impl ArchiveFlags {
    /// Opens the archive for reading.
    pub(super) fn open(&self) -> Result<Archive> {
        self.open_at(&self.index.find(Path::new("."))?)
    }

    /// Opens the archive at a place.
    pub(super) fn open_at(&self, place: &Place) -> Result<Archive> {
        let mut archive = match &self.names {
            Some(file) => Archive { index: opened(place)?, known: read(file)? },
            None => Archive::of_all(place)?,
        };
        if !self.embargoed {
            archive.index.hold_back(now());
        }
        archive.index.fold(Folding { versions: !self.versions, copies: !self.copies });
        Ok(archive)
    }
}

impl Archive {
    /// The archive at a place, with the names that stand beside its index.
    pub(super) fn at(place: &Place) -> Result<Self> {
        let mut archive = Self::of_all(place)?;
        archive.index.hold_back(now());
        Ok(archive)
    }

    /// The same, with what is under embargo.
    fn of_all(place: &Place) -> Result<Self> {
        let known = match &place.home {
            Some(home) => read_if_there(&home.join(NAMES))?,
            None => Known::default(),
        };
        Ok(Self { index: opened(place)?, known })
    }

    /// A query that asks for each person by every name of theirs; what the reader should know of it
    /// is told on standard error.
    pub(super) fn by_every_name(&self, query: Query) -> Result<Query> {
        let (root, notes) = by_every_name(self.index.as_ref(), &query.root, &self.known)?;
        for note in notes {
            kit::tell(&format!("note: {note}"));
        }
        Ok(Query { root, ..query })
    }
}

/// Opens an index, and tells where not all may be in it.
fn opened(place: &Place) -> Result<Box<dyn Index>> {
    let index = (LOCAL.open)(&place.index)?;
    if let Some(run) = index.broken_off() {
        let hint = "`onrecord index` goes on from there";
        kit::tell(&format!("note: not all is in the index: {run} did not come to its end; {hint}"));
    }
    Ok(index)
}

fn now() -> Moment {
    Moment::Instant(jiff::Timestamp::now(), Offset::UTC)
}

/// A file of names: under each name to show, the others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// Names that are the same person's.
    #[serde(default)]
    same: BTreeMap<String, Vec<String>>,
    /// Names that are other people's.
    #[serde(default)]
    apart: BTreeMap<String, Vec<String>>,
}

fn read_if_there(file: &Path) -> Result<Known> {
    let there = file.try_exists();
    let there = there.map_err(|cause| Error::io(file, "the names cannot be read", cause))?;
    if there { read(file) } else { Ok(Known::default()) }
}

fn read(file: &Path) -> Result<Known> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Error::io(file, "the names cannot be read", cause))?;
    let names: Names = toml::from_str(&text).map_err(|cause| {
        Error::new(Kind::Usage, "the names cannot be read")
            .at(file.to_string_lossy())
            .because(cause)
            .hint("under [same] or [apart], a line is \"A Name\" = [\"Another Name\", \"A Third\"]")
    })?;
    let mut known = Known::default();
    for (name, others) in &names.same {
        known.add_same(name, others.iter().map(String::as_str));
    }
    for (name, others) in &names.apart {
        others.iter().for_each(|other| known.add_apart(name, other));
    }
    Ok(known)
}
