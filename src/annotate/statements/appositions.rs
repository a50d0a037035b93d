//! Who stands before an apposition: an office, a place, a clause about somebody named.
//!
//! Comes in: a place in a sentence, or the phrase found there. Goes out: the person it is about.

use super::clause::{Head, Reader, Source};
use crate::annotate::people::cast::Kind;
use crate::text::tokens::{Shape, class as c};

impl Reader<'_, '_> {
    /// Who holds an office that no comma closes: "Ann Poe, chair and founder of the Moll Fund said".
    pub(super) fn bearer(&self, office: Source, low: usize) -> Option<Source> {
        let mut first = self.units.partition_point(|&token| token < office.tokens.0);
        while first > low && self.is(first - 1, c::ROLE | c::LIMIT | c::AND) {
            first -= 1;
        }
        if first < low + 2 || !self.is(first, c::ROLE) || !self.mark(first - 1, b',') {
            return None;
        }
        let named = self.phrase_ending(first - 1, low)?;
        let Head::Member(index) = named.head else { return None };
        let person = self.scene.cast.members[index as usize].kind == Kind::Person;
        person.then_some(named)
    }

    /// The person whose name ends a long phrase about no one: "a blow from Mayor Ann Poe, who".
    pub(super) fn nearest_person(&self, phrase: Source) -> Option<Source> {
        let Head::Nominal(class) = phrase.head else { return None };
        let mention = self.scene.mention_at(phrase.tokens.1 as usize - 1)?;
        let index = mention.member?;
        let person = self.scene.cast.members[index as usize].kind == Kind::Person;
        let human = c::ROLE | c::KIN | c::GROUP | c::MALE | c::FEMALE;
        (person && class & human == 0).then_some(Source {
            span: mention.span,
            tokens: (mention.first, mention.end),
            head: Head::Member(index),
        })
    }

    /// Who comes from a place: "Ann Poe, 24, of Elmtown, who".
    pub(super) fn native(&self, place: Source, low: usize) -> Option<Source> {
        let mut source = place;
        for _ in 0..4 {
            let Head::Member(index) = source.head else { return None };
            if self.scene.cast.members[index as usize].kind != Kind::Place {
                return Some(source);
            }
            let mut first = self.units.partition_point(|&token| token < source.tokens.0);
            while first > low
                && (self.mark(first - 1, b',')
                    || self.is(first - 1, c::PREPOSITION | c::DETERMINER)
                    || self.at(first - 1).shape == Shape::Number)
            {
                first -= 1;
            }
            source = self.phrase_ending(first, low).filter(|s| s.tokens.0 < source.tokens.0)?;
        }
        None
    }

    /// The subject before an apposition that ends with the mark at `close`: "X, who ..., said".
    pub(super) fn behind_apposition(&self, close: usize, low: usize) -> Option<Source> {
        let same = |unit: usize| {
            let mark = self.at(unit).mark;
            match self.at(close).mark {
                b')' => mark == b'(',
                0 => mark == b',',
                other => mark == other,
            }
        };
        let mut end = close;
        let mut nominal = None;
        for _ in 0..6 {
            let open = (low..end).rev().find(|&unit| same(unit))?;
            let person = self.leading_person(open + 1, end);
            if person.is_some() && !self.is(open + 1, c::PREPOSITION) {
                return self.source_of(open + 1, end, person);
            }
            let before = self.phrase_ending(open, low);
            if let Some(person) = before.and_then(|source| self.named_before(source, open, low)) {
                return Some(person);
            }
            match before.map(|source| source.head) {
                Some(Head::Member(index))
                    if self.scene.cast.members[index as usize].kind != Kind::Place =>
                {
                    return before;
                }
                Some(Head::Pronoun(_)) => return before,
                Some(Head::Nominal(_)) if self.is(open + 1, c::WHO) => return before,
                _ => {}
            }
            // A town or a state is where somebody is from.
            nominal = before.filter(|s| matches!(s.head, Head::Nominal(_))).or(nominal);
            end = open;
        }
        nominal
    }

    /// Whose apposition a phrase before the comma at `open` is part of: "Ann Poe, the senator who
    /// heads the Harbour Board, which".
    pub(super) fn named_before(&self, source: Source, open: usize, low: usize) -> Option<Source> {
        let person = |head: Head| matches!(head, Head::Member(i) if self.scene.cast.members[i as usize].kind == Kind::Person);
        let comma = (low..open).rev().find(|&unit| self.mark(unit, b','))?;
        let opens = self.is(comma + 1, c::DETERMINER | c::ROLE);
        let whole = self.units[comma + 1] == source.tokens.0 && opens;
        let clause = (comma + 1..open).any(|unit| self.is(unit, c::WHO));
        if person(source.head) || !(whole || clause) {
            return None;
        }
        self.phrase_ending(comma, low).filter(|before| person(before.head))
    }
}
