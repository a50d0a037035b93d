//! Records of named values (JSON objects, rows of tables) to stories, by a table of field names.
//!
//! Comes in: a record, and what the user says of where it keeps its fields. Goes out: a story. The
//! table holds the names that archives and interfaces use: ninjs, JSON Feed, news-please, CC-News,
//! Webhose, Media Cloud, Event Registry, GDELT, NewsAPI, NewsCatcher, Bing, the Guardian's and the
//! New York Times'. The first name that holds a value wins.

use jiff::civil::Time;

use super::copy;
use super::markup::{self, inline};
use super::moments;
use super::record::Value;
use crate::model::{FieldMap, Moment, PublishedFrom, Status, Story};

mod names;
mod values;

use names::{Field, NAME, Sheet};
pub use names::{MAPPABLE, is_known, is_of_text};
use values::{language, line, lines, status, without_cut};

/// Checks a field that the user names for a map.
///
/// # Errors
/// Where no such field can be mapped: the message lists those that can.
///
/// ```
/// use onrecord::text::fields::mappable;
/// assert!(mappable("body").is_ok());
/// assert!(mappable("text").unwrap_err().starts_with("no field is named `text`"));
/// ```
pub fn mappable(field: &str) -> Result<(), String> {
    if MAPPABLE.contains(&field) {
        return Ok(());
    }
    Err(format!("no field is named `{field}`; there are {}", MAPPABLE.join(", ")))
}

/// Whether a record has the names of a story: a headline, and a text, or an address and a day; a
/// text with its day and its writer or address; or a headline or a text where the user says that they
/// stand.
pub fn is_story(record: &Value<'_>, map: &FieldMap) -> bool {
    matches!(record, Value::Record(_)) && tells_a_story(&Sheet::of(record, map), map)
}

fn tells_a_story(sheet: &Sheet<'_>, map: &FieldMap) -> bool {
    // What has the mapped headline but not the mapped text may be the list that holds the records.
    let is_mapped = |field| sheet.all(field).first().is_some_and(names::Found::is_mapped);
    let mapped = is_mapped(Field::Body) || is_mapped(Field::Title) && map.of("body").is_none();
    let texted = sheet.has(Field::Body) || sheet.has(Field::Abstract);
    let dated = sheet.has(Field::Published);
    let titled = sheet
        .all(Field::Title)
        .iter()
        .any(|found| !found.place.eq_ignore_ascii_case(NAME) || sheet.has(Field::Body) || dated);
    let untitled = sheet.has(Field::Body) && (sheet.has(Field::Url) || sheet.has(Field::Bylines));
    mapped || titled && (texted || dated && sheet.has(Field::Url)) || dated && untitled
}

/// Reads a record where it is a story.
pub fn story_of(record: &Value<'_>, map: &FieldMap) -> Option<Story> {
    let Value::Record(_) = record else { return None };
    let sheet = Sheet::of(record, map);
    tells_a_story(&sheet, map).then(|| told(Story::default(), &sheet))
}

/// Reads a record; fields that it does not have are as those of `known`, which is what is known of
/// it from elsewhere.
pub fn story(record: &Value<'_>, map: &FieldMap, known: Story) -> Story {
    told(known, &Sheet::of(record, map))
}

/// Reads a record whose text stands elsewhere.
pub fn story_without_text(record: &Value<'_>, map: &FieldMap) -> Story {
    told_of(Story::default(), &Sheet::of(record, map))
}

fn told(story: Story, sheet: &Sheet<'_>) -> Story {
    let mut story = told_of(story, sheet);
    take_body(&mut story, sheet);
    story
}

/// All but the text.
fn told_of(mut story: Story, sheet: &Sheet<'_>) -> Story {
    take_lines(&mut story, sheet);
    take_times(&mut story, sheet);
    take_lists(&mut story, sheet);
    if story.url.is_empty() && story.id.starts_with("http") {
        story.url.clone_from(&story.id);
        let place = story.origins.of("id").unwrap_or_default().to_owned();
        story.origins.tell("url", place);
    }
    story
}

/// How a value is read as a line.
type Line = fn(&Value<'_>) -> String;

fn take_lines(story: &mut Story, sheet: &Sheet<'_>) {
    let first = |field: Field, read: Line| {
        let values = sheet.all(field).iter().map(|found| (read(found.value), &found.place));
        values.into_iter().find(|(line, _)| !line.is_empty())
    };
    let Story { origins, .. } = story;
    let fields: [(&mut String, &'static str, Field, Line); 11] = [
        (&mut story.id, "id", Field::Id, line),
        (&mut story.version, "version", Field::Version, line),
        (&mut story.title, "title", Field::Title, values::headline),
        (&mut story.slug, "slug", Field::Slug, line),
        (&mut story.place, "place", Field::Place, values::place),
        (&mut story.source, "source", Field::Source, line),
        (&mut story.credit, "credit", Field::Credit, line),
        (&mut story.section, "section", Field::Section, line),
        (&mut story.language, "language", Field::Language, language),
        (&mut story.url, "url", Field::Url, line),
        (&mut story.note, "note", Field::Note, line),
    ];
    for (field, name, of, read) in fields {
        if let Some((line, place)) = first(of, read) {
            *field = line;
            origins.tell(name, place.clone().into_owned());
        }
    }
    if let Some((name, place)) = first(Field::Status, line) {
        story.status = status(&name);
        if story.status != Status::Usable {
            origins.tell("status", place.clone().into_owned());
        }
    }
}

fn take_times(story: &mut Story, sheet: &Sheet<'_>) {
    let mut take = |field: Field, name: &'static str| {
        let mut times = sheet.all(field).iter();
        let (time, place) = times.find_map(|found| Some((moment(found.value)?, &found.place)))?;
        story.origins.tell(name, place.clone().into_owned());
        Some(time)
    };
    story.published =
        take(Field::Published, "published").or_else(|| take(Field::Time, "published"));
    story.updated = take(Field::Updated, "updated");
    story.embargo = take(Field::Embargo, "embargo");
    // Tables have the day and the time in columns of their own.
    if let Some(Moment::Day(day)) = story.published
        && let Some(found) = sheet.all(Field::Time).first()
        && let Ok(time) = line(found.value).parse::<Time>()
    {
        story.published = Some(Moment::Local(day.to_datetime(time)));
    }
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
}

/// Reads a time: in words, as digits, or as seconds since 1970 or parts of them.
fn moment(value: &Value<'_>) -> Option<Moment> {
    let text = line(value);
    // "20250318" is a day, "1742292000" is seconds.
    moments::moment(&text).or_else(|| values::instant(text.parse().ok()?))
}

fn take_lists(story: &mut Story, sheet: &Sheet<'_>) {
    let tell = |story: &mut Story, name, found: &names::Found<'_>| {
        story.origins.tell(name, found.place.clone().into_owned());
    };
    for found in sheet.all(Field::Bylines) {
        let names = values::bylines(found.value);
        if !names.is_empty() {
            story.bylines = names;
            tell(story, "bylines", found);
            break;
        }
    }
    for found in sheet.all(Field::People).iter().take(1) {
        lines(found.value).iter().for_each(|name| copy::add(&mut story.people, name));
        tell(story, "people", found);
    }
    let keywords = sheet.all(Field::Keywords).iter().take(1);
    for found in keywords.chain(sheet.all(Field::Subjects).iter().take(1)) {
        let before = story.keywords.len();
        values::add_tags(story, found.value);
        if story.keywords.len() > before {
            tell(story, "keywords", found);
        }
    }
}

fn take_body(story: &mut Story, sheet: &Sheet<'_>) {
    let texts = sheet.all(Field::Body).iter().chain(sheet.all(Field::Abstract));
    for found in texts {
        let text = values::text(found.value);
        let text = without_cut(&text);
        if !text.trim().is_empty() {
            story.origins.tell("body", found.place.clone().into_owned());
            return copy::set_body(story, "", paragraphs(text));
        }
    }
}

/// The paragraphs of a text. Archives that have no blank lines have a paragraph in each line.
fn paragraphs(text: &str) -> Vec<String> {
    let paragraphs = inline::lines(text);
    let lines = paragraphs.iter().any(|paragraph| paragraph.contains('\n'));
    if !lines || text.contains("\n\n") || markup::has_tags(text) {
        return paragraphs;
    }
    paragraphs.iter().flat_map(|paragraph| paragraph.lines()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
