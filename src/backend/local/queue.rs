//! What waits for the threads that collect segments, bounded in bytes: they take from a channel without an
//! end, tantivy's own from one of 10,000 documents, whatever their size.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// How long who adds waits for room before it goes on without: where the writer's threads have ended, no
/// room comes, and who gives them more is told so.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Room for so many bytes.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    room: Arc<Room>,
}

#[derive(Debug)]
struct Room {
    whole: usize,
    taken: Mutex<usize>,
    freed: Condvar,
}

/// A part of the room, which is given back when it is dropped.
#[derive(Debug)]
pub(super) struct Part {
    bytes: usize,
    of: Arc<Room>,
}

impl Queue {
    pub(super) fn of(bytes: usize) -> Self {
        let room = Room { whole: bytes, taken: Mutex::new(0), freed: Condvar::new() };
        Self { room: Arc::new(room) }
    }

    /// Whether so much could be taken without waiting.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        !self.room.is_too_full(bytes, *self.room.taken())
    }

    /// Waits for so much room and takes it. What is larger than the whole waits until all is free.
    pub(super) fn take(&self, bytes: usize) -> Part {
        let room = &self.room;
        let taken = room.taken();
        let is_full = |taken: &mut usize| room.is_too_full(bytes, *taken);
        let waited = room.freed.wait_timeout_while(taken, LONGEST_WAIT, is_full);
        let (mut taken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *taken += bytes;
        Part { bytes, of: Arc::clone(room) }
    }
}

impl Room {
    fn taken(&self) -> MutexGuard<'_, usize> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_too_full(&self, bytes: usize, taken: usize) -> bool {
        taken > 0 && taken + bytes > self.whole
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        *self.of.taken() -= self.bytes;
        self.of.freed.notify_one();
    }
}

/// A document that waits, and the room that it takes.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) document: TantivyDocument,
    /// Given back when the document is dropped.
    pub(super) _part: Part,
}

impl Document for Waiting {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    /// Its room is free from here on: a thread indexes one document at a time.
    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_waited_for_until_it_is_given_back() {
        let queue = Queue::of(100);
        let first = queue.take(60);
        let waiting = {
            let queue = queue.clone();
            std::thread::spawn(move || drop(queue.take(50)))
        };
        std::thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished(), "60 and 50 are more than 100");
        drop(first);
        waiting.join().unwrap();
    }

    #[test]
    fn what_is_larger_than_the_whole_room_waits_for_all_of_it() {
        let queue = Queue::of(100);
        drop(queue.take(500));
        assert_eq!(queue.take(100).bytes, 100);
    }
}
