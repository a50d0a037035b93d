//! The word rules of `text::words`, as tantivy wants to be given them.

use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::text::words::{Begins, Word, Words, WordsAndBounds, words, words_and_bounds};

/// The name under which the rules are registered.
pub(super) const TOKENIZER: &str = "onrecord_words";
/// The name of the same with the bounds of sentences and paragraphs.
pub(super) const PROSE_TOKENIZER: &str = "onrecord_prose";

/// The word that stands at the first word of each sentence. Folded words have letters and digits
/// only, so that no word is taken for it.
pub(super) const SENTENCE: &str = ".";
/// The word that stands at the first word of each paragraph.
pub(super) const PARAGRAPH: &str = "¶";

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
    words: WordsAndBounds<'a>,
    token: &'a mut Token,
    /// The word whose bounds are being given, and those that are left of them.
    held: Option<(Word<'a>, &'static [&'static str])>,
}

impl Tokenizer for ProseTokenizer {
    type TokenStream<'a> = ProseStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ProseStream<'a> {
        self.token.reset();
        ProseStream { words: words_and_bounds(text), token: &mut self.token, held: None }
    }
}

impl TokenStream for ProseStream<'_> {
    fn advance(&mut self) -> bool {
        if self.held.is_none() {
            let Some((word, begins)) = self.words.next() else { return false };
            let marks: &[&str] = match begins {
                None => &[],
                Some(Begins::Sentence) => &[SENTENCE],
                Some(Begins::Paragraph) => &[PARAGRAPH, SENTENCE],
            };
            self.held = Some((word, marks));
        }
        let Some((word, marks)) = &mut self.held else { return false };
        write(self.token, word);
        match marks.split_first() {
            Some((mark, rest)) => {
                self.token.text.clear();
                self.token.text.push_str(mark);
                *marks = rest;
            }
            None => self.held = None,
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
