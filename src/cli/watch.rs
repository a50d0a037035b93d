//! `watch`: keeps an index up to date with folders while stories come in.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;

use super::Outcome;
use super::index::{self, ReadFlags, stop_at_interrupt};
use super::kit;
use super::place::{IndexFlag, Place};
use crate::error::{Error, Kind, Result};
use crate::ingest::Looks;

/// Between two looks at least so many times as long passes as a look takes.
const REST_FOR_A_LOOK: u32 = 4;
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
        let mut request = self.arguments.read.request(&self.arguments.paths);
        request.home.clone_from(&self.place.home);
        request.own.push(self.place.index.clone());
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
        let summary = match index::bring(&self.place, request) {
            Ok(summary) => summary,
            Err(error) if matches!(error.kind(), Kind::Busy | Kind::Usage) => {
                return self.wait("trying again until it is free", error);
            }
            Err(error) => return Err(error),
        };
        self.looks.taken(&change);
        self.waits = "";
        if summary.files > 0 || summary.deleted > 0 || summary.away > 0 {
            kit::tell(&summary.to_string());
            super::watchlist::tell_new(&self.place)?;
        }
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
