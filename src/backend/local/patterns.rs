//! The words of an index that are like a pattern.

use std::collections::BTreeSet;

use tantivy::schema::Field as Handle;
use tantivy::{Searcher, TantivyError};

use super::words::{LENGTH, NAMED, naming_start};
use crate::model::{Pattern, Who};
use crate::text::namings::is_meant;
use crate::text::patterns::{Matcher, beginning};

/// The most words that one pattern may stand for.
const MOST: usize = 2048;

/// Every word of a field that is like a pattern, in order.
///
/// # Errors
/// Where there are too many: an answer from some of them would be wrong without saying so.
pub(super) fn words(
    searcher: &Searcher,
    field: Handle,
    pattern: &Pattern,
) -> tantivy::Result<Vec<String>> {
    let matcher = Matcher::of(pattern);
    let start = beginning(pattern);
    let start = start.as_bytes();
    let mut found = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut terms = index.terms().range().ge(start).into_stream()?;
        while terms.advance() {
            if !terms.key().starts_with(start) {
                break;
            }
            // The marks of sentences and paragraphs are no words.
            let word = std::str::from_utf8(terms.key()).unwrap_or_default();
            if word.starts_with(char::is_alphanumeric) && matcher.is_like(word) {
                found.insert(word.to_owned());
            }
        }
    }
    if found.len() > MOST {
        let count = found.len();
        let message = format!(
            "`{}` stands for {count} words of this archive, and {MOST} are the most: write more of its letters",
            shown(pattern)
        );
        return Err(TantivyError::InvalidArgument(message));
    }
    Ok(found.into_iter().collect())
}

/// Every word of a field that stands where somebody who is asked for is named, with how many words
/// name them there.
///
/// # Errors
/// As [`words`].
pub(super) fn namings(
    searcher: &Searcher,
    field: Handle,
    who: &Who,
) -> tantivy::Result<Vec<(String, u32)>> {
    let starts: BTreeSet<String> = match who {
        Who::Names(names) => names.iter().map(|name| naming_start(name)).collect(),
        Who::Words(_) => BTreeSet::from([NAMED.to_string()]),
    };
    let mut found = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        for start in &starts {
            let mut terms = index.terms().range().ge(start.as_bytes()).into_stream()?;
            while terms.advance() && terms.key().starts_with(start.as_bytes()) {
                let word = std::str::from_utf8(terms.key()).unwrap_or_default();
                if let Some((name, length)) = read_naming(word)
                    && is_meant(who, name)
                {
                    found.insert((word.to_owned(), length));
                }
            }
        }
    }
    if found.len() > MOST {
        let message = format!("{} names are like this one, and {MOST} are the most", found.len());
        return Err(TantivyError::InvalidArgument(message));
    }
    Ok(found.into_iter().collect())
}

/// The name and the number of words of a word that stands where somebody is named.
fn read_naming(word: &str) -> Option<(&str, u32)> {
    let (_, rest) = word.split_once(' ')?;
    let (name, length) = rest.rsplit_once(LENGTH)?;
    Some((name, length.parse().ok()?))
}

fn shown(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Glob(glob) => glob.clone(),
        Pattern::Forms(word, _) => format!("{word}~"),
        Pattern::Spelt(word, most) => format!("{word}~{most}"),
        Pattern::Regular(expression) => format!("/{expression}/"),
    }
}
