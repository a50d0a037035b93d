//! Cues by place: verbs of any meaning that stand where a verb of speech stands.
//!
//! Comes in: a sentence. Goes out: a cue. The marks around make the verb one of speech.

use super::clause::{Head, Reader, Source};
use super::cues::{Cue, behind};
use crate::text::tokens::{Shape, class as c};

/// Any verb behind a name behind a quotation that ends with a comma is one of speech:
/// `"And now?" Orr pressed.`
pub(super) fn tag_by_place(reader: &Reader<'_, '_>, unit: usize) -> Option<Cue> {
    let token = reader.at(unit);
    let known = token.is(c::SAY | c::TELL) && !token.is(c::WEAK);
    if unit == 0 || token.shape != Shape::Lower || known || token.is(c::AUXILIARY) {
        return None;
    }
    if !token.is(c::FINITE) && !reader.word(unit).ends_with("ed") {
        return None;
    }
    let floor = unit.saturating_sub(5);
    let quote = (floor..unit).rev().find(|&i| reader.quote(i))?;
    // `Poe called it "a dam for all," Orr leapt up`: words inside a clause have their cue before.
    if quote > 0 && reader.at(quote - 1).word() {
        return None;
    }
    let passage = reader.scene.passages[reader.at(quote).passage as usize - 1];
    let words = passage.inner.of(reader.scene.text).trim_end();
    let open = words.ends_with([',', '?', '!']) || reader.mark(quote + 1, b',');
    let start = if reader.mark(quote + 1, b',') { quote + 2 } else { quote + 1 };
    if start == unit {
        return inverted_by_place(reader, unit).filter(|_| open);
    }
    let source = reader.phrase_starting(start, unit).filter(|_| open && start < unit)?;
    if behind(reader, source) != unit || matches!(source.head, Head::Nominal(_)) {
        return None;
    }
    let next = unit + 1;
    let closes = next >= reader.len()
        || matches!(reader.at(next).shape, Shape::Stop)
        || reader.mark(next, b',')
        || reader.is(next, c::PREPOSITION | c::ADVERB) && words.ends_with([',', '?']);
    closes.then(|| spoken(reader, unit, unit + 1, source))
}

/// The same with the name behind the verb: `"And now?" pressed Ann Orr.`
fn inverted_by_place(reader: &Reader<'_, '_>, unit: usize) -> Option<Cue> {
    let mention = reader.scene.mention_at(*reader.units.get(unit + 1)? as usize)?;
    mention.member?;
    let source = reader.phrase_starting(unit + 1, reader.len())?;
    let next = behind(reader, source);
    let closes = next >= reader.len()
        || matches!(reader.at(next).shape, Shape::Stop)
        || reader.mark(next, b',')
        || reader.is(next, c::PREPOSITION | c::ADVERB | c::SUBORDINATOR);
    let named = matches!(source.head, Head::Member(_));
    (closes && named).then(|| Cue { inverted: true, ..spoken(reader, unit, next, source) })
}

/// Any verb between a name and a quotation with its comma or colon, "back" perhaps between:
/// `Orr fired back: "It will hold."`
pub(super) fn lead_by_place(reader: &Reader<'_, '_>, unit: usize, low: usize) -> Option<Cue> {
    let token = reader.at(unit);
    let past = token.is(c::FINITE) || token.class == 0 && reader.word(unit).ends_with("ed");
    if unit == 0 || token.shape != Shape::Lower || token.is(c::AUXILIARY) || !past {
        return None;
    }
    let mut next = unit + 1;
    while next < reader.len() && next < unit + 3 && reader.is(next, c::ADVERB) {
        next += 1;
    }
    let back = next > unit + 1 && reader.word(unit + 1) == "back";
    let leads = reader.mark(next, b',') || reader.mark(next, b':');
    let that = back && next < reader.len() && reader.word(next) == "that";
    let speech = leads && next + 1 < reader.len() && opens_speech(reader, next + 1);
    if !that && !speech {
        return None;
    }
    if reader.passive(unit) || reader.is(unit - 1, c::I) {
        return None;
    }
    let source = reader.subject_before(unit, low)?;
    let first = reader.units.partition_point(|&at| at < source.tokens.0);
    let opened = first > 0 && reader.is(first - 1, c::SUBORDINATOR);
    let speaks = match source.head {
        Head::Member(_) => true,
        Head::Pronoun(class) => class & c::IT == 0,
        Head::Nominal(class) => class & (c::ROLE | c::KIN) != 0,
    };
    let weak = reader.is(unit - 1, c::WHO) || reader.word(unit - 1) == "that";
    (speaks && !opened).then(|| Cue { weak, ..spoken(reader, unit, next, source) })
}

/// Whether a passage begins as a sentence does.
pub(super) fn opens_speech(reader: &Reader<'_, '_>, unit: usize) -> bool {
    if !reader.quote(unit) || !reader.long_quote(unit) {
        return false;
    }
    let passage = reader.scene.passages[reader.at(unit).passage as usize - 1];
    passage.inner.of(reader.scene.text).starts_with(|c: char| c.is_uppercase())
}

fn spoken(reader: &Reader<'_, '_>, unit: usize, end: usize, source: Source) -> Cue {
    Cue {
        at: unit,
        end,
        span: reader.at(unit).span,
        source,
        inverted: false,
        class: c::SAY,
        negated: false,
        weak: false,
    }
}
