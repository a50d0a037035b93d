//! How words stand to each other in some documents, and how often in the opening: what the second look
//! asks of plain words. Each is sought once in a segment, and its places in a document are read once
//! for all that is asked of them.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Score};

use super::prose::WordIn;
use crate::text::nearness::{self, Reach, Stretch};

/// A way for two words to be near each other.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// How far apart they are at most.
    pub(super) within: u32,
    /// Whether they stand in the order asked for.
    pub(super) ordered: bool,
}

/// Words, each in the same fields.
pub(super) struct Close<'a> {
    words: &'a [Vec<WordIn>],
    /// Of each two that follow each other, what they give together in each field.
    pairs: Vec<Vec<Bm25Weight>>,
}

impl<'a> Close<'a> {
    pub(super) fn of(words: &'a [Vec<WordIn>]) -> tantivy::Result<Self> {
        let together = |pair: &[Vec<WordIn>]| -> tantivy::Result<Vec<Bm25Weight>> {
            let fields = pair[0].iter().zip(&pair[1]);
            fields.map(|(one, other)| one.similarity_with(other)).collect()
        };
        let pairs: tantivy::Result<_> = words.windows(2).map(together).collect();
        Ok(Self { words, pairs: pairs? })
    }

    /// What each two words that follow each other give to documents, which stand in order: for each of
    /// these, pair by pair, what each way gives.
    pub(super) fn together(
        &self,
        documents: &[DocAddress],
        ways: &[Way],
    ) -> tantivy::Result<Vec<Vec<Score>>> {
        let mut scores = Vec::with_capacity(documents.len());
        let mut found = Vec::new();
        for of_segment in documents.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let segment = of_segment[0].segment_ord as usize;
            let fields = self.words.first().map_or(0, Vec::len);
            let mut lists: Vec<Vec<Places>> = Vec::with_capacity(fields);
            for field in 0..fields {
                lists.push(self.places(segment, field)?);
            }
            for at in of_segment {
                let mut given = vec![0.0; self.pairs.len() * ways.len()];
                for (field, lists) in lists.iter_mut().enumerate() {
                    self.add(*at, field, lists, ways, &mut given, &mut found);
                }
                scores.push(given);
            }
        }
        Ok(scores)
    }

    /// Adds what pairs of words give to a document in one field, whose lists of places are given.
    fn add(
        &self,
        at: DocAddress,
        field: usize,
        lists: &mut [Places],
        ways: &[Way],
        given: &mut [Score],
        found: &mut Vec<Stretch>,
    ) {
        lists.iter_mut().for_each(|places| places.go_to(at.doc_id));
        let pairs = self.pairs.iter().zip(given.chunks_exact_mut(ways.len().max(1)));
        for (number, (similarities, given)) in pairs.enumerate() {
            let [left, right] = &mut lists[number..][..2] else { continue };
            if !(left.is_here && right.is_here) {
                continue;
            }
            let norms = self.words[number][field].prose.norms(at.segment_ord as usize);
            let norm = norms.fieldnorm_id(at.doc_id);
            let (left, right) = (left.read(), right.read());
            for (way, given) in ways.iter().zip(given) {
                near(left, right, *way, found);
                if !found.is_empty() {
                    *given += similarities[field].score(norm, found.len() as u32);
                }
            }
        }
    }

    /// What each word gives to documents, which stand in order, for the times it stands in their first
    /// paragraphs in its last field: for each document, word by word.
    pub(super) fn in_opening(
        &self,
        documents: &[DocAddress],
        paragraphs: usize,
    ) -> tantivy::Result<Vec<Vec<Score>>> {
        let mut scores = Vec::with_capacity(documents.len());
        let Some(field) = self.words.first().and_then(|word| word.len().checked_sub(1)) else {
            return Ok(vec![Vec::new(); documents.len()]);
        };
        let prose = &self.words[0][field].prose;
        let similarities: Vec<Bm25Weight> =
            self.words.iter().map(|word| word[field].similarity()).collect();
        for of_segment in documents.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let segment = of_segment[0].segment_ord as usize;
            let mut words = self.places(segment, field)?;
            let mut starts = Places::of(prose.paragraphs(segment)?);
            for DocAddress { doc_id, .. } in of_segment {
                starts.go_to(*doc_id);
                let end = starts.read().get(paragraphs).copied().unwrap_or(u32::MAX);
                let norm = prose.norms(segment).fieldnorm_id(*doc_id);
                let given = words.iter_mut().zip(&similarities).map(|(places, similarity)| {
                    places.go_to(*doc_id);
                    match places.read().partition_point(|position| *position < end) {
                        0 => 0.0,
                        times => similarity.score(norm, times as u32),
                    }
                });
                scores.push(given.collect());
            }
        }
        Ok(scores)
    }

    /// Where the words stand in a field, in a segment.
    fn places(&self, segment: usize, field: usize) -> tantivy::Result<Vec<Places>> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let open = |word: &Vec<WordIn>| Ok(Places::of(word[field].postings(segment, option)?));
        self.words.iter().map(open).collect()
    }
}

/// Where a word stands in one document after the other.
struct Places {
    postings: Option<SegmentPostings>,
    is_here: bool,
    /// Its positions in the document, where they were read already.
    positions: Vec<u32>,
    is_read: bool,
}

impl Places {
    fn of(postings: Option<SegmentPostings>) -> Self {
        Self { postings, is_here: false, positions: Vec::new(), is_read: false }
    }

    /// Goes to a document behind those asked for.
    fn go_to(&mut self, doc: DocId) {
        self.is_read = false;
        self.is_here = self.postings.as_mut().is_some_and(|postings| {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            at == doc
        });
    }

    /// Its positions in this document.
    fn read(&mut self) -> &[u32] {
        if !self.is_read {
            self.positions.clear();
            if let Some(postings) = self.postings.as_mut().filter(|_| self.is_here) {
                postings.positions(&mut self.positions);
            }
            self.is_read = true;
        }
        &self.positions
    }
}

/// Finds where two words are near each other.
fn near(left: &[u32], right: &[u32], way: Way, found: &mut Vec<Stretch>) {
    let reach = Reach::Words(way.within);
    found.clear();
    if nearness::words(left, right, reach, way.ordered, found).is_some() {
        return;
    }
    let stretches =
        |positions: &[u32]| positions.iter().copied().map(Stretch::of_word).collect::<Vec<_>>();
    let (left, right) = (stretches(left), stretches(right));
    nearness::in_order(&left, &right, reach, found);
    if !way.ordered {
        nearness::in_order(&right, &left, reach, found);
    }
    nearness::least(found);
}
