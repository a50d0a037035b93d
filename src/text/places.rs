//! Names that are places' and nobody's.
//!
//! Comes in: a name. Goes out: whether it is a place's. Knows the words of `names`, and reads no text.

use super::lexicon::{class, classes_of};
use super::names::{PLACE_WORDS, PLACES};

/// States whose names are not made of words of [`PLACES`].
const STATES: &[&str] = &["United States", "United Kingdom"];

/// Whether a name is a place's and nobody's: "Elmland said no" tells of a state, by its name.
///
/// ```
/// use onrecord::text::places::is_place;
/// assert!(is_place("North Korea") && is_place("United States"));
/// assert!(!is_place("Bank of England") && !is_place("White House") && !is_place("Hill"));
/// ```
pub fn is_place(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    if classes_of(first) & class::PLACE == 0 {
        // Nearly all names; the tables are long to look through.
        return STATES.contains(&name);
    }
    let is = |word: &str, table: &str| {
        table.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
    };
    let mut words = name.split(' ');
    words.clone().any(|word| is(word, PLACES))
        && words.all(|word| is(word, PLACES) || is(word, PLACE_WORDS))
}
