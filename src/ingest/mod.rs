//! The first sentence of the program: path -> Entry -> Story -> Record -> index.
//!
//! Comes in: paths and an open index. Goes out: the stories below the paths in the index, a note of
//! every file, and a report of what gave no story. Prints nothing and knows no command line.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use jiff::civil::Date;

use crate::contract::{Format, Index};
use crate::error::{Error, Kind, Result};
use crate::format;
use crate::model::{FieldMap, Story};

mod batch;
mod budget;
mod complete;
mod desk;
mod entries;
mod explain;
mod filing;
mod key;
mod looks;
mod manifest;
mod meanwhile;
mod moved;
mod open;
mod progress;
mod report;
mod walk;

#[cfg(test)]
mod tests;

pub use budget::arena;
pub use complete::annotations;
pub use entries::entries;
pub use explain::{Explained, Listener, explain};
pub use key::key;
pub use looks::{Change, Looks};
pub use meanwhile::Meanwhile;
pub use progress::{Silent, Watcher};
pub use report::{Cause, Problem, Summary};

use batch::{Event, Made, Work};
use desk::{Desk, Known};
use filing::{Filed, Filing};
use manifest::{Manifest, Missing};
use meanwhile::Nothing;
use moved::follow;
use report::{NO_STORY, Report};
use walk::{Found, Walked, walk};

/// What is to be read, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The folder below which files are named by their path from it; others by their whole path.
    pub home: Option<PathBuf>,
    /// The largest file, or member of a container, that is read, in bytes.
    pub max_file_size: u64,
    /// The budget of the whole program, in bytes; see [`arena`] for the backend's share.
    pub memory: usize,
    /// How many threads read and annotate; 0 for as many as there are cores.
    pub threads: usize,
    /// Whether files and folders whose names begin with a dot are read.
    pub hidden: bool,
    /// Whether symbolic links are followed; those given as a path always are.
    pub follow_links: bool,
    /// The day of stories that tell none, neither themselves nor by their path.
    pub published: Option<Date>,
    /// The name of the format that every entry is read as.
    pub format: Option<String>,
    /// Where records (JSON, rows of tables) keep the fields of a story, before the names that are
    /// known.
    pub map: FieldMap,
    /// The program's own files and folders below the paths, passed over: the index. `.onrecord` and
    /// the report always are.
    pub own: Vec<PathBuf>,
    /// A commit is made after so many bytes of files, and every half a minute.
    pub commit_bytes: u64,
    /// The file that gets a JSON line for every file that gave no story.
    pub report: Option<PathBuf>,
    /// Whether only the files are read that gave no story the last time.
    pub retry: bool,
    /// A file of so many bytes is large: it is read behind the others, and others are taken between its
    /// parts.
    pub large: u64,
    /// Whether large files are left for later.
    pub small_only: bool,
    /// Files that are read whatever is known of them, and what came of them is dropped first.
    pub anew: Vec<String>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            home: None,
            max_file_size: 32 << 20,
            memory: 512 << 20,
            threads: 0,
            hidden: false,
            follow_links: false,
            published: None,
            format: None,
            map: FieldMap::default(),
            own: Vec::new(),
            commit_bytes: 200_000_000,
            report: None,
            retry: false,
            // About ten seconds' work.
            large: 64 << 20,
            small_only: false,
            anew: Vec::new(),
        }
    }
}

impl Request {
    fn format(&self) -> Result<Option<&'static Format>> {
        let Some(name) = self.format.as_deref() else { return Ok(None) };
        let unknown = || {
            Error::new(Kind::Usage, format!("no format is named `{name}`"))
                .hint("`onrecord formats` lists those there are")
        };
        format::named(name).map(Some).ok_or_else(unknown)
    }
}

/// Brings an index up to date with the files of a request: reads those that are new or changed,
/// drops those that are gone.
///
/// Once `stop` is set, what is under way is finished and committed, and the summary says so.
///
/// # Errors
/// Where a path does not exist, the report cannot be written, or the index refuses; then the index
/// is as at its last commit. A file that cannot be read is no error but a line in the report.
pub fn index(
    request: &Request,
    index: &mut dyn Index,
    watcher: &dyn Watcher,
    stop: &AtomicBool,
) -> Result<Summary> {
    index_meanwhile(request, index, watcher, stop, &mut Nothing)
}

/// Does as [`index`] does, and something else between the parts of a large file.
///
/// # Errors
/// As of [`index`], and those of what is done meanwhile.
pub fn index_meanwhile(
    request: &Request,
    index: &mut dyn Index,
    watcher: &dyn Watcher,
    stop: &AtomicBool,
    meanwhile: &mut dyn Meanwhile,
) -> Result<Summary> {
    let started = Instant::now();
    let format = request.format()?;
    let outcome = index_as(format, request, index, watcher, stop, meanwhile);
    watcher.end();
    outcome.map(|summary| Summary { seconds: started.elapsed().as_secs_f64(), ..summary })
}

/// Does the work of [`index_meanwhile`] with a format that may stand in no register.
fn index_as(
    format: Option<&'static Format>,
    request: &Request,
    index: &mut dyn Index,
    watcher: &dyn Watcher,
    stop: &AtomicBool,
    meanwhile: &mut dyn Meanwhile,
) -> Result<Summary> {
    let mut walked = walk(request)?;
    // The others would wait for them.
    walked.files.sort_by_key(|found| found.size >= request.large);
    let told_how = request.format.is_some() || !request.map.0.is_empty();
    let manifest = Manifest::new(index.files()?).without(&request.anew);
    let manifest = manifest.again(told_how || request.retry);
    let mut missing = if request.retry { Missing::default() } else { manifest.missing(&walked) };
    if request.retry {
        walked.files.retain(|found| manifest.gave_nothing(&found.file));
    }
    if request.small_only {
        walked.files.retain(|found| found.size < request.large);
        // One of them may be the file that is being read.
        missing
            .gone
            .retain(|file| manifest.note(file).is_none_or(|note| note.size < request.large));
    }
    let report = Report::create(request.report.as_deref())?;
    let filing = Filing { prepare: index.preparing()?, today: jiff::Zoned::now().date() };
    let told_all = told_how || request.published.is_some();
    let moves = follow(&mut walked, &missing, !told_all, &manifest, index)?;
    let Missing { gone, away } = moves.settle(missing);
    watcher.begin(walked.files.len() as u64, walked.files.iter().map(|file| file.size).sum());
    let known = Known { files: &walked.files, manifest: &manifest };
    let mut desk = Desk::new(index, request, known, watcher, report, meanwhile);
    desk.follow(moves.files);
    desk.keep(away.len() as u64, away.first().and_then(|file| walked.away(file)));
    request.anew.iter().try_for_each(|file| desk.drop_known(file))?;
    for problem in &walked.passed_over {
        desk.pass_over(problem)?;
    }
    gone.iter().try_for_each(|file| desk.drop_gone(file))?;
    let make = |found: &Found, story, made: &mut Made<Filed>| filing.file(found, story, made);
    let work = work(request, format, &walked, &manifest, stop, &make);
    let to_the_end = batch::run(&work, &mut |events| desk.take(events))?;
    desk.finish(!to_the_end)
}

/// Whether there is any file to read below the paths of a request.
///
/// # Errors
/// Where a path does not exist.
pub fn has_files(request: &Request) -> Result<bool> {
    Ok(!walk(request)?.files.is_empty())
}

/// Takes each story as it was read, or what was wrong with it.
pub type Reader<'a> = dyn FnMut(Result<Story, Problem>) -> Result<()> + 'a;

/// Reads the stories of a request, in the order of the files, and keeps nothing.
///
/// Their day and language are settled as for the index; they are not annotated.
///
/// # Errors
/// Where a path does not exist, and the first that the reader gives.
///
/// ```
/// use std::sync::atomic::AtomicBool;
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("a.txt"), "Ferry late\n\nThe ferry was late again.\n")?;
/// let request = onrecord::ingest::Request {
///     paths: vec![folder.path().to_owned()],
///     ..Default::default()
/// };
/// onrecord::ingest::parse(&request, &AtomicBool::new(false), &mut |story| {
///     assert_eq!(story.map(|story| story.path), Ok("a.txt".to_owned()));
///     Ok(())
/// })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(request: &Request, stop: &AtomicBool, reader: &mut Reader<'_>) -> Result<()> {
    parse_as(request.format()?, request, stop, reader)
}

/// Does the work of [`parse`] with a format that may stand in no register.
fn parse_as(
    format: Option<&'static Format>,
    request: &Request,
    stop: &AtomicBool,
    reader: &mut Reader<'_>,
) -> Result<()> {
    let walked = walk(request)?;
    for problem in &walked.passed_over {
        reader(Err(problem.clone()))?;
    }
    let manifest = Manifest::default();
    let make = |_: &Found, story, made: &mut Made<Story>| made.push(Ok(story));
    let work = work(request, format, &walked, &manifest, stop, &make);
    let mut reading = Reading { reader, file: "", gave: false };
    batch::run(&work, &mut |events| {
        events.into_iter().try_for_each(|event| reading.take(event, &walked.files))
    })?;
    Ok(())
}

/// Hands what came of each file to a reader.
struct Reading<'a, 'reader> {
    reader: &'a mut Reader<'reader>,
    file: &'a str,
    /// Whether the file gave anything yet, a story or a problem.
    gave: bool,
}

impl<'a> Reading<'a, '_> {
    fn take(&mut self, event: Event<Story>, files: &'a [Found]) -> Result<()> {
        match event {
            Event::Begins(number) => (self.file, self.gave) = (&files[number].file, false),
            Event::Gave(stories) => {
                self.gave |= !stories.is_empty();
                stories.into_iter().try_for_each(&mut *self.reader)?;
            }
            Event::Unread(_, problem) => (self.reader)(Err(problem))?,
            Event::Ends(_) if !self.gave => {
                (self.reader)(Err(Problem::new(self.file, Cause::NoStory, NO_STORY)))?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn work<'a, T>(
    request: &'a Request,
    format: Option<&'static Format>,
    walked: &'a Walked,
    manifest: &'a Manifest,
    stop: &'a AtomicBool,
    make: &'a (dyn Fn(&Found, Story, &mut Made<T>) + Sync),
) -> Work<'a, T> {
    Work {
        files: &walked.files,
        manifest,
        format,
        published: request.published,
        map: &request.map,
        make,
        largest: request.max_file_size,
        memory: request.memory,
        threads: request.threads,
        stop,
    }
}
