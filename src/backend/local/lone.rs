//! A query of one word, which is what most readers type first: how many documents hold it, the best and
//! the latest of them, without a look at each.

use std::cmp::{Ordering, Reverse};

use tantivy::postings::SegmentPostings;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::ask::Asking;
use super::standing::{Higher, Least, Place};
use crate::model::{Field, Node, Scope};

/// What rounding may take from the most that a block of postings is said to score.
const ROUNDING: Score = 1.0001;

/// A word, and the fields it is sought in.
pub(super) struct Lone<'a> {
    asking: &'a Asking<'a>,
    terms: Vec<Term>,
}

impl<'a> Lone<'a> {
    /// Takes a query that is a word of the text, and nothing is left out of the answer.
    pub(super) fn of(asking: &'a Asking<'a>, query: &Node) -> Option<Self> {
        let Node::Term(field @ (Field::Text | Field::Title | Field::Body), word) = query else {
            return None;
        };
        if asking.held_at.is_some() {
            return None;
        }
        let handles = asking.handles(*field)?;
        let term = |(handle, _): &(Handle, Score)| Term::from_field_text(*handle, word);
        Some(Self { asking, terms: handles.iter().map(term).collect() })
    }

    /// How many documents hold the word.
    pub(super) fn total(&self) -> tantivy::Result<u64> {
        let mut total = 0;
        for (number, segment) in self.asking.searcher.segment_readers().iter().enumerate() {
            total += u64::from(self.count(segment)?);
            if segment.has_deletes() {
                let deleted = &self.asking.kept.deleted(self.asking.searcher)[number];
                total -= self.among(segment, deleted)?.iter().filter(|is| **is).count() as u64;
            }
        }
        Ok(total)
    }

    /// How many documents of a segment hold it, the deleted ones with them.
    ///
    /// Every list of postings knows its length: only those that hold a word in two fields are sought.
    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        let mut fields = self.postings(segment)?;
        fields.sort_unstable_by_key(SegmentPostings::doc_freq);
        let Some(mut most) = fields.pop() else { return Ok(0) };
        let mut count = most.doc_freq();
        for mut fewer in fields {
            while fewer.doc() != TERMINATED {
                if !is_at(&mut most, fewer.doc()) {
                    count += 1;
                }
                fewer.advance();
            }
        }
        Ok(count)
    }

    /// Which of some documents, which stand in order, hold the word.
    fn among(&self, segment: &SegmentReader, docs: &[DocId]) -> tantivy::Result<Vec<bool>> {
        let mut fields = self.postings(segment)?;
        let holds = |doc: &DocId| fields.iter_mut().any(|field| is_at(field, *doc));
        Ok(docs.iter().map(holds).collect())
    }

    fn postings(&self, segment: &SegmentReader) -> tantivy::Result<Vec<SegmentPostings>> {
        let mut fields = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            let index = segment.inverted_index(term.field())?;
            fields.extend(index.read_postings(term, IndexRecordOption::Basic)?);
        }
        Ok(fields)
    }

    /// The best by score, those of one score in order; blocks of postings that cannot hold any of them
    /// are passed over.
    pub(super) fn best(
        &self,
        query: &dyn Query,
        needed: usize,
    ) -> tantivy::Result<Vec<(Score, DocAddress)>> {
        let searcher = self.asking.searcher;
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let columns = self.asking.kept.columns(searcher)?;
        let mut best: Least<(Higher, Place)> = Least::new(needed);
        for ((segment, columns), number) in searcher.segment_readers().iter().zip(columns).zip(0..)
        {
            let doubt = self.doubt(segment)?;
            let threshold = |best: &Least<(Higher, Place)>| {
                best.worst().map_or(Score::MIN, |(worst, _)| worst.0 / doubt)
            };
            weight.for_each_pruning(threshold(&best), segment, &mut |doc, score| {
                let can_be = match best.worst() {
                    None => true,
                    // Many stories of one length score alike: their time mostly tells.
                    Some((worst, (time, ..))) => match Higher(score).cmp(worst) {
                        Ordering::Less => true,
                        Ordering::Equal => Reverse(columns.time.first(doc)) <= *time,
                        Ordering::Greater => false,
                    },
                };
                if can_be && !segment.is_deleted(doc) {
                    let place = columns.standing(doc).place();
                    best.offer((Higher(score), place), DocAddress::new(number, doc));
                }
                threshold(&best)
            })?;
        }
        Ok(best.in_order().into_iter().map(|((score, _), at)| (score.0, at)).collect())
    }

    /// How many times more a document may score than what a segment says of its block.
    ///
    /// A block names the document that scores most by the mean length of this segment's texts; by that
    /// of all segments it may be another. Both lengths part their scores by no more than their ratio.
    fn doubt(&self, segment: &SegmentReader) -> tantivy::Result<Score> {
        let mut doubt: Score = 1.0;
        for term in &self.terms {
            let (mut words, mut docs) = (0, 0);
            for segment in self.asking.searcher.segment_readers() {
                words += segment.inverted_index(term.field())?.total_num_tokens();
                docs += u64::from(segment.max_doc());
            }
            let here = segment.inverted_index(term.field())?.total_num_tokens();
            if words == 0 || here == 0 {
                continue;
            }
            let mean = words as Score / docs as Score;
            let ratio = here as Score / segment.max_doc() as Score / mean;
            doubt = doubt.max(ratio).max(1.0 / ratio);
        }
        Ok(doubt * ROUNDING)
    }

    /// How many hold the word, and the latest of them, so many of them or more, where they are among
    /// the latest of all stories.
    pub(super) fn latest(&self, needed: usize) -> tantivy::Result<Option<(u64, Vec<DocAddress>)>> {
        let Asking { searcher, scope, kept, fields, .. } = self.asking;
        if *scope != Scope::Stories {
            return Ok(None);
        }
        let Some(latest) = kept.latest(searcher, fields.kind)? else { return Ok(None) };
        let mut found = Vec::new();
        let (mut rest, mut looked) = (latest.stories.as_slice(), needed);
        while found.len() < needed && !rest.is_empty() {
            looked = looked.saturating_mul(2);
            let (next, behind) = rest.split_at(looked.min(rest.len()));
            found.extend(self.holding(next)?);
            rest = behind;
        }
        let is_whole = found.len() >= needed || latest.are_all;
        Ok(if is_whole { Some((self.total()?, found)) } else { None })
    }

    /// Those of some documents that hold the word, in the order given.
    fn holding(&self, documents: &[DocAddress]) -> tantivy::Result<Vec<DocAddress>> {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_unstable_by_key(|at| documents[*at]);
        let mut holds = vec![false; documents.len()];
        for of_segment in
            order.chunk_by(|a, b| documents[*a].segment_ord == documents[*b].segment_ord)
        {
            let docs: Vec<DocId> = of_segment.iter().map(|at| documents[*at].doc_id).collect();
            let number = documents[of_segment[0]].segment_ord;
            let among = self.among(self.asking.searcher.segment_reader(number), &docs)?;
            of_segment.iter().zip(among).for_each(|(at, is)| holds[*at] = is);
        }
        let held = documents.iter().zip(holds).filter(|(_, is)| *is);
        Ok(held.map(|(document, _)| *document).collect())
    }
}

/// Goes on to a document, and tells whether it is in the list.
fn is_at(postings: &mut SegmentPostings, doc: DocId) -> bool {
    let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
    at == doc
}
