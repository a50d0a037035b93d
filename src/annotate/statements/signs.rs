//! Signs that name a speaker without a verb, and signs that a passage is no speech.
//!
//! Comes in: a sentence. Goes out: the label of a transcript, a signature, whether a passage is a
//! title.

use super::clause::{Head, Reader, Source};
use super::cues::Cue;
use super::places::opens_speech;
use super::scene::Scene;
use crate::annotate::people::cast::Kind;
use crate::text::tokens::{Shape, Token, class as c};

/// Whether a verb without a quotation reports nothing: "to say", "when she said", "a sign saying".
pub(super) fn reports_nothing(reader: &Reader<'_, '_>, cue: &Cue) -> bool {
    const OPEN: &[&str] = &["when", "if", "whether", "unless", "until", "once", "had"];
    let Some(before) = cue.at.checked_sub(1) else { return true };
    let noun = cue.weak && cue.class == c::SAY;
    let names = cue.weak && matches!(reader.word(cue.at), "called" | "named" | "dubbed" | "titled");
    if !has_content(reader, cue) || names && reader.at(before).class == 0 {
        return true;
    }
    if noun && !(cue.end < reader.len() && matches!(reader.word(cue.end), "that" | "to")) {
        return true;
    }
    if reader.word(before) == "to" {
        return true;
    }
    let spoken = cue.class & (c::SAY | c::TELL) != 0;
    if reader.at(cue.at).is(c::PARTICIPLE)
        && !spoken
        && reader.at(before).word()
        && !reader.is(before, c::AUXILIARY | c::ADVERB | c::AND)
    {
        return true;
    }
    let first = reader.units.partition_point(|&token| token < cue.source.tokens.0);
    let opener = first.checked_sub(1).map(|unit| reader.word(unit));
    !cue.inverted
        && opener.is_some_and(|word| OPEN.iter().any(|open| word.eq_ignore_ascii_case(open)))
}

/// Whether what follows a verb may be its content: "argued that", "backed the plan", but not
/// "reported from Elmtown", "continued to rise", "spoke at the fair".
fn has_content(reader: &Reader<'_, '_>, cue: &Cue) -> bool {
    const LOOSE: &[&str] = &[
        "in", "at", "by", "from", "as", "with", "of", "during", "up", "off", "over", "into",
        "before", "after", "like", "until", "around", "behind", "through",
    ];
    const PLAIN: &[&str] = &["said", "says", "say", "saying", "told", "tells", "tell", "telling"];
    if cue.inverted || cue.end >= reader.len() || PLAIN.contains(&reader.word(cue.at)) {
        return true;
    }
    let (verb, next) = (reader.word(cue.at), reader.word(cue.end));
    if next == "to" {
        let as_name = verb == "referred" && cue.at > 0 && !reader.is(cue.at - 1, c::AUXILIARY);
        return !verb.starts_with("continu") && !verb.starts_with("add") && !as_name;
    }
    if matches!(verb, "spoke" | "speaks" | "speak" | "spoken") {
        return matches!(next, "of" | "about" | "out" | "against");
    }
    if !LOOSE.contains(&next) {
        return true;
    }
    let reach = reader.len().min(cue.end + 14);
    next != "from" && (cue.end..reach).any(|unit| reader.word(unit) == "that")
}

/// Labels of transcripts that name nobody.
const NAMELESS: &[&str] = &[
    "Q",
    "A",
    "QUESTION",
    "ANSWER",
    "REPORTER",
    "MODERATOR",
    "HOST",
    "AUDIENCE",
    "CROWD",
    "INTERVIEWER",
    "THE PRESIDENT",
    "PRESIDENT",
    "JUDGE",
    "THE COURT",
    "SPEAKER",
    "MALE",
    "FEMALE",
];

/// The name before a colon with which a transcript begins each answer: "TRUMP: ".
pub(super) fn label(scene: &Scene<'_>, start: usize) -> Option<Source> {
    let shouted = |i: usize| {
        let letter = |t: &Token| t.shape == Shape::Initial && t.span.len() == 1;
        scene.tokens.get(i).is_some_and(|t| t.shape == Shape::Upper || letter(t))
    };
    let end = (start..start + 5).find(|&i| !shouted(i))?;
    if end == start || scene.tokens.get(end)?.mark != b':' {
        return None;
    }
    let member = scene.mention_at(end - 1).and_then(|mention| mention.member);
    let span = scene.tokens[start].span.join(scene.tokens[end - 1].span);
    let known = member.is_some_and(|index| {
        let member = &scene.cast.members[index as usize];
        member.kind == Kind::Person || member.count > 1
    });
    let nameless = NAMELESS.contains(&span.of(scene.text));
    if !known && !nameless {
        return None;
    }
    let head = member.filter(|_| !nameless).map_or(Head::Nominal(0), Head::Member);
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

/// The name between a dash and the colon before a quotation: `Poll finds growth - Ann Poe: "..."`.
pub(super) fn bylined(reader: &Reader<'_, '_>, unit: usize) -> Option<Source> {
    if unit < 3 || !reader.mark(unit - 1, b':') {
        return None;
    }
    let dash = (unit.saturating_sub(10)..unit - 1).rev().find(|&i| reader.mark(i, b'-'))?;
    let source = reader.phrase_starting(dash + 1, unit - 1)?;
    let whole = reader.units[unit - 1] == source.tokens.1;
    (whole && matches!(source.head, Head::Member(_))).then_some(source)
}

/// What words are taken from: "From Orr's letter:", "More from the report:".
fn cited(reader: &Reader<'_, '_>, colon: usize) -> Option<Source> {
    let from = (colon.saturating_sub(9)..colon).rev().find(|&i| {
        let opens = i == 0 || reader.word(i - 1).eq_ignore_ascii_case("more");
        opens && reader.word(i).eq_ignore_ascii_case("from")
    })?;
    reader.phrase_starting(from + 1, colon).filter(|cited| cited.tokens.1 == reader.units[colon])
}

/// Nouns that name what is quoted behind them.
const UTTERANCES: &[&str] = &[
    "chant", "chants", "cry", "cries", "shout", "shouts", "slogan", "refrain", "line", "message",
    "motto", "mantra",
];

/// The source of words behind a colon, or behind a noun that names them: "From Orr's letter: "The
/// dam ..."", "The board was plain in its report: "The dam ..."", "a chant of "Save it!"".
pub(super) fn led_by_noun(
    reader: &Reader<'_, '_>,
    unit: usize,
    main: Option<Source>,
) -> Option<Source> {
    let before = unit.checked_sub(1).filter(|&before| before > 0)?;
    let start = reader.at(unit).span.start();
    let main = main.filter(|source| source.span.end() <= start);
    if reader.mark(before, b':') && opens_speech(reader, unit) {
        return cited(reader, before).or(main);
    }
    let noun = if matches!(reader.word(before), "of" | "that") { before - 1 } else { before };
    UTTERANCES.contains(&reader.word(noun)).then_some(main).flatten()
}
