//! Factiva's sentences of days: `date from 20250301 to 20250318`, `date after 20250301`.

use super::Parser;
use super::refuse;
use crate::error::{Error, Result};
use crate::model::{Field, Node};
use crate::query::days::{self, Reach};
use crate::query::lexer::{Kind, Token};
use crate::query::value;

/// What may follow the word `date`.
const REACHES: &[(&str, Reach)] = &[
    ("from", Reach::Since),
    ("since", Reach::Since),
    ("after", Reach::After),
    ("aft", Reach::After),
    ("before", Reach::Before),
    ("bef", Reach::Before),
    ("until", Reach::Until),
    ("on", Reach::Within),
    ("is", Reach::Within),
];

impl<'a> Parser<'a> {
    /// Reads a sentence of days, its first word being read; none where it is no more than a word.
    pub(super) fn dates(&mut self, token: Token<'a>) -> Result<Option<Node>> {
        if token.kind != Kind::Word || !token.text.eq_ignore_ascii_case("date") {
            return Ok(None);
        }
        if let Some(relative) = self.days_from_today(0) {
            return Err(refuse::relative_days(self.typed, token.span.join(relative.span)));
        }
        let Some(reach) = self.word_at(0).and_then(|word| reach(word.text)) else {
            return Ok(None);
        };
        if let Some(relative) = self.days_from_today(1) {
            return Err(refuse::relative_days(self.typed, token.span.join(relative.span)));
        }
        let Some(first) = self.day_at(1) else { return Ok(None) };
        self.at += 2;
        let to = self.word_at(0).filter(|word| word.text.eq_ignore_ascii_case("to"));
        let last = to.and_then(|_| self.day_at(1));
        let (Some(last), Reach::Since) = (last, reach) else {
            return self.published(first, reach).map(Some);
        };
        self.at += 2;
        let span = first.span.join(last.span);
        let here = |error: Error| error.pointing_at(self.typed, span.start(), span.end());
        let (from, to) =
            days::range(span.of(self.typed), first.text, last.text, self.today).map_err(here)?;
        Ok(Some(Node::Range(Field::Published, from, to)))
    }

    fn published(&self, day: Token<'a>, reach: Reach) -> Result<Node> {
        let here = |error: Error| error.pointing_at(self.typed, day.span.start(), day.span.end());
        value::of_range(Field::Published, day.text, reach, self.today).map_err(here)
    }

    fn word_at(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + ahead).copied().filter(|token| token.kind == Kind::Word)
    }

    /// A word that starts as a day does: "date from hell" is three words.
    fn day_at(&self, ahead: usize) -> Option<Token<'a>> {
        self.word_at(ahead).filter(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Factiva's `date -7` and `date from -14`.
    fn days_from_today(&self, ahead: usize) -> Option<Token<'a>> {
        let sign = self.tokens.get(self.at + ahead)?;
        let day = self.day_at(ahead + 1)?;
        (sign.kind == Kind::Not && sign.text == "-" && sign.span.end() == day.span.start())
            .then_some(day)
    }
}

fn reach(word: &str) -> Option<Reach> {
    let is_it = |(known, _): &&(&str, Reach)| known.eq_ignore_ascii_case(word);
    REACHES.iter().find(is_it).map(|(_, reach)| *reach)
}
