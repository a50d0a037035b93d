//! What is sought in one field, from a part of the core tree.

use tantivy::schema::Field as Handle;

use super::Asking;
use crate::backend::local::patterns;
use crate::backend::local::placed::{Sought, SoughtNear};
use crate::model::{Capitals, Node};
use crate::text::words::lettered;

impl Asking<'_> {
    /// What is sought in one field, every pattern being the words it stands for.
    pub(super) fn sought(&self, node: &Node, handle: Handle) -> tantivy::Result<Sought> {
        Ok(match node {
            Node::Term(_, word) => Sought::Word(word.clone()),
            Node::Phrase(_, words) => Sought::Phrase(words.clone()),
            Node::Loose(_, words, slop) => Sought::Loose(words.clone(), *slop),
            Node::Like(_, pattern) => {
                Sought::Like(patterns::words(self.searcher, handle, pattern)?)
            }
            Node::Named(_, who) => Sought::Named(patterns::namings(self.searcher, handle, who)?),
            Node::Or(parts) => {
                let parts: tantivy::Result<Vec<Sought>> =
                    parts.iter().map(|part| self.sought(part, handle)).collect();
                Sought::Any(parts?)
            }
            Node::Near(near) => Sought::Near(Box::new(SoughtNear {
                left: self.sought(&near.left, handle)?,
                right: self.sought(&near.right, handle)?,
                within: near.within,
                ordered: near.ordered,
                without: near.without,
            })),
            Node::Front(front, inner) => {
                Sought::Front(*front, Box::new(self.sought(inner, handle)?))
            }
            Node::Cased(capitals, inner) => cased(*capitals, self.sought(inner, handle)?),
            Node::All
            | Node::Range(..)
            | Node::Whole(..)
            | Node::Story(_)
            | Node::And(_)
            | Node::Not(_)
            | Node::AtLeast(..)
            | Node::Said(_) => {
                return Err(tantivy::TantivyError::InvalidArgument(
                    "near, at least and at the front take words, phrases and groups of them by OR"
                        .to_owned(),
                ));
            }
        })
    }
}

/// What is sought, in capitals or not: each word of those that a pattern stands for by itself.
fn cased(capitals: Capitals, sought: Sought) -> Sought {
    match sought {
        Sought::Like(words) => {
            Sought::Any(words.into_iter().map(|word| cased(capitals, Sought::Word(word))).collect())
        }
        Sought::Phrase(words) => {
            let places = lettered(&words);
            Sought::Cased(capitals, places, Box::new(Sought::Phrase(words)))
        }
        Sought::Word(word) => {
            let places = lettered(std::slice::from_ref(&word));
            Sought::Cased(capitals, places, Box::new(Sought::Word(word)))
        }
        other => other,
    }
}
