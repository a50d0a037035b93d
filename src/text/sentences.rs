//! Sentences (stand-in until the real one lands).

use crate::model::Span;

/// Finds the sentences of a text.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, end) in text.match_indices(['.', '\n']) {
        if !text[start..at].trim().is_empty() {
            spans.push(Span::new(start, at + end.len()));
        }
        start = at + end.len();
    }
    if !text[start..].trim().is_empty() {
        spans.push(Span::new(start, text.len()));
    }
    spans
}
