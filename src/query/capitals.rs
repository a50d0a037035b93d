//! The names that ask how words are written, as Nexis has them: `caps(NATO)`, `allcaps()`, `nocaps()`.

use crate::model::{Capitals, Field, Node};

/// A name that stands before a bracket as a field's does.
pub(super) struct CapitalsName {
    /// The name.
    pub(super) name: &'static str,
    /// What it asks.
    capitals: Capitals,
    /// An example of use.
    pub(super) example: &'static str,
    /// What it finds, one line.
    pub(super) doc: &'static str,
}

/// The names, in the order of help.
pub(super) const CAPITALS_NAMES: &[CapitalsName] = &[
    CapitalsName {
        name: "caps",
        capitals: Capitals::Some,
        example: "caps(march)",
        doc: "with a capital letter: March, MARCH, not march",
    },
    CapitalsName {
        name: "allcaps",
        capitals: Capitals::All,
        example: "allcaps(who)",
        doc: "with no small letter: WHO, not Who",
    },
    CapitalsName {
        name: "nocaps",
        capitals: Capitals::None,
        example: "nocaps(turkey)",
        doc: "with no capital letter",
    },
];

/// Finds a name, in any case.
pub(super) fn named(name: &str) -> Option<Capitals> {
    let is_it = |known: &&CapitalsName| known.name.eq_ignore_ascii_case(name);
    CAPITALS_NAMES.iter().find(is_it).map(|known| known.capitals)
}

/// The name under which something is asked.
pub(super) fn name_of(capitals: Capitals) -> &'static str {
    let known = CAPITALS_NAMES.iter().find(|known| known.capitals == capitals);
    known.map_or("caps", |known| known.name)
}

/// Asks of each word, phrase and pattern how it is written.
///
/// # Errors
/// What it is that cannot be asked so.
pub(super) fn written(capitals: Capitals, node: Node) -> Result<Node, &'static str> {
    let all = |parts: Vec<Node>| -> Result<Vec<Node>, &str> {
        parts.into_iter().map(|part| written(capitals, part)).collect()
    };
    let inside = |inner: Box<Node>| written(capitals, *inner).map(Box::new);
    Ok(match node {
        Node::Term(field, _) | Node::Phrase(field, _) | Node::Like(field, _)
            if matches!(field, Field::Text | Field::Title | Field::Body) =>
        {
            Node::Cased(capitals, Box::new(node))
        }
        Node::And(parts) => Node::And(all(parts)?),
        Node::Or(parts) => Node::Or(all(parts)?),
        Node::Not(inner) => Node::Not(inside(inner)?),
        Node::AtLeast(least, inner) => Node::AtLeast(least, inside(inner)?),
        Node::Front(front, inner) => Node::Front(front, inside(inner)?),
        Node::Near(mut near) => {
            near.left = written(capitals, near.left)?;
            near.right = written(capitals, near.right)?;
            Node::Near(near)
        }
        Node::Term(..) | Node::Phrase(..) | Node::Like(..) => return Err("such a field"),
        Node::Named(..) => return Err("a person"),
        Node::Loose(..) => return Err("a phrase with moved words"),
        Node::Cased(..) => return Err("what was asked for so already"),
        Node::All | Node::Story(_) | Node::Whole(..) | Node::Range(..) | Node::Said(_) => {
            return Err("this");
        }
    })
}
