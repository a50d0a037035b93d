//! Queries that lead from stories to their statements, and from statements to their stories.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::{KINDS, Names, Statements, told};
use crate::backend::local::schema::SAID_VOICE;

/// Which of the statements of a story.
#[derive(Clone, Debug)]
pub(in crate::backend::local) enum Which {
    All,
    /// Those of these kinds, by their numbers.
    OfKinds([bool; KINDS.len()]),
    /// Those whose speaker has one of these names.
    OfSpeakers(Arc<Vec<String>>),
}

/// The statements of all stories that a query matches; each scores 1.
#[derive(Clone, Debug)]
pub(in crate::backend::local) struct StatementsOf {
    pub(in crate::backend::local) stories: Arc<dyn Query>,
    pub(in crate::backend::local) which: Which,
}

impl Query for StatementsOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let stories = self.stories.weight(unscored(scoring))?;
        Ok(Box::new(StatementsWeight { stories, which: self.which.clone() }))
    }
}

/// The same without scores.
fn unscored(scoring: EnableScoring<'_>) -> EnableScoring<'_> {
    match scoring {
        EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
        disabled => disabled,
    }
}

struct StatementsWeight {
    stories: Box<dyn Weight>,
    which: Which,
}

impl Weight for StatementsWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = StatementsScorer {
            stories: self.stories.scorer(segment, boost)?,
            statements: Statements::of(segment)?,
            chosen: Chosen::of(&self.which, segment)?,
            of_story: 0..0,
            at: 0,
        };
        scorer.enter();
        scorer.find();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(unexplained())
    }
}

/// What [`Which`] says, in a segment.
enum Chosen {
    All,
    OfKinds(Column<u64>, [bool; KINDS.len()]),
    OfSpeakers(Box<Names>, FxHashSet<u64>),
    None,
}

impl Chosen {
    fn of(which: &Which, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(match which {
            Which::All => Self::All,
            Which::OfKinds(kinds) => Self::OfKinds(segment.fast_fields().u64(SAID_VOICE)?, *kinds),
            Which::OfSpeakers(wanted) => {
                let Some(names) = Names::of(segment)? else { return Ok(Self::None) };
                let mut numbers = FxHashSet::default();
                for name in wanted.iter() {
                    numbers.extend(names.names.dictionary().term_ord(name)?);
                }
                Self::OfSpeakers(Box::new(names), numbers)
            }
        })
    }

    fn holds(&self, story: DocId, statement: u32) -> bool {
        match self {
            Self::All => true,
            Self::OfKinds(column, kinds) => {
                let kind = told(column.values.get_val(statement)).kind;
                KINDS.iter().zip(kinds).any(|(known, is_wanted)| *is_wanted && *known == kind)
            }
            Self::OfSpeakers(names, wanted) => {
                names.number(story, statement).is_some_and(|name| wanted.contains(&name))
            }
            Self::None => false,
        }
    }
}

struct StatementsScorer {
    stories: Box<dyn Scorer>,
    statements: Statements,
    chosen: Chosen,
    /// The statements of the story that `stories` stands at.
    of_story: Range<u32>,
    at: u32,
}

impl StatementsScorer {
    /// Begins with the story that `stories` stands at.
    fn enter(&mut self) {
        self.of_story = match self.stories.doc() {
            TERMINATED => TERMINATED..TERMINATED,
            story => self.statements.of_alive(story),
        };
        self.at = self.of_story.start;
    }

    /// Goes to the first statement that is wanted, from the one it stands at on.
    fn find(&mut self) -> DocId {
        while self.stories.doc() != TERMINATED {
            let story = self.stories.doc();
            while self.at < self.of_story.end {
                if self.chosen.holds(story, self.at) {
                    return self.at;
                }
                self.at += 1;
            }
            self.stories.advance();
            self.enter();
        }
        self.at = TERMINATED;
        TERMINATED
    }
}

impl DocSet for StatementsScorer {
    fn advance(&mut self) -> DocId {
        if self.at == TERMINATED {
            return TERMINATED;
        }
        self.at += 1;
        self.find()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.at {
            return self.at;
        }
        if target >= self.of_story.end {
            let story = self.statements.story_from(self.stories.doc(), target);
            if self.stories.doc() < story {
                self.stories.seek(story);
            }
            self.enter();
        }
        self.at = self.at.max(target);
        self.find()
    }

    fn doc(&self) -> DocId {
        self.at
    }

    fn size_hint(&self) -> u32 {
        self.stories.size_hint()
    }
}

impl Scorer for StatementsScorer {
    fn score(&mut self) -> Score {
        1.0
    }
}

/// The stories of all statements that a query matches; each scores 1.
#[derive(Clone, Debug)]
pub(in crate::backend::local) struct StoriesOf(pub(in crate::backend::local) Arc<dyn Query>);

impl Query for StoriesOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(StoriesWeight(self.0.weight(unscored(scoring))?)))
    }
}

struct StoriesWeight(Box<dyn Weight>);

impl Weight for StoriesWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = StoriesScorer {
            matches: self.0.scorer(segment, boost)?,
            statements: Statements::of(segment)?,
            story: 0,
        };
        scorer.find();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(unexplained())
    }
}

struct StoriesScorer {
    matches: Box<dyn Scorer>,
    statements: Statements,
    story: DocId,
}

impl StoriesScorer {
    /// Goes to the story of the statement that `matches` stands at, which is this one or stands behind it.
    fn find(&mut self) -> DocId {
        self.story = match self.matches.doc() {
            TERMINATED => TERMINATED,
            statement => self.statements.story_from(self.story, statement),
        };
        self.story
    }

    fn go_to(&mut self, statement: u32) -> DocId {
        if self.matches.doc() < statement {
            self.matches.seek(statement);
        }
        self.find()
    }
}

impl DocSet for StoriesScorer {
    fn advance(&mut self) -> DocId {
        if self.story == TERMINATED {
            return TERMINATED;
        }
        self.go_to(self.statements.of_story(self.story).end)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.story {
            return self.story;
        }
        self.go_to(self.statements.before(target))
    }

    fn doc(&self) -> DocId {
        self.story
    }

    fn size_hint(&self) -> u32 {
        self.matches.size_hint()
    }
}

impl Scorer for StoriesScorer {
    fn score(&mut self) -> Score {
        1.0
    }
}

fn unexplained() -> TantivyError {
    TantivyError::InvalidArgument("what leads to another scope gives nothing to a score".to_owned())
}
