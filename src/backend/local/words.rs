//! The word rules of `text::words`, as tantivy wants to be given them.

use std::borrow::Cow;
use std::fmt::Write;
use std::str::Lines;

use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::text::words::{
    Begins, Word, Words, WordsAndBounds, Writing, words, words_and_bounds, writing,
};

/// The name under which the rules are registered.
pub(super) const TOKENIZER: &str = "onrecord_words";
/// The name of the same with marks: the bounds of sentences and paragraphs, and capitals.
pub(super) const PROSE_TOKENIZER: &str = "onrecord_prose";

/// The word that stands at the first word of each sentence. Folded words have letters and digits
/// only, so that no word is taken for it.
pub(super) const SENTENCE: &str = ".";
/// The word that stands at the first word of each paragraph.
pub(super) const PARAGRAPH: &str = "¶";

/// The word that stands at each word with a capital and a small letter.
pub(super) const MIXED: &str = "^";
/// The word that stands at each word with capitals and no small letter.
pub(super) const CAPITALS: &str = "^^";

/// What the word begins with that stands where somebody is named: behind it come the last word of
/// their fullest name, a blank, all of the name, [`LENGTH`] and how many words name them there.
pub(super) const NAMED: char = '@';
/// Stands between a name and the number of words that name somebody there.
pub(super) const LENGTH: char = '#';

/// Stands behind a text, before the table of the places in it that name somebody.
const TABLE: &str = "\u{E000}";

/// The word that stands where somebody is named.
pub(super) fn naming(name: &str, length: u32) -> String {
    let mut word = naming_start(name);
    word.push_str(name);
    word.push(LENGTH);
    word.push_str(&length.to_string());
    word
}

/// What the words begin with that stand where somebody is named whose name ends as this one.
pub(super) fn naming_start(name: &str) -> String {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let mut start = String::with_capacity(last.len() + name.len() + 6);
    start.push(NAMED);
    start.push_str(last);
    start.push(' ');
    start
}

/// A text with the table of the places in it that name somebody: at which byte each begins, and the
/// word for it. The tokenizer is shown nothing but a text.
pub(super) fn with_namings(text: &str, mut places: Vec<(usize, String)>) -> Cow<'_, str> {
    if places.is_empty() && memchr::memmem::find(text.as_bytes(), TABLE.as_bytes()).is_none() {
        return text.into();
    }
    places.sort_unstable();
    let room = places.iter().map(|(_, word)| word.len() + 12).sum::<usize>();
    let mut whole = String::with_capacity(text.len() + TABLE.len() + room);
    whole.push_str(text);
    whole.push_str(TABLE);
    for (start, word) in places {
        // Writing to a string cannot fail.
        let _ = writeln!(whole, "{start} {word}");
    }
    whole.into()
}

/// Registers the rules; every opening of an index must, reader and writer alike.
pub(super) fn register(index: &Index) {
    let tokenizers = index.tokenizers();
    tokenizers.register(TOKENIZER, TextAnalyzer::from(WordTokenizer::default()));
    tokenizers.register(PROSE_TOKENIZER, TextAnalyzer::from(ProseTokenizer::default()));
}

#[derive(Clone, Default)]
struct WordTokenizer {
    token: Token,
}

struct WordStream<'a> {
    words: Words<'a>,
    token: &'a mut Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { words: words(text), token: &mut self.token }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        write(self.token, &word);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn write(token: &mut Token, word: &Word<'_>) {
    token.text.clear();
    token.text.push_str(&word.folded);
    token.offset_from = word.span.start();
    token.offset_to = word.span.end();
    token.position = word.position as usize;
}

#[derive(Clone, Default)]
struct ProseTokenizer {
    token: Token,
}

struct ProseStream<'a> {
    text: &'a str,
    words: WordsAndBounds<'a>,
    /// The lines of the table that are left, and the place that the last one read tells of.
    table: Lines<'a>,
    naming: Option<(usize, &'a str)>,
    token: &'a mut Token,
    /// The word whose marks are being given, and those that are left of them.
    held: Option<(Word<'a>, &'static [&'static str])>,
}

impl<'a> ProseStream<'a> {
    /// The word for the next place that names somebody, where it begins before a byte.
    fn naming_before(&mut self, end: usize) -> Option<&'a str> {
        let (_, word) = self.naming.take_if(|(start, _)| *start < end)?;
        self.naming = next_naming(&mut self.table);
        Some(word)
    }
}

/// Reads a line of the table: at which byte a place begins, and the word for it.
fn next_naming<'a>(table: &mut Lines<'a>) -> Option<(usize, &'a str)> {
    let (start, word) = table.next()?.split_once(' ')?;
    Some((start.parse().ok()?, word))
}

impl Tokenizer for ProseTokenizer {
    type TokenStream<'a> = ProseStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ProseStream<'a> {
        self.token.reset();
        let (text, table) = without_table(text);
        let mut table = table.lines();
        ProseStream {
            text,
            words: words_and_bounds(text),
            naming: next_naming(&mut table),
            table,
            token: &mut self.token,
            held: None,
        }
    }
}

/// A text and the table behind it.
fn without_table(text: &str) -> (&str, &str) {
    match memchr::memmem::rfind(text.as_bytes(), TABLE.as_bytes()) {
        Some(at) => (&text[..at], &text[at + TABLE.len()..]),
        None => (text, ""),
    }
}

/// The marks of a word.
fn marks(begins: Option<Begins>, writing: Writing) -> &'static [&'static str] {
    match (begins, writing) {
        (None, Writing::Small) => &[],
        (None, Writing::Mixed) => &[MIXED],
        (None, Writing::Capitals) => &[CAPITALS],
        (Some(Begins::Sentence), Writing::Small) => &[SENTENCE],
        (Some(Begins::Sentence), Writing::Mixed) => &[SENTENCE, MIXED],
        (Some(Begins::Sentence), Writing::Capitals) => &[SENTENCE, CAPITALS],
        (Some(Begins::Paragraph), Writing::Small) => &[PARAGRAPH, SENTENCE],
        (Some(Begins::Paragraph), Writing::Mixed) => &[PARAGRAPH, SENTENCE, MIXED],
        (Some(Begins::Paragraph), Writing::Capitals) => &[PARAGRAPH, SENTENCE, CAPITALS],
    }
}

impl TokenStream for ProseStream<'_> {
    fn advance(&mut self) -> bool {
        if self.held.is_none() {
            let Some((word, begins)) = self.words.next() else { return false };
            let writing = match word.folded {
                // What is folded as it stands has no capitals.
                Cow::Borrowed(_) => Writing::Small,
                Cow::Owned(_) => writing(word.span.of(self.text)),
            };
            self.held = Some((word, marks(begins, writing)));
        }
        let Some((word, marks)) = self.held.take() else { return false };
        write(self.token, &word);
        let mark = match marks.split_first() {
            Some((mark, rest)) => {
                self.held = Some((word, rest));
                Some(*mark)
            }
            None => {
                let naming = self.naming_before(word.span.end());
                self.held = naming.map(|_| (word, marks));
                naming
            }
        };
        if let Some(mark) = mark {
            self.token.text.clear();
            self.token.text.push_str(mark);
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
