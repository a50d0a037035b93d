//! A text to what it means: the register of annotators, in the order of work.
//!
//! Comes in: a text. Goes out: its annotations. Knows neither files nor indexes.

mod asides;
mod dates;
mod people;
mod statements;
mod stretches;

use crate::contract::{Annotator, Text};
use crate::model::Annotations;

/// Every annotator, in the order of work: each sees what those before it found.
pub const ANNOTATORS: &[Annotator] = &[asides::ASIDES, statements::STATEMENTS, dates::DATES];

/// Annotates a text with all that is known to be found in one; a very long one stretch by stretch.
pub fn annotate(text: &Text<'_>) -> Annotations {
    let mut all = Annotations::default();
    for stretch in stretches::stretches(text.body) {
        let title = if stretch.start() == 0 { text.title } else { "" };
        let found = annotate_stretch(&Text { title, body: stretch.of(text.body), ..*text });
        if stretch.len() == text.body.len() {
            return found;
        }
        stretches::append(&mut all, found, stretch.start());
    }
    all
}

fn annotate_stretch(text: &Text<'_>) -> Annotations {
    let mut annotations = Annotations::default();
    for annotator in ANNOTATORS {
        (annotator.annotate)(text, &mut annotations);
    }
    annotations
}
