//! How words stand to each other in some documents, and how often in the opening: what the second look
//! asks of plain words. Each is sought once in a segment, and its places in a document are read once
//! for all that is asked of them.

use tantivy::columnar::Column;
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

    /// What documents, which stand in order, are given beside their scores, document by document: pair by
    /// pair what each way gives, then word by word what it gives for the times it stands in the opening
    /// of its last field.
    pub(super) fn given(
        &self,
        documents: &[DocAddress],
        ways: &[Way],
        openings: &[Column<u64>],
    ) -> tantivy::Result<Vec<Score>> {
        let of_pairs = self.pairs.len() * ways.len();
        let of_document = of_pairs + self.words.len();
        let mut scores = vec![0.0; documents.len() * of_document];
        let mut rest = scores.as_mut_slice();
        for of_segment in documents.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let (given, behind) = rest.split_at_mut(of_segment.len() * of_document);
            rest = behind;
            self.give(of_segment, ways, openings, given.chunks_exact_mut(of_document.max(1)))?;
        }
        Ok(scores)
    }

    /// The same for documents of one segment.
    fn give<'b>(
        &self,
        documents: &[DocAddress],
        ways: &[Way],
        openings: &[Column<u64>],
        given: impl Iterator<Item = &'b mut [Score]>,
    ) -> tantivy::Result<()> {
        let Some(DocAddress { segment_ord, .. }) = documents.first() else { return Ok(()) };
        let Some(last) = self.words.first().and_then(|word| word.len().checked_sub(1)) else {
            return Ok(());
        };
        // How words stand to each other is asked in each field, of the opening in the last.
        let first = if self.pairs.is_empty() { last } else { 0 };
        let segment = *segment_ord as usize;
        let mut fields = Vec::with_capacity(last + 1);
        for field in first..=last {
            fields.push((field, self.places(segment, field)?));
        }
        let mut found = Vec::new();
        for (at, given) in documents.iter().zip(given) {
            let (of_pairs, of_opening) = given.split_at_mut(self.pairs.len() * ways.len());
            for (field, lists) in &mut fields {
                lists.iter_mut().for_each(|places| places.go_to(at.doc_id));
                self.add(*at, *field, lists, ways, of_pairs, &mut found);
            }
            let Some((field, lists)) = fields.last_mut() else { continue };
            let end = openings[segment].first(at.doc_id).unwrap_or(u64::MAX);
            let norm = self.words[0][*field].prose.norms(segment).fieldnorm_id(at.doc_id);
            for ((places, word), given) in lists.iter_mut().zip(self.words).zip(of_opening) {
                let times = places.read().partition_point(|position| u64::from(*position) < end);
                if times > 0 {
                    *given = word[*field].similarity().score(norm, times as u32);
                }
            }
        }
        Ok(())
    }

    /// Adds what pairs of words give to a document in one field, whose lists of places stand at it.
    fn add(
        &self,
        at: DocAddress,
        field: usize,
        lists: &mut [Places],
        ways: &[Way],
        given: &mut [Score],
        found: &mut Vec<Stretch>,
    ) {
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
