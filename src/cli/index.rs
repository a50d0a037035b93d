//! `index`: reads new and changed stories into the index.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use jiff::civil::Date;

use super::Outcome;
use super::kit;
use super::place::{IndexFlag, Place};
use super::progress::Bar;
use crate::backend::LOCAL;
use crate::contract::Index;
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Request, Silent, Summary, Watcher};
use crate::model::FieldMap;
use crate::text::fields;

/// Bytes in a MiB, the unit of the flags that take sizes.
const MIB: u64 = 1 << 20;
/// The least memory with which an index can be written, in MiB.
const LEAST_MEMORY: u64 = 64;

/// Reads new and changed stories into the index.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord index ~/wires                           into ~/wires/.onrecord
  onrecord index a b c.txt --index ~/wires.index    several places, an index of its own
  onrecord index ~/wires --report left-out.jsonl    a line for every file that gave no story
  onrecord index ~/wires --retry                   only what gave no story the last time
  onrecord index clips --published 2025-03-18       the day of stories that tell none
  onrecord index dump.jsonl --index dump.index --map title=kop,body=tekst.0
                                                   JSON and tables with names of their own
A second run reads only what changed and drops what is gone. Ctrl-C finishes what is under way,
commits it and says so.")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    read: ReadFlags,
    /// Write a JSON line for every file that gave no story [example: --report left-out.jsonl]
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Commit after so many MiB of files, 0 for as often as can be: what a crash may cost [example: --commit-every 16]
    #[arg(long, value_name = "MIB", default_value_t = 190)]
    commit_every: u64,
    /// Read only the files again that gave no story the last time
    #[arg(long)]
    retry: bool,
    /// Make the index anew, whatever state it is in; kept searches stay
    #[arg(long, conflicts_with = "retry")]
    rebuild: bool,
    /// End with exit code 2 where any file gave no story
    #[arg(long)]
    strict: bool,
}

/// How files are read; the same flags in every command that reads them.
#[derive(Args, Clone, Debug)]
pub(super) struct ReadFlags {
    /// The largest file that is read whole, in MiB; give it a sixteenth of --memory [example: --max-file-size 256]
    #[arg(long, value_name = "MIB", default_value_t = 32)]
    max_file_size: u64,
    /// How much memory may be taken in all, in MiB [example: --memory 2048]
    #[arg(long, value_name = "MIB", default_value_t = 512, value_parser = clap::value_parser!(u64).range(LEAST_MEMORY..))]
    memory: u64,
    /// How many threads read; 0 for one a core [example: --threads 1]
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// Read files and folders whose names begin with a dot, too
    #[arg(long)]
    hidden: bool,
    /// Follow symbolic links
    #[arg(long, short = 'L')]
    follow: bool,
    /// The day of stories that tell none, neither themselves nor by their path [example: --published 2025-03-18]
    #[arg(long, value_name = "DAY", value_parser = day)]
    published: Option<Date>,
    /// Read everything as this format [example: --format text]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Where JSON or a table keeps the fields of a story [example: --map title=headline,body=text.full]
    #[arg(long, value_name = "FIELD=NAME,...", value_delimiter = ',', value_parser = mapped)]
    map: Vec<(String, String)>,
}

impl Default for ReadFlags {
    fn default() -> Self {
        Self {
            max_file_size: 32,
            memory: 512,
            threads: 0,
            hidden: false,
            follow: false,
            published: None,
            format: None,
            map: Vec::new(),
        }
    }
}

impl ReadFlags {
    /// A plain request for the library.
    pub(super) fn request(&self, paths: &[PathBuf]) -> Request {
        Request {
            paths: paths.to_vec(),
            max_file_size: self.max_file_size.saturating_mul(MIB),
            memory: usize::try_from(self.memory.saturating_mul(MIB)).unwrap_or(usize::MAX),
            threads: self.threads,
            hidden: self.hidden,
            follow_links: self.follow,
            published: self.published,
            format: self.format.clone(),
            map: FieldMap(self.map.clone().into()),
            ..Request::default()
        }
    }
}

/// A field and where it stands: `title=headline`, `body=pages.0.text`.
fn mapped(text: &str) -> std::result::Result<(String, String), String> {
    let Some((field, name)) = text.split_once('=').filter(|(_, name)| !name.is_empty()) else {
        return Err("write it as FIELD=NAME, such as title=headline".to_owned());
    };
    fields::mappable(field.trim())?;
    Ok((field.trim().to_owned(), name.trim().to_owned()))
}

fn day(text: &str) -> std::result::Result<Date, String> {
    text.parse().map_err(|_| "write it as 2025-03-18".to_owned())
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let place = arguments.index.find_or_make(home(&arguments.paths, &arguments.index)?)?;
    let mut request = arguments.read.request(&arguments.paths);
    request.report = arguments.report.clone();
    request.retry = arguments.retry;
    request.commit_bytes = arguments.commit_every.saturating_mul(MIB);
    if arguments.rebuild {
        (LOCAL.clear)(&place.index)?;
    }
    let summary = bring(&place, request)?;
    kit::tell(&summary.to_string());
    if summary.stopped {
        return Ok(Outcome::Stopped);
    }
    super::watchlist::tell_new(&place)?;
    if let Some(folder) = &summary.away_from {
        let folder = place.home.as_deref().unwrap_or(Path::new("")).join(folder);
        return Err(Error::new(Kind::Input, "a folder is empty of which files are in the index")
            .at(folder.to_string_lossy())
            .hint("nothing of it was dropped: if a disk is away, run it again when it is back; if its files are gone for good, delete the folder (or have --rebuild drop them) and run it again"));
    }
    if arguments.strict && summary.without_story() > 0 {
        return Err(Error::new(Kind::Input, "some files gave no story")
            .hint("--report FILE writes which, and why"));
    }
    Ok(Outcome::Found)
}

/// Brings the index of a folder up to date for a command that answers from it; says what it did
/// where it did anything.
pub(super) fn bring_up_to_date(paths: &[PathBuf], place: &Place, read: &ReadFlags) -> Result<()> {
    let summary = bring(place, read.request(paths))?;
    let nothing_new =
        summary.files + summary.moved == 0 && summary.deleted == 0 && !summary.stopped;
    if !nothing_new {
        kit::tell(&summary.to_string());
    }
    Ok(())
}

/// The folder in which a new index is made: the one that was given.
pub(super) fn home<'a>(paths: &'a [PathBuf], index: &IndexFlag) -> Result<&'a Path> {
    match paths {
        [folder] if folder.is_dir() => Ok(folder),
        [path] if !path.try_exists().unwrap_or(true) => {
            Err(Error::new(Kind::Usage, "no such file or folder")
                .at(path.to_string_lossy())
                .hint("check the spelling, or the folder that you are in"))
        }
        _ if index.index.is_some() => Ok(Path::new(".")),
        _ => match index.find(Path::new(".")) {
            Ok(_) => Ok(Path::new(".")),
            Err(_) => Err(Error::new(Kind::Usage, "several paths, or a file, have no index yet")
                .hint("name a folder for it with --index DIR")),
        },
    }
}

/// Brings the index at a place up to date with the files of a request.
pub(super) fn bring(place: &Place, request: Request) -> Result<Summary> {
    bring_as(place, request, |request, index, watcher, stop| {
        ingest::index(request, index, watcher, stop)
    })
}

/// Does the work of [`bring`] by a function of the library.
pub(super) fn bring_as(
    place: &Place,
    mut request: Request,
    bring: impl FnOnce(&Request, &mut dyn Index, &dyn Watcher, &AtomicBool) -> Result<Summary>,
) -> Result<Summary> {
    request.home = place.home.clone();
    request.own.push(place.index.clone());
    let stop = stop_at_interrupt()?;
    let mut index = (LOCAL.write)(&place.index, ingest::arena(request.memory))?;
    let watcher: Box<dyn Watcher> =
        if std::io::stderr().is_terminal() { Box::new(Bar::new()) } else { Box::new(Silent) };
    bring(&request, index.as_mut(), watcher.as_ref(), &stop)
}

/// Sets a flag at Ctrl-C, so that what is under way is finished; a second Ctrl-C ends at once.
pub(super) fn stop_at_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    let handler = move || {
        if set.swap(true, Ordering::Relaxed) {
            // The index is whole at its last commit whenever the program ends.
            std::process::abort();
        }
        kit::tell("stopping: what is under way is finished and committed; once more ends at once");
    };
    match ctrlc::set_handler(handler) {
        Ok(()) | Err(ctrlc::Error::MultipleHandlers) => Ok(stop),
        Err(cause) => {
            Err(Error::new(Kind::Io, "Ctrl-C cannot be watched for").because(cause.to_string()))
        }
    }
}
