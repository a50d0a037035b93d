//! The values of records as a story's: lines, lists of names, texts.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::model::{Moment, Status, Story};
use crate::text::language::code_of;
use crate::text::markup::{self, one_line};
use crate::text::record::Value;
use crate::text::{byline, copy, entities, feed};

/// Names within a record that hold what it is called, the surest first.
const INSIDE: &[&str] = &[
    "name", "title", "webTitle", "main", "basic", "original", "rendered", "label", "tag", "term",
    "topic", "eng", "#text",
];

/// How many names of a list are read: each is compared with those before it.
const MOST: usize = 500;

/// A value as a line of text: a record's name, a number's digits, the first of a list.
pub(super) fn line(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => one_line(text),
        Value::Number(number) => number.to_string(),
        Value::Record(_) => line_of_record(value),
        Value::List(values) => values.first().map(line).unwrap_or_default(),
        Value::Nothing => String::new(),
    }
}

fn line_of_record(record: &Value<'_>) -> String {
    // The New York Times has `{"name": "subject", "value": "Ferries"}`: the value is meant.
    if let Some(value) = record.get("value").filter(|value| value.text().is_some()) {
        return line(value);
    }
    let named = INSIDE.iter().filter_map(|name| record.get(name)).map(line);
    named.into_iter().find(|line| !line.is_empty()).unwrap_or_default()
}

/// A headline. ninjs 2 and 3 have several in roles: the one without a role, or the main one, is it.
pub(super) fn headline(value: &Value<'_>) -> String {
    let chosen = value.list().and_then(|headlines| {
        let role = |headline: &&Value<'_>| {
            headline.get("role").and_then(Value::text).is_none_or(|role| role == "main")
        };
        headlines.iter().find(role).or(headlines.first())
    });
    let line = line(chosen.unwrap_or(value));
    if markup::has_tags(&line) {
        return one_line(&markup::html(&line).join(" "));
    }
    match entities::decode(&line) {
        Cow::Borrowed(_) => line,
        Cow::Owned(decoded) => decoded,
    }
}

/// The place without its region.
pub(super) fn place(value: &Value<'_>) -> String {
    line(value).split(',').next().unwrap_or_default().trim().to_owned()
}

/// A list of lines, in whatever way it is written.
pub(super) fn lines(value: &Value<'_>) -> Vec<String> {
    let lines: Vec<String> = match value {
        Value::List(values) => values.iter().take(MOST).map(line).collect(),
        Value::Text(list) => split(list),
        other => vec![line(other)],
    };
    // Numbers are keys of tables that stand elsewhere.
    lines.into_iter().filter(|line| line.contains(|c: char| !c.is_ascii_digit())).collect()
}

/// A list in a text of its own: `a, b`, `a|b`, or as Python and JSON write one: `['a', 'b']`.
fn split(list: &str) -> Vec<String> {
    let list = list.trim();
    let inner = list.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or(list);
    let parts = inner.split([',', ';', '|']);
    parts.take(MOST).map(|part| part.trim().trim_matches(['\'', '"']).trim().to_owned()).collect()
}

/// The names of writers, without "By", offices and addresses.
pub(super) fn bylines(value: &Value<'_>) -> Vec<String> {
    let fields = match value {
        Value::List(values) => values.iter().take(MOST).map(line).collect(),
        Value::Text(list) if list.trim_start().starts_with('[') => split(list),
        other => vec![line(other)],
    };
    let mut names = Vec::new();
    for field in fields {
        let known = feed::writers(&field);
        if known.is_empty() {
            copy::add(&mut names, &as_written(&field));
        }
        known.iter().for_each(|name| copy::add(&mut names, name));
    }
    names
}

/// A writer whose name no rule knows, unless it is an office, an address or a sentence.
fn as_written(field: &str) -> String {
    const MOST_WORDS: usize = 6;
    let plain = ["By ", "BY ", "by "].iter().find_map(|by| field.strip_prefix(by));
    let plain = plain.unwrap_or(field).trim();
    let named = plain.contains(char::is_alphabetic);
    let other =
        !named || plain.contains(['@', ':']) || plain.contains("www.") || byline::is_office(plain);
    if other || plain.split_whitespace().count() > MOST_WORDS {
        return String::new();
    }
    plain.to_owned()
}

/// Kinds of tag that name people.
const PEOPLE: &[&str] = &["person", "persons", "people"];

/// Adds tags to the keywords; those that say that they are people to the people, and writers to the
/// bylines where there are none.
pub(super) fn add_tags(story: &mut Story, tags: &Value<'_>) {
    let Some(list) = tags.list() else {
        return lines(tags).iter().for_each(|tag| copy::add(&mut story.keywords, tag));
    };
    let unsigned = story.bylines.is_empty();
    for tag in list.iter().take(MOST) {
        let kind = tag.get("type").or_else(|| tag.get("value").and_then(|_| tag.get("name")));
        let kind = kind.and_then(Value::text).unwrap_or_default();
        let name = line(tag);
        if PEOPLE.contains(&kind) {
            copy::add(&mut story.people, &surname_last(&name));
        } else if kind == "contributor" {
            if unsigned {
                copy::add(&mut story.bylines, &name);
            }
        } else if name.contains(|c: char| !c.is_ascii_digit()) {
            copy::add(&mut story.keywords, &name);
        }
    }
}

/// "Orlo, Ada" is "Ada Orlo".
fn surname_last(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

/// A text: as it stands, the paragraphs of a list, or the longest of ninjs' bodies in several types.
pub(super) fn text<'v>(value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::List(parts) if parts.iter().any(|part| part.get("value").is_some()) => {
            let texts = parts.iter().filter_map(|part| part.get("value")).filter_map(Value::text);
            texts.max_by_key(|text| text.len()).unwrap_or_default().into()
        }
        Value::List(parts) => {
            let texts: Vec<Cow<'_, str>> =
                parts.iter().filter(|part| is_prose(part)).map(text).collect();
            texts.join("\n\n").into()
        }
        Value::Record(_) => {
            let inside = ["text", "html", "value", "content", "rendered"].iter();
            inside.filter_map(|name| value.get(name)).find_map(Value::text).unwrap_or("").into()
        }
        _ => Cow::Borrowed(""),
    }
}

/// Whether an element of a text in parts is text: pictures and embedded things say what they are.
fn is_prose(part: &Value<'_>) -> bool {
    const KINDS: &[&str] = &["text", "paragraph", "p", "header", "heading", "html", "raw_html"];
    part.get("type").and_then(Value::text).is_none_or(|kind| KINDS.contains(&kind))
}

/// A text without the mark that it was cut off, as NewsAPI and GNews have it: "It opened on…
/// [+1234 chars]"; nothing where it only says what a text would cost.
pub(super) fn without_cut(text: &str) -> &str {
    const LONGEST_OFFER: usize = 80;
    let end = text.trim_end();
    if end.len() <= LONGEST_OFFER && end.starts_with("ONLY AVAILABLE IN ") {
        return "";
    }
    let cut = end.strip_suffix(" chars]").and_then(|rest| {
        let rest = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        rest.trim_end_matches('+').strip_suffix('[')
    });
    cut.map_or(text, str::trim_end)
}

/// The instant of a number: seconds since 1970, or thousandths or millionths of them.
pub(super) fn instant(number: f64) -> Option<Moment> {
    /// Seconds from here on are thousandths: the year 2286; and so on.
    const TOO_LATE: f64 = 10_000_000_000.0;
    /// Seconds before this are numbers of another kind: 1973.
    const TOO_EARLY: f64 = 100_000_000.0;
    let mut seconds = number;
    while seconds >= TOO_LATE {
        seconds /= 1000.0;
    }
    if seconds < TOO_EARLY {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "between two limits that fit")]
    let instant = Timestamp::from_second(seconds as i64).ok()?;
    Some(Moment::Instant(instant, Offset::UTC))
}

/// "en-GB", "eng", "English" to the two letters of ISO 639-1.
pub(super) fn language(value: &Value<'_>) -> String {
    let mut name = line(value);
    name.make_ascii_lowercase();
    if name.len() == 2 {
        return copy::language(&name);
    }
    code_of(&name).map_or_else(|| copy::language(&name), str::to_owned)
}

/// Whether a record may be used: "usable", "stat:canceled".
pub(super) fn status(name: &str) -> Status {
    match name.rsplit(':').next().unwrap_or_default() {
        "canceled" | "cancelled" | "killed" => Status::Canceled,
        "withheld" => Status::Withheld,
        _ => Status::Usable,
    }
}
