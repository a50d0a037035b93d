//! A text to what it means: the register of annotators, in the order of work.
//!
//! Comes in: a text. Goes out: its annotations. Knows neither files nor indexes.

mod asides;
mod dates;
mod people;
mod statements;

use crate::contract::{Annotator, Text};
use crate::model::Annotations;

/// Every annotator, in the order of work: each sees what those before it found.
pub const ANNOTATORS: &[Annotator] = &[asides::ASIDES, statements::STATEMENTS, dates::DATES];

/// Annotates a text with all that is known to be found in one.
pub fn annotate(text: &Text<'_>) -> Annotations {
    let mut annotations = Annotations::default();
    for annotator in ANNOTATORS {
        (annotator.annotate)(text, &mut annotations);
    }
    annotations
}
