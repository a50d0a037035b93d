//! `check`: whether the index is whole, and whether it is up to date with its files.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::kit;
use super::place::IndexFlag;
use crate::backend::LOCAL;
use crate::error::{Error, Kind, Result};
use crate::model::{Fault, FileNote};
use crate::output::safe;

/// Checks whether the index is whole, and up to date with its files.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord check                     the index of this folder
  onrecord check --json              the same for a program
Every file of the index is read and held against its checksum, and for each file that was read the
index must have the stories that it gave. Exit code 0: whole; 1: whole, but files have changed or gone
since; 2: damaged. `onrecord index` takes what has changed, `onrecord repair` makes good what is damaged.")]
pub(super) struct Arguments {
    /// Write one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFlag,
}

/// What was found.
#[derive(Serialize)]
struct Checked {
    files: usize,
    /// What is not as it was written.
    faults: Vec<Fault>,
    /// Files that are not as they were when they were read.
    changed: Vec<String>,
    /// Files that are gone.
    gone: Vec<String>,
    /// The run that wrote last, where it did not come to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_off: Option<String>,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let place = arguments.index.find(Path::new("."))?;
    let index = (LOCAL.open)(&place.index)?;
    let faults = index.check()?;
    let damaged = faults.iter().any(|fault| fault.of_index);
    let notes = if damaged { Vec::new() } else { index.files()? };
    let mut checked = Checked {
        files: notes.len(),
        faults,
        changed: Vec::new(),
        gone: Vec::new(),
        broken_off: index.broken_off(),
    };
    for note in &notes {
        match standing(note, place.home.as_deref()) {
            Standing::Same => {}
            Standing::Changed => checked.changed.push(note.file.clone()),
            Standing::Gone => checked.gone.push(note.file.clone()),
        }
    }
    checked.changed.sort_unstable();
    checked.gone.sort_unstable();
    let mut page = kit::page();
    let written = if arguments.json {
        serde_json::to_writer(&mut page, &checked).map_err(Into::into).and_then(|()| writeln!(page))
    } else {
        write(&checked, &mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    if !checked.faults.is_empty() {
        return Err(Error::new(Kind::Index, "the index is damaged")
            .at(place.index.to_string_lossy())
            .hint("the stories are safe: `onrecord repair PATH...` reads again what is lost"));
    }
    let current =
        checked.changed.is_empty() && checked.gone.is_empty() && checked.broken_off.is_none();
    Ok(if current { Outcome::Found } else { Outcome::Nothing })
}

enum Standing {
    Same,
    Changed,
    Gone,
}

/// Compares a file with its note: by its size alone, for its time is not always to be trusted.
fn standing(note: &FileNote, home: Option<&Path>) -> Standing {
    let path = home.map_or_else(|| PathBuf::from(&note.file), |home| home.join(&note.file));
    match std::fs::metadata(path) {
        Ok(found) if found.len() == note.size => Standing::Same,
        Ok(_) => Standing::Changed,
        Err(_) => Standing::Gone,
    }
}

fn write(checked: &Checked, page: &mut dyn Write) -> std::io::Result<()> {
    if let Some(run) = &checked.broken_off {
        writeln!(page, "{run} did not come to its end: `onrecord index` goes on from there")?;
    }
    for fault in &checked.faults {
        writeln!(page, "{}: {}", safe(&fault.file), fault.wrong)?;
    }
    for (files, what) in [(&checked.changed, "has changed"), (&checked.gone, "is gone")] {
        for file in files {
            writeln!(page, "{}: {what}", safe(file))?;
        }
    }
    writeln!(
        page,
        "{} files known, {} faults, {} changed, {} gone",
        checked.files,
        checked.faults.len(),
        checked.changed.len(),
        checked.gone.len()
    )
}
