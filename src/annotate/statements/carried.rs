//! Speakers who go on: quotations without a tag of their own.
//!
//! Comes in: a quotation, and who spoke and who was subject before it. Goes out: its speaker.

use super::clause::{Head, Reader, Source};
use super::terms::is_title;
use super::voices::{Stage, Voice};
use super::who::member_of;
use crate::annotate::people::cast::Kind;
use crate::text::tokens::class as c;

impl Stage<'_, '_> {
    /// Whether a subject without a verb of speech may yet be a speaker: a person or a pronoun.
    pub(super) fn human(&self, source: Source, member: Option<u32>) -> bool {
        let members = &self.scene.cast.members;
        match (source.head, member) {
            (Head::Nominal(_), _) => false,
            (Head::Pronoun(class), _) => class & c::IT == 0,
            (_, member) => member.is_some_and(|m| members[m as usize].kind == Kind::Person),
        }
    }

    /// Gives a quotation without a tag the speaker who goes on.
    pub(super) fn carry(&self, voice: &mut Voice) {
        if let Some((source, member)) = self.led {
            (voice.source, voice.member, voice.rule) = (Some(source), member, "colon");
            return;
        }
        let here = self.paragraph;
        let speaker = self.speaker.as_ref();
        let near = speaker.filter(|(_, _, paragraph)| here - *paragraph <= 2);
        let carried = match (speaker, &self.subject) {
            (Some((source, member, paragraph)), _) if *paragraph == here => {
                Some((*source, *member, "same-paragraph"))
            }
            (Some((source, member, _)), _) if self.left_open(voice) => {
                Some((*source, *member, "opened-again"))
            }
            (Some((source, member, _)), Some((subject, _)))
                if source.span.start() >= subject.span.start() =>
            {
                Some((*source, *member, "run-on"))
            }
            (_, Some((Source { head: Head::Nominal(class), .. }, _)))
                if class & (c::ROLE | c::KIN | c::GROUP) == 0 && near.is_some() =>
            {
                near.map(|(source, member, _)| (*source, *member, "run-on"))
            }
            (Some((source, member, _)), Some((subject, who)))
                if near.is_some()
                    && !matches!(subject.head, Head::Nominal(_))
                    && !self.human(*subject, *who) =>
            {
                Some((*source, *member, "run-on"))
            }
            (_, Some((source, member))) => Some((*source, *member, "subject-before")),
            (Some((source, member, _)), None) => Some((*source, *member, "run-on")),
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

    /// Gives words inside a sentence to the person whose verb stands last before them: "A week
    /// later, in the town where it began, Orr felt "a deep regret for my silence.""
    pub(super) fn nearest(&self, voice: &mut Voice, reader: &Reader<'_, '_>, unit: usize) -> bool {
        let clause = voice.span.of(self.scene.text).split_ascii_whitespace().nth(4).is_some();
        let source = clause.then(|| reader.subject_of_last_verb(unit, 0)).flatten();
        let Some(source) = source else { return false };
        let member = member_of(self.scene, &self.recent, source);
        if !self.human(source, member) {
            return false;
        }
        (voice.source, voice.member, voice.rule) = (Some(source), member, "subject");
        true
    }

    /// Gives words inside a sentence of the reporter's to whoever spoke in this paragraph: "Orr
    /// said it would hold. If the rain lasts, "the wall will be gone by Friday."" A term is none.
    pub(super) fn spoken_on(&self, voice: &mut Voice) -> bool {
        let words = voice.span.of(self.scene.text);
        let clause = words.split_ascii_whitespace().nth(4).is_some() && !is_title(words);
        let speaker = self.speaker.filter(|(.., paragraph)| *paragraph == self.paragraph);
        let Some((source, member, _)) = speaker.filter(|_| clause) else { return false };
        (voice.source, voice.member, voice.rule) = (Some(source), member, "same-paragraph");
        true
    }
}
