//! Lines that are not the reporter's prose: headline, slug, byline, dateline, the wire's own lines.
//!
//! Comes in: a text. Goes out: `asides`, in order. Does not remove anything.

use crate::contract::{Annotator, Text};
use crate::model::{Annotations, Span};
use crate::text::sentences::paragraphs;

/// Finds the lines that are not prose.
pub(super) const ASIDES: Annotator = Annotator {
    name: "asides",
    doc: "headline, byline, dateline and other lines that are not prose",
    annotate,
};

/// How many lines at the front may be headline, slug, byline and furniture.
const FRONT: usize = 8;

fn annotate(text: &Text<'_>, annotations: &mut Annotations) {
    let body = text.body;
    let mut prose_met = false;
    for (number, line) in paragraphs(body).enumerate() {
        let words = line.of(body);
        if !prose_met && number < FRONT && is_front_line(words) {
            annotations.asides.push(line);
            continue;
        }
        if !prose_met && let Some(len) = dateline_len(words) {
            annotations.asides.push(Span::new(line.start(), line.start() + len));
        }
        prose_met |= words.len() > 120 || ends_as_prose(words) && number > 0;
    }
}

/// A headline, slug, byline or note: it does not end as a sentence does.
fn is_front_line(line: &str) -> bool {
    line.len() < 200 && (!ends_as_prose(line) || is_headline_case(line))
}

fn ends_as_prose(line: &str) -> bool {
    let shut = |c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | ' ');
    line.trim_end_matches(shut).ends_with(['.', '!', '?', ':', ','])
}

/// Whether nearly all of a line's longer words begin with a capital.
pub(super) fn is_headline_case(line: &str) -> bool {
    let long = line.split_ascii_whitespace().filter(|word| word.len() > 3);
    let (mut all, mut high) = (0, 0);
    for word in long.take(40) {
        let letter = word.chars().find(|c| c.is_alphanumeric());
        all += 1;
        high += usize::from(letter.is_some_and(|c| !c.is_lowercase()));
    }
    all >= 3 && high * 10 >= all * 8
}

/// The length of a dateline: capitals at the front, up to its dash.
fn dateline_len(line: &str) -> Option<usize> {
    let head = &line[..floor(line, 90)];
    let (at, dash) = ["—", "–", " -- ", " - "]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, dash)))
        .min()?;
    let place = head[..at].split([',', '(', '.']).next()?.trim();
    let shouted = place.len() > 2 && !place.contains(|c: char| c.is_lowercase());
    shouted.then_some(at + dash.len())
}

/// The last boundary of a letter at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asides(body: &str) -> Vec<&str> {
        let mut found = Annotations::default();
        annotate(&Text { body, ..Text::default() }, &mut found);
        found.asides.iter().map(|span| span.of(body)).collect()
    }

    #[test]
    fn headline_and_dateline_are_no_prose() {
        let body = "Harbour to reopen\n\nPORT ELM, May 3 - The harbour will reopen on Monday, \
                    the mayor of the town said, after ten weeks of work on its northern wall.";
        assert_eq!(asides(body), ["Harbour to reopen", "PORT ELM, May 3 - "]);
    }
}
