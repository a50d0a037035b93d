//! Voices: each quoted passage and each reported clause with its source, carried on where a story
//! lets one speaker go on.
//!
//! Comes in: a scene. Goes out: voices.

use super::clause::{Head, Reader, Source};
use super::cues::{Cue, cues};
use super::scene::{Scene, Sentence};
use crate::annotate::people::cast::{Gender, Kind, key};
use crate::model::Span;
use crate::text::tokens::{Class, Shape, class as c};

/// Something said, and by whom.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    /// The content.
    pub span: Span,
    /// The quoted passage, counted from 1.
    pub quote: Option<u32>,
    /// Further passages of one mixed statement.
    pub more: Vec<u32>,
    pub cue: Option<Span>,
    pub source: Option<Source>,
    /// Who the source is.
    pub member: Option<u32>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// Reads a whole scene.
pub(super) fn voices(scene: &Scene<'_>) -> Vec<Voice> {
    let mut stage = Stage {
        scene,
        found: Vec::new(),
        cues: Vec::new(),
        subject: None,
        speaker: None,
        open: false,
        paragraph: u32::MAX,
        waiting: Vec::new(),
        recent: Vec::new(),
    };
    for &sentence in &scene.sentences {
        stage.read(sentence);
    }
    stage.settle();
    stage.found
}

/// What is known while reading on.
struct Stage<'s, 'a> {
    scene: &'s Scene<'a>,
    found: Vec<Voice>,
    cues: Vec<Cue>,
    /// The main subject of the sentence before.
    subject: Option<(Source, Option<u32>)>,
    /// The last speaker of a quotation, and the paragraph.
    speaker: Option<(Source, Option<u32>, u32)>,
    /// Whether the last paragraph ended in a passage never closed.
    open: bool,
    paragraph: u32,
    /// Quotations of this paragraph still without a source, as indexes into `found`.
    waiting: Vec<usize>,
    /// Persons in order of their being subjects or speakers, the latest last.
    recent: Vec<u32>,
}

impl Stage<'_, '_> {
    fn read(&mut self, sentence: Sentence) {
        if sentence.paragraph != self.paragraph {
            self.settle();
            self.paragraph = sentence.paragraph;
        }
        let scene = self.scene;
        let reader = Reader::of(scene, sentence);
        if self.signed(&reader) {
            return;
        }
        self.transcript(&reader);
        let mut found = std::mem::take(&mut self.cues);
        cues(&reader, &mut found);
        let mut used = vec![false; found.len()];
        let main = reader.main_subject(reader.len(), 0);
        let main = main.map(|source| (source, self.member_of(source)));
        if let Some((Source { head: Head::Member(_), .. }, Some(member))) = main {
            self.recent.push(member);
        }
        let fresh = self.found.len();
        for unit in 0..reader.len() {
            if reader.quote(unit) {
                self.quotation(&reader, unit, &found, &mut used, main);
            }
        }
        self.mix(&reader, fresh);
        for (index, cue) in found.iter().enumerate() {
            if !used[index] {
                self.reported(&reader, cue, found.get(index + 1));
            }
        }
        self.cues = found;
        if let Some((source, member)) = main {
            if let Some(member) = member {
                self.recent.push(member);
            }
            if !matches!(source.head, Head::Pronoun(class) if class & (c::IT | c::I | c::YOU) != 0)
            {
                self.subject = Some((source, member));
            }
        }
        self.note_names(&reader);
    }

    /// Reads a line that only names who spoke above: "- Ann Poe".
    fn signed(&mut self, reader: &Reader<'_, '_>) -> bool {
        let Some(source) = signature(reader, 0) else { return false };
        let member = self.member_of(source);
        let near = reader.at(0).span.start();
        let Some(last) = self.found.last_mut().filter(|last| last.quote.is_some()) else {
            return false;
        };
        if last.span.end() + 8 < near || matches!(last.rule, "tag" | "lead-in") {
            return false;
        }
        (last.source, last.member, last.rule) = (Some(source), member, "signature");
        true
    }

    /// Reads a paragraph of a transcript without marks: "POE: We will see."
    fn transcript(&mut self, reader: &Reader<'_, '_>) {
        let first = reader.units[0] as usize;
        let opens = first == 0 || self.scene.tokens[first - 1].paragraph != self.paragraph;
        if !opens || reader.quote(0) {
            return;
        }
        let Some(source) = label(self.scene, first) else { return };
        let Some(member) = self.member_of(source) else { return };
        let end =
            self.scene.tokens[first..].iter().take_while(|t| t.paragraph == self.paragraph).last();
        let end = end.map_or(source.span.end(), |token| token.span.end());
        let span = trimmed(self.scene.text, source.span.end() + 1, end);
        self.recent.push(member);
        self.found.push(Voice {
            span,
            quote: None,
            more: Vec::new(),
            cue: None,
            source: Some(source),
            member: Some(member),
            rule: "transcript",
        });
    }

    /// Joins the passages that one cue governs, with the words around them, to one statement.
    fn mix(&mut self, reader: &Reader<'_, '_>, fresh: usize) {
        let end = reader.at(reader.len() - 1).span.end();
        let mut at = fresh;
        while at < self.found.len() {
            let voice = &self.found[at];
            let governed = matches!(voice.rule, "lead-in" | "cue before");
            let Some(cue) = voice.cue.filter(|cue| governed && cue.end() <= voice.span.start())
            else {
                at += 1;
                continue;
            };
            let (own, last) =
                (voice.span, self.scene.passages[voice.quote.unwrap_or(1) as usize - 1].outer);
            let between = Span::new(cue.end(), own.start()).of(self.scene.text);
            let behind = Span::new(last.end(), end.max(last.end())).of(self.scene.text);
            let words = |part: &str| part.split_ascii_whitespace().filter(|w| w.len() > 1).count();
            if words(between) <= 1 && words(behind) == 0 {
                at += 1;
                continue;
            }
            let mut more = Vec::new();
            while let Some(next) = self.found.get(at + 1)
                && next.cue == Some(cue)
            {
                more.extend(next.quote);
                self.found.remove(at + 1);
            }
            let stop = more
                .last()
                .map_or(last.end(), |&q| self.scene.passages[q as usize - 1].outer.end());
            let limit = self.found.get(at + 1).and_then(|v| v.source).map(|s| s.span.start());
            let end = limit.filter(|&limit| limit >= stop).unwrap_or(end).max(stop);
            let span = trimmed(self.scene.text, cue.end(), end);
            let voice = &mut self.found[at];
            (voice.span, voice.more) = (span, more);
            at += 1;
        }
    }

    /// Keeps in mind who is named in a sentence.
    fn note_names(&mut self, reader: &Reader<'_, '_>) {
        if self.recent.len() > 64 {
            self.recent.drain(..32);
        }
        let _ = reader;
    }

    fn quotation(
        &mut self,
        reader: &Reader<'_, '_>,
        unit: usize,
        found: &[Cue],
        used: &mut [bool],
        main: Option<(Source, Option<u32>)>,
    ) {
        let number = reader.at(unit).passage;
        let inner = self.scene.passages[number as usize - 1].inner;
        if self.scene.headline.is_some_and(|line| line.holds(inner)) {
            return;
        }
        if names_a_work(reader, unit, inner.of(self.scene.text)) {
            return;
        }
        let chosen = choose(reader, unit, found);
        let mut voice = Voice {
            span: inner,
            quote: Some(number),
            more: Vec::new(),
            cue: None,
            source: None,
            member: None,
            rule: "none",
        };
        if let Some((index, rule)) = chosen {
            let cue = &found[index];
            used[index] = true;
            voice.rule = rule;
            voice.cue = Some(cue.span);
            voice.source = Some(cue.source);
            voice.member = self.member_of(cue.source);
        } else if let Some(source) = label(self.scene, reader.units[unit] as usize + 1) {
            voice.rule = "transcript";
            voice.source = Some(source);
            voice.member = self.member_of(source);
        } else if let Some(source) = signature(reader, unit + 1) {
            voice.rule = "signature";
            voice.source = Some(source);
            voice.member = self.member_of(source);
        } else if unit > 1
            && reader.mark(unit - 1, b':')
            && let Some(source) = reader.phrase_ending(unit - 1, 0)
            && !matches!(source.head, Head::Nominal(_))
        {
            voice.rule = "colon";
            voice.source = Some(source);
            voice.member = self.member_of(source);
        } else if unit > 0
            && (is_title(inner.of(self.scene.text)) || reader.word(unit - 1) == "the")
        {
            return;
        } else if unit > 0
            && let Some((source, member)) = main.filter(|(s, _)| s.span.end() <= inner.start())
        {
            if !matches!(source.head, Head::Member(_) | Head::Pronoun(_)) {
                return;
            }
            voice.rule = "subject";
            voice.source = Some(source);
            voice.member = member;
        } else {
            let goes_on = unit + 1 < reader.len() && reader.at(unit + 1).shape != Shape::Stop;
            if goes_on && is_title(inner.of(self.scene.text)) {
                return;
            }
            self.carry(&mut voice);
        }
        // A tag further on in the paragraph knows better than what went before it.
        let guessed = matches!(voice.rule, "none" | "subject before" | "speaker goes on");
        if guessed {
            self.waiting.push(self.found.len());
            self.found.push(voice);
            return;
        }
        self.remember(&voice, self.paragraph);
        self.found.push(voice);
    }

    /// Gives a quotation without a tag the speaker who goes on.
    fn carry(&self, voice: &mut Voice) {
        let here = self.paragraph;
        let speaker = self.speaker.as_ref();
        let near = speaker.filter(|(_, _, paragraph)| here - *paragraph <= 2);
        let carried = match (speaker, &self.subject) {
            (Some((source, member, paragraph)), _) if *paragraph == here => {
                Some((*source, *member, "same paragraph"))
            }
            (Some((source, member, _)), _) if self.left_open(voice) => {
                Some((*source, *member, "opened again"))
            }
            (Some((source, member, _)), Some((subject, _)))
                if source.span.start() >= subject.span.start() =>
            {
                Some((*source, *member, "speaker goes on"))
            }
            (_, Some((Source { head: Head::Nominal(class), .. }, _)))
                if class & (c::ROLE | c::KIN | c::GROUP) == 0 && near.is_some() =>
            {
                near.map(|(source, member, _)| (*source, *member, "speaker goes on"))
            }
            (_, Some((source, member))) => Some((*source, *member, "subject before")),
            (Some((source, member, _)), None) => Some((*source, *member, "speaker goes on")),
            (None, None) => None,
        };
        if let Some((source, member, rule)) = carried {
            voice.source = Some(source);
            voice.member = member;
            voice.rule = rule;
        }
    }

    /// Whether the passage before was never closed: then this one goes on with it.
    fn left_open(&self, voice: &Voice) -> bool {
        let Some(number) = voice.quote else { return false };
        let before = self.scene.passages[..number as usize - 1].iter().rev().find(|p| !p.nested);
        let said = self.found.last().and_then(|last| last.quote);
        before.is_some_and(|passage| {
            !passage.closed
                && said.is_some_and(|said| self.scene.passages[said as usize - 1] == *passage)
        })
    }

    fn remember(&mut self, voice: &Voice, paragraph: u32) {
        let Some(source) = voice.source else { return };
        self.speaker = Some((source, voice.member, paragraph));
        if let Some(member) = voice.member {
            self.recent.push(member);
        }
        for index in std::mem::take(&mut self.waiting) {
            self.found[index].source = Some(source);
            self.found[index].member = voice.member;
            self.found[index].rule = "tag further on";
        }
    }

    /// Ends a paragraph: what was guessed stays.
    fn settle(&mut self) {
        if let Some(&index) = self.waiting.last()
            && let Some(source) = self.found[index].source
        {
            self.speaker = Some((source, self.found[index].member, self.paragraph));
        }
        self.waiting.clear();
    }

    /// A clause reported without quotation marks.
    fn reported(&mut self, reader: &Reader<'_, '_>, cue: &Cue, next: Option<&Cue>) {
        let spoken = cue.class & (c::SAY | c::TELL) != 0;
        if cue.negated && spoken || cue.class & c::WEAK != 0 || infinitive(reader, cue.at) {
            return;
        }
        let member = self.member_of(cue.source);
        let end = reader.at(reader.len() - 1).span.end();
        let start = if cue.inverted { reader.at(0).span.start() } else { cue.span.end() };
        let end = if cue.inverted { cue.span.start() } else { end };
        let place =
            member.is_some_and(|index| self.scene.cast.members[index as usize].kind == Kind::Place);
        if place && cue.class & c::INVERTS == 0 {
            return;
        }
        let span = trimmed(self.scene.text, start, end);
        if span.len() < 8 {
            return;
        }
        let _ = next;
        if let Some(member) = member {
            self.recent.push(member);
        }
        let companion = reader.companion(cue.source);
        let (cue, source) = (Some(cue.span), Some(cue.source));
        if let Some(other) = companion {
            self.found.push(Voice {
                span,
                quote: None,
                more: Vec::new(),
                cue,
                source,
                member: Some(other),
                rule: "reported",
            });
        }
        self.found.push(Voice {
            span,
            quote: None,
            more: Vec::new(),
            cue,
            source,
            member,
            rule: "reported",
        });
    }

    /// Who a source is.
    fn member_of(&self, source: Source) -> Option<u32> {
        match source.head {
            Head::Member(index) => Some(index),
            Head::Pronoun(class) => self.pronoun(class),
            Head::Nominal(_) => self.epithet(source),
        }
    }

    /// The person a pronoun means: the latest subject or speaker whose gender agrees.
    fn pronoun(&self, class: Class) -> Option<u32> {
        let gender = if class & c::HE != 0 {
            Gender::Male
        } else if class & c::SHE != 0 {
            Gender::Female
        } else {
            return None;
        };
        let members = &self.scene.cast.members;
        let agrees = |&&index: &&u32| {
            let member = &members[index as usize];
            matches!(member.kind, Kind::Person | Kind::Unknown) && member.gender.agrees(gender)
        };
        self.recent.iter().rev().find(agrees).copied()
    }

    /// The person whose office the words name: "the spokesman", once somebody is one.
    fn epithet(&self, source: Source) -> Option<u32> {
        let tokens = &self.scene.tokens[source.tokens.0 as usize..source.tokens.1 as usize];
        let first = tokens.first()?;
        let the = first.span.len() == 3 && first.is(c::DETERMINER) && first.is(c::COMMON);
        let bound = the && first.span.of(self.scene.text).eq_ignore_ascii_case("the");
        if !bound || tokens.len() > 6 {
            return None;
        }
        let end = tokens.iter().position(|t| t.is(c::PREPOSITION | c::WHO)).unwrap_or(tokens.len());
        let noun = tokens[..end].last().filter(|t| t.is(c::ROLE | c::TITLE))?;
        let office = key(noun.span.of(self.scene.text));
        let members = &self.scene.cast.members;
        let holds = |index: &u32| members[*index as usize].offices.contains(&office);
        let named_before = |index: &u32| members[*index as usize].first < source.tokens.0;
        self.recent
            .iter()
            .rev()
            .copied()
            .find(holds)
            .or_else(|| (0..members.len() as u32).rev().find(|i| holds(i) && named_before(i)))
    }
}

/// Whether "to" stands before a verb.
fn infinitive(reader: &Reader<'_, '_>, verb: usize) -> bool {
    verb > 0 && reader.word(verb - 1) == "to"
}

/// The name before a colon with which a transcript begins each answer: "TRUMP: ".
fn label(scene: &Scene<'_>, start: usize) -> Option<Source> {
    let shouted = |i: usize| scene.tokens.get(i).is_some_and(|t| t.shape == Shape::Upper);
    let end = (start..start + 5).find(|&i| !shouted(i))?;
    if end == start || scene.tokens.get(end)?.mark != b':' {
        return None;
    }
    let head =
        scene.mention_at(end - 1).and_then(|m| m.member).map_or(Head::Nominal(0), Head::Member);
    let span = scene.tokens[start].span.join(scene.tokens[end - 1].span);
    Some(Source { span, tokens: (start as u32, end as u32), head })
}

/// The name behind a quotation's dash, where it ends the sentence: `"..." - Ann Poe`.
fn signature(reader: &Reader<'_, '_>, dash: usize) -> Option<Source> {
    if !reader.mark(dash, b'-') || dash + 1 >= reader.len() || reader.len() - dash > 12 {
        return None;
    }
    if (dash + 1..reader.len()).any(|i| reader.verb(i) || reader.quote(i)) {
        return None;
    }
    let source = reader.phrase_starting(dash + 1, reader.len())?;
    matches!(source.head, Head::Member(_)).then_some(source)
}

/// Whether a passage is the title of a work: capitals, behind a word that speech does not follow
/// (on "The Morning Show", told "Tales and Friends", the "Big Tent" plan).
fn names_a_work(reader: &Reader<'_, '_>, unit: usize, words: &str) -> bool {
    let Some(before) = unit.checked_sub(1).map(|i| reader.at(i)) else { return false };
    let leads = before.is(c::PREPOSITION | c::DETERMINER | c::TELL)
        || before.shape == Shape::Genitive
        || before.is(c::AND) && words.split_ascii_whitespace().count() < 4;
    leads && !words.ends_with(['!', '?']) && is_title(words) && reader.word(unit - 1) != "as"
}

/// Whether words are written as a title: a capital at every longer word.
fn is_title(words: &str) -> bool {
    let mut low = words.split_ascii_whitespace().filter(|word| word.len() > 3);
    low.all(|word| !word.starts_with(char::is_lowercase))
}

/// Chooses the cue that attributes the quotation at `unit`, and names the rule.
fn choose(reader: &Reader<'_, '_>, unit: usize, found: &[Cue]) -> Option<(usize, &'static str)> {
    let spoken = |cue: &Cue| cue.class & (c::SAY | c::TELL) != 0;
    let after =
        found.iter().position(|cue| cue.at > unit && spoken(cue) && tags(reader, unit, cue));
    if let Some(after) = after
        && ends_with_comma(reader, unit)
    {
        return Some((after, "tag"));
    }
    let before = before(reader, unit, found);
    if let Some(near) = before
        && gap(&found[near], unit) <= 2
    {
        return Some((near, "lead-in"));
    }
    if let Some(after) = after {
        return Some((after, "tag without comma"));
    }
    let aside = found.iter().position(|cue| cue.inverted && cue.end <= unit && spoken(cue));
    let last = found.iter().rposition(|cue| cue.at > unit && closes(reader, cue) && spoken(cue));
    let weak = |index: &usize| found[*index].weak;
    before
        .filter(|index| !weak(index) || aside.or(last).is_none())
        .map(|index| (index, "cue before"))
        .or(aside.map(|index| (index, "inserted")))
        .or(last.map(|index| (index, "last tag")))
}

/// The cue before a quotation that governs it: the nearest verb of speech; an attitude only where
/// nobody says so ("She said he wanted \"peace\"" is hers).
fn before(reader: &Reader<'_, '_>, unit: usize, found: &[Cue]) -> Option<usize> {
    let reaching = |cue: &Cue| cue.end <= unit && !cue.inverted && reaches(reader, cue, unit);
    let spoken = found.iter().rposition(|cue| reaching(cue) && !cue.weak);
    spoken.or_else(|| found.iter().rposition(reaching))
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

fn ends_with_comma(reader: &Reader<'_, '_>, unit: usize) -> bool {
    let passage = reader.scene.passages[reader.at(unit).passage as usize - 1];
    passage.inner.of(reader.scene.text).trim_end().ends_with([',', '?', '!', '-'])
        || reader.mark(unit + 1, b',')
}

/// Whether a cue stands as a tag directly behind the quotation.
fn tags(reader: &Reader<'_, '_>, unit: usize, cue: &Cue) -> bool {
    let mut at = unit + 1;
    while at < reader.len()
        && (matches!(reader.at(at).mark, b',' | b'-') || reader.is(at, c::ADVERB | c::AND))
    {
        at += 1;
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

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let raw = text.get(start..end).unwrap_or_default();
    let lead = raw.len() - raw.trim_start_matches([' ', ',', ':', '\n', '\t']).len();
    let words = raw.trim_matches([' ', ',', ':', '\n', '\t']);
    Span::new(start + lead, start + lead + words.len())
}
