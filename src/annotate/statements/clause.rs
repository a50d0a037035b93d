//! Subjects: who does what a verb says.
//!
//! Comes in: a sentence of a scene. Goes out: sources, the words that stand for a speaker. Reads no
//! grammar beyond word classes: noun phrases end at verbs, commas and conjunctions.

use super::scene::{Scene, Sentence};
use crate::annotate::people::cast::Kind;
use crate::model::Span;
use crate::text::tokens::{Class, Shape, Token, class as c};

/// The words that stand for a speaker.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    /// Where they stand.
    pub span: Span,
    /// Their first token and the one behind the last.
    pub tokens: (u32, u32),
    /// Whom they mean.
    pub head: Head,
}

/// Whom the words for a speaker mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// Somebody of the cast.
    Member(u32),
    /// A pronoun, by its classes.
    Pronoun(Class),
    /// A noun without a name, by its classes.
    Nominal(Class),
}

/// A sentence being read: positions count its units.
#[derive(Clone, Copy)]
pub(super) struct Reader<'s, 'a> {
    pub scene: &'s Scene<'a>,
    pub units: &'s [u32],
}

/// How far back a verb may stand whose subject a second verb shares.
const VERB_REACH: usize = 24;

/// Words that end a phrase of time.
pub(super) const TIMES: &[&str] = &[
    "later",
    "ago",
    "earlier",
    "before",
    "day",
    "week",
    "month",
    "year",
    "morning",
    "night",
    "evening",
    "afternoon",
    "days",
    "weeks",
    "months",
    "years",
    "time",
    "moment",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

impl<'s, 'a> Reader<'s, 'a> {
    pub(super) fn of(scene: &'s Scene<'a>, sentence: Sentence) -> Self {
        Self { scene, units: &scene.units[sentence.start as usize..sentence.end as usize] }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    #[inline]
    pub(super) fn at(&self, unit: usize) -> &'s Token {
        &self.scene.tokens[self.units[unit] as usize]
    }

    #[inline]
    pub(super) fn word(&self, unit: usize) -> &'a str {
        self.at(unit).span.of(self.scene.text)
    }

    #[inline]
    pub(super) fn is(&self, unit: usize, class: Class) -> bool {
        self.units.get(unit).is_some() && self.at(unit).is(class)
    }

    #[inline]
    pub(super) fn quote(&self, unit: usize) -> bool {
        self.at(unit).shape == Shape::Open
    }

    #[inline]
    pub(super) fn mark(&self, unit: usize, mark: u8) -> bool {
        unit < self.len() && self.at(unit).mark == mark
    }

    /// The subject of the verb at `verb`, before it and not before `low`.
    pub(super) fn subject_before(&self, verb: usize, low: usize) -> Option<Source> {
        let end = self.subject_end(verb, low);
        if end == low {
            return None;
        }
        let before = self.at(end - 1);
        let that = self.word(end - 1) == "that" && end >= 2 && !self.verb(end - 2);
        if before.is(c::WHO) || that {
            return self.antecedent(end - 1, verb, low);
        }
        if before.is(c::AND) || self.word(end - 1) == "to" {
            return self
                .subject_of_last_verb(end - 1, low)
                .or_else(|| self.main_subject(verb, low));
        }
        let helped = (end..verb).any(|i| self.is(i, c::AUXILIARY) && !self.is(i, c::NEGATION));
        if self.at(verb).is(c::PARTICIPLE) && !helped || self.titles(verb) {
            return self.subject_of_participle(verb, end, low);
        }
        if matches!(before.mark, b',' | b'-' | b')') {
            return self.behind_apposition(end - 1, low).or_else(|| self.main_subject(verb, low));
        }
        if self.quote(end - 1) && self.long_quote(end - 1) {
            return None;
        }
        if self.quote(end - 1) && end > low + 2 && self.ends_aside(end - 1) {
            return self.behind_apposition(end - 1, low).or_else(|| self.phrase_ending(end, low));
        }
        let source = self.phrase_ending(end, low)?;
        if let Some(bearer) = self.bearer(source, low) {
            return Some(bearer);
        }
        if let Some(before) = self.inserted(source, low) {
            return self.subject_before(before, low).or(Some(source));
        }
        self.owner_of_object(source, low).or(Some(source))
    }

    /// Where the subject of a verb ends: before its auxiliaries, adverbs and times.
    fn subject_end(&self, verb: usize, low: usize) -> usize {
        let mut end = verb;
        while end > low && self.skipped(end - 1) {
            end -= 1;
        }
        end = self.before_time(end, low);
        let contracted = end > low + 1
            && self.at(end - 1).shape == Shape::Genitive
            && self.is(end - 2, c::PRONOUN | c::WHO);
        if contracted { end - 1 } else { end }
    }

    /// Whom "who" or "that" means, before the verb of its clause.
    fn antecedent(&self, who: usize, verb: usize, low: usize) -> Option<Source> {
        let mut behind = who;
        if behind > low && matches!(self.at(behind - 1).mark, b',' | b'-') {
            behind -= 1;
        }
        let mut source = self.phrase_ending(behind, low)?;
        if let Some(nearest) = self.native(source, low).or_else(|| self.nearest_person(source)) {
            source = nearest;
        }
        source.span = source.span.join(self.at(who).span);
        let author = (self.word(who) == "that").then(|| self.author(source, verb, low)).flatten();
        author.or(Some(source))
    }

    /// The subject of a participle: in "put out a statement saying" not the statement, but whoever
    /// put it out; in "After saying no, Orr left" whoever is named behind.
    fn subject_of_participle(&self, verb: usize, end: usize, low: usize) -> Option<Source> {
        let before = self.at(end - 1);
        let joined = matches!(before.shape, Shape::Mark | Shape::Open)
            || before.is(c::SUBORDINATOR | c::PREPOSITION);
        if joined && self.at(verb).is(c::PARTICIPLE) {
            let opens = end == low + 1 && verb == end && before.is(c::PREPOSITION);
            let behind = || {
                self.main_subject(self.len(), low).filter(|main| main.tokens.0 > self.units[verb])
            };
            return if opens { behind() } else { self.main_subject(verb, low) };
        }
        let phrase = self.phrase_ending(end, low)?;
        if let Some(start) = self.behind_with(end, low) {
            return self.phrase_starting(start, end).or(Some(phrase));
        }
        let tokens = &self.scene.tokens[phrase.tokens.0 as usize..phrase.tokens.1 as usize];
        let nominal = matches!(phrase.head, Head::Nominal(_));
        let first = self.units.partition_point(|&token| token < phrase.tokens.0);
        let object = !nominal && first > low && self.is(first - 1, c::PREPOSITION);
        let document = object || nominal && tokens.iter().any(|t| t.is(c::SAYING | c::DOCUMENT));
        document.then(|| self.main_subject(verb, low)).flatten().or(Some(phrase))
    }

    /// Who put out what speaks: "The mayor released a letter that said" is the mayor's.
    fn author(&self, document: Source, verb: usize, low: usize) -> Option<Source> {
        let tokens = &self.scene.tokens[document.tokens.0 as usize..document.tokens.1 as usize];
        let written = matches!(document.head, Head::Nominal(_))
            && tokens.iter().any(|token| token.is(c::DOCUMENT | c::SAYING));
        let main = written.then(|| self.main_subject(verb, low)).flatten()?;
        let first = self.units.partition_point(|&token| token < document.tokens.0);
        let sent = first == 0 || self.word(first - 1) != "by";
        (sent && main.tokens.1 < document.tokens.0).then_some(main)
    }

    /// Where a phrase of place or time begins that stands between a subject and its verb: "who has
    /// in the past called", "she backs the dam and in a letter thanked him".
    fn inserted(&self, source: Source, low: usize) -> Option<usize> {
        let first = self.units.partition_point(|&token| token < source.tokens.0);
        let preposition = first.checked_sub(1).filter(|&unit| unit > low + 1)?;
        let inside = matches!(self.word(preposition), "in" | "at" | "on" | "during");
        let open = self.is(preposition - 1, c::AND | c::AUXILIARY | c::WHO);
        (inside && open && !matches!(source.head, Head::Pronoun(_))).then_some(preposition)
    }

    /// Where the subject of a participle begins: ", with one of her ads asking".
    pub(super) fn behind_with(&self, end: usize, low: usize) -> Option<usize> {
        let reach = (low + 1..end).rev().take(12);
        let with = reach
            .take_while(|&i| !self.mark(i, b',') && !self.verb(i))
            .find(|&i| self.word(i) == "with" && self.mark(i - 1, b',') && i + 1 < end)?;
        Some(with + 1)
    }

    /// "Released a memo titled": what was done with a document names who speaks in it.
    fn titles(&self, verb: usize) -> bool {
        matches!(self.word(verb), "titled" | "entitled" | "headlined" | "dubbed")
            && verb > 0
            && self.is(verb - 1, c::DOCUMENT | c::SAYING)
    }

    /// Who stands before a verb whose object was taken for a subject: "those who spoke with the
    /// Post said", "a memo released by the Post said".
    fn owner_of_object(&self, source: Source, low: usize) -> Option<Source> {
        let mut at = self.units.partition_point(|&token| token < source.tokens.0);
        while at > low && self.is(at - 1, c::DETERMINER | c::POSSESSIVE) {
            at -= 1;
        }
        let verb = at.checked_sub(2).filter(|&verb| verb > low)?;
        if self.at(at - 1).is(c::BASE) && self.word(verb) == "to" {
            // "An aide who spoke to explain the plan said".
            let floor = low.max(verb.saturating_sub(8));
            let who = (floor + 1..verb).rev().find(|&unit| self.is(unit, c::WHO))?;
            return self.phrase_ending(who, low);
        }
        let preposition = self.at(at - 1).shape == Shape::Lower && self.is(at - 1, c::PREPOSITION);
        if !preposition || self.is(at - 1, c::SUBORDINATOR) || self.at(verb).shape != Shape::Lower {
            return None;
        }
        let past = self.word(verb).ends_with("ed");
        if !past && !self.verb(verb) {
            return None;
        }
        let floor = low.max(verb.saturating_sub(6));
        let who = (floor..verb).rev().find(|&unit| self.is(unit, c::WHO));
        if let Some(who) = who {
            return (who > low).then(|| self.phrase_ending(who, low)).flatten();
        }
        let reduced =
            past && self.at(verb - 1).word() && !self.is(verb - 1, c::AUXILIARY | c::PRONOUN);
        let noun = reduced.then(|| self.phrase_ending(verb, low)).flatten()?;
        matches!(noun.head, Head::Nominal(_)).then_some(noun)
    }

    /// Leaves out the time between a subject and its verb: "the board this week announced", "the
    /// order released Friday said".
    fn before_time(&self, end: usize, low: usize) -> usize {
        const WHEN: &[&str] = &["this", "last", "on", "late", "early", "next", "that"];
        if end > low + 2 && self.weekday(end - 1) && self.at(end - 2).shape == Shape::Lower {
            let day = if WHEN.contains(&self.word(end - 2)) { end - 2 } else { end - 1 };
            let given = day > low + 1 && self.word(day - 1).ends_with("ed");
            return if given && !self.is(day - 2, c::WHO | c::AUXILIARY) { day - 1 } else { day };
        }
        if end < low + 3
            || !TIMES.contains(&self.word(end - 1))
            || !WHEN.contains(&self.word(end - 2))
        {
            return end;
        }
        end - 2
    }

    /// The subject of the verb that stands last before `end`.
    pub(super) fn subject_of_last_verb(&self, end: usize, low: usize) -> Option<Source> {
        let floor = low.max(end.saturating_sub(VERB_REACH));
        let mut verb = (floor..end).rev().find(|&unit| self.verb(unit))?;
        while verb > floor && self.is(verb - 1, c::AUXILIARY | c::ADVERB | c::NEGATION) {
            verb -= 1;
        }
        let before = verb.checked_sub(1)?;
        if verb <= low || self.is(before, c::AND) || self.word(before) == "to" {
            return None;
        }
        self.subject_before(verb, low)
    }

    fn skipped(&self, unit: usize) -> bool {
        let token = self.at(unit);
        token.is(c::AUXILIARY | c::ADVERB | c::NEGATION)
            && (!token.is(c::PRONOUN | c::WHO | c::DETERMINER)
                || matches!(self.word(unit), "both" | "all" | "each")
                    && unit > 0
                    && self.is(unit - 1, c::AUXILIARY))
            && self.scene.named[self.units[unit] as usize] == 0
    }

    pub(super) fn long_quote(&self, unit: usize) -> bool {
        let passage = self.scene.passages[self.at(unit).passage as usize - 1];
        passage.inner.of(self.scene.text).split_ascii_whitespace().nth(3).is_some()
    }

    /// Whether a passage ends an apposition: "Orr, known as “Bud,” said".
    fn ends_aside(&self, unit: usize) -> bool {
        let passage = self.scene.passages[self.at(unit).passage as usize - 1];
        passage.inner.of(self.scene.text).trim_end().ends_with(',')
    }

    /// Whether a passage ends with a mark of its own, as speech does.
    pub(super) fn stopped_quote(&self, unit: usize) -> bool {
        let passage = self.scene.passages[self.at(unit).passage as usize - 1];
        !passage.inner.of(self.scene.text).trim_end().ends_with(char::is_alphanumeric)
    }

    /// The first subject of the sentence before `verb`.
    pub(super) fn main_subject(&self, verb: usize, low: usize) -> Option<Source> {
        let start = self.past_introduction(low, verb);
        let source = self.phrase_starting(start, verb);
        source.or_else(|| (start > low).then(|| self.phrase_starting(low, verb)).flatten())
    }

    /// Behind "On Tuesday," or "While he waited,".
    fn past_introduction(&self, low: usize, verb: usize) -> usize {
        let mut at = low;
        while at < verb
            && (self.is(at, c::AND | c::ADVERB) && !self.bears_name(at) || self.mark(at, b','))
        {
            at += 1;
        }
        if let Some(behind) = self.past_time(at, verb) {
            return behind;
        }
        let opener = c::PREPOSITION | c::SUBORDINATOR | c::PARTICIPLE;
        let introduced = at < verb
            && !self.bears_name(at)
            && !self.is(at, c::PRONOUN)
            && (self.is(at, opener)
                || self.word(at).ends_with("ing")
                || self.word(at).ends_with("ed"));
        if !introduced {
            return at;
        }
        (at..verb)
            .find(|&unit| {
                (self.mark(unit, b',') || self.quote(unit) && self.ends_aside(unit))
                    && unit + 1 < verb
                    && self.begins_phrase(unit + 1)
                    && !self.names_place(unit + 1)
            })
            .map_or(at, |comma| comma + 1)
    }

    /// Whether a word that opens a sentence is somebody's name, and not a small word that the names
    /// do not know: "Amid", "Back", "Casting".
    fn bears_name(&self, unit: usize) -> bool {
        let Some(mention) = self.scene.mention_at(self.units[unit] as usize) else { return false };
        mention.end > mention.first + 1 || {
            let small = c::PREPOSITION | c::ADVERB | c::PARTICIPLE | c::SUBORDINATOR;
            !self.is(unit, small) && mention.member.is_some()
        }
    }

    /// Behind "Hours later," or "The next day,".
    fn past_time(&self, at: usize, verb: usize) -> Option<usize> {
        let reach = verb.min(at + 7);
        let comma = (at + 1..reach).find(|&unit| self.mark(unit, b','))?;
        TIMES.contains(&self.word(comma - 1)).then_some(comma + 1).filter(|&behind| behind < verb)
    }

    /// Whether a town or a state between commas stands here: "in Ames, Iowa, the mayor".
    fn names_place(&self, unit: usize) -> bool {
        let Some(mention) = self.scene.mention_at(self.units[unit] as usize) else { return false };
        let place = mention
            .member
            .is_none_or(|index| self.scene.cast.members[index as usize].kind == Kind::Place);
        let behind = (unit..self.len()).find(|&i| self.units[i] >= mention.end);
        place && behind.is_some_and(|behind| self.mark(behind, b','))
    }

    /// Whether the day of a week stands here.
    pub(super) fn weekday(&self, unit: usize) -> bool {
        unit < self.len() && self.at(unit).capital() && self.word(unit).ends_with("day") && {
            TIMES.contains(&self.word(unit))
        }
    }

    pub(super) fn begins_phrase(&self, unit: usize) -> bool {
        let token = self.at(unit);
        token.capital() || token.is(c::DETERMINER | c::POSSESSIVE | c::PRONOUN | c::ROLE | c::GROUP)
    }
}
