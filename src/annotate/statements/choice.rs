//! Which of a sentence's cues attributes a quotation.
//!
//! Comes in: a sentence, a quotation in it, its cues. Goes out: one cue and the rule that chose it.

use super::clause::{Reader, Source};
use super::cues::Cue;
use crate::text::tokens::{Shape, class as c};

/// Chooses the cue that attributes the quotation at `unit`, and names the rule.
pub(super) fn choose(
    reader: &Reader<'_, '_>,
    unit: usize,
    found: &[Cue],
) -> Option<(usize, &'static str)> {
    let spoken = |cue: &Cue| {
        cue.class & (c::SAY | c::TELL) != 0
            && (cue.class & c::WEAK == 0 || cue.class & c::INVERTS != 0)
    };
    let after =
        found.iter().position(|cue| cue.at > unit && spoken(cue) && tags(reader, unit, cue));
    if let Some(after) = after
        && ends_with_comma(reader, unit)
    {
        return Some((after, "cue-after"));
    }
    let before = before(reader, unit, found);
    if let Some(near) = before
        && gap(&found[near], unit) <= 2
    {
        return Some((near, "lead-in"));
    }
    if let Some(after) = after {
        return Some((after, "cue-after-loose"));
    }
    let aside = found.iter().position(|cue| cue.inverted && cue.end <= unit && spoken(cue));
    let last = found.iter().rposition(|cue| cue.at > unit && closes(reader, cue) && spoken(cue));
    let weak = |index: &usize| found[*index].weak;
    before
        .filter(|index| !weak(index) || aside.or(last).is_none())
        .map(|index| (index, "cue-before"))
        .or(aside.map(|index| (index, "inserted")))
        .or(last.map(|index| (index, "cue-at-end")))
}

/// The subject that begins behind a quotation with its comma, however far its verb of speech:
/// `"We will," the aide known to all as Bob said.`
pub(super) fn long_tag(reader: &Reader<'_, '_>, unit: usize, found: &[Cue]) -> Option<Source> {
    if !ends_with_comma(reader, unit) {
        return None;
    }
    let start = if reader.mark(unit + 1, b',') { unit + 2 } else { unit + 1 };
    let cue = found.iter().find(|cue| cue.at > start && !cue.inverted && !cue.weak)?;
    let spoken = cue.class & (c::SAY | c::TELL) != 0 && cue.at < start + 30;
    let begins = start < reader.len()
        && (reader.at(start).capital() || reader.is(start, c::DETERMINER | c::POSSESSIVE));
    let whole = !(start..cue.at).any(|i| reader.quote(i) || reader.mark(i, b';'));
    (spoken && begins && whole).then(|| reader.phrase_starting(start, cue.at)).flatten()
}

/// The cue before a quotation that governs it: the nearest verb of speech; an attitude only where
/// nobody says so ("She said he wanted \"peace\"" is hers).
fn before(reader: &Reader<'_, '_>, unit: usize, found: &[Cue]) -> Option<usize> {
    let reaching = |cue: &Cue| cue.end <= unit && !cue.inverted && reaches(reader, cue, unit);
    let spoken = found.iter().rposition(|cue| reaching(cue) && !cue.weak);
    let outer = spoken.map(|index| outermost(reader, found, index));
    outer.or_else(|| found.iter().rposition(reaching))
}

/// The verb of speech in whose content another stands at once: in "Orr said Poe assured them"
/// the words are Orr's.
fn outermost(reader: &Reader<'_, '_>, found: &[Cue], inner: usize) -> usize {
    let mut index = inner;
    while let Some(before) = index.checked_sub(1) {
        let (outer, this) = (&found[before], &found[index]);
        let first = reader.units.partition_point(|&token| token < this.source.tokens.0);
        let at_once = first >= outer.end && first <= outer.end + 1;
        let says = outer.class & c::SAY != 0 && !outer.weak && !outer.inverted;
        if !(at_once && says && !this.inverted) {
            break;
        }
        index = before;
    }
    index
}

/// How many units stand between a verb and its quotation: "that", a listener, a mark.
fn gap(cue: &Cue, unit: usize) -> usize {
    unit.saturating_sub(cue.end)
}

/// Whether a tag closes its sentence: ", Ann Poe said."
fn closes(reader: &Reader<'_, '_>, cue: &Cue) -> bool {
    if cue.inverted {
        return true;
    }
    let first = reader.units.partition_point(|&token| token < cue.source.tokens.0);
    first > 0 && (reader.mark(first - 1, b',') || reader.quote(first - 1))
}

/// Where the content ends before a tag that closes its sentence: "It will open, Ann Poe said on
/// Monday.", "..., as Ann Poe noted in her book."
pub(super) fn closes_sentence(reader: &Reader<'_, '_>, cue: &Cue) -> Option<usize> {
    if cue.inverted || cue.class & (c::SAY | c::TELL) == 0 || !reader.at(cue.at).is(c::FINITE) {
        return None;
    }
    let first = reader.units.partition_point(|&token| token < cue.source.tokens.0);
    let comma = if first > 1 && reader.word(first - 1) == "as" {
        first - 2
    } else {
        first.checked_sub(1)?
    };
    if comma < 3 || !reader.mark(comma, b',') || cue.at > first + 12 {
        return None;
    }
    let next = cue.at + 1;
    let over = next >= reader.len()
        || reader.at(next).shape == Shape::Stop
        || reader.is(next, c::PREPOSITION | c::ADVERB)
            && !reader.is(next, c::SUBORDINATOR)
            && next + 9 > reader.len()
        || next + 3 > reader.len() && reader.at(next).capital();
    over.then(|| reader.at(comma).span.start())
}

fn ends_with_comma(reader: &Reader<'_, '_>, unit: usize) -> bool {
    let passage = reader.scene.passages[reader.at(unit).passage as usize - 1];
    passage.inner.of(reader.scene.text).trim_end().ends_with([',', '?', '!', '-'])
        || reader.mark(unit + 1, b',')
}

/// Whether a cue stands as a tag directly behind the quotation.
fn tags(reader: &Reader<'_, '_>, unit: usize, cue: &Cue) -> bool {
    let mut at = unit + 1;
    while at < reader.len()
        && (matches!(reader.at(at).mark, b',' | b'-' | b'\'') || reader.is(at, c::ADVERB))
    {
        at += 1;
    }
    // `"a calm," and the mayor said`: the next clause's verb is not this one's.
    if reader.is(at, c::AND | c::SUBORDINATOR) && !reader.is(at, c::DETERMINER | c::ADVERB) {
        return false;
    }
    if cue.inverted {
        return cue.at <= at + 1;
    }
    let first = reader.units.partition_point(|&token| token < cue.source.tokens.0);
    if first <= unit || first > at + 24 {
        return false;
    }
    first <= at + 1
        || !(at..first).any(|i| reader.verb(i) || reader.quote(i) || reader.mark(i, b','))
}

/// Whether a cue's content reaches to the quotation.
fn reaches(reader: &Reader<'_, '_>, cue: &Cue, unit: usize) -> bool {
    !(cue.at..unit).any(|i| reader.mark(i, b';') || reader.at(i).shape == Shape::Stop)
}
