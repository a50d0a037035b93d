//! What is added to the index, deleted and committed.

use std::path::Path;

use tantivy::{TantivyDocument, TantivyError, Term};

use super::LocalIndex;
use super::families::Noted;
use super::ready::Ready;
use super::standing::Kept;
use super::trouble::{failed, refused};
use super::writing::Writing;
use crate::error::{Error, Kind, Result};

impl LocalIndex {
    pub(super) fn writing(&mut self) -> Result<&mut Writing> {
        self.writing.as_mut().ok_or_else(|| only_for_reading(&self.place))
    }

    /// Adds a story's document, and its record to that.
    pub(super) fn put_story(&mut self, story: Ready) -> Result<()> {
        let Ready { mut document, record, text_bytes } = story;
        if let Some(record) = record {
            let stored = self.records.pack(record, &self.place)?;
            document.add_bytes(self.fields.record, &stored);
        }
        self.put_document(document, text_bytes)
    }

    /// Adds a document of so many bytes of text.
    pub(super) fn put_document(
        &mut self,
        document: TantivyDocument,
        text_bytes: usize,
    ) -> Result<()> {
        let added = self.writing()?.add(document, text_bytes);
        added.map_err(|cause| self.unwritten(cause))
    }

    /// Deletes what has a term; `is_fresh` says whether it may stand in what is not committed.
    pub(super) fn delete_term(&mut self, term: Term, is_fresh: bool) -> Result<()> {
        let deleted = self.writing()?.delete(term, is_fresh);
        deleted.map_err(|cause| self.unwritten(cause))
    }

    /// The error of a writer whose threads tell nothing but that they ended.
    pub(super) fn unwritten(&self, cause: TantivyError) -> Error {
        match self.met.take() {
            Some(cause) => refused(&self.place, &cause),
            None => failed(&self.place, cause),
        }
    }

    pub(super) fn done(&self) {
        self.writing.iter().for_each(Writing::done);
    }

    /// Commits what was added and deleted, with what is to be known of families.
    pub(super) fn commit_as(&mut self, noted: &Noted) -> Result<()> {
        let prepared = self.writing()?.prepare();
        let committed = prepared.and_then(|prepared| {
            let Some(mut prepared) = prepared else { return Ok(()) };
            prepared.set_payload(&noted.payload());
            prepared.commit().map(|_| ())
        });
        committed.map_err(|cause| self.unwritten(cause))?;
        self.kept = Kept::default();
        self.records.are_committed();
        self.reader.reload().map_err(|cause| failed(&self.place, cause))
    }
}

pub(super) fn of_another_kind(place: &Path) -> Error {
    Error::new(Kind::Index, "a story was made ready for another kind of index")
        .at(place.to_string_lossy())
}

fn only_for_reading(place: &Path) -> Error {
    Error::new(Kind::Index, "the index was opened for reading only").at(place.to_string_lossy())
}
