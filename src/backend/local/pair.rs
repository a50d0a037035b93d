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
use super::prose::{BLOCK, WordIn};
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
        let mut best = Best::new(self.asking.kept.columns(searcher, Scope::Stories)?, wanted);
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
    /// Documents of one word.
    held: Held,
    /// How often the rarer word stands in each document.
    few: Table,
}

/// The documents that hold a word in each field, in order, and how often.
#[derive(Default)]
struct Held([Vec<(DocId, u32)>; FIELDS]);

impl Held {
    /// All of them, in order.
    fn documents(&self) -> impl Iterator<Item = (DocId, Times)> + '_ {
        let mut rest = self.0.each_ref().map(Vec::as_slice);
        std::iter::from_fn(move || {
            let (doc, _) = *rest.iter().filter_map(|field| field.first()).min()?;
            let times = rest.each_mut().map(|field| match field.split_first() {
                Some(((at, times), behind)) if *at == doc => {
                    *field = behind;
                    *times
                }
                _ => 0,
            });
            Some((doc, times))
        })
    }
}

/// How often a word stands in each document of a segment.
#[derive(Default)]
struct Table {
    /// Four bits for each field; [`OFTEN`] where it is as often or more.
    times: Vec<u8>,
    /// Those documents of each field, in order.
    often: [Vec<(DocId, u32)>; FIELDS],
}

/// See [`Table`].
const OFTEN: u8 = 15;
/// See [`Table`].
const BITS: usize = 4;

impl Table {
    fn read(&mut self, side: &Side<'_>, documents: u32) -> tantivy::Result<()> {
        self.times.clear();
        self.times.resize(documents as usize, 0);
        self.often.iter_mut().for_each(Vec::clear);
        for (number, (field, often)) in side.word.iter().zip(&mut self.often).enumerate() {
            let blocks = field.blocks(side.segment, IndexRecordOption::WithFreqs)?;
            let Some(mut block) = blocks else { continue };
            while !block.docs().is_empty() {
                for (doc, times) in block.docs().iter().zip(block.freqs()) {
                    let few = u8::try_from(*times).unwrap_or(OFTEN).min(OFTEN);
                    if few == OFTEN {
                        often.push((*doc, *times));
                    }
                    if let Some(of_document) = self.times.get_mut(*doc as usize) {
                        *of_document |= few << (BITS * number);
                    }
                }
                block.advance();
            }
        }
        Ok(())
    }

    /// Whether the word stands in any field of a document.
    fn holds(&self, doc: DocId) -> bool {
        self.times.get(doc as usize).is_some_and(|times| *times != 0)
    }

    fn of(&self, doc: DocId) -> Times {
        let told = self.times.get(doc as usize).copied().unwrap_or_default();
        std::array::from_fn(|number| match told >> (BITS * number) & OFTEN {
            OFTEN => {
                let often = &self.often[number];
                let at = often.binary_search_by_key(&doc, |(doc, _)| *doc);
                at.map_or(u32::from(OFTEN), |at| often[at].1)
            }
            few => u32::from(few),
        })
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

    /// Reads the documents that hold it, of those that are wanted.
    fn read(&self, held: &mut Held, is_wanted: impl Fn(DocId) -> bool) -> tantivy::Result<()> {
        held.0.iter_mut().for_each(Vec::clear);
        for (field, held) in self.word.iter().zip(&mut held.0) {
            let blocks = field.blocks(self.segment, IndexRecordOption::WithFreqs)?;
            let Some(mut block) = blocks else { continue };
            while !block.docs().is_empty() {
                // Written down first and counted then: which are wanted is not to be foretold.
                let mut wanted = [(0, 0); BLOCK];
                let mut count = 0;
                for (doc, times) in block.docs().iter().zip(block.freqs()) {
                    wanted[count % BLOCK] = (*doc, *times);
                    count += usize::from(is_wanted(*doc));
                }
                held.extend_from_slice(&wanted[..count]);
                block.advance();
            }
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
        for (doc, few) in room.held.documents() {
            let mut many = Times::default();
            for (list, times) in lists.iter_mut().zip(&mut many) {
                if let Some(list) = list {
                    let at = if list.doc() < doc { list.seek(doc) } else { list.doc() };
                    *times = if at == doc { list.term_freq() } else { 0 };
                }
            }
            if many != Times::default() {
                self.take(doc, few, many);
            }
        }
        Ok(())
    }

    /// Reads the rarer into a table, and takes the documents of the other that stand there.
    fn look_up(&mut self, room: &mut Room) -> tantivy::Result<()> {
        room.few.read(&self.few, self.reader.max_doc())?;
        self.many.read(&mut room.held, |doc| room.few.holds(doc))?;
        for (doc, many) in room.held.documents() {
            let few = room.few.of(doc);
            if self.is_too_long(doc, &few, &many) {
                self.total += u64::from(!self.reader.is_deleted(doc));
            } else {
                self.take(doc, few, many);
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
