//! The names that ask for the front of a story: its opening paragraphs, its first words.

use super::distances::number_behind;
use super::people_fields;
use crate::model::{Field, Front, Node};

/// How many paragraphs the opening of a story has, as Factiva counts its lead paragraph.
const OPENING: u32 = 2;

/// A name that stands before a value as a field's does.
pub(super) struct FrontName {
    /// Its names, the commonest first.
    pub(super) names: &'static [&'static str],
    /// An example of use.
    pub(super) example: &'static str,
    /// What it finds, one line.
    pub(super) doc: &'static str,
    /// Whether the headline belongs to it.
    with_title: bool,
}

/// The names, in the order of help.
pub(super) const FRONT_NAMES: &[FrontName] = &[
    FrontName {
        names: &["lead", "lede", "lp"],
        example: "lead:truce, lp=truce, lead(a OR b)",
        doc: "in the first two paragraphs",
        with_title: false,
    },
    FrontName {
        names: &["hlp", "hlead"],
        example: "hlp=truce, hlead(truce)",
        doc: "in the headline or the first two paragraphs",
        with_title: true,
    },
];

/// Finds a name, in any case.
pub(super) fn named(name: &str) -> Option<&'static FrontName> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(name);
    FRONT_NAMES.iter().find(|front| front.names.iter().any(|known| is_it(known)))
}

/// Reads "first50" and "f50" before a bracket.
pub(super) fn first_words(name: &str) -> Option<u32> {
    number_behind("first", name).or_else(|| number_behind("f", name))
}

/// Reads "/F50/".
pub(super) fn between_slashes(text: &str) -> Option<u32> {
    number_behind("f", text.strip_prefix('/')?.strip_suffix('/')?)
}

/// Parts `toyota/F50/` into the word and the number.
pub(super) fn word_and_first(text: &str) -> Option<(&str, u32)> {
    let (word, number) = text.strip_suffix('/')?.rsplit_once('/')?;
    Some((word, number_behind("f", number)?)).filter(|(word, _)| !word.is_empty())
}

impl FrontName {
    /// What is asked for in the body, asked for in the front.
    pub(super) fn of(&self, node: Node) -> Node {
        let opening = at(Front::Paragraphs(OPENING), node.clone());
        if !self.with_title {
            return opening;
        }
        super::normal::or(in_title(node), opening)
    }
}

/// Asks for words, phrases and groups of them at the front; of AND and NOT, for each part.
pub(super) fn at(front: Front, node: Node) -> Node {
    let all = |parts: Vec<Node>| parts.into_iter().map(|part| at(front, part)).collect();
    match node {
        Node::And(parts) => Node::And(all(parts)),
        Node::Or(parts) => Node::Or(all(parts)),
        Node::Not(inner) => Node::Not(Box::new(at(front, *inner))),
        Node::AtLeast(least, inner) => Node::AtLeast(least, Box::new(at(front, *inner))),
        Node::All | Node::Range(..) | Node::Said(_) | Node::Front(..) => node,
        leaf => Node::Front(front, Box::new(people_fields::placed(leaf, Field::Body))),
    }
}

fn in_title(node: Node) -> Node {
    node.with_leaves(&mut |leaf| match leaf {
        Node::Term(_, word) => Node::Term(Field::Title, word),
        Node::Phrase(_, words) => Node::Phrase(Field::Title, words),
        Node::Loose(_, words, slop) => Node::Loose(Field::Title, words, slop),
        Node::Like(_, pattern) => Node::Like(Field::Title, pattern),
        other => other,
    })
}
