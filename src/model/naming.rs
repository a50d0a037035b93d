//! How stories name somebody.

use jiff::civil::Date;

/// A name and a role that stories of an archive give somebody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Naming {
    /// The fullest name that each of these stories gives.
    pub name: String,
    /// What they call its bearer; empty where they do not say.
    pub role: String,
    /// How many stories do.
    pub stories: u64,
    /// The day of the first of them, of those that have one.
    pub first: Option<Date>,
    /// The day of the last.
    pub last: Option<Date>,
}
