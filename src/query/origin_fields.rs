//! Fields of where a story comes from and how its desk filed it.

use crate::contract::FieldName;
use crate::model::Field;

/// The publisher.
pub(super) const SOURCE: FieldName = FieldName {
    name: "source",
    aliases: &["rst", "sn", "publication", "pub", "publisher", "credit"],
    field: Field::Source,
    doc: "who publishes it, or the agency it credits",
    example: "source:reuters",
};

/// The place of the dateline.
pub(super) const PLACE: FieldName = FieldName {
    name: "place",
    aliases: &["dateline", "location"],
    field: Field::Place,
    doc: "the place of the dateline",
    example: "dateline:\"velmark city\"",
};

/// The section.
pub(super) const SECTION: FieldName = FieldName {
    name: "section",
    aliases: &["se", "desk"],
    field: Field::Section,
    doc: "the section or desk",
    example: "section:world",
};

/// Keywords.
pub(super) const KEYWORD: FieldName = FieldName {
    name: "keyword",
    aliases: &["keywords", "kw", "term", "subject", "tag"],
    field: Field::Keyword,
    doc: "keywords and subjects",
    example: "keyword:diplomacy",
};

/// The slug.
pub(super) const SLUG: FieldName = FieldName {
    name: "slug",
    aliases: &["slugline"],
    field: Field::Slug,
    doc: "the slug",
    example: "slug:strait",
};

/// The language.
pub(super) const LANGUAGE: FieldName = FieldName {
    name: "language",
    aliases: &["lang", "la"],
    field: Field::Language,
    doc: "the language, by its two-letter code or its English name",
    example: "lang:en",
};

/// The format.
pub(super) const FORMAT: FieldName = FieldName {
    name: "format",
    aliases: &["filetype"],
    field: Field::Format,
    doc: "the format it was read from; `onrecord formats` lists them",
    example: "format:text",
};

/// The agency's own identifier.
pub(super) const ID: FieldName = FieldName {
    name: "id",
    aliases: &["an", "guid"],
    field: Field::Id,
    doc: "the agency's own identifier",
    example: "id:\"tag:nordwire,2025:0318\"",
};

/// The file.
pub(super) const PATH: FieldName = FieldName {
    name: "path",
    aliases: &["file"],
    field: Field::Path,
    doc: "words of the file's path",
    example: "path:2025/03/18",
};

/// The version.
pub(super) const VERSION: FieldName = FieldName {
    name: "version",
    aliases: &["edition", "is"],
    field: Field::Version,
    doc: "kill, correction, refile, repeat, alert, urgent, update, lead, writethru",
    example: "version:correction",
};
