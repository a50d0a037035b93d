//! Deletions that know which segments are older than they are.
//!
//! tantivy tells a segment of its own threads by the numbers of its documents what was deleted before they
//! came. A segment that is listed when it is whole meets some of the deletions before it as well, and has
//! to be spared.

use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// When each segment of a writer was listed, and how much was listed and deleted so far. The segments of
/// earlier writers, and merged ones, are older than whatever is deleted.
#[derive(Clone, Debug, Default)]
pub(super) struct Order(Arc<Mutex<Steps>>);

#[derive(Debug, Default)]
struct Steps {
    count: u64,
    listed: FxHashMap<SegmentId, u64>,
}

impl Order {
    fn with<T>(&self, look: impl FnOnce(&mut Steps) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that a segment is listed now.
    pub(super) fn list(&self, segment: SegmentId) {
        self.with(|steps| {
            steps.count += 1;
            steps.listed.insert(segment, steps.count);
        });
    }

    /// The deletion of all that has a term in the segments that were listed before.
    pub(super) fn deletion(&self, term: Term) -> Deletion {
        let at = self.with(|steps| {
            steps.count += 1;
            steps.count
        });
        Deletion { term, at, order: self.clone() }
    }

    fn is_before(&self, segment: SegmentId, at: u64) -> bool {
        self.with(|steps| steps.listed.get(&segment).is_none_or(|listed| *listed < at))
    }
}

/// The files of which something was added since the last commit, as numbers: where two have one, a deletion
/// is for nothing.
#[derive(Default)]
pub(super) struct Fresh {
    filed: FxHashSet<u64>,
    noted: FxHashSet<u64>,
}

impl Fresh {
    /// A story of a file was added.
    pub(super) fn file(&mut self, file: &str) {
        self.filed.insert(FxBuildHasher.hash_one(file));
    }

    /// A note of a file was added; tells whether there was one before.
    pub(super) fn note(&mut self, file: &str) -> bool {
        !self.noted.insert(FxBuildHasher.hash_one(file))
    }

    /// Whether anything of a file was added.
    pub(super) fn has(&self, file: &str) -> bool {
        let number = FxBuildHasher.hash_one(file);
        self.filed.contains(&number) || self.noted.contains(&number)
    }
}

/// What has a term, in older segments.
#[derive(Clone, Debug)]
pub(super) struct Deletion {
    term: Term,
    at: u64,
    order: Order,
}

impl Query for Deletion {
    fn weight(&self, enabled: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let having = TermQuery::new(self.term.clone(), IndexRecordOption::Basic);
        let having = having.weight(enabled)?;
        Ok(Box::new(InOlder { having, at: self.at, order: self.order.clone() }))
    }
}

/// See [`Deletion`].
struct InOlder {
    having: Box<dyn Weight>,
    at: u64,
    order: Order,
}

impl Weight for InOlder {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.order.is_before(segment.segment_id(), self.at) {
            self.having.scorer(segment, boost)
        } else {
            Ok(Box::new(EmptyScorer))
        }
    }

    fn explain(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        self.having.explain(segment, document)
    }
}
