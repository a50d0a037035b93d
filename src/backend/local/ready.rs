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
    let mut encoded = Some(encode(record));
    if let Some(packed) = encoded.as_ref().and_then(|encoded| packers.pack(encoded)) {
        document.add_bytes(fields.record, &packed);
        encoded = None;
    }
    Ready { document, record: encoded, text_bytes: record.story.body.len() }
}
