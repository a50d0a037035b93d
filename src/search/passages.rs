//! The parts of a story that a reader is shown: whole sentences around what matched.

use super::marks::Mark;
use super::points;
use crate::model::{Passage, Span};
use crate::text::sentences::sentences;

/// How many passages of one story are shown at most.
const MOST: usize = 3;
/// Bytes of a sentence beyond which it is cut at a word, around its first mark.
const LONG: usize = 480;
/// Bytes kept before the first mark of a sentence that is cut.
const BEFORE: usize = 160;

/// Chooses the passages of a body: the sentences that match most, in the order of the story; its
/// first sentence, unmarked, where nothing in the body matched.
pub(super) fn of(body: &str, marks: &[Mark]) -> Vec<Passage> {
    let sentences: Vec<Span> = sentences(body).collect();
    if marks.is_empty() {
        return sentences.first().map(|first| passage(body, *first, &[])).into_iter().collect();
    }
    let mut candidates = marked_sentences(&sentences, marks);
    candidates.sort_by_key(|(sentence, marks)| (usize::MAX - distinct(marks), sentence.start()));
    candidates.truncate(MOST);
    candidates.sort_by_key(|(sentence, _)| sentence.start());
    candidates.iter().map(|(sentence, marks)| passage(body, *sentence, marks)).collect()
}

/// The one passage around a stretch of a body: the sentences it runs through.
pub(super) fn around(body: &str, stretch: Span, marks: &[Mark]) -> Vec<Passage> {
    let sentences: Vec<Span> = sentences(body).collect();
    let touched = sentences.iter().filter(|sentence| sentence.overlaps(stretch));
    let whole = touched.copied().reduce(Span::join).unwrap_or(stretch);
    vec![passage(body, whole, marks)]
}

/// The sentences that hold a mark, each with its marks.
fn marked_sentences<'a>(sentences: &[Span], marks: &'a [Mark]) -> Vec<(Span, &'a [Mark])> {
    let mut marked = Vec::new();
    let mut rest = marks;
    for sentence in sentences {
        let before = rest.partition_point(|mark| mark.span.start() < sentence.start());
        rest = &rest[before..];
        let inside = rest.partition_point(|mark| mark.span.start() < sentence.end());
        if inside > 0 {
            let whole = sentence.join(rest[inside - 1].span);
            marked.push((whole, &rest[..inside]));
            rest = &rest[inside..];
        }
    }
    marked
}

fn distinct(marks: &[Mark]) -> usize {
    let mut patterns: Vec<usize> = marks.iter().map(|mark| mark.pattern).collect();
    patterns.sort_unstable();
    patterns.dedup();
    patterns.len()
}

fn passage(body: &str, stretch: Span, marks: &[Mark]) -> Passage {
    let stretch = trimmed(body, shortened(body, stretch, marks));
    let text = stretch.of(body).to_owned();
    let inside = marks.iter().map(|mark| mark.span).filter(|span| stretch.holds(*span));
    let spans: Vec<Span> = inside.map(|span| span.back_by(stretch.start())).collect();
    Passage { marks: points(&text, &spans), spans, text }
}

/// Cuts a very long sentence at words, so that its first mark stays in it.
fn shortened(body: &str, stretch: Span, marks: &[Mark]) -> Span {
    if stretch.len() <= LONG {
        return stretch;
    }
    let first = marks.first().map_or(stretch, |mark| mark.span);
    let start = first.start().saturating_sub(BEFORE).max(stretch.start());
    let start = if start == stretch.start() { start } else { word_start(body, start) };
    let end = (start + LONG).max(first.end()).min(stretch.end());
    let end = if end == stretch.end() { end } else { word_end(body, end, first.end()) };
    Span::new(start.min(first.start()), end)
}

/// The first byte at or behind `at` that starts a word.
fn word_start(body: &str, at: usize) -> usize {
    let at = (at..body.len()).find(|&at| body.is_char_boundary(at)).unwrap_or(body.len());
    body[at..].find(' ').map_or(at, |space| at + space + 1)
}

/// The last byte at or before `at`, but not before `least`, that ends a word.
fn word_end(body: &str, at: usize, least: usize) -> usize {
    let at = (0..=at).rev().find(|&at| body.is_char_boundary(at)).unwrap_or_default();
    body[least.min(at)..at].rfind(' ').map_or(at.max(least), |space| least.min(at) + space)
}

fn trimmed(body: &str, stretch: Span) -> Span {
    let text = stretch.of(body);
    let start = stretch.start() + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(body: &str, word: &str, pattern: usize) -> Mark {
        let start = body.find(word).unwrap();
        Mark { span: Span::new(start, start + word.len()), pattern }
    }

    #[test]
    fn a_passage_is_the_sentence_around_the_match() {
        let body = "The port is shut. Ms Vane said it “may open” on Friday. Nobody knows.";
        let passages = of(body, &[mark(body, "open", 0)]);
        assert_eq!(passages.len(), 1);
        assert_eq!(passages[0].text, "Ms Vane said it “may open” on Friday.");
        assert_eq!(passages[0].marks, [[21, 25]]);
        assert_eq!(passages[0].spans[0].of(&passages[0].text), "open");
    }

    #[test]
    fn where_nothing_matched_the_first_sentence_stands() {
        let passages = of("The port is shut. Nobody knows.", &[]);
        assert_eq!(passages[0].text, "The port is shut.");
        assert!(passages[0].marks.is_empty());
        assert!(of("", &[]).is_empty());
    }

    #[test]
    fn the_sentences_that_match_most_are_shown_in_the_order_of_the_story() {
        let body = "One port. Two. Three ports. Four port strike. Five port. Six strike.";
        let mut marks: Vec<Mark> = body
            .match_indices("port")
            .map(|(at, _)| Mark { span: Span::new(at, at + 4), pattern: 0 })
            .collect();
        marks.extend(
            body.match_indices("strike")
                .map(|(at, _)| Mark { span: Span::new(at, at + 6), pattern: 1 }),
        );
        marks.sort();
        let texts: Vec<String> = of(body, &marks).into_iter().map(|p| p.text).collect();
        assert_eq!(texts, ["One port.", "Three ports.", "Four port strike."]);
    }

    proptest! {
        #[test]
        fn marks_cut_the_passage_where_they_cut_the_body(
            body in "([a-z“é]{1,9}[ .]){1,200}",
            at in 0usize..400,
        ) {
            let starts: Vec<usize> = body.char_indices().map(|(at, _)| at).collect();
            let start = starts[at % starts.len()];
            let end = start + body[start..].chars().next().unwrap().len_utf8();
            let mark = Mark { span: Span::new(start, end), pattern: 0 };
            for passage in of(&body, &[mark]) {
                for span in &passage.spans {
                    prop_assert_eq!(span.of(&passage.text), mark.span.of(&body));
                }
                prop_assert!(passage.text.len() <= LONG + BEFORE);
            }
        }
    }
}
