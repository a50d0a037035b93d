//! The tables of words as one dictionary: what kind a word is.
//!
//! Comes in: a word. Goes out: its classes, a set of bits. The words themselves stand in `names`
//! and `verbs`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::names;
use super::verbs::{self, Form, Frame};
use class as c;

/// What the tables say of a word: a set of the constants of [`class`].
pub type Class = u64;

/// The classes of words.
pub mod class {
    #![allow(missing_docs, reason = "each is named by what it holds")]
    pub const SAY: u64 = 1;
    pub const TELL: u64 = 1 << 1;
    pub const CALL: u64 = 1 << 2;
    pub const THINK: u64 = 1 << 3;
    pub const ACT: u64 = 1 << 4;
    pub const BASE: u64 = 1 << 5;
    pub const FINITE: u64 = 1 << 6;
    pub const PARTICIPLE: u64 = 1 << 7;
    pub const INVERTS: u64 = 1 << 8;
    pub const SAYING: u64 = 1 << 9;
    pub const AUXILIARY: u64 = 1 << 10;
    pub const NEGATION: u64 = 1 << 11;
    pub const ADVERB: u64 = 1 << 12;
    pub const PREPOSITION: u64 = 1 << 13;
    pub const SUBORDINATOR: u64 = 1 << 14;
    pub const DETERMINER: u64 = 1 << 15;
    pub const POSSESSIVE: u64 = 1 << 16;
    pub const AND: u64 = 1 << 17;
    pub const HE: u64 = 1 << 18;
    pub const SHE: u64 = 1 << 19;
    pub const THEY: u64 = 1 << 20;
    pub const IT: u64 = 1 << 21;
    pub const I: u64 = 1 << 22;
    pub const YOU: u64 = 1 << 23;
    pub const WHO: u64 = 1 << 24;
    pub const TITLE: u64 = 1 << 25;
    pub const MALE: u64 = 1 << 26;
    pub const FEMALE: u64 = 1 << 27;
    pub const ROLE: u64 = 1 << 28;
    pub const KIN: u64 = 1 << 29;
    pub const GROUP: u64 = 1 << 30;
    pub const FIRST_NAME: u64 = 1 << 31;
    pub const PARTICLE: u64 = 1 << 32;
    pub const SUFFIX: u64 = 1 << 33;
    pub const ORGANISATION: u64 = 1 << 34;
    pub const PLACE: u64 = 1 << 35;
    pub const COMMON: u64 = 1 << 36;
    pub const JOINER: u64 = 1 << 37;
    pub const WEAK: u64 = 1 << 38;
    pub const NATION: u64 = 1 << 39;
    pub const STATE_BODY: u64 = 1 << 40;
    pub const DOING: u64 = 1 << 41;
    pub const DOCUMENT: u64 = 1 << 42;
    pub const LOCATIVE: u64 = 1 << 43;
    pub const PARTY: u64 = 1 << 44;
    pub const PRONOUN: u64 = HE | SHE | THEY | IT | I | YOU;
    pub const CUE: u64 = SAY | TELL | CALL | THINK;
    pub const VERB: u64 = CUE | ACT | AUXILIARY;
}

/// The longest word of the tables, in bytes.
const LONGEST: usize = 24;

/// What the tables say of a word, however it is written.
pub fn classes_of(word: &str) -> Class {
    let bytes = word.as_bytes();
    // "R-Fla.", "D-Ohio": a party and a state, no name.
    if matches!(bytes, [b'R' | b'D' | b'I', b'-', b'A'..=b'Z', ..]) {
        return c::PARTY | c::COMMON;
    }
    if bytes.len() > LONGEST {
        return ending(bytes);
    }
    let mut low = [0u8; LONGEST];
    let mut len = bytes.len();
    if word.is_ascii() {
        low[..len].copy_from_slice(bytes);
        low[..len].make_ascii_lowercase();
    } else {
        len = fold_marks(bytes, &mut low);
    }
    if len > 1 && low[len - 1] == b'.' {
        len -= 1;
    }
    match LEXICON.get(&low[..len]) {
        Some(class) => *class,
        None => ending(&low[..len]),
    }
}

/// Lowers a word whose apostrophes may be curly.
fn fold_marks(bytes: &[u8], low: &mut [u8; LONGEST]) -> usize {
    let (mut at, mut len) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == 0xE2 && bytes.get(at + 1) == Some(&0x80) {
            low[len] = b'\'';
            at += 3;
        } else {
            low[len] = bytes[at].to_ascii_lowercase();
            at += 1;
        }
        len += 1;
    }
    len
}

/// What the end of an unknown word says of it.
fn ending(word: &[u8]) -> Class {
    if word.len() > 4 && word.ends_with(b"ly") {
        return c::ADVERB;
    }
    if word.len() > 5 && word.ends_with(b"ing") {
        return c::DOING;
    }
    0
}

static LEXICON: LazyLock<FxHashMap<Box<[u8]>, Class>> = LazyLock::new(|| {
    let mut lexicon: FxHashMap<Box<[u8]>, Class> = FxHashMap::default();
    let mut put = |word: &str, class: Class| {
        *lexicon.entry(word.as_bytes().into()).or_default() |= class;
    };
    verbs::forms(|word, frame, form| put(word, frame_class(frame) | form_class(form)));
    for (list, class) in LISTS {
        for word in list.split_ascii_whitespace() {
            put(word, *class);
        }
    }
    lexicon
});

fn frame_class(frame: Frame) -> Class {
    match frame {
        Frame::Say => c::SAY,
        Frame::Tell => c::TELL,
        Frame::Call => c::CALL,
        Frame::Think => c::THINK,
        Frame::Act => c::ACT,
    }
}

fn form_class(form: Form) -> Class {
    match form {
        Form::Base => c::BASE,
        Form::Finite => c::FINITE,
        Form::Participle => c::PARTICIPLE,
    }
}

/// Every list of words with the class it gives.
const LISTS: &[(&str, Class)] = &[
    (verbs::INVERTING, c::INVERTS),
    (verbs::SAYINGS, c::SAYING),
    (verbs::WEAK, c::WEAK),
    (names::NATIONS, c::COMMON | c::NATION),
    (names::STATE_BODIES, c::STATE_BODY),
    (names::AUXILIARIES, c::AUXILIARY),
    (names::NEGATIONS, c::NEGATION),
    (names::ADVERBS, c::ADVERB),
    (names::PREPOSITIONS, c::PREPOSITION),
    (names::SUBORDINATORS, c::SUBORDINATOR),
    (names::DETERMINERS, c::DETERMINER),
    (names::POSSESSIVES, c::POSSESSIVE),
    (names::TITLES, c::TITLE),
    (names::TITLES_OF_MEN, c::TITLE | c::MALE),
    (names::TITLES_OF_WOMEN, c::TITLE | c::FEMALE),
    (names::ROLES, c::ROLE),
    (names::KIN, c::KIN),
    (names::GROUPS, c::GROUP),
    (names::DOCUMENTS, c::DOCUMENT),
    (names::WOMEN, c::FEMALE),
    (names::MEN, c::MALE),
    (names::WOMEN_NAMED, c::FIRST_NAME | c::FEMALE),
    (names::MEN_NAMED, c::FIRST_NAME | c::MALE),
    (names::PARTICLES, c::PARTICLE),
    (names::SUFFIXES, c::SUFFIX),
    (names::ORGANISATIONS, c::ORGANISATION),
    (names::PLACES, c::PLACE),
    (names::COMMON, c::COMMON),
    (names::JOINERS, c::JOINER),
    ("in at near", c::LOCATIVE),
    ("and & or but", c::AND),
    ("he", c::HE),
    ("she", c::SHE),
    ("they", c::THEY),
    ("it", c::IT),
    ("i we", c::I),
    ("you", c::YOU),
    ("who which", c::WHO),
];
