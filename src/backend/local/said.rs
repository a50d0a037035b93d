//! Statements as a story's document holds them: columns of where each stands in the body, of its kind
//! and of its voice.
//!
//! A voice is what the speakers of some statements have in common: the names and roles by which they
//! are asked for. A story has few, so that what is known of a speaker is written once for each and not
//! for each statement.

use tantivy::TantivyDocument;

use super::schema::Fields;
use super::statements::{Told, number_of};
use crate::model::{Person, Record, Span, Speaker, Statement};
use crate::text::sketch::words_sign;
use crate::text::words::{VALUE_BREAK, words};

/// The bits that are kept of a statement's sign.
const SIGN: u32 = (1 << 24) - 1;

/// A word of a body.
pub(super) struct BodyWord {
    /// Where it stands, in bytes.
    pub(super) span: Span,
    /// Its position among the words.
    pub(super) position: u32,
    /// A number made of it.
    pub(super) sign: u64,
}

/// Adds a story's statements to its document; `speakers` are the names of all of them, in order, each
/// once.
pub(super) fn add_statements(
    document: &mut TantivyDocument,
    fields: &Fields,
    record: &Record,
    body: &[BodyWord],
    speakers: &[&str],
) {
    let mut voices = Voices { record, known: Vec::new(), voices: Vec::new() };
    for statement in &record.annotations.statements {
        let (before, said) = words_of(body, statement.span);
        let first = said.first().map(|word| word.position);
        let first = first.unwrap_or_else(|| before.last().map_or(0, |word| word.position + 1));
        let length = said.last().map_or(0, |last| last.position + 1 - first);
        let told = Told { voice: voices.number(statement), kind: statement.kind };
        let columns = &fields.said;
        document.add_u64(columns.first, u64::from(first));
        document.add_u64(columns.length, u64::from(length));
        document.add_u64(columns.voice, number_of(told));
        let sign = words_sign(said.iter().map(|word| word.sign));
        document.add_u64(columns.sign, u64::from(sign & SIGN));
    }
    voices.add(document, fields, speakers);
}

/// The words before a stretch of a body, and those that lie in it.
fn words_of(body: &[BodyWord], stretch: Span) -> (&[BodyWord], &[BodyWord]) {
    let start = body.partition_point(|word| word.span.start() < stretch.start());
    let (before, rest) = body.split_at(start);
    (before, &rest[..rest.partition_point(|word| word.span.end() <= stretch.end())])
}

/// What the speakers of some statements have in common.
#[derive(PartialEq, Eq)]
struct Voice<'a> {
    /// Every name by which they are asked for, in order, each once: as resolved, as written there, by
    /// role, and the story's other names for them.
    names: Vec<&'a str>,
    /// What the story calls them, there and anywhere.
    roles: Vec<&'a str>,
    name: Option<&'a str>,
}

impl<'a> Voice<'a> {
    fn of(record: &'a Record, speaker: Option<&'a Speaker>) -> Self {
        let Some(speaker) = speaker else {
            return Self { names: Vec::new(), roles: Vec::new(), name: None };
        };
        let name = speaker.name.as_deref();
        let people = &record.annotations.people;
        let person = people.iter().find(|person| Some(person.name.as_str()) == name);
        let aliases = person.map_or(&[][..], |person| &person.aliases);
        let written = speaker.span.of(&record.story.body);
        let names = [Some(written), speaker.role.as_deref(), name].into_iter().flatten();
        let role_of = |person: &'a Person| person.role.as_deref();
        Self {
            names: distinct(names.chain(aliases.iter().map(String::as_str))),
            roles: distinct(speaker.role.as_deref().into_iter().chain(person.and_then(role_of))),
            name,
        }
    }
}

fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// What tells a speaker's voice: the name, the role, and the words that name them there.
type Spoken<'a> = Option<(Option<&'a str>, Option<&'a str>, &'a str)>;

/// The voices of a story.
struct Voices<'a> {
    record: &'a Record,
    /// Those met so far, and the number of the voice of each.
    known: Vec<(Spoken<'a>, usize)>,
    voices: Vec<Voice<'a>>,
}

impl<'a> Voices<'a> {
    /// The number of a statement's voice.
    fn number(&mut self, statement: &'a Statement) -> usize {
        let speaker = statement.speaker.as_ref();
        let spoken = speaker.map(|speaker| {
            let written = speaker.span.of(&self.record.story.body);
            (speaker.name.as_deref(), speaker.role.as_deref(), written)
        });
        if let Some((_, number)) = self.known.iter().find(|(known, _)| *known == spoken) {
            return *number;
        }
        let voice = Voice::of(self.record, speaker);
        let number = self.voices.iter().position(|known| *known == voice);
        let number = number.unwrap_or_else(|| {
            self.voices.push(voice);
            self.voices.len() - 1
        });
        self.known.push((spoken, number));
        number
    }

    /// Adds what is known of each voice.
    fn add(&self, document: &mut TantivyDocument, fields: &Fields, speakers: &[&str]) {
        let columns = &fields.said;
        for voice in &self.voices {
            let place = voice.name.and_then(|name| speakers.binary_search(&name).ok());
            document.add_u64(columns.voice_value, place.map_or(0, |place| place as u64 + 1));
        }
        let (names, begins) = joined(self.voices.iter().map(|voice| voice.names.as_slice()));
        if !names.is_empty() {
            document.add_text(fields.speaker, names);
        }
        begins.into_iter().for_each(|at| document.add_u64(columns.voice_names, u64::from(at)));
        let (roles, begins) = joined(self.voices.iter().map(|voice| voice.roles.as_slice()));
        if !roles.is_empty() {
            document.add_text(fields.said_role, roles);
        }
        begins.into_iter().for_each(|at| document.add_u64(columns.voice_roles, u64::from(at)));
    }
}

/// Values of voices as one text, so far apart that no phrase matches across two of them, and at which
/// position the words of each voice begin.
fn joined<'a>(voices: impl Iterator<Item = &'a [&'a str]>) -> (String, Vec<u32>) {
    let (mut joined, mut starts) = (String::new(), Vec::new());
    for values in voices {
        for (number, value) in values.iter().enumerate() {
            if !joined.is_empty() {
                joined.push(VALUE_BREAK);
            }
            if number == 0 {
                starts.push(joined.len());
            }
            joined.push_str(value);
        }
        if values.is_empty() {
            starts.push(joined.len());
        }
    }
    let mut begins = Vec::with_capacity(starts.len());
    let (mut left, mut next) = (starts.into_iter().peekable(), 0);
    for word in words(&joined) {
        while left.next_if(|start| *start <= word.span.start()).is_some() {
            begins.push(word.position);
        }
        next = word.position + 1;
    }
    begins.extend(left.map(|_| next));
    (joined, begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sketch::word_sign;
    use crate::text::words::VALUE_GAP;

    fn body(text: &str) -> Vec<BodyWord> {
        let word = |word: crate::text::words::Word<'_>| BodyWord {
            span: word.span,
            position: word.position,
            sign: word_sign(&word.folded).number,
        };
        words(text).map(word).collect()
    }

    #[test]
    fn a_statement_has_the_words_that_lie_in_it() {
        let text = "He said: “No, never.”\n\nThat was all.";
        let body = body(text);
        let said = text.find("No").unwrap()..text.find('”').unwrap();
        let (before, words) = words_of(&body, Span::new(said.start, said.end));
        assert_eq!((before.len(), words.len(), words[0].position), (2, 2, 2));
        // A part of a word is none.
        let (before, words) = words_of(&body, Span::new(said.start + 1, said.end - 2));
        assert_eq!((before.len(), words.len()), (3, 0));
    }

    #[test]
    fn each_voice_begins_where_its_first_name_stands() {
        let voices: [&[&str]; 4] = [&["Ada Quill", "mayor"], &[], &["he"], &[]];
        let (text, begins) = joined(voices.into_iter());
        assert_eq!(text, format!("Ada Quill{VALUE_BREAK}mayor{VALUE_BREAK}he"));
        let he = 3 + 2 * VALUE_GAP;
        assert_eq!(begins, [0, he, he, he + 1]);
    }
}
