//! What tells a match among those of its family, and a query without those for which others stand.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::Matching;
use crate::backend::local::schema::{KEY, SAID_LENGTH, SAID_SIGN};
use crate::backend::local::statements::ToStory;
use crate::model::Scope;

/// What tells a match among those of its family.
pub(super) struct Members {
    keys: Column<u64>,
    /// The signs of statements and how many words each has, where statements match.
    said: Option<[Column<u64>; 2]>,
    to_story: ToStory,
}

impl Members {
    pub(super) fn of(segment: &SegmentReader, scope: Scope) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let said = match scope {
            Scope::Stories => None,
            Scope::Statements => Some([columns.u64(SAID_SIGN)?, columns.u64(SAID_LENGTH)?]),
        };
        Ok(Self { keys: columns.u64(KEY)?, said, to_story: ToStory::of(scope, segment)? })
    }

    pub(super) fn key(&mut self, at: DocId) -> Option<u64> {
        self.keys.first(self.to_story.story(at))
    }

    pub(super) fn said(&self, at: DocId) -> u64 {
        let both = |[signs, lengths]: &[Column<u64>; 2]| {
            lengths.values.get_val(at) << 32 | signs.values.get_val(at)
        };
        self.said.as_ref().map_or(0, both)
    }

    /// Whether a match is among some.
    fn is_among(&mut self, some: &Matching, at: DocId) -> bool {
        self.key(at).is_some_and(|key| some.contains(&(key, self.said(at))))
    }
}

/// What a query matches without some of it.
#[derive(Clone, Debug)]
pub(in crate::backend::local) struct WithoutThose {
    pub(in crate::backend::local) query: Arc<dyn Query>,
    pub(in crate::backend::local) those: Arc<Matching>,
    pub(in crate::backend::local) scope: Scope,
}

impl Query for WithoutThose {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let (those, scope) = (Arc::clone(&self.those), self.scope);
        Ok(Box::new(OthersWeight { weight: self.query.weight(scoring)?, those, scope }))
    }
}

struct OthersWeight {
    weight: Box<dyn Weight>,
    those: Arc<Matching>,
    scope: Scope,
}

impl Weight for OthersWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = OthersScorer {
            scorer: self.weight.scorer(segment, boost)?,
            members: Members::of(segment, self.scope)?,
            those: Arc::clone(&self.those),
        };
        scorer.find(scorer.scorer.doc());
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }
}

struct OthersScorer {
    scorer: Box<dyn Scorer>,
    members: Members,
    those: Arc<Matching>,
}

impl OthersScorer {
    /// Goes to the first from one on that is left.
    fn find(&mut self, mut at: DocId) -> DocId {
        while at != TERMINATED && self.members.is_among(&self.those, at) {
            at = self.scorer.advance();
        }
        at
    }
}

impl DocSet for OthersScorer {
    fn advance(&mut self) -> DocId {
        let next = self.scorer.advance();
        self.find(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let next = self.scorer.seek(target);
        self.find(next)
    }

    fn doc(&self) -> DocId {
        self.scorer.doc()
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }
}

impl Scorer for OthersScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}
