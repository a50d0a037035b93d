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
    let spoken = |cue: &Cue| speaks(reader, cue);
    let after = found.iter().position(|cue| {
        cue.at > unit && spoken(cue) && tags(reader, unit, cue) && !goes_on(reader, unit, cue)
    });
    let before = before(reader, unit, found);
    let near = before.filter(|&near| gap(&found[near], unit) <= 2);
    if let Some(after) = after
        && ends_with_comma(reader, unit)
        && !near.is_some_and(|_| leads_in(reader, unit))
    {
        return Some((after, "cue-after"));
    }
    if let Some(near) = near {
        return Some((near, "lead-in"));
    }
    let governed = before.is_some_and(|before| !found[before].weak && inside_clause(reader, unit));
    if let Some(after) = after.filter(|_| !governed) {
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

/// Whether a cue may stand as a tag: a verb of speech, or "as Poe put it".
fn speaks(reader: &Reader<'_, '_>, cue: &Cue) -> bool {
    let noun = cue.class == c::SAY && cue.weak;
    let plain = cue.class & c::WEAK == 0 || cue.class & c::INVERTS != 0;
    cue.class & (c::SAY | c::TELL) != 0 && !noun && (plain || puts_it(reader, cue))
}

/// "As Poe put it".
fn puts_it(reader: &Reader<'_, '_>, cue: &Cue) -> bool {
    let put = matches!(reader.word(cue.at), "put" | "puts");
    put && cue.end < reader.len() && reader.word(cue.end) == "it"
}

/// Whether a quotation stands inside a clause, no mark before it: `it was "a calm"`.
fn inside_clause(reader: &Reader<'_, '_>, unit: usize) -> bool {
    unit > 0 && reader.at(unit - 1).word()
}

/// Whether words lead in to a quotation with a mark, and it asks or exclaims, so that what stands
/// behind it begins anew: `She asked, "And now?" He said`.
fn leads_in(reader: &Reader<'_, '_>, unit: usize) -> bool {
    let led = unit > 0 && (reader.mark(unit - 1, b',') || reader.mark(unit - 1, b':'));
    let passage = reader.scene.passages[reader.at(unit).passage as usize - 1];
    led && !passage.inner.of(reader.scene.text).trim_end().ends_with(',')
        && !reader.mark(unit + 1, b',')
}

/// Whether the verb behind a quotation inside a clause has words of its own to report: in `he
/// spoke of "a calm," but Orr said that` the calm is not Orr's.
fn goes_on(reader: &Reader<'_, '_>, unit: usize, cue: &Cue) -> bool {
    let next = cue.end;
    let told = !inside_clause(reader, unit) || cue.inverted || puts_it(reader, cue);
    if told || next >= reader.len() {
        return false;
    }
    let bare = cue.weak && cue.class & c::WEAK == 0;
    let noun = reader.is(next, c::PRONOUN | c::DETERMINER | c::POSSESSIVE)
        || reader.at(next).capital() && !reader.weekday(next);
    bare || reader.quote(next)
        || reader.mark(next, b':')
        || reader.word(next) == "that"
        || noun && cue.class & c::TELL == 0
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
    let last = found.iter().rposition(reaching);
    let marked = unit > 0 && matches!(reader.at(unit - 1).mark, b',' | b':');
    if let Some(last) = last
        && marked
        && found[last].end + 1 == unit
    {
        return Some(outermost(reader, found, last));
    }
    let spoken = found.iter().rposition(|cue| reaching(cue) && !cue.weak);
    let outer = spoken.map(|index| outermost(reader, found, index));
    outer.or(last)
}

/// The verb of speech in whose content another stands at once: in "Orr said Poe assured them"
/// the words are Orr's.
fn outermost(reader: &Reader<'_, '_>, found: &[Cue], inner: usize) -> usize {
    let mut index = inner;
    while let Some(before) = index.checked_sub(1) {
        let (outer, this) = (&found[before], &found[index]);
        let first = reader.units.partition_point(|&token| token < this.source.tokens.0);
        let at_once = first >= outer.end && begins_content(reader, outer.end, first);
        let says = outer.class & c::SAY != 0 && !outer.weak && !outer.inverted;
        if !(at_once && says && !this.inverted) {
            break;
        }
        index = before;
    }
    index
}

/// Whether the content of a verb that ends at `end` begins at `first`: "said Orr", "said on Monday
/// at the fair that Orr".
fn begins_content(reader: &Reader<'_, '_>, end: usize, first: usize) -> bool {
    if first == end || first == end + 1 && reader.weekday(end) {
        return true;
    }
    let that = reader.word(first - 1) == "that" && first < end + 14;
    that && !(end..first - 1).any(|i| reader.verb(i) || reader.quote(i) || reader.mark(i, b','))
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
    let as_put = at < reader.len() && reader.word(at) == "as" && !cue.inverted;
    if !as_put && at < cue.at && at < reader.len() && reader.verb(at) && !reader.given(at) {
        return false;
    }
    at += usize::from(as_put);
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
    if as_put {
        return cue.at < first + 8 && !(first..cue.at).any(|i| reader.mark(i, b','));
    }
    first <= at + 1
        || !(at..first).any(|i| reader.verb(i) || reader.quote(i) || reader.mark(i, b','))
}

/// Whether a cue's content reaches to the quotation.
fn reaches(reader: &Reader<'_, '_>, cue: &Cue, unit: usize) -> bool {
    !(cue.at..unit).any(|i| reader.mark(i, b';') || reader.at(i).shape == Shape::Stop)
        && !closed_before(reader, cue, unit)
        && !spent(reader, cue, unit)
}

/// Whether a relative clause has had its words already: "what he called a "folly," voiced in".
fn spent(reader: &Reader<'_, '_>, cue: &Cue, unit: usize) -> bool {
    let first = reader.units.partition_point(|&token| token < cue.source.tokens.0);
    let relative = first > 0 && matches!(reader.word(first - 1), "what" | "which");
    relative && (cue.end..unit).any(|i| reader.quote(i))
}

/// Whether the clause of a cue is one of time or reason and ends before the quotation's begins:
/// "When Orr spoke of the dam, the crowd".
pub(super) fn closed_before(reader: &Reader<'_, '_>, cue: &Cue, unit: usize) -> bool {
    const OPENERS: &[&str] = &[
        "when", "while", "if", "as", "although", "though", "because", "since", "after", "before",
        "until", "unless", "once", "whereas",
    ];
    let first = reader.units.partition_point(|&token| token < cue.source.tokens.0);
    let Some(opener) = first.checked_sub(1) else { return false };
    let word = reader.word(opener);
    let opened = OPENERS.iter().any(|open| word.eq_ignore_ascii_case(open));
    // "As Orr said in March, the dam was".
    let cited =
        word.eq_ignore_ascii_case("as") && (cue.class & c::INVERTS != 0 || puts_it(reader, cue));
    opened && !cited && (cue.end + 1..unit.saturating_sub(1)).any(|i| reader.mark(i, b','))
}
