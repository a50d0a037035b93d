//! A text cut into its words, as a text again: what the writer's threads are given of a headline and a body.
//!
//! tantivy cuts texts itself, on the threads that write the index. But a story's sketch and the places of
//! its statements are found in the same words, so they are cut once, where its document is made, and
//! tantivy's tokenizer reads them off.
//!
//! ```text
//! script = word*
//! word   = a byte for its marks, [positions left empty before it, ':'], folded word, naming*
//! naming = 0x1F, the word that stands where somebody is named
//! ```
//!
//! Only where a paragraph begins positions are left empty. Folded words and names have no byte below 0x20.

use std::fmt::Write;

use memchr::memmem;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::words::{CAPITALS, MIXED, PARAGRAPH, SENTENCE, SMALL, write_naming};
use crate::text::words::{Begins, Cut, Writing, words_and_bounds};

/// Stands before a word for somebody who is named.
const NAMING: char = '\u{1F}';
/// Stands behind the number of positions that are left empty.
const GAP_END: char = ':';
/// The first byte that parts nothing.
const FIRST_SHOWN: u8 = 0x20;

/// The marks of a word: of those written small, mixed and in capitals that begin nothing, then of those
/// that begin a sentence, then a paragraph. The byte for them is the place in this list, from 1.
pub(super) const MARKS: [&[&str]; 9] = [
    &[],
    &[MIXED],
    &[CAPITALS],
    &[SENTENCE, SMALL],
    &[SENTENCE],
    &[SENTENCE, CAPITALS],
    &[PARAGRAPH, SMALL],
    &[PARAGRAPH],
    &[PARAGRAPH, CAPITALS],
];
/// The byte for the first marks of a paragraph.
const PARAGRAPHS: u8 = 7;

/// A text's words, as they are met.
#[derive(Default)]
pub(super) struct Script {
    text: String,
    /// The position of the next word, where none is left empty.
    next: u32,
}

impl Script {
    /// An empty one, with room for the words of so many bytes of text.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes + bytes / 4), next: 0 }
    }

    /// Adds a word of a text and gives it, folded.
    pub(super) fn add(&mut self, text: &str, cut: &Cut, begins: Option<Begins>) -> &str {
        let marks = marks(begins, cut.writing(text));
        self.text.push(char::from(marks));
        if marks >= PARAGRAPHS {
            // Writing to a string cannot fail.
            let _ = write!(self.text, "{}{GAP_END}", cut.position - self.next);
        }
        self.next = cut.position + 1;
        let start = self.text.len();
        cut.fold_onto(text, &mut self.text);
        &self.text[start..]
    }

    /// Adds the word that stands where somebody is named by so many words, at the word before.
    pub(super) fn add_naming(&mut self, name: &str, length: u32) {
        self.text.push(NAMING);
        write_naming(name, length, &mut self.text);
    }

    /// Whether a folded word is among those of the text.
    pub(super) fn holds(&self, word: &str) -> bool {
        let written = self.text.as_bytes();
        let parts = |byte: u8| byte < FIRST_SHOWN || char::from(byte) == GAP_END;
        memmem::find_iter(written, word.as_bytes()).any(|start| {
            let is_whole = written.get(start + word.len()).is_none_or(|next| *next < FIRST_SHOWN);
            is_whole && start.checked_sub(1).is_some_and(|before| parts(written[before]))
        })
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// The byte for the marks of a word.
fn marks(begins: Option<Begins>, writing: Writing) -> u8 {
    let writing = match writing {
        Writing::Small => 0,
        Writing::Mixed => 1,
        Writing::Capitals => 2,
    };
    let begins = match begins {
        None => 1,
        Some(Begins::Sentence) => 4,
        Some(Begins::Paragraph) => PARAGRAPHS,
    };
    begins + writing
}

/// The script of a text in which nobody is named.
pub(super) fn script(text: &str) -> String {
    let mut script = Script::with_room(text.len());
    let mut words = words_and_bounds(text);
    while let Some((cut, begins)) = words.next_cut() {
        script.add(text, &cut, begins);
    }
    script.into_text()
}

/// Reads a script from word to word.
pub(super) struct Reading<'a> {
    /// What is not read yet.
    rest: &'a str,
    /// The position of the next word, where none is left empty.
    next: usize,
    /// The position of the last word.
    position: usize,
}

/// What stands at a position of a script.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<'a> {
    /// A folded word, or the word for somebody who is named.
    pub(super) word: &'a str,
    /// From 0; words, marks and names may share one.
    pub(super) position: usize,
    /// The number of the word's marks in [`MARKS`]; none for a name.
    pub(super) marks: Option<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(script: &'a str) -> Self {
        Self { rest: script, next: 0, position: 0 }
    }

    /// How many bytes are not read yet.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Reads to the next byte that parts.
    fn take_shown(&mut self) -> &'a str {
        let shown = self.rest.bytes().take_while(|byte| *byte >= FIRST_SHOWN).count();
        let (shown, rest) = self.rest.split_at(shown);
        self.rest = rest;
        shown
    }

    /// Reads how many positions are left empty; none where it does not stand there.
    fn take_gap(&mut self) -> usize {
        let Some((gap, rest)) = self.rest.split_once(GAP_END) else { return 0 };
        self.rest = rest;
        gap.parse().unwrap_or_default()
    }
}

impl<'a> Iterator for Reading<'a> {
    type Item = Written<'a>;

    #[inline]
    fn next(&mut self) -> Option<Written<'a>> {
        let &first = self.rest.as_bytes().first()?;
        self.rest = self.rest.get(1..).unwrap_or_default();
        if first == NAMING as u8 {
            return Some(Written { word: self.take_shown(), position: self.position, marks: None });
        }
        let gap = if first >= PARAGRAPHS { self.take_gap() } else { 0 };
        self.position = self.next + gap;
        self.next = self.position + 1;
        let marks = usize::from(first).checked_sub(1).filter(|marks| *marks < MARKS.len());
        Some(Written { word: self.take_shown(), position: self.position, marks })
    }
}

/// Reads scripts for tantivy.
#[derive(Clone, Default)]
pub(super) struct ScriptTokenizer {
    token: Token,
}

/// The words of a script, each followed by its marks and by those it names.
pub(super) struct ScriptStream<'a> {
    reading: Reading<'a>,
    /// The marks of the last word that are left.
    marks: &'static [&'static str],
    token: &'a mut Token,
}

impl Tokenizer for ScriptTokenizer {
    type TokenStream<'a> = ScriptStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ScriptStream<'a> {
        self.token.reset();
        ScriptStream { reading: Reading::of(text), marks: &[], token: &mut self.token }
    }
}

impl ScriptStream<'_> {
    fn give(&mut self, word: &str) {
        self.token.text.clear();
        self.token.text.push_str(word);
    }
}

impl TokenStream for ScriptStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some((mark, marks)) = self.marks.split_first() {
            self.marks = marks;
            self.give(mark);
            return true;
        }
        let Some(written) = self.reading.next() else { return false };
        self.token.position = written.position;
        self.marks = written.marks.map_or(&[], |marks| MARKS[marks]);
        self.give(written.word);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;
    use proptest::prelude::*;

    /// The words of a script with their positions.
    fn read(script: &str) -> Vec<(usize, String)> {
        let mut tokenizer = ScriptTokenizer::default();
        let mut stream = tokenizer.token_stream(script);
        let mut read = Vec::new();
        while stream.advance() {
            read.push((stream.token().position, stream.token().text.clone()));
        }
        read
    }

    #[test]
    fn marks_stand_at_their_words() {
        let read = read(&script("It rained. In NEWTON, Elmland, it did. 40 came.\n\nALL day."));
        let read: Vec<_> = read.iter().map(|(at, word)| (*at, word.as_str())).collect();
        let first = [(0, "it"), (0, PARAGRAPH), (1, "rained"), (2, "in"), (2, SENTENCE)];
        assert_eq!(read[..5], first);
        let second = [(3, "newton"), (3, CAPITALS), (4, "elmland"), (4, MIXED), (5, "it")];
        assert_eq!(read[5..10], second);
        let third = [(7, "40"), (7, SENTENCE), (7, SMALL), (8, "came")];
        assert_eq!(read[11..15], third);
        assert_eq!(read[15..], [(10, "all"), (10, PARAGRAPH), (10, CAPITALS), (11, "day")]);
    }

    #[test]
    fn those_named_stand_behind_the_marks() {
        let text = "Vane spoke";
        let mut script = Script::default();
        let mut words = words_and_bounds(text);
        while let Some((cut, begins)) = words.next_cut() {
            if script.add(text, &cut, begins) == "vane" {
                script.add_naming("ada vane", 1);
                script.add_naming("ben vane", 1);
            }
        }
        let read = read(&script.into_text());
        let read: Vec<_> = read.iter().map(|(at, word)| (*at, word.as_str())).collect();
        let named =
            [(0, PARAGRAPH), (0, "@vane ada vane#1"), (0, "@vane ben vane#1"), (1, "spoke")];
        assert_eq!(read[1..], named);
    }

    proptest! {
        #[test]
        fn a_script_holds_no_other_words(
            text in "[a-c:, \n]{0,40}", other in "[a-c]{1,3}"
        ) {
            let mut script = Script::default();
            let mut cuts = words_and_bounds(&text);
            while let Some((cut, begins)) = cuts.next_cut() {
                script.add(&text, &cut, begins);
                script.add_naming("a b c", 2);
            }
            let is_held = words(&text).any(|word| word.folded == other.as_str());
            prop_assert_eq!(script.holds(&other), is_held);
        }

        #[test]
        fn a_script_holds_the_words_and_positions_of_its_text(
            text in "\\PC{0,60}|[a-zA-Z.,'’ \n0-9é東\u{1}\u{1E}\u{1F}:]{0,60}"
        ) {
            let read = read(&script(&text));
            let marks = [SENTENCE, PARAGRAPH, MIXED, CAPITALS, SMALL];
            let is_mark = |word: &str| marks.contains(&word);
            let read: Vec<_> = read.into_iter().filter(|(_, word)| !is_mark(word)).collect();
            let words = words(&text).map(|word| (word.position as usize, word.folded.into_owned()));
            prop_assert_eq!(read, words.collect::<Vec<_>>());
        }
    }
}
