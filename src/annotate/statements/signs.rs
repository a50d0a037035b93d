//! Signs that name a speaker without a verb, and signs that a passage is no speech.
//!
//! Comes in: a sentence. Goes out: the label of a transcript, a signature, whether a passage is a
//! title.

use super::clause::{Head, Reader, Source};
use super::scene::Scene;
use crate::text::tokens::{Shape, class as c};

/// Whether "to" stands before a verb.
pub(super) fn infinitive(reader: &Reader<'_, '_>, verb: usize) -> bool {
    verb > 0 && reader.word(verb - 1) == "to"
}

/// The name before a colon with which a transcript begins each answer: "TRUMP: ".
pub(super) fn label(scene: &Scene<'_>, start: usize) -> Option<Source> {
    let shouted = |i: usize| scene.tokens.get(i).is_some_and(|t| t.shape == Shape::Upper);
    let end = (start..start + 5).find(|&i| !shouted(i))?;
    if end == start || scene.tokens.get(end)?.mark != b':' {
        return None;
    }
    let head =
        scene.mention_at(end - 1).and_then(|m| m.member).map_or(Head::Nominal(0), Head::Member);
    let span = scene.tokens[start].span.join(scene.tokens[end - 1].span);
    Some(Source { span, tokens: (start as u32, end as u32), head })
}

/// The name behind a quotation's dash, where it ends the sentence: `"..." - Ann Poe`.
pub(super) fn signature(reader: &Reader<'_, '_>, dash: usize) -> Option<Source> {
    if !reader.mark(dash, b'-') || dash + 1 >= reader.len() || reader.len() - dash > 12 {
        return None;
    }
    if (dash + 1..reader.len()).any(|i| reader.verb(i) || reader.quote(i)) {
        return None;
    }
    let source = reader.phrase_starting(dash + 1, reader.len())?;
    matches!(source.head, Head::Member(_)).then_some(source)
}

/// Whether a passage is the title of a work: capitals, behind a word that speech does not follow
/// (on "The Morning Show", told "Tales and Friends", the "Big Tent" plan).
pub(super) fn names_a_work(reader: &Reader<'_, '_>, unit: usize, words: &str) -> bool {
    let Some(before) = unit.checked_sub(1).map(|i| reader.at(i)) else { return false };
    let leads = before.is(c::PREPOSITION | c::DETERMINER | c::TELL)
        || before.shape == Shape::Genitive
        || before.is(c::AND) && words.split_ascii_whitespace().count() < 4;
    leads && !words.ends_with(['!', '?']) && is_title(words) && reader.word(unit - 1) != "as"
}

/// Whether words are written as a title: a capital at every longer word.
pub(super) fn is_title(words: &str) -> bool {
    let mut low = words.split_ascii_whitespace().filter(|word| word.len() > 3);
    low.all(|word| !word.starts_with(char::is_lowercase))
}
