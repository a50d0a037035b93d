//! Whether the clause around an expression speaks of what was or of what will be.
//!
//! Comes in: a place in a text. Goes out: the direction in time. Looks at a few words only.

use super::lexing::Sense;
use super::reading::Reading;

/// How many words before an expression are looked at, and how many behind it.
const REACH: (usize, usize) = (12, 8);

impl Reading<'_> {
    /// Whether the nearest verb of the sentence, the ones before the expression first, points ahead;
    /// none where no verb tells.
    pub(super) fn ahead(&self, from: usize, to: usize) -> Option<bool> {
        // "An official Monday described": the verb stands right behind.
        if self.joined(to) == Some(Sense::Past) {
            return Some(false);
        }
        self.verb_before(from).or_else(|| self.verb_behind(to))
    }

    pub(super) fn verb_before(&self, from: usize) -> Option<bool> {
        let mut at = from;
        for _ in 0..REACH.0 {
            if at == 0 || self.sentence_starts(at) {
                return None;
            }
            at -= 1;
            match self.tokens[at].sense {
                // A record set on Friday is one; a vote set for Friday is to come.
                Sense::Future
                    if self.word(at) == "set" && self.joined(at + 1) == Some(Sense::On) =>
                {
                    return Some(false);
                }
                // "It had been due Friday" speaks of a Friday gone.
                Sense::Future => return Some(!(at > 1 && self.word(at - 2) == "had")),
                // "is expected to have voted": the word before a past form may turn it.
                Sense::Past if at > 0 && self.turned(at) => return Some(true),
                // "an unspecified date": a past form that only describes.
                Sense::Past if self.describes(at) => {}
                Sense::Past => return Some(false),
                Sense::Being if self.joined(at + 1) == Some(Sense::To) => return Some(true),
                _ => {}
            }
        }
        None
    }

    /// Whether a past form leads a noun: "an unspecified date", "a still unnamed town".
    fn describes(&self, at: usize) -> bool {
        const ADVERBS: &[&str] = &["still", "newly", "recently", "previously", "highly", "widely"];
        if at == 0 || !self.word(at).ends_with("ed") {
            return false;
        }
        let adverb = at > 1 && ADVERBS.contains(&self.word(at - 1));
        self.word(at - 1) != "that" && self.leads_a_noun(at - 1)
            || adverb && self.leads_a_noun(at - 2)
    }

    /// Whether a past form belongs to a verb of the future: "will be held", "to be signed".
    fn turned(&self, at: usize) -> bool {
        let near = at.saturating_sub(3)..at;
        let future = near.clone().any(|word| self.tokens[word].sense == Sense::Future);
        let to_be = near.clone().any(|word| {
            self.tokens[word].sense == Sense::To && self.tokens[word + 1].sense == Sense::Being
        });
        future || to_be
    }

    fn verb_behind(&self, to: usize) -> Option<bool> {
        for at in to..self.tokens.len().min(to + REACH.1) {
            match self.tokens[at].sense {
                _ if self.sentence_starts(at) => return None,
                Sense::Future => return Some(true),
                Sense::Past => return Some(false),
                _ => {}
            }
        }
        None
    }
}
