//! `repair`: makes good what `check` finds wrong, from the files that were read.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::index::{self, ReadFlags};
use super::kit;
use super::place::{IndexFlag, Place};
use crate::backend::LOCAL;
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Request};
use crate::model::Fault;

/// Makes good what `check` finds wrong, from the files that were read.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord repair                           the index of this folder, from the files in it
  onrecord repair ~/wires --index ~/w.index  an index that lives apart, from the folders that it is of
Where stories of some files are not in the index as they were read, only these files are read again;
where a file of the index itself is damaged, the index is made anew, but which stories are versions
and copies is found again from the index. Kept searches and names stay.
Give the flags with which the files were read, if any: --published, --map, --format.")]
pub(super) struct Arguments {
    /// The files and folders that the index is of; its own folder where none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    read: ReadFlags,
}

/// What is wrong with an index.
enum Damage {
    None,
    /// Its own files.
    Index(String),
    /// Stories of these files.
    Stories(Vec<Fault>),
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let place = find(&arguments)?;
    match damage(&place)? {
        Damage::None => {
            kit::tell("nothing to repair: the index is whole");
            return Ok(Outcome::Found);
        }
        Damage::Index(wrong) if is_settled_again(&arguments, &place) => {
            kit::tell(&format!("{wrong}; it was found again from the stories in the index"));
        }
        Damage::Index(wrong) => {
            kit::tell(&format!("{wrong}; it is made anew"));
            make_anew(&arguments, &place)?;
        }
        Damage::Stories(faults) => {
            faults.iter().for_each(|fault| kit::tell(&format!("{}: {}", fault.file, fault.wrong)));
            read_again(&arguments, &place, &faults)?;
        }
    }
    match damage(&place)? {
        Damage::None => Ok(Outcome::Found),
        _ => Err(Error::new(Kind::Index, "the index is damaged still")
            .at(place.index.to_string_lossy())
            .hint("the disk may be failing: try another with --index DIR")),
    }
}

fn find(arguments: &Arguments) -> Result<Place> {
    let Arguments { paths, index, .. } = arguments;
    let place = match paths.is_empty() {
        true => index.find(Path::new("."))?,
        // An index that was being made anew when the program ended is no index yet.
        false => index.find_or_make(index::home(paths, index)?)?,
    };
    let there = std::fs::metadata(&place.index);
    there.map(|_| ()).map_err(|cause| Error::io(&place.index, "there is no index here", cause))?;
    Ok(place)
}

/// Looks for what is wrong; what the machine refuses to read is an error and no damage.
fn damage(place: &Place) -> Result<Damage> {
    match (LOCAL.open)(&place.index).and_then(|index| index.check()) {
        Ok(faults) if faults.is_empty() => Ok(Damage::None),
        Ok(faults) => Ok(match faults.iter().find(|fault| fault.of_index) {
            Some(fault) => Damage::Index(format!("{}: {}", fault.file, fault.wrong)),
            None => Damage::Stories(faults),
        }),
        Err(error) if error.kind() == Kind::Index => Ok(Damage::Index(error.to_string())),
        Err(error) => Err(error),
    }
}

/// Whether the index is whole once it is settled again which stories belong together: all that a writer can
/// do without and a reader cannot.
fn is_settled_again(arguments: &Arguments, place: &Place) -> bool {
    // Where there is no label a writer would begin an empty index; what can be read is damaged elsewhere.
    if !(LOCAL.is_index)(&place.index) || (LOCAL.open)(&place.index).is_ok() {
        return false;
    }
    let memory = ingest::arena(arguments.read.request(&[]).memory);
    let settled = (LOCAL.write)(&place.index, memory).and_then(|mut index| index.settle());
    settled.is_ok() && matches!(damage(place), Ok(Damage::None))
}

fn make_anew(arguments: &Arguments, place: &Place) -> Result<()> {
    let paths = match (&arguments.paths[..], &place.home) {
        ([], Some(home)) => vec![home.clone()],
        ([], None) => {
            return Err(Error::new(Kind::Usage, "which folders is this index of?")
                .at(place.index.to_string_lossy())
                .hint("name them: onrecord repair PATH... --index DIR"));
        }
        (paths, _) => paths.to_vec(),
    };
    let request = arguments.read.request(&paths);
    let own = vec![place.index.clone()];
    if !ingest::has_files(&Request { own, ..request.clone() })? {
        return Err(Error::new(Kind::Input, "there is nothing to read here")
            .at(paths[0].to_string_lossy())
            .hint("the index was left as it is; if a disk is away, repair it when it is back"));
    }
    (LOCAL.clear)(&place.index)?;
    bring(place, request)
}

/// Reads files again that are there; what is left of the others stays.
fn read_again(arguments: &Arguments, place: &Place, faults: &[Fault]) -> Result<()> {
    let path = |fault: &Fault| match &place.home {
        Some(home) => home.join(&fault.file),
        None => PathBuf::from(&fault.file),
    };
    let (there, gone): (Vec<&Fault>, Vec<&Fault>) =
        faults.iter().partition(|fault| std::fs::metadata(path(fault)).is_ok());
    let paths: Vec<PathBuf> = there.iter().copied().map(path).collect();
    let anew = there.iter().map(|fault| fault.file.clone()).collect();
    if !paths.is_empty() {
        bring(place, Request { anew, ..arguments.read.request(&paths) })?;
    }
    match gone.first() {
        None => Ok(()),
        Some(first) => Err(Error::new(Kind::Input, format!("{} files are gone", gone.len()))
            .at(first.file.as_str())
            .hint(
                "if a disk is away, repair when it is back; `onrecord index` drops what is left",
            )),
    }
}

fn bring(place: &Place, request: Request) -> Result<()> {
    let summary = index::bring(place, request)?;
    kit::tell(&summary.to_string());
    match summary.stopped {
        true => Err(Error::new(Kind::Index, "stopped before all was repaired")
            .hint("run the same command again")),
        false => Ok(()),
    }
}
