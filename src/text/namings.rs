//! Places that name somebody, as the index and the marking of matches both see them.

use super::words::words;
use crate::model::{Span, Who};

/// A name as it is compared: its folded words, a blank between two.
///
/// ```
/// assert_eq!(onrecord::text::namings::folded("Ursula von der Leyen"), "ursula von der leyen");
/// ```
pub fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in words(name) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.folded);
    }
    folded
}

/// Whether a folded name is one that is asked for.
pub fn is_meant(who: &Who, name: &str) -> bool {
    match who {
        Who::Names(names) => names.iter().any(|wanted| wanted == name),
        Who::Words(wanted) => {
            let words: Vec<&str> = name.split(' ').collect();
            words.windows(wanted.len().max(1)).any(|window| window == wanted.as_slice())
        }
    }
}

/// How many words a place that names somebody has.
pub fn length(text: &str, place: Span) -> u32 {
    let mut words = words(place.of(text));
    std::iter::from_fn(|| words.next_cut()).count() as u32
}
