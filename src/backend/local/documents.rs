//! A record as the documents that the index holds.

use std::fmt::Write;

use rustc_hash::FxHashSet;
use tantivy::TantivyDocument;

use super::said::{BodyWord, add_statements};
use super::schema::{FILE, Fields, STORY, Signs};
use super::script::{Reading, Script, script};
use super::words::OPENING_PARAGRAPHS;
use super::{called, counted, days};
use crate::error::{Error, Kind, Result};
use crate::model::{FileNote, Period, Record, Statement, Story, StoryKey};
use crate::text::agencies::spellings;
use crate::text::editions::kinds;
use crate::text::lineage::Lineage;
use crate::text::namings::{folded, length};
use crate::text::sketch::{Sketch, sketch, word_sign};
use crate::text::words::{Begins, VALUE_BREAK, words_and_bounds};

/// For so many bytes of a text room is made for a word.
const BYTES_A_WORD: usize = 5;

/// Room for a document: so many halves of its body, which is indexed and packed, and so much for the rest.
const ROOM_BODIES: usize = 3;
/// See [`ROOM_BODIES`].
const ROOM_BESIDE: usize = 4096;

/// A story's document, without its stored record.
pub(super) fn story(
    fields: &Fields,
    file: &str,
    key: StoryKey,
    record: &Record,
) -> TantivyDocument {
    let story = &record.story;
    let mut document =
        TantivyDocument::with_capacity(story.body.len() * ROOM_BODIES / 2 + ROOM_BESIDE);
    document.add_text(fields.kind, STORY);
    document.add_text(fields.file, file);
    document.add_u64(fields.key, key.0);
    document.add_u64(fields.content, content(story));
    let body = Body::of(record);
    let title = script(&story.title);
    for word in Reading::of(&title).filter(|written| !body.script.holds(written.word)) {
        document.add_text(fields.title_only, word.word);
    }
    document.add_text(fields.title, title);
    document.add_text(fields.body, body.script.into_text());
    let text_fields = [
        (fields.place, &story.place),
        (fields.slug, &story.slug),
        (fields.section, &story.section),
        (fields.language, &story.language),
        (fields.format, &story.format),
        (fields.id, &story.id),
    ];
    for (field, value) in text_fields {
        add_value(&mut document, field, value);
    }
    let kinds = kinds(story);
    let version = values(kinds.into_iter().chain([story.version.as_str()]));
    add_value(&mut document, fields.version, &version);
    add_embargo(&mut document, fields, story);
    add_value(&mut document, fields.path, &story.place_on_disk());
    let sources = [story.source.as_str(), story.credit.as_str()];
    let sources = sources.into_iter().chain(spellings(&story.source).iter().copied());
    add_value(&mut document, fields.source, &values(sources));
    add_value(&mut document, fields.byline, &values(story.bylines.iter().map(String::as_str)));
    add_value(&mut document, fields.keyword, &values(story.keywords.iter().map(String::as_str)));
    document.add_u64(fields.length, body.words.len() as u64);
    if let Some(end) = body.opening_end {
        document.add_u64(fields.opening, u64::from(end));
    }
    add_people(&mut document, fields, record, &body.words);
    add_days(&mut document, fields, record);
    add_signs(&mut document, &fields.signs, &Lineage::of(story, body.sketch));
    add_tallies(&mut document, fields, record);
    document
}

/// Adds what tells versions and copies.
fn add_signs(document: &mut TantivyDocument, signs: &Signs, lineage: &Lineage) {
    let told = [
        (signs.source, lineage.source),
        (signs.id, lineage.id),
        (signs.slug, lineage.slug),
        (signs.headline, lineage.headline),
    ];
    for (field, sign) in told.into_iter().filter(|(_, sign)| *sign != 0) {
        document.add_u64(field, u64::from(sign));
    }
    document.add_u64(signs.rank, u64::from(lineage.rank));
    document.add_i64(signs.time, lineage.time);
    document.add_u64(signs.figures, lineage.sketch.figures);
    for word in &lineage.words {
        document.add_u64(signs.words, u64::from(*word));
    }
    let mut last = 0;
    for hash in &lineage.sketch.hashes {
        document.add_u64(signs.sketch, u64::from(hash - last));
        last = *hash;
    }
}

/// A number that changes when a story's words or its status do.
fn content(story: &Story) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[story.status as u8]);
    for part in [story.title.as_str(), &story.body, &story.note] {
        // Each part with its length, so that no two texts flow into one.
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut first = [0; 8];
    hasher.finalize_xof().fill(&mut first);
    u64::from_le_bytes(first)
}

/// Adds the time until which a story is held back.
fn add_embargo(document: &mut TantivyDocument, fields: &Fields, story: &Story) {
    if let Some(embargo) = &story.embargo {
        document.add_i64(fields.embargo, embargo.order());
    }
}

/// What is made of the words of a body, each of which is cut once.
struct Body {
    script: Script,
    words: Vec<BodyWord>,
    sketch: Sketch,
    /// The position at which its opening has ended, where something else stands there.
    opening_end: Option<u32>,
}

impl Body {
    fn of(record: &Record) -> Self {
        let text = record.story.body.as_str();
        let mut script = Script::with_room(text.len());
        let mut noted = Vec::with_capacity(text.len() / BYTES_A_WORD);
        let names = names(record);
        let namings = namings(record, &names);
        let mut namings = namings.iter().peekable();
        let mut words = words_and_bounds(text);
        let (mut paragraphs, mut opening_end) = (0, None);
        let signs = std::iter::from_fn(|| {
            let (cut, begins) = words.next_cut()?;
            if begins == Some(Begins::Paragraph) {
                if paragraphs == OPENING_PARAGRAPHS {
                    opening_end = Some(cut.position);
                }
                paragraphs += 1;
            }
            let sign = word_sign(script.add(text, &cut, begins));
            while let Some(named) = namings.next_if(|named| named.start < cut.span.end()) {
                script.add_naming(named.name, named.length);
            }
            noted.push(BodyWord { span: cut.span, position: cut.position, sign: sign.number });
            Some(sign)
        });
        let (sketch, _) = sketch(signs);
        Self { script, words: noted, sketch, opening_end }
    }
}

/// A place in a body that names somebody.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Named<'a> {
    /// The byte at which it begins.
    start: usize,
    /// The folded name, and how many words name them there.
    name: &'a str,
    length: u32,
}

/// The folded names of the people of a story.
fn names(record: &Record) -> Vec<String> {
    record.annotations.people.iter().map(|person| folded(&person.name)).collect()
}

/// The places in a body that name somebody, in order.
fn namings<'a>(record: &Record, names: &'a [String]) -> Vec<Named<'a>> {
    let body = record.story.body.as_str();
    let mut places = Vec::new();
    for (person, name) in record.annotations.people.iter().zip(names) {
        places.extend(person.mentions.iter().map(|place| Named {
            start: place.start(),
            name,
            length: length(body, *place),
        }));
    }
    places.sort_unstable();
    places
}

/// The document of what is known of a file.
pub(super) fn file(fields: &Fields, note: &FileNote) -> Result<TantivyDocument> {
    let mut document = TantivyDocument::new();
    document.add_text(fields.kind, FILE);
    document.add_text(fields.file, &note.file);
    document.add_text(fields.noted, &note.file);
    let json = serde_json::to_string(note).map_err(|cause| unwritable(&note.file, cause))?;
    document.add_text(fields.note, json);
    Ok(document)
}

/// The number of a day, from 1970-01-01.
pub(super) fn day_number(day: jiff::civil::Date) -> i64 {
    const EPOCH: jiff::civil::Date = jiff::civil::Date::constant(1970, 1, 1);
    i64::from((day - EPOCH).get_days())
}

fn unwritable(path: &str, cause: serde_json::Error) -> Error {
    Error::new(Kind::Index, "cannot be written as JSON").at(path).because(cause)
}

fn add_value(document: &mut TantivyDocument, field: tantivy::schema::Field, value: &str) {
    if !value.is_empty() {
        document.add_text(field, value);
    }
}

fn add_people(document: &mut TantivyDocument, fields: &Fields, record: &Record, body: &[BodyWord]) {
    let speakers = record.annotations.statements.iter().filter_map(speaker_name);
    let speakers = distinct(speakers.collect());
    for speaker in &speakers {
        document.add_text(fields.tallies.speaker, speaker);
    }
    add_statements(document, fields, record, body, &speakers);
    let named = record.annotations.people.iter().flat_map(|person| {
        std::iter::once(person.name.as_str()).chain(person.aliases.iter().map(String::as_str))
    });
    let people = record.story.people.iter().map(String::as_str).chain(named);
    add_value(document, fields.person, &values(people));
    for word in record.annotations.people.iter().flat_map(called::words) {
        document.add_text(fields.called, word);
    }
}

fn add_days(document: &mut TantivyDocument, fields: &Fields, record: &Record) {
    if let Some(published) = &record.story.published {
        document.add_i64(fields.time, published.order());
        document.add_i64(fields.day, day_number(published.day()));
    }
    let dates = &record.annotations.dates;
    let mut stretches: Vec<Period> = dates.iter().map(|date| date.value).collect();
    stretches.sort_unstable_by_key(|period| (period.first(), period.last()));
    stretches.dedup_by_key(|period| (period.first(), period.last()));
    let mut written = String::new();
    for word in days::spoken(&stretches) {
        written.clear();
        // Writing to a string cannot fail.
        let _ = write!(written, "{word}");
        document.add_text(fields.mentions, &written);
    }
    for packed in stretches.iter().filter_map(counted::packed) {
        document.add_i64(fields.meant, packed);
    }
}

fn add_tallies(document: &mut TantivyDocument, fields: &Fields, record: &Record) {
    let (story, tallies) = (&record.story, &fields.tallies);
    add_value(document, tallies.source, &story.source);
    add_value(document, tallies.place, &story.place);
    add_value(document, tallies.language, &story.language);
    add_value(document, tallies.format, &story.format);
    let people = record.annotations.people.iter().map(|person| person.name.as_str());
    for person in distinct(people.collect()) {
        document.add_text(tallies.person, person);
    }
}

fn speaker_name(statement: &Statement) -> Option<&str> {
    statement.speaker.as_ref()?.name.as_deref()
}

/// Each value once, in order.
fn distinct<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

/// Several values as one text, so far apart that no phrase matches across two of them.
fn values<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    let mut seen = FxHashSet::default();
    for value in values {
        if value.is_empty() || !seen.insert(value) {
            continue;
        }
        if !joined.is_empty() {
            joined.push(VALUE_BREAK);
        }
        joined.push_str(value);
    }
    joined
}
