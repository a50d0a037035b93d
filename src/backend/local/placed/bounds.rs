//! Where the parts of a text begin, or words of one writing stand, over the postings of the words that
//! mark it.

use tantivy::{DocId, TERMINATED};

use super::Window;
use super::operand::Word;

/// Places in a document that are marked by any of some words and by none of others.
pub(super) struct Bounds {
    any: Vec<Word>,
    without: Vec<Word>,
    /// Where they are in the document that was looked into last, if more than one word tells of it.
    joined: Vec<u32>,
    joined_of: DocId,
}

impl Default for Bounds {
    /// None, whatever the document.
    fn default() -> Self {
        Self::of(Vec::new(), Vec::new())
    }
}

impl Bounds {
    pub(super) fn of(any: Vec<Word>, without: Vec<Word>) -> Self {
        Self { any, without, joined: Vec::new(), joined_of: TERMINATED }
    }

    /// Whether there are none, whatever the document.
    pub(super) fn are_none(&self) -> bool {
        self.any.is_empty()
    }

    /// Those in a window of a document behind those asked for, or the last of them.
    pub(super) fn at(&mut self, doc: DocId, window: Window) -> &[u32] {
        if self.any.len() == 1 && self.without.is_empty() {
            return positions(&mut self.any[0], doc, window);
        }
        if self.joined_of != doc {
            self.join(doc);
        }
        window.part_of(&self.joined)
    }

    /// Some of them: those that the first of the words tells of.
    pub(super) fn first(&mut self, doc: DocId, window: Window) -> &[u32] {
        self.any.first_mut().map_or(&[], |word| positions(word, doc, window))
    }

    fn join(&mut self, doc: DocId) {
        let Self { any, without, joined, joined_of } = self;
        joined.clear();
        *joined_of = doc;
        for word in any {
            merge(joined, positions(word, doc, Window::WHOLE));
        }
        for word in without {
            let mut others = positions(word, doc, Window::WHOLE).iter().peekable();
            joined.retain(|place| {
                while others.next_if(|other| *other < place).is_some() {}
                others.peek() != Some(&place)
            });
        }
    }
}

/// Puts places among others. Both are in order; no place is in both.
fn merge(places: &mut Vec<u32>, more: &[u32]) {
    let (mut left, mut right) = (places.len(), more.len());
    places.resize(left + right, 0);
    // From the end, so that none is overwritten before it has moved.
    while right > 0 {
        let behind = left + right - 1;
        if left > 0 && places[left - 1] > more[right - 1] {
            places[behind] = places[left - 1];
            left -= 1;
        } else {
            places[behind] = more[right - 1];
            right -= 1;
        }
    }
}

/// Where a word stands in a window of a document.
fn positions(word: &mut Word, doc: DocId, window: Window) -> &[u32] {
    if word.seek(doc) == doc { word.positions(window) } else { &[] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn merged_places_are_all_of_them_in_order(
            places in prop::collection::btree_set(0..200_u32, 0..40),
            is_first in prop::collection::vec(any::<bool>(), 40),
        ) {
            let split = |wanted: bool| {
                let of = places.iter().zip(&is_first).filter(move |(_, first)| **first == wanted);
                of.map(|(place, _)| *place).collect::<Vec<_>>()
            };
            let (mut one, other) = (split(true), split(false));
            merge(&mut one, &other);
            prop_assert_eq!(one, places.into_iter().collect::<Vec<_>>());
        }
    }
}
