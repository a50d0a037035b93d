//! How one text became another, word by word.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline, group_diff_ops};

/// How many words are given around a change.
const AROUND: usize = 8;
/// After so long the rest of two texts that have little in common is one change.
const LONGEST: Duration = Duration::from_secs(2);

/// A part of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Both have it.
    Same(&'a str),
    /// Only the earlier has it.
    Gone(&'a str),
    /// Only the later has it.
    New(&'a str),
    /// Words of both that are left out here, far from any change.
    LeftOut,
}

/// Gives what changed from one text to another, with some words of both around each change; nothing
/// where they have the same words.
///
/// ```
/// use onrecord::text::difference::{Part, difference};
/// let parts = difference("two people died", "three people died");
/// assert_eq!(parts, [Part::Gone("two "), Part::New("three "), Part::Same("people died")]);
/// assert_eq!(difference("two  people", "two people"), []);
/// ```
pub fn difference<'a>(earlier: &'a str, later: &'a str) -> Vec<Part<'a>> {
    let (old, new) = (Words::of(earlier), Words::of(later));
    let until = Instant::now() + LONGEST;
    let steps = capture_diff_slices_deadline(Algorithm::Myers, &old.words, &new.words, Some(until));
    let mut parts = Vec::new();
    let mut reached = 0;
    for group in group_diff_ops(steps, AROUND) {
        let begins = group.first().map_or(reached, |step| step.old_range().start);
        if begins > reached {
            parts.push(Part::LeftOut);
        }
        for step in &group {
            reached = step.old_range().end;
            parts.extend(part(step, &old, &new).into_iter().flatten());
        }
    }
    if !parts.is_empty() && reached < old.words.len() {
        parts.push(Part::LeftOut);
    }
    parts
}

fn part<'a>(step: &DiffOp, old: &Words<'a>, new: &Words<'a>) -> [Option<Part<'a>>; 2] {
    let (gone, added) = (old.text(step.old_range()), new.text(step.new_range()));
    match step {
        DiffOp::Equal { .. } => [Some(Part::Same(added)), None],
        _ => [
            (!gone.is_empty()).then_some(Part::Gone(gone)),
            (!added.is_empty()).then_some(Part::New(added)),
        ],
    }
}

/// A text's words as they are printed, parted by white space.
struct Words<'a> {
    text: &'a str,
    words: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, words: text.split_whitespace().collect() }
    }

    /// A stretch of words with the white space behind each.
    fn text(&self, words: Range<usize>) -> &'a str {
        let start = |number: usize| match self.words.get(number) {
            Some(word) => word.as_ptr() as usize - self.text.as_ptr() as usize,
            None => self.text.len(),
        };
        if words.is_empty() { "" } else { &self.text[start(words.start)..start(words.end)] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_far_from_a_change_are_left_out() {
        let old = "a ".repeat(30) + "two " + &"b ".repeat(30);
        let new = old.replace("two", "three");
        let parts = difference(&old, &new);
        let eight = ("a ".repeat(8), "b ".repeat(8));
        let expected = [
            Part::LeftOut,
            Part::Same(&eight.0),
            Part::Gone("two "),
            Part::New("three "),
            Part::Same(&eight.1),
            Part::LeftOut,
        ];
        assert_eq!(parts, expected);
    }

    proptest! {
        #[test]
        fn short_texts_come_back_whole(old in "[ab]( [abc]){0,12}", new in "[ab]( [abc]){0,12}") {
            let parts = difference(&old, &new);
            let side = |keep: fn(&Part<'_>) -> bool| -> Vec<String> {
                let kept = parts.iter().filter(|part| keep(part)).filter_map(|part| match part {
                    Part::Same(text) | Part::Gone(text) | Part::New(text) => Some(*text),
                    Part::LeftOut => None,
                });
                kept.flat_map(str::split_whitespace).map(str::to_owned).collect()
            };
            prop_assume!(!parts.contains(&Part::LeftOut));
            if old == new {
                prop_assert!(parts.is_empty());
            } else {
                let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                prop_assert_eq!(side(|part| !matches!(part, Part::New(_))), words(&old));
                prop_assert_eq!(side(|part| !matches!(part, Part::Gone(_))), words(&new));
            }
        }
    }
}
