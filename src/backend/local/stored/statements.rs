//! Statements as bytes: where each stands, what of it is quoted, and whose it is.

use super::bytes::{Reading, Writing};
use crate::model::{Person, Span, Speaker, Statement, StatementKind};

pub(super) const KINDS: &[StatementKind] =
    &[StatementKind::Direct, StatementKind::Indirect, StatementKind::Mixed];

/// What a statement has, as the digits of one number: its kind, its quotations, whether there is a cue,
/// and how its speaker is told.
#[derive(Clone, Copy)]
struct Shape {
    kind: StatementKind,
    quotes: Quotes,
    has_cue: bool,
    voice: Voice,
}

/// Which passages of a statement are quoted.
#[derive(Clone, Copy, PartialEq)]
enum Quotes {
    None,
    /// All of it.
    Whole,
    /// These, which follow.
    Listed,
}

/// How a speaker is told.
#[derive(Clone, Copy, PartialEq)]
enum Voice {
    None,
    /// One of the story's people, with the role that person has in it.
    Person,
    /// By name and role.
    Other,
}

const QUOTES: &[Quotes] = &[Quotes::None, Quotes::Whole, Quotes::Listed];
const VOICES: &[Voice] = &[Voice::None, Voice::Person, Voice::Other];

impl Shape {
    fn write(self, to: &mut Writing) {
        // The lists hold every value.
        let place = |place: Option<usize>| place.unwrap_or_default() as u64;
        let kind = place(KINDS.iter().position(|known| *known == self.kind));
        let quotes = place(QUOTES.iter().position(|known| *known == self.quotes));
        let voice = place(VOICES.iter().position(|known| *known == self.voice));
        to.number(((voice * 2 + u64::from(self.has_cue)) * 3 + quotes) * 3 + kind);
    }

    fn read(from: &mut Reading<'_>) -> Option<Self> {
        let number = usize::try_from(from.number()?).ok()?;
        Some(Self {
            kind: KINDS[number % 3],
            quotes: QUOTES[number / 3 % 3],
            has_cue: number / 9 % 2 == 1,
            voice: *VOICES.get(number / 18)?,
        })
    }
}

pub(super) fn write_statement(to: &mut Writing, statement: &Statement, people: &[Person]) {
    let Statement { kind, span, quotes, cue, speaker, rule: _ } = statement;
    let person = speaker.as_ref().and_then(|speaker| person_of(speaker, people));
    let quoted = match quotes.as_slice() {
        [] => Quotes::None,
        [all] if all == span => Quotes::Whole,
        _ => Quotes::Listed,
    };
    let voice = match (speaker, person) {
        (None, _) => Voice::None,
        (Some(_), Some(_)) => Voice::Person,
        (Some(_), None) => Voice::Other,
    };
    Shape { kind: *kind, quotes: quoted, has_cue: cue.is_some(), voice }.write(to);
    to.span(*span);
    if quoted == Quotes::Listed {
        to.spans_from(span.start(), quotes);
    }
    if let Some(cue) = cue {
        to.span(*cue);
    }
    if let Some(Speaker { span, name, role }) = speaker {
        if let Some(person) = person {
            to.number(person as u64);
            write_mention(to, *span, &people[person].mentions);
        } else {
            to.span(*span);
            to.optional(name.as_deref(), Writing::text);
            to.optional(role.as_deref(), Writing::text);
        }
    }
    to.begin_at(span.end());
}

/// Where a speaker is named who is one of the story's people is told by which of their mentions it is, or
/// by itself where it is none, as a pronoun.
fn write_mention(to: &mut Writing, span: Span, mentions: &[Span]) {
    let place = mentions.iter().position(|mention| *mention == span);
    to.place(place);
    if place.is_none() {
        to.span(span);
    }
}

fn read_mention(from: &mut Reading<'_>, mentions: &[Span]) -> Option<Span> {
    match from.place()? {
        Some(at) => mentions.get(at).copied(),
        None => from.span(),
    }
}

/// Which of the story's people a speaker is, where name and role are that person's.
fn person_of(speaker: &Speaker, people: &[Person]) -> Option<usize> {
    let person = people.iter().position(|person| speaker.name.as_ref() == Some(&person.name))?;
    (people[person].role == speaker.role).then_some(person)
}

pub(super) fn read_statement(from: &mut Reading<'_>, people: &[Person]) -> Option<Statement> {
    let shape = Shape::read(from)?;
    let span = from.span()?;
    let quotes = match shape.quotes {
        Quotes::None => Vec::new(),
        Quotes::Whole => vec![span],
        Quotes::Listed => from.spans_from(span.start())?,
    };
    let cue = if shape.has_cue { Some(from.span()?) } else { None };
    let speaker = match shape.voice {
        Voice::None => None,
        Voice::Person => {
            let person = people.get(usize::try_from(from.number()?).ok()?)?;
            let span = read_mention(from, &person.mentions)?;
            Some(Speaker { span, name: Some(person.name.clone()), role: person.role.clone() })
        }
        Voice::Other => {
            let (span, name) = (from.span()?, from.optional(Reading::text)?);
            Some(Speaker { span, name, role: from.optional(Reading::text)? })
        }
    };
    from.begin_at(span.end());
    Some(Statement { kind: shape.kind, span, quotes, cue, speaker, rule: "" })
}
