//! `bench`: how fast each step is on the user's own stories, beside tantivy alone.

mod figures;
mod fresh;
mod generate;
mod growth;
mod once;
mod plot;
mod process;
mod queries;
mod steps;
mod svg;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use self::generate::{Made, Shape, USUAL_WORDS, generate};
use super::Outcome;
use super::index::ReadFlags;
use super::kit;
use crate::error::{Error, Kind, Result};
use crate::ingest::Request;

/// How often each query is asked at least.
const LEAST_ASKED: u32 = 101;

/// Times each step on your own stories, beside tantivy alone.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord bench ~/wires --runs 5
  onrecord bench --generate 100000 /tmp/made          stories to time, at any number
  onrecord bench --queries ~/wires/.onrecord           how fast an index answers
  onrecord bench --sizes 25000,100000 --by-threads 1,2  how rate and memory grow
  onrecord bench ~/wires --json > now.json
  onrecord bench --plot speed.svg before.json now.json

Reads the stories into memory first, then times parsing and annotating, and each annotator, on one
thread. The whole ingest (reading, parsing, annotating, indexing, one commit) and tantivy alone (the
same documents, made beforehand) take turns, now the one first and now the other; each time is the
median of the runs. The ratio is stories a second of the whole over those of tantivy alone, the median
of the ratios of the runs. Peak memory is that of a process of its own that does one whole ingest.")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required_unless_present = "sizes", value_name = "PATH")]
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
    /// Time queries of each kind in the index PATH, and nothing else: in this process, warm, and from the
    /// start of a fresh one to its end; words are chosen from the index
    #[arg(long, conflicts_with = "generate")]
    queries: bool,
    /// Time fresh processes with nothing of the disk in memory, too; only the administrator of a Linux
    /// machine may, and everything else on it is slower for a while
    #[arg(long, requires = "queries")]
    drop_caches: bool,
    /// Time the whole ingest of so many generated stories each, in processes of their own
    /// [example: --sizes 25000,50000]
    #[arg(long, value_name = "N,...", value_delimiter = ',', conflicts_with_all = ["paths", "generate", "queries"])]
    sizes: Vec<usize>,
    /// With so many threads each [example: --by-threads 1,2,4]
    #[arg(
        long,
        value_name = "N,...",
        value_delimiter = ',',
        requires = "sizes",
        conflicts_with = "threads"
    )]
    by_threads: Vec<usize>,
    /// Draw what runs of before wrote with --json into FILE, side by side: PATH are these, the earliest first
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sizes", "generate", "queries", "json"])]
    plot: Option<PathBuf>,
    /// How generated stories are written
    #[arg(long, value_enum, value_name = "NAME", default_value = "jsonl")]
    shape: Shape,
    /// How many words a generated story has on the mean [example: --words 570]
    #[arg(long, value_name = "N", default_value_t = USUAL_WORDS, value_parser = clap::value_parser!(u32).range(1..))]
    words: u32,
    /// Another number gives other stories [example: --seed 2]
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Do one whole ingest and write what it took as JSON: what `bench` starts
    #[arg(long, hide = true)]
    once: bool,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let request = arguments.read.request(&arguments.paths);
    if arguments.once {
        once::run(&request)?;
    } else if let Some(count) = arguments.generate {
        let [folder] = arguments.paths.as_slice() else {
            return Err(Error::new(Kind::Usage, "stories are generated into one folder"));
        };
        generate(count, folder, arguments.made())?;
    } else if let Some(picture) = &arguments.plot {
        plot::plot(&arguments.paths, picture)?;
    } else if arguments.queries {
        answer_queries(&arguments)?;
    } else if !arguments.sizes.is_empty() {
        let growth = growth::measure(&arguments.plan(&request))?;
        show(&growth, arguments.json, |page| growth.write(page))?;
    } else {
        let figures = steps::measure(&request, arguments.runs)?;
        show(&figures, arguments.json, |page| figures.write(page))?;
    }
    Ok(Outcome::Found)
}

impl Arguments {
    fn made(&self) -> Made {
        Made { shape: self.shape, words: self.words, seed: self.seed }
    }

    fn plan(&self, request: &Request) -> growth::Plan<'_> {
        growth::Plan {
            sizes: &self.sizes,
            threads: &self.by_threads,
            made: self.made(),
            memory: request.memory,
            runs: self.runs,
        }
    }
}

/// Times queries in each of the indexes.
fn answer_queries(arguments: &Arguments) -> Result<()> {
    let cold = arguments.drop_caches && can_forget_disk();
    for place in &arguments.paths {
        let asked = queries::measure(place, arguments.runs.max(LEAST_ASKED), cold)?;
        show(&asked, arguments.json, |page| asked.iter().try_for_each(|asked| asked.write(page)))?;
    }
    Ok(())
}

fn can_forget_disk() -> bool {
    let tried = fresh::forget_disk();
    if let Err(refused) = &tried {
        kit::tell_error(refused);
        kit::tell("cold: not measured");
    }
    tried.is_ok()
}

/// Writes what was measured, as one line of JSON or for people.
fn show(
    measured: &impl Serialize,
    json: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let mut page = kit::page();
    let written = if json {
        serde_json::to_writer(&mut page, measured).map_err(Into::into).and_then(|()| writeln!(page))
    } else {
        write(&mut page)
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)
}
