//! A query of one word, which is what most readers type first: how many documents hold it, the best and
//! the latest of them, without a look at each.

mod sample;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EnableScoring, Query, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher};

use super::ask::Asking;
use super::best::{Best, Wanted};
use super::prose::WordIn;
use crate::model::{Node, Scope};

/// From how many documents of a segment on blocks of postings are passed over: to begin that takes
/// as long as to look at some hundred.
const MANY: u32 = 1024;

/// What rounding may take from the most that a block of postings is said to score.
const ROUNDING: Score = 1.0001;

/// A word, and the fields it is sought in.
pub(super) struct Lone<'a> {
    asking: &'a Asking<'a>,
    pub(super) fields: Vec<WordIn>,
    /// The documents that hold it in the first of two fields and not in the last.
    only: Option<WordIn>,
}

impl<'a> Lone<'a> {
    /// Takes a query that is a word of the text, where nothing is left out of the answer.
    pub(super) fn of(asking: &'a Asking<'a>, query: &Node) -> tantivy::Result<Option<Self>> {
        let Node::Term(field, word) = query else { return Ok(None) };
        if asking.held_at.is_some() {
            return Ok(None);
        }
        let Some(fields) = asking.word(*field, word)? else { return Ok(None) };
        let only = match fields.as_slice() {
            [title, _] if title.documents > 0 => {
                let prose = asking.kept.prose(asking.searcher, asking.fields.title_only)?;
                Some(WordIn::look_up(prose, word, 1.0)?)
            }
            _ => None,
        };
        Ok(Some(Self { asking, fields, only }))
    }

    /// The lists in which each document that holds the word stands once.
    fn lists(&self) -> impl Iterator<Item = &WordIn> {
        self.fields.last().into_iter().chain(&self.only)
    }

    /// How many documents hold the word.
    pub(super) fn total(&self) -> tantivy::Result<u64> {
        let mut total: u64 = self.lists().map(|list| list.documents).sum();
        for (number, segment) in self.asking.searcher.segment_readers().iter().enumerate() {
            if segment.has_deletes() {
                let deleted = &self.asking.kept.deleted(self.asking.searcher)[number];
                total -= self.among(number, deleted)?.iter().filter(|is| **is).count() as u64;
            }
        }
        Ok(total)
    }

    /// Which of some documents, which stand in order, hold the word.
    fn among(&self, segment: usize, docs: &[DocId]) -> tantivy::Result<Vec<bool>> {
        let mut lists = Vec::with_capacity(self.fields.len());
        for list in self.lists() {
            lists.extend(list.postings(segment, IndexRecordOption::Basic)?);
        }
        let holds = |doc: &DocId| lists.iter_mut().any(|list| is_at(list, *doc));
        Ok(docs.iter().map(holds).collect())
    }

    /// The best by score.
    pub(super) fn best(&self, wanted: Wanted) -> tantivy::Result<Best<'a>> {
        let columns = self.asking.kept.columns(self.asking.searcher, Scope::Stories)?;
        let mut best = Best::new(columns, wanted);
        let likely = self.offer_all(&mut best, |body| sample::reached_by(body, wanted.needed))?;
        // What has not so much was not held: there may have been too few others.
        if likely.is_some_and(|likely| best.floor() <= likely) && best.held() < wanted.needed {
            best = Best::new(columns, wanted);
            self.offer_all(&mut best, |_| Ok(None))?;
        }
        Ok(best)
    }

    /// Offers all documents that hold the word, of those that hold it in the last of the fields alone those
    /// only that have as much as `likely` tells, which is asked where no more is known by then.
    fn offer_all(
        &self,
        best: &mut Best<'_>,
        likely: impl Fn(&WordIn) -> tantivy::Result<Option<Score>>,
    ) -> tantivy::Result<Option<Score>> {
        let mut scorings: Vec<Scoring<'_>> = self.fields.iter().map(Scoring::of).collect();
        let mut least = None;
        // A headline is short, and what stands there scores most: those documents first.
        for (first, field) in self.fields.iter().enumerate() {
            if first + 1 == self.fields.len() && best.floor() == Score::MIN {
                least = likely(field)?;
                best.raise(least.unwrap_or(Score::MIN));
            }
            for segment in 0..self.asking.searcher.segment_readers().len() {
                self.best_of(first, segment, &mut scorings, best)?;
            }
        }
        Ok(least)
    }

    /// Offers the documents of a segment that hold the word in one field and in none before it.
    fn best_of(
        &self,
        first: usize,
        segment: usize,
        scorings: &mut [Scoring<'_>],
        best: &mut Best<'_>,
    ) -> tantivy::Result<()> {
        let searcher = self.asking.searcher;
        let reader = searcher.segment_reader(segment as u32);
        let (before, scorings) = scorings.split_at_mut(first);
        let Some((scoring, behind)) = scorings.split_first_mut() else { return Ok(()) };
        scoring.segment = segment;
        if scoring.word.frequency(segment) == 0 {
            return Ok(());
        }
        for other in before.iter_mut().chain(behind.iter_mut()) {
            other.open(segment)?;
        }
        // What the fields behind may add to what this one gives.
        let more: Score = behind.iter().map(Scoring::most).sum();
        let mut take = |doc: DocId, score: Score, best: &mut Best<'_>| {
            if score + more < best.floor() || before.iter_mut().any(|field| field.holds(doc)) {
                return;
            }
            let score = score + behind.iter_mut().map(|field| field.score(doc)).sum::<Score>();
            if score >= best.floor() && !reader.is_deleted(doc) {
                best.offer(score, DocAddress::new(segment as u32, doc));
            }
        };
        if scoring.word.frequency(segment) < MANY {
            return scoring.each(|doc, score| take(doc, score, best));
        }
        // Those that score as much as the last of the best are not passed over.
        let least = |best: &Best<'_>| best.floor() / ROUNDING - more;
        if scoring.most() < least(best) {
            return Ok(());
        }
        let doubt = scoring.word.prose.doubt(segment) * ROUNDING;
        let by_word = scoring.word.weight;
        let weight = scoring.weight(searcher)?;
        scoring.open(segment)?;
        let done =
            weight.for_each_pruning(least(best) / doubt / by_word, reader, &mut |doc, score| {
                take(doc, if by_word == 1.0 { score } else { scoring.score(doc) }, best);
                least(best) / doubt / by_word
            });
        scoring.weight = Some(weight);
        done
    }

    /// Hands all documents that hold the word to a collector that needs no scores, in no order.
    pub(super) fn collect<C: Collector>(&self, collector: &C) -> tantivy::Result<C::Fruit> {
        let mut harvest = Vec::new();
        for (segment, number) in self.asking.searcher.segment_readers().iter().zip(0..) {
            let mut of_segment = collector.for_segment(number, segment)?;
            let mut left = Vec::new();
            self.each_block(number as usize, |docs| {
                let Some(alive) = segment.alive_bitset() else {
                    return of_segment.collect_block(docs);
                };
                left.clear();
                left.extend(docs.iter().copied().filter(|doc| alive.is_alive(*doc)));
                of_segment.collect_block(&left);
            })?;
            harvest.push(of_segment.harvest());
        }
        collector.merge_fruits(harvest)
    }

    /// Reads the documents of a segment that hold the word, the deleted ones with them, each once.
    fn each_block(&self, segment: usize, mut take: impl FnMut(&[DocId])) -> tantivy::Result<()> {
        for list in self.lists() {
            let Some(mut block) = list.blocks(segment, IndexRecordOption::Basic)? else { continue };
            while !block.docs().is_empty() {
                take(block.docs());
                block.advance();
            }
        }
        Ok(())
    }

    /// How many hold the word, and the latest of them, so many of them or more, where they are among
    /// the latest of all stories.
    pub(super) fn latest(&self, needed: usize) -> tantivy::Result<Option<(u64, Vec<DocAddress>)>> {
        let Asking { searcher, kept, fields, .. } = self.asking;
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
            let among = self.among(documents[of_segment[0]].segment_ord as usize, &docs)?;
            of_segment.iter().zip(among).for_each(|(at, is)| holds[*at] = is);
        }
        let held = documents.iter().zip(holds).filter(|(_, is)| *is);
        Ok(held.map(|(document, _)| *document).collect())
    }
}

/// What a word in one field gives to scores.
struct Scoring<'a> {
    word: &'a WordIn,
    similarity: &'a Bm25Weight,
    weight: Option<Box<dyn Weight>>,
    /// The segment being read, and its postings there.
    segment: usize,
    postings: Option<SegmentPostings>,
}

impl<'a> Scoring<'a> {
    fn of(word: &'a WordIn) -> Self {
        let similarity = word.similarity();
        Self { word, similarity, weight: None, segment: 0, postings: None }
    }

    /// Goes to the front of a segment.
    fn open(&mut self, segment: usize) -> tantivy::Result<()> {
        self.segment = segment;
        self.postings = self.word.postings(segment, IndexRecordOption::WithFreqs)?;
        Ok(())
    }

    /// What it gives at most: no text is so short, and holds it so often.
    fn most(&self) -> Score {
        self.similarity.score(0, u32::MAX)
    }

    fn holds(&mut self, doc: DocId) -> bool {
        self.postings.as_mut().is_some_and(|postings| is_at(postings, doc))
    }

    /// What it gives to a document behind those asked for; 0 where it does not stand there.
    fn score(&mut self, doc: DocId) -> Score {
        let Some(postings) = &mut self.postings else { return 0.0 };
        if !is_at(postings, doc) {
            return 0.0;
        }
        let norm = self.word.prose.norms(self.segment).fieldnorm_id(doc);
        self.similarity.score(norm, postings.term_freq())
    }

    /// Reads all documents that hold it.
    fn each(&self, mut take: impl FnMut(DocId, Score)) -> tantivy::Result<()> {
        let norms = self.word.prose.norms(self.segment);
        let blocks = self.word.blocks(self.segment, IndexRecordOption::WithFreqs)?;
        let Some(mut block) = blocks else { return Ok(()) };
        while !block.docs().is_empty() {
            for (doc, times) in block.docs().iter().zip(block.freqs()) {
                take(*doc, self.similarity.score(norms.fieldnorm_id(*doc), *times));
            }
            block.advance();
        }
        Ok(())
    }

    /// The same as tantivy has it, which passes over blocks of postings: but not where the word counts
    /// more or less than once, so that it scores here as if it counted once.
    fn weight(&mut self, searcher: &Searcher) -> tantivy::Result<Box<dyn Weight>> {
        if let Some(weight) = self.weight.take() {
            return Ok(weight);
        }
        let query = TermQuery::new(self.word.term.clone(), IndexRecordOption::WithFreqs);
        query.weight(EnableScoring::enabled_from_searcher(searcher))
    }
}

/// Goes on to a document, and tells whether it is in the list.
fn is_at(postings: &mut SegmentPostings, doc: DocId) -> bool {
    let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
    at == doc
}
