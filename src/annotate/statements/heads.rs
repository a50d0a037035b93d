//! The head of a noun phrase: whom it means.
//!
//! Comes in: a phrase of a sentence. Goes out: somebody named, a pronoun, or a noun.

use super::clause::{Head, Reader, Source};
use crate::annotate::people::cast::Kind;
use crate::text::tokens::{Class, Shape, Token, class as c};

impl Reader<'_, '_> {
    /// A person whose name begins at `start`, or behind words of office there.
    pub(super) fn leading_person(&self, start: usize, end: usize) -> Option<Head> {
        let mut at = start;
        while at < end && self.is(at, c::ROLE | c::KIN) {
            at += 1;
        }
        let mention = self.scene.mention_at(*self.units.get(at)? as usize)?;
        let index = mention.member?;
        let behind = at + (mention.end - mention.first) as usize;
        let whole =
            behind >= end || self.is(behind, c::PREPOSITION | c::AND) || self.mark(behind, b'(');
        (self.scene.cast.members[index as usize].kind == Kind::Person && whole)
            .then_some(Head::Member(index))
    }

    /// The possessor before a noun: "Orr's claim", "her promise".
    pub(super) fn possessor(&self, noun: usize) -> Option<Source> {
        let start = noun.saturating_sub(3);
        for at in (start..noun).rev() {
            let token = self.at(at);
            if token.shape == Shape::Genitive {
                let phrase = self.phrase_ending(at, 0);
                let named = phrase.filter(|source| !matches!(source.head, Head::Nominal(_)));
                return named.or_else(|| self.name_ending(at));
            }
            if token.is(c::POSSESSIVE) {
                let class = match self.word(at) {
                    "his" | "His" => c::HE,
                    "her" | "Her" => c::SHE,
                    "their" | "Their" => c::THEY,
                    "its" | "Its" => c::IT,
                    "my" | "My" | "our" | "Our" => c::I,
                    _ => return None,
                };
                let first = self.units[at];
                let head = Head::Pronoun(class);
                return Some(Source { span: token.span, tokens: (first, first + 1), head });
            }
            if !token.word() || token.is(c::PREPOSITION | c::VERB) {
                return None;
            }
        }
        None
    }

    /// A name behind a preposition that ends before `end`: "a check on Orr's claim", but not "the
    /// mayor of Elmtown's claim".
    fn name_ending(&self, end: usize) -> Option<Source> {
        let mention = self.scene.mention_at(self.units[end.checked_sub(1)?] as usize)?;
        let head = Head::Member(mention.member?);
        let first = self.units.partition_point(|&token| token < mention.first);
        let before = first.checked_sub(1)?;
        let behind = self.is(before, c::PREPOSITION) && !matches!(self.word(before), "of" | "for");
        let tokens = (mention.first, mention.end);
        behind.then_some(Source { span: mention.span, tokens, head })
    }

    /// Further persons named beside the first: "Orr and Poe", "Orr, Poe and Moll".
    pub(super) fn companions(&self, source: Source) -> Vec<u32> {
        let Head::Member(first) = source.head else { return Vec::new() };
        let tokens = &self.scene.tokens;
        let mut found = Vec::new();
        let inside = source.tokens.0 as usize + 1..source.tokens.1 as usize;
        for at in inside.filter(|&at| tokens[at].is(c::AND)) {
            found.extend(self.person_from(at + 1).map(|(index, _)| index));
        }
        let mut at = source.tokens.1 as usize;
        let mut listed = Vec::new();
        while listed.len() < 8 && tokens.get(at).is_some_and(|t| t.mark == b',' || t.is(c::AND)) {
            let last = tokens[at].is(c::AND);
            let Some((index, behind)) = self.person_from(at + 1) else { break };
            listed.push(index);
            if last {
                found.append(&mut listed);
                break;
            }
            at = behind;
        }
        found.retain(|&index| index != first);
        found.dedup();
        let person = self.scene.cast.members[first as usize].kind == Kind::Person;
        if person { found } else { Vec::new() }
    }

    /// The person whose name begins at a token, and the token behind it.
    fn person_from(&self, mut token: usize) -> Option<(u32, usize)> {
        let tokens = &self.scene.tokens;
        let office = |t: &Token| t.shape == Shape::Lower && t.is(c::ROLE | c::TITLE | c::LIMIT);
        while self.scene.named.get(token) == Some(&0) && office(&tokens[token]) {
            token += 1;
        }
        let mention = tokens.get(token).and_then(|_| self.scene.mention_at(token))?;
        let index = mention.member?;
        let person = self.scene.cast.members[index as usize].kind == Kind::Person;
        person.then_some((index, mention.end as usize))
    }

    /// Whom a noun phrase means.
    pub(super) fn head(&self, start: usize, end: usize) -> Option<Head> {
        if end == start + 1 && self.is(start, c::PRONOUN) {
            return Some(Head::Pronoun(self.at(start).class));
        }
        let mut at = start;
        let mut last = None;
        let mut inside = false;
        while at < end {
            let Some(mention) = self.scene.mention_at(self.units[at] as usize) else {
                // "an article in the journal Port": what stands behind a noun's preposition.
                inside |= at > start && self.is(at, c::PREPOSITION);
                at += 1;
                continue;
            };
            let behind = (at..end).find(|&i| self.units[i] >= mention.end).unwrap_or(end);
            let after_preposition = at > start && self.is(at - 1, c::PREPOSITION)
                || at > start + 1
                    && self.is(at - 1, c::DETERMINER | c::POSSESSIVE)
                    && self.is(at - 2, c::PREPOSITION);
            let genitive = behind < end && self.at(behind).shape == Shape::Genitive;
            let emphasis = behind < end && self.word(behind).ends_with("self");
            let modifies = behind < end
                && !emphasis
                && (self.at(behind).shape == Shape::Lower
                    && !self.is(behind, c::PREPOSITION | c::AND | c::ADVERB)
                    || self.is(behind, c::GROUP | c::ROLE)
                        && self.at(behind).shape == Shape::Capital);
            if let Some(index) = mention.member
                && !after_preposition
                && !inside
                && !genitive
                && !modifies
            {
                let kind = self.scene.cast.members[index as usize].kind;
                if behind == end || last.is_none() || emphasis {
                    last = Some((Head::Member(index), kind));
                }
                if kind == Kind::Person {
                    return Some(Head::Member(index));
                }
            }
            at = behind.max(at + 1);
        }
        if let Some((head, _)) = last {
            return Some(head);
        }
        let class = self.nominal_class(start, end);
        // "Another said": a count stands for somebody too.
        let counts = end == start + 1 && self.is(start, c::DETERMINER);
        (class != 0 || counts || (start..end).any(|i| self.at(i).shape == Shape::Lower))
            .then_some(Head::Nominal(class))
    }

    /// The classes of the noun that a phrase without a name is about.
    fn nominal_class(&self, start: usize, end: usize) -> Class {
        let stop = (start + 1..end).find(|&i| self.is(i, c::PREPOSITION)).unwrap_or(end);
        self.at(stop - 1).class
            & (c::ROLE | c::KIN | c::GROUP | c::MALE | c::FEMALE | c::PLACE | c::ORGANISATION)
    }
}
