//! The query language: words typed, and the day it is, to the core tree.
//!
//! Comes in: what was typed, and today's date for "last week". Goes out: a [`Query`], or an error
//! that points at the place and says what would be right. Searches nothing and knows no index.
//!
//! The way through: `lexer` cuts the typed text into tokens, `roles` decides which words are
//! operators, `parser` builds the tree, `print` writes it back with every bracket.
//!
//! A new field is a constant in its family's file and a line in [`FIELDS`]; an operator that is
//! understood and not yet answered is a line in `pending`.

mod capitals;
mod day_fields;
mod days;
mod dialects;
mod distances;
mod forms;
mod fronts;
pub mod help;
mod length_fields;
mod lexer;
mod normal;
mod numbers;
mod operators;
mod origin_fields;
mod parser;
mod pending;
mod people_fields;
mod print;
mod roles;
mod story_fields;
mod suggest;
mod value;

use jiff::civil::Date;

pub use dialects::Dialect;
pub use forms::in_all_forms;

use crate::contract::FieldName;
use crate::error::Result;
use crate::model::{Field, Query};

/// The fields of the language, in the order of help.
pub const FIELDS: &[FieldName] = &[
    story_fields::TEXT,
    story_fields::TITLE,
    story_fields::BODY,
    people_fields::SPEAKER,
    people_fields::PERSON,
    people_fields::ROLE,
    people_fields::KIND,
    people_fields::BYLINE,
    origin_fields::SOURCE,
    origin_fields::PLACE,
    origin_fields::SECTION,
    origin_fields::KEYWORD,
    origin_fields::SLUG,
    origin_fields::LANGUAGE,
    origin_fields::FORMAT,
    origin_fields::VERSION,
    origin_fields::ID,
    origin_fields::PATH,
    day_fields::PUBLISHED,
    day_fields::MENTIONS,
    length_fields::LENGTH,
];

/// Finds a field by any of its names, in any case.
pub fn named(name: &str) -> Option<&'static FieldName> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(name);
    FIELDS.iter().find(|field| is_it(field.name) || field.aliases.iter().any(|name| is_it(name)))
}

/// Whether a name may stand before a colon.
fn is_name(name: &str) -> bool {
    let is_place = name.eq_ignore_ascii_case("said")
        || fronts::named(name).is_some()
        || capitals::named(name).is_some();
    named(name).is_some() || day_fields::day_name(name).is_some() || is_place
}

/// Gives the name of a field that help and the canonical print use.
pub fn name_of(field: Field) -> &'static str {
    FIELDS.iter().find(|known| known.field == field).map_or("text", |known| known.name)
}

/// Reads a query.
///
/// # Errors
/// Where it cannot be read as it stands; the error points at the place.
///
/// ```
/// use jiff::civil::date;
/// let query = onrecord::query::parse("Marrend AND (truce or strait)", date(2025, 3, 18))?;
/// assert_eq!(onrecord::query::explain(&query), "marrend AND (truce OR strait)");
/// # Ok::<(), onrecord::Error>(())
/// ```
pub fn parse(typed: &str, today: Date) -> Result<Query> {
    parser::parse(typed, today, Dialect::default())
}

/// Reads a query by the habits of another system.
///
/// # Errors
/// As [`parse`].
///
/// ```
/// use jiff::civil::date;
/// use onrecord::query::{Dialect, explain, parse_as};
/// let read = |typed, dialect| parse_as(typed, date(2025, 3, 18), dialect).map(|query| explain(&query));
/// assert_eq!(read("calm sea", Dialect::Nexis)?, "calm pre/1 sea");
/// assert_eq!(read("calm sea", Dialect::Lucene)?, "calm OR sea");
/// # Ok::<(), onrecord::Error>(())
/// ```
pub fn parse_as(typed: &str, today: Date, dialect: Dialect) -> Result<Query> {
    parser::parse(typed, today, dialect)
}

/// Writes how a query was read: folded words, every bracket, every day written out.
pub fn explain(query: &Query) -> String {
    print::print(&query.root)
}

#[cfg(test)]
mod tests;
