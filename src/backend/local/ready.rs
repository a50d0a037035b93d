//! Stories made ready for the index, on the threads that read.

use std::sync::Arc;

use tantivy::TantivyDocument;

use super::documents;
use super::packing::Packers;
use super::schema::Fields;
use super::stored::{Encoded, encode};
use crate::contract::{Prepare, Prepared};
use crate::model::{Record, StoryKey};

/// A story's document, ready to be added.
pub(super) struct Ready {
    pub(super) document: TantivyDocument,
    /// Its record, where that is not packed yet.
    pub(super) record: Option<Encoded>,
    /// How many bytes of text it has.
    pub(super) text_bytes: usize,
}

/// What makes stories ready for an index with these fields.
pub(super) fn preparing(fields: Fields, packers: Arc<Packers>) -> Prepare {
    Arc::new(move |file, key, record| Prepared::new(ready(&fields, &packers, file, key, record)))
}

fn ready(fields: &Fields, packers: &Packers, file: &str, key: StoryKey, record: &Record) -> Ready {
    let mut document = documents::story(fields, file, key, record);
    let encoded = encode(record);
    let unpacked = match packers.pack(&encoded) {
        Some(packed) => {
            document.add_bytes(fields.record, &packed);
            None
        }
        None => Some(encoded),
    };
    Ready { document, record: unpacked, text_bytes: record.story.body.len() }
}

#[cfg(test)]
mod tests {
    use super::super::LocalIndex;
    use super::super::place::DICTIONARY;
    use super::*;
    use crate::contract::Index;
    use crate::model::Story;

    #[test]
    fn what_other_kinds_of_index_make_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = LocalIndex::write(folder.path(), 64 << 20).unwrap();
        let refused = index.put("a.txt", Prepared::new("a story")).unwrap_err();
        assert!(refused.to_string().contains("another kind of index"), "{refused}");
    }

    #[test]
    fn stories_are_made_ready_on_any_thread_before_and_behind_dictionaries() {
        let record = |number: u64| {
            let body = format!("The harbour board met for the {number}th time. ").repeat(200);
            Record { story: Story { body, ..Story::default() }, ..Record::default() }
        };
        let folder = tempfile::tempdir().unwrap();
        let mut index = LocalIndex::write(folder.path(), 64 << 20).unwrap();
        let prepare = index.preparing().unwrap();
        for numbers in [0..150, 150..300_u64] {
            let middle = (numbers.start + numbers.end) / 2;
            let halves = [numbers.start..middle, middle..numbers.end];
            let made = std::thread::scope(|scope| {
                let make = |number| prepare("a.txt", StoryKey(number), &record(number));
                let halves =
                    halves.map(|half| scope.spawn(move || half.map(make).collect::<Vec<_>>()));
                halves.map(|half| half.join().unwrap())
            });
            for story in made.into_iter().flatten() {
                index.put("a.txt", story).unwrap();
            }
        }
        index.commit().unwrap();
        for number in 0..300 {
            assert_eq!(index.story(StoryKey(number)).unwrap(), Some(record(number)));
        }
        assert!(folder.path().join("index").join(DICTIONARY).is_file(), "a megabyte makes one");
    }
}
