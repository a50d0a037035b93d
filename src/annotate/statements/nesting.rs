//! Reports within reports: cues that stand in what another is said to have said.
//!
//! Comes in: the cues of a sentence. Goes out: whether one of them is part of another's content.

use super::choice::closes_sentence;
use super::clause::Reader;
use super::cues::Cue;
use crate::text::tokens::class as c;

/// How many cues before and behind one are asked.
const REACH: usize = 4;

/// Whether a cue belongs to what another reports: in "Moll said Orr wanted peace" only Moll is
/// quoted by the story; what Orr wanted is Moll's to tell.
pub(super) fn is_embedded(reader: &Reader<'_, '_>, found: &[Cue], index: usize) -> bool {
    let inner = &found[index];
    let first = reader.units.partition_point(|&token| token < inner.source.tokens.0);
    let attitude = inner.class & (c::SAY | c::TELL | c::CALL) == 0;
    let led_in = found[..index].iter().rev().take(REACH).any(|outer| {
        let leads = says(outer) && !outer.inverted && outer.end <= first;
        leads && is_content(reader, outer.end, first, attitude)
    });
    led_in || found[index + 1..].iter().take(REACH).any(|outer| is_told_by(reader, outer, inner))
}

/// A plain verb of speech, of a source of its own.
fn says(cue: &Cue) -> bool {
    cue.class & (c::SAY | c::TELL) != 0 && cue.class & c::WEAK == 0 && !cue.weak
}

/// Whether content goes on from one unit to another: no clause comes between that is the story's
/// own again ("said so after Orr resigned"). Speech within it is told by the story as soon as a
/// comma parts them, an attitude never.
fn is_content(reader: &Reader<'_, '_>, start: usize, end: usize, attitude: bool) -> bool {
    (start..end).all(|unit| {
        let turns = reader.is(unit, c::SUBORDINATOR) && !matches!(reader.word(unit), "that" | "if");
        let parts = reader.mark(unit, b',') || reader.mark(unit, b'-') || reader.is(unit, c::AND);
        !reader.quote(unit) && !turns && (attitude || !parts)
    })
}

/// Whether a tag behind the whole sentence tells it: "Orr wanted peace, Moll said."
fn is_told_by(reader: &Reader<'_, '_>, outer: &Cue, inner: &Cue) -> bool {
    says(outer)
        && outer.source.tokens.0 > inner.source.tokens.1
        && closes_sentence(reader, outer).is_some()
        && inner.at < outer.at
        && !inner.inverted
}
