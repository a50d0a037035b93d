//! Records of named values (JSON objects, rows of tables) to stories, by a table of field names.
//!
//! The table holds the names that archives and interfaces use: ninjs, news-please, CC-News, Webhose,
//! Media Cloud, Event Registry, GDELT, the Guardian's and the New York Times'. A name may be a path
//! (`response.webTitle`). The first name that holds a value wins.

use serde_json::Value;

use super::dateline;
use super::html_text;
use super::moments;
use crate::model::{Moment, PublishedFrom, Status, Story};

/// A field of a story and the names under which records carry it, the surest first.
type Names = &'static [&'static str];

const ID: Names = &["uri", "guid", "id", "_id", "uuid", "article_id", "stories_id", "url_hash"];
const VERSION: Names = &["version"];
const TITLE: Names = &[
    "headline",
    "title",
    "headline.main",
    "webTitle",
    "fields.headline",
    "name",
    "thread.title",
    "head",
];
const SLUG: Names = &["slugline", "slug", "slug_name"];
const BYLINES: Names = &[
    "byline",
    "bylines",
    "authors",
    "author",
    "byline.original",
    "fields.byline",
    "creator",
    "by",
];
const PLACE: Names = &["located", "dateline", "location.label.eng"];
const SOURCE: Names = &[
    "source",
    "source.title",
    "source.name",
    "media_name",
    "publisher",
    "publisher.name",
    "thread.site_full",
    "thread.site",
    "publication",
    "source_domain",
    "domain",
    "outlet",
    "sitename",
    "site_name",
];
const CREDIT: Names = &["creditline", "credit"];
const SECTION: Names = &["sectionName", "section_name", "section", "desk", "news_desk", "category"];
const KEYWORDS: Names = &["keywords", "tags", "categories", "topics"];
const SUBJECTS: Names = &["subject", "subjects"];
const PEOPLE: Names = &["person", "people", "persons"];
const LANGUAGE: Names = &["language", "lang", "language_code"];
const URL: Names = &["url", "webUrl", "web_url", "link", "canonical_url", "permalink"];
const NOTE: Names = &["ednote", "editor_note", "note"];
const STATUS: Names = &["pubstatus", "status"];
const EMBARGO: Names = &["embargoed", "embargo"];
const PUBLISHED: Names = &[
    "firstpublished",
    "firstcreated",
    "contentcreated",
    "published",
    "date_publish",
    "published_at",
    "publishedAt",
    "pub_date",
    "webPublicationDate",
    "publish_date",
    "date_published",
    "pubDate",
    "dateTimePub",
    "dateTime",
    "versioncreated",
    "datetime",
    "published_date",
    "seendate",
    "date",
    "created_at",
    "crawled",
];
const UPDATED: Names = &[
    "versioncreated",
    "updated",
    "date_modify",
    "updated_at",
    "modified",
    "dateModified",
    "date_modified",
];
const BODY: Names = &[
    "body_text",
    "maintext",
    "body",
    "body_html",
    "body_xhtml",
    "text",
    "article_text",
    "content_text",
    "content_html",
    "content",
    "fields.bodyText",
    "fields.body",
    "story",
    "article",
    "full_text",
    "cleaned_text",
];
const ABSTRACT: Names =
    &["description_text", "description", "abstract", "lead_paragraph", "summary", "snippet"];

/// Whether a record has the names of a story: a headline, and a text or an address.
pub fn is_story(record: &Value) -> bool {
    let titled = first(record, TITLE).is_some() || record.get("headlines").is_some();
    let texted = [BODY, ABSTRACT, URL].iter().any(|names| first(record, names).is_some())
        || record.get("bodies").is_some();
    record.is_object() && titled && texted
}

/// Reads a record; fields that it does not have stay empty.
pub fn story(record: &Value) -> Story {
    let mut story = Story {
        id: text(record, ID),
        version: text(record, VERSION),
        title: headline(record),
        slug: text(record, SLUG),
        bylines: bylines(record),
        place: place(record),
        source: text(record, SOURCE),
        credit: text(record, CREDIT),
        section: text(record, SECTION),
        people: names(record, PEOPLE),
        language: language(&text(record, LANGUAGE)),
        url: text(record, URL),
        note: text(record, NOTE),
        status: status(&text(record, STATUS)),
        embargo: moment(record, EMBARGO),
        published: moment(record, PUBLISHED),
        updated: moment(record, UPDATED),
        body: body(record),
        ..Story::default()
    };
    dateline::take_off(&mut story);
    story.keywords = names(record, KEYWORDS);
    story.keywords.extend(names(record, SUBJECTS));
    story.keywords.dedup();
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
    if story.url.is_empty() && story.id.starts_with("http") {
        story.url.clone_from(&story.id);
    }
    story
}

/// The first of several names that holds a value.
fn first<'a>(record: &'a Value, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| at(record, name)).filter(|value| !is_empty(value))
}

/// The value at a name or path.
fn at<'a>(record: &'a Value, path: &str) -> Option<&'a Value> {
    let value = match record.get(path) {
        Some(value) => Some(value),
        None => path.split('.').try_fold(record, |value, part| value.get(part)),
    };
    value.filter(|value| !is_empty(value))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.is_empty(),
        _ => false,
    }
}

/// A value as a line of text: an object's name, a number's digits.
fn line(value: &Value) -> String {
    match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        Value::Object(_) => {
            const INSIDE: &[&str] = &["name", "title", "value", "main", "label", "#text"];
            first(value, INSIDE).map(line).unwrap_or_default()
        }
        Value::Array(values) => values.first().map(line).unwrap_or_default(),
        _ => String::new(),
    }
}

fn text(record: &Value, fields: &[&str]) -> String {
    let values = fields.iter().filter_map(|name| at(record, name)).map(line);
    values.into_iter().find(|line| !line.is_empty()).unwrap_or_default()
}

/// ninjs 2 and 3 have headlines in several roles; the one without a role, or the main one, is it.
fn headline(record: &Value) -> String {
    if let Some(Value::Array(headlines)) = record.get("headlines") {
        let main = |value: &&Value| {
            value.get("role").and_then(Value::as_str).is_none_or(|role| role == "main")
        };
        let chosen = headlines.iter().find(main).or(headlines.first());
        let value = chosen.and_then(|headline| headline.get("value"));
        return value.map(line).unwrap_or_default();
    }
    super::entities::decode(&text(record, TITLE)).into_owned()
}

/// ninjs 2 and 3 have bodies in several types; the longest is it.
fn body(record: &Value) -> String {
    if let Some(Value::Array(bodies)) = record.get("bodies") {
        let values = bodies.iter().filter_map(|body| body.get("value")).filter_map(Value::as_str);
        return values.map(prose).max_by_key(String::len).unwrap_or_default();
    }
    let found = BODY.iter().filter_map(|name| at(record, name)).find_map(Value::as_str);
    let found = found
        .or_else(|| ABSTRACT.iter().filter_map(|name| at(record, name)).find_map(Value::as_str));
    found.map(prose).unwrap_or_default()
}

fn prose(text: &str) -> String {
    if html_text::is_html(text) {
        return html_text::paragraphs(text);
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

fn bylines(record: &Value) -> Vec<String> {
    let Some(value) = first(record, BYLINES) else { return Vec::new() };
    let names: Vec<String> = match value {
        Value::Array(values) => values.iter().map(line).collect(),
        other => vec![line(other)],
    };
    let without_by = |name: String| {
        let plain = ["By ", "BY ", "by "].iter().find_map(|by| name.strip_prefix(by));
        plain.unwrap_or(&name).trim().to_owned()
    };
    names.into_iter().map(without_by).filter(|name| !name.is_empty()).collect()
}

/// The place without its region.
fn place(record: &Value) -> String {
    let place = text(record, PLACE);
    place.split(',').next().unwrap_or_default().trim().to_owned()
}

fn names(record: &Value, fields: &[&str]) -> Vec<String> {
    let names: Vec<String> = match first(record, fields) {
        Some(Value::Array(values)) => values.iter().map(line).collect(),
        Some(Value::String(list)) => {
            list.split([',', ';']).map(|name| name.trim().to_owned()).collect()
        }
        Some(other) => vec![line(other)],
        None => Vec::new(),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// "en-GB", "eng", "English" to the two letters of ISO 639-1; what is not known stays as it is.
fn language(name: &str) -> String {
    const LONG: &[(&str, &str)] = &[
        ("eng", "en"),
        ("english", "en"),
        ("deu", "de"),
        ("ger", "de"),
        ("german", "de"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("french", "fr"),
        ("spa", "es"),
        ("spanish", "es"),
        ("ita", "it"),
        ("por", "pt"),
        ("rus", "ru"),
        ("nld", "nl"),
        ("zho", "zh"),
        ("jpn", "ja"),
        ("ara", "ar"),
        ("tur", "tr"),
    ];
    let lower = name.to_ascii_lowercase();
    let short = lower.split(['-', '_']).next().unwrap_or_default();
    let known = LONG.iter().find(|(long, _)| *long == short).map(|(_, code)| *code);
    known.unwrap_or(short).to_owned()
}

fn status(name: &str) -> Status {
    match name.rsplit(':').next().unwrap_or_default() {
        "canceled" | "cancelled" | "killed" => Status::Canceled,
        "withheld" => Status::Withheld,
        _ => Status::Usable,
    }
}

fn moment(record: &Value, fields: &[&str]) -> Option<Moment> {
    /// Seconds from here on are milliseconds: the year 2286.
    const MILLISECONDS: i64 = 10_000_000_000;
    fields.iter().filter_map(|name| at(record, name)).find_map(|value| match value {
        Value::Number(number) => {
            let number = number.as_i64()?;
            let seconds = if number >= MILLISECONDS { number / 1000 } else { number };
            let instant = jiff::Timestamp::from_second(seconds).ok()?;
            Some(Moment::Instant(instant, jiff::tz::Offset::UTC))
        }
        other => moments::moment(&line(other)),
    })
}
