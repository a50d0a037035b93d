//! Files that were moved or renamed: their stories follow them, and are not read again.

use std::fs::File;

use rustc_hash::FxHashMap;

use super::key::key;
use super::manifest::{Manifest, Seen, hash_of};
use super::walk::{Found, Walked, nanoseconds};
use crate::contract::Index;
use crate::error::Result;
use crate::model::{FileNote, Outcome, PublishedFrom, Record};

/// A file of more stories is read again: they would be held all at once.
const MOST_STORIES: u32 = 1000;

/// Has the stories of files that were moved follow them: of the files met, those are taken out. Gives
/// where these were.
pub(super) fn follow(
    walked: &mut Walked,
    gone: &[String],
    manifest: &Manifest,
    index: &mut dyn Index,
) -> Result<Vec<Followed>> {
    let gone = Gone::of(gone, manifest);
    let mut all = Vec::new();
    if gone.0.is_empty() {
        return Ok(all);
    }
    let mut files = Vec::with_capacity(walked.files.len());
    for found in std::mem::take(&mut walked.files) {
        let is_new = !manifest.knows(&found.file);
        let Some(moved) = is_new.then(|| gone.before(&found, index)).transpose()?.flatten() else {
            files.push(found);
            continue;
        };
        index.delete(&moved.from)?;
        for record in &moved.records {
            let story = &record.story;
            index.add(&found.file, key(&found.file, &story.member, story.ordinal), record)?;
        }
        index.note(&moved.note)?;
        all.push(Followed { from: moved.from });
    }
    walked.files = files;
    Ok(all)
}

/// A file whose stories followed it.
pub(super) struct Followed {
    /// Where it was.
    pub(super) from: String,
}

/// A file that was noted under another name.
struct Moved {
    from: String,
    /// What is to be noted of it.
    note: FileNote,
    /// What it gave.
    records: Vec<Record>,
}

/// What is known of files that are gone, by size.
struct Gone<'a>(FxHashMap<u64, Vec<&'a FileNote>>);

impl<'a> Gone<'a> {
    fn of(files: &[String], manifest: &'a Manifest) -> Self {
        let mut by_size: FxHashMap<u64, Vec<&FileNote>> = FxHashMap::default();
        for note in files.iter().filter_map(|file| manifest.note(file)) {
            let gave = matches!(note.outcome, Outcome::Stories(1..=MOST_STORIES));
            if gave && !note.hash.is_empty() {
                by_size.entry(note.size).or_default().push(note);
            }
        }
        Self(by_size)
    }

    /// Finds where a new file was before: one of its content that is gone, and whose stories would be the
    /// same if they were read here. What cannot be read now is left to those who read.
    fn before(&self, found: &Found, index: &dyn Index) -> Result<Option<Moved>> {
        let Some(notes) = self.0.get(&found.size) else { return Ok(None) };
        let Some((hash, modified)) = content(found) else { return Ok(None) };
        for note in notes.iter().filter(|note| note.hash == hash) {
            let records = index.stories_of(&note.file)?;
            let told = note.outcome == Outcome::Stories(records.len() as u32);
            let same_hints =
                note.modified == modified && digits(&note.file).eq(digits(&found.file));
            if told && (same_hints || records.iter().all(tells_its_day)) {
                let records = records.into_iter().map(|record| at(found, record)).collect();
                let seen = Seen::whole(found.size, modified, hash);
                let note_here = seen.note(&found.file, note.outcome.clone());
                return Ok(Some(Moved { from: note.file.clone(), note: note_here, records }));
            }
        }
        Ok(None)
    }
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
