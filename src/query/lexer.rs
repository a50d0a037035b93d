//! What was typed, cut into tokens with their places in bytes.
//!
//! Comes in: the text. Goes out: tokens, or an error where a quotation or a range is never closed.
//! Does not know which fields there are, nor which words are operators.

use super::Dialect;
use super::distances::glued;
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::model::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `&&`, or a word that stands as AND.
    And,
    /// `|`, or a word that stands as OR.
    Or,
    /// `-` (or the dash that a word processor makes of it) or `!` before something, or a word that stands as NOT.
    Not,
    /// A run without blanks.
    Word,
    /// Words between quotation marks; the text is without the marks.
    Phrase,
    /// A name that asks for a field, and how; the text is the name.
    Field(Mark),
    /// `[a TO b]`; the text is with its brackets.
    Interval,
    /// `/regular expression/`
    Pattern,
    /// A word that stands as an operator of distance: `w/5`.
    Distance,
    /// A word that stands before what must be there so many times: `atleast3`.
    AtLeast,
    /// `~5` directly behind a phrase.
    Slop,
}

/// What stands between a field's name and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `:` or `=`
    Is,
    /// `(`
    Call,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    /// What it says.
    pub(super) text: &'a str,
    /// Where it stands, with its marks.
    pub(super) span: Span,
}

impl Token<'_> {
    /// Whether something to be found may end here.
    pub(super) fn ends_operand(&self) -> bool {
        matches!(
            self.kind,
            Kind::Word | Kind::Phrase | Kind::Close | Kind::Interval | Kind::Pattern | Kind::Slop
        )
    }

    /// Whether something to be found may start here.
    pub(super) fn starts_operand(&self) -> bool {
        !matches!(self.kind, Kind::Close | Kind::And | Kind::Or | Kind::Distance | Kind::Slop)
    }
}

/// How far a range in square brackets may reach: two days, `TO` and blanks are 30 bytes.
const INTERVAL_REACH: usize = 80;

/// How long a regular expression is looked for; a longer one is words with slashes.
const PATTERN_REACH: usize = 256;

/// Cuts what was typed into tokens.
pub(super) fn lex(typed: &str, dialect: Dialect) -> Result<Vec<Token<'_>>> {
    let mut lexer = Lexer { typed, dialect, at: 0, tokens: Vec::new() };
    while let Some(letter) = lexer.skip_blanks() {
        lexer.token(letter)?;
    }
    Ok(lexer.tokens)
}

/// Whether a letter opens or closes a phrase: straight, curly, German, French, full-width.
pub(super) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

struct Lexer<'a> {
    typed: &'a str,
    dialect: Dialect,
    at: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.typed[self.at..]
    }

    fn skip_blanks(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
        self.rest().chars().next()
    }

    fn token(&mut self, letter: char) -> Result<()> {
        let rest = self.rest();
        match letter {
            '(' => self.push(Kind::Open, 1),
            ')' => self.push(Kind::Close, 1),
            '|' => self.push(Kind::Or, if rest.starts_with("||") { 2 } else { 1 }),
            '&' if rest.starts_with("&&") => self.push(Kind::And, 2),
            '&' if stands_alone(rest) => self.push(Kind::And, 1),
            '-' | '!' | '–' | '−' if !stands_alone(rest) => {
                self.push(Kind::Not, letter.len_utf8())
            }
            '[' if self.dialect.groups_by_squares() => self.push(Kind::Open, 1),
            ']' if self.dialect.groups_by_squares() => self.push(Kind::Close, 1),
            '[' | '{' => return self.interval_or_word(),
            '/' => match (glued(rest), pattern_end(rest)) {
                (Some(length), _) => self.push(Kind::Word, length),
                (None, Some(length)) => self.push(Kind::Pattern, length),
                (None, None) => self.word(),
            },
            letter if is_quote(letter) => return self.phrase(letter),
            _ => self.field_or_word(),
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let text = &self.rest()[..length];
        self.push_text(kind, text, length);
    }

    fn push_text(&mut self, kind: Kind, text: &'a str, length: usize) {
        let span = Span::new(self.at, self.at + length);
        self.tokens.push(Token { kind, text, span });
        self.at += length;
    }

    fn phrase(&mut self, open: char) -> Result<()> {
        let inner = &self.rest()[open.len_utf8()..];
        let Some((length, close)) = inner.char_indices().find(|(_, letter)| is_quote(*letter))
        else {
            let end = self.at + open.len_utf8();
            return Err(Error::new(ErrorKind::Query, "this quotation mark has no partner")
                .pointing_at(self.typed, self.at, end)
                .hint("close the phrase with a second mark, or leave this one out"));
        };
        let whole = open.len_utf8() + length + close.len_utf8();
        self.push_text(Kind::Phrase, &inner[..length], whole);
        Ok(())
    }

    /// A range behind a field's mark, or anywhere where it says `TO`; else brackets are no more
    /// than punctuation: "[sic]".
    fn interval_or_word(&mut self) -> Result<()> {
        let rest = self.rest();
        let reach = cut(rest, INTERVAL_REACH);
        let behind_field =
            self.tokens.last().is_some_and(|last| matches!(last.kind, Kind::Field(_)));
        let end = reach.find([']', '}']).map(|end| end + 1);
        match end {
            Some(end) if behind_field || reach[..end].contains(" TO ") => {
                self.push(Kind::Interval, end);
            }
            None if behind_field => {
                return Err(Error::new(ErrorKind::Query, "this range is never closed")
                    .pointing_at(self.typed, self.at, self.at + 1)
                    .hint("a range is written `[2025-03-01 TO 2025-03-18]`"));
            }
            _ => self.word(),
        }
        Ok(())
    }

    fn field_or_word(&mut self) {
        let rest = self.rest();
        let name = &rest[..name_length(rest)];
        match mark(&rest[name.len()..]) {
            Some(_) if is_operator_word(name) => self.push(Kind::Word, name.len()),
            Some((mark, length)) if !name.is_empty() => {
                self.push_text(Kind::Field(mark), name, name.len() + length);
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let squares = self.dialect.groups_by_squares();
        let length = first + word_length(&rest[first..], squares);
        if let Some(not) = self.dialect.not_before_distance(&rest[..length]) {
            return self.push(Kind::Word, not);
        }
        let text = self.dialect.with_number(&rest[..length]);
        self.push_text(Kind::Word, text, length);
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// Whether a sign stands before a blank, a closing bracket or nothing.
fn stands_alone(rest: &str) -> bool {
    rest.chars().nth(1).is_none_or(|next| is_blank(next) || next == ')')
}

fn is_operator_word(name: &str) -> bool {
    super::operators::worded(name).is_some()
}

/// The bytes of a name of a field: it starts with a letter and has no accents.
fn name_length(rest: &str) -> usize {
    if !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return 0;
    }
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    rest.bytes().take_while(part).count()
}

/// Reads the mark behind a name, and how many bytes it takes.
///
/// Blanks may stand before `=`, `<` and `>` ("length > 1200"), never before a colon or a bracket.
fn mark(rest: &str) -> Option<(Mark, usize)> {
    if rest.starts_with('(') {
        return Some((Mark::Call, 0));
    }
    let signs = rest.trim_start_matches(is_blank);
    let blanks = rest.len() - signs.len();
    let (equals, signs) = match signs.as_bytes().first()? {
        b':' if blanks == 0 => (1, &signs[1..]),
        b'=' => (1, &signs[1..]),
        b'<' | b'>' => (0, signs),
        _ => return None,
    };
    let (mark, length) = comparison(signs).unwrap_or((Mark::Is, 0));
    Some((mark, blanks + equals + length))
}

/// Reads `<`, `<=`, `>` or `>=`, and how many bytes it takes.
pub(super) fn comparison(text: &str) -> Option<(Mark, usize)> {
    const SIGNS: &[(&str, Mark)] =
        &[("<=", Mark::AtMost), (">=", Mark::AtLeast), ("<", Mark::Below), (">", Mark::Above)];
    SIGNS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, mark)| (*mark, sign.len()))
}

/// The bytes up to what ends a word.
fn word_length(rest: &str, squares: bool) -> usize {
    let ends = |(at, letter): &(usize, char)| {
        is_blank(*letter)
            || matches!(letter, '(' | ')' | '|')
            || squares && matches!(letter, '[' | ']')
            || *letter == '/' && glued(&rest[*at..]).is_some()
            || is_quote(*letter)
            || *letter == '&' && rest[*at..].starts_with("&&")
    };
    rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at)
}

/// The bytes of a regular expression between slashes, where the text starts with one.
fn pattern_end(rest: &str) -> Option<usize> {
    let reach = cut(rest, PATTERN_REACH);
    let run = &reach[..reach.find(is_blank).unwrap_or(reach.len())];
    let pattern = run.trim_end_matches(')');
    (pattern.len() > 2 && pattern.ends_with('/')).then_some(pattern.len())
}

/// The front of a text, at most so many bytes.
fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(typed: &str) -> Vec<(Kind, &str)> {
        lex(typed, Dialect::Newsroom)
            .unwrap()
            .iter()
            .map(|token| (token.kind, token.text))
            .collect()
    }

    #[test]
    fn signs_and_words_are_parted() {
        assert_eq!(
            kinds("a -b|(c && AT&T)"),
            [
                (Kind::Word, "a"),
                (Kind::Not, "-"),
                (Kind::Word, "b"),
                (Kind::Or, "|"),
                (Kind::Open, "("),
                (Kind::Word, "c"),
                (Kind::And, "&&"),
                (Kind::Word, "AT&T"),
                (Kind::Close, ")"),
            ]
        );
    }

    #[test]
    fn a_field_is_a_name_with_its_mark() {
        assert_eq!(kinds("hd=x"), [(Kind::Field(Mark::Is), "hd"), (Kind::Word, "x")]);
        assert_eq!(kinds("wc > 9"), [(Kind::Field(Mark::Above), "wc"), (Kind::Word, "9")]);
        assert_eq!(kinds("wc:>=9"), [(Kind::Field(Mark::AtLeast), "wc"), (Kind::Word, "9")]);
        assert_eq!(kinds("10:30"), [(Kind::Word, "10:30")]);
        assert_eq!(kinds("not(a)")[0], (Kind::Word, "not"));
    }

    #[test]
    fn any_pair_of_quotation_marks_makes_a_phrase() {
        for typed in ["\"a b\"", "“a b”", "„a b“", "«a b»", "“a b\""] {
            assert_eq!(kinds(typed), [(Kind::Phrase, "a b")], "{typed}");
        }
    }

    #[test]
    fn square_brackets_are_a_range_only_where_one_can_be_meant() {
        assert_eq!(kinds("date:[a TO b]")[1], (Kind::Interval, "[a TO b]"));
        assert_eq!(kinds("[sic]"), [(Kind::Word, "[sic]")]);
        assert!(lex("date:[2025", Dialect::Newsroom).is_err());
    }

    #[test]
    fn slashes_at_both_ends_are_a_pattern() {
        assert_eq!(kinds("(/re[gx](a|b)/)")[1], (Kind::Pattern, "/re[gx](a|b)/"));
        assert_eq!(kinds("/2025/03"), [(Kind::Word, "/2025/03")]);
    }
}
