//! A query of tantivy's for what the text must hold where: near, in one sentence, so many times, at
//! the front.
//!
//! tantivy's own phrase query knows neither alternatives nor sentences, and its slop counts repeated
//! words wrongly. This one asks the postings for positions and `text::nearness` what they are to
//! each other.

mod bounds;
mod operand;
mod spoken;

use std::fmt;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field as Handle;
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term};

use crate::model::{Capitals, Front, Within};
use crate::text::nearness::{self, Stretch};
use operand::Operand;
use spoken::SpokenScorer;

/// What is sought in one field, its patterns being words by now.
#[derive(Clone, Debug)]
pub(super) enum Sought {
    /// A word.
    Word(String),
    /// Any of the words that a pattern stands for.
    Like(Vec<String>),
    /// Places that name somebody, by the words for them, each with how many words name them there.
    Named(Vec<(String, u32)>),
    /// Words side by side; an empty one is any word.
    Phrase(Vec<String>),
    /// The words of a phrase, moved by so many places in all.
    Loose(Vec<String>, u32),
    /// Any of these.
    Any(Vec<Sought>),
    /// Two things near each other.
    Near(Box<SoughtNear>),
    /// Something at the front of the field.
    Front(Front, Box<Sought>),
    /// A word or a phrase, of which the words at these places are written so.
    Cased(Capitals, Vec<u32>, Box<Sought>),
}

/// Two things near each other; see [`crate::model::Near`].
#[derive(Clone, Debug)]
pub(super) struct SoughtNear {
    pub(super) left: Sought,
    pub(super) right: Sought,
    pub(super) within: Within,
    pub(super) ordered: bool,
    pub(super) without: bool,
}

impl Sought {
    /// The words that speak for a match, for its score; patterns stand for too many.
    fn add_words<'a>(&'a self, words: &mut Vec<&'a str>) {
        match self {
            Self::Word(word) => words.push(word),
            Self::Phrase(parts) | Self::Loose(parts, _) => {
                words.extend(parts.iter().filter(|word| !word.is_empty()).map(String::as_str));
            }
            Self::Any(parts) => parts.iter().for_each(|part| part.add_words(words)),
            Self::Near(near) => {
                near.left.add_words(words);
                if !near.without {
                    near.right.add_words(words);
                }
            }
            Self::Front(_, inner) | Self::Cased(_, _, inner) => inner.add_words(words),
            Self::Like(_) | Self::Named(_) => {}
        }
    }
}

/// What is sought in one field, and how much it counts for there.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) field: Handle,
    pub(super) weight: Score,
    pub(super) sought: Sought,
}

/// A stretch of the positions of a field: the first, and the one behind the last.
#[derive(Clone, Copy, Debug)]
struct Window {
    first: u32,
    behind: u32,
}

impl Window {
    /// All positions.
    const WHOLE: Self = Self { first: 0, behind: u32::MAX };

    /// Those of some positions, which stand in order, that lie in it.
    #[inline]
    fn part_of(self, positions: &[u32]) -> &[u32] {
        if self.behind == u32::MAX && self.first == 0 {
            return positions;
        }
        let rest = &positions[positions.partition_point(|position| *position < self.first)..];
        &rest[..rest.partition_point(|position| *position < self.behind)]
    }
}

/// What is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// All of the fields of a story.
    Story,
    /// Each statement by itself: the words of it in the field, which is the body,
    Statement,
    /// the names of its speaker in the field of these,
    SpeakerNames,
    /// or their roles.
    SpeakerRoles,
}

/// Documents in whose fields the parts are found at least so many times together.
#[derive(Clone)]
pub(super) struct Placed {
    pub(super) parts: Arc<Vec<Part>>,
    pub(super) least: u32,
    pub(super) inside: Inside,
}

impl fmt::Debug for Placed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.parts.iter()).finish()
    }
}

impl Placed {
    /// The scores of some documents, which stand in order; 0 of those that do not match. No document
    /// between them is looked into.
    pub(super) fn scores(
        &self,
        searcher: &Searcher,
        documents: impl Iterator<Item = DocAddress>,
    ) -> tantivy::Result<Vec<Score>> {
        let weight = self.prepared(EnableScoring::enabled_from_searcher(searcher))?;
        let mut scores = Vec::new();
        let mut open: Option<(u32, Looking)> = None;
        for DocAddress { segment_ord, doc_id } in documents {
            let (_, looking) = match &mut open {
                Some(open) if open.0 == segment_ord => open,
                _ => {
                    let looking = weight.looking(searcher.segment_reader(segment_ord), 1.0)?;
                    open.insert((segment_ord, looking))
                }
            };
            scores.push(looking.score_of(doc_id));
        }
        Ok(scores)
    }

    fn prepared(&self, scoring: EnableScoring<'_>) -> tantivy::Result<PlacedWeight> {
        let EnableScoring::Enabled { statistics_provider, .. } = scoring else {
            return Ok(PlacedWeight { placed: self.clone(), similarities: Vec::new() });
        };
        let mut similarities = Vec::with_capacity(self.parts.len());
        for part in self.parts.iter() {
            let mut words = Vec::new();
            part.sought.add_words(&mut words);
            words.sort_unstable();
            words.dedup();
            let terms: Vec<Term> =
                words.iter().map(|word| Term::from_field_text(part.field, word)).collect();
            similarities.push(match terms.is_empty() {
                true => None,
                false => Some(self.inside.similarity(statistics_provider, &terms)?),
            });
        }
        Ok(PlacedWeight { placed: self.clone(), similarities })
    }
}

impl Query for Placed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.prepared(scoring)?))
    }
}

struct PlacedWeight {
    placed: Placed,
    /// For each part; empty where nothing is scored.
    similarities: Vec<Option<Bm25Weight>>,
}

impl PlacedWeight {
    fn looking(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Looking> {
        let (mut places, least) = (self.places(reader, boost)?, self.placed.least);
        if self.placed.inside == Inside::Story {
            return Ok(Looking::Stories(PlacedScorer { places, least, doc: 0 }));
        }
        // Of a statement there is one field to look into.
        let Some(place) = places.pop() else { return Ok(Looking::None) };
        let scorer = SpokenScorer::new(place, self.placed.inside, least, reader)?;
        Ok(Looking::Statements(Box::new(scorer)))
    }

    /// What is sought, in each field of a segment that may hold it.
    fn places(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Vec<Place>> {
        let mut places = Vec::with_capacity(self.placed.parts.len());
        for (number, part) in self.placed.parts.iter().enumerate() {
            let Some(operand) = Operand::of(&part.sought, part.field, reader)? else { continue };
            let similarity = self.similarities.get(number).and_then(Option::as_ref);
            let norms = match (similarity, self.placed.inside) {
                (Some(_), Inside::Story) => reader.fieldnorms_readers().get_field(part.field)?,
                _ => None,
            };
            places.push(Place {
                operand,
                found: Vec::new(),
                similarity: similarity.map(|weight| weight.boost_by(boost * part.weight)),
                norms: norms.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1)),
                plain: boost * part.weight,
            });
        }
        Ok(places)
    }
}

impl Weight for PlacedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.looking(reader, boost)? {
            Looking::Stories(scorer) if scorer.places.is_empty() => Box::new(EmptyScorer),
            Looking::Stories(mut scorer) => {
                scorer.find(0);
                Box::new(scorer)
            }
            Looking::Statements(mut scorer) => {
                scorer.begin();
                scorer
            }
            Looking::None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument("it does not match".to_owned()));
        }
        Ok(Explanation::new("found in its place", scorer.score()))
    }
}

/// What looks into the documents of a segment.
enum Looking {
    Stories(PlacedScorer),
    Statements(Box<SpokenScorer>),
    /// There is nothing to be found.
    None,
}

impl Looking {
    /// The score of what stands behind all that were asked for; 0 where it does not match.
    fn score_of(&mut self, at: DocId) -> Score {
        match self {
            Self::Stories(scorer) => scorer.score_of(at),
            Self::Statements(scorer) => scorer.score_of(at),
            Self::None => 0.0,
        }
    }
}

/// What is sought in one field, in one segment.
struct Place {
    operand: Operand,
    /// Where it was found in the document of the scorer.
    found: Vec<Stretch>,
    similarity: Option<Bm25Weight>,
    norms: FieldNormReader,
    /// The score where there are no words to weigh.
    plain: Score,
}

/// How many times as long it takes to look into a document's positions as to go to the document.
const COST_OF_POSITIONS: u64 = 10;

struct PlacedScorer {
    places: Vec<Place>,
    least: u32,
    doc: DocId,
}

impl PlacedScorer {
    /// Goes to the first document that matches, from `target` on.
    fn find(&mut self, mut target: DocId) -> DocId {
        loop {
            let docs = self.places.iter_mut().map(|place| place.operand.seek(target));
            let doc = docs.min().unwrap_or(TERMINATED);
            self.doc = doc;
            if doc == TERMINATED || self.count() >= self.least {
                return doc;
            }
            target = doc + 1;
        }
    }

    /// The score of a document that stands behind all that were asked for; 0 where it does not match.
    fn score_of(&mut self, doc: DocId) -> Score {
        let docs = self.places.iter_mut().map(|place| place.operand.seek(doc));
        let next = docs.min().unwrap_or(TERMINATED);
        self.doc = doc;
        if next == doc && self.count() >= self.least { self.score() } else { 0.0 }
    }

    /// How many times it is found in this document.
    fn count(&mut self) -> u32 {
        let mut count = 0;
        for place in &mut self.places {
            place.found.clear();
            if place.operand.doc() == self.doc {
                place.operand.find(Window::WHOLE, &mut place.found);
                if self.least > 1 {
                    nearness::least(&mut place.found);
                }
            }
            count += place.found.len() as u32;
        }
        count
    }
}

impl DocSet for PlacedScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.find(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        self.find(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn cost(&self) -> u64 {
        u64::from(self.size_hint()) * COST_OF_POSITIONS
    }

    fn size_hint(&self) -> u32 {
        self.places.iter().map(|place| place.operand.size_hint()).fold(0, u32::saturating_add)
    }
}

impl Scorer for PlacedScorer {
    fn score(&mut self) -> Score {
        let found = self.places.iter().filter(|place| !place.found.is_empty());
        let scores = found.map(|place| match &place.similarity {
            Some(similarity) => {
                similarity.score(place.norms.fieldnorm_id(self.doc), place.found.len() as u32)
            }
            None => place.plain,
        });
        scores.sum()
    }
}
