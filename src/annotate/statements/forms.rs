//! Forms: verbs and the nouns that are spelt like them.
//!
//! Comes in: a word of a sentence. Goes out: whether a verb with a subject stands there. "Reports"
//! and "claims" are both; the words around tell.

use super::clause::Reader;
use crate::annotate::people::cast::Kind;
use crate::text::tokens::{Shape, Token, class as c};

/// Words that count, and stand for people too: "three replied", "several argued".
const COUNTS: &[&str] = &[
    "another", "some", "many", "several", "most", "few", "all", "both", "each", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// Participles that are nouns where no comma and no auxiliary stands before: "early voting".
const NOUNS_IN_ING: &[&str] = &[
    "voting",
    "lashing",
    "planning",
    "hearing",
    "reporting",
    "shooting",
    "casting",
    "targeting",
    "drawing",
    "meaning",
    "writing",
    "opening",
    "framing",
];

impl Reader<'_, '_> {
    /// Whether a verb stands here, not a noun that is spelt like it.
    pub(super) fn verb(&self, unit: usize) -> bool {
        let token = self.at(unit);
        if !token.is(c::VERB) || token.shape != Shape::Lower {
            return false;
        }
        if token.is(c::AUXILIARY) {
            return true;
        }
        if !token.is(c::FINITE) {
            return false;
        }
        if unit == 0 {
            return true;
        }
        if self.object_before(unit) {
            return matches!(self.word(unit), "said" | "says");
        }
        !self.plural(unit)
    }

    /// Whether an article, a possessor or a preposition stands before, as before a noun.
    fn object_before(&self, unit: usize) -> bool {
        let before = self.at(unit - 1);
        if before.shape == Shape::Genitive
            || before.is(c::PREPOSITION) && !before.is(c::SUBORDINATOR)
        {
            return true;
        }
        // "have both argued": a word of number behind an auxiliary stands for the subject.
        let both = unit > 1 && before.is(c::ADVERB) && self.is(unit - 2, c::AUXILIARY);
        let counted = self.word(unit).ends_with("ed") && self.counts(unit - 1);
        let noun = before.is(c::DETERMINER | c::POSSESSIVE) && !before.is(c::PRONOUN);
        noun && !both && !counted
    }

    /// Whether a word that counts stands here.
    fn counts(&self, unit: usize) -> bool {
        let word = self.word(unit);
        COUNTS.iter().any(|count| word.eq_ignore_ascii_case(count))
    }

    /// "recovered emails", "the biggest challenges", "business claims": a plural, not a verb.
    fn plural(&self, unit: usize) -> bool {
        let word = self.word(unit);
        if !word.ends_with('s') || matches!(word, "says" | "tells") {
            return false;
        }
        let subject = c::PRONOUN | c::WHO | c::ADVERB | c::ROLE | c::KIN | c::GROUP | c::SAYING;
        let (before, last) = (self.at(unit - 1), self.word(unit - 1));
        let adjective = before.class == 0
            && (last.ends_with(['e', 'l', 'c', 's', 'x']) || last.ends_with("est"));
        // "of Elmish claims".
        let people = before.capital() && before.is(c::GROUP | c::COMMON) && !last.ends_with('s');
        let owned = unit > 1 && self.is(unit - 2, c::PREPOSITION | c::POSSESSIVE);
        // "by 15 points".
        people && owned
            || before.shape == Shape::Number
            || before.shape == Shape::Lower
                && !before.is(subject)
                && (before.is(c::VERB) || last.ends_with("ed") || adjective)
    }

    /// Whether a word that may be a cue is a verb with a subject here.
    pub(super) fn verb_here(&self, unit: usize) -> bool {
        let token = self.at(unit);
        if unit == 0 {
            return false;
        }
        let before = self.at(unit - 1);
        if token.is(c::FINITE) && !token.is(c::BASE)
            || token.is(c::FINITE) && self.verb(unit) && !before.is(c::AUXILIARY)
        {
            return self.verb(unit) && !self.passive(unit);
        }
        if token.is(c::PARTICIPLE) {
            return self.participle_here(unit, before);
        }
        // A base form: "they say", "will say", "critics say", "to say".
        if before.is(c::ADVERB) && self.owned(unit) {
            return false;
        }
        let parted = before.mark == b',' && unit > 2 && {
            self.is(unit - 2, c::ADVERB) && self.mark(unit - 3, b',')
        };
        parted
            || matches!(self.word(unit - 1), "two" | "three" | "four" | "both")
            || before.is(c::AUXILIARY | c::THEY | c::I | c::YOU | c::WHO | c::ADVERB | c::GROUP)
            || self.word(unit - 1) == "to"
            || self.weekday(unit - 1) && self.word(unit) == "say"
            || self.several(unit - 1)
    }

    fn participle_here(&self, unit: usize, before: &Token) -> bool {
        if before.is(c::DETERMINER | c::POSSESSIVE) {
            return false;
        }
        if before.mark == b',' || before.is(c::AUXILIARY) {
            return true;
        }
        if NOUNS_IN_ING.contains(&self.word(unit)) {
            return false;
        }
        before.is(c::ADVERB | c::AND)
            || self.quote(unit - 1)
            || before.shape == Shape::Lower
            || before.capital()
            || before.mark == b'-'
    }

    /// Whether a participle stands before a name or an office: "retired Col. Ann Poe".
    pub(super) fn given(&self, unit: usize) -> bool {
        unit + 1 < self.len()
            && self.is(unit, c::FINITE)
            && self.word(unit).ends_with("ed")
            && (self.at(unit + 1).capital()
                || self.is(unit + 1, c::ROLE | c::TITLE)
                || unit + 2 < self.len() && self.at(unit + 2).capital())
    }

    /// Whether the adverbs before a word stand behind a possessor: "in their first debate".
    fn owned(&self, unit: usize) -> bool {
        let owner = (0..unit).rev().take(3).find(|&i| !self.is(i, c::ADVERB));
        owner.is_some_and(|i| {
            self.is(i, c::POSSESSIVE) || matches!(self.word(i), "the" | "a" | "an" | "The")
        })
    }

    /// Whether a plural stands here that may be a subject: "critics", "Democrats".
    fn several(&self, unit: usize) -> bool {
        let (token, word) = (self.at(unit), self.word(unit));
        if !word.ends_with('s') || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
            return false;
        }
        if token.capital() {
            let member = self.scene.mention_at(self.units[unit] as usize).and_then(|m| m.member);
            let kind = member.map(|index| self.scene.cast.members[index as usize].kind);
            return !matches!(kind, Some(Kind::Person | Kind::Place));
        }
        token.shape == Shape::Lower && !token.is(c::DETERMINER | c::POSSESSIVE | c::VERB)
    }

    /// "was asked", "are called": the subject is spoken to, or of.
    pub(super) fn passive(&self, unit: usize) -> bool {
        const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being"];
        (0..unit)
            .rev()
            .take(3)
            .take_while(|&i| self.is(i, c::AUXILIARY | c::ADVERB | c::NEGATION))
            .any(|i| BE.contains(&self.word(i)))
    }
}
