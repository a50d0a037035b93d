//! A text being read for its dates: what every rule looks at.
//!
//! Comes in: tokens and the story's day. Goes out: looks at neighbouring words. Holds no rules.

use jiff::civil::Date;

use super::lexing::{Gap, Sense, Token};
use crate::model::Period;

/// A text, its words, and what is known of its day.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) published: Option<Date>,
    /// The day last spoken of.
    pub(super) last: Option<Date>,
}

/// An expression: its first token, the token behind it, and what it means.
pub(super) struct Expression {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: Period,
}

impl Reading<'_> {
    /// The sense of a word that follows the one before it directly or after a hyphen.
    pub(super) fn joined(&self, at: usize) -> Option<Sense> {
        let token = self.tokens.get(at)?;
        matches!(token.gap, Gap::Space | Gap::Hyphen).then_some(token.sense)
    }

    /// The sense of the word before, where only a space or hyphen parts them.
    pub(super) fn before(&self, at: usize) -> Option<Sense> {
        let gap = self.tokens.get(at)?.gap;
        matches!(gap, Gap::Space | Gap::Hyphen)
            .then(|| at.checked_sub(1).map(|before| self.tokens[before].sense))
            .flatten()
    }

    /// The word as it stands in the text.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or("")
    }

    /// A year in four digits, where the gap before it is one of those given.
    pub(super) fn year_at(&self, at: usize, gaps: &[Gap]) -> Option<i16> {
        let token = self.tokens.get(at).filter(|token| gaps.contains(&token.gap))?;
        match token.sense {
            Sense::Number(year @ 1000..=2199, 4) => i16::try_from(year).ok(),
            _ => None,
        }
    }

    /// A day of the month in digits.
    pub(super) fn day_at(&self, at: usize, gaps: &[Gap]) -> Option<i8> {
        let token = self.tokens.get(at).filter(|token| gaps.contains(&token.gap))?;
        match token.sense {
            Sense::Number(day @ 1..=31, 1..=2) if !self.fraction(at) => i8::try_from(day).ok(),
            Sense::Nth(day) => Some(day),
            _ => None,
        }
    }

    /// Whether a number goes on behind a mark without space: "2,014", "3.5", "10:30", "5%".
    pub(super) fn fraction(&self, at: usize) -> bool {
        let behind = &self.text.as_bytes()[self.tokens[at].end..];
        match behind {
            [b'%', ..] => true,
            [b',' | b'.' | b':', next, ..] => next.is_ascii_digit(),
            _ => false,
        }
    }

    /// Whether a word is said of all its kind: "each July".
    pub(super) fn every(&self, at: usize) -> bool {
        at > 0 && ["each", "every", "Each", "Every"].contains(&self.word(at - 1))
    }

    /// Whether a sentence may end before a word; a short word's dot is an abbreviation's.
    pub(super) fn sentence_starts(&self, at: usize) -> bool {
        const SHORT: usize = 4;
        let Some(token) = self.tokens.get(at) else { return true };
        let long = at > 0 && self.tokens[at - 1].end - self.tokens[at - 1].start > SHORT;
        token.gap == Gap::Stop || token.gap == Gap::Dot && token.capital && long
    }

    /// Moves an expression's start back over "early", "late", "mid".
    pub(super) fn with_about(&self, from: usize) -> usize {
        if self.before(from) == Some(Sense::About) { from - 1 } else { from }
    }

    /// Moves an expression's end on over "morning", "night".
    pub(super) fn with_part(&self, to: usize) -> usize {
        if self.joined(to) == Some(Sense::Part) { to + 1 } else { to }
    }
}
