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

    fn join(&mut self, doc: DocId) {
        let Self { any, without, joined, joined_of } = self;
        joined.clear();
        *joined_of = doc;
        for word in any {
            joined.extend_from_slice(positions(word, doc, Window::WHOLE));
        }
        // Runs that are in order each, and no place is in two of them.
        joined.sort();
        for word in without {
            let mut others = positions(word, doc, Window::WHOLE).iter().peekable();
            joined.retain(|place| {
                while others.next_if(|other| *other < place).is_some() {}
                others.peek() != Some(&place)
            });
        }
    }
}

/// Where a word stands in a window of a document.
fn positions(word: &mut Word, doc: DocId, window: Window) -> &[u32] {
    if word.seek(doc) == doc { word.positions(window) } else { &[] }
}
