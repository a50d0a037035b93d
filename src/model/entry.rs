//! What was met on the way to a story.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Moment;

/// Bytes to be read as stories, and where they came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The file, below the folder that was given, with `/` between its parts.
    pub path: String,
    /// The member of an archive; empty for a file of its own.
    pub member: String,
    /// When the file was last changed, in UTC.
    pub modified: Option<Moment>,
    /// Where it was fetched from on the web, where its container tells.
    pub url: String,
    /// When it was fetched, where its container tells.
    pub captured: Option<Moment>,
    /// The character set that its container declares for it, else empty.
    pub charset: String,
    /// What the user says of where a record keeps its fields; empty where nothing was said.
    pub map: FieldMap,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Which names of a record hold which fields of a story: `title=headline`, `body=text.full`. It
/// comes before the names that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap(pub Arc<[(String, String)]>);

impl FieldMap {
    /// The name, or path of names with dots between, that the user gives for a field of a story.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == field).map(|(_, name)| name.as_str())
    }
}

/// A story as it was read: its key, and a number that changes when its words or its status do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edition(pub StoryKey, pub u64);

/// The number by which the index knows a story: the same in every run over the same files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StoryKey(pub u64);

/// What was seen of a file, kept in the index so that the next run reads only what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// The file: below the index's home with `/` between its parts, else absolute.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// Time of modification, in nanoseconds since 1970.
    pub modified: i128,
    /// BLAKE3 of the content, in hexadecimal; empty where it was not read.
    pub hash: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// So many stories.
    Stories(u32),
    /// No story, and why.
    Nothing(String),
}

/// Something in an index that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// A file of the index, or of the archive.
    pub file: String,
    /// What is wrong with it.
    pub wrong: String,
    /// Whether it is a file of the index: then nothing in the index is to be trusted.
    pub of_index: bool,
}
