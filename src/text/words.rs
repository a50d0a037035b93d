//! Words as the index and the query both see them.
//!
//! One rule set for three users: the index, the query parser and the marking of what matched. If
//! two of them disagreed, a word would be found and not shown, or shown and not found. A change of
//! any rule here is a change of [`VERSION`], and an index of another version is refused.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::folding::{fold, fold_onto, is_folded};
use super::letters::{letters, small_letters};
use super::sentences::{Sentences, sentences};
use crate::model::Span;

/// The version of these rules, kept in each index.
pub const VERSION: u32 = 2;

/// Parts two values of one field (two bylines, two speakers' names) that are kept in one text.
pub const VALUE_BREAK: char = '\u{1E}';

/// How far apart in position the last word of one value and the first of the next are, so that no
/// phrase and no proximity operator reaches across.
pub const VALUE_GAP: u32 = 1024;

/// How many positions are left empty between two paragraphs: a phrase never runs across, and the
/// distance between words stays what a reader would count, but for one.
pub const PARAGRAPH_GAP: u32 = 1;

/// The longest run of initials with their dots that is one word. Without an end to it, a hostile
/// "a.a.a." of a megabyte would be read anew at every dot.
const MOST_INITIALS: usize = 32;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word folded: lower case, no accents, no possessive, no dots or commas inside.
    pub folded: Cow<'a, str>,
    /// Where it stands in the text, without its possessive.
    pub span: Span,
    /// Its position, from 0.
    pub position: u32,
}

/// A word of a text before it is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// See [`Word::span`].
    pub span: Span,
    /// See [`Word::position`].
    pub position: u32,
    /// Whether it is known to be folded as it stands.
    pub is_folded: bool,
}

impl Cut {
    /// The word, of the text that it was cut from, folded.
    #[inline]
    pub fn folded<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let word = self.span.of(text);
        if self.is_folded { Cow::Borrowed(word) } else { fold(word) }
    }

    /// Writes the word, of the text that it was cut from, folded behind what `to` holds.
    #[inline]
    pub fn fold_onto(&self, text: &str, to: &mut String) {
        let word = self.span.of(text);
        if self.is_folded { to.push_str(word) } else { fold_onto(word, to) }
    }

    /// How the word is written in the text that it was cut from.
    #[inline]
    pub fn writing(&self, text: &str) -> Writing {
        // What is folded as it stands has no capitals.
        if self.is_folded { Writing::Small } else { writing(self.span.of(text)) }
    }
}

/// Finds the words of a text, in order.
///
/// A word is a run of letters and digits. Inside it may stand: an apostrophe between letters
/// ("O'Neill" is one word, "oneill"; a possessive 's or a final apostrophe is dropped), dots
/// between single letters ("U.S." is "us"), and dots or commas between digits ("2,500" is "2500",
/// "1.5" stays "1.5"). A hyphen parts words. Each ideograph or kana is a word by itself, so that
/// scripts without spaces are found by phrase.
///
/// ```
/// use onrecord::text::words::words;
/// let folded: Vec<_> = words("The U.S. isn't Zelenskiy’s e-mail, 2,500 café").map(|w| w.folded).collect();
/// assert_eq!(folded, ["the", "us", "isnt", "zelenskiy", "e", "mail", "2500", "cafe"]);
/// ```
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, position: 0, fresh: true }
}

/// The words of a text; see [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    position: u32,
    fresh: bool,
}

/// What begins with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// A sentence that is not the first of its paragraph.
    Sentence,
    /// A paragraph, and its first sentence.
    Paragraph,
}

/// Finds the words of a text with the sentences and paragraphs that begin with them.
///
/// ```
/// use onrecord::text::words::{Begins, words_and_bounds};
/// let begins: Vec<_> = words_and_bounds("It was. It is.\n\nNo.").filter_map(|(_, b)| b).collect();
/// assert_eq!(begins, [Begins::Paragraph, Begins::Sentence, Begins::Paragraph]);
/// ```
pub fn words_and_bounds(text: &str) -> WordsAndBounds<'_> {
    WordsAndBounds { words: words(text), sentences: sentences(text), sentence_end: 0, next: None }
}

/// The words of a text and what begins with them; see [`words_and_bounds`].
#[derive(Clone, Debug)]
pub struct WordsAndBounds<'a> {
    words: Words<'a>,
    sentences: Sentences<'a>,
    /// The byte behind the sentence of the last word.
    sentence_end: usize,
    /// The position that the next word has where it stands in the same paragraph.
    next: Option<u32>,
}

impl WordsAndBounds<'_> {
    /// The next word, not folded, and what begins with it.
    pub fn next_cut(&mut self) -> Option<(Cut, Option<Begins>)> {
        let word = self.words.next_cut()?;
        let mut begins = None;
        while word.span.start() >= self.sentence_end
            && let Some(sentence) = self.sentences.next()
        {
            self.sentence_end = sentence.end();
            begins = Some(Begins::Sentence);
        }
        if self.next != Some(word.position) {
            begins = Some(Begins::Paragraph);
        }
        self.next = Some(word.position + 1);
        Some((word, begins))
    }
}

impl<'a> Iterator for WordsAndBounds<'a> {
    type Item = (Word<'a>, Option<Begins>);

    fn next(&mut self) -> Option<Self::Item> {
        let (cut, begins) = self.next_cut()?;
        Some((self.words.word(cut), begins))
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let cut = self.next_cut()?;
        Some(self.word(cut))
    }
}

impl<'a> Words<'a> {
    fn word(&self, cut: Cut) -> Word<'a> {
        Word { folded: cut.folded(self.text), span: cut.span, position: cut.position }
    }

    /// The next word, not folded.
    pub(crate) fn next_cut(&mut self) -> Option<Cut> {
        let start = self.skip_to_word()?;
        let plain_end = self.plain_end(start);
        self.at = plain_end.unwrap_or_else(|| self.word_end(start));
        let end = plain_end.unwrap_or_else(|| trim_possessive(self.text, start, self.at));
        let (span, position) = (Span::new(start, end), self.position);
        self.fresh = false;
        self.position += 1;
        Some(Cut { span, position, is_folded: plain_end.is_some() })
    }

    /// Moves to the next letter or digit, counting the breaks passed on the way.
    fn skip_to_word(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut newlines = 0;
        loop {
            let &byte = bytes.get(self.at)?;
            if byte.is_ascii_alphanumeric() {
                return Some(self.at);
            }
            if byte == b'\n' {
                newlines += 1;
                if newlines == 2 && !self.fresh {
                    self.position += PARAGRAPH_GAP;
                }
            } else if byte == VALUE_BREAK as u8 {
                self.position += VALUE_GAP;
                self.fresh = true;
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            let letter = letter_at(self.text, self.at)?;
            if letter.is_alphanumeric() {
                return Some(self.at);
            }
            self.at += letter.len_utf8();
        }
    }

    /// The end of a word that is folded as it stands, as four words of five are: small letters and
    /// digits, and behind them a mark that joins nothing.
    #[inline]
    fn plain_end(&self, start: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[start..];
        let length = small_letters(bytes);
        let ends = match bytes.get(length) {
            None => true,
            Some(b',' | b'.') => matches!(bytes.get(length + 1), None | Some(b' ' | b'\n')),
            Some(b'\'' | 0x80..) => false,
            Some(byte) => !byte.is_ascii_alphabetic(),
        };
        (ends && length > 0).then_some(start + length)
    }

    /// Finds the end of the word that starts at `start`.
    fn word_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            at += letters(&bytes[at..]);
            let Some(&byte) = bytes.get(at) else { return at };
            let next = match byte {
                b'\'' | b',' | b'.' => self.joined(start, at),
                // The first byte of ’, and of much else.
                0xE2 => self.joined(start, at).or_else(|| self.plain_letter(start, at)),
                0x80.. => self.plain_letter(start, at),
                _ => None,
            };
            match next {
                Some(next) => at = next,
                None => return at,
            }
        }
    }

    /// The byte behind the letter at `at`, where it goes on with the word from `start`.
    fn plain_letter(&self, start: usize, at: usize) -> Option<usize> {
        let letter = letter_at(self.text, at)?;
        let first = letter_at(self.text, start)?;
        if at > start && (stands_alone(letter) || stands_alone(first)) {
            return None;
        }
        (letter.is_alphanumeric() || is_combining_mark(letter) || is_invisible(letter))
            .then_some(at + letter.len_utf8())
    }

    /// The byte behind a mark at `at` that joins the word before it to what follows.
    fn joined(&self, start: usize, at: usize) -> Option<usize> {
        // Most marks are a comma or a stop with a blank behind, which joins nothing but initials.
        let bytes = self.text.as_bytes();
        if matches!(bytes.get(at + 1), None | Some(b' ' | b'\n'))
            && (bytes[at] != b'.' || bytes.get(start + 1) != Some(&b'.'))
        {
            return None;
        }
        let mark = letter_at(self.text, at)?;
        let next = at + mark.len_utf8();
        let before = self.text[start..at].chars().next_back()?;
        let after = letter_at(self.text, next);
        match mark {
            '\'' | '’' => {
                (before.is_alphabetic() && after.is_some_and(char::is_alphabetic)).then_some(next)
            }
            ',' => {
                let three = self.text.as_bytes().get(next..next + 3)?;
                let thousands = three.iter().all(u8::is_ascii_digit)
                    && !self.text.as_bytes().get(next + 3).is_some_and(u8::is_ascii_digit);
                (before.is_ascii_digit() && thousands).then_some(next)
            }
            '.' if before.is_ascii_digit() => {
                after.is_some_and(|c| c.is_ascii_digit()).then_some(next)
            }
            '.' => self.initials(start, at).then_some(next),
            _ => None,
        }
    }

    /// Whether the dot at `at` belongs to letters that each stand before a dot: "U.S.", "a.k.a.".
    fn initials(&self, start: usize, at: usize) -> bool {
        let so_far = &self.text.as_bytes()[start..at];
        if so_far.len() > MOST_INITIALS {
            return false;
        }
        let single = |part: &[u8]| part.len() == 1 && part[0].is_ascii_alphabetic();
        if !so_far.split(|&byte| byte == b'.').all(single) {
            return false;
        }
        let rest = &self.text.as_bytes()[at + 1..];
        let letter_follows = rest.first().is_some_and(u8::is_ascii_alphabetic)
            && !rest.get(1).is_some_and(|byte| byte.is_ascii_alphanumeric());
        letter_follows || so_far.len() > 1
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Without capitals: "truce", "19".
    Small,
    /// With a capital and a small letter: "Truce", "McAdam".
    Mixed,
    /// With capitals and no small letters: "TRUCE", "A", "G20".
    Capitals,
}

/// Tells how a word is written.
///
/// ```
/// use onrecord::text::words::{Writing, words, writing};
/// let text = "NATO told Élan 19 times.";
/// let all: Vec<_> = words(text).map(|word| writing(word.span.of(text))).collect();
/// use Writing::*;
/// assert_eq!(all, [Capitals, Small, Mixed, Small, Small]);
/// ```
pub fn writing(word: &str) -> Writing {
    if word.bytes().all(is_folded) {
        return Writing::Small;
    }
    let capital = word.chars().any(char::is_uppercase);
    match capital {
        false => Writing::Small,
        true if word.chars().any(char::is_lowercase) => Writing::Mixed,
        true => Writing::Capitals,
    }
}

/// The places of the words that have letters, among folded ones.
pub fn lettered(words: &[String]) -> Vec<u32> {
    let with_letters = (0..).zip(words).filter(|(_, word)| word.contains(char::is_alphabetic));
    with_letters.map(|(place, _)| place).collect()
}

/// Cuts "'s", "’s" and a final apostrophe off a word.
fn trim_possessive(text: &str, start: usize, end: usize) -> usize {
    let word = &text[start..end];
    if !matches!(word.as_bytes().last(), Some(b's' | b'S')) {
        return end;
    }
    for tail in ["'s", "’s", "'S", "’S"] {
        if let Some(rest) = word.strip_suffix(tail)
            && !rest.is_empty()
        {
            return start + rest.len();
        }
    }
    end
}

/// Scripts written without spaces: each of their letters is a word.
fn stands_alone(letter: char) -> bool {
    matches!(letter as u32,
        0x0E00..=0x0EFF // Thai, Lao
        | 0x1000..=0x109F | 0x1780..=0x17FF // Burmese, Khmer
        | 0x3040..=0x30FF | 0x31F0..=0x31FF // kana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF) // ideographs
}

/// Soft hyphens and joiners, which stand inside words and are not seen.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

fn letter_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        assert_eq!(folded("Zelenskiy's"), ["zelenskiy"]);
        assert_eq!(folded("ministers’ homes"), ["ministers", "homes"]);
        assert_eq!(folded("O’Neill O'NEILL"), ["oneill", "oneill"]);
        assert_eq!(folded("Łódź Straße Gdańsk ﬁne"), ["lodz", "strasse", "gdansk", "fine"]);
        assert_eq!(folded("e\u{301}lite co\u{AD}operate"), ["elite", "cooperate"]);
    }

    #[test]
    fn initials_are_one_word_and_a_sentence_end_is_none() {
        assert_eq!(folded("The U.S. Senate"), ["the", "us", "senate"]);
        assert_eq!(folded("in the U.S. It"), ["in", "the", "us", "it"]);
        assert_eq!(folded("Plan A. Next"), ["plan", "a", "next"]);
        assert_eq!(folded("a.k.a. J.D. Smith"), ["aka", "jd", "smith"]);
        assert_eq!(folded("end.Start"), ["end", "start"]);
    }

    #[test]
    fn initials_without_end_are_read_once() {
        // Read anew at every dot, this takes a minute.
        assert_eq!(folded("U.S.S.R. "), ["ussr"]);
        assert!(words(&"a.".repeat(100_000)).count() > 1000);
    }

    #[test]
    fn numbers_keep_what_tells_them_apart() {
        assert_eq!(
            folded("2,500 1.5 3,20 10,000,000 1,2345"),
            ["2500", "1.5", "3", "20", "10000000", "1", "2345"]
        );
        assert_eq!(folded("$2.50, 7."), ["2.50", "7"]);
    }

    #[test]
    fn scripts_without_spaces_are_parted_into_letters() {
        assert_eq!(folded("東京 Tokyo都"), ["東", "京", "tokyo", "都"]);
    }

    #[test]
    fn paragraphs_and_values_stand_apart() {
        let positions = |text| words(text).map(|w| w.position).collect::<Vec<_>>();
        assert_eq!(positions("a b\nc"), [0, 1, 2]);
        assert_eq!(positions("\n\na b\n\nc\n\n\nd"), [0, 1, 3, 5]);
        assert_eq!(positions("a b\u{1E}c"), [0, 1, 2 + VALUE_GAP]);
    }

    #[test]
    fn a_span_leaves_out_the_possessive() {
        let text = "Peskov’s view";
        let spans: Vec<_> = words(text).map(|w| w.span.of(text)).collect();
        assert_eq!(spans, ["Peskov", "view"]);
    }

    proptest! {
        #[test]
        fn any_text_gives_rising_spans_and_folded_words(text in "\\PC{0,60}|[a-z.,'’ \n0-9é東\u{1E}]{0,60}") {
            let (mut end, mut position) = (0, None);
            for word in words(&text) {
                prop_assert!(word.span.start() >= end);
                prop_assert!(text.get(word.span.start()..word.span.end()).is_some());
                prop_assert!(position < Some(word.position));
                (end, position) = (word.span.end(), Some(word.position));
            }
        }

        #[test]
        fn the_short_way_to_a_word_leads_where_the_long_one_does(text in "[a-z0-9.,'’ \n-]{0,40}") {
            for start in text.char_indices().map(|(at, _)| at) {
                let words = words(&text);
                let Some(end) = words.plain_end(start) else { continue };
                prop_assert_eq!(words.word_end(start), end, "from {}", start);
                prop_assert_eq!(trim_possessive(&text, start, end), end);
                prop_assert_eq!(&fold(&text[start..end]), &text[start..end]);
            }
        }

        #[test]
        fn folding_twice_is_folding_once(word in "[a-zA-Zéßłİſ0-9'.]{1,12}") {
            let once = fold(&word).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once);
        }
    }
}
