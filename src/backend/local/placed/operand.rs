//! What is sought, over the postings of one segment.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::bounds::Bounds;
use super::{Sought, SoughtNear, Window};
use crate::backend::local::words::{CAPITALS, MIXED, PARAGRAPH, SENTENCE, SMALL};
use crate::model::{Capitals, Front, Within};
use crate::text::nearness::{self, Reach, Stretch};

/// Something sought: it goes from one document that may match to the next, and tells where in the
/// document it is.
pub(super) enum Operand {
    Word(Word),
    /// What stands at the first of so many words.
    Named(Word, u32),
    /// The bounds of paragraphs are there where any word may stand in the phrase: it may not be one
    /// between two paragraphs.
    Phrase(Vec<(u32, Word)>, Bounds),
    Loose(Vec<(u32, Word)>, u32),
    Any(Vec<Operand>),
    Near(Box<Both>),
    Front(Front, Box<Operand>, Bounds),
    Cased(Box<Cased>),
}

impl Operand {
    /// What is sought in a segment; none where it cannot be there.
    pub(super) fn of(
        sought: &Sought,
        field: Handle,
        reader: &SegmentReader,
    ) -> tantivy::Result<Option<Self>> {
        let index = reader.inverted_index(field)?;
        Building { field, index: &index }.operand(sought)
    }

    /// Whether what is found in a window of a document is what is found in the whole of it and lies in
    /// the window.
    pub(super) fn is_local(&self) -> bool {
        match self {
            Self::Word(_) | Self::Named(..) | Self::Phrase(..) => true,
            Self::Any(parts) => parts.iter().all(Self::is_local),
            Self::Cased(cased) => cased.inner.is_local(),
            Self::Loose(..) | Self::Near(_) | Self::Front(..) => false,
        }
    }

    /// The document it stands at.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Word(word) | Self::Named(word, _) => word.postings.doc(),
            Self::Phrase(words, _) | Self::Loose(words, _) => {
                words.first().map_or(TERMINATED, |(_, word)| word.postings.doc())
            }
            Self::Any(parts) => parts.iter().map(Self::doc).min().unwrap_or(TERMINATED),
            Self::Near(both) => both.left.doc(),
            Self::Front(_, inner, _) => inner.doc(),
            Self::Cased(cased) => cased.inner.doc(),
        }
    }

    /// Goes to the first document from `target` on that may match.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Word(word) | Self::Named(word, _) => word.seek(target),
            Self::Phrase(words, _) | Self::Loose(words, _) => in_common(words, target),
            Self::Any(parts) => {
                parts.iter_mut().map(|part| part.seek(target)).min().unwrap_or(TERMINATED)
            }
            Self::Near(both) => both.seek(target),
            Self::Front(_, inner, _) => inner.seek(target),
            Self::Cased(cased) => cased.inner.seek(target),
        }
    }

    /// Adds to an empty list where it is in a window of the document it stands at, in the order of the
    /// text. What lies outside the window is not there.
    pub(super) fn find(&mut self, window: Window, found: &mut Vec<Stretch>) {
        match self {
            Self::Word(word) => {
                found.extend(word.positions(window).iter().copied().map(Stretch::of_word));
            }
            Self::Named(word, length) => {
                let more = length.saturating_sub(1);
                let stretch = |first: &u32| Stretch { first: *first, last: first + more };
                let stretches = word.positions(window).iter().map(stretch);
                found.extend(stretches.filter(|stretch| stretch.last < window.behind));
            }
            Self::Phrase(words, bounds) => {
                find_phrase(words, window, found);
                if !bounds.are_none() {
                    let doc = words.first().map_or(TERMINATED, |(_, word)| word.postings.doc());
                    let starts = bounds.at(doc, window);
                    found.retain(|stretch| nearness::in_one_part(*stretch, starts));
                }
            }
            Self::Loose(words, slop) => {
                let positions: Vec<Vec<u32>> =
                    words.iter_mut().map(|(_, word)| word.positions(window).to_vec()).collect();
                nearness::loose(&positions, *slop, found);
                nearness::in_text_order(found);
            }
            Self::Any(parts) => {
                let doc = parts.iter().map(Self::doc).min().unwrap_or(TERMINATED);
                let mut of_part = Vec::new();
                for part in parts.iter_mut().filter(|part| part.doc() == doc) {
                    part.find(window, &mut of_part);
                    found.append(&mut of_part);
                }
                nearness::in_text_order(found);
            }
            Self::Near(both) => both.find(window, found),
            Self::Front(front, inner, bounds) => {
                inner.find(window, found);
                let behind = match *front {
                    Front::Words(words) => window.first.saturating_add(words),
                    Front::Paragraphs(paragraphs) => {
                        let starts = bounds.at(inner.doc(), window);
                        nth_end(starts, window.first, paragraphs)
                    }
                };
                found.retain(|stretch| stretch.last < behind);
            }
            Self::Cased(cased) => cased.find(window, found),
        }
    }

    /// About how many documents it stands in.
    pub(super) fn size_hint(&self) -> u32 {
        match self {
            Self::Word(word) | Self::Named(word, _) => word.postings.size_hint(),
            Self::Phrase(words, _) | Self::Loose(words, _) => {
                words.first().map_or(0, |(_, word)| word.postings.size_hint())
            }
            Self::Any(parts) => parts.iter().map(Self::size_hint).fold(0, u32::saturating_add),
            Self::Near(both) => both.left.size_hint(),
            Self::Front(_, inner, _) => inner.size_hint(),
            Self::Cased(cased) => cased.inner.size_hint(),
        }
    }
}

/// The marks that stand where something is: any of some, and none of others.
struct Marks {
    any: &'static [&'static str],
    without: &'static [&'static str],
}

const PARAGRAPHS: Marks = Marks { any: &[PARAGRAPH], without: &[] };
const SENTENCES: Marks = Marks { any: &[PARAGRAPH, SENTENCE], without: &[] };
const WORDS_IN_CAPITALS: Marks = Marks { any: &[CAPITALS], without: &[] };
const MIXED_WORDS: Marks =
    Marks { any: &[MIXED, PARAGRAPH, SENTENCE], without: &[SMALL, CAPITALS] };

/// Makes operands of one field of a segment.
struct Building<'a> {
    field: Handle,
    index: &'a InvertedIndexReader,
}

impl Building<'_> {
    fn operand(&self, sought: &Sought) -> tantivy::Result<Option<Operand>> {
        Ok(match sought {
            Sought::Word(word) => self.word(word)?.map(Operand::Word),
            Sought::Like(words) => {
                let mut parts = Vec::with_capacity(words.len());
                for word in words {
                    parts.extend(self.word(word)?.map(Operand::Word));
                }
                (!parts.is_empty()).then_some(Operand::Any(parts))
            }
            Sought::Named(words) => {
                let mut parts = Vec::with_capacity(words.len());
                for (word, length) in words {
                    let word = self.word(word)?;
                    parts.extend(word.map(|word| Operand::Named(word, *length)));
                }
                (!parts.is_empty()).then_some(Operand::Any(parts))
            }
            Sought::Phrase(words) => {
                let Some(mut parts) = self.words(words)? else { return Ok(None) };
                // The rarest first: it leaves the others the least to look at.
                parts.sort_by_key(|(_, word)| word.postings.size_hint());
                let any_word = words.iter().any(String::is_empty);
                let bounds = if any_word { self.bounds(&PARAGRAPHS)? } else { Bounds::default() };
                Some(Operand::Phrase(parts, bounds))
            }
            Sought::Loose(words, slop) => {
                self.words(words)?.map(|parts| Operand::Loose(parts, *slop))
            }
            Sought::Any(sought) => {
                let mut parts = Vec::with_capacity(sought.len());
                for part in sought {
                    parts.extend(self.operand(part)?);
                }
                (!parts.is_empty()).then_some(Operand::Any(parts))
            }
            Sought::Near(near) => self.near(near)?,
            Sought::Front(front, inner) => {
                let Some(inner) = self.operand(inner)? else { return Ok(None) };
                let bounds = match front {
                    Front::Words(_) => Bounds::default(),
                    Front::Paragraphs(_) => self.bounds(&PARAGRAPHS)?,
                };
                Some(Operand::Front(*front, Box::new(inner), bounds))
            }
            Sought::Cased(capitals, lettered, inner) => {
                let Some(inner) = self.operand(inner)? else { return Ok(None) };
                Some(Operand::Cased(Box::new(Cased {
                    capitals: *capitals,
                    lettered: lettered.clone(),
                    inner,
                    mixed: self.bounds(&MIXED_WORDS)?,
                    all: self.bounds(&WORDS_IN_CAPITALS)?,
                })))
            }
        })
    }

    fn near(&self, near: &SoughtNear) -> tantivy::Result<Option<Operand>> {
        let Some(left) = self.operand(&near.left)? else { return Ok(None) };
        let right = self.operand(&near.right)?;
        if right.is_none() {
            // What cannot be there is not near anything.
            return Ok(near.without.then_some(left));
        }
        let bounds = match near.within {
            Within::Words(_) | Within::Field => Bounds::default(),
            Within::Sentence => self.bounds(&SENTENCES)?,
            Within::Paragraph => self.bounds(&PARAGRAPHS)?,
        };
        Ok(right.map(|right| {
            Operand::Near(Box::new(Both {
                left,
                right,
                within: near.within,
                ordered: near.ordered,
                without: near.without,
                bounds,
                lefts: Vec::new(),
                rights: Vec::new(),
            }))
        }))
    }

    /// The words of a phrase with their places in it; none where one of them is not there.
    fn words(&self, words: &[String]) -> tantivy::Result<Option<Vec<(u32, Word)>>> {
        let mut parts = Vec::with_capacity(words.len());
        for (place, word) in (0..).zip(words).filter(|(_, word)| !word.is_empty()) {
            let Some(word) = self.word(word)? else { return Ok(None) };
            parts.push((place, word));
        }
        Ok(Some(parts))
    }

    fn bounds(&self, marks: &Marks) -> tantivy::Result<Bounds> {
        let words = |marks: &[&str]| -> tantivy::Result<Vec<Word>> {
            marks.iter().filter_map(|mark| self.word(mark).transpose()).collect()
        };
        Ok(Bounds::of(words(marks.any)?, words(marks.without)?))
    }

    fn word(&self, word: &str) -> tantivy::Result<Option<Word>> {
        let term = Term::from_field_text(self.field, word);
        let option = IndexRecordOption::WithFreqsAndPositions;
        let postings = self.index.read_postings(&term, option)?;
        Ok(postings.map(|postings| Word { postings, positions: Vec::new(), read_of: TERMINATED }))
    }
}

/// A word's postings.
pub(super) struct Word {
    postings: SegmentPostings,
    /// Its positions in the document that was looked into last.
    positions: Vec<u32>,
    read_of: DocId,
}

impl Word {
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self.postings.doc() {
            doc if doc >= target => doc,
            _ => self.postings.seek(target),
        }
    }

    #[inline]
    pub(super) fn positions(&mut self, window: Window) -> &[u32] {
        let doc = self.postings.doc();
        if self.read_of != doc {
            self.positions.clear();
            self.postings.positions(&mut self.positions);
            self.read_of = doc;
        }
        window.part_of(&self.positions)
    }
}

/// Goes to the first document from `target` on that holds all of some words.
fn in_common(words: &mut [(u32, Word)], mut target: DocId) -> DocId {
    loop {
        let candidate = target;
        for (_, word) in words.iter_mut() {
            target = word.seek(target);
            if target != candidate {
                break;
            }
        }
        if target == TERMINATED {
            for (_, word) in words.iter_mut() {
                word.seek(TERMINATED);
            }
        }
        if target == candidate || target == TERMINATED {
            return target;
        }
    }
}

/// Adds where words stand in their places to each other.
fn find_phrase(words: &mut [(u32, Word)], window: Window, found: &mut Vec<Stretch>) {
    let end = words.iter().map(|(place, _)| *place).max().unwrap_or_default();
    let Some(((first_place, first), others)) = words.split_first_mut() else { return };
    let place = *first_place;
    // Where the phrase would begin.
    let mut starts: Vec<u32> =
        first.positions(window).iter().filter_map(|position| position.checked_sub(place)).collect();
    for (place, word) in others {
        let positions = word.positions(window);
        let mut at = 0;
        starts.retain(|start| {
            let wanted = start + *place;
            at += positions[at..].partition_point(|position| *position < wanted);
            positions.get(at) == Some(&wanted)
        });
    }
    found.extend(starts.into_iter().map(|first| Stretch { first, last: first + end }));
}

/// Where the first so many paragraphs end of a window that may begin inside one.
fn nth_end(starts: &[u32], first: u32, paragraphs: u32) -> u32 {
    let others = starts.strip_prefix(&[first]).unwrap_or(starts);
    match paragraphs.checked_sub(1) {
        Some(last) => others.get(last as usize).copied().unwrap_or(u32::MAX),
        None => first,
    }
}

/// An operand whose words must be written in capitals, or not.
pub(super) struct Cased {
    capitals: Capitals,
    lettered: Vec<u32>,
    inner: Operand,
    mixed: Bounds,
    all: Bounds,
}

impl Cased {
    fn find(&mut self, window: Window, found: &mut Vec<Stretch>) {
        self.inner.find(window, found);
        if found.is_empty() {
            return;
        }
        let doc = self.inner.doc();
        let (mixed, all) = (self.mixed.at(doc, window), self.all.at(doc, window));
        found.retain(|stretch| {
            nearness::is_written(self.capitals, *stretch, &self.lettered, mixed, all)
        });
    }
}

/// Two operands that must be near each other, or the one without the other.
pub(super) struct Both {
    left: Operand,
    right: Operand,
    within: Within,
    ordered: bool,
    without: bool,
    bounds: Bounds,
    lefts: Vec<Stretch>,
    rights: Vec<Stretch>,
}

/// How near two things must be in a document.
fn reach(within: Within, bounds: &mut Bounds, doc: DocId, window: Window) -> Reach<'_> {
    match within {
        Within::Words(most) => Reach::Words(most),
        Within::Field => Reach::Words(u32::MAX),
        Within::Sentence | Within::Paragraph => Reach::Part(bounds.at(doc, window)),
    }
}

impl Both {
    /// Adds where two single words are near each other; nothing where they are not both single words
    /// apart from each other.
    fn find_words(&mut self, doc: DocId, window: Window, found: &mut Vec<Stretch>) -> Option<()> {
        let (Operand::Word(left), Operand::Word(right)) = (&mut self.left, &mut self.right) else {
            return None;
        };
        let (left, right) = (left.positions(window), right.positions(window));
        if let Within::Sentence = self.within {
            let before = found.len();
            // Sentences are many: they are looked up where both words stand in one paragraph.
            let paragraphs = Reach::Part(self.bounds.first(doc, window));
            nearness::words(left, right, paragraphs, self.ordered, found)?;
            if found.len() > before {
                let sentences = self.bounds.at(doc, window);
                let is_near = |stretch: &Stretch| nearness::in_one_part(*stretch, sentences);
                let near = found.drain(before..).filter(is_near).collect::<Vec<_>>();
                found.extend(near);
            }
            return Some(());
        }
        let reach = reach(self.within, &mut self.bounds, doc, window);
        nearness::words(left, right, reach, self.ordered, found)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let mut doc = self.left.seek(target);
        while !self.without && doc != TERMINATED {
            let other = self.right.seek(doc);
            if other == doc {
                break;
            }
            doc = self.left.seek(other);
        }
        doc
    }

    fn find(&mut self, window: Window, found: &mut Vec<Stretch>) {
        let doc = self.left.doc();
        if !self.without && self.find_words(doc, window, found).is_some() {
            return;
        }
        self.lefts.clear();
        self.left.find(window, &mut self.lefts);
        self.rights.clear();
        if self.right.seek(doc) == doc {
            self.right.find(window, &mut self.rights);
        }
        let reach = reach(self.within, &mut self.bounds, doc, window);
        if self.without {
            return nearness::apart(&self.lefts, &self.rights, reach, found);
        }
        nearness::in_order(&self.lefts, &self.rights, reach, found);
        if !self.ordered {
            nearness::in_order(&self.rights, &self.lefts, reach, found);
        }
        nearness::least(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_counted_from_where_a_window_begins() {
        // Paragraphs begin at 3, 10 and 20: a window from 3 on begins with a whole one.
        assert_eq!(nth_end(&[3, 10, 20], 3, 1), 10);
        assert_eq!(nth_end(&[3, 10, 20], 3, 2), 20);
        // A window from 5 on begins with the rest of one.
        assert_eq!(nth_end(&[10, 20], 5, 1), 10);
        assert_eq!(nth_end(&[10, 20], 5, 3), u32::MAX);
        assert_eq!(nth_end(&[], 5, 1), u32::MAX);
    }

    #[test]
    fn a_window_holds_the_positions_from_its_first_to_the_one_before_its_end() {
        let positions = [1, 4, 7, 9];
        assert_eq!(Window { first: 4, behind: 9 }.part_of(&positions), [4, 7]);
        assert_eq!(Window { first: 5, behind: 5 }.part_of(&positions), [0; 0]);
        assert_eq!(Window::WHOLE.part_of(&positions), positions);
    }
}
