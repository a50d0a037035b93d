//! Which index is meant.
//!
//! `--index` or `ONRECORD_INDEX` names it; else it is the `.onrecord` of the folder at hand or of
//! the nearest folder above, as git finds its own.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::backend::LOCAL;
use crate::contract::Index;
use crate::error::{Error, Kind, Result};

/// The name of an index's folder.
pub(super) const FOLDER: &str = ".onrecord";

/// Flags of every command that needs an index.
#[derive(Args, Clone, Debug)]
pub(super) struct IndexFlag {
    /// The folder of the index [example: --index ~/wires.index]
    #[arg(long, value_name = "DIR", env = "ONRECORD_INDEX")]
    pub(super) index: Option<PathBuf>,
}

/// Where an index is, and the folder below which its files are named.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The index's own folder.
    pub(super) index: PathBuf,
    /// The folder that it is the index of; none where it lives apart from its stories.
    pub(super) home: Option<PathBuf>,
}

impl IndexFlag {
    /// Opens the index for reading.
    pub(super) fn open(&self) -> Result<Box<dyn Index>> {
        (LOCAL.open)(&self.find(Path::new("."))?.index)
    }

    /// Finds the index to read, from a folder upwards.
    pub(super) fn find(&self, from: &Path) -> Result<Place> {
        match self.named().or_else(|| above(from)) {
            Some(place) => Ok(place),
            None => Err(Error::new(Kind::Index, "no index here or in a folder above")
                .at(absolute(from)?.to_string_lossy())
                .hint("make one with `onrecord index DIR`, or name one with --index")),
        }
    }

    /// Finds the index to write for what lies below a folder: one above it, else a new one in it.
    pub(super) fn find_or_make(&self, folder: &Path) -> Result<Place> {
        if let Some(place) = self.named().or_else(|| above(folder)) {
            return Ok(place);
        }
        let home = absolute(folder)?;
        Ok(Place { index: home.join(FOLDER), home: Some(home) })
    }

    fn named(&self) -> Option<Place> {
        let index = self.index.clone()?;
        let own = index.file_name().is_some_and(|name| name == FOLDER);
        let home = own.then(|| index.canonicalize().ok()?.parent().map(Path::to_owned)).flatten();
        Some(Place { index, home })
    }
}

fn above(from: &Path) -> Option<Place> {
    let from = from.canonicalize().ok()?;
    let holds = |folder: &&Path| (LOCAL.is_index)(&folder.join(FOLDER));
    let home = from.ancestors().find(holds)?.to_owned();
    Some(Place { index: home.join(FOLDER), home: Some(home) })
}

fn absolute(folder: &Path) -> Result<PathBuf> {
    folder.canonicalize().map_err(|cause| Error::io(folder, "cannot be opened", cause))
}
