//! What an index takes on disk.

use serde::{Deserialize, Serialize};

/// What a field takes on disk, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// The field's name in the index; that of what belongs to no field stands in brackets.
    pub field: String,
    /// The dictionary of its words.
    pub words: u64,
    /// Which documents each word stands in, and how often.
    pub postings: u64,
    /// Where in them.
    pub positions: u64,
    /// How long the field is in each document.
    pub lengths: u64,
    /// Its values as a column.
    pub columns: u64,
    /// What is kept to be shown, and all that has no part of its own.
    pub other: u64,
}

impl Space {
    /// All of it.
    pub fn total(&self) -> u64 {
        let words = self.words + self.postings + self.positions + self.lengths;
        words + self.columns + self.other
    }
}
