//! Files that were moved or renamed: their stories follow them, and are not read again.

use std::fs::File;

use rustc_hash::{FxHashMap, FxHashSet};

use super::key::key;
use super::manifest::{Manifest, Missing, Seen, hash_of};
use super::walk::{Found, Walked, nanoseconds};
use crate::contract::Index;
use crate::error::Result;
use crate::model::{FileNote, Outcome, PublishedFrom, Record};

/// A file of more stories is read again: they would be held all at once.
const MOST_STORIES: u32 = 1000;

/// Where files were that have another name now.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// How many of the files met were taken out.
    pub(super) files: u64,
    /// Files whose stories followed them.
    pub(super) followed: FxHashSet<String>,
    /// Files that are read again where they are now.
    pub(super) read_again: FxHashSet<String>,
}

impl Moves {
    fn has(&self, file: &str) -> bool {
        self.followed.contains(file) || self.read_again.contains(file)
    }

    /// Leaves files that follow out of the missing; those that are read again are gone, wherever they lay:
    /// a folder that was emptied into another is not away.
    pub(super) fn settle(&self, missing: Missing) -> Missing {
        let Missing { mut gone, mut away } = missing;
        gone.extend(away.extract_if(.., |file| self.read_again.contains(file)));
        for files in [&mut gone, &mut away] {
            files.retain(|file| !self.followed.contains(file));
        }
        Missing { gone, away }
    }
}

/// Has the stories of files that were moved follow them: of the files met, those are taken out. Where none
/// may follow, it only tells which are found elsewhere.
pub(super) fn follow(
    walked: &mut Walked,
    missing: &Missing,
    may_follow: bool,
    manifest: &Manifest,
    index: &mut dyn Index,
) -> Result<Moves> {
    let before = Before::of(missing, may_follow, manifest);
    let mut moves = Moves::default();
    if before.by_size.is_empty() {
        return Ok(moves);
    }
    let mut files = Vec::with_capacity(walked.files.len());
    for found in std::mem::take(&mut walked.files) {
        let is_new = !manifest.knows(&found.file);
        let same = if is_new { before.same(&found, &moves) } else { None };
        let moved = same.as_ref().map(|same| before.moved(&found, same, index)).transpose()?;
        match (same, moved.flatten()) {
            (_, Some(moved)) => {
                put(index, &found, &moved)?;
                moves.files += 1;
                moves.followed.insert(moved.from);
            }
            (same, None) => {
                files.push(found);
                moves.read_again.extend(same.map(|same| same.notes[0].file.clone()));
            }
        }
    }
    walked.files = files;
    Ok(moves)
}

/// Puts the stories of a file that was moved where it is now.
fn put(index: &mut dyn Index, found: &Found, moved: &Moved) -> Result<()> {
    index.delete(&moved.from)?;
    for record in &moved.records {
        let story = &record.story;
        index.add(&found.file, key(&found.file, &story.member, story.ordinal), record)?;
    }
    index.note(&moved.note)
}

/// A file that was noted under another name.
struct Moved {
    from: String,
    /// What is to be noted of it.
    note: FileNote,
    /// What it gave.
    records: Vec<Record>,
}

/// What is known of files that are missing, by size.
struct Before<'a> {
    by_size: FxHashMap<u64, Vec<&'a FileNote>>,
    may_follow: bool,
}

/// A new file's content, and the notes of missing files that had it.
struct Same<'a> {
    hash: String,
    modified: i128,
    notes: Vec<&'a FileNote>,
}

impl<'a> Before<'a> {
    /// Of files that are gone only those matter that may follow.
    fn of(missing: &Missing, may_follow: bool, manifest: &'a Manifest) -> Self {
        let mut by_size: FxHashMap<u64, Vec<&FileNote>> = FxHashMap::default();
        let notes = |files: &'_ [String]| -> Vec<&'a FileNote> {
            files.iter().filter_map(|file| manifest.note(file)).collect()
        };
        let gone = notes(&missing.gone).into_iter().filter(|note| may_follow && few(note));
        for note in gone.chain(notes(&missing.away)).filter(|note| !note.hash.is_empty()) {
            by_size.entry(note.size).or_default().push(note);
        }
        Self { by_size, may_follow }
    }

    /// Finds the missing files that had the content of a new one, those first that were not found yet. What
    /// cannot be read now is left to those who read.
    fn same(&self, found: &Found, moves: &Moves) -> Option<Same<'a>> {
        let notes = self.by_size.get(&found.size)?;
        let (hash, modified) = content(found)?;
        let mut notes: Vec<&FileNote> =
            notes.iter().copied().filter(|note| note.hash == hash).collect();
        notes.sort_by_key(|note| moves.has(&note.file));
        (!notes.is_empty()).then_some(Same { hash, modified, notes })
    }

    /// Takes the stories of one whose stories would be the same if they were read here.
    fn moved(&self, found: &Found, same: &Same<'_>, index: &dyn Index) -> Result<Option<Moved>> {
        for note in same.notes.iter().filter(|note| self.may_follow && few(note)) {
            let records = index.stories_of(&note.file)?;
            let told = note.outcome == Outcome::Stories(records.len() as u32);
            let same_hints =
                note.modified == same.modified && digits(&note.file).eq(digits(&found.file));
            if told && (same_hints || records.iter().all(tells_its_day)) {
                let records = records.into_iter().map(|record| at(found, record)).collect();
                let seen = Seen::whole(found.size, same.modified, same.hash.clone());
                let note_here = seen.note(&found.file, note.outcome.clone());
                return Ok(Some(Moved { from: note.file.clone(), note: note_here, records }));
            }
        }
        Ok(None)
    }
}

/// Whether a file gave stories, and not too many to be held at once.
fn few(note: &FileNote) -> bool {
    matches!(note.outcome, Outcome::Stories(1..=MOST_STORIES))
}

fn content(found: &Found) -> Option<(String, i128)> {
    let mut file = File::open(&found.path).ok()?;
    let modified = nanoseconds(&file.metadata().ok()?);
    Some((hash_of(&mut file).ok()?, modified))
}

/// Whether a story's day hangs on nothing but its content.
fn tells_its_day(record: &Record) -> bool {
    record.story.published_from == Some(PublishedFrom::Metadata)
}

/// The numbers in a path, from which days may be read.
fn digits(path: &str) -> impl Iterator<Item = &str> {
    path.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty())
}

fn at(found: &Found, mut record: Record) -> Record {
    record.story.path = found.shown().to_owned();
    record
}
