//! The word rules of `text::words`, as tantivy wants to be given them.

use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::text::words::{Words, words};

/// The name under which the rules are registered.
pub(super) const TOKENIZER: &str = "onrecord_words";

/// Registers the rules; every opening of an index must, reader and writer alike.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(TOKENIZER, TextAnalyzer::from(WordTokenizer::default()));
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
