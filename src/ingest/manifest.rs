//! What earlier runs saw of the files, and so what this one has to read.

use std::io::{ErrorKind, Read};
use std::time::SystemTime;

use rustc_hash::{FxHashMap, FxHashSet};

use super::report::{CRASH, TOO_LARGE};
use super::walk::{Found, Walked, since_1970};
use crate::model::{FileNote, Outcome};

/// How long before a run a file must have rested for its time to be trusted: a change within the
/// same tick of a file system's clock leaves the time as it was. FAT counts in 2 s.
const REST: i128 = 2_000_000_000;

/// Noted in place of a time that is not to be trusted; no file has it.
const UNSURE: i128 = -1;

/// How a file stands to what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing<'a> {
    /// Never seen.
    New,
    /// As it was.
    Same(&'a FileNote),
    /// Perhaps as it was: the content must be compared with the note's hash.
    Unsure(&'a FileNote),
    /// Not as it was.
    Changed,
}

/// What is known of every file, in the order of their keys.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    notes: Vec<FileNote>,
    /// Whether what gave no story is read again.
    again: bool,
}

impl Manifest {
    /// Keeps the notes of an index.
    pub(super) fn new(mut notes: Vec<FileNote>) -> Self {
        notes.sort_unstable_by(|one, other| one.file.cmp(&other.file));
        notes.shrink_to_fit();
        Self { notes, again: false }
    }

    /// Leaves out what is known of some files.
    pub(super) fn without(mut self, files: &[String]) -> Self {
        let files: FxHashSet<&str> = files.iter().map(String::as_str).collect();
        self.notes.retain(|note| !files.contains(note.file.as_str()));
        self
    }

    /// Has what gave no story read again, where the user says how (`--map`, `--format`).
    pub(super) fn again(self, again: bool) -> Self {
        Self { again, ..self }
    }

    /// Whether anything is known of a file.
    pub(super) fn knows(&self, file: &str) -> bool {
        self.note(file).is_some()
    }

    /// What is known of a file.
    pub(super) fn note(&self, file: &str) -> Option<&FileNote> {
        let found = self.notes.binary_search_by(|note| note.file.as_str().cmp(file));
        found.ok().map(|at| &self.notes[at])
    }

    /// What came of a file.
    pub(super) fn outcome(&self, file: &str) -> Option<&Outcome> {
        self.note(file).map(|note| &note.outcome)
    }

    /// Whether a file is known, and gave no story.
    pub(super) fn gave_nothing(&self, file: &str) -> bool {
        matches!(self.outcome(file), Some(Outcome::Nothing(_)))
    }

    /// Compares a file with what is known of it.
    pub(super) fn standing(&self, found: &Found) -> Standing<'_> {
        let Some(note) = self.note(&found.file) else { return Standing::New };
        let again = self.again && matches!(note.outcome, Outcome::Nothing(_));
        let changed = note.hash.is_empty() || note.size != found.size;
        if changed || again || may_come_right(&note.outcome) {
            return Standing::Changed;
        }
        if note.modified != found.modified {
            return Standing::Unsure(note);
        }
        Standing::Same(note)
    }

    /// Finds the files that are known, lie below the paths that were given, and are not there.
    ///
    /// A file that is still there and was not met (hidden this time, or in a folder that may not be
    /// entered) is none of them.
    pub(super) fn missing(&self, walked: &Walked) -> Missing {
        let met: FxHashSet<&str> = walked.files.iter().map(|found| found.file.as_str()).collect();
        let is_missing = |file: &&str| {
            !met.contains(file)
                && walked.covers(file)
                && std::fs::symlink_metadata(walked.path_of(file))
                    .is_err_and(|error| is_absence(error.kind()))
        };
        let files = self.notes.iter().map(|note| note.file.as_str());
        let missing: Vec<&str> = files.filter(is_missing).collect();
        let mut of_folder: FxHashMap<&str, usize> = FxHashMap::default();
        for folder in missing.iter().filter_map(|file| walked.away(file)) {
            *of_folder.entry(folder).or_default() += 1;
        }
        // A folder of one file is no disk: its file was deleted.
        let is_away = |file: &&str| {
            walked.away(file).is_some_and(|folder| of_folder[folder] > 1 || walked.is_root(folder))
        };
        let (away, gone): (Vec<&str>, Vec<&str>) = missing.into_iter().partition(is_away);
        let owned = |files: Vec<&str>| files.into_iter().map(str::to_owned).collect();
        Missing { gone: owned(gone), away: owned(away) }
    }
}

/// Files that are known, and not where they were.
#[derive(Debug, Default)]
pub(super) struct Missing {
    /// Those that are gone.
    pub(super) gone: Vec<String>,
    /// Those that lay, several, in a folder that holds nothing any more: its disk may be away.
    pub(super) away: Vec<String>,
}

/// Whether the same content may give more this time: the limit may have been raised, the fault of
/// the program's mended.
fn may_come_right(outcome: &Outcome) -> bool {
    let mendable = |reason: &str| reason.starts_with(TOO_LARGE) || reason.starts_with(CRASH);
    matches!(outcome, Outcome::Nothing(reason) if mendable(reason))
}

/// A file whose folder became a file is as absent as one that was deleted.
fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// What was seen of a file while it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Bytes.
    pub(super) size: u64,
    /// Time of modification, where it can be trusted.
    modified: i128,
    /// BLAKE3 of the content; empty where it was not read to the end.
    hash: String,
}

impl Seen {
    /// Notes a file that was read to its end just now.
    pub(super) fn whole(size: u64, modified: i128, hash: String) -> Self {
        let now = since_1970(SystemTime::now());
        // A time in the future counts as fresh: the clock was set back.
        let rested = now - modified > REST;
        Self { size, modified: if rested { modified } else { UNSURE }, hash }
    }

    /// Notes a file that was not read to its end, so that the next run reads it again.
    pub(super) fn in_part(size: u64) -> Self {
        Self { size, modified: UNSURE, hash: String::new() }
    }

    /// Makes the note of a file from what came of it.
    pub(super) fn note(self, file: &str, outcome: Outcome) -> FileNote {
        let Self { size, modified, hash } = self;
        FileNote { file: file.to_owned(), size, modified, hash, outcome }
    }
}

/// Gives the BLAKE3 of all that is left in a stream.
pub(super) fn hash_of(stream: &mut dyn Read) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(stream, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i128 = 3_600_000_000_000;

    fn now() -> i128 {
        since_1970(SystemTime::now())
    }

    /// How a file of a size and age stands to what was noted of one of 10 bytes, an hour old.
    fn standing(size: u64, modified: i128, hash: &str, outcome: Outcome) -> &'static str {
        let at = 1_700_000_000_000_000_000;
        let note = Seen::whole(10, at, hash.to_owned()).note("a.txt", outcome);
        let manifest = Manifest::new(vec![note]);
        let found =
            Found { file: "a.txt".to_owned(), size, modified: at + modified, ..Found::default() };
        match manifest.standing(&found) {
            Standing::New => "new",
            Standing::Same(_) => "same",
            Standing::Unsure(_) => "unsure",
            Standing::Changed => "changed",
        }
    }

    #[test]
    fn size_and_time_to_the_nanosecond_tell_whether_a_file_is_the_same() {
        let one = || Outcome::Stories(1);
        assert_eq!(standing(10, 0, "ab", one()), "same");
        assert_eq!(standing(10, 1, "ab", one()), "unsure");
        assert_eq!(standing(10, -HOUR, "ab", one()), "unsure");
        assert_eq!(standing(11, 0, "ab", one()), "changed");
        assert_eq!(standing(10, 0, "", one()), "changed");
        let nothing = |reason: &str| Outcome::Nothing(reason.to_owned());
        assert_eq!(standing(10, 0, "ab", nothing("binary")), "same");
        assert_eq!(standing(10, 0, "ab", nothing(CRASH)), "changed");
    }

    #[test]
    fn a_time_that_has_not_rested_is_not_trusted() {
        let noted = |modified| Seen::whole(1, modified, String::new()).modified;
        let long_ago = now() - HOUR;
        assert_eq!(noted(long_ago), long_ago);
        assert_eq!(noted(now()), UNSURE);
        assert_eq!(noted(now() + HOUR), UNSURE);
    }
}
