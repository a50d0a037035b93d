//! The time of each step on stories held in memory, and of the whole beside tantivy alone.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::figures::{Figures, MEGABYTE, Origin, Step};
use super::once::{self, ingested};
use super::process::{Scratch, cores};
use crate::annotate::ANNOTATORS;
use crate::backend::LOCAL;
use crate::cli::index::stop_at_interrupt;
use crate::contract::Text;
use crate::error::{Error, Kind, Result};
use crate::format;
use crate::ingest::{self, Request};
use crate::model::{Annotations, Entry, Record, Space, Story};
use crate::text::lineage::Lineage;
use crate::text::sketch::{sketch, word_sign};
use crate::text::words::words;

/// Measures all steps, each so many times.
pub(super) fn measure(request: &Request, runs: u32) -> Result<Figures> {
    let stop = stop_at_interrupt()?;
    let mut stories: Vec<Story> = Vec::new();
    ingest::parse(request, &stop, &mut |read| {
        stories.extend(read.ok());
        Ok(())
    })?;
    if stories.is_empty() {
        return Err(Error::new(Kind::Input, "no story to time").hint("name a folder with stories"));
    }
    let entries = ingest::entries(request)?;
    let bytes: u64 = entries.iter().map(|entry| entry.bytes.len() as u64).sum();
    let count = stories.len();
    let step = |name: &str, threads: usize, time: Duration| {
        let seconds = time.as_secs_f64();
        Step {
            name: name.to_owned(),
            threads,
            seconds,
            cpu_seconds: None,
            mb_per_second: bytes as f64 / MEGABYTE / seconds,
            stories_per_second: count as f64 / seconds,
        }
    };
    let mut steps = vec![step("parse", 1, median(runs, || parse_all(&entries)))];
    drop(entries);
    steps.push(step("annotate", 1, median(runs, || annotate_all(&stories))));
    steps.extend(each_annotator(&stories, runs).map(|(name, time)| step(name, 1, time)));
    steps.push(step("sketch", 1, median(runs, || sketch_all(&stories))));
    let text_bytes: usize = stories.iter().map(|story| story.title.len() + story.body.len()).sum();
    let records: Vec<Record> = stories.into_iter().map(annotated).collect();
    let statements = records.iter().map(|record| record.annotations.statements.len()).sum();
    let turns = take_turns(request, &records, runs)?;
    drop(records);
    steps.push(step("settle kin", 1, middle(turns.settlings.clone())));
    let threads = if request.threads == 0 { cores() } else { request.threads };
    let whole = Step {
        cpu_seconds: turns.cpu_seconds(),
        ..step("whole ingest", threads, middle(turns.wholes.clone()))
    };
    Ok(Figures {
        origin: Origin::here(),
        stories: count,
        statements,
        bytes,
        text_bytes: text_bytes as u64,
        runs,
        steps,
        whole,
        tantivy_alone: step("tantivy alone", cores(), middle(turns.alones.clone())),
        ratio: turns.ratio(),
        ratios: turns.ratios().collect(),
        index_bytes: turns.index_bytes,
        index_per_text_byte: turns.index_bytes as f64 / text_bytes.max(1) as f64,
        space: turns.space,
        peak_memory_bytes: once::again()?.peak_memory_bytes,
    })
}

fn parse_all(entries: &[Entry]) {
    for entry in entries {
        // What cannot be read was reported when the stories were gathered.
        let _ = format::read(entry, None, &mut |story| {
            black_box(&story);
        });
    }
}

fn annotate_all(stories: &[Story]) {
    for story in stories {
        black_box(ingest::annotations(story));
    }
}

/// Makes what tells versions and copies.
fn sketch_all(stories: &[Story]) {
    for story in stories {
        let (sketch, _) = sketch(words(&story.body).map(|word| word_sign(&word.folded)));
        black_box(Lineage::of(story, sketch));
    }
}

fn annotated(story: Story) -> Record {
    let annotations = ingest::annotations(&story);
    Record { story, annotations }
}

/// The median time of each annotator over all stories; each works on what those before it found.
fn each_annotator(stories: &[Story], runs: u32) -> impl Iterator<Item = (&'static str, Duration)> {
    let mut times = vec![Vec::new(); ANNOTATORS.len()];
    for _ in 0..runs {
        let mut sums = vec![Duration::ZERO; ANNOTATORS.len()];
        for story in stories {
            let text = Text::from(story);
            let mut found = Annotations::default();
            for (annotator, sum) in ANNOTATORS.iter().zip(&mut sums) {
                let started = Instant::now();
                (annotator.annotate)(&text, &mut found);
                *sum += started.elapsed();
            }
            black_box(found);
        }
        times.iter_mut().zip(sums).for_each(|(times, sum)| times.push(sum));
    }
    ANNOTATORS.iter().zip(times).map(|(annotator, times)| (annotator.name, middle(times)))
}

/// What the whole ingest and tantivy alone took, turn by turn.
#[derive(Default)]
struct Turns {
    wholes: Vec<Duration>,
    /// What all processors spent on the wholes, in seconds.
    cpu: Vec<f64>,
    alones: Vec<Duration>,
    /// What it takes to settle anew which stories belong together.
    settlings: Vec<Duration>,
    index_bytes: u64,
    space: Vec<Space>,
}

impl Turns {
    /// The pairs of a turn met the same weather, so each is compared within itself.
    fn ratios(&self) -> impl Iterator<Item = f64> {
        self.wholes.iter().zip(&self.alones).map(|(whole, alone)| {
            let nothing = Duration::from_nanos(1);
            alone.as_secs_f64() / (*whole).max(nothing).as_secs_f64()
        })
    }

    fn ratio(&self) -> f64 {
        once::median_of(self.ratios())
    }

    fn cpu_seconds(&self) -> Option<f64> {
        (!self.cpu.is_empty()).then(|| once::median_of(self.cpu.iter().copied()))
    }

    fn whole(&mut self, request: &Request) -> Result<()> {
        let place = Scratch::new("whole")?;
        let ingest = ingested(request, place.path())?;
        self.wholes.push(Duration::from_secs_f64(ingest.seconds));
        self.cpu.extend(ingest.cpu_seconds);
        self.index_bytes = ingest.index_bytes;
        self.space = (LOCAL.space)(place.path())?;
        let mut index = (LOCAL.write)(place.path(), ingest::arena(request.memory))?;
        // A commit, even of nothing, has it done anew.
        index.commit()?;
        let started = Instant::now();
        index.settle()?;
        self.settlings.push(started.elapsed());
        Ok(())
    }

    fn alone(&mut self, memory: usize, records: &[Record]) -> Result<()> {
        let place = Scratch::new("alone")?;
        self.alones.push((LOCAL.alone)(place.path(), memory, records)?);
        Ok(())
    }
}

/// Times the whole ingest and tantivy alone in turn, the one first and then the other, each into a
/// folder of its own that is deleted again.
fn take_turns(request: &Request, records: &[Record], runs: u32) -> Result<Turns> {
    let memory = ingest::arena(request.memory);
    let mut turns = Turns::default();
    for run in 0..runs {
        if run % 2 == 0 {
            turns.whole(request)?;
            turns.alone(memory, records)?;
        } else {
            turns.alone(memory, records)?;
            turns.whole(request)?;
        }
    }
    Ok(turns)
}

fn median(runs: u32, work: impl Fn()) -> Duration {
    let time = |_| {
        let started = Instant::now();
        work();
        started.elapsed()
    };
    middle((0..runs).map(time).collect())
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2].max(Duration::from_nanos(1))
}
