//! Voices: each quoted passage and each reported clause with its source, carried on where a story
//! lets one speaker go on.
//!
//! Comes in: a scene. Goes out: voices.

use super::choice::{choose, closes_sentence, long_tag};
use super::clause::{Head, Reader, Source};
use super::cues::{Cue, cues, names_only};
use super::mixed::mix;
use super::nesting::is_embedded;
use super::scene::{Scene, Sentence};
use super::signs::{bylined, label, led_by_noun, reports_nothing, signature};
use super::terms::{
    is_crosshead, is_fragment, is_led_sentence, is_pull_quote, is_title, names_a_work,
};
use super::who::member_of;
use crate::annotate::people::cast::Kind;
use crate::model::Span;
use crate::text::tokens::{Shape, class as c};

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

impl Voice {
    fn quoting(span: Span, passage: u32) -> Self {
        let quote = Some(passage);
        Self { span, quote, more: Vec::new(), cue: None, source: None, member: None, rule: "none" }
    }
}

/// Reads a whole scene.
pub(super) fn voices(scene: &Scene<'_>) -> Vec<Voice> {
    let mut stage = Stage {
        scene,
        found: Vec::new(),
        cues: Vec::new(),
        subject: None,
        speaker: None,
        led: None,
        answer: None,
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

/// How many subjects and speakers are kept in mind.
const RECENT: usize = 64;

/// What is known while reading on.
pub(super) struct Stage<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) found: Vec<Voice>,
    cues: Vec<Cue>,
    /// The main subject of the sentence before.
    pub(super) subject: Option<(Source, Option<u32>)>,
    /// The last speaker of a quotation, and the paragraph.
    pub(super) speaker: Option<(Source, Option<u32>, u32)>,
    /// Whose words follow where the sentence before ends with a colon.
    pub(super) led: Option<(Source, Option<u32>)>,
    pub(super) paragraph: u32,
    /// The paragraph of a transcript: what is reported in it is part of an answer.
    answer: Option<u32>,
    /// Quotations of this paragraph still without a source, as indexes into `found`.
    waiting: Vec<usize>,
    /// Persons in order of their being subjects or speakers, the latest last.
    pub(super) recent: Vec<u32>,
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
        mix(&reader, &mut self.found, fresh);
        self.wait_anew(fresh);
        self.speak_together(&reader, fresh);
        if self.answer != Some(self.paragraph) {
            let free = |index: usize| !used[index] && !is_embedded(&reader, &found, index);
            let free = found.iter().enumerate().filter(|(index, _)| free(*index));
            free.for_each(|(_, cue)| self.report(&reader, cue, main));
        }
        self.led = led_over(&reader, &found)
            .map(|source| (source, self.member_of(source)))
            .or(main.filter(|_| reader.mark(reader.len() - 1, b':')));
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
        if self.recent.len() > RECENT {
            self.recent.drain(..RECENT / 2);
        }
    }

    /// Notes again which of a sentence's voices wait, after some of them were joined to one.
    fn wait_anew(&mut self, fresh: usize) {
        self.waiting.retain(|&index| index < fresh);
        let guessed = |&index: &usize| is_guess(self.found[index].rule);
        self.waiting.extend((fresh..self.found.len()).filter(guessed));
    }

    /// Gives the words of a tag that names several to each of them: `"...," Orr and Poe wrote.`
    fn speak_together(&mut self, reader: &Reader<'_, '_>, fresh: usize) {
        let mut found = Vec::new();
        for voice in self.found[fresh..].iter().filter(|voice| voice.cue.is_some()) {
            let Some(source) = voice.source else { continue };
            let others = reader.companions(source).into_iter().map(Some);
            found.extend(others.map(|member| Voice { member, ..voice.clone() }));
        }
        self.found.append(&mut found);
    }

    /// Reads a line that only names who spoke above: "- Ann Poe".
    fn signed(&mut self, reader: &Reader<'_, '_>) -> bool {
        let Some(source) = signature(reader, 0) else { return false };
        let member = self.member_of(source);
        let near = reader.at(0).span.start();
        let Some(last) = self.found.last_mut().filter(|last| last.quote.is_some()) else {
            return false;
        };
        if last.span.end() + 8 < near || matches!(last.rule, "cue-after" | "lead-in") {
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
        let member = self.member_of(source);
        let end =
            self.scene.tokens[first..].iter().take_while(|t| t.paragraph == self.paragraph).last();
        let end = end.map_or(source.span.end(), |token| token.span.end());
        let colon = self.scene.tokens[source.tokens.1 as usize].span;
        let span = trimmed(self.scene.text, colon.end(), end);
        if span.is_empty() {
            return;
        }
        self.recent.extend(member);
        self.answer = Some(self.paragraph);
        self.found.push(Voice {
            span,
            quote: None,
            more: Vec::new(),
            cue: None,
            source: Some(source),
            member,
            rule: "transcript",
        });
    }

    /// Attributes the quotation at `unit`, or leaves it out where it is none.
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
        let words = inner.of(self.scene.text);
        if self.scene.headline.is_some_and(|line| line.holds(inner))
            || names_a_work(reader, unit, words)
            || is_crosshead(self.scene, &self.scene.passages[number as usize - 1])
            || is_pull_quote(self.scene, &self.scene.passages[number as usize - 1])
        {
            return;
        }
        let mut voice = Voice::quoting(inner, number);
        if let Some(source) = bylined(reader, unit) {
            self.give(&mut voice, source, "colon");
        } else if let Some((index, rule)) = choose(reader, unit, found) {
            used[index] = true;
            voice.cue = Some(found[index].span);
            self.give(&mut voice, found[index].source, rule);
        } else if let Some(source) = long_tag(reader, unit, found) {
            self.give(&mut voice, source, "cue-after-long");
        } else if let Some((source, rule)) = self.sign(reader, unit) {
            self.give(&mut voice, source, rule);
        } else if let Some(source) = led_by_noun(reader, unit, main.map(|(source, _)| source)) {
            self.give(&mut voice, source, "subject");
        } else if !self.untagged(&mut voice, reader, unit, main) {
            return;
        }
        self.keep(voice);
    }

    /// Gives a quotation without cue or sign the subject of its sentence, or the speaker who goes
    /// on; false where it is none.
    fn untagged(
        &self,
        voice: &mut Voice,
        reader: &Reader<'_, '_>,
        unit: usize,
        main: Option<(Source, Option<u32>)>,
    ) -> bool {
        let words = voice.span.of(self.scene.text);
        if unit > 0 && (is_title(words) || reader.word(unit - 1) == "the") {
            return false;
        }
        let subject = main.filter(|(source, _)| source.span.end() <= voice.span.start());
        if let Some((source, member)) = subject.filter(|_| unit > 0) {
            if !self.human(source, member) {
                return self.nearest(voice, reader, unit)
                    || self.spoken_on(voice)
                    || is_led_sentence(reader, unit, words);
            }
            (voice.source, voice.member, voice.rule) = (Some(source), member, "subject");
            return true;
        }
        let goes_on = unit + 1 < reader.len() && reader.at(unit + 1).shape != Shape::Stop;
        if goes_on && is_title(words) {
            return false;
        }
        if unit > 0 && is_fragment(words) {
            return self.spoken_on(voice);
        }
        self.carry(voice);
        true
    }

    fn give(&self, voice: &mut Voice, source: Source, rule: &'static str) {
        voice.source = Some(source);
        voice.member = self.member_of(source);
        voice.rule = rule;
    }

    /// The speaker whom a mark names: a transcript's label, a signature, a colon.
    fn sign(&self, reader: &Reader<'_, '_>, unit: usize) -> Option<(Source, &'static str)> {
        if let Some(source) = label(self.scene, reader.units[unit] as usize + 1) {
            return Some((source, "transcript"));
        }
        if let Some(source) = signature(reader, unit + 1) {
            return Some((source, "signature"));
        }
        if unit < 2 || !reader.mark(unit - 1, b':') {
            return None;
        }
        let source = reader.phrase_ending(unit - 1, 0)?;
        (!matches!(source.head, Head::Nominal(_))).then_some((source, "colon"))
    }

    /// Keeps a voice; what was only guessed waits for a tag further on in the paragraph, which
    /// knows better than what went before it.
    fn keep(&mut self, voice: Voice) {
        if is_guess(voice.rule) {
            self.waiting.push(self.found.len());
        } else {
            self.remember(&voice, self.paragraph);
        }
        self.found.push(voice);
    }

    fn member_of(&self, source: Source) -> Option<u32> {
        member_of(self.scene, &self.recent, source)
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
            self.found[index].rule = "cue-further-on";
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

    /// Reports a clause; whoever is the subject of the whole sentence goes on.
    fn report(&mut self, reader: &Reader<'_, '_>, cue: &Cue, main: Option<(Source, Option<u32>)>) {
        self.reported(reader, cue);
        let main = main.filter(|(source, _)| source.span == cue.source.span);
        let says = cue.class & c::INVERTS != 0 && !cue.weak;
        if let Some((source, member)) = main.filter(|_| says) {
            self.speaker = Some((source, member, self.paragraph));
        }
    }

    /// A clause reported without quotation marks.
    fn reported(&mut self, reader: &Reader<'_, '_>, cue: &Cue) {
        let spoken = cue.class & (c::SAY | c::TELL) != 0;
        let led_on = cue.at + 1 < reader.len() && reader.word(cue.at + 1) == "to";
        let tag = closes_sentence(reader, cue).filter(|_| !led_on);
        let named = !cue.inverted && cue.at > 0 && names_only(reader, cue.at);
        if cue.negated && spoken
            || named
            || cue.class & c::WEAK != 0 && tag.is_none()
            || (!cue.inverted && tag.is_none() && reports_nothing(reader, cue))
        {
            return;
        }
        let member = self.member_of(cue.source);
        let members = &self.scene.cast.members;
        let place = member.is_some_and(|index| members[index as usize].kind == Kind::Place);
        let span = match tag {
            Some(end) => trimmed(self.scene.text, reader.at(0).span.start(), end),
            None => content(self.scene.text, reader, cue),
        };
        let body = member.is_some_and(|index| members[index as usize].kind != Kind::Person);
        if place && cue.class & c::INVERTS == 0 || span.len() < 8 {
            return;
        }
        if body && (cue.class & c::STANCE != 0 || is_unfulfilled(reader, cue)) {
            return;
        }
        self.recent.extend(member);
        if tag.is_some() && cue.class & c::INVERTS != 0 {
            self.speaker = Some((cue.source, member, self.paragraph));
        }
        let companions = reader.companions(cue.source).into_iter().map(Some);
        let rule = rule_of(reader, cue, tag.is_some());
        for member in companions.chain([member]) {
            let (cue, source) = (Some(cue.span), Some(cue.source));
            let (quote, more) = (None, Vec::new());
            self.found.push(Voice { span, quote, more, cue, source, member, rule });
        }
    }
}

/// The source of the last verb of speech in a sentence that ends with a colon: the next paragraph
/// quotes it.
fn led_over(reader: &Reader<'_, '_>, found: &[Cue]) -> Option<Source> {
    let colon = reader.mark(reader.len() - 1, b':');
    let spoken = found.iter().rev().find(|cue| !cue.weak && !cue.negated);
    spoken.filter(|_| colon).map(|cue| cue.source)
}

/// Whether a rule only guesses a speaker.
fn is_guess(rule: &str) -> bool {
    matches!(rule, "none" | "subject-before" | "run-on")
}

/// Whether a verb tells of what is not, or not yet, said: "will propose", "doesn't want".
fn is_unfulfilled(reader: &Reader<'_, '_>, cue: &Cue) -> bool {
    let bare = reader.at(cue.at).is(c::BASE) && !reader.at(cue.at).is(c::FINITE);
    let before = (0..cue.at)
        .rev()
        .find(|&unit| !reader.is(unit, c::ADVERB) || reader.is(unit, c::AUXILIARY));
    bare && before.is_some_and(|unit| reader.is(unit, c::AUXILIARY | c::NEGATION))
}

/// The name of the rule that a cue of reported words stands for.
fn rule_of(reader: &Reader<'_, '_>, cue: &Cue, tag: bool) -> &'static str {
    match reader.word(cue.at) {
        "according" | "According" | "per" | "in" | "In" => "according-to",
        _ if tag => "reported-tag",
        _ if cue.inverted => "inverted",
        _ => "reported",
    }
}

/// The clause that a cue reports: behind it, or before a tag.
fn content(text: &str, reader: &Reader<'_, '_>, cue: &Cue) -> Span {
    let last = reader.at(reader.len() - 1).span.end();
    if !cue.inverted {
        return trimmed(text, cue.span.end(), last);
    }
    if cue.at < 3 {
        return trimmed(text, cue.source.span.end().max(cue.span.end()), last);
    }
    trimmed(text, reader.at(0).span.start(), cue.span.start())
}

/// A stretch without the marks and white space at its ends.
pub(super) fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let raw = text.get(start..end).unwrap_or_default();
    let lead = raw.len() - raw.trim_start_matches([' ', ',', ':', '\n', '\t']).len();
    let words = raw.trim_matches([' ', ',', ':', '\n', '\t']);
    Span::new(start + lead, start + lead + words.len())
}
