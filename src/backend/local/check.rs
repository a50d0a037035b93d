//! Whether an index is as it was written: the checksum of each of its files, and for each file of the
//! archive as many stories as its note says. Where a file of the index is damaged, the notes are not
//! asked.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::directory::FileSlice;
use tantivy::directory::footer::Footer;
use tantivy::index::SegmentComponent;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED, Term, Version};

use super::place;
use super::schema::{Fields, STORY};
use super::trouble::{failed, guarded};
use crate::error::{Kind, Result};
use crate::model::{Fault, FileNote, Outcome};

/// The files of a segment that are written together, by one program.
const WRITTEN_TOGETHER: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::Store,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
];
/// The list of all files that tantivy wrote, by which it finds those that are needed no more.
const LIST_OF_FILES: &str = ".managed.json";
/// A file's footer is shorter: the version of the program that wrote it, and a checksum.
const LONGEST_FOOTER: u64 = 4096;

/// The files of the index at a place that are not as they were written.
///
/// # Errors
/// Where they cannot be read.
pub(super) fn damaged(searcher: &Searcher, place: &Path) -> Result<Vec<Fault>> {
    let of_segments = || of_segments(searcher, &place::files(place));
    let mut faults = guarded(place, || of_segments().map_err(|cause| failed(place, cause)))?;
    faults.extend(dictionary(place)?);
    Ok(faults)
}

/// The same of the files in a folder that tantivy wrote.
fn of_segments(searcher: &Searcher, at: &Path) -> tantivy::Result<Vec<Fault>> {
    let mut damaged: FxHashSet<PathBuf> = FxHashSet::default();
    for segment in searcher.index().searchable_segment_metas()? {
        let files = WRITTEN_TOGETHER.map(|part| segment.relative_path(part));
        damaged.extend(of_other_versions(&files, at));
        let removed = segment.relative_path(SegmentComponent::Delete);
        let removed = Some(removed).filter(|_| segment.has_deletes());
        // tantivy's own check leaves out the files that its list of files does not name, so that all are
        // whole where the list is lost.
        for file in files.into_iter().chain(removed) {
            if !searcher.index().directory().validate_checksum(&file)? {
                damaged.insert(file);
            }
        }
    }
    let mut faults: Vec<Fault> =
        damaged.iter().map(|file| not_as_written(file.to_string_lossy().into_owned())).collect();
    if !at.join(LIST_OF_FILES).try_exists()? {
        let (file, wrong) = (LIST_OF_FILES.to_owned(), "it is gone".to_owned());
        faults.push(Fault { file, wrong, of_index: true });
    }
    faults.sort_unstable_by(|a, b| a.file.cmp(&b.file));
    Ok(faults)
}

/// The files of a segment whose footers tell another version than those of most: a file's checksum is
/// of what stands before its footer. What removes stories from a segment is a file of a later time, and
/// may be of another version.
fn of_other_versions(files: &[PathBuf], at: &Path) -> Vec<PathBuf> {
    let told = files.iter().filter_map(|file| Some((file, version_of(&at.join(file))?)));
    let told: Vec<(&PathBuf, Version)> = told.collect();
    let agreeing = |version: &Version| told.iter().filter(|(_, other)| other == version).count();
    let others = told.iter().filter(|(_, version)| 2 * agreeing(version) <= told.len());
    others.map(|(file, _)| (*file).clone()).collect()
}

/// The version that a file's footer tells; none where there is no footer to be read, which the checksums
/// tell of.
fn version_of(file: &Path) -> Option<Version> {
    let mut file = File::open(file).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_FOOTER))).ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let (footer, _) = Footer::extract_footer(FileSlice::from(tail)).ok()?;
    Some(footer.version)
}

/// The fault of the dictionaries of records, where they are not as they were written.
fn dictionary(place: &Path) -> Result<Option<Fault>> {
    match place::dictionaries(place) {
        Ok(_) => Ok(None),
        Err(error) if error.kind() == Kind::Index => {
            Ok(Some(not_as_written(place::DICTIONARY.to_owned())))
        }
        Err(error) => Err(error),
    }
}

fn not_as_written(file: String) -> Fault {
    Fault { file, wrong: "it is not as it was written".to_owned(), of_index: true }
}

/// The files of the archive whose stories are not those that were read from them.
pub(super) fn lost(
    searcher: &Searcher,
    fields: &Fields,
    notes: &[FileNote],
) -> tantivy::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut held = stories_of_files(searcher, fields)?;
    for note in notes {
        let noted = match &note.outcome {
            Outcome::Stories(count) => u64::from(*count),
            Outcome::Nothing(_) => 0,
        };
        let held = held.remove(note.file.as_str()).unwrap_or_default();
        // One that was not read to its end is read again by the next run, whatever there is of it.
        let is_whole = !note.hash.is_empty();
        if is_whole && held != noted {
            let wrong = format!("{noted} stories were read from it, and {held} are in the index");
            faults.push(Fault { file: note.file.clone(), wrong, of_index: false });
        }
    }
    let unknown = held.into_iter().filter(|(_, count)| *count > 0).map(|(file, count)| Fault {
        file,
        wrong: format!("{count} stories of it are in the index, and nothing is known of the file"),
        of_index: false,
    });
    faults.extend(unknown);
    faults.sort_unstable_by(|a, b| a.file.cmp(&b.file));
    Ok(faults)
}

/// How many stories of each file the index holds.
fn stories_of_files(
    searcher: &Searcher,
    fields: &Fields,
) -> tantivy::Result<FxHashMap<String, u64>> {
    let mut held: FxHashMap<String, u64> = FxHashMap::default();
    let option = IndexRecordOption::Basic;
    for segment in searcher.segment_readers() {
        let mut is_story = vec![false; segment.max_doc() as usize];
        let kind = Term::from_field_text(fields.kind, STORY);
        if let Some(mut stories) =
            segment.inverted_index(fields.kind)?.read_postings(&kind, option)?
        {
            while stories.doc() != TERMINATED {
                is_story[stories.doc() as usize] = !segment.is_deleted(stories.doc());
                stories.advance();
            }
        }
        let files = segment.inverted_index(fields.file)?;
        let mut terms = files.terms().stream()?;
        while terms.advance() {
            let mut documents = files.read_postings_from_terminfo(terms.value(), option)?;
            let file = String::from_utf8_lossy(terms.key()).into_owned();
            let count = held.entry(file).or_default();
            while documents.doc() != TERMINATED {
                *count += u64::from(is_story[documents.doc() as usize]);
                documents.advance();
            }
        }
    }
    Ok(held)
}
