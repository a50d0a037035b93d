//! One ingest in a process of its own, so that its memory is nobody else's.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::process::{Scratch, cpu_seconds, peak_memory, program};
use crate::backend::LOCAL;
use crate::cli::kit;
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Request, Silent};

/// What one ingest took.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ingest {
    pub(super) stories: u64,
    pub(super) seconds: f64,
    pub(super) cpu_seconds: Option<f64>,
    pub(super) index_bytes: u64,
    /// The most memory that its process has held so far.
    pub(super) peak_memory_bytes: Option<u64>,
}

/// Ingests into an empty folder.
pub(super) fn ingested(request: &Request, place: &Path) -> Result<Ingest> {
    let cpu_before = cpu_seconds();
    let started = Instant::now();
    let mut index = (LOCAL.write)(place, ingest::arena(request.memory))?;
    let stop = AtomicBool::new(false);
    let summary = ingest::index(request, index.as_mut(), &Silent, &stop)?;
    let seconds = started.elapsed().as_secs_f64();
    Ok(Ingest {
        stories: summary.stories,
        seconds,
        cpu_seconds: cpu_seconds().zip(cpu_before).map(|(after, before)| after - before),
        index_bytes: index.size()?,
        peak_memory_bytes: peak_memory(),
    })
}

/// Does one ingest in this process and writes what it took: what `bench` starts.
pub(super) fn run(request: &Request) -> Result<()> {
    let place = Scratch::new("once")?;
    let ingest = ingested(request, place.path())?;
    let line = serde_json::to_string(&ingest).expect("numbers can be written as JSON");
    writeln!(kit::page(), "{line}").map_err(kit::unwritten)
}

/// Does in a process of its own, once, the ingest that this process was asked to time.
pub(super) fn again() -> Result<Ingest> {
    in_process(std::env::args_os().skip(2))
}

/// Does one ingest in a process of its own, with these arguments of `bench`.
pub(super) fn in_process(arguments: impl IntoIterator<Item = OsString>) -> Result<Ingest> {
    let failed = || Error::new(Kind::Input, "an ingest in a process of its own failed");
    let child = Command::new(program()?)
        .args(["bench", "--once"])
        .args(arguments)
        .output()
        .map_err(|cause| failed().because(cause))?;
    if !child.status.success() {
        let said = String::from_utf8_lossy(&child.stderr).trim().to_owned();
        return Err(failed().because(said));
    }
    serde_json::from_slice(&child.stdout).map_err(|cause| failed().because(cause))
}

/// The median of some numbers, zero of none.
pub(super) fn median_of(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}
