//! The word rules of `text::words`, as tantivy wants to be given them.

use std::fmt::Write;

use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use super::script::ScriptTokenizer;
use crate::text::words::{Words, words};

/// The name under which the rules are registered.
pub(super) const TOKENIZER: &str = "onrecord_words";
/// The name under which the reading of [`super::script`] is registered.
pub(super) const SCRIPT_TOKENIZER: &str = "onrecord_script";

/// The word that stands at the first word of each sentence that does not begin a paragraph. Folded words
/// have letters and digits only, so that no word is taken for it.
pub(super) const SENTENCE: &str = ".";
/// The word that stands at the first word of each paragraph, where a sentence begins too.
pub(super) const PARAGRAPH: &str = "¶";

/// How many paragraphs the opening of a story has.
pub(super) const OPENING_PARAGRAPHS: u32 = 2;

/// The word that stands at each word with a capital and a small letter that begins no sentence.
pub(super) const MIXED: &str = "^";
/// The word that stands at each word with capitals and no small letter.
pub(super) const CAPITALS: &str = "^^";
/// The word that stands at each word without a capital that begins a sentence: most have one there, so
/// that it takes less room to mark the others.
pub(super) const SMALL: &str = "_";

/// What the word begins with that stands where somebody is named: behind it come the last word of
/// their fullest name, a blank, all of the name, [`LENGTH`] and how many words name them there.
pub(super) const NAMED: char = '@';
/// Stands between a name and the number of words that name somebody there.
pub(super) const LENGTH: char = '#';

/// Writes the word that stands where somebody is named.
pub(super) fn write_naming(name: &str, length: u32, to: &mut String) {
    write_naming_start(name, to);
    to.push_str(name);
    to.push(LENGTH);
    // Writing to a string cannot fail.
    let _ = write!(to, "{length}");
}

/// What the words begin with that stand where somebody is named whose name ends as this one.
pub(super) fn naming_start(name: &str) -> String {
    let mut start = String::new();
    write_naming_start(name, &mut start);
    start
}

fn write_naming_start(name: &str, to: &mut String) {
    to.push(NAMED);
    to.push_str(name.rsplit(' ').next().unwrap_or_default());
    to.push(' ');
}

/// Registers the rules; every opening of an index must, reader and writer alike.
pub(super) fn register(index: &Index) {
    let tokenizers = index.tokenizers();
    tokenizers.register(TOKENIZER, TextAnalyzer::from(WordTokenizer::default()));
    tokenizers.register(SCRIPT_TOKENIZER, TextAnalyzer::from(ScriptTokenizer::default()));
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
        self.token.text.clear();
        self.token.text.push_str(&word.folded);
        self.token.offset_from = word.span.start();
        self.token.offset_to = word.span.end();
        self.token.position = word.position as usize;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
