//! The one error: what went wrong, where, and what to do.

use std::error::Error as StdError;
use std::fmt;
use std::path::Path;

/// A result with the one error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, where, and what to do; written for the person at the keyboard.
///
/// ```
/// use onrecord::error::{Error, Kind};
/// let error = Error::new(Kind::Input, "the file is empty").at("wire/0731.txt");
/// assert_eq!(error.to_string(), "wire/0731.txt: the file is empty");
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    message: String,
    path: String,
    member: String,
    byte: Option<u64>,
    excerpt: Option<Excerpt>,
    hint: String,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

/// The part of something typed that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The whole that was typed.
    pub text: String,
    /// The first wrong byte of it.
    pub start: usize,
    /// The byte behind the last wrong one.
    pub end: usize,
}

/// What sort of trouble it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The command or its flags cannot be meant as they stand.
    Usage,
    /// A query cannot be read.
    Query,
    /// A file gave no story, or not all of them.
    Input,
    /// The index is missing, damaged, locked or of another version.
    Index,
    /// Another run is writing to the index.
    Busy,
    /// The machine refused: disk, rights, memory.
    Io,
}

impl Error {
    /// Makes an error from its message: lower case, no full stop.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            path: String::new(),
            member: String::new(),
            byte: None,
            excerpt: None,
            hint: String::new(),
            cause: None,
        }))
    }

    /// Makes an error of the machine's for a path.
    pub fn io(path: &Path, message: impl Into<String>, cause: std::io::Error) -> Self {
        Self::new(Kind::Io, message).at(path.to_string_lossy()).because(cause)
    }

    /// Names the file.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.0.path = path.into();
        self
    }

    /// Names the member of an archive.
    #[must_use]
    pub fn in_member(mut self, member: impl Into<String>) -> Self {
        self.0.member = member.into();
        self
    }

    /// Names the byte, from 0.
    #[must_use]
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.0.byte = Some(byte);
        self
    }

    /// Points at the wrong part of what was typed, in bytes.
    #[must_use]
    pub fn pointing_at(mut self, text: &str, start: usize, end: usize) -> Self {
        self.0.excerpt = Some(Excerpt { text: text.to_owned(), start, end: end.max(start) });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = hint.into();
        self
    }

    /// Names the cause below it.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// What sort of trouble it is.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The message alone, without place and cause.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The file; empty where there is none.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The member; empty where there is none.
    pub fn member(&self) -> &str {
        &self.0.member
    }

    /// The wrong part of what was typed.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        self.0.excerpt.as_ref()
    }

    /// What to do; empty where nothing can be said.
    pub fn advice(&self) -> &str {
        &self.0.hint
    }

    /// The message with its place in the file and its cause, without the path: what a report
    /// writes beside the path.
    pub fn reason(&self) -> String {
        let mut text = self.0.message.clone();
        if let Some(byte) = self.0.byte {
            text.push_str(&format!(" at byte {byte}"));
        }
        if let Some(cause) = &self.0.cause {
            text.push_str(&format!(": {cause}"));
        }
        text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}", self.0.path)?;
            if !self.0.member.is_empty() {
                write!(f, ", member {}", self.0.member)?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.reason())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_ref().map(|cause| cause.as_ref() as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_file_member_byte_and_cause() {
        let cause = std::io::Error::other("unexpected end");
        let error = Error::new(Kind::Input, "cut off")
            .at("a.zip")
            .in_member("b.txt")
            .at_byte(12)
            .because(cause);
        assert_eq!(error.to_string(), "a.zip, member b.txt: cut off at byte 12: unexpected end");
        assert_eq!(error.reason(), "cut off at byte 12: unexpected end");
    }
}
