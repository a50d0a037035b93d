//! Noun phrases: the words that stand for one subject.
//!
//! Comes in: a place in a sentence. Goes out: the phrase that ends or starts there, as a source.
//! Reads no grammar beyond word classes.

use super::clause::{Head, Reader, Source};
use crate::annotate::people::cast::Kind;
use crate::text::tokens::{Shape, class as c};

/// The longest noun phrase, in units.
const PHRASE: usize = 28;

impl Reader<'_, '_> {
    /// The noun phrase that ends before `end`.
    pub(super) fn phrase_ending(&self, end: usize, low: usize) -> Option<Source> {
        if end > low && self.is(end - 1, c::PRONOUN) {
            return self.source(end - 1, end);
        }
        let floor = low.max(end.saturating_sub(PHRASE));
        let mut start = end;
        while start > floor && self.in_phrase(start - 1, end) {
            start -= 1;
        }
        start = self.past_openers(start, end);
        self.source(start, end)
    }

    /// Whether a unit may belong to a noun phrase.
    pub(super) fn in_phrase(&self, unit: usize, end: usize) -> bool {
        let token = self.at(unit);
        match token.shape {
            Shape::Open => return !self.long_quote(unit) && !self.stopped_quote(unit),
            Shape::Genitive | Shape::Number => return true,
            Shape::Mark => {
                return matches!(token.mark, b'&' | b'/' | b'(' | b')' | b'$' | b'%' | b'\'');
            }
            Shape::Stop | Shape::Close => return false,
            _ => {}
        }
        if self.scene.named[self.units[unit] as usize] > 0 {
            return true;
        }
        if token.is(c::AND) {
            // "Orr and Poe said", "Orr and former mayor Poe said", not "he left and Poe said".
            let office = |i: &usize| {
                self.at(*i).shape == Shape::Lower && self.is(*i, c::ROLE | c::TITLE | c::LIMIT)
            };
            let next = (unit + 1..end).find(|i| !office(i));
            return unit > 0
                && self.at(unit - 1).capital()
                && next.is_some_and(|i| self.at(i).capital());
        }
        if token.is(c::WHO) || token.is(c::PRONOUN) && unit + 1 != end {
            return false;
        }
        if token.is(c::SUBORDINATOR) && !token.is(c::DETERMINER) {
            return false;
        }
        // "Will hold banners", "to explain the plan": a verb in its plain form.
        let plain = token.is(c::BASE) && token.shape == Shape::Lower && unit > 0;
        if plain && (self.word(unit - 1) == "to" || self.modal(unit - 1)) {
            return false;
        }
        // "Gov. Ann Poe suspended her campaign": a verb that no table knows.
        let past = token.class == 0 && self.word(unit).ends_with("ed");
        if past && unit > 0 && self.scene.named[self.units[unit - 1] as usize] > 0 {
            return false;
        }
        !self.verb(unit)
    }

    /// Whether an auxiliary that takes a plain verb stands here, "not" perhaps behind: "did not".
    fn modal(&self, unit: usize) -> bool {
        const MODALS: &[&str] = &[
            "will",
            "would",
            "can",
            "could",
            "shall",
            "should",
            "may",
            "might",
            "must",
            "did",
            "do",
            "does",
            "won't",
            "wouldn't",
            "can't",
            "couldn't",
            "shouldn't",
            "didn't",
            "don't",
            "doesn't",
            "cannot",
        ];
        let at = if self.word(unit) == "not" && unit > 0 { unit - 1 } else { unit };
        MODALS.contains(&self.word(at))
    }

    /// Leaves out what stands before a subject without belonging to it: "In May the mayor".
    pub(super) fn past_openers(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end
            && self.is(at, c::ADVERB | c::AND | c::NEGATION)
            && !self.is(at, c::PRONOUN)
            && self.scene.named[self.units[at] as usize] == 0
        {
            at += 1;
        }
        if at >= end || !self.is(at, c::PREPOSITION) {
            return at;
        }
        if let Some(mention) = self.scene.mention_at(self.units[end - 1] as usize) {
            let first = mention.first;
            let begin = (at..end).find(|&i| self.units[i] >= first).unwrap_or(at);
            return self.with_role(begin, at);
        }
        if self.is(end - 1, c::PRONOUN) {
            return end - 1;
        }
        let determiner = |&i: &usize| self.is(i, c::DETERMINER | c::POSSESSIVE) && i + 1 < end;
        (at + 2..end).rev().find(determiner).unwrap_or((at + 1).min(end - 1))
    }

    /// Takes in the words of office before a name.
    pub(super) fn with_role(&self, name: usize, low: usize) -> usize {
        let mut at = name;
        while at > low && self.is(at - 1, c::ROLE) {
            at -= 1;
        }
        at
    }

    /// The noun phrase that starts at `start`, before `limit`.
    pub(super) fn phrase_starting(&self, start: usize, limit: usize) -> Option<Source> {
        if start >= limit.min(self.len()) || self.is_small(start) || self.mark(start, b'[') {
            return None;
        }
        if !self.begins_phrase(start) && self.verb(start) {
            return None;
        }
        let ceiling = limit.min(start + PHRASE);
        let mut end = start;
        while end < ceiling && self.goes_on(start, end) {
            end += 1;
        }
        let source = self.source(start, end)?;
        Some(self.named_behind(start, end, source).unwrap_or(source))
    }

    /// The person named behind a comma: "his spokeswoman, Ann Poe,".
    pub(super) fn named_behind(&self, start: usize, end: usize, source: Source) -> Option<Source> {
        let open = match source.head {
            Head::Nominal(_) => true,
            Head::Member(index) => self.scene.cast.members[index as usize].kind == Kind::Body,
            Head::Pronoun(_) => false,
        };
        let parted = self.mark(end, b',') || self.mark(end, b'-');
        if !open || end + 1 >= self.len() || !parted {
            return None;
        }
        let name = (end + 1..self.len()).find(|&unit| !self.is(unit, c::ROLE | c::DETERMINER))?;
        let mention = self.scene.mention_at(self.units[name] as usize)?;
        let index = mention.member?;
        if self.scene.cast.members[index as usize].kind != Kind::Person {
            return None;
        }
        let behind =
            (name..self.len()).find(|&i| self.units[i] >= mention.end).unwrap_or(self.len());
        let alone = behind >= self.len()
            || matches!(self.at(behind).shape, Shape::Mark | Shape::Stop)
            || self.word(behind) == "of";
        alone.then(|| self.source_of(start, behind, Some(Head::Member(index)))).flatten()
    }

    /// Whether a small word stands here that begins no noun phrase.
    pub(super) fn is_small(&self, unit: usize) -> bool {
        self.is(unit, c::AND | c::ADVERB | c::PREPOSITION | c::WHO)
            && !self.is(unit, c::DETERMINER | c::PRONOUN)
            && self.at(unit).shape == Shape::Lower
    }

    pub(super) fn goes_on(&self, start: usize, unit: usize) -> bool {
        if unit == start {
            return !self.quote(unit);
        }
        if self.is(start, c::PRONOUN) {
            return false;
        }
        self.in_phrase(unit, self.len()) && !(self.quote(unit))
    }

    pub(super) fn source(&self, start: usize, end: usize) -> Option<Source> {
        self.source_of(start, end, None)
    }

    pub(super) fn source_of(&self, start: usize, end: usize, head: Option<Head>) -> Option<Source> {
        let start = if start < end && self.mark(start, b'(') { start + 1 } else { start };
        if start >= end {
            return None;
        }
        let head = match head {
            Some(head) => head,
            None => self.head(start, end)?,
        };
        let span = self.at(start).span.join(self.at(end - 1).span);
        Some(Source { span, tokens: (self.units[start], self.units[end - 1] + 1), head })
    }
}
