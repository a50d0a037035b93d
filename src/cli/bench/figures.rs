//! What a run of `bench` measured, and how it is written for people.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::process;
use crate::model::Space;

/// Bytes in a megabyte, as rates are told.
pub(super) const MEGABYTE: f64 = 1e6;
/// How many fields are listed for people.
const MOST_FIELDS: usize = 8;

/// Where and when figures were taken. What a program of before did not tell is empty.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Origin {
    pub(super) version: String,
    pub(super) day: String,
    pub(super) cores: usize,
}

impl Origin {
    /// This program, today, on this machine.
    pub(super) fn here() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            day: jiff::Zoned::now().date().to_string(),
            cores: process::cores(),
        }
    }
}

/// The times of the whole ingest and of its steps.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Figures {
    #[serde(flatten)]
    pub(super) origin: Origin,
    pub(super) stories: usize,
    pub(super) statements: usize,
    pub(super) bytes: u64,
    pub(super) text_bytes: u64,
    pub(super) runs: u32,
    pub(super) steps: Vec<Step>,
    pub(super) whole: Step,
    pub(super) tantivy_alone: Step,
    /// The median of `ratios`.
    pub(super) ratio: f64,
    /// Stories a second of the whole over those of tantivy alone, in each run.
    #[serde(default)]
    pub(super) ratios: Vec<f64>,
    pub(super) index_bytes: u64,
    pub(super) index_per_text_byte: f64,
    #[serde(default)]
    pub(super) space: Vec<Space>,
    /// Of a process of its own that did the whole ingest once.
    pub(super) peak_memory_bytes: Option<u64>,
}

/// The median time of a step, and the rates that follow from it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) threads: usize,
    pub(super) seconds: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cpu_seconds: Option<f64>,
    pub(super) mb_per_second: f64,
    pub(super) stories_per_second: f64,
}

impl Figures {
    /// Writes them for people.
    pub(super) fn write(&self, page: &mut dyn Write) -> io::Result<()> {
        writeln!(
            page,
            "{} stories, {} statements, {:.1} MB of files, {:.1} MB of text; medians of {}",
            self.stories,
            self.statements,
            megabytes(self.bytes),
            megabytes(self.text_bytes),
            self.runs
        )?;
        for step in self.steps.iter().chain([&self.whole, &self.tantivy_alone]) {
            self.write_step(step, page)?;
        }
        write!(page, "whole over tantivy alone: {:.2} (", self.ratio)?;
        let each: Vec<String> = self.ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
        writeln!(page, "{})", each.join(", "))?;
        self.write_space(page)?;
        match self.peak_memory_bytes {
            Some(peak) => writeln!(page, "peak memory: {:.0} MB", megabytes(peak)),
            None => Ok(()),
        }
    }

    fn write_step(&self, step: &Step, page: &mut dyn Write) -> io::Result<()> {
        const MICROSECOND: f64 = 1e-6;
        let threads = if step.threads == 1 { "thread " } else { "threads" };
        writeln!(
            page,
            "{:<14} {:>2} {threads} {:>9.3} s {:>9.1} MB/s {:>10.0} stories/s {:>8.1} µs a story",
            step.name,
            step.threads,
            step.seconds,
            step.mb_per_second,
            step.stories_per_second,
            step.seconds / MICROSECOND / self.stories.max(1) as f64
        )
    }

    fn write_space(&self, page: &mut dyn Write) -> io::Result<()> {
        let text = self.text_bytes.max(1) as f64;
        let size = megabytes(self.index_bytes);
        writeln!(page, "index on disk: {size:.1} MB, {:.3} of the text", self.index_per_text_byte)?;
        let (listed, rest) = self.space.split_at(self.space.len().min(MOST_FIELDS));
        for space in listed {
            writeln!(page, "  {:<12} {:.3}", space.field, space.total() as f64 / text)?;
        }
        if rest.is_empty() {
            return Ok(());
        }
        let others: u64 = rest.iter().map(Space::total).sum();
        writeln!(page, "  {:<12} {:.3}", format!("{} more", rest.len()), others as f64 / text)
    }
}

/// Bytes as megabytes.
pub(super) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / MEGABYTE
}
