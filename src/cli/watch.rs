//! `watch`: keeps an index up to date with folders while stories come in.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;

use super::Outcome;
use super::index::{self, ReadFlags, stop_at_interrupt};
use super::kit;
use super::place::{IndexFlag, Place};
use crate::contract::Index;
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Change, Looks, Meanwhile, Request, Silent, Summary};

/// Between two looks at least so many times as long passes as a look takes.
const REST_FOR_A_LOOK: u32 = 4;
/// The share of the memory that small files have while a large one is read.
const SMALL_SHARE: usize = 8;
/// How often a sleeping watch sees whether it is to end.
const NAP: Duration = Duration::from_millis(50);

/// Keeps an index up to date with folders while stories come in.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord watch ~/wires                       into ~/wires/.onrecord, until Ctrl-C
  onrecord watch /mnt/wires --every 5000       a network disk, looked at every 5 seconds
What is new, changed or gone is taken when a file has rested from one look to the next, so that none
is read half-written. A folder that is gone is waited for, and what it held stays in the index.
Kept searches are told of what is new: onrecord watchlist --help.")]
pub(super) struct Arguments {
    /// Folders and files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    read: ReadFlags,
    /// How long to wait between two looks at the folders, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 500, value_parser = clap::value_parser!(u64).range(10..))]
    every: u64,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let place = arguments.index.find_or_make(index::home(&arguments.paths, &arguments.index)?)?;
    let stop = stop_at_interrupt()?;
    let mut watch = Watch { arguments: &arguments, place, looks: Looks::default(), waits: "" };
    while !stop.load(Ordering::Relaxed) {
        let looked = watch.look()?;
        sleep(Duration::from_millis(arguments.every).max(looked * REST_FOR_A_LOOK), &stop);
    }
    Ok(Outcome::Stopped)
}

struct Watch<'a> {
    arguments: &'a Arguments,
    place: Place,
    looks: Looks,
    /// What is waited for, as it was told last.
    waits: &'static str,
}

impl Watch<'_> {
    /// Looks once, and takes what there is; gives how long the look took.
    fn look(&mut self) -> Result<Duration> {
        let started = Instant::now();
        let mut request = request(self.arguments, &self.place);
        let change = match self.looks.look(&request) {
            Ok(change) => change,
            // A folder that is gone may be a disk that is away: nothing is deleted for it.
            Err(error) => return self.wait("waiting for it to come back", error),
        };
        let looked = started.elapsed();
        if !change.any {
            return Ok(looked);
        }
        request.own.extend(change.unfinished.iter().cloned());
        let before = self.looks.clone();
        self.looks.taken(&change);
        let mut small = Small::beside(self.arguments, &self.place, &mut self.looks);
        let brought = index::bring_as(&self.place, request, |request, index, watcher, stop| {
            ingest::index_meanwhile(request, index, watcher, stop, &mut small)
        });
        let summary = match brought {
            Ok(summary) => summary,
            Err(error) if matches!(error.kind(), Kind::Busy | Kind::Usage) => {
                self.looks = before;
                return self.wait("trying again until it is free", error);
            }
            Err(error) => return Err(error),
        };
        self.waits = "";
        tell(&summary, &self.place)?;
        Ok(looked)
    }

    /// Tells once what is waited for.
    fn wait(&mut self, what: &'static str, error: Error) -> Result<Duration> {
        if self.waits != what {
            kit::tell(&format!("onrecord: {error}; {what}"));
            self.waits = what;
        }
        Ok(Duration::ZERO)
    }
}

/// What is to be read of the folders.
fn request(arguments: &Arguments, place: &Place) -> Request {
    let mut request = arguments.read.request(&arguments.paths);
    request.home.clone_from(&place.home);
    request.own.push(place.index.clone());
    request
}

/// Tells what was taken, and what kept searches find of it.
fn tell(summary: &Summary, place: &Place) -> Result<()> {
    if summary.files > 0 || summary.deleted > 0 || summary.away > 0 {
        kit::tell(&summary.to_string());
        super::watchlist::tell_new(place)?;
    }
    Ok(())
}

/// Takes small files that come while a large one is read.
struct Small<'a> {
    arguments: &'a Arguments,
    place: &'a Place,
    looks: &'a mut Looks,
    change: Change,
    /// When the next look is due.
    next: Instant,
}

impl<'a> Small<'a> {
    fn beside(arguments: &'a Arguments, place: &'a Place, looks: &'a mut Looks) -> Self {
        Self { arguments, place, looks, change: Change::default(), next: Instant::now() }
    }

    fn request(&self) -> Request {
        let request = request(self.arguments, self.place);
        // The large file has its memory meanwhile.
        Request { small_only: true, memory: request.memory / SMALL_SHARE, ..request }
    }
}

impl Meanwhile for Small<'_> {
    fn is_any(&mut self) -> Result<bool> {
        let started = Instant::now();
        if started < self.next {
            return Ok(false);
        }
        // A folder that is gone is waited for when the large file is read.
        self.change = self.looks.look(&self.request()).unwrap_or_default();
        let rest = Duration::from_millis(self.arguments.every);
        self.next = Instant::now() + rest.max(started.elapsed() * REST_FOR_A_LOOK);
        Ok(self.change.any)
    }

    fn take(&mut self, index: &mut dyn Index) -> Result<()> {
        let mut request = self.request();
        request.own.extend(self.change.unfinished.iter().cloned());
        let summary = ingest::index(&request, index, &Silent, &AtomicBool::new(false))?;
        self.looks.taken(&self.change);
        tell(&summary, self.place)
    }
}

fn sleep(pause: Duration, stop: &AtomicBool) {
    let until = Instant::now() + pause;
    while !stop.load(Ordering::Relaxed) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::sleep(left.min(NAP));
    }
}
