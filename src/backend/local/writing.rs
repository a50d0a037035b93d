//! The one writer of an index.

use std::collections::VecDeque;
use std::path::Path;

use tantivy::index::SegmentMeta;
use tantivy::indexer::{IndexWriterOptions, PreparedCommit};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::deletions::Order;
use super::merging::Bounded;
use super::place::Lock;
use super::queue::{Queue, Waiting};
use super::turns::Turns;

/// The least memory that tantivy takes for a writing thread, with what it needs beside it.
const LEAST_MEMORY_A_THREAD: usize = 16 << 20;
/// Writing threads beside those that read: beyond two, the reading and annotating of stories needs the cores.
const MOST_THREADS: usize = 2;
/// For so many cores there is one writing thread. Two threads on two cores, which read and annotate as well,
/// took a tenth more of the processor for as long a run, and wrote twice as many segments of half the size.
const CORES_A_THREAD: usize = 2;
/// The part of the writer's memory that documents may take which wait for its threads.
const WAITING_SHARE: usize = 16;
/// What a document takes beside its texts, about, in bytes.
const BESIDE_TEXTS: usize = 2048;
/// How many times a document's texts stand in it: to be indexed, and to be stored.
const TEXTS: usize = 2;

/// Whose threads write an index.
#[derive(Clone, Copy)]
pub(super) enum Threads {
    /// Our own, beside others that read and annotate meanwhile.
    BesideReaders,
    /// tantivy's, one on each core: there is no other work.
    ACore,
}

impl Threads {
    /// How many collect at once on so many cores, with so much memory for all of them.
    fn count(self, cores: usize, memory: usize) -> usize {
        let wanted = match self {
            Self::BesideReaders => (cores / CORES_A_THREAD).min(MOST_THREADS),
            Self::ACore => cores,
        };
        wanted.min(memory / LEAST_MEMORY_A_THREAD).max(1)
    }
}

/// A writer, and the lock that makes it the only one.
pub(super) struct Writing {
    writer: Option<IndexWriter<Waiting>>,
    threads: Threads,
    /// How many collect at once.
    count: usize,
    /// How much memory a thread has that collects.
    memory: usize,
    /// Our own threads, while there are documents for them. The next document is for the first.
    turns: VecDeque<Turns>,
    order: Order,
    queue: Queue,
    lock: Lock,
}

impl Writing {
    /// Begins to write with so many bytes of memory.
    ///
    /// `at` is the folder of the index's files.
    pub(super) fn begin(
        index: &tantivy::Index,
        at: &Path,
        memory: usize,
        threads: Threads,
        lock: Lock,
    ) -> tantivy::Result<Self> {
        let queue = Queue::of(memory / WAITING_SHARE);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let count = threads.count(cores, memory);
        let of_thread = (memory / count).max(LEAST_MEMORY_A_THREAD);
        let writer = writer(index, at, memory, count, of_thread)?;
        Ok(Self {
            writer: Some(writer),
            threads,
            count,
            memory: of_thread,
            turns: VecDeque::new(),
            order: Order::default(),
            queue,
            lock,
        })
    }

    /// Notes that a run is under way: several may come to their end behind each other.
    pub(super) fn under_way(&self) {
        // Where it cannot be noted, readers are not told of a run that ended early: no harm.
        let _ = self.lock.name();
    }

    /// Notes that the run came to its end.
    pub(super) fn done(&self) {
        self.lock.done();
    }

    /// Adds a document of so many bytes of text.
    pub(super) fn add(
        &mut self,
        document: TantivyDocument,
        text_bytes: usize,
    ) -> tantivy::Result<()> {
        let Some(writer) = &self.writer else { return Ok(()) };
        let bytes = TEXTS * text_bytes + BESIDE_TEXTS;
        if !self.queue.has_room(bytes) {
            // What is not handed over gives no room back.
            self.turns.iter_mut().for_each(Turns::hand_over);
        }
        let part = self.queue.take(bytes);
        let waiting = Waiting { document, _part: part };
        if let Threads::ACore = self.threads {
            return writer.add_document(waiting).map(|_| ());
        }
        if self.turns.is_empty() {
            for _ in 0..self.count {
                self.turns.push_back(Turns::start(writer.index(), self.memory)?);
            }
        }
        if let Some(mut next) = self.turns.pop_front() {
            for segment in next.finished() {
                list(writer, &self.order, segment?)?;
            }
            next.add(waiting);
            self.turns.push_back(next);
        }
        Ok(())
    }

    /// Deletes all documents added so far that have a term; `is_fresh` says whether one that was added since
    /// the last commit may have it.
    pub(super) fn delete(&mut self, term: Term, is_fresh: bool) -> tantivy::Result<()> {
        if is_fresh {
            self.list()?;
        }
        let Some(writer) = &self.writer else { return Ok(()) };
        writer.delete_query(Box::new(self.order.deletion(term))).map(|_| ())
    }

    /// Makes all that was added and deleted ready to be committed.
    pub(super) fn prepare(&mut self) -> tantivy::Result<Option<PreparedCommit<'_, Waiting>>> {
        self.list()?;
        self.writer.as_mut().map(IndexWriter::prepare_commit).transpose()
    }

    /// Waits until all documents are in segments, and lists these.
    fn list(&mut self) -> tantivy::Result<()> {
        let Some(writer) = &self.writer else { return Ok(()) };
        for turns in self.turns.drain(..) {
            for segment in turns.end()? {
                list(writer, &self.order, segment)?;
            }
        }
        Ok(())
    }
}

impl Drop for Writing {
    /// Waits for merges that are under way: tantivy gives them up otherwise.
    fn drop(&mut self) {
        self.turns.clear();
        if let Some(writer) = self.writer.take() {
            // Nothing is lost where a merge fails: the segments it would have joined stay.
            let _ = writer.wait_merging_threads();
        }
    }
}

/// Puts a segment into the list of segments, of which nothing is deleted that was deleted before.
fn list(writer: &IndexWriter<Waiting>, order: &Order, segment: SegmentMeta) -> tantivy::Result<()> {
    order.list(segment.id());
    writer.add_segment(segment)
}

fn writer(
    index: &tantivy::Index,
    at: &Path,
    memory: usize,
    threads: usize,
    of_thread: usize,
) -> tantivy::Result<IndexWriter<Waiting>> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(of_thread)
        .num_merge_threads(1)
        .build();
    let writer = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(Bounded::of(at, memory, of_thread)));
    Ok(writer)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::LocalIndex;
    use super::Threads;
    use crate::contract::Index;
    use crate::model::{FileNote, Outcome, Record, Story, StoryKey};

    /// What is done to an index; files have numbers.
    #[derive(Clone, Debug)]
    enum Step {
        Add(u8),
        Note(u8),
        Delete(u8),
        Commit,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            4 => (0..3_u8).prop_map(Step::Add),
            2 => (0..3_u8).prop_map(Step::Note),
            2 => (0..3_u8).prop_map(Step::Delete),
            1 => Just(Step::Commit),
        ]
    }

    /// The titles of the stories of each file, and whether it is noted.
    type Held = BTreeMap<String, (Vec<String>, bool)>;

    fn held(index: &LocalIndex) -> Held {
        let mut held = Held::new();
        for note in index.files().unwrap() {
            let (_, is_noted) = held.entry(note.file).or_default();
            assert!(!*is_noted, "a file is noted once");
            *is_noted = true;
        }
        for file in (0..3).map(|number| format!("file {number}")) {
            let mut titles: Vec<String> = index
                .stories_of(&file)
                .unwrap()
                .into_iter()
                .map(|record| record.story.title)
                .collect();
            titles.sort_unstable();
            if !titles.is_empty() {
                held.entry(file).or_default().0 = titles;
            }
        }
        held
    }

    #[test]
    fn no_more_threads_collect_than_there_are_cores_and_memory_for() {
        let beside = |cores, mib: usize| Threads::BesideReaders.count(cores, mib << 20);
        let alone = |cores, mib: usize| Threads::ACore.count(cores, mib << 20);
        assert_eq!([beside(1, 192), beside(2, 192), beside(4, 192), beside(16, 192)], [1, 1, 2, 2]);
        assert_eq!([beside(16, 24), beside(16, 8)], [1, 1]);
        assert_eq!([alone(4, 192), alone(4, 32)], [4, 2]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_deletion_takes_all_that_was_added_before_it_and_nothing_else(
            steps in prop::collection::vec(step(), 1..40),
            at_once in 1..3_usize,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut index = LocalIndex::write(folder.path(), 64 << 20).unwrap();
            index.writing.as_mut().unwrap().count = at_once;
            let mut wanted = Held::new();
            for (number, step) in (0_u64..).zip(steps.into_iter().chain([Step::Commit])) {
                match step {
                    Step::Add(file) => {
                        let file = format!("file {file}");
                        let title = format!("title {number:02}");
                        let story = Story { title: title.clone(), ..Story::default() };
                        let record = Record { story, ..Record::default() };
                        index.add(&file, StoryKey(number), &record).unwrap();
                        wanted.entry(file).or_default().0.push(title);
                    }
                    Step::Note(file) => {
                        let file = format!("file {file}");
                        let outcome = Outcome::Stories(1);
                        let note = FileNote { file: file.clone(), size: 1, modified: 1, hash: String::new(), outcome };
                        index.note(&note).unwrap();
                        wanted.entry(file).or_default().1 = true;
                    }
                    Step::Delete(file) => {
                        let file = format!("file {file}");
                        index.delete(&file).unwrap();
                        wanted.remove(&file);
                    }
                    Step::Commit => {
                        index.commit().unwrap();
                        prop_assert_eq!(held(&index), wanted.clone());
                    }
                }
            }
        }
    }
}
