//! A query of two words: how many documents hold both, and the best of them.
//!
//! Where both are frequent, a table of the documents of a segment takes the lists of the rarer, and the
//! documents of the other are looked up in it. Where one is much rarer, its documents are sought in
//! the lists of the other.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentReader};

use super::ask::Asking;
use super::best::{Best, Wanted};
use super::prose::WordIn;
use crate::model::{Node, Scope};

/// In how many fields a word is sought at most.
const FIELDS: usize = 2;
/// How many times rarer a word is whose documents are sought in the lists of the other: to seek one
/// takes about as long as to read so many.
const RARER: u32 = 12;
/// Up to how often words stand in a document for [`Limits`] to tell of it.
const TIMES: usize = 16;

/// How often a word stands in each field of a document.
type Times = [u32; FIELDS];

/// Two words, each in the fields it is sought in.
pub(super) struct Pair<'a> {
    asking: &'a Asking<'a>,
    pub(super) words: Vec<Vec<WordIn>>,
}

impl<'a> Pair<'a> {
    /// Takes a query of two words of the text, where nothing is left out of the answer.
    pub(super) fn of(asking: &'a Asking<'a>, query: &Node) -> tantivy::Result<Option<Self>> {
        let Node::And(parts) = query else { return Ok(None) };
        let [Node::Term(one_field, one), Node::Term(other_field, other)] = parts.as_slice() else {
            return Ok(None);
        };
        if asking.held_at.is_some() {
            return Ok(None);
        }
        let (Some(one), Some(other)) =
            (asking.word(*one_field, one)?, asking.word(*other_field, other)?)
        else {
            return Ok(None);
        };
        Ok(Some(Self { asking, words: vec![one, other] }))
    }

    /// How many documents hold both, and the best of them by score.
    pub(super) fn best(&self, wanted: Wanted) -> tantivy::Result<(u64, Best<'a>)> {
        let searcher = self.asking.searcher;
        let mut best = Best::of_all(self.asking.kept.columns(searcher, Scope::Stories)?, wanted);
        let handles = |word: &[WordIn]| word.iter().map(|field| field.prose.field).collect();
        let (one, other): (Vec<Handle>, Vec<Handle>) =
            (handles(&self.words[0]), handles(&self.words[1]));
        let are_alike = one == other;
        let mut room = self.asking.kept.room();
        let mut total = 0;
        // Which word is the rarer may differ from segment to segment: either order has its limits.
        let mut limits = [Limits::default(), Limits::default()];
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let side = |at: usize| Side { word: &self.words[at], segment };
            let (mut few, mut many) = (side(0), side(1));
            let is_turned = few.frequency() > many.frequency();
            if is_turned {
                std::mem::swap(&mut few, &mut many);
            }
            let is_rarer = few.frequency() < many.frequency() / RARER;
            let limits = &mut limits[usize::from(is_turned)];
            let best = &mut best;
            let mut both = Both { few, many, reader, best, limits, are_alike, total: 0 };
            if is_rarer {
                both.seek(&mut room)?
            } else {
                both.look_up(&mut room)?
            }
            total += both.total;
        }
        self.asking.kept.give_back(room);
        Ok((total, best))
    }
}

/// What is read of a segment, kept for its room.
#[derive(Default)]
pub(super) struct Room {
    /// Documents of one word, in order.
    held: Vec<(DocId, Times)>,
    /// How often the rarer word stands in each field.
    few: [Table; FIELDS],
    /// A byte for each document: not 0 where it holds the rarer in any.
    either: Vec<u8>,
}

/// How often a word stands in each document of a segment.
#[derive(Default)]
struct Table {
    /// 255 where it is more often than can be told here.
    times: Vec<u8>,
    /// Those documents, in order.
    often: Vec<(DocId, u32)>,
}

impl Table {
    fn read(&mut self, field: &WordIn, segment: usize, documents: u32) -> tantivy::Result<()> {
        self.times.clear();
        self.times.resize(documents as usize, 0);
        self.often.clear();
        let blocks = field.blocks(segment, IndexRecordOption::WithFreqs)?;
        let Some(mut block) = blocks else { return Ok(()) };
        while !block.docs().is_empty() {
            for (doc, times) in block.docs().iter().zip(block.freqs()) {
                let few = u8::try_from(*times).unwrap_or(u8::MAX);
                if few == u8::MAX {
                    self.often.push((*doc, *times));
                }
                if let Some(of_document) = self.times.get_mut(*doc as usize) {
                    *of_document = few;
                }
            }
            block.advance();
        }
        Ok(())
    }

    fn of(&self, doc: DocId) -> u32 {
        match self.times.get(doc as usize) {
            None => 0,
            Some(&u8::MAX) => {
                let at = self.often.binary_search_by_key(&doc, |(doc, _)| *doc);
                at.map_or(u32::from(u8::MAX), |at| self.often[at].1)
            }
            Some(times) => u32::from(*times),
        }
    }
}

/// From which length on a document cannot be among the best that holds the words so many times in its
/// last field, and in no other.
///
/// The longer a text, the less a word counts: where one is too long, so is each that is no shorter.
/// What is needed to be among the best never falls.
struct Limits([[u16; TIMES]; TIMES]);

impl Default for Limits {
    fn default() -> Self {
        Self([[u16::MAX; TIMES]; TIMES])
    }
}

impl Limits {
    fn of(&mut self, few: u32, many: u32) -> Option<&mut u16> {
        self.0.get_mut(few as usize)?.get_mut(many as usize)
    }
}

/// One of the words in one segment.
struct Side<'a> {
    word: &'a [WordIn],
    segment: usize,
}

impl Side<'_> {
    /// In how many documents it stands, those counted for each field that hold it in several.
    fn frequency(&self) -> u32 {
        self.word.iter().map(|field| field.frequency(self.segment)).sum()
    }

    /// Reads the documents that hold it, of those that are wanted, in order.
    fn read(
        &self,
        held: &mut Vec<(DocId, Times)>,
        is_wanted: impl Fn(DocId) -> bool,
    ) -> tantivy::Result<()> {
        held.clear();
        for (number, field) in self.word.iter().enumerate() {
            let blocks = field.blocks(self.segment, IndexRecordOption::WithFreqs)?;
            let Some(mut block) = blocks else { continue };
            while !block.docs().is_empty() {
                let documents = block.docs().iter().zip(block.freqs());
                let wanted = documents.filter(|(doc, _)| is_wanted(**doc));
                held.extend(wanted.map(|(doc, times)| {
                    let mut of_field = Times::default();
                    of_field[number] = *times;
                    (*doc, of_field)
                }));
                block.advance();
            }
        }
        // Runs that are in order each: they are merged.
        held.sort_by_key(|(doc, _)| *doc);
        held.dedup_by(|next, (doc, times)| {
            let is_same = next.0 == *doc;
            if is_same {
                times.iter_mut().zip(next.1).for_each(|(times, more)| *times += more);
            }
            is_same
        });
        Ok(())
    }

    /// Reads how often it stands in each document, field by field.
    fn tabulate(&self, tables: &mut [Table], documents: u32) -> tantivy::Result<()> {
        for (field, table) in self.word.iter().zip(tables) {
            table.read(field, self.segment, documents)?;
        }
        Ok(())
    }

    fn score(&self, doc: DocId, times: &Times) -> Score {
        let stands = self.word.iter().zip(times).filter(|(_, times)| **times > 0);
        let scores = stands.map(|(field, times)| {
            let norm = field.prose.norms(self.segment).fieldnorm_id(doc);
            field.similarity().score(norm, *times)
        });
        scores.sum()
    }
}

/// Both words in one segment.
struct Both<'a, 'b, 'c> {
    few: Side<'a>,
    many: Side<'a>,
    reader: &'a SegmentReader,
    best: &'b mut Best<'c>,
    limits: &'b mut Limits,
    /// Whether they are sought in the same fields, of whose last the limits are.
    are_alike: bool,
    total: u64,
}

impl Both<'_, '_, '_> {
    /// Takes a document that holds both.
    fn take(&mut self, doc: DocId, few: Times, many: Times) {
        if self.reader.is_deleted(doc) {
            return;
        }
        self.total += 1;
        let score = self.few.score(doc, &few) + self.many.score(doc, &many);
        if score >= self.best.floor() {
            self.best.offer(score, DocAddress::new(self.few.segment as u32, doc));
            return;
        }
        let length = self.length(doc);
        if let Some(limit) = self.limit(&few, &many) {
            *limit = length.min(*limit);
        }
    }

    /// Seeks the documents of the one in the lists of the other.
    fn seek(&mut self, room: &mut Room) -> tantivy::Result<()> {
        self.few.read(&mut room.held, |_| true)?;
        let mut lists: Vec<Option<SegmentPostings>> = Vec::with_capacity(FIELDS);
        for field in self.many.word {
            lists.push(field.postings(self.many.segment, IndexRecordOption::WithFreqs)?);
        }
        for (doc, few) in &room.held {
            let mut many = Times::default();
            for (list, times) in lists.iter_mut().zip(&mut many) {
                if let Some(list) = list {
                    let at = if list.doc() < *doc { list.seek(*doc) } else { list.doc() };
                    *times = if at == *doc { list.term_freq() } else { 0 };
                }
            }
            if many != Times::default() {
                self.take(*doc, *few, many);
            }
        }
        Ok(())
    }

    /// Reads the rarer into tables, and takes the documents of the other that stand there.
    fn look_up(&mut self, room: &mut Room) -> tantivy::Result<()> {
        let few = &mut room.few[..self.few.word.len()];
        self.few.tabulate(few, self.reader.max_doc())?;
        either(few, &mut room.either);
        let either = room.either.as_slice();
        let holds_few = |doc| either.get(doc as usize).is_some_and(|times| *times != 0);
        self.many.read(&mut room.held, holds_few)?;
        for (doc, many) in &room.held {
            let few = times(few, *doc);
            if self.is_too_long(*doc, &few, many) {
                self.total += u64::from(!self.reader.is_deleted(*doc));
            } else {
                self.take(*doc, few, *many);
            }
        }
        Ok(())
    }

    /// Whether a document cannot be among the best by its length, as far as is known.
    fn is_too_long(&mut self, doc: DocId, few: &Times, many: &Times) -> bool {
        let length = self.length(doc);
        self.limit(few, many).is_some_and(|limit| length >= *limit)
    }

    /// From which length on a document cannot be among the best that holds the words so many times; none
    /// where that is not noted.
    fn limit(&mut self, few: &Times, many: &Times) -> Option<&mut u16> {
        let last = self.few.word.len().checked_sub(1).filter(|_| self.are_alike)?;
        let is_elsewhere = few[..last].iter().chain(&many[..last]).any(|times| *times > 0);
        self.limits.of(few[last], many[last]).filter(|_| !is_elsewhere)
    }

    /// The length of a document's last field, as scores know it.
    fn length(&self, doc: DocId) -> u16 {
        let last = self.few.word.last();
        last.map_or(0, |field| field.prose.norms(self.few.segment).fieldnorm_id(doc).into())
    }
}

/// Marks the documents in which a word stands in any field with other than 0.
fn either(tables: &[Table], marks: &mut Vec<u8>) {
    marks.clear();
    let Some((first, others)) = tables.split_first() else { return };
    marks.extend_from_slice(&first.times);
    for other in others {
        marks.iter_mut().zip(&other.times).for_each(|(mark, times)| *mark |= times);
    }
}

fn times(tables: &[Table], doc: DocId) -> Times {
    let mut times = Times::default();
    tables.iter().zip(&mut times).for_each(|(table, times)| *times = table.of(doc));
    times
}
