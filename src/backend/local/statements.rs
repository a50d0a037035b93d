//! The statements of a segment, and the queries that lead from stories to them and back.
//!
//! A statement is a number: its place among the values of the column [`SAID_FIRST`], in which those of
//! a story stand behind each other, in the order of the stories. In a query of statements this number
//! stands where tantivy has a document. tantivy does not know which of these are deleted: the queries
//! leave out what belongs to a deleted story, and what collects their matches must not ask for it.

mod leading;

pub(super) use self::leading::{StatementsOf, StoriesOf, Which};

use std::ops::Range;

use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::AliveBitSet;
use tantivy::{DocId, SegmentReader};

use super::schema::{SAID_FIRST, SAID_VOICE, SPEAKER_VALUE, VOICE_VALUE};
use crate::model::{Scope, StatementKind};

/// Every kind of statement, by its number.
pub(super) const KINDS: [StatementKind; 3] =
    [StatementKind::Direct, StatementKind::Indirect, StatementKind::Mixed];

/// What the column [`SAID_VOICE`] tells of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The number of its voice among those of its story.
    pub(super) voice: usize,
    pub(super) kind: StatementKind,
}

/// What is told, as a number.
pub(super) fn number_of(told: Told) -> u64 {
    let kind = KINDS.iter().position(|kind| *kind == told.kind).unwrap_or_default();
    (told.voice * KINDS.len() + kind) as u64
}

/// The other way.
pub(super) fn told(number: u64) -> Told {
    let number = number as usize;
    Told { voice: number / KINDS.len(), kind: KINDS[number % KINDS.len()] }
}

/// Which statements belong to which story of a segment.
#[derive(Clone)]
pub(super) struct Statements {
    first: Column<u64>,
    stories: DocId,
    alive: Option<AliveBitSet>,
}

impl Statements {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self {
            first: segment.fast_fields().u64(SAID_FIRST)?,
            stories: segment.max_doc(),
            alive: segment.alive_bitset().cloned(),
        })
    }

    /// The statements of a story.
    pub(super) fn of_story(&self, story: DocId) -> Range<u32> {
        self.first.index.value_row_ids(story)
    }

    /// The same, none of a deleted story.
    pub(super) fn of_alive(&self, story: DocId) -> Range<u32> {
        match &self.alive {
            Some(alive) if alive.is_deleted(story) => 0..0,
            _ => self.of_story(story),
        }
    }

    /// How many there are, those of deleted stories with them.
    pub(super) fn count(&self) -> u32 {
        self.before(self.stories)
    }

    /// How many statements stand before those of a story.
    pub(super) fn before(&self, story: DocId) -> u32 {
        self.first.index.docid_range_to_rowids(0..story.min(self.stories)).end
    }

    /// The story of a statement; behind all stories where there is no such statement.
    pub(super) fn story(&self, statement: u32) -> DocId {
        self.story_from(0, statement)
    }

    /// The same of a statement of a story that is `least` or stands behind it: it is sought the quicker
    /// the nearer it is.
    fn story_from(&self, least: DocId, statement: u32) -> DocId {
        let (mut low, mut step) = (least, 1);
        // All statements before `low` stand before this one.
        while low + step < self.stories && self.before(low + step) <= statement {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(self.stories);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.before(middle + 1) <= statement {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// The way from what a query of a scope matches to the stories.
#[derive(Clone)]
pub(super) enum ToStory {
    /// It matches stories.
    Itself,
    /// It matches statements: the last story that was told, and its statements.
    Of(Statements, DocId, Range<u32>),
}

impl ToStory {
    pub(super) fn of(scope: Scope, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(match scope {
            Scope::Stories => Self::Itself,
            Scope::Statements => Self::Of(Statements::of(segment)?, 0, 0..0),
        })
    }

    /// The story of a match; it is told the quicker the shortlier behind the last one it stands.
    pub(super) fn story(&mut self, at: u32) -> DocId {
        match self {
            Self::Itself => at,
            Self::Of(statements, story, of_story) => {
                if !of_story.contains(&at) {
                    let least = if at >= of_story.end { *story } else { 0 };
                    *story = statements.story_from(least, at);
                    *of_story = statements.of_story(*story);
                }
                *story
            }
        }
    }

    /// The stories of matches, in their order.
    pub(super) fn stories(&mut self, matches: &[u32], stories: &mut Vec<DocId>) {
        stories.clear();
        match self {
            Self::Itself => stories.extend_from_slice(matches),
            Self::Of(..) => stories.extend(matches.iter().map(|at| self.story(*at))),
        }
    }
}

/// The names of the speakers of a segment's statements.
#[derive(Clone)]
pub(super) struct Names {
    told: Column<u64>,
    values: Column<u64>,
    pub(super) names: StrColumn,
}

impl Names {
    /// None where nobody has a name.
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let columns = segment.fast_fields();
        let (told, values) = (columns.u64(SAID_VOICE)?, columns.u64(VOICE_VALUE)?);
        Ok(columns.str(SPEAKER_VALUE)?.map(|names| Self { told, values, names }))
    }

    /// The number of the name of a statement's speaker in the column of names.
    pub(super) fn number(&self, story: DocId, statement: u32) -> Option<u64> {
        let voice = told(self.told.values.get_val(statement)).voice as u32;
        let voices = self.values.index.value_row_ids(story);
        let value = self.values.values.get_val(voices.start + voice);
        let place = u32::try_from(value).ok()?.checked_sub(1)?;
        let names = self.names.ords();
        Some(names.values.get_val(names.index.value_row_ids(story).start + place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_a_statement_is_read_back() {
        for (voice, kind) in [(0, StatementKind::Mixed), (7, StatementKind::Direct)] {
            assert_eq!(told(number_of(Told { voice, kind })), Told { voice, kind });
        }
    }
}
