//! The words of an index that are like a pattern.

use std::collections::BTreeSet;

use tantivy::schema::Field as Handle;
use tantivy::{Searcher, TantivyError};

use crate::model::Pattern;
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
    let mut found = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let start = beginning(pattern).as_bytes();
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

fn shown(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Glob(glob) => glob.clone(),
        Pattern::Spelt(word, most) => format!("{word}~{most}"),
        Pattern::Regular(expression) => format!("/{expression}/"),
    }
}
