//! Where in a text something stands in the place that a query asks for.
//!
//! The same words, bounds and rules of nearness as the index's, on the text itself.

use rustc_hash::FxHashMap;

use crate::model::{Front, Node, Span, Within};
use crate::text::nearness::{self, Reach, Stretch};
use crate::text::patterns::Matcher;
use crate::text::words::{Begins, Word, words_and_bounds};

/// A text's words by what they are and where they stand.
pub(super) struct Page<'a> {
    words: Vec<Word<'a>>,
    /// The positions of each folded word, in order.
    places: FxHashMap<String, Vec<u32>>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl<'a> Page<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut page = Self {
            words: Vec::new(),
            places: FxHashMap::default(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        };
        for (word, begins) in words_and_bounds(text) {
            if begins.is_some() {
                page.sentences.push(word.position);
            }
            if begins == Some(Begins::Paragraph) {
                page.paragraphs.push(word.position);
            }
            page.places.entry(word.folded.to_string()).or_default().push(word.position);
            page.words.push(word);
        }
        page
    }

    /// The words that speak for a part of a query, where they stand as it asks.
    pub(super) fn marks(&self, node: &Node) -> Vec<Span> {
        let found = self.find(node);
        let mut leaves = Vec::new();
        add_leaves(node, &mut leaves);
        let mut marks = Vec::new();
        for stretch in leaves.iter().flat_map(|leaf| self.find(leaf)) {
            let around = |one: &Stretch| one.first <= stretch.first && stretch.last <= one.last;
            if found.iter().any(around) {
                marks.extend(self.span(stretch));
            }
        }
        marks
    }

    /// Where a part of a query is found, in order.
    pub(super) fn find(&self, node: &Node) -> Vec<Stretch> {
        let mut found = Vec::new();
        match node {
            Node::Term(_, word) => {
                found.extend(self.positions(word).iter().copied().map(Stretch::of_word));
            }
            Node::Like(_, pattern) => {
                let matcher = Matcher::of(pattern);
                let words = self.places.iter().filter(|(word, _)| matcher.is_like(word));
                found.extend(words.flat_map(|(_, places)| places).copied().map(Stretch::of_word));
                nearness::in_text_order(&mut found);
            }
            Node::Phrase(_, words) => found.extend(self.phrase(words)),
            Node::Loose(_, words, slop) => {
                let positions: Vec<Vec<u32>> =
                    words.iter().map(|word| self.positions(word).to_vec()).collect();
                nearness::loose(&positions, *slop, &mut found);
                nearness::in_text_order(&mut found);
            }
            Node::Or(parts) => {
                found.extend(parts.iter().flat_map(|part| self.find(part)));
                nearness::in_text_order(&mut found);
            }
            Node::Near(near) => {
                let (left, right) = (self.find(&near.left), self.find(&near.right));
                let reach = match near.within {
                    Within::Words(most) => Reach::Words(most),
                    Within::Sentence => Reach::Part(&self.sentences),
                    Within::Paragraph => Reach::Part(&self.paragraphs),
                };
                if near.without {
                    nearness::apart(&left, &right, reach, &mut found);
                    return found;
                }
                nearness::in_order(&left, &right, reach, &mut found);
                if !near.ordered {
                    nearness::in_order(&right, &left, reach, &mut found);
                }
                nearness::least(&mut found);
            }
            Node::Front(front, inner) => {
                let behind = match *front {
                    Front::Words(words) => words,
                    Front::Paragraphs(count) => {
                        self.paragraphs.get(count as usize).copied().unwrap_or(u32::MAX)
                    }
                };
                found.extend(self.find(inner).into_iter().filter(|one| one.last < behind));
            }
            Node::AtLeast(_, inner) => return self.find(inner),
            Node::All
            | Node::Story(_)
            | Node::Whole(..)
            | Node::Range(..)
            | Node::And(_)
            | Node::Not(_)
            | Node::Said(_) => {}
        }
        found
    }

    fn positions(&self, word: &str) -> &[u32] {
        self.places.get(word).map_or(&[], Vec::as_slice)
    }

    fn phrase(&self, words: &[String]) -> Vec<Stretch> {
        let Some(at) = words.iter().position(|word| !word.is_empty()) else { return Vec::new() };
        let starts = self.positions(&words[at]).iter().filter_map(|p| p.checked_sub(at as u32));
        let stands = |start: u32, place: usize| {
            let positions = self.positions(&words[place]);
            words[place].is_empty() || positions.binary_search(&(start + place as u32)).is_ok()
        };
        starts
            .filter(|start| (0..words.len()).all(|place| stands(*start, place)))
            .map(|first| Stretch { first, last: first + words.len() as u32 - 1 })
            .filter(|stretch| nearness::in_one_part(*stretch, &self.paragraphs))
            .collect()
    }

    /// The bytes of a stretch.
    fn span(&self, stretch: Stretch) -> Option<Span> {
        let at =
            |position: u32| self.words.binary_search_by_key(&position, |word| word.position).ok();
        Some(self.words[at(stretch.first)?].span.join(self.words[at(stretch.last)?].span))
    }
}

/// The words, phrases and patterns that speak for a part of a query.
fn add_leaves<'n>(node: &'n Node, leaves: &mut Vec<&'n Node>) {
    match node {
        Node::Near(near) => {
            add_leaves(&near.left, leaves);
            if !near.without {
                add_leaves(&near.right, leaves);
            }
        }
        Node::Or(parts) => parts.iter().for_each(|part| add_leaves(part, leaves)),
        Node::AtLeast(_, inner) | Node::Front(_, inner) => add_leaves(inner, leaves),
        leaf => leaves.push(leaf),
    }
}
