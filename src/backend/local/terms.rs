//! The terms of a segment while it is collected, each with where it stands.
//!
//! What is put down here is what tantivy's own writer would, and is written by tantivy's serializer into the
//! same files, to the byte (see `segment`). A term is looked up once for each time that it stands in a text,
//! by a number made of its bytes. Of a text of many words first all numbers are made, then all are looked up,
//! then all are compared: the memory for one word comes while the next is asked for.
//!
//! ```text
//! list with positions    = document*
//! document               = how much more than the last, position*, 0 before a next
//! position               = how much more than the last in this document, and one
//! list without positions = how much more than the last*
//! ```

use std::hash::Hasher;

use rustc_hash::FxHasher;
use tantivy::fieldnorm::FieldNormReaders;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field as Handle, Schema};

use super::lists::{List, Lists, take};
use super::script::{MARKS, Reading};

/// Stands behind the positions of a document before the next.
const END: u32 = 0;
/// How many slots the table has at first; always a power of two.
const FIRST_SLOTS: usize = 1 << 12;
/// Of so many slots one is taken at most.
const SLOTS_A_TERM: usize = 2;
/// Keys begin at multiples of so many bytes: 32 GB can be told so, and tantivy refuses a writer more than 4.
const KEY_UNIT: usize = 8;
/// The longest word that tantivy takes, in bytes.
const LONGEST: usize = tantivy::tokenizer::MAX_TOKEN_LEN;

/// The terms of all fields, as they are met.
pub(super) struct Terms {
    slots: Vec<Slot>,
    terms: Vec<Term>,
    /// The bytes of all terms.
    keys: Vec<u8>,
    lists: Lists,
    /// The words of a text under way.
    met: Vec<Met>,
}

/// Where a term may be found: the table has it at the first free slot from its number on.
#[derive(Clone, Copy)]
struct Slot {
    number: u32,
    /// [`FREE`], or which term.
    term: u32,
}

/// No term.
const FREE: u32 = u32::MAX;

/// A term and where it stands.
struct Term {
    /// The first bytes of its key: most words have no more, and need not be looked up elsewhere.
    first: u64,
    /// In units.
    key: u32,
    key_bytes: u16,
    field: u16,
    /// How many documents hold it.
    documents: u32,
    /// The last of them,
    document: u32,
    /// and the last position there.
    position: u32,
    list: List,
}

/// A word of a text under way.
#[derive(Clone, Copy)]
struct Met {
    number: u32,
    position: u32,
    /// Where it stands in the text.
    start: u32,
    bytes: u32,
    /// The term that it may be, or [`FREE`].
    term: u32,
}

/// How far the values of a field of a document reach.
#[derive(Clone, Copy, Default)]
pub(super) struct Reach {
    /// How many words there are.
    pub(super) words: u32,
    /// The position at which the next value begins.
    pub(super) next: u32,
}

impl Reach {
    /// Counts a word at a position.
    pub(super) fn note(&mut self, position: u32) {
        self.words += 1;
        self.next = self.next.max(position + 1);
    }

    /// Ends a value: the next begins a position further on.
    pub(super) fn end_value(&mut self) {
        self.next += 1;
    }
}

/// The terms of the marks of words in one field.
pub(super) type Marks = [Vec<u32>; MARKS.len()];

impl Terms {
    pub(super) fn new() -> Self {
        Self {
            slots: vec![Slot { number: 0, term: FREE }; FIRST_SLOTS],
            terms: Vec::new(),
            keys: Vec::new(),
            lists: Lists::default(),
            met: Vec::new(),
        }
    }

    /// How many bytes of memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.slots.len() * size_of::<Slot>()
            + self.terms.len() * size_of::<Term>()
            + self.keys.len()
            + self.lists.bytes()
    }

    /// The terms of the marks in a field.
    pub(super) fn marks(&mut self, field: Handle) -> Marks {
        MARKS.map(|marks| marks.iter().map(|mark| self.term(field, mark.as_bytes())).collect())
    }

    /// Notes that a document holds a value, without a position; tells whether it can be a term.
    pub(super) fn note(&mut self, field: Handle, value: &[u8], document: u32) -> bool {
        if value.len() > LONGEST {
            return false;
        }
        let term = self.term(field, value) as usize;
        let Some(term) = self.terms.get_mut(term) else { return false };
        if term.documents == 0 || term.document != document {
            self.lists.push(&mut term.list, document - term.document);
            term.documents += 1;
            term.document = document;
        }
        true
    }

    /// Notes that a document holds a word at a position; tells whether it can be a term.
    pub(super) fn note_at(
        &mut self,
        field: Handle,
        word: &[u8],
        document: u32,
        position: u32,
    ) -> bool {
        if word.len() > LONGEST {
            return false;
        }
        let term = self.term(field, word);
        self.place(term, document, position);
        true
    }

    /// Notes the words of a script, which is the next value of a field of a document.
    pub(super) fn note_script(
        &mut self,
        field: Handle,
        script: &str,
        marks: &Marks,
        document: u32,
        reach: &mut Reach,
    ) {
        let mut met = std::mem::take(&mut self.met);
        met.clear();
        let first = reach.next;
        let mut reading = Reading::of(script);
        while let Some(written) = reading.next() {
            let position = first + written.position as u32;
            let word = written.word.as_bytes();
            if word.len() <= LONGEST {
                reach.note(position);
                let number = number(field, word);
                let start = script.len() - reading.left() - word.len();
                let (start, bytes) = (start as u32, word.len() as u32);
                met.push(Met { number, position, start, bytes, term: FREE });
            }
            for mark in written.marks.iter().flat_map(|at| &marks[*at]) {
                reach.note(position);
                self.place(*mark, document, position);
            }
        }
        for one in &mut met {
            one.term = self.numbered(one.number);
        }
        for one in &met {
            let word = &script.as_bytes()[one.start as usize..];
            let bytes = one.bytes as usize;
            let is_it = one.term != FREE && self.is(one.term, field, word, bytes);
            let term =
                if is_it { one.term } else { self.term_of(one.number, field, &word[..bytes]) };
            self.place(term, document, one.position);
        }
        self.met = met;
        reach.end_value();
    }

    /// Puts a position of a document behind those of a term.
    fn place(&mut self, term: u32, document: u32, position: u32) {
        let Some(term) = self.terms.get_mut(term as usize) else { return };
        if term.documents == 0 || term.document != document {
            if term.documents > 0 {
                self.lists.push(&mut term.list, END);
            }
            self.lists.push(&mut term.list, document - term.document);
            term.documents += 1;
            (term.document, term.position) = (document, 0);
        }
        self.lists.push(&mut term.list, position - term.position + 1);
        term.position = position;
    }

    fn key(&self, term: &Term) -> &[u8] {
        let start = term.key as usize * KEY_UNIT;
        &self.keys[start..start + usize::from(term.key_bytes)]
    }

    /// The first term in the table with a number, which may be another's; or [`FREE`].
    fn numbered(&self, number: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = number as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.number == number || slot.term == FREE {
                return slot.term;
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether a term has a key of so many bytes, behind which more may follow.
    fn is(&self, term: u32, field: Handle, key: &[u8], bytes: usize) -> bool {
        let Some(term) = self.terms.get(term as usize) else { return false };
        u32::from(term.field) == field.field_id()
            && usize::from(term.key_bytes) == bytes
            && match key.first_chunk() {
                // What lies behind a short word is read with it and left out of account.
                Some(eight) if (1..=8).contains(&bytes) => {
                    (u64::from_le_bytes(*eight) ^ term.first) << (64 - 8 * bytes) == 0
                }
                _ => self.keys[term.key as usize * KEY_UNIT..][..bytes] == key[..bytes],
            }
    }

    fn term(&mut self, field: Handle, key: &[u8]) -> u32 {
        self.term_of(number(field, key), field, key)
    }

    /// Which term has a key, a new one where none has yet.
    fn term_of(&mut self, number: u32, field: Handle, key: &[u8]) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = number as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.term == FREE {
                break;
            }
            if slot.number == number && self.is(slot.term, field, key, key.len()) {
                return slot.term;
            }
            at = (at + 1) & mask;
        }
        let term = self.create(field, key);
        self.slots[at] = Slot { number, term };
        if self.terms.len() * SLOTS_A_TERM > self.slots.len() {
            self.grow();
        }
        term
    }

    #[cold]
    fn create(&mut self, field: Handle, key: &[u8]) -> u32 {
        let term = Term {
            first: u64::from_le_bytes(first_bytes(key)),
            key: (self.keys.len() / KEY_UNIT) as u32,
            key_bytes: key.len() as u16,
            field: field.field_id() as u16,
            documents: 0,
            document: 0,
            position: 0,
            list: self.lists.begin(),
        };
        self.keys.extend_from_slice(key);
        self.keys.resize(self.keys.len().next_multiple_of(KEY_UNIT), 0);
        self.terms.push(term);
        (self.terms.len() - 1) as u32
    }

    /// Makes the table twice as large.
    #[cold]
    fn grow(&mut self) {
        let doubled = vec![Slot { number: 0, term: FREE }; self.slots.len() * 2];
        let mask = doubled.len() - 1;
        for slot in std::mem::replace(&mut self.slots, doubled) {
            let mut at = slot.number as usize & mask;
            while slot.term != FREE && self.slots[at].term != FREE {
                at = (at + 1) & mask;
            }
            if slot.term != FREE {
                self.slots[at] = slot;
            }
        }
    }

    /// Writes all terms in order, field by field, with the totals of each field's words, by its number.
    ///
    /// # Errors
    /// Where the machine refuses to write.
    pub(super) fn write(
        &self,
        schema: &Schema,
        totals: &[u64],
        norms: &FieldNormReaders,
        to: &mut InvertedIndexSerializer,
    ) -> tantivy::Result<()> {
        let sorted = self.sorted();
        let mut buffers = Buffers::default();
        for of_field in sorted.chunk_by(|one, next| one.field == next.field) {
            let field = Handle::from_field_id(of_field[0].field.into());
            let kind = schema.get_field_entry(field).field_type().index_record_option();
            let has_positions = kind.is_some_and(|kind| kind.has_positions());
            let total = totals.get(usize::from(of_field[0].field)).copied().unwrap_or_default();
            let mut to = to.new_field(field, total, norms.get_field(field)?)?;
            for term in of_field.iter().filter_map(|one| self.terms.get(one.term as usize)) {
                self.lists.read(&term.list, &mut buffers.bytes);
                to.new_term(
                    self.key(term),
                    if has_positions { term.documents } else { 0 },
                    has_positions,
                )?;
                if has_positions {
                    buffers.write_positions(&mut to);
                } else {
                    buffers.write_documents(&mut to);
                }
                to.close_term()?;
            }
            to.close()?;
        }
        Ok(())
    }

    /// The terms that stand anywhere, in order.
    fn sorted(&self) -> Vec<Sorted> {
        let numbered = (0..).zip(&self.terms).filter(|(_, term)| term.documents > 0);
        let mut sorted: Vec<Sorted> = numbered
            .map(|(number, term)| Sorted {
                first: term.first.swap_bytes(),
                term: number,
                field: term.field,
            })
            .collect();
        sorted.sort_unstable_by(|one, other| {
            let by_first = (one.field, one.first).cmp(&(other.field, other.first));
            let key = |of: &Sorted| self.key(&self.terms[of.term as usize]);
            by_first.then_with(|| key(one).cmp(key(other)))
        });
        sorted
    }
}

/// A term in the order in which they are written.
struct Sorted {
    /// The first bytes of its key, so that most need not be looked at.
    first: u64,
    term: u32,
    field: u16,
}

/// The first bytes of a key, and zeros where it has no more.
fn first_bytes(key: &[u8]) -> [u8; 8] {
    let mut first = [0; 8];
    let count = key.len().min(first.len());
    first[..count].copy_from_slice(&key[..count]);
    first
}

/// A number made of a field and the bytes of a term.
fn number(field: Handle, key: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write_u32(field.field_id());
    hasher.write(key);
    hasher.finish() as u32
}

/// What a list is read into.
#[derive(Default)]
struct Buffers {
    bytes: Vec<u8>,
    positions: Vec<u32>,
}

impl Buffers {
    fn write_documents(&self, to: &mut FieldSerializer<'_>) {
        let mut rest = self.bytes.as_slice();
        let mut document = 0;
        while let Some(more) = take(&mut rest) {
            document += more;
            to.write_doc(document, 0, &[]);
        }
    }

    fn write_positions(&mut self, to: &mut FieldSerializer<'_>) {
        let mut rest = self.bytes.as_slice();
        let mut document = 0;
        while let Some(more) = take(&mut rest) {
            document += more;
            self.positions.clear();
            while let Some(position) = take(&mut rest).filter(|position| *position != END) {
                self.positions.push(position - 1);
            }
            to.write_doc(document, self.positions.len() as u32, &self.positions);
        }
    }
}
