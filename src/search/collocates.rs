//! The company that words keep: which words stand near matches more often than chance would have it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::marks::Wanted;
use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{Collocate, Node, Record, Scope, Sort, Span};
use crate::text::words::{Word, words};

/// What collocates are wanted.
#[derive(Clone, Copy, Debug)]
pub struct CollocatesOf<'a> {
    /// What the words stand near.
    pub query: &'a Node,
    /// How many words on the left are looked at, and how many on the right, of the same paragraph.
    pub reach: (usize, usize),
    /// How often a word must stand near a match at least.
    pub least: u64,
}

/// The words near matches, in no order, and how many matches there are.
///
/// The measures are log-dice (Rychlý 2008: 14 at most, a fixed scale whatever the size of the
/// archive) and pointwise mutual information (Church and Hanks 1990: how many times, as a power of
/// two, the two meet more often than if neither knew of the other).
///
/// # Errors
/// Where the index is damaged.
pub fn collocates(index: &dyn Index, wanted: &CollocatesOf<'_>) -> Result<(Vec<Collocate>, u64)> {
    let marks = Wanted::of(wanted.query);
    let mut near: FxHashMap<String, u64> = FxHashMap::default();
    let mut matches = 0;
    let (query, scope, sort) = (wanted.query, Scope::Stories, Sort::Newest);
    let all = Request { query, scope, sort, start: Start::FRONT, limit: usize::MAX };
    index.each(&all, &mut |hit| {
        matches += count(&hit.record, &marks, wanted.reach, &mut near);
        Ok(())
    })?;
    near.retain(|_, together| *together >= wanted.least.max(1));
    let mut near: Vec<(String, u64)> = near.into_iter().collect();
    near.sort_unstable();
    let asked: Vec<String> = near.iter().map(|(word, _)| word.clone()).collect();
    let (counts, all) = index.word_counts(&asked)?;
    let scored = near.into_iter().zip(counts);
    let scored = scored.map(|((word, together), in_all)| {
        let share = 2.0 * together as f64 / (matches + in_all) as f64;
        let expected = matches as f64 * in_all as f64 / all.max(1) as f64;
        Collocate {
            word,
            together,
            in_all,
            log_dice: 14.0 + share.log2(),
            pmi: (together as f64 / expected).log2(),
        }
    });
    Ok((scored.collect(), matches))
}

/// Counts the words near the matches of one body; gives how many matches there are.
fn count(
    record: &Record,
    wanted: &Wanted,
    reach: (usize, usize),
    near: &mut FxHashMap<String, u64>,
) -> u64 {
    let body = record.story.body.as_str();
    let marks: Vec<Span> = wanted.marks_in_story(record).iter().map(|mark| mark.span).collect();
    if marks.is_empty() {
        return 0;
    }
    let found: Vec<Word<'_>> = words(body).collect();
    let matches: Vec<Range<usize>> = marks.iter().map(|mark| words_of(&found, *mark)).collect();
    for (word, _) in found.iter().zip(beside(&found, &matches, reach)).filter(|(_, near)| *near) {
        *near.entry(word.folded.clone().into_owned()).or_default() += 1;
    }
    marks.len() as u64
}

/// The words that a stretch touches.
fn words_of(found: &[Word<'_>], stretch: Span) -> Range<usize> {
    let first = found.partition_point(|word| word.span.end() <= stretch.start());
    first..found.partition_point(|word| word.span.start() < stretch.end()).max(first)
}

/// For each word, whether it stands beside a match in its paragraph and belongs to none. A word
/// between two matches stands near a match once.
fn beside(
    found: &[Word<'_>],
    matches: &[Range<usize>],
    (left, right): (usize, usize),
) -> Vec<bool> {
    // Paragraphs stand one position apart, so that positions run on inside of one only.
    let run_on =
        |from: usize, to: usize| (found[to].position - found[from].position) as usize == to - from;
    let mut near = vec![false; found.len()];
    for Range { start, end } in matches.iter().filter(|words| !words.is_empty()).cloned() {
        let before = start.saturating_sub(left)..start;
        let after = end..found.len().min(end + right);
        before.filter(|at| run_on(*at, start)).for_each(|at| near[at] = true);
        after.filter(|at| run_on(end - 1, *at)).for_each(|at| near[at] = true);
    }
    for words in matches {
        near[words.clone()].fill(false);
    }
    near
}
