//! Tantivy by itself, for `bench`: what the whole ingest is measured by.

use std::path::Path;
use std::time::{Duration, Instant};

use super::ready::Ready;
use super::stored::encode;
use super::writing::Threads;
use super::{LocalIndex, documents};
use crate::contract::Index;
use crate::error::Result;
use crate::model::{Record, StoryKey};

/// Times the writing of documents that are made before the clock starts. It has all cores to itself, and
/// a thread on each.
pub(super) fn alone(at: &Path, memory: usize, records: &[Record]) -> Result<Duration> {
    let mut index = LocalIndex::write_on(Threads::ACore, at, memory)?;
    let fields = index.fields.clone();
    let mut documents = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let key = StoryKey(number as u64);
        let file = &record.story.path;
        documents.push(documents::story(&fields, file, key, record));
    }
    let started = Instant::now();
    // A record is packed for the store, and not by it: that counts for tantivy.
    for (document, record) in documents.into_iter().zip(records) {
        let encoded = Some(encode(record));
        let text_bytes = record.story.body.len();
        index.put_story(Ready { document, record: encoded, text_bytes })?;
    }
    index.commit()?;
    Ok(started.elapsed())
}
