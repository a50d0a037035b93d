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
    pub const CROWD: u64 = 1 << 45;
    pub const LIMIT: u64 = 1 << 46;
    pub const STANCE: u64 = 1 << 47;
    pub const COMPOUND: u64 = 1 << 48;
    pub const PRONOUN: u64 = HE | SHE | THEY | IT | I | YOU;
    pub const CUE: u64 = SAY | TELL | CALL | THINK;
    pub const VERB: u64 = CUE | ACT | AUXILIARY;
}

/// The longest word of the tables, in bytes; a longer one says what its ending says.
const LONGEST: usize = 24;

/// A short word as a number, so that it is hashed and compared at once: its bytes, then zeros.
pub type Key = (u128, u64);

/// A word of up to twenty-four bytes in small letters, as a key.
///
/// ```
/// use onrecord::text::lexicon::key;
/// assert_eq!(key(b"Said"), key(b"said"));
/// ```
#[inline]
pub fn key(word: &[u8]) -> Key {
    // Five words of six are this short.
    if word.len() <= 8 {
        return (u128::from(lowered(packed(word))), 0);
    }
    let (front, rest) = word.split_at(word.len().min(16));
    let (low, high) = front.split_at(8);
    let rest = lowered(packed(&rest[..rest.len().min(8)]));
    (u128::from(lowered(packed(low))) | u128::from(lowered(packed(high))) << 64, rest)
}

/// What words mean, where most words that are asked for mean nothing: those are told by a few bits.
pub struct Meanings<T> {
    /// Words of up to eight letters, as most are, by the one number that they are.
    short: FxHashMap<u64, T>,
    long: FxHashMap<Key, T>,
    /// A bit for each word that is known, and by chance for a few others.
    bits: Box<[u64]>,
}

impl<T> Meanings<T> {
    /// Makes a table; of a word that comes twice the last meaning stands.
    pub fn new(meanings: impl IntoIterator<Item = (Key, T)>) -> Self {
        let known: FxHashMap<Key, T> = meanings.into_iter().collect();
        // Sixteen bits a word, so that one unknown word in sixteen is looked up in vain.
        let size = (known.len() / 4).next_power_of_two();
        let mut bits = vec![0; size].into_boxed_slice();
        let (mut short, mut long) = (FxHashMap::default(), FxHashMap::default());
        for (word, meaning) in known {
            let bit = mixed(word);
            bits[bit / 64 % size] |= 1 << (bit % 64);
            match as_short(word) {
                Some(word) => short.insert(word, meaning),
                None => long.insert(word, meaning),
            };
        }
        Self { short, long, bits }
    }

    /// What a word means.
    #[inline]
    pub fn get(&self, word: Key) -> Option<&T> {
        let bit = mixed(word);
        // The size is a power of two, so that this is no division.
        let bits = self.bits[(bit / 64) & (self.bits.len() - 1)];
        if bits >> (bit % 64) & 1 == 0 {
            return None;
        }
        match as_short(word) {
            Some(word) => self.short.get(&word),
            None => self.long.get(&word),
        }
    }
}

/// A word of up to eight letters as one number.
#[inline]
fn as_short((front, rest): Key) -> Option<u64> {
    u64::try_from(front).ok().filter(|_| rest == 0)
}

/// A number whose bits depend on all of a word's.
#[inline]
fn mixed((front, rest): Key) -> usize {
    let folded = front as u64 ^ ((front >> 64) as u64).rotate_left(29) ^ rest.rotate_left(47);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// Up to eight bytes as a number.
#[inline]
fn packed(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
        return u64::from(u32::from_le_bytes(*first)) | last;
    }
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    match bytes.len() {
        0 => 0,
        // The middle is the first or the last where there are less than three.
        length => byte(0) | byte(length / 2) | byte(length - 1),
    }
}

/// Eight letters of ASCII in small ones, all at once (Warren, Hacker's Delight, 6-1).
#[inline]
fn lowered(word: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let low = word & (EACH * 0x7F);
    let from_a = low + EACH * u64::from(0x80 - b'A');
    let behind_z = low + EACH * u64::from(0x7F - b'Z');
    let capitals = (from_a ^ behind_z) & !word & (EACH * 0x80);
    word | capitals >> 2
}

/// What the tables say of a word, however it is written.
#[inline]
pub fn classes_of(word: &str) -> Class {
    let bytes = word.as_bytes();
    // "R-Fla.", "D-Ohio": a party and a state, no name.
    if matches!(bytes, [b'R' | b'D' | b'I', b'-', b'A'..=b'Z', ..]) {
        return c::PARTY | c::COMMON;
    }
    match bytes {
        [first @ .., b'.'] if !first.is_empty() => class_of(first),
        _ if word.is_ascii() => class_of(bytes),
        _ => class_of(word.replace('’', "'").as_bytes()),
    }
}

/// What the tables say of a word of letters and digits of ASCII alone.
#[inline]
pub fn classes_of_letters(word: &[u8]) -> Class {
    if word.len() > LONGEST {
        return ending_of_letters(word);
    }
    LEXICON.get(key(word)).copied().unwrap_or_else(|| ending_of_letters(word))
}

#[inline]
fn class_of(word: &[u8]) -> Class {
    if word.len() > LONGEST {
        return ending(word);
    }
    LEXICON.get(key(word)).copied().unwrap_or_else(|| ending(word))
}

/// What the end of an unknown word says of it.
fn ending(word: &[u8]) -> Class {
    if matches!(word.last(), Some(b'd' | b'n' | b's' | b'g')) && is_compound(word) {
        return c::COMPOUND;
    }
    ending_of_letters(word)
}

/// What the end of an unknown word without a hyphen says of it.
#[inline]
fn ending_of_letters(word: &[u8]) -> Class {
    let ends = |tail: &[u8]| {
        let from = word.len().checked_sub(tail.len());
        from.is_some_and(|from| word[from..].eq_ignore_ascii_case(tail))
    };
    match word.last() {
        Some(b'y' | b'Y') if word.len() > 4 && ends(b"ly") => c::ADVERB,
        Some(b'g' | b'G') if word.len() > 5 && ends(b"ing") => c::DOING,
        _ => 0,
    }
}

/// Whether a word is a name or a small word with a common one behind: "Elmtown-born",
/// "Fact-checkers"; but "Geun-hye" is a name.
fn is_compound(word: &[u8]) -> bool {
    const TAILS: &[&[u8]] =
        &[b"ed", b"born", b"led", b"ers", b"ists", b"ans", b"ants", b"ing", b"makers"];
    let Some(dash) = word.iter().rposition(|byte| *byte == b'-') else { return false };
    let tail = &word[dash + 1..];
    word[0].is_ascii_uppercase()
        && tail.iter().all(u8::is_ascii_lowercase)
        && TAILS.iter().any(|end| tail.ends_with(end))
}

static LEXICON: LazyLock<Meanings<Class>> = LazyLock::new(|| {
    let mut lexicon: FxHashMap<Key, Class> = FxHashMap::default();
    let mut put = |word: &str, class: Class| {
        debug_assert!(word.len() <= LONGEST, "{word} is longer than a key");
        *lexicon.entry(key(word.as_bytes())).or_default() |= class;
    };
    verbs::forms(|word, frame, form| put(word, frame_class(frame) | form_class(form)));
    for (list, class) in LISTS {
        for word in list.split_ascii_whitespace() {
            put(word, *class);
        }
    }
    for word in names::COMMON.split_ascii_whitespace().filter(|word| *word != "early") {
        put(word, ending(word.as_bytes()) & c::ADVERB);
    }
    Meanings::new(lexicon)
});

fn frame_class(frame: Frame) -> Class {
    match frame {
        Frame::Say => c::SAY,
        Frame::Tell => c::TELL,
        Frame::Call => c::CALL,
        Frame::Think => c::THINK,
        Frame::Stand => c::THINK | c::STANCE,
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

/// Adverbs that often begin sentences: the table of words that are no names hides their ending,
/// and "who previously said" would be said by "previously".
const OPENING_ADVERBS: &str = "apparently certainly clearly currently especially eventually \
    fortunately frankly generally lately obviously occasionally presumably previously really sadly \
    separately similarly seemingly surely surprisingly thankfully traditionally typically \
    ultimately unfortunately usually";

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
    (names::LIMITS, c::LIMIT),
    (names::KIN, c::KIN),
    (names::GROUPS, c::GROUP),
    (names::CROWDS, c::GROUP | c::CROWD),
    (names::DOCUMENTS, c::DOCUMENT),
    (names::WOMEN, c::FEMALE),
    (names::MEN, c::MALE),
    (names::WOMEN_NAMED, c::FIRST_NAME | c::FEMALE),
    (names::MEN_NAMED, c::FIRST_NAME | c::MALE),
    (names::PARTICLES, c::PARTICLE),
    (names::SUFFIXES, c::SUFFIX),
    (names::ORGANISATIONS, c::ORGANISATION),
    (names::PLACES, c::PLACE),
    (names::PLACE_WORDS, c::PLACE),
    (names::COMMON, c::COMMON),
    (names::JOINERS, c::JOINER),
    (OPENING_ADVERBS, c::ADVERB),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_tables_fits_a_key() {
        for word in LISTS.iter().flat_map(|(list, _)| list.split_ascii_whitespace()) {
            assert!(word.len() <= LONGEST, "{word}");
        }
        verbs::forms(|word, _, _| assert!(word.len() <= LONGEST, "{word}"));
    }

    #[test]
    fn keys_differ_exactly_where_words_in_small_letters_do() {
        let letters = b"@AZ[`az{'-\xC3\x9F09";
        for length in 0..24 {
            let word: Vec<u8> = (0..length).map(|at| letters[at * 7 % letters.len()]).collect();
            assert_eq!(key(&word), key(&word.to_ascii_lowercase()));
            for at in 0..length {
                let mut other = word.clone();
                other[at] = b'q';
                assert_ne!(key(&word), key(&other), "{word:?}");
            }
            assert_ne!(key(&word), key(&[word.as_slice(), b"x"].concat()));
        }
    }

    #[test]
    fn words_are_known_however_they_are_written() {
        assert_eq!(classes_of("SAID"), classes_of("said"));
        assert_eq!(classes_of("Mr."), classes_of("mr"));
        assert_eq!(classes_of("didn’t"), classes_of("didn't"));
        assert_eq!(classes_of("zestfully"), c::ADVERB);
        assert_eq!(classes_of("extraordinarily so"), 0);
    }
}
