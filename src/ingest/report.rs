//! What came of an ingest: the files that gave no story, each with its reason, and the sums.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{Error, Kind, Result};

/// Why a file, or a part of one, gave no story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Its name begins with a dot.
    Hidden,
    /// It is a symbolic link.
    Link,
    /// It is a link to a folder that it lies in.
    Loop,
    /// The machine refused to read it.
    Unreadable,
    /// It is a pipe, a socket or a device.
    Special,
    /// It holds nothing.
    Empty,
    /// It is larger than the limit.
    TooLarge,
    /// It was gone before it could be read.
    Vanished,
    /// Its container is damaged, too deep, or a bomb.
    Damaged,
    /// It is not text of any kind.
    Binary,
    /// Its content could not be read as a story.
    Refused,
    /// It was read, and no story was in it.
    NoStory,
    /// A fault of the program's met it.
    Crash,
    /// A story was read whose times contradict each other or the clock; it is in the index.
    Doubtful,
}

/// Each cause, and how one file of it and many read behind their number.
const WORDS: &[(Cause, &str, &str)] = &[
    (Cause::Hidden, "hidden", "hidden"),
    (Cause::Link, "link", "links"),
    (Cause::Loop, "loop of links", "loops of links"),
    (Cause::Unreadable, "unreadable", "unreadable"),
    (Cause::Special, "no regular file", "no regular files"),
    (Cause::Empty, "empty", "empty"),
    (Cause::TooLarge, "too large", "too large"),
    (Cause::Vanished, "vanished", "vanished"),
    (Cause::Damaged, "damaged", "damaged"),
    (Cause::Binary, "binary", "binary"),
    (Cause::Refused, "not readable as news", "not readable as news"),
    (Cause::NoStory, "without a story", "without a story"),
    (Cause::Crash, "met a fault of onrecord's", "met a fault of onrecord's"),
    (Cause::Doubtful, "doubtful", "doubtful"),
];

/// Why nothing came of a file before, as its note tells it; what is not listed was refused.
const REMEMBERED: &[(&str, Cause)] = &[
    (NO_STORY, Cause::NoStory),
    (CRASH, Cause::Crash),
    (DAMAGED, Cause::Damaged),
    (BINARY, Cause::Binary),
    (TOO_LARGE, Cause::TooLarge),
];

/// The reason of a file that was read and held no story.
pub(super) const NO_STORY: &str = "no story in it";
/// How the reason of an entry beyond the limit begins.
pub(super) const TOO_LARGE: &str = "larger than the limit";
/// How the reason of a crash begins.
pub(super) const CRASH: &str = "a fault of onrecord's";
/// How the reason of a damaged container begins.
pub(super) const DAMAGED: &str = "damaged";

/// How [`crate::text::decode`] begins what it says of content that is no text.
const BINARY: &str = "binary";

impl Cause {
    /// The cause of what a format said of an entry.
    pub(super) fn of(error: &Error) -> Self {
        if error.message().starts_with(BINARY) { Self::Binary } else { Self::Refused }
    }
}

/// A file, or a part of one, that gave no story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// The member of an archive.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub member: String,
    /// Why, in words.
    pub reason: String,
    /// Why, in one word.
    pub kind: Cause,
    /// What to do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
}

impl Problem {
    /// Makes a problem of a file.
    pub(super) fn new(path: &str, kind: Cause, reason: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            member: String::new(),
            reason: reason.into(),
            kind,
            hint: String::new(),
        }
    }

    /// Makes a problem of what a part of the program said of a file.
    pub(super) fn of(path: &str, member: &str, kind: Cause, error: &Error) -> Self {
        let hint = error.advice().to_owned();
        Self { hint, ..Self::new(path, kind, error.reason()).in_member(member) }
    }

    /// Makes again the problem of a file that has not changed since it gave no story.
    pub(super) fn remembered(path: &str, reason: &str) -> Self {
        let known = REMEMBERED.iter().find(|(start, _)| reason.starts_with(start));
        Self::new(path, known.map_or(Cause::Refused, |(_, cause)| *cause), reason)
    }

    /// Says what to do.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Names the member.
    pub(super) fn in_member(mut self, member: &str) -> Self {
        self.member = member.to_owned();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = Error::new(Kind::Input, self.reason.as_str()).at(self.path.as_str());
        write!(f, "{}", error.in_member(self.member.as_str()))
    }
}

/// The sums of an ingest. Every file met is in exactly one of `files`, `unchanged`, `moved` and `skipped`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Files that were read and gave stories.
    pub files: u64,
    /// Stories they gave.
    pub stories: u64,
    /// Statements in these.
    pub statements: u64,
    /// Files left alone because they are as they were.
    pub unchanged: u64,
    /// Files that gave no story, by cause; a folder passed over counts once.
    pub skipped: BTreeMap<Cause, u64>,
    /// Members and records that could not be read, in files that gave other stories.
    pub parts: u64,
    /// Stories whose times contradict each other or the clock.
    pub doubtful: u64,
    /// Files that have another name now, and were not read again.
    pub moved: u64,
    /// Files dropped from the index because they are gone.
    pub deleted: u64,
    /// Files that stay in the index though their folder holds nothing any more: a disk may be away.
    pub away: u64,
    /// The first of these folders: below the home, else absolute.
    pub away_from: Option<String>,
    /// Bytes of the files read.
    pub bytes: u64,
    /// How long it took.
    pub seconds: f64,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

impl Summary {
    /// How many files gave no story.
    pub fn without_story(&self) -> u64 {
        self.skipped.values().sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.files {
            0 if self.unchanged + self.moved > 0 => f.write_str("nothing new")?,
            files => write!(
                f,
                "{} from {} ({})",
                counted(self.stories, "story", "stories"),
                counted(files, "file", "files"),
                size(self.bytes),
            )?,
        }
        write!(f, " in {:.1} s", self.seconds)?;
        if self.unchanged > 0 {
            write!(f, "; {} unchanged", counted(self.unchanged, "file", "files"))?;
        }
        if self.moved > 0 {
            write!(f, "; {} moved", counted(self.moved, "file", "files"))?;
        }
        if self.deleted > 0 {
            write!(f, "; {} dropped, gone from disk", grouped(self.deleted))?;
        }
        if self.away > 0 {
            write!(
                f,
                "; {} kept, though their folder is empty",
                counted(self.away, "file", "files")
            )?;
        }
        if self.without_story() > 0 {
            write!(f, "; {} gave none: ", counted(self.without_story(), "file", "files"))?;
            let words = WORDS.iter().filter_map(|(cause, one, many)| {
                self.skipped.get(cause).map(|count| counted(*count, one, many))
            });
            f.write_str(&words.collect::<Vec<_>>().join(", "))?;
        }
        if self.parts > 0 {
            write!(f, "; {} unreadable in files that gave others", grouped(self.parts))?;
        }
        if self.doubtful > 0 {
            let stories = counted(self.doubtful, "story with", "stories with");
            write!(f, "; {stories} times that cannot be, named by --report")?;
        }
        if self.stopped {
            f.write_str("; stopped before the end, run again to go on")?;
        }
        Ok(())
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Writes a number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes a number of bytes as people say it.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: &[&str] = &["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return counted(bytes, "byte", "bytes");
    }
    let mut amount = bytes as f64 / 1000.0;
    let mut unit = 0;
    while amount >= 999.95 && unit + 1 < UNITS.len() {
        amount /= 1000.0;
        unit += 1;
    }
    format!("{amount:.1} {}", UNITS[unit])
}

/// The file that `--report` names: a JSON line for every file, member or record without a story.
pub(super) struct Report {
    target: Option<(PathBuf, BufWriter<File>)>,
}

impl Report {
    /// Makes the file, or keeps no report where none is wanted.
    pub(super) fn create(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else { return Ok(Self { target: None }) };
        let file = File::create(path)
            .map_err(|cause| Error::io(path, "cannot write the report", cause))?;
        Ok(Self { target: Some((path.to_owned(), BufWriter::new(file))) })
    }

    /// Writes one line.
    pub(super) fn write(&mut self, problem: &Problem) -> Result<()> {
        self.with(|out| {
            serde_json::to_writer(&mut *out, problem)?;
            out.write_all(b"\n")
        })
    }

    /// Puts all that was written on disk.
    pub(super) fn finish(mut self) -> Result<()> {
        self.with(Write::flush)
    }

    fn with(
        &mut self,
        work: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
    ) -> Result<()> {
        let Some((path, out)) = &mut self.target else { return Ok(()) };
        work(out).map_err(|cause| Error::io(path, "cannot write the report", cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_line_that_says_all() {
        let mut summary = Summary {
            files: 1627,
            stories: 1627,
            bytes: 5_100_000,
            seconds: 1.23,
            ..Summary::default()
        };
        assert_eq!(summary.to_string(), "1,627 stories from 1,627 files (5.1 MB) in 1.2 s");
        summary.skipped.extend([(Cause::Empty, 1), (Cause::Hidden, 2)]);
        (summary.unchanged, summary.deleted, summary.stopped) = (1200, 1, true);
        assert_eq!(
            summary.to_string(),
            "1,627 stories from 1,627 files (5.1 MB) in 1.2 s; 1,200 files unchanged; 1 dropped, gone \
             from disk; 3 files gave none: 2 hidden, 1 empty; stopped before the end, run again \
             to go on"
        );
    }

    #[test]
    fn every_cause_has_its_word() {
        for (number, (cause, ..)) in WORDS.iter().enumerate() {
            assert_eq!(*cause as usize, number, "{cause:?} is out of its place");
        }
        assert_eq!(WORDS.last().map(|(cause, ..)| *cause), Some(Cause::Doubtful));
    }

    #[test]
    fn a_run_that_found_nothing_new_says_so() {
        let summary = Summary { unchanged: 1, seconds: 0.04, ..Summary::default() };
        assert_eq!(summary.to_string(), "nothing new in 0.0 s; 1 file unchanged");
    }

    #[test]
    fn sizes_read_as_people_say_them() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1000, "1.0 kB"),
            (999_960, "1.0 MB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn a_report_line_names_path_member_reason_kind_and_hint() {
        let problem = Problem::new("a.zip", Cause::TooLarge, "too large")
            .in_member("b/c.txt")
            .hint("raise it");
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"path":"a.zip","member":"b/c.txt","reason":"too large","kind":"too-large","hint":"raise it"}"#
        );
        assert_eq!(problem.to_string(), "a.zip, member b/c.txt: too large");
    }
}
