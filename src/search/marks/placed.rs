//! Where in a text something stands in the place that a query asks for.
//!
//! The same words, bounds and rules of nearness as the index's, on the text itself.

use rustc_hash::FxHashMap;

use crate::model::{Front, Node, Span, Within};
use crate::text::namings::{folded, is_meant, length};
use crate::text::nearness::{self, Reach, Stretch};
use crate::text::patterns::Matcher;
use crate::text::words::{Begins, Word, Writing, lettered, words_and_bounds, writing};

/// A text's words by what they are and where they stand.
pub(super) struct Page<'a> {
    words: Vec<Word<'a>>,
    /// Where somebody is named, and their fullest name, folded.
    named: Vec<(Stretch, String)>,
    /// The positions of each folded word, in order.
    places: FxHashMap<String, Vec<u32>>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    /// The positions of words with a capital and a small letter.
    mixed: Vec<u32>,
    /// The positions of words with capitals and no small letter.
    capitals: Vec<u32>,
}

impl<'a> Page<'a> {
    /// Reads a text, and the places in it that name somebody by their fullest names.
    pub(super) fn of(text: &'a str, namings: Vec<(Span, &str)>) -> Self {
        let mut page = Self {
            words: Vec::new(),
            named: Vec::new(),
            places: FxHashMap::default(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            mixed: Vec::new(),
            capitals: Vec::new(),
        };
        for (word, begins) in words_and_bounds(text) {
            if begins.is_some() {
                page.sentences.push(word.position);
            }
            if begins == Some(Begins::Paragraph) {
                page.paragraphs.push(word.position);
            }
            match writing(word.span.of(text)) {
                Writing::Small => {}
                Writing::Mixed => page.mixed.push(word.position),
                Writing::Capitals => page.capitals.push(word.position),
            }
            page.places.entry(word.folded.to_string()).or_default().push(word.position);
            page.words.push(word);
        }
        for (place, name) in namings {
            let at = page.words.partition_point(|word| word.span.end() <= place.start());
            let Some(word) = page.words.get(at) else { continue };
            let last = word.position + length(text, place).saturating_sub(1);
            page.named.push((Stretch { first: word.position, last }, folded(name)));
        }
        page
    }

    /// The words that speak for a part of a query, where they stand as it asks.
    pub(super) fn marks(&self, node: &Node) -> Vec<Span> {
        let mut marks = Vec::new();
        self.add_marks(node, None, &mut marks);
        marks.into_iter().filter_map(|stretch| self.span(stretch)).collect()
    }

    /// Adds the words, phrases and patterns that speak for a part of a query, where they lie in what
    /// is found of all that they are parts of.
    fn add_marks(&self, node: &Node, around: Option<&[Stretch]>, marks: &mut Vec<Stretch>) {
        let found = || {
            let is_inside =
                |found: &Stretch| around.is_none_or(|all| all.iter().any(|one| one.holds(*found)));
            self.find(node).into_iter().filter(is_inside).collect::<Vec<_>>()
        };
        match node {
            Node::Or(parts) => parts.iter().for_each(|part| self.add_marks(part, around, marks)),
            Node::AtLeast(_, inner) => self.add_marks(inner, around, marks),
            Node::Front(_, inner) => self.add_marks(inner, Some(&found()), marks),
            Node::Near(near) => {
                let found = found();
                self.add_marks(&near.left, Some(&found), marks);
                if !near.without {
                    self.add_marks(&near.right, Some(&found), marks);
                }
            }
            _ => marks.extend(found()),
        }
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
            Node::Named(_, who) => {
                let meant = self.named.iter().filter(|(_, name)| is_meant(who, name));
                found.extend(meant.map(|(stretch, _)| *stretch));
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
                    Within::Field => Reach::Words(u32::MAX),
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
            Node::Cased(capitals, inner) => {
                found.extend(self.find(inner));
                found.retain(|stretch| {
                    let places = self.lettered(inner, *stretch);
                    let (mixed, all) = (&self.mixed, &self.capitals);
                    nearness::is_written(*capitals, *stretch, &places, mixed, all)
                });
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

    /// The places of a stretch whose words have letters and were asked for.
    fn lettered(&self, asked: &Node, stretch: Stretch) -> Vec<u32> {
        if let Node::Phrase(_, words) = asked {
            return lettered(words);
        }
        let word = self.words.binary_search_by_key(&stretch.first, |word| word.position);
        let word = word.map_or(String::new(), |at| self.words[at].folded.to_string());
        lettered(&[word])
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
