//! A text being read for its dates: what every rule looks at.
//!
//! Comes in: tokens and the story's day. Goes out: looks at neighbouring words. Holds no rules.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::lexing::{Gap, Sense, Token};
use crate::contract::Text;
use crate::model::Period;

/// A text, its words, and what is known of its day.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) published: Option<Date>,
    /// The day last spoken of.
    pub(super) last: Option<Date>,
    /// The day, month, quarter or year last spoken of, and the token behind its words.
    pub(super) period: Option<(Period, usize)>,
    pub(super) language: &'a str,
    pub(super) source: &'a str,
    /// The order of day and month in digits, once it was looked for.
    pub(super) order: OnceCell<Option<Order>>,
}

/// Which of day and month stands first where both are digits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// An expression: its first token, the token behind it, and what it means.
pub(super) struct Expression {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: Period,
}

impl<'a> Reading<'a> {
    pub(super) fn new(tokens: &'a [Token], published: Option<Date>, of: &Text<'a>) -> Self {
        let Text { body: text, language, source, .. } = *of;
        let order = OnceCell::new();
        Self { text, tokens, published, last: None, period: None, language, source, order }
    }
}

impl Reading<'_> {
    /// A count in words or in up to three digits.
    pub(super) fn count_at(&self, at: usize) -> Option<i64> {
        match self.tokens.get(at)?.sense {
            Sense::A => Some(1),
            Sense::Count(count) => Some(i64::from(count)),
            Sense::Number(count, 1..=3) => Some(i64::from(count)),
            _ => None,
        }
    }

    /// Whether a word only leads a noun: "the", "a", "its", the "s" of "Orlo's".
    pub(super) fn leads_a_noun(&self, at: usize) -> bool {
        const LEADERS: &[&str] =
            &["its", "his", "her", "their", "our", "my", "that", "That", "any", "Its", "His"];
        match self.tokens[at].sense {
            Sense::The | Sense::A | Sense::Same => true,
            _ if self.tokens[at].gap == Gap::Apostrophe && self.word(at) == "s" => true,
            _ => LEADERS.contains(&self.word(at)),
        }
    }

    /// The sense of a word that follows the one before it directly or after a hyphen.
    #[inline]
    pub(super) fn joined(&self, at: usize) -> Option<Sense> {
        let token = self.tokens.get(at)?;
        matches!(token.gap, Gap::Space | Gap::Hyphen).then_some(token.sense)
    }

    /// The sense of the word before, where only a space or hyphen parts them.
    #[inline]
    pub(super) fn before(&self, at: usize) -> Option<Sense> {
        let gap = self.tokens.get(at)?.gap;
        matches!(gap, Gap::Space | Gap::Hyphen)
            .then(|| at.checked_sub(1).map(|before| self.tokens[before].sense))
            .flatten()
    }

    /// The word as it stands in the text.
    #[inline]
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
        matches!(token.gap, Gap::Stop | Gap::Point)
            || token.gap == Gap::Dot && token.capital && long
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
