//! How the rate of the whole ingest and its memory hang on the number of stories and of threads.

use std::ffi::OsString;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::figures::{Origin, megabytes};
use super::generate::{Made, generate};
use super::once::{self, Ingest, in_process};
use super::process::{Scratch, cores};
use crate::error::Result;

/// What is to be measured.
pub(super) struct Plan<'a> {
    /// How many stories.
    pub(super) sizes: &'a [usize],
    /// How many threads; none for one a core.
    pub(super) threads: &'a [usize],
    pub(super) made: Made,
    /// In bytes.
    pub(super) memory: usize,
    pub(super) runs: u32,
}

/// The whole ingest at each size and number of threads.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Growth {
    #[serde(flatten)]
    pub(super) origin: Origin,
    pub(super) runs: u32,
    pub(super) points: Vec<Point>,
}

/// Medians of so many stories read by so many threads; of memory the most.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Point {
    pub(super) stories: usize,
    pub(super) threads: usize,
    pub(super) seconds: f64,
    pub(super) cpu_seconds: Option<f64>,
    pub(super) stories_per_second: f64,
    pub(super) index_bytes: u64,
    pub(super) peak_memory_bytes: Option<u64>,
}

/// Measures each size with each number of threads, in processes of their own: all in turn, then all in
/// turn from the end, so that none has the better weather.
pub(super) fn measure(plan: &Plan<'_>) -> Result<Growth> {
    let machine = [cores()];
    let threads = if plan.threads.is_empty() { &machine } else { plan.threads };
    let folders: Vec<(usize, Scratch)> =
        plan.sizes.iter().map(|size| made(plan, *size)).collect::<Result<_>>()?;
    let mut seen: Vec<(usize, usize, &Scratch, Vec<Ingest>)> = Vec::new();
    for (size, folder) in &folders {
        seen.extend(threads.iter().map(|threads| (*size, *threads, folder, Vec::new())));
    }
    for run in 0..plan.runs {
        if run > 0 {
            seen.reverse();
        }
        for (_, threads, folder, ingests) in &mut seen {
            let arguments =
                ["--threads", &threads.to_string(), "--memory", &(plan.memory >> 20).to_string()];
            let arguments = arguments.map(OsString::from).into_iter();
            ingests.push(in_process(arguments.chain([folder.path().into()]))?);
        }
    }
    let mut points: Vec<Point> = seen
        .iter()
        .map(|(size, threads, _, ingests)| Point::of(*size, *threads, ingests))
        .collect();
    points.sort_by_key(|point| (point.stories, point.threads));
    Ok(Growth { origin: Origin::here(), runs: plan.runs, points })
}

fn made(plan: &Plan<'_>, size: usize) -> Result<(usize, Scratch)> {
    let folder = Scratch::new(&format!("made-{size}"))?;
    generate(size, folder.path(), plan.made)?;
    Ok((size, folder))
}

impl Point {
    fn of(stories: usize, threads: usize, ingests: &[Ingest]) -> Self {
        let seconds = once::median_of(ingests.iter().map(|ingest| ingest.seconds));
        let spent: Vec<f64> = ingests.iter().filter_map(|ingest| ingest.cpu_seconds).collect();
        Self {
            stories,
            threads,
            seconds,
            cpu_seconds: (!spent.is_empty()).then(|| once::median_of(spent.into_iter())),
            stories_per_second: stories as f64 / seconds.max(f64::EPSILON),
            index_bytes: ingests.last().map_or(0, |ingest| ingest.index_bytes),
            peak_memory_bytes: ingests.iter().filter_map(|ingest| ingest.peak_memory_bytes).max(),
        }
    }
}

impl Growth {
    /// Writes it for people.
    pub(super) fn write(&self, page: &mut dyn Write) -> io::Result<()> {
        for point in &self.points {
            let threads = if point.threads == 1 { "thread " } else { "threads" };
            write!(
                page,
                "{:>9} stories {:>2} {threads} {:>9.3} s {:>10.0} stories/s",
                point.stories, point.threads, point.seconds, point.stories_per_second
            )?;
            if let Some(spent) = point.cpu_seconds {
                write!(page, " {:>7.1} CPU µs a story", spent * 1e6 / point.stories.max(1) as f64)?;
            }
            if let Some(peak) = point.peak_memory_bytes {
                write!(page, " {:>6.0} MB", megabytes(peak))?;
            }
            writeln!(page)?;
        }
        Ok(())
    }
}
