//! Terms and titles: passages between marks that nobody says.
//!
//! Comes in: a passage. Goes out: whether it is a crosshead, a pull quote, a title or a term.

use super::clause::Reader;
use super::scene::Scene;
use crate::text::quotation::Passage;
use crate::text::tokens::{Shape, class as c};

/// Works that have titles.
const WORKS: &[&str] = &[
    "book",
    "books",
    "film",
    "movie",
    "show",
    "song",
    "anthem",
    "program",
    "programme",
    "novel",
    "play",
    "album",
    "series",
    "memoir",
    "essay",
    "article",
    "paper",
    "musical",
    "magazine",
    "column",
    "documentary",
    "poem",
    "painting",
    "podcast",
    "sitcom",
    "drama",
    "comedy",
    "opera",
    "ballad",
    "hit",
    "autobiography",
    "biography",
    "blog",
    "study",
    "pamphlet",
    "exhibition",
    "game",
    "seminar",
    "newsletter",
];

/// What a crowd calls is said, however short its words are: met with chants of "We Will Not Go".
const CALLS: &[&str] = &["chant", "chants", "cry", "cries", "shout", "shouts"];

/// Whether a passage is a crosshead: alone on its line, between single marks or in capitals, in a
/// story whose people speak between double ones.
pub(super) fn is_crosshead(scene: &Scene<'_>, passage: &Passage) -> bool {
    const LONGEST: usize = 60;
    let text = scene.text;
    let single = |passage: &Passage| {
        let outer = passage.outer.of(text);
        outer.starts_with('‘') || outer.starts_with('\'') && !outer.starts_with("''")
    };
    let shouted = !passage.inner.of(text).contains(|c: char| c.is_lowercase());
    if passage.outer.len() > LONGEST || !(single(passage) || shouted) {
        return false;
    }
    // A letter or a mark at most may stand on either side: "A 'narrow bridge'?"
    let near = |bytes: &mut dyn Iterator<Item = u8>| {
        bytes.take(4).find(|b| !b" \tAa.?!\r".contains(b)).is_none_or(|b| b == b'\n')
    };
    let (start, end) = (passage.outer.start(), passage.outer.end());
    near(&mut text[..start].bytes().rev())
        && near(&mut text[end..].bytes())
        && (shouted || scene.passages.iter().take(40).any(|other| !other.nested && !single(other)))
}

/// Whether a passage is the title of a work: capitals, behind a word that speech does not follow
/// (on "The Morning Show", told "Tales and Friends", the "Big Tent" plan).
pub(super) fn names_a_work(reader: &Reader<'_, '_>, unit: usize, words: &str) -> bool {
    let titled = is_title(words) && !words.ends_with(['!', '?']);
    let byline = unit + 2 < reader.len() && reader.word(unit + 1) == "by";
    if titled && byline && reader.at(unit + 2).capital() {
        return true;
    }
    let Some(before) = unit.checked_sub(1).map(|i| reader.at(i)) else { return false };
    let noun = if before.mark == b',' { unit.saturating_sub(2) } else { unit - 1 };
    if noun == unit - 1 && unit > 1 && CALLS.contains(&reader.word(unit - 2)) {
        return false;
    }
    if titled && WORKS.contains(&reader.word(noun)) {
        return true;
    }
    // "They call her "the Mole"": a pronoun, and no possessor.
    let owned = before.is(c::POSSESSIVE) && !(unit > 1 && reader.is(unit - 2, c::CUE));
    let leads = owned
        || before.is(c::PREPOSITION | c::DETERMINER | c::TELL)
        || matches!(before.shape, Shape::Genitive | Shape::Number)
        || before.is(c::AND) && words.split_ascii_whitespace().count() < 5;
    leads && !words.ends_with(['!', '?']) && is_title(words) && reader.word(unit - 1) != "as"
}

/// Whether words are a phrase, not a sentence: a term in marks.
pub(super) fn is_fragment(words: &str) -> bool {
    words.starts_with(char::is_lowercase) && words.split_ascii_whitespace().nth(7).is_none()
}

/// Whether a passage is a whole sentence behind a comma or a colon: somebody says it, named or not.
pub(super) fn is_led_sentence(reader: &Reader<'_, '_>, unit: usize, words: &str) -> bool {
    let led = reader.mark(unit - 1, b',') || reader.mark(unit - 1, b':');
    led && !words.starts_with(char::is_lowercase)
        && words.split_ascii_whitespace().nth(4).is_some()
        && !is_title(words)
}

/// Whether words are written as a title: a capital at every longer word.
pub(super) fn is_title(words: &str) -> bool {
    const SMALL: &[&str] = &["with", "from", "into", "over", "when", "that", "than", "upon"];
    let mut low =
        words.split_ascii_whitespace().filter(|word| word.len() > 3 && !SMALL.contains(word));
    low.all(|word| !word.starts_with(char::is_lowercase))
}

/// Whether a passage is a pull quote, words of the story set large again: its mark closes behind
/// the name in the line below.
pub(super) fn is_pull_quote(scene: &Scene<'_>, passage: &Passage) -> bool {
    const NAME: usize = 10;
    let Some(below) = scene.text[passage.outer.end()..].strip_prefix('\n') else { return false };
    let line = below.lines().next().unwrap_or_default();
    let Some(name) = line.trim_end().strip_suffix(['"', '”']) else { return false };
    let short = !name.is_empty() && name.split_ascii_whitespace().nth(NAME).is_none();
    !passage.closed && short && !name.contains(['"', '“', '”'])
}
