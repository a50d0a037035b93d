//! `bench`: how fast each step is on the user's own stories, beside tantivy alone.

mod generate;
mod queries;

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use self::generate::{Shape, generate};
use self::queries::Asked;

use super::Outcome;
use super::index::{ReadFlags, stop_at_interrupt};
use super::kit;
use crate::backend::LOCAL;
use crate::contract::Index;
use crate::error::{Error, Kind, Result};
use crate::format;
use crate::ingest::{self, Request, Silent};
use crate::model::{Entry, Record, Story};
use crate::text::lineage::Lineage;
use crate::text::sketch::sketch;

/// Bytes in a megabyte, as rates are told.
const MEGABYTE: f64 = 1e6;
/// How often each query is asked at least.
const LEAST_ASKED: u32 = 101;

/// Times each step on your own stories, beside tantivy alone.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord bench ~/wires --runs 5
  onrecord bench --generate 100000 /tmp/made          stories to time, at any number
  onrecord bench --queries ~/wires/.onrecord           how fast an index answers

Reads the stories into memory first, then times parsing and annotating on one thread. The whole
ingest (reading, parsing, annotating, indexing, one commit) and tantivy alone (the same documents,
made beforehand) take turns; each figure is the median of the runs. The ratio is stories a second
of the whole over those of tantivy alone.")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    read: ReadFlags,
    /// How often each is timed [example: --runs 5]
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Write so many stories without meaning into the folder PATH, and time nothing: words, names,
    /// statements and days are spread as in real news [example: --generate 100000]
    #[arg(long, value_name = "N", conflicts_with_all = ["runs", "json"])]
    generate: Option<usize>,
    /// Time queries of each kind in the index PATH, and nothing else; words are chosen from it
    #[arg(long, conflicts_with = "generate")]
    queries: bool,
    /// How generated stories are written
    #[arg(long, value_enum, value_name = "NAME", default_value = "jsonl", requires = "generate")]
    shape: Shape,
    /// Another number gives other stories [example: --seed 2]
    #[arg(long, value_name = "N", default_value_t = 1, requires = "generate")]
    seed: u64,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Figures {
    stories: usize,
    statements: usize,
    bytes: u64,
    text_bytes: u64,
    runs: u32,
    steps: Vec<Step>,
    whole: Step,
    tantivy_alone: Step,
    ratio: f64,
    index_bytes: u64,
    index_per_text_byte: f64,
    peak_memory_bytes: Option<u64>,
}

/// The median time of a step, and the rates that follow from it.
#[derive(Debug, Serialize)]
struct Step {
    name: &'static str,
    threads: usize,
    seconds: f64,
    mb_per_second: f64,
    stories_per_second: f64,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    if let Some(count) = arguments.generate {
        let [folder] = arguments.paths.as_slice() else {
            return Err(Error::new(Kind::Usage, "stories are generated into one folder"));
        };
        generate(count, folder, arguments.shape, arguments.seed)?;
        return Ok(Outcome::Found);
    }
    if arguments.queries {
        return answer_queries(&arguments);
    }
    let request = arguments.read.request(&arguments.paths);
    let figures = measure(&request, arguments.runs)?;
    let mut page = kit::page();
    let written = if arguments.json {
        serde_json::to_writer(&mut page, &figures).map_err(Into::into).and_then(|()| writeln!(page))
    } else {
        write_figures(&figures, &mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

/// Times queries in each of the indexes.
fn answer_queries(arguments: &Arguments) -> Result<Outcome> {
    let mut page = kit::page();
    for place in &arguments.paths {
        let asked = queries::measure(place, arguments.runs.max(LEAST_ASKED))?;
        let written = if arguments.json {
            let line = serde_json::to_writer(&mut page, &asked).map_err(Into::into);
            line.and_then(|()| writeln!(page))
        } else {
            asked.iter().try_for_each(|asked| write_asked(asked, &mut page))
        };
        written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    }
    Ok(Outcome::Found)
}

fn write_asked(asked: &Asked, page: &mut dyn Write) -> std::io::Result<()> {
    let over = asked.over_and.map_or(String::new(), |over| format!("  {over:.2} of plain AND"));
    writeln!(
        page,
        "{:<25} {:>8} ranked {:>8.0} µs ({:>7.0}) ten best {:>7.0} µs ({:>7.0}){over}",
        asked.kind, asked.matches, asked.best_p50, asked.best_p99, asked.page_p50, asked.page_p99
    )
}

fn measure(request: &Request, runs: u32) -> Result<Figures> {
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
    let parsing = median(runs, || parse_all(&entries));
    let annotating = median(runs, || annotate_all(&stories));
    let sketching = median(runs, || sketch_all(&stories));
    drop(entries);
    let text_bytes: usize = stories.iter().map(|story| story.title.len() + story.body.len()).sum();
    let records: Vec<Record> = stories.into_iter().map(annotated).collect();
    let statements = records.iter().map(|record| record.annotations.statements.len()).sum();
    let Turns { whole, alone, settling, index_bytes } = take_turns(request, &records, runs)?;
    let step = |name, threads, time: Duration| {
        let seconds = time.as_secs_f64();
        Step {
            name,
            threads,
            seconds,
            mb_per_second: bytes as f64 / MEGABYTE / seconds,
            stories_per_second: records.len() as f64 / seconds,
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Figures {
        stories: records.len(),
        statements,
        bytes,
        text_bytes: text_bytes as u64,
        runs,
        steps: vec![
            step("parse", 1, parsing),
            step("annotate", 1, annotating),
            step("sketch", 1, sketching),
            step("settle kin", 1, settling),
        ],
        ratio: alone.as_secs_f64() / whole.as_secs_f64(),
        whole: step(
            "whole ingest",
            if request.threads == 0 { cores } else { request.threads },
            whole,
        ),
        tantivy_alone: step("tantivy alone", cores, alone),
        index_bytes,
        index_per_text_byte: index_bytes as f64 / text_bytes.max(1) as f64,
        peak_memory_bytes: peak_memory(),
    })
}

fn parse_all(entries: &[Entry]) {
    for entry in entries {
        // What cannot be read was reported when the stories were gathered.
        let _ = format::read(entry, None, &mut |story| {
            std::hint::black_box(&story);
        });
    }
}

fn annotate_all(stories: &[Story]) {
    for story in stories {
        std::hint::black_box(ingest::annotations(story));
    }
}

/// Makes what tells versions and copies.
fn sketch_all(stories: &[Story]) {
    for story in stories {
        let (sketch, _) = sketch(&story.body);
        std::hint::black_box(Lineage::of(story, sketch));
    }
}

fn annotated(story: Story) -> Record {
    let annotations = ingest::annotations(&story);
    Record { story, annotations }
}

/// Medians of what was timed in turn, and the size of the index.
struct Turns {
    whole: Duration,
    alone: Duration,
    settling: Duration,
    index_bytes: u64,
}

/// Times the whole ingest, with its settling of families once more, and tantivy alone in turn, each into
/// a folder of its own that is deleted again.
fn take_turns(request: &Request, records: &[Record], runs: u32) -> Result<Turns> {
    let memory = ingest::arena(request.memory);
    let (mut wholes, mut alones, mut settlings) = (Vec::new(), Vec::new(), Vec::new());
    let mut index_bytes = 0;
    for run in 0..runs {
        let mut whole = |wholes: &mut Vec<Duration>| -> Result<u64> {
            let place = Scratch::new("whole")?;
            let started = Instant::now();
            let mut index = (LOCAL.write)(&place.0, memory)?;
            let stop = std::sync::atomic::AtomicBool::new(false);
            ingest::index(request, index.as_mut(), &Silent, &stop)?;
            wholes.push(started.elapsed());
            settlings.push(settle_again(index.as_mut())?);
            index.size()
        };
        let alone = |alones: &mut Vec<Duration>| -> Result<()> {
            let place = Scratch::new("alone")?;
            alones.push((LOCAL.alone)(&place.0, memory, records)?);
            Ok(())
        };
        if run % 2 == 0 {
            index_bytes = whole(&mut wholes)?;
            alone(&mut alones)?;
        } else {
            alone(&mut alones)?;
            index_bytes = whole(&mut wholes)?;
        }
    }
    let (whole, alone, settling) = (middle(wholes), middle(alones), middle(settlings));
    Ok(Turns { whole, alone, settling, index_bytes })
}

/// Times the settling of families: a commit, even of nothing, has it done anew.
fn settle_again(index: &mut dyn Index) -> Result<Duration> {
    index.commit()?;
    let started = Instant::now();
    index.settle()?;
    Ok(started.elapsed())
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

/// A folder that is deleted when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Result<Self> {
        let folder = format!("onrecord-bench-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&path)
            .map_err(|cause| Error::io(&path, "cannot be made", cause))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder left in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The most memory this process has held, in bytes, where the system tells (Linux).
fn peak_memory() -> Option<u64> {
    const KILOBYTE: u64 = 1024;
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * KILOBYTE)
}

fn write_figures(figures: &Figures, page: &mut dyn Write) -> std::io::Result<()> {
    let megabytes = |bytes: u64| bytes as f64 / MEGABYTE;
    writeln!(
        page,
        "{} stories, {} statements, {:.1} MB of files, {:.1} MB of text; medians of {}",
        figures.stories,
        figures.statements,
        megabytes(figures.bytes),
        megabytes(figures.text_bytes),
        figures.runs
    )?;
    let steps = figures.steps.iter().chain([&figures.whole, &figures.tantivy_alone]);
    for step in steps {
        writeln!(
            page,
            "{:<14} {:>2} threads {:>9.3} s {:>9.1} MB/s {:>10.0} stories/s",
            step.name, step.threads, step.seconds, step.mb_per_second, step.stories_per_second
        )?;
    }
    writeln!(page, "whole over tantivy alone: {:.2}", figures.ratio)?;
    writeln!(
        page,
        "index on disk: {:.1} MB, {:.2} of the text",
        megabytes(figures.index_bytes),
        figures.index_per_text_byte
    )?;
    match figures.peak_memory_bytes {
        Some(peak) => {
            writeln!(page, "peak memory: {:.0} MB (with all stories held)", megabytes(peak))
        }
        None => Ok(()),
    }
}
