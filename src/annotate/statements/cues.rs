//! Cues: the words that attribute a sentence's content, each with its source.
//!
//! Comes in: a sentence. Goes out: its cues, in order.

use super::choice::closed_before;
use super::clause::{Head, Reader, Source, TIMES};
use super::places::{lead_by_place, tag_by_place};
use crate::model::Span;
use crate::text::tokens::{Class, Shape, class as c};

/// A cue and whom it names as the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// The unit of the verb.
    pub at: usize,
    /// The unit behind cue and source, where the source follows.
    pub end: usize,
    /// The words.
    pub span: Span,
    pub source: Source,
    /// Whether the source stands behind the verb.
    pub inverted: bool,
    /// What the tables say of the verb.
    pub class: Class,
    /// "did not say".
    pub negated: bool,
    /// Whether the verb stands in a clause about a noun ("those who said"), is no finite verb of
    /// speech ("would speak"), or only names ("labelled"): any plain verb of speech goes before it.
    pub weak: bool,
}

/// Finds the cues of a sentence.
pub(super) fn cues(reader: &Reader<'_, '_>, found: &mut Vec<Cue>) {
    found.clear();
    let text = reader.scene.text.as_bytes();
    let mut low = 0;
    for unit in 0..reader.len() {
        let token = reader.at(unit);
        if reader.quote(unit) && reader.long_quote(unit) {
            low = unit + 1;
            continue;
        }
        if token.mark == b';' {
            low = unit + 1;
            continue;
        }
        if token.is(c::PREPOSITION | c::COMMON)
            && let Some(cue) = according(reader, unit)
        {
            found.push(cue);
            continue;
        }
        // Most words attribute nothing, wherever they stand.
        let past = token.shape == Shape::Lower && text[..token.span.end()].ends_with(b"ed");
        if !past && !token.is(c::CUE | c::SAYING | c::FINITE) {
            continue;
        }
        if let Some(cue) = tag_by_place(reader, unit) {
            found.push(cue);
            continue;
        }
        if let Some(cue) = noun_cue(reader, unit) {
            found.push(cue);
            continue;
        }
        let asked_by = unit == 0 && token.capital() && reader.len() > 1 && reader.word(1) == "by";
        if (token.shape == Shape::Lower || asked_by)
            && token.is(c::CUE)
            && let Some(cue) = verb_cue(reader, unit, low, found)
        {
            found.push(cue);
        } else if let Some(cue) = lead_by_place(reader, unit, low) {
            found.push(cue);
        }
    }
}

/// "Orr's claim that", "her promise to".
fn noun_cue(reader: &Reader<'_, '_>, unit: usize) -> Option<Cue> {
    let token = reader.at(unit);
    if !token.is(c::SAYING) || token.shape != Shape::Lower || unit == 0 || unit + 1 >= reader.len()
    {
        return None;
    }
    let end = behind_noun(reader, unit)?;
    let source = reader.possessor(unit)?;
    Some(Cue {
        at: unit,
        end,
        span: token.span,
        source,
        inverted: false,
        class: c::SAY | token.class & c::WEAK,
        negated: false,
        weak: true,
    })
}

/// Where a noun of speech and its copula end, when its content follows: "claim that", "answer was:",
/// "call for".
fn behind_noun(reader: &Reader<'_, '_>, unit: usize) -> Option<usize> {
    const CALLS: &[&str] = &["call", "calls", "demand", "demands", "request", "requests"];
    let mut next = unit + 1;
    if reader.word(next) == "on" && reader.weekday(next + 1) {
        next += 1;
    }
    next += usize::from(reader.weekday(next));
    if next >= reader.len() {
        return None;
    }
    let leads = matches!(reader.word(next), "that" | "to" | "of" | "about" | "as")
        || reader.word(next) == "for" && CALLS.contains(&reader.word(unit))
        || reader.mark(next, b':')
        || reader.mark(next, b',') && reader.word(unit) == "words"
        || reader.quote(next);
    if leads {
        return Some(next);
    }
    let behind = next + 1;
    let equals = matches!(reader.word(next), "is" | "was") || reader.mark(next, b'-');
    let opens = behind < reader.len()
        && (reader.quote(behind)
            || reader.word(behind) == "that"
            || reader.mark(behind, b':')
            || reader.mark(behind, b','));
    (equals && opens).then_some(behind)
}

/// "according to X", "in the words of X", "per X".
fn according(reader: &Reader<'_, '_>, unit: usize) -> Option<Cue> {
    const PHRASES: &[&[&str]] = &[&["according", "to"], &["in", "the", "words", "of"], &["per"]];
    let matches = |phrase: &&&[&str]| {
        phrase.iter().enumerate().all(|(n, word)| {
            unit + n < reader.len() && reader.word(unit + n).eq_ignore_ascii_case(word)
        })
    };
    let phrase = PHRASES.iter().find(matches)?;
    let start = unit + phrase.len();
    let source = reader.phrase_starting(start, reader.len())?;
    let source = authored(reader, source).unwrap_or(source);
    let span = reader.at(unit).span.join(reader.at(start - 1).span);
    Some(Cue {
        at: unit,
        end: behind(reader, source),
        span,
        source,
        inverted: true,
        class: c::SAY,
        negated: false,
        weak: false,
    })
}

/// Whose work is cited: "an analysis by Ann Poe", "figures from the Harbour Board".
fn authored(reader: &Reader<'_, '_>, source: Source) -> Option<Source> {
    if !matches!(source.head, Head::Nominal(_)) {
        return None;
    }
    let first = reader.units.partition_point(|&token| token < source.tokens.0);
    let last = behind(reader, source);
    let by = (first..last).find(|&unit| matches!(reader.word(unit), "by" | "from"))?;
    let mut start = by + 1;
    while start < last && reader.is(start, c::DETERMINER | c::ROLE) {
        start += 1;
    }
    let mention = reader.scene.mention_at(*reader.units.get(start)? as usize)?;
    Some(Source { head: Head::Member(mention.member?), ..source })
}

pub(super) fn behind(reader: &Reader<'_, '_>, source: Source) -> usize {
    reader.units.partition_point(|&token| token < source.tokens.1)
}

/// How many cues back a verb may share its subject with another.
const SHARING: usize = 6;

fn verb_cue(reader: &Reader<'_, '_>, unit: usize, low: usize, found: &[Cue]) -> Option<Cue> {
    let token = reader.at(unit);
    let after_quote = follows_quote(reader, unit);
    let span = token.span;
    let cue = |source, inverted, end, negated| Cue {
        at: unit,
        end,
        span,
        source,
        inverted,
        class: token.class,
        negated,
        weak: is_weak(reader, unit, inverted),
    };
    let inserted =
        unit > 0 && reader.mark(unit - 1, b',') && token.is(c::SAY) && opens_name(reader, unit + 1);
    if token.is(c::INVERTS)
        && token.is(c::FINITE)
        && (after_quote || inserted)
        && let Some(source) = subject_after(reader, unit, after_quote)
    {
        return Some(cue(source, true, behind(reader, source), false));
    }
    if token.is(c::FINITE)
        && let Some(source) = agent(reader, unit)
    {
        return Some(cue(source, true, behind(reader, source), false));
    }
    if !reader.verb_here(unit) || reader.word(unit) == "quote" && reader.is(unit - 1, c::I) {
        return None;
    }
    let negated = unit > 0
        && (low..unit)
            .rev()
            .take(3)
            .take_while(|&i| reader.is(i, c::AUXILIARY | c::NEGATION | c::ADVERB))
            .any(|i| reader.is(i, c::NEGATION));
    // "She said it was right to praise him and called": what is weak between is her content.
    let near = found.iter().rev().take(SHARING);
    let shared = near.into_iter().find(|cue| !cue.weak && !closed_before(reader, cue, unit + 1));
    let shared = shared.filter(|_| joined(reader, unit) && !absolute(reader, unit, low));
    let source = match shared {
        Some(last) => last.source,
        None => reader
            .subject_before(unit, low)
            .or_else(|| (low > 0).then(|| reader.subject_before(unit, 0)).flatten())?,
    };
    // "drawing loud jeers", "planning protests": a deed, and a noun spelt like a verb.
    let first = &reader.scene.tokens[source.tokens.0 as usize];
    let deed = first.shape == Shape::Lower && first.is(c::DOING | c::PARTICIPLE);
    if deed && matches!(source.head, Head::Nominal(_)) {
        return None;
    }
    Some(cue(source, false, unit + 1, negated))
}

/// Whether a name begins here, or the office before one: ", says sea captain Tom Orr".
fn opens_name(reader: &Reader<'_, '_>, start: usize) -> bool {
    let office = |unit: &usize| !reader.at(*unit).capital();
    let name = (start..reader.len()).take(4).find(|unit| !office(unit));
    let title = |unit: usize| {
        let token = reader.at(unit);
        token.class == 0 && token.shape == Shape::Lower || token.is(c::ROLE)
    };
    name.is_some_and(|name| {
        (start..name).all(title) && (start == name || reader.is(name - 1, c::ROLE))
    })
}

/// Whether the verb stands directly behind a quotation, its comma between.
pub(super) fn follows_quote(reader: &Reader<'_, '_>, unit: usize) -> bool {
    let mut at = unit;
    while at > 0
        && (matches!(reader.at(at - 1).mark, b',' | b'-' | b'\'') || reader.is(at - 1, c::ADVERB))
    {
        at -= 1;
    }
    at > 0 && reader.quote(at - 1) || at == 0 && unit == 0
}

/// The subject of a verb that stands before it: "said Ann Poe, the mayor".
fn subject_after(reader: &Reader<'_, '_>, verb: usize, tag: bool) -> Option<Source> {
    let mut start = verb + 1;
    while start < reader.len() && reader.is(start, c::ADVERB) && !reader.at(start).capital() {
        start += 1;
    }
    // "said retired Col. Ann Poe".
    start += usize::from(reader.given(start));
    if start >= reader.len() || reader.quote(start) || TIMES.contains(&reader.word(start)) {
        return None;
    }
    let token = reader.at(start);
    let small = c::PREPOSITION
        | c::SUBORDINATOR
        | c::AUXILIARY
        | c::VERB
        | c::WHO
        | c::AND
        | c::IT
        | c::I
        | c::YOU;
    let begins = token.capital()
        || token.is(c::DETERMINER | c::POSSESSIVE)
        || token.shape == Shape::Number
        || token.shape == Shape::Lower && (!token.is(small) || token.is(c::ROLE | c::GROUP));
    if !begins {
        return None;
    }
    let source = reader.phrase_starting(start, reader.len())?;
    // "said the bridge was safe": what follows is reported, and stands before nobody's verb.
    let next = behind(reader, source);
    if next >= reader.len() {
        return Some(source);
    }
    let paused = matches!(reader.at(next).shape, Shape::Stop | Shape::Mark)
        || reader.is(next, c::PREPOSITION | c::ADVERB);
    let clause = (reader.is(next, c::AUXILIARY) || !tag && (reader.verb(next) || !paused))
        && !reader.is(next, c::PARTICIPLE);
    (!clause).then_some(source)
}

/// Whether a verb only names what stands before it: "an engineer named Orr".
pub(super) fn names_only(reader: &Reader<'_, '_>, unit: usize) -> bool {
    const NAMING: &[&str] = &[
        "labeled",
        "labelled",
        "titled",
        "dubbed",
        "called",
        "named",
        "headlined",
        "tagged",
        "branded",
    ];
    let before = reader.at(unit - 1);
    NAMING.contains(&reader.word(unit))
        && before.shape == Shape::Lower
        && !before.is(c::AUXILIARY | c::ADVERB | c::PRONOUN | c::AND)
}

fn is_weak(reader: &Reader<'_, '_>, unit: usize, inverted: bool) -> bool {
    let token = reader.at(unit);
    if !token.is(c::SAY | c::TELL | c::CALL) || token.is(c::WEAK) {
        return true;
    }
    if inverted || unit == 0 {
        return false;
    }
    let before = reader.at(unit - 1);
    let named_so = names_only(reader, unit) && !before.is(c::ROLE | c::GROUP);
    let bare = token.is(c::BASE) && !token.is(c::FINITE);
    let mut at = unit;
    while at > 0 && reader.is(at - 1, c::AUXILIARY | c::ADVERB) {
        at -= 1;
    }
    let relative = at > 0 && (reader.is(at - 1, c::WHO) || reader.word(at - 1) == "that");
    let progressive = token.is(c::PARTICIPLE) && before.is(c::AUXILIARY);
    named_so || bare || relative || progressive
}

/// Whether a verb goes on from another: ", calling her", "and said".
fn joined(reader: &Reader<'_, '_>, unit: usize) -> bool {
    let mut at = unit;
    while at > 0 && reader.is(at - 1, c::ADVERB | c::AUXILIARY) {
        at -= 1;
    }
    if at == 0 {
        return false;
    }
    let before = reader.at(at - 1);
    before.is(c::AND)
        || reader.at(unit).is(c::PARTICIPLE)
            && (before.mark == b',' || before.shape == Shape::Open)
            && at == unit
}

/// Whether a participle has its subject behind "with": ", with one of her ads asking".
pub(super) fn absolute(reader: &Reader<'_, '_>, unit: usize, low: usize) -> bool {
    reader.at(unit).is(c::PARTICIPLE) && reader.behind_with(unit, low).is_some()
}

/// The source of a verb in the passive: "was described as "thin" by Ann Poe".
fn agent(reader: &Reader<'_, '_>, unit: usize) -> Option<Source> {
    let reach = reader.len().min(unit + 10);
    let by = (unit + 1..reach)
        .take_while(|&i| {
            reader.at(i).mark != b',' && !reader.verb(i) && !reader.is(i, c::SUBORDINATOR)
                || reader.word(i) == "as"
        })
        .find(|&i| reader.word(i) == "by")?;
    let direct = by == unit + 1;
    if !(reader.passive(unit) || direct) {
        return None;
    }
    let source = reader.phrase_starting(by + 1, reader.len())?;
    let bodies = c::ROLE | c::GROUP | c::KIN | c::ORGANISATION;
    let named = match source.head {
        Head::Member(_) => true,
        Head::Nominal(class) => class & bodies != 0,
        Head::Pronoun(_) => false,
    };
    (named && !reader.word(by + 1).ends_with("ing")).then_some(source)
}
