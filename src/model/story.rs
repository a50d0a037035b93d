//! A story: one version of one news item.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Moment;

/// One version of one news item, as its format told it.
///
/// `body` is plain text, paragraphs parted by a blank line, without headline, dateline, byline and
/// furniture. Empty strings and lists mean that the source did not say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    /// The file, below the folder that was given.
    pub path: String,
    /// The member of an archive, where the file is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub member: String,
    /// Which story of the file or member, from 0.
    pub ordinal: u32,
    /// The format's name in the register.
    pub format: String,
    /// The agency's own identifier.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The agency's own version.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The headline.
    pub title: String,
    /// The slug: the desk's short name for the story.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub slug: String,
    /// Who wrote it, names only, without "By".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bylines: Vec<String>,
    /// The place of the dateline, as written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Who publishes it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The agency it came from, if another than the source.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credit: String,
    /// The section or desk.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// Keywords and subjects that the metadata names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// People that the metadata names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// The language, as a two-letter ISO 639-1 code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Where it was published on the web.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Notes to editors; not for publication.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether it may be used.
    pub status: Status,
    /// Not to be published before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargo: Option<Moment>,
    /// First publication, where anything told it.
    pub published: Option<Moment>,
    /// Time of this version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Moment>,
    /// What told the publication day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_from: Option<PublishedFrom>,
    /// The month and day of a dateline that names no year; the year is settled from elsewhere.
    #[serde(skip)]
    pub dateline_day: Option<(i8, i8)>,
    /// The text.
    pub body: String,
    /// Where the fields' values stood, for `parse --explain`.
    #[serde(skip)]
    pub origins: Origins,
}

impl Story {
    /// The file, and behind it the member of the archive where the file is one: "a.zip/wire/b.txt".
    pub fn place_on_disk(&self) -> Cow<'_, str> {
        match self.member.as_str() {
            "" => Cow::Borrowed(&self.path),
            member => Cow::Owned(format!("{}/{member}", self.path)),
        }
    }

    /// Keeps `place` as where every field stood that is filled by now and of which nothing was told
    /// yet. A format says so after each part of its input, in that format's own words.
    pub fn found_in(&mut self, place: &'static str) {
        for (number, (name, is_filled)) in FIELDS.iter().enumerate() {
            if self.origins.told & (1 << number) == 0 && is_filled(self) {
                self.origins.told |= 1 << number;
                self.origins.places.push((name, Cow::Borrowed(place)));
            }
        }
    }
}

/// Whether a field of a story is filled.
type IsFilled = fn(&Story) -> bool;

/// The fields that a format fills, as the JSON names them.
pub const FIELDS: &[(&str, IsFilled)] = &[
    ("id", |story| !story.id.is_empty()),
    ("version", |story| !story.version.is_empty()),
    ("title", |story| !story.title.is_empty()),
    ("slug", |story| !story.slug.is_empty()),
    ("bylines", |story| !story.bylines.is_empty()),
    ("place", |story| !story.place.is_empty()),
    ("source", |story| !story.source.is_empty()),
    ("credit", |story| !story.credit.is_empty()),
    ("section", |story| !story.section.is_empty()),
    ("keywords", |story| !story.keywords.is_empty()),
    ("people", |story| !story.people.is_empty()),
    ("language", |story| !story.language.is_empty()),
    ("url", |story| !story.url.is_empty()),
    ("note", |story| !story.note.is_empty()),
    ("status", |story| story.status != Status::Usable),
    ("embargo", |story| story.embargo.is_some()),
    ("published", |story| story.published.is_some()),
    ("updated", |story| story.updated.is_some()),
    ("body", |story| !story.body.is_empty()),
];

/// Where each field of a story was found in its format's own words ("NewsLines/HeadLine").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// A bit for each of [`FIELDS`] that has its place.
    told: u32,
    places: Vec<(&'static str, Cow<'static, str>)>,
}

impl Origins {
    /// Keeps where a field's value stood; the last word on a field counts.
    pub fn tell(&mut self, field: &'static str, place: impl Into<Cow<'static, str>>) {
        self.places.retain(|(known, _)| *known != field);
        self.places.push((field, place.into()));
        if let Some(number) = FIELDS.iter().position(|(known, _)| *known == field) {
            self.told |= 1 << number;
        }
    }

    /// Where a field's value stood.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.places.iter().find(|(known, _)| *known == field).map(|(_, place)| place.as_ref())
    }
}

/// Whether a story may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// May be published.
    #[default]
    Usable,
    /// Not now.
    Withheld,
    /// Killed: must not be published again.
    Canceled,
}

/// What told the publication day, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishedFrom {
    /// The format's own field.
    Metadata,
    /// The dateline, or a line of the text that says "Published" or "Updated".
    Dateline,
    /// The file's path (`2025/03/18`).
    Path,
    /// `--published`.
    Option,
    /// The file's time of modification.
    #[serde(rename = "file time")]
    FileTime,
}
