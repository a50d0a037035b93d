//! The fields of running text, and the words sought in them: each word is looked up once in each
//! segment, however many things are asked of it.

use std::sync::{Arc, OnceLock};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{InvertedIndexReader, Score, Searcher, SegmentReader, Term};

/// How many documents a block of postings holds at most.
pub(super) const BLOCK: usize = 128;

/// A field of running text, in all segments.
pub(super) struct Prose {
    pub(super) field: Handle,
    segments: Vec<Segment>,
    /// How many words it holds, and how many documents there are, the deleted ones with them.
    words: u64,
    documents: u64,
}

/// The field in one segment.
struct Segment {
    index: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
    documents: u32,
}

impl Segment {
    fn of(segment: &SegmentReader, field: Handle) -> tantivy::Result<Self> {
        let norms = segment.fieldnorms_readers().get_field(field)?;
        let documents = segment.max_doc();
        Ok(Self {
            index: segment.inverted_index(field)?,
            norms: norms.unwrap_or_else(|| FieldNormReader::constant(documents, 1)),
            documents,
        })
    }
}

impl Prose {
    /// Opens a field.
    pub(super) fn open(searcher: &Searcher, field: Handle) -> tantivy::Result<Self> {
        let segments: tantivy::Result<Vec<Segment>> =
            searcher.segment_readers().iter().map(|segment| Segment::of(segment, field)).collect();
        let segments = segments?;
        let words = segments.iter().map(|segment| segment.index.total_num_tokens()).sum();
        let documents = segments.iter().map(|segment| u64::from(segment.documents)).sum();
        Ok(Self { field, segments, words, documents })
    }

    /// How many segments there are.
    pub(super) fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The lengths of a segment's texts, by which a score is divided.
    pub(super) fn norms(&self, segment: usize) -> &FieldNormReader {
        &self.segments[segment].norms
    }

    /// How many times more a document may score than what a segment says of its block of postings.
    ///
    /// A block names the document that scores most by the mean length of this segment's texts; by that
    /// of all segments it may be another. Both lengths part their scores by no more than their ratio.
    pub(super) fn doubt(&self, segment: usize) -> Score {
        let of_segment = &self.segments[segment];
        let here = of_segment.index.total_num_tokens();
        if self.words == 0 || here == 0 {
            return 1.0;
        }
        let mean = self.words as Score / self.documents as Score;
        let ratio = here as Score / of_segment.documents as Score / mean;
        ratio.max(1.0 / ratio).max(1.0)
    }
}

/// A word in one field: where each segment's dictionary has it.
pub(super) struct WordIn {
    pub(super) prose: Arc<Prose>,
    pub(super) term: Term,
    /// How much it counts for in this field.
    pub(super) weight: Score,
    infos: Vec<Option<TermInfo>>,
    /// In how many documents it stands, the deleted ones with them.
    pub(super) documents: u64,
    /// What it gives to scores, made when first asked for: a quotient for each length is more than many a
    /// list of postings takes to read.
    similarity: OnceLock<Bm25Weight>,
}

impl WordIn {
    /// Looks a word up.
    pub(super) fn look_up(prose: Arc<Prose>, word: &str, weight: Score) -> tantivy::Result<Self> {
        let term = Term::from_field_text(prose.field, word);
        let mut infos = Vec::with_capacity(prose.segments());
        for segment in &prose.segments {
            infos.push(segment.index.get_term_info(&term)?);
        }
        let documents = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Ok(Self { prose, term, weight, infos, documents, similarity: OnceLock::new() })
    }

    /// In how many documents of a segment it stands, the deleted ones with them.
    pub(super) fn frequency(&self, segment: usize) -> u32 {
        self.infos[segment].as_ref().map_or(0, |info| info.doc_freq)
    }

    /// Its postings in a segment; none where it does not stand there.
    pub(super) fn postings(
        &self,
        segment: usize,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let index = &self.prose.segments[segment].index;
        let read = |info| index.read_postings_from_terminfo(info, option);
        Ok(self.infos[segment].as_ref().map(read).transpose()?)
    }

    /// The same a block at a time.
    pub(super) fn blocks(
        &self,
        segment: usize,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let index = &self.prose.segments[segment].index;
        let read = |info| index.read_block_postings_from_terminfo(info, option);
        Ok(self.infos[segment].as_ref().map(read).transpose()?)
    }

    /// What it gives to the score of a document.
    pub(super) fn similarity(&self) -> &Bm25Weight {
        self.similarity.get_or_init(|| {
            let Prose { words, documents, .. } = *self.prose;
            let mean = words as Score / documents as Score;
            Bm25Weight::for_one_term_without_explain(self.documents, documents, mean)
                .boost_by(self.weight)
        })
    }

    /// What it gives at most: no text is so short, and holds it so often.
    pub(super) fn most(&self) -> Score {
        self.similarity().score(0, u32::MAX)
    }

    /// What it gives together with another word, where they stand in a place to each other.
    pub(super) fn similarity_with(&self, other: &Self) -> tantivy::Result<Bm25Weight> {
        let both = Bm25Weight::for_terms(
            &Known(&[self, other]),
            &[self.term.clone(), other.term.clone()],
        )?;
        Ok(both.boost_by(self.weight))
    }
}

/// What is known already of some words of one field.
struct Known<'a>(&'a [&'a WordIn]);

impl Bm25StatisticsProvider for Known<'_> {
    fn total_num_tokens(&self, _: Handle) -> tantivy::Result<u64> {
        Ok(self.0.first().map_or(0, |word| word.prose.words))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.0.first().map_or(0, |word| word.prose.documents))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.0.iter().find(|word| word.term == *term).map_or(0, |word| word.documents))
    }
}
