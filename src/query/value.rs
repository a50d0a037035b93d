//! What a field's value means, by what the field holds.

use jiff::civil::Date;

use super::days::{self, Reach};
use super::lexer::comparison;
use super::numbers;
use crate::contract::FieldName;
use crate::error::{Error, Kind, Result};
use crate::model::{Field, Near, Node, Pattern, Within};
use crate::text::folding::fold;
use crate::text::language::code_of;
use crate::text::patterns;
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
    let mut folded: Vec<String> = folded(text).collect();
    match folded.len() {
        0 => None,
        1 => folded.pop().map(|word| Node::Term(field, word)),
        _ => Some(Node::Phrase(field, folded)),
    }
}

/// How something may be said.
const KINDS: &[&str] = &["direct", "indirect", "mixed"];

/// A word as typed, which may be a pattern: `normali*`, `organi?ation`, `crimea!`, `zelensky~1`.
///
/// Gives none where there is no letter or digit in it.
pub(super) fn of_word(field: Field, text: &str) -> Result<Option<Node>> {
    if field == Field::Kind && !KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(text)) {
        return Err(Error::new(Kind::Query, format!("nothing is said in the way `{text}`"))
            .hint("`kind:` is direct, indirect or mixed"));
    }
    if field == Field::Language
        && let Some(code) = code_of(text)
    {
        return Ok(Some(Node::Term(field, code.to_owned())));
    }
    if let Some((word, alike)) = alike(text)? {
        let Some(Node::Term(field, word)) = of_words(field, word) else {
            return Err(Error::new(Kind::Query, format!("`{text}` is more than one word"))
                .hint("`~` stands behind a single word"));
        };
        let pattern = match alike {
            AlikeTo::Spelling(slips) => Pattern::Spelt(word, slips),
            AlikeTo::Forms => Pattern::Forms(word, ""),
        };
        return Ok(Some(Node::Like(field, pattern)));
    }
    let glob = text.strip_suffix('!').filter(|rest| !rest.is_empty());
    let glob = glob.map_or_else(|| text.to_owned(), |rest| format!("{rest}*"));
    if !glob.contains(['*', '?']) {
        return Ok(of_words(field, text));
    }
    let is_part = |c: char| !c.is_alphanumeric() && !matches!(c, '*' | '?' | '\'' | '’' | '.');
    let parts = glob.split(is_part).filter_map(|part| globbed(field, part));
    Ok(side_by_side(parts))
}

/// A word that so many letters may follow; none where there is no letter or digit in it.
pub(super) fn with_more_letters(field: Field, word: &str, more: u32) -> Option<Node> {
    let Some(Node::Term(field, word)) = of_words(field, word) else { return of_words(field, word) };
    // No word is longer than a few hundred letters.
    let more = more.min(99);
    Some(Node::Like(field, Pattern::Regular(format!("{word}.{{0,{more}}}"))))
}

/// A regular expression between slashes.
pub(super) fn of_regular(field: Field, text: &str) -> Result<Node> {
    let inner = text.strip_prefix('/').and_then(|text| text.strip_suffix('/'));
    let expression = inner.unwrap_or(text);
    match patterns::regular(expression) {
        Ok(_) => Ok(Node::Like(field, Pattern::Regular(expression.to_owned()))),
        Err(wrong) => Err(Error::new(Kind::Query, format!("no regular expression: {wrong}"))
            .hint("words with slashes stand in quotation marks")),
    }
}

/// A part of a word that is a pattern, or a word.
fn globbed(field: Field, part: &str) -> Option<Node> {
    if !part.contains(['*', '?']) {
        return of_words(field, part);
    }
    let mut glob = String::new();
    for piece in part.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        glob.push_str(&fold(letters));
        glob.push_str(&piece[letters.len()..]);
    }
    // Folding takes marks away that count as letters where they stand on none.
    glob.contains(char::is_alphanumeric).then_some(Node::Like(field, Pattern::Glob(glob)))
}

/// Parts that follow each other directly.
fn side_by_side(parts: impl Iterator<Item = Node>) -> Option<Node> {
    parts.reduce(|left, right| {
        let within = Within::Words(1);
        Node::Near(Box::new(Near { left, right, within, ordered: true, without: false }))
    })
}

/// What a word with `~` behind it stands for.
enum AlikeTo {
    /// The word with so many letters wrong.
    Spelling(u8),
    /// The word in all its forms.
    Forms,
}

/// A word, and what stands for it beside itself, where a text ends so.
fn alike(text: &str) -> Result<Option<(&str, AlikeTo)>> {
    let Some((word, number)) = text.rsplit_once('~').filter(|(word, _)| !word.is_empty()) else {
        return Ok(None);
    };
    match number {
        "" => Ok(Some((word, AlikeTo::Forms))),
        "1" => Ok(Some((word, AlikeTo::Spelling(1)))),
        "2" => Ok(Some((word, AlikeTo::Spelling(2)))),
        _ if word.contains(char::is_alphanumeric) => {
            Err(Error::new(Kind::Query, format!("`~{number}` is no number of letters"))
                .hint("`~1` allows one letter to differ, `~2` two; `~` alone takes all its forms"))
        }
        _ => Ok(None),
    }
}

/// A phrase; `*` in it is any word.
pub(super) fn of_phrase(field: Field, text: &str) -> Result<Option<Node>> {
    let is_star = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte == b'*');
    if !text.contains('*') {
        return Ok(of_words(field, text));
    }
    let mut words: Vec<String> = Vec::new();
    let mut patterns = false;
    for part in text.split_whitespace() {
        if is_star(part) {
            words.push(String::new());
            continue;
        }
        patterns |= part.contains('*');
        words.extend(folded(part));
    }
    if patterns {
        if words.iter().any(String::is_empty) {
            return Err(Error::new(Kind::Query, "a `*` for a word and one inside a word")
                .hint("write `a pre/2 b*` instead"));
        }
        let mut parts = Vec::new();
        for part in text.split_whitespace() {
            parts.extend(of_word(field, part)?);
        }
        return Ok(side_by_side(parts.into_iter()));
    }
    while words.last().is_some_and(String::is_empty) {
        words.pop();
    }
    let front = words.iter().take_while(|word| word.is_empty()).count();
    words.drain(..front);
    Ok(match words.len() {
        0 => None,
        1 => words.pop().map(|word| Node::Term(field, word)),
        _ => Some(Node::Phrase(field, words)),
    })
}

/// A phrase whose words may be moved by so many places.
pub(super) fn moved(phrase: Option<Node>, places: &str) -> Result<Option<Node>> {
    let Ok(places) = places.parse::<u32>() else {
        return Err(Error::new(Kind::Query, "how far the words may be moved is no number")
            .hint("write `\"a b\"~5`"));
    };
    let Some(Node::Phrase(field, words)) = phrase else { return Ok(phrase) };
    let mut once = words.clone();
    once.sort();
    once.dedup();
    if once.len() < words.len() || words.iter().any(String::is_empty) {
        return Err(Error::new(
            Kind::Query,
            "a phrase with the same word twice, or any word, cannot be moved",
        )
        .hint("write `a near5 b` instead"));
    }
    Ok(Some(Node::Loose(field, words, places.min(super::distances::FARTHEST))))
}

fn folded(text: &str) -> impl Iterator<Item = String> {
    words(text).map(|word| word.folded.into_owned()).filter(|word| !word.is_empty())
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
