//! Fields of people: who speaks, who is named, who wrote it.

use crate::contract::FieldName;
use crate::model::{Field, Node, Who};

/// Who says something.
pub(super) const SPEAKER: FieldName = FieldName {
    name: "speaker",
    aliases: &["speakers", "says"],
    field: Field::Speaker,
    doc: "who says something, by any name or spelling that stories give, or by role",
    example: "speaker:marrend",
};

/// Who is named.
pub(super) const PERSON: FieldName = FieldName {
    name: "person",
    aliases: &["people", "persons"],
    field: Field::Person,
    doc: "who is named, by any name or spelling that stories give",
    example: "person:\"Ilsa Marrend\"",
};

/// What the speaker is called.
pub(super) const ROLE: FieldName = FieldName {
    name: "role",
    aliases: &["roles"],
    field: Field::Role,
    doc: "what the story calls whoever says something",
    example: "role:\"foreign minister\"",
};

/// How something is said.
pub(super) const KIND: FieldName = FieldName {
    name: "kind",
    aliases: &[],
    field: Field::Kind,
    doc: "how something is said: direct, indirect or mixed",
    example: "kind:direct",
};

/// Who wrote it.
pub(super) const BYLINE: FieldName = FieldName {
    name: "byline",
    aliases: &["by", "bylines", "author", "au"],
    field: Field::Byline,
    doc: "who wrote it",
    example: "byline:quist",
};

/// A person asked for, as the places that name them, since what stands near them or at the front is
/// asked of these; the field is that of what they stand near.
pub(super) fn placed(node: Node, field: Field) -> Node {
    match node {
        Node::Term(Field::Person, word) => Node::Named(field, Who::Words(vec![word])),
        Node::Phrase(Field::Person, words) => Node::Named(field, Who::Words(words)),
        Node::Or(parts) => Node::Or(parts.into_iter().map(|part| placed(part, field)).collect()),
        other => other,
    }
}
