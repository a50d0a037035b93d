//! Segments by threads that take turns: while one writes out what it has collected, the other collects.
//!
//! A thread of tantivy's own takes no documents while it writes a segment out, an eighth of its time, and on
//! two cores all who read and annotate would wait for it.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use tantivy::Index;
use tantivy::index::SegmentMeta;

use super::queue::Waiting;
use super::segment::{Collecting, WrittenBy};
use super::trouble::broken_off;

/// How many threads take turns.
const THREADS: usize = 2;
/// A thread that has collected so many parts of its memory goes on only when no other is writing out, which
/// still holds its own.
const PARTS_BESIDE: usize = 2;
/// What a document may take beyond the memory that was left.
const MARGIN_BYTES: usize = 1 << 20;
/// So many documents are handed over at once: to wake a thread for each took a fifteenth of the time of all.
const HANDED_AT_ONCE: usize = 64;

/// What a thread gives back: a segment that is written out, and not yet in the list of segments.
type Outcome = tantivy::Result<SegmentMeta>;

/// Threads that take turns, from their first document to their last.
pub(super) struct Turns {
    /// None where no more come.
    documents: Option<Sender<Vec<Waiting>>>,
    /// What is not handed over yet.
    next: Vec<Waiting>,
    outcomes: Receiver<Outcome>,
    given_up: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// What the threads share.
struct Shared {
    index: Index,
    /// How much memory a segment may take while it is collected.
    memory: usize,
    /// Who holds it collects.
    documents: Mutex<Coming>,
    /// Who holds it writes out.
    writing_out: Mutex<()>,
    given_up: Arc<AtomicBool>,
}

impl Turns {
    /// Starts threads that write the segments of an index, each with so many bytes of memory.
    ///
    /// # Errors
    /// Where the machine gives no threads.
    pub(super) fn start(index: &Index, memory: usize) -> tantivy::Result<Self> {
        let (documents, taken) = mpsc::channel();
        let (give, outcomes) = mpsc::channel();
        let given_up = Arc::new(AtomicBool::new(false));
        let shared = Arc::new(Shared {
            index: index.clone(),
            memory,
            documents: Mutex::new(Coming { documents: taken, at_hand: Vec::new().into_iter() }),
            writing_out: Mutex::new(()),
            given_up: Arc::clone(&given_up),
        });
        let mut threads = Vec::with_capacity(THREADS);
        for number in 0..THREADS {
            let (shared, give) = (Arc::clone(&shared), give.clone());
            let name = format!("segments {number}");
            threads.push(thread::Builder::new().name(name).spawn(move || shared.work(&give))?);
        }
        Ok(Self { documents: Some(documents), next: Vec::new(), outcomes, given_up, threads })
    }

    /// Takes a document, to be handed over with others.
    pub(super) fn add(&mut self, document: Waiting) {
        self.next.push(document);
        if self.next.len() >= HANDED_AT_ONCE {
            self.hand_over();
        }
    }

    /// Hands over what was taken. Where all threads have ended it is lost, and [`Turns::finished`] tells why.
    pub(super) fn hand_over(&mut self) {
        let documents = mem::take(&mut self.next);
        if !documents.is_empty() {
            let _ = self.documents.as_ref().map(|threads| threads.send(documents));
        }
    }

    /// The segments that were written out since it was last asked.
    pub(super) fn finished(&self) -> impl Iterator<Item = Outcome> {
        self.outcomes.try_iter()
    }

    /// Waits until all documents are in segments, and gives those that were not given yet.
    ///
    /// # Errors
    /// Where a segment could not be written.
    pub(super) fn end(mut self) -> tantivy::Result<Vec<SegmentMeta>> {
        self.hand_over();
        let ended = self.join();
        let segments = self.outcomes.try_iter().collect();
        ended.and(segments)
    }

    /// Waits for the threads, which come to their end when no more documents come.
    fn join(&mut self) -> tantivy::Result<()> {
        self.documents = None;
        let ended = self.threads.drain(..).map(JoinHandle::join);
        // Each is waited for, whatever became of those before it.
        let sudden = ended.filter(Result::is_err).count() > 0;
        if sudden { Err(broken_off()) } else { Ok(()) }
    }
}

impl Drop for Turns {
    /// What nobody waited for is given up.
    fn drop(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
        // Nobody is there to be told.
        let _ = self.join();
    }
}

/// The documents that come.
struct Coming {
    documents: Receiver<Vec<Waiting>>,
    /// Those that came with the last, and are not taken yet.
    at_hand: std::vec::IntoIter<Waiting>,
}

impl Coming {
    /// Waits for the next; none where no more come.
    fn next(&mut self) -> Option<Waiting> {
        loop {
            if let Some(next) = self.at_hand.next() {
                return Some(next);
            }
            self.at_hand = self.documents.recv().ok()?.into_iter();
        }
    }
}

impl Shared {
    fn work(&self, give: &Sender<Outcome>) {
        while let Some(outcome) = self.segment().transpose() {
            let is_failed = outcome.is_err();
            // Who gave up takes none.
            if give.send(outcome).is_err() || is_failed {
                return;
            }
        }
    }

    /// Collects documents and writes them out; gives none when no more come.
    fn segment(&self) -> tantivy::Result<Option<SegmentMeta>> {
        let mut documents = lock(&self.documents);
        let Some(first) = documents.next() else { return Ok(None) };
        let mut collecting = Collecting::begin(&self.index)?;
        // Where no more documents come nobody collects, and all write out at once.
        let (writing_out, by) = match self.collect(first, &mut documents, &mut collecting)? {
            Collected::Full => (Some(lock(&self.writing_out)), WrittenBy::One),
            Collected::Last => (None, WrittenBy::Two),
        };
        drop(documents);
        if self.given_up.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let written = collecting.write(by)?;
        drop(writing_out);
        Ok(Some(written))
    }

    /// Takes documents until no more come, or no more have room.
    fn collect(
        &self,
        first: Waiting,
        documents: &mut Coming,
        collecting: &mut Collecting,
    ) -> tantivy::Result<Collected> {
        let (mut next, mut is_alone) = (first, false);
        loop {
            collecting.add(&next.document)?;
            // Room is free for others before the next is waited for.
            drop(next);
            let taken = collecting.bytes() + MARGIN_BYTES;
            if taken >= self.memory {
                return Ok(Collected::Full);
            }
            if !is_alone && taken >= self.memory / PARTS_BESIDE {
                drop(lock(&self.writing_out));
                is_alone = true;
            }
            match documents.next() {
                Some(one) if !self.given_up.load(Ordering::Relaxed) => next = one,
                _ => return Ok(Collected::Last),
            }
        }
    }
}

/// Why a thread takes no more documents.
enum Collected {
    Full,
    Last,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tantivy::TantivyDocument;
    use tantivy::schema::{Schema, TEXT};

    use super::super::queue::Queue;
    use super::*;

    /// More memory than the documents of these tests take.
    const MUCH: usize = 256 << 20;
    /// Less than they take.
    const LITTLE: usize = 16 << 20;

    /// So many documents of words that no other has, handed over, and the threads that took them.
    fn started(index: &Index, memory: usize, count: u32) -> Turns {
        let text = index.schema().get_field("text").unwrap();
        let mut turns = Turns::start(index, memory).unwrap();
        let queue = Queue::of(1 << 30);
        for at in 0..count {
            let mut document = TantivyDocument::new();
            let words = (0..100).map(|word| format!("w{at}x{word} "));
            document.add_text(text, words.collect::<String>());
            turns.add(Waiting { document, _part: queue.take(100) });
        }
        turns
    }

    fn index() -> Index {
        let mut schema = Schema::builder();
        schema.add_text_field("text", TEXT);
        Index::create_in_ram(schema.build())
    }

    #[test]
    fn all_documents_are_in_segments_at_the_end_each_once() {
        let index = index();
        for (memory, is_one) in [(MUCH, true), (LITTLE, false)] {
            let segments = started(&index, memory, 4_000).end().unwrap();
            assert_eq!(segments.len() == 1, is_one, "{}", segments.len());
            assert_eq!(segments.iter().map(SegmentMeta::num_docs).sum::<u32>(), 4_000);
        }
        assert!(started(&index, MUCH, 0).end().unwrap().is_empty());
    }

    #[test]
    fn segments_are_told_as_they_are_written() {
        let index = index();
        let turns = started(&index, LITTLE, 4_000);
        let first = turns.outcomes.recv().unwrap().unwrap();
        let told: Vec<SegmentMeta> = turns.finished().map(Result::unwrap).collect();
        let rest = turns.end().unwrap();
        let all = told.iter().chain(&rest).chain([&first]);
        assert_eq!(all.map(SegmentMeta::num_docs).sum::<u32>(), 4_000);
    }

    #[test]
    fn what_nobody_waits_for_is_given_up() {
        let index = index();
        let shared = {
            let turns = started(&index, MUCH, 10);
            Arc::clone(&turns.given_up)
        };
        assert!(shared.load(Ordering::Relaxed));
        assert_eq!(Arc::strong_count(&shared), 1, "the threads are gone");
    }
}
