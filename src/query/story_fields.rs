//! Fields of a story's own words.

use crate::contract::FieldName;
use crate::model::Field;

/// Headline and body: where a word without a field is looked for.
pub(super) const TEXT: FieldName = FieldName {
    name: "text",
    aliases: &["all"],
    field: Field::Text,
    doc: "headline and body, as without a field; of a statement, its words",
    example: "text:truce",
};

/// The headline.
pub(super) const TITLE: FieldName = FieldName {
    name: "title",
    aliases: &["headline", "hd", "hl", "ti", "intitle"],
    field: Field::Title,
    doc: "the headline",
    example: "title:(talk OR talks)",
};

/// The body.
pub(super) const BODY: FieldName = FieldName {
    name: "body",
    aliases: &["td", "intext"],
    field: Field::Body,
    doc: "the body, without the headline",
    example: "body:\"quiet understanding\"",
};
