//! What is said of a query that cannot be read: what, where, and what would be right.

use crate::contract::FieldName;
use crate::error::{Error, Kind as ErrorKind};
use crate::model::Span;
use crate::query::lexer::{Kind, Mark, Token};
use crate::query::suggest;

pub(super) fn wrong(typed: &str, span: Span, message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Query, message).pointing_at(typed, span.start(), span.end())
}

/// The query is over the cap; it is not shown.
pub(super) fn too_long(length: usize, most: usize) -> Error {
    let message = format!("the query is {length} bytes long, and {most} are the most");
    Error::new(ErrorKind::Query, message).hint("ask for fewer words at a time")
}

pub(super) fn empty(typed: &str) -> Error {
    wrong(typed, Span::new(0, typed.len()), "the query is empty").hint("`*` finds every story")
}

pub(super) fn too_deep(typed: &str, span: Span, most: usize) -> Error {
    wrong(typed, span, format!("brackets stand more than {most} deep"))
        .hint("leave out brackets that part nothing")
}

pub(super) fn too_many(typed: &str, span: Span, most: usize) -> Error {
    wrong(typed, span, format!("the query asks for more than {most} words and values"))
        .hint("ask in several queries")
}

pub(super) fn unclosed(typed: &str, open: Span) -> Error {
    wrong(typed, open, "this bracket is never closed").hint("close it with `)`")
}

pub(super) fn unmatched_close(typed: &str, close: Span) -> Error {
    wrong(typed, close, "this bracket closes nothing").hint("leave it out, or open it with `(`")
}

/// A closing bracket where something to find should stand.
pub(super) fn unmatched_or_early_close(typed: &str, close: Token<'_>, depth: usize) -> Error {
    if depth == 0 {
        return unmatched_close(typed, close.span);
    }
    wrong(typed, close.span, "something to find is missing before this bracket")
        .hint("put a word before it, or leave the operator out")
}

pub(super) fn empty_brackets(typed: &str, span: Span) -> Error {
    wrong(typed, span, "nothing stands between these brackets").hint("leave them out")
}

/// An operator with nothing behind it.
pub(super) fn lone_operator(typed: &str, token: Token<'_>) -> Error {
    let name = token.span.of(typed);
    let error = wrong(typed, token.span, format!("`{name}` has nothing behind it"));
    match name.starts_with(char::is_alphabetic) {
        true => error.hint(format!("to find the word itself write `\"{name}\"`")),
        false => error.hint(format!("put the word right behind it: `{name}word`")),
    }
}

/// The query ends where something to find should stand.
pub(super) fn missing_operand(typed: &str, before: Option<Token<'_>>) -> Error {
    match before {
        Some(token) if token.kind == Kind::Open => unclosed(typed, token.span),
        Some(token) => lone_operator(typed, token),
        None => empty(typed),
    }
}

/// An operator where something to find should stand.
pub(super) fn stray_operator(typed: &str, token: Token<'_>, before: Option<Token<'_>>) -> Error {
    let name = token.span.of(typed);
    let is_operator =
        |token: &Token<'_>| matches!(token.kind, Kind::And | Kind::Or | Kind::Not | Kind::Distance);
    if let Some(before) = before.filter(is_operator) {
        let span = before.span.join(token.span);
        let first = before.span.of(typed);
        return wrong(typed, span, format!("`{first}` and `{name}` stand side by side"))
            .hint(format!("leave one of them out; the word itself is written `\"{name}\"`"));
    }
    let error = wrong(typed, token.span, format!("`{name}` has nothing before it"));
    match name.starts_with(char::is_alphabetic) {
        true => error.hint(format!("to find the word itself write `\"{name}\"`")),
        false => error.hint("leave it out"),
    }
}

/// A token without a letter or digit.
pub(super) fn no_words(typed: &str, token: Token<'_>) -> Error {
    let shown = token.span.of(typed);
    if token.kind == Kind::Phrase {
        return wrong(typed, token.span, "this phrase has no words in it")
            .hint("put words between the marks, or leave them out");
    }
    let error = wrong(typed, token.span, format!("`{shown}` has no letter or digit to find"));
    match shown {
        "-" | "!" => {
            error.hint(format!("to leave a word out write `{shown}word`, without a blank"))
        }
        ".." | "..." => error.hint("a range has no blanks in it: `2025-03-01..2025-03-18`"),
        _ => error.hint("leave it out"),
    }
}

/// A name before a colon or a bracket that no field has.
pub(super) fn unknown_field(typed: &str, name: Token<'_>, mark: Mark) -> Error {
    let shown = name.text;
    let rest = &typed[name.span.end()..];
    if mark == Mark::Is && rest.starts_with("//") {
        let length = rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(rest.len());
        let span = Span::new(name.span.start(), name.span.end() + length);
        return wrong(typed, span, "an address is not a field and its value")
            .hint("to find the words of an address, put it in quotation marks");
    }
    let span = Span::new(name.span.start(), name.span.start() + shown.len());
    let error = wrong(typed, span, format!("there is no field `{shown}`"));
    if let Some(nearest) = suggest::nearest(shown) {
        let sign = if mark == Mark::Call { "(...)" } else { ":" };
        return error.hint(format!("did you mean `{nearest}{sign}`?"));
    }
    match mark {
        Mark::Call => error.hint(format!("for the word and what is in brackets write `{shown} (...)`")),
        _ => error.hint("`onrecord help fields` lists them; to find the words themselves, put them in quotation marks"),
    }
}

pub(super) fn unordered(typed: &str, name: Token<'_>, field: &FieldName) -> Error {
    let message =
        format!("`{}` holds words, and a word is not more or less than another", field.name);
    wrong(typed, name.span, message).hint(format!("write `{}`", field.example))
}

/// A field without a value.
pub(super) fn no_value(typed: &str, name: Token<'_>, next: Option<Token<'_>>) -> Error {
    let shown = name.span.of(typed);
    let error = wrong(typed, name.span, format!("`{shown}` has no value"));
    match next.map(|next| next.kind) {
        Some(Kind::Not) => error.hint(format!("NOT stands before the field: `-{shown}value`")),
        _ => error.hint(format!(
            "put what is to be found right behind it; to find the word itself write `\"{}\"`",
            name.text
        )),
    }
}

/// Brackets, or another sign, where a field takes one plain value.
pub(super) fn no_single_value(typed: &str, name: Token<'_>, value: Token<'_>) -> Error {
    let message = format!("`{}` takes one value, without brackets", name.text);
    wrong(typed, name.span.join(value.span), message)
        .hint("a range is written `published:2025-03-01..2025-03-18`")
}

pub(super) fn range_without_field(typed: &str, token: Token<'_>) -> Error {
    wrong(typed, token.span, "a range needs its field")
        .hint(format!("write `published:{0}` or `mentions:{0}`", token.text))
}

/// Several bare words as a name.
pub(super) fn parted_name(typed: &str, field: &FieldName, span: Span) -> Error {
    let (name, words) = (field.name, span.of(typed));
    wrong(typed, span, "a name of several words needs quotation marks")
        .hint(format!("write `{name}:\"{words}\"`, or AND between two people"))
}

/// Factiva's days counted from today.
pub(super) fn relative_days(typed: &str, span: Span) -> Error {
    wrong(typed, span, "days counted from today are written in another way here")
        .hint("write `last:7d`, or `published:2025-03-01..2025-03-18`")
}
