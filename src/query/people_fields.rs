//! Fields of people: who speaks, who is named, who wrote it.

use crate::contract::FieldName;
use crate::model::Field;

/// Who says something.
pub(super) const SPEAKER: FieldName = FieldName {
    name: "speaker",
    aliases: &["speakers", "says"],
    field: Field::Speaker,
    doc: "who says something, by any name the story gives, or by role",
    example: "speaker:marrend",
};

/// Who is named.
pub(super) const PERSON: FieldName = FieldName {
    name: "person",
    aliases: &["people", "persons"],
    field: Field::Person,
    doc: "who is named, by any name the story gives",
    example: "person:\"Ilsa Marrend\"",
};

/// Who wrote it.
pub(super) const BYLINE: FieldName = FieldName {
    name: "byline",
    aliases: &["by", "bylines", "author", "au"],
    field: Field::Byline,
    doc: "who wrote it",
    example: "byline:quist",
};
