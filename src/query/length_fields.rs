//! Fields of length.

use crate::contract::FieldName;
use crate::model::Field;

/// The length of the body in words.
pub(super) const LENGTH: FieldName = FieldName {
    name: "length",
    aliases: &["wc", "words", "wordcount"],
    field: Field::Length,
    doc: "the length of the body in words",
    example: "length>100",
};
