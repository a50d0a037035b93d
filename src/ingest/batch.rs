//! Files to what is made of their stories, on many threads, in order and within a budget of memory.
//!
//! ```text
//! files --open, one thread--> batches --read and make, the pool--> results --in order--> who takes them
//!                             of 512 kB or 512 steps, 4 a thread in the queue
//! ```
//!
//! Comes in: the files. Goes out: what came of each, to one thread, in the order of the files
//! whatever the number of threads. The thread that opens waits while more is under way than the
//! budget allows, so that memory does not grow with the files, and a container of any size goes
//! through piece by piece.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use jiff::civil::Date;
use rayon::{Scope, ThreadPool, ThreadPoolBuilder};

use super::budget::{Budget, in_flight};
use super::complete::complete;
use super::manifest::{Manifest, Seen, Standing};
use super::open::{Opened, open};
use super::report::{CRASH, Cause, Problem};
use super::walk::Found;
use crate::contract::Format;
use crate::error::{Error, Kind, Result};
use crate::format;
use crate::model::{Entry, FieldMap, FileNote, Story};

/// A batch is closed at so many bytes: enough to make its passing on cheap, and small enough for
/// the threads to end together.
const BATCH_BYTES: usize = 512 << 10;
/// A batch is closed at so many steps.
const BATCH_STEPS: usize = 512;
/// The watcher is told of a large file every so many bytes of it.
const TOLD_EVERY: u64 = 1 << 20;
/// The stack of a thread that reads: markup may be nested deep.
const STACK: usize = 8 << 20;
/// How many batches a thread may have before it.
const BATCHES_PER_THREAD: usize = 4;

/// What is to be done with the files.
pub(super) struct Work<'a, T> {
    /// The files, in order.
    pub(super) files: &'a [Found],
    /// What is known of them.
    pub(super) manifest: &'a Manifest,
    /// The format that is forced.
    pub(super) format: Option<&'static Format>,
    /// `--published`.
    pub(super) published: Option<Date>,
    /// Makes of each story what is wanted of it, on the threads that read.
    pub(super) make: &'a (dyn Fn(&Found, Story, &mut Made<T>) + Sync),
    /// `--map`.
    pub(super) map: &'a FieldMap,
    /// The largest entry.
    pub(super) largest: u64,
    /// The budget of the whole, in bytes.
    pub(super) memory: usize,
    /// How many threads read and annotate; 0 for as many as there are cores.
    pub(super) threads: usize,
    /// Set by who wants it to end early.
    pub(super) stop: &'a AtomicBool,
}

/// What was made of stories, and problems with others.
pub(super) type Made<T> = Vec<Result<T, Problem>>;

/// What came of a file, in order: it begins, gives stories and problems, and ends.
pub(super) enum Event<T> {
    /// The file of this number is read from here on.
    Begins(usize),
    /// Stories of it, and problems with others.
    Gave(Made<T>),
    /// So many of its bytes are read.
    Reached(u64),
    /// It is read.
    Ends(Seen),
    /// The file of this number is as it was.
    Unchanged(usize),
    /// The file of this number could not be opened.
    Unread(usize, Problem),
    /// It is as it was, and its note is to be refreshed.
    Touched(usize, FileNote),
}

/// What is still to be done for an event.
enum Step<T> {
    Done(Event<T>),
    Read(usize, Entry),
}

/// Reads the files and hands over what came of them, a batch at a time; says no where it was stopped
/// before the last.
///
/// # Errors
/// The first that `take` gives; nothing is handed over after it.
pub(super) fn run<T: Send>(
    work: &Work<'_, T>,
    take: &mut dyn FnMut(Vec<Event<T>>) -> Result<()>,
) -> Result<bool> {
    let pool = pool(work.threads)?;
    let budget = Budget::new(in_flight(work.memory));
    let (queue, batches) = sync_channel(pool.current_num_threads() * BATCHES_PER_THREAD);
    std::thread::scope(|threads| {
        let opening = threads.spawn(|| produce(work, &pool, queue, &budget));
        // Closed in any case: the thread that opens must not wait for ever.
        let _closing = budget.closing();
        collect(batches, &budget, take)?;
        opening.join().map_err(|_| ended_early("opens"))
    })
}

fn pool(threads: usize) -> Result<ThreadPool> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .thread_name(|number| format!("reader {number}"))
        .build()
        .map_err(|cause| Error::new(Kind::Io, "cannot start the threads that read").because(cause))
}

/// A batch's place in the queue: where its events will be.
type Place<T> = Receiver<(usize, Vec<Event<T>>)>;

/// Takes the batches in order.
fn collect<T>(
    batches: Receiver<Place<T>>,
    budget: &Budget,
    take: &mut dyn FnMut(Vec<Event<T>>) -> Result<()>,
) -> Result<()> {
    for place in batches {
        let (bytes, events) = place.recv().map_err(|_| ended_early("reads"))?;
        take(events)?;
        budget.give_back(bytes);
    }
    Ok(())
}

fn ended_early(does: &str) -> Error {
    let message = format!("a thread that {does} files ended before its work was done");
    Error::new(Kind::Io, message).hint("please report it; what was committed stands")
}

/// Opens the files one by one and sends their entries to the pool in batches; says no where nothing
/// more was wanted before the last.
fn produce<T: Send>(
    work: &Work<'_, T>,
    pool: &ThreadPool,
    queue: SyncSender<Place<T>>,
    budget: &Budget,
) -> bool {
    pool.in_place_scope(|jobs| {
        let mut outbox =
            Outbox { work, jobs, queue, budget, steps: Vec::new(), bytes: 0, reached: 0 };
        let to_the_end = (0..work.files.len()).all(|number| outbox.file(number));
        outbox.send() && to_the_end
    })
}

/// The batch that is being filled.
struct Outbox<'a, 'scope, T> {
    work: &'scope Work<'scope, T>,
    jobs: &'a Scope<'scope>,
    queue: SyncSender<Place<T>>,
    budget: &'a Budget,
    steps: Vec<Step<T>>,
    bytes: usize,
    /// How far into the file was last told.
    reached: u64,
}

impl<T: Send> Outbox<'_, '_, T> {
    /// Opens a file; says no when nothing more is wanted.
    fn file(&mut self, number: usize) -> bool {
        if self.work.stop.load(Ordering::Relaxed) {
            return false;
        }
        let found = &self.work.files[number];
        let standing = self.work.manifest.standing(found);
        if let Standing::Same(_) = standing {
            return self.put(Step::Done(Event::Unchanged(number)), 0);
        }
        self.reached = 0;
        let mut begun = false;
        let opened = catch_unwind(AssertUnwindSafe(|| {
            open(found, standing, self.work.largest, self.work.map, &mut |entry, at| {
                if !std::mem::replace(&mut begun, true) {
                    self.put(Step::Done(Event::Begins(number)), 0);
                }
                self.entry(number, entry, at)
            })
        }));
        let opened = opened.unwrap_or_else(|_| Opened::Unread(crash(found, "", "opening it")));
        self.opened(number, opened, begun)
    }

    /// Ends a file.
    fn opened(&mut self, number: usize, opened: Opened<'_>, begun: bool) -> bool {
        let event = match opened {
            Opened::Stopped => return false,
            Opened::Touched(note, seen) => {
                let fresh = seen.note(&note.file, note.outcome.clone());
                match fresh == *note {
                    true => Event::Unchanged(number),
                    false => Event::Touched(number, fresh),
                }
            }
            Opened::Unread(problem) if begun => {
                self.put(Step::Done(Event::Gave(vec![Err(problem)])), 0);
                Event::Ends(Seen::in_part(self.reached))
            }
            Opened::Unread(problem) => Event::Unread(number, problem),
            Opened::Read(seen) => {
                if !begun {
                    self.put(Step::Done(Event::Begins(number)), 0);
                }
                Event::Ends(seen)
            }
        };
        self.put(Step::Done(event), 0)
    }

    fn entry(&mut self, number: usize, entry: Result<Entry, Problem>, at: u64) -> bool {
        let wanted = match entry {
            Ok(entry) => {
                let bytes = entry.bytes.len();
                if at - self.reached >= TOLD_EVERY {
                    self.reached = at;
                    self.put(Step::Done(Event::Reached(at)), 0);
                }
                self.put(Step::Read(number, entry), bytes)
            }
            Err(problem) => self.put(Step::Done(Event::Gave(vec![Err(problem)])), 0),
        };
        wanted && !self.work.stop.load(Ordering::Relaxed)
    }

    /// Puts a step into the batch, and sends the batch when it is full.
    fn put(&mut self, step: Step<T>, bytes: usize) -> bool {
        if self.bytes + bytes > BATCH_BYTES && !self.send() {
            return false;
        }
        self.steps.push(step);
        self.bytes += bytes;
        self.steps.len() < BATCH_STEPS || self.send()
    }

    /// Sends the batch to the pool; says no when nobody waits for it.
    fn send(&mut self) -> bool {
        if self.steps.is_empty() {
            return true;
        }
        let (steps, bytes) = (std::mem::take(&mut self.steps), std::mem::take(&mut self.bytes));
        if !self.budget.take(bytes) {
            return false;
        }
        let (done, place) = sync_channel(1);
        if self.queue.send(place).is_err() {
            return false;
        }
        let work = self.work;
        self.jobs.spawn(move |_| {
            let events = steps.into_iter().map(|step| work.read(step)).collect();
            // Nobody waits where the ingest has ended early.
            let _ = done.send((bytes, events));
        });
        true
    }
}

impl<T> Work<'_, T> {
    fn read(&self, step: Step<T>) -> Event<T> {
        match step {
            Step::Done(event) => event,
            Step::Read(number, entry) => Event::Gave(self.made(&self.files[number], &entry)),
        }
    }

    /// Reads an entry's stories, completes each, and makes of it what is wanted.
    fn made(&self, found: &Found, entry: &Entry) -> Made<T> {
        let path = found.path.to_string_lossy();
        let mut made = Vec::new();
        for story in self.stories(found, entry) {
            match story {
                Ok(mut story) => {
                    complete(&mut story, entry, &path, self.published);
                    (self.make)(found, story, &mut made);
                }
                Err(problem) => made.push(Err(problem)),
            }
        }
        made
    }

    /// Reads an entry's stories; a fault in a parser costs what it had not read yet of this entry.
    fn stories(&self, found: &Found, entry: &Entry) -> Vec<Result<Story, Problem>> {
        let refused =
            |error: &Error| Problem::of(&found.file, &entry.member, Cause::of(error), error);
        let mut stories = Vec::new();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            format::read(entry, self.format, &mut |story| {
                stories.push(story.map_err(|error| refused(&error)));
            })
        }));
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(error)) => stories.push(Err(refused(&error))),
            Err(_) => stories.push(Err(crash(found, &entry.member, "reading it"))),
        }
        stories
    }
}

/// The problem of a file that met a fault of the program's.
pub(super) fn crash(found: &Found, member: &str, work: &str) -> Problem {
    Problem::new(&found.file, Cause::Crash, format!("{CRASH} ended {work}"))
        .in_member(member)
        .hint("please report it, with the file if you may")
}
