//! What a field's value means, by what the field holds.

use jiff::civil::Date;

use super::days::{self, Reach};
use super::lexer::comparison;
use super::numbers;
use crate::contract::FieldName;
use crate::error::{Error, Kind, Result};
use crate::model::{Field, Node};
use crate::text::words::words;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Words.
    Words,
    /// Names of people: words that belong together.
    Names,
    /// Days.
    Days,
    /// Numbers.
    Numbers,
}

impl Holds {
    /// What a field holds.
    pub(super) fn of(field: Field) -> Self {
        match field {
            Field::Published | Field::Mentions => Self::Days,
            Field::Length => Self::Numbers,
            Field::Speaker | Field::Person => Self::Names,
            _ => Self::Words,
        }
    }

    /// Whether its values stand in an order, so that one can be more than another.
    pub(super) fn is_ordered(self) -> bool {
        matches!(self, Self::Days | Self::Numbers)
    }
}

/// A value that stands alone: a word that the rules for words part is a phrase.
///
/// Gives none where there is no letter or digit in it.
pub(super) fn of_words(field: Field, text: &str) -> Option<Node> {
    let mut folded: Vec<String> =
        words(text).map(|word| word.folded.into_owned()).filter(|word| !word.is_empty()).collect();
    match folded.len() {
        0 => None,
        1 => folded.pop().map(|word| Node::Term(field, word)),
        _ => Some(Node::Phrase(field, folded)),
    }
}

/// A value of a field of days or numbers; `>2025` may stand inside a group.
pub(super) fn of_range(field: Field, text: &str, reach: Reach, today: Date) -> Result<Node> {
    let (text, reach) = match (reach, comparison(text)) {
        (Reach::Within, Some((mark, length))) => (&text[length..], Reach::of(mark)),
        _ => (text, reach),
    };
    let (from, to) = match Holds::of(field) {
        Holds::Numbers => numbers::read(text, reach)?,
        _ => days::read(text, reach, today)?,
    };
    Ok(Node::Range(field, from, to))
}

/// A value in square brackets: `[2025-03-01 TO 2025-03-18]`, both ends inclusive.
pub(super) fn of_interval(field: &FieldName, text: &str, today: Date) -> Result<Node> {
    let holds = Holds::of(field.field);
    if !holds.is_ordered() {
        let message = format!("`{}` holds words, and words have no range", field.name);
        return Err(Error::new(Kind::Query, message).hint("ranges are for days and lengths"));
    }
    let inner = &text[1..text.len() - 1];
    let Some((first, last)) = inner.split_once(" TO ").or_else(|| inner.split_once(" to ")) else {
        return Err(Error::new(Kind::Query, format!("`{text}` is not a range"))
            .hint("a range is written `[2025-03-01 TO 2025-03-18]`"));
    };
    if text.starts_with('{') || text.ends_with('}') {
        return Err(Error::new(Kind::Query, "a range in curly brackets is not answered")
            .hint("square brackets take in both ends; `>` and `<` leave theirs out"));
    }
    let (from, to) = match holds {
        Holds::Numbers => numbers::range(text, first, last)?,
        _ => days::range(text, first, last, today)?,
    };
    Ok(Node::Range(field.field, from, to))
}
