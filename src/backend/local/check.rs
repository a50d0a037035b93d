//! Whether an index is as it was written: the checksum of each of its files, and for each file of the
//! archive as many stories as its note says. Where a file of the index is damaged, the notes are not
//! asked.

use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::place;
use super::schema::{Fields, STORY};
use crate::error::{Kind, Result};
use crate::model::{Fault, FileNote, Outcome};

/// The files of the index that are not as they were written.
pub(super) fn damaged(searcher: &Searcher) -> tantivy::Result<Vec<Fault>> {
    let damaged = searcher.index().validate_checksum()?;
    let mut faults: Vec<Fault> =
        damaged.iter().map(|file| not_as_written(file.to_string_lossy().into_owned())).collect();
    faults.sort_unstable_by(|a, b| a.file.cmp(&b.file));
    Ok(faults)
}

/// The fault of the dictionary of records, where it is not as it was written.
pub(super) fn dictionary(place: &Path) -> Result<Option<Fault>> {
    match place::dictionary(place) {
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
