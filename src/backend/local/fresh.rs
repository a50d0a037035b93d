//! A query of tantivy's whose scores fade with the age of documents.

use jiff::civil::Date;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

use super::documents::day_number;
use super::schema::DAY;
use super::statements::ToStory;
use crate::model::Scope;

/// How old a document without a day is held to be, in times of the days after which one counts half.
const UNDATED: Score = 20.0;

/// The documents of a query; one that is so many days old counts half, one of twice as many a third.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) query: Box<dyn Query>,
    pub(super) scope: Scope,
    pub(super) today: Date,
    pub(super) days: u32,
}

/// By how much the score of a document of a day fades.
pub(super) fn fading(day: Option<i64>, today: Date, days: u32) -> Score {
    let days = days.max(1) as Score;
    let age = |day: i64| (day_number(today) - day).max(0) as Score / days;
    1.0 / (1.0 + day.map_or(UNDATED, age))
}

impl Clone for Fresh {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), ..*self }
    }
}

impl Query for Fresh {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let scored = scoring.is_scoring_enabled();
        let weight = self.query.weight(scoring)?;
        if !scored {
            return Ok(weight);
        }
        let Self { scope, today, days, .. } = *self;
        Ok(Box::new(FreshWeight { weight, scope, today, days }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct FreshWeight {
    weight: Box<dyn Weight>,
    scope: Scope,
    today: Date,
    days: u32,
}

impl Weight for FreshWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(FreshScorer {
            scorer: self.weight.scorer(reader, boost)?,
            column: reader.fast_fields().i64(DAY)?,
            to_story: ToStory::of(self.scope, reader)?,
            today: self.today,
            days: self.days,
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

struct FreshScorer {
    scorer: Box<dyn Scorer>,
    column: Column<i64>,
    to_story: ToStory,
    today: Date,
    days: u32,
}

impl DocSet for FreshScorer {
    fn advance(&mut self) -> DocId {
        self.scorer.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.scorer.seek(target)
    }

    fn doc(&self) -> DocId {
        self.scorer.doc()
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }
}

impl Scorer for FreshScorer {
    fn score(&mut self) -> Score {
        let day = self.column.first(self.to_story.story(self.scorer.doc()));
        self.scorer.score() * fading(day, self.today, self.days)
    }
}
