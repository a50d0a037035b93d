//! A text to tokens: words and marks, each looked up once in the tables of words.
//!
//! Comes in: a text and its quoted passages. Goes out: tokens in order, with what the tables say
//! of each word, its paragraph, and the quoted passage it stands in. Every step that asks who said
//! what works on these tokens and reads no letters again. Does not find sentences or names.

use std::str::Chars;

use super::letters::letters;
pub use super::lexicon::{Class, class};
use super::lexicon::{classes_of, classes_of_letters};
use super::quotation::Passage;
use super::sentences::{closing_end, ends_sentence};
use crate::model::Span;

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word in lower case.
    Lower,
    /// A word that begins with a capital.
    Capital,
    /// A word in capitals, of two letters and more.
    Upper,
    /// One capital letter, or several with stops: "J.", "U.S."
    Initial,
    /// Digits.
    Number,
    /// The 's or ' of a possessive.
    Genitive,
    /// A stop that ends a sentence.
    Stop,
    /// Any other mark; `Token::mark` says which.
    Mark,
    /// Where a quoted passage begins; `Token::passage` says which.
    Open,
    /// Where it ends.
    Close,
}

/// A word or a mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// How it is written.
    pub shape: Shape,
    /// The mark, for marks: dashes of all kinds are `-`.
    pub mark: u8,
    /// What the tables say of it.
    pub class: Class,
    /// The number of its paragraph.
    pub paragraph: u32,
    /// The outermost quoted passage it stands in, counted from 1; 0 outside.
    pub passage: u32,
}

impl Token {
    /// Whether it is of one of these classes.
    #[inline]
    pub fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }

    /// Whether it is a word that begins with a capital.
    #[inline]
    pub fn capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }

    /// Whether it is a word or a number.
    #[inline]
    pub fn word(&self) -> bool {
        !matches!(
            self.shape,
            Shape::Genitive | Shape::Stop | Shape::Mark | Shape::Open | Shape::Close
        )
    }
}

/// Cuts a text into tokens; `passages` are those of the same text, in order.
pub fn tokens(text: &str, passages: &[Passage]) -> Vec<Token> {
    let mut cutter = Cutter {
        text,
        passages,
        next: 0,
        inside: 0,
        paragraph: 0,
        found: Vec::with_capacity(text.len() / 4),
    };
    cutter.run();
    cutter.found
}

struct Cutter<'a> {
    text: &'a str,
    passages: &'a [Passage],
    /// The next outermost passage, as an index.
    next: usize,
    /// The passage being read, counted from 1; 0 outside.
    inside: u32,
    paragraph: u32,
    found: Vec<Token>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        let mut edge = self.next_edge();
        while at < bytes.len() {
            if at >= edge {
                let behind = self.passage_edge(at);
                edge = self.next_edge();
                if let Some(behind) = behind {
                    at = behind;
                    continue;
                }
            }
            at = match bytes[at] {
                b' ' | b'\t' | b'\r' => at + 1,
                b'\n' => self.newline(at),
                b if b.is_ascii_alphabetic() => self.word(at),
                b if b.is_ascii_digit() => self.number(at),
                b if b < 0x80 => self.mark(at, b),
                _ => self.other(at),
            };
        }
        self.passage_edge(bytes.len());
    }

    /// Where the next passage opens, or the one being read closes.
    fn next_edge(&self) -> usize {
        match self.inside.checked_sub(1) {
            Some(index) => self.passages[index as usize].inner.end(),
            None => self.passages.get(self.next).map_or(usize::MAX, |next| next.outer.start()),
        }
    }

    /// Opens or closes the passage whose edge stands here, and gives the byte behind its mark.
    fn passage_edge(&mut self, at: usize) -> Option<usize> {
        if self.inside > 0 {
            let passage = self.passages[self.inside as usize - 1];
            if at < passage.inner.end() {
                return None;
            }
            let span = Span::new(at, at.max(passage.outer.end()));
            self.push(span, Shape::Close, 0, 0);
            self.inside = 0;
            return (passage.outer.end() > at).then_some(passage.outer.end());
        }
        let passage = self.passages.get(self.next)?;
        if at < passage.outer.start() {
            return None;
        }
        let index = self.next;
        let begin = at.max(passage.inner.start());
        self.next += 1;
        while self.passages.get(self.next).is_some_and(|p| p.nested) {
            self.next += 1;
        }
        self.inside = index as u32 + 1;
        self.push(Span::new(at.min(begin), begin), Shape::Open, 0, 0);
        Some(begin)
    }

    fn push(&mut self, span: Span, shape: Shape, mark: u8, class: Class) {
        let (paragraph, passage) = (self.paragraph, self.inside);
        self.found.push(Token { span, shape, mark, class, paragraph, passage });
    }

    fn newline(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let soft = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
            && at > 0
            && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b',');
        if !soft {
            self.paragraph += 1;
        }
        at + 1
    }

    fn word(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        // Whether it is more than letters and digits of ASCII.
        let mut marked = false;
        loop {
            at += letters(&bytes[at..]);
            let inner = self.inner_mark(start, at);
            if inner == 0 {
                break;
            }
            at += inner;
            marked = true;
        }
        if at == start {
            return start;
        }
        let end = if marked { self.cut_genitive(start, at) } else { at };
        self.push_word(start, end, marked);
        if end < at {
            self.push(Span::new(end, at), Shape::Genitive, b'\'', 0);
        } else if self.plural_genitive(end) {
            let len = if bytes[end] == b'\'' { 1 } else { 3 };
            self.push(Span::new(end, end + len), Shape::Genitive, b'\'', 0);
            return end + len;
        }
        at
    }

    /// How many bytes belong to the word that are no letters of ASCII: a hyphen, the stop of an
    /// initial, an apostrophe between letters, any other letter.
    fn inner_mark(&self, start: usize, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let inner = |belongs: bool, len: usize| if belongs { len } else { 0 };
        match bytes.get(at) {
            Some(b'-' | b'&') => inner(bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric), 1),
            Some(b'.') => inner(self.inner_stop(start, at), 1),
            Some(b'\'') => inner(!self.ends_before_apostrophe(at + 1), 1),
            Some(0xE2) if self.text[at..].starts_with('’') => {
                inner(!self.ends_before_apostrophe(at + 3), 3)
            }
            Some(&byte) if byte >= 0xC2 && byte != 0xE2 && self.letter(at) => {
                self.text[at..].chars().next().map_or(0, char::len_utf8)
            }
            _ => 0,
        }
    }

    /// Whether a letter stands here, an accent that follows its letter, or the rest of a letter whose
    /// bytes were read in a wrong encoding: "AndrÃ©" is André.
    fn letter(&self, at: usize) -> bool {
        let mut here = self.text[at..].chars();
        here.next().is_some_and(|letter| match letter {
            '\u{80}'..='\u{bf}' => letter.is_alphabetic() || self.is_misread(at, here),
            '\u{300}'..='\u{36f}' => true,
            _ => letter.is_alphabetic(),
        })
    }

    /// Whether a mark between U+0080 and U+00BF goes on with the letter that its misread bytes began:
    /// behind "Ã", or behind "Â" and before a letter. Either may be written in two parts.
    fn is_misread(&self, at: usize, mut behind: Chars<'_>) -> bool {
        let before = &self.text[..at];
        if before.ends_with('Ã') || before.ends_with("A\u{303}") {
            return true;
        }
        (before.ends_with('Â') || before.ends_with("A\u{302}"))
            && !self.text[at..].starts_with('\u{a0}')
            && behind.next().is_some_and(char::is_alphabetic)
    }

    /// Whether a stop belongs to the word: initials, and abbreviations that are titles.
    fn inner_stop(&self, start: usize, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let word = &bytes[start..at];
        // "R-S.C.": a party and a state are one word, with its stops.
        let party = matches!(word, [b'R' | b'D' | b'I', b'-', ..]);
        let part = |&b: &u8| b == b'.' || party && b == b'-';
        let last = word.iter().rposition(part).map_or(0, |dot| dot + 1);
        word.len() - last == 1
            && word[last].is_ascii_alphabetic()
            && word.len() <= 8
            && (word[0].is_ascii_uppercase()
                || bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
    }

    /// Whether an apostrophe ends the word: no letter stands behind it, or the passage ends.
    fn ends_before_apostrophe(&self, behind: usize) -> bool {
        let letter = self.text[behind..].chars().next().is_some_and(char::is_alphabetic);
        !letter || self.inside > 0 && behind > self.passages[self.inside as usize - 1].inner.end()
    }

    /// Cuts "'s" off.
    fn cut_genitive(&self, start: usize, end: usize) -> usize {
        let word = &self.text[start..end];
        for tail in ["'s", "’s", "'S", "’S"] {
            if let Some(stem) = word.strip_suffix(tail) {
                return start + stem.len();
            }
        }
        end
    }

    fn plural_genitive(&self, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        if bytes[end - 1] != b's' || !matches!(bytes.get(end), Some(b'\'' | 0xE2)) {
            return false;
        }
        let rest = &self.text[end..];
        (rest.starts_with("' ") || rest.starts_with("’ "))
            && self
                .passages
                .get(self.inside.wrapping_sub(1) as usize)
                .is_none_or(|p| p.inner.end() != end)
    }

    fn push_word(&mut self, start: usize, end: usize, marked: bool) {
        let (shape, class) = if marked {
            let word = &self.text[start..end];
            (shape_of(word), classes_of(word))
        } else {
            let word = &self.text.as_bytes()[start..end];
            (shape_of_letters(word), classes_of_letters(word))
        };
        self.push(Span::new(start, end), shape, 0, class);
    }

    fn number(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < bytes.len() {
            let digit_behind = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            match bytes[at] {
                b if b.is_ascii_alphanumeric() => at += 1,
                b',' | b'.' | b':' | b'/' if digit_behind => at += 1,
                b'-' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => at += 1,
                _ => break,
            }
        }
        self.push(Span::new(start, at), Shape::Number, 0, 0);
        at
    }

    fn mark(&mut self, at: usize, mark: u8) -> usize {
        let bytes = self.text.as_bytes();
        if matches!(mark, b'.' | b'!' | b'?') {
            let behind = closing_end(self.text, at + 1);
            if ends_sentence(self.text, at, behind) {
                self.push(Span::new(at, at + 1), Shape::Stop, mark, 0);
                return at + 1;
            }
            // The stop of "Mr." or "Inc." is no token.
            return at + 1;
        }
        if mark == b'-' {
            let end = at + bytes[at..].iter().take_while(|&&b| b == b'-').count();
            self.push(Span::new(at, end), Shape::Mark, b'-', 0);
            return end;
        }
        // A quotation mark that pairs with none stands between no words: `"POE: We will see.`
        if mark != b'"' {
            self.push(Span::new(at, at + 1), Shape::Mark, mark, 0);
        }
        at + 1
    }

    /// A letter or a mark beyond ASCII.
    fn other(&mut self, at: usize) -> usize {
        let Some(letter) = self.text[at..].chars().next() else { return at + 1 };
        let len = letter.len_utf8();
        if letter.is_alphabetic() {
            return self.word(at).max(at + len);
        }
        match letter {
            '—' | '–' | '―' => self.push(Span::new(at, at + len), Shape::Mark, b'-', 0),
            '…' => self.push(Span::new(at, at + len), Shape::Mark, b',', 0),
            _ => {}
        }
        at + len
    }
}

/// How a word of letters and digits of ASCII alone is written.
#[inline]
fn shape_of_letters(word: &[u8]) -> Shape {
    match word {
        [first, ..] if first.is_ascii_lowercase() => Shape::Lower,
        [_] => Shape::Initial,
        _ if word.iter().any(u8::is_ascii_lowercase) => Shape::Capital,
        _ => Shape::Upper,
    }
}

fn shape_of(word: &str) -> Shape {
    let bytes = word.as_bytes();
    let first = word.chars().next();
    if first.is_some_and(char::is_lowercase) {
        // "al-Rashid", "d'Estaing", "iPhone" are written low and are names all the same.
        let tail = word.split_once(['-', '\'', '’']).map(|(head, tail)| (head.len(), tail));
        let named =
            tail.is_some_and(|(head, tail)| head <= 2 && tail.starts_with(char::is_uppercase));
        return if named { Shape::Capital } else { Shape::Lower };
    }
    if bytes.len() == 1 || bytes.contains(&b'.') {
        return Shape::Initial;
    }
    let lower = bytes.iter().any(u8::is_ascii_lowercase) || word.chars().any(char::is_lowercase);
    if lower { Shape::Capital } else { Shape::Upper }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::quotation::passages;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, &passages(text)).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn words_marks_and_passages_are_told_apart() {
        assert_eq!(
            cut("Mr. O’Hara’s aide, J.R. Poe, said: “Don’t!” Then"),
            [
                "Mr", "O’Hara", "’s", "aide", ",", "J.R.", "Poe", ",", "said", ":", "“", "Don’t",
                "!", "”", "Then"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_tokens_in_order(text in "[A-Za-z.'’“”\"s,\n -]{0,80}|\\PC{0,40}") {
            let mut end = 0;
            for token in tokens(&text, &passages(&text)) {
                prop_assert!(token.span.start() >= end);
                prop_assert!(text.get(token.span.start()..token.span.end()).is_some());
                end = token.span.end();
            }
        }
    }
}
