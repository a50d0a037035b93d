//! Paragraphs and sentences.
//!
//! Comes in: a text. Goes out: spans, in order. Does not look at what the words mean, but for a
//! table of abbreviations whose stop ends no sentence.

use crate::model::Span;

/// Words whose stop ends no sentence, in lower case: a word follows that belongs to them.
pub const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "sen", "sens", "rep", "reps", "gov", "govs", "gen",
    "lt", "col", "cpl", "sgt", "maj", "capt", "cmdr", "adm", "brig", "rev", "hon", "pres", "st",
    "mt", "ft", "del", "supt", "insp", "det", "pvt", "pfc", "amb", "atty", "asst", "jan", "feb",
    "aug", "sept", "oct", "nov", "dec", "vs", "v", "no", "nos", "vol", "fig", "approx", "dept",
    "messrs", "e.g", "i.e", "cf", "gens", "drs", "fr", "sr", "jr", "mgr", "msgr", "hr",
];

/// Abbreviations that may end a sentence: one ends if what follows looks like a new beginning.
const PERHAPS: &[&str] = &[
    "inc", "corp", "co", "ltd", "bros", "u.s", "u.n", "u.k", "d.c", "a.m", "p.m", "etc", "jr",
    "sr", "ave", "blvd", "rd", "dist", "n.y", "n.j", "n.h", "n.c", "s.c", "ala", "ariz", "ark",
    "calif", "colo", "conn", "fla", "ga", "ill", "ind", "kan", "ky", "la", "mass", "md", "mich",
    "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va", "vt",
    "wash", "wis", "wyo",
];

/// Words that begin a sentence far more often than a name.
const BEGINNERS: &[&str] = &[
    "The", "A", "An", "In", "On", "At", "He", "She", "It", "They", "We", "I", "But", "And", "This",
    "That", "These", "Those", "There", "For", "As", "If", "When", "While", "After", "Before",
    "His", "Her", "Their", "Its", "Mr", "Mrs", "Ms", "So", "Some", "Many", "Most", "With", "By",
    "To", "From",
];

/// Finds the paragraphs of a text, without the blank lines between and the white space around.
///
/// A line is a paragraph, but where blank lines part the paragraphs and a line broken at a
/// column's width goes on in lower case.
pub fn paragraphs(text: &str) -> Paragraphs<'_> {
    Paragraphs { text, at: 0 }
}

/// The paragraphs of a text; see [`paragraphs`].
#[derive(Clone, Debug)]
pub struct Paragraphs<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Paragraphs<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            let start = self.at;
            let end = self.paragraph_end(start);
            self.at = end + 1;
            let raw = &self.text[start..end];
            let trimmed = raw.trim();
            if !trimmed.is_empty() {
                let lead = raw.len() - raw.trim_start().len();
                return Some(Span::new(start + lead, start + lead + trimmed.len()));
            }
        }
    }
}

impl Paragraphs<'_> {
    fn paragraph_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut line = start;
        while let Some(newline) = memchr::memchr(b'\n', &bytes[line..]).map(|n| line + n) {
            if !wraps(&bytes[line..newline], &bytes[newline + 1..]) {
                return newline;
            }
            line = newline + 1;
        }
        self.text.len()
    }
}

/// Whether a line was only broken at the width of a column.
fn wraps(line: &[u8], rest: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    let broken = (40..=100).contains(&line.len())
        && line.last().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b',' | b'-'));
    broken && rest.first().is_some_and(u8::is_ascii_lowercase)
}

/// Finds the sentences of a paragraph or a text, in order, with the white space around left out.
///
/// Closing quotation marks and brackets belong to the sentence before them.
///
/// ```
/// use onrecord::text::sentences::sentences;
/// let text = "Gen. Ito met Mr. Ode at 5 p.m. in the U.S. capital. “We talked.” He left.";
/// let found: Vec<_> = sentences(text).map(|s| s.of(text)).collect();
/// assert_eq!(found.len(), 3);
/// ```
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, at: 0 }
}

/// The sentences of a text; see [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while self.at < self.text.len() {
            let start = self.at;
            let end = next_end(self.text, start);
            self.at = end;
            let raw = &self.text[start..end];
            let trimmed = raw.trim();
            if !trimmed.is_empty() {
                let lead = raw.len() - raw.trim_start().len();
                return Some(Span::new(start + lead, start + lead + trimmed.len()));
            }
        }
        None
    }
}

/// The byte behind the sentence that starts at `start`, its closing marks with it.
fn next_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(step) = bytes[at..].iter().position(|b| matches!(b, b'.' | b'!' | b'?' | b'\n'))
    {
        at += step;
        let mark = bytes[at];
        if mark == b'\n' {
            if bytes.get(at + 1) == Some(&b'\n') {
                return at + 2;
            }
            at += 1;
            continue;
        }
        let behind = closing_end(text, at + 1);
        if ends_sentence(text, at, behind) {
            return behind;
        }
        at = behind.max(at + 1);
    }
    text.len()
}

/// Whether the stop at `at` ends a sentence; `behind` is the byte behind its closing marks.
pub fn ends_sentence(text: &str, at: usize, behind: usize) -> bool {
    let bytes = text.as_bytes();
    match bytes.get(behind) {
        None => return true,
        Some(b) if !b.is_ascii_whitespace() => return false,
        Some(_) => {}
    }
    let rest = text[behind..].trim_start();
    let Some(first) = rest.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    if bytes[at] != b'.' || behind > at + 1 {
        return true;
    }
    match stop_of(text, at) {
        Stop::Never => false,
        Stop::Always => true,
        Stop::Perhaps => BEGINNERS.contains(&first_word(rest)) || !first.is_alphanumeric(),
    }
}

enum Stop {
    Never,
    Perhaps,
    Always,
}

/// What the word before a stop says about it.
fn stop_of(text: &str, at: usize) -> Stop {
    let bytes = text.as_bytes();
    let floor = at.saturating_sub(12);
    let mut start = at;
    while start > floor && (bytes[start - 1].is_ascii_alphabetic() || bytes[start - 1] == b'.') {
        start -= 1;
    }
    let word = &bytes[start..at];
    if word.len() == 1 && word[0].is_ascii_uppercase() {
        return if word[0] == b'I' { Stop::Perhaps } else { Stop::Never };
    }
    let is = |list: &[&str]| list.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word));
    if word.first().is_some_and(u8::is_ascii_lowercase) && word != b"a.m" && word != b"p.m" {
        return if is(&["vs", "v", "e.g", "i.e", "cf", "etc", "approx"]) {
            Stop::Perhaps
        } else {
            Stop::Always
        };
    }
    if is(PERHAPS) {
        return Stop::Perhaps;
    }
    if is(ABBREVIATIONS) {
        return Stop::Never;
    }
    if word.contains(&b'.') { Stop::Perhaps } else { Stop::Always }
}

fn first_word(rest: &str) -> &str {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    &rest[..end]
}

/// The byte behind the closing marks and further stops that start at `at`.
pub fn closing_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at) {
            Some(b'.' | b'!' | b'?' | b'"' | b'\'' | b')' | b']') => at += 1,
            Some(0xE2) if text[at..].starts_with(['”', '’']) => at += 3,
            Some(0xC2) if text[at..].starts_with('»') => at += 2,
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).map(|s| s.of(text)).collect()
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        assert_eq!(split("Mr. Orr met J. R. Poe on Jan. 5 at No. 7. Then he left.").len(), 2);
        assert_eq!(split("They left the U.S. The rest stayed.").len(), 2);
        assert_eq!(split("It rose 1.5 percent. Sales fell.").len(), 2);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before() {
        assert_eq!(
            split("“Go.” He went (at once.) Then?"),
            ["“Go.”", "He went (at once.)", "Then?"]
        );
    }

    #[test]
    fn a_column_is_one_paragraph() {
        let text =
            "The minister of works said on Tuesday that the\nbridge would stay shut.\n\nNext one.";
        assert_eq!(paragraphs(text).count(), 2);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_in_order(text in "[A-Za-z.!?”\"’ \n]{0,80}|\\PC{0,40}") {
            for spans in [sentences(&text).collect::<Vec<_>>(), paragraphs(&text).collect()] {
                let mut end = 0;
                for span in spans {
                    prop_assert!(span.start() >= end && !span.of(&text).is_empty());
                    end = span.end();
                }
            }
        }
    }
}
