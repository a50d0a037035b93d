//! Words typed, and the day it is, to the core tree.
//!
//! Comes in: a query as a person types it. Goes out: the tree, or an error that points at the place
//! and says what would be right. Nothing typed is ever dropped silently. Searches nothing.

mod coming;
mod days;
mod fields;
pub mod help;
mod lexer;
mod parser;
mod print;
mod suggest;

use jiff::civil::Date;

use crate::error::Result;
use crate::model::Query;

pub use fields::FIELDS;

/// Reads a query; `today` is the day from which `last:7d` and its like are counted.
///
/// # Errors
/// Where it cannot be read: the error points at the place.
///
/// ```
/// let today = jiff::civil::date(2025, 3, 18);
/// let query = onrecord::query::parse("port strike -ferry", today)?;
/// assert_eq!(onrecord::query::explain(&query), "port AND strike AND NOT ferry");
/// # Ok::<(), onrecord::Error>(())
/// ```
pub fn parse(typed: &str, today: Date) -> Result<Query> {
    parser::parse(typed, today)
}

/// Writes how a query was read: every operator and bracket in full.
pub fn explain(query: &Query) -> String {
    print::print(&query.root)
}
