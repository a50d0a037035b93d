//! Which words are operators.
//!
//! Comes in: tokens. Goes out: the same with AND, OR and NOT told from words, what the reader
//! should know of it, and an error where an operator is understood and not yet answered.
//!
//! Capitals are always operators. In lower case a word is one where it stands between operands,
//! as Factiva and Nexis read it; quotation marks make it a word again.

use super::distances;
use super::lexer::{Kind, Mark, Token};
use super::operators::worded;
use super::parser::{MOST_CLAUSES, too_many};
use super::pending::{self, Pending, Seen};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::model::Span;

/// Makes one token of `AROUND(5)`.
pub(super) fn join_calls<'a>(typed: &'a str, tokens: &mut Vec<Token<'a>>) {
    let mut at = 0;
    while at + 4 <= tokens.len() {
        let span = tokens[at].span.join(tokens[at + 3].span);
        let is_call = tokens[at].kind == Kind::Field(Mark::Call)
            && tokens[at].text.eq_ignore_ascii_case("around")
            && tokens[at + 3].kind == Kind::Close
            && distances::read(span.of(typed)).is_some();
        if is_call {
            let joined = Token { kind: Kind::Distance, text: span.of(typed), span };
            tokens.splice(at..at + 4, [joined]);
        }
        at += 1;
    }
}

/// Settles what each word is.
pub(super) fn settle(typed: &str, tokens: &mut [Token<'_>], notes: &mut Vec<String>) -> Result<()> {
    let mut asked = 0;
    for at in 0..tokens.len() {
        let (role, note) = role(tokens, at);
        tokens[at].kind = role;
        asked += usize::from(matches!(role, Kind::Word | Kind::Phrase | Kind::Interval));
        if asked > MOST_CLAUSES {
            return Err(too_many(typed, tokens[at].span));
        }
        if let Some(note) = note
            && !notes.contains(&note)
        {
            notes.push(note);
        }
        refuse_pending(typed, tokens, at)?;
    }
    notes.extend(single_marks(tokens));
    Ok(())
}

/// Tells that 'a b' is no phrase: a single mark may be an apostrophe ("the ministers' homes").
fn single_marks(tokens: &[Token<'_>]) -> Option<String> {
    let mut words = tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| token.text);
    let marks = ['\'', '‘', '’'];
    let opened = words.by_ref().find(|word| word.starts_with(marks))?;
    let closed = opened.len() > 1 && opened.ends_with(marks) || words.any(|w| w.ends_with(marks));
    closed.then(|| {
        "single quotation marks are read as apostrophes; a phrase stands in double ones".into()
    })
}

/// The kind of a token, and what the reader should know of it.
fn role(tokens: &[Token<'_>], at: usize) -> (Kind, Option<String>) {
    let token = &tokens[at];
    let around = Around::of(tokens, at);
    if let Some(kind) = role_of_place(tokens, at, &around) {
        let note = token.text.eq_ignore_ascii_case("same").then(|| {
            "`same` is read as `w/p`, in one paragraph; to find the word write `\"same\"`"
                .to_owned()
        });
        return (kind, note);
    }
    let operator = match token.kind {
        Kind::Word => worded(token.text),
        _ => None,
    };
    let Some(operator) = operator else { return (token.kind, None) };
    let turns_distance = operator.kind == Kind::Not
        && tokens.get(at + 1).is_some_and(|next| distances::read(next.text).is_some());
    if token.text == operator.name || turns_distance && around.after_operand {
        return (operator.kind, None);
    }
    let word = token.text;
    let is_operator = match operator.kind {
        Kind::Not => around.before_operand || around.after_operator,
        _ => around.after_operator || around.after_operand && !around.last,
    };
    if around.is_value {
        return (Kind::Word, None);
    }
    if !is_operator {
        let note = format!("`{word}` is searched as a word here, for it joins nothing");
        return (Kind::Word, Some(note));
    }
    let surprising = operator.kind == Kind::Not && !around.after_operator && !around.before_group;
    let name = operator.name;
    let note = || format!("`{word}` is read as {name}; to find the word itself write `\"{word}\"`");
    (operator.kind, surprising.then(note))
}

/// What a word is that says where things must stand to each other, or how often.
fn role_of_place(tokens: &[Token<'_>], at: usize, around: &Around) -> Option<Kind> {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    if token.kind == Kind::Word
        && token.text.starts_with('~')
        && before.is_some_and(|b| b.kind == Kind::Phrase && b.span.end() == token.span.start())
    {
        return Some(Kind::Slop);
    }
    let is_plain = matches!(token.kind, Kind::Word | Kind::Pattern) && !around.is_value;
    if !is_plain || is_explained_later(tokens, at) {
        return None;
    }
    let least = |name| distances::number_behind(name, token.text).is_some();
    if around.before_operand && (least("atleast") || least("atl")) {
        return Some(Kind::AtLeast);
    }
    distances::read(token.text)?;
    let is_between = (around.after_operand || around.after_operator) && around.before_operand;
    (is_between || distances::is_unmistakable(token.text)).then_some(Kind::Distance)
}

/// What stands around a word.
struct Around {
    after_operand: bool,
    after_operator: bool,
    before_operand: bool,
    before_group: bool,
    is_value: bool,
    last: bool,
}

impl Around {
    fn of(tokens: &[Token<'_>], at: usize) -> Self {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(at + 1);
        let is_operator =
            |token: &&Token<'_>| matches!(token.kind, Kind::And | Kind::Or | Kind::Not);
        Self {
            after_operand: before.is_some_and(Token::ends_operand),
            after_operator: before.as_ref().is_some_and(is_operator),
            before_operand: after.is_some_and(Token::starts_operand),
            before_group: after.is_some_and(|a| matches!(a.kind, Kind::Open | Kind::Field(_))),
            is_value: before.is_some_and(|token| matches!(token.kind, Kind::Field(_))),
            last: after.is_none_or(|token| token.kind == Kind::Close),
        }
    }
}

/// Refuses an operator that is not yet answered.
fn refuse_pending(typed: &str, tokens: &[Token<'_>], at: usize) -> Result<()> {
    let token = &tokens[at];
    match token.kind {
        Kind::Word => refuse_word(typed, tokens, at),
        Kind::Phrase => refuse_phrase(typed, token),
        Kind::Field(_) => refuse_seen(typed, token, &[Seen::Field]),
        _ => Ok(()),
    }
}

fn refuse_word(typed: &str, tokens: &[Token<'_>], at: usize) -> Result<()> {
    let token = &tokens[at];
    let around = Around::of(tokens, at);
    if is_explained_later(tokens, at) {
        return Ok(());
    }
    if around.after_operand && around.before_operand {
        refuse_seen(typed, token, &[Seen::Capitals])?;
    }
    // A token of nothing but signs is told to be no word at all, and `*` alone is everything.
    if token.text.contains(char::is_alphanumeric) && !is_path(tokens, at) {
        refuse_seen(typed, token, &[Seen::Sign])?;
    }
    Ok(())
}

/// Leaves to the parser what it explains better: the value of a field that does not exist
/// ("http://x?y"), and Factiva's days from today ("date from -14 to +7").
fn is_explained_later(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    before.is_some_and(|before| match before.kind {
        Kind::Field(_) => !super::is_name(before.text),
        _ => before.text.eq_ignore_ascii_case("to") && tokens[at].text.starts_with('+'),
    })
}

/// Paths hold slashes and odd signs of their own.
fn is_path(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    before.is_some_and(|token| {
        let named = super::named(token.text).map(|name| name.field);
        matches!(token.kind, Kind::Field(_)) && named == Some(crate::model::Field::Path)
    })
}

fn refuse_phrase(typed: &str, token: &Token<'_>) -> Result<()> {
    let behind = &typed[token.span.end()..];
    match pending::find(Seen::BehindPhrase, behind) {
        None => Ok(()),
        Some((pending, _, sign)) => {
            let number = behind[sign..].bytes().take_while(u8::is_ascii_digit).count();
            let start = token.span.end();
            Err(unanswered(typed, Span::new(start, start + sign + number), pending))
        }
    }
}

fn refuse_seen(typed: &str, token: &Token<'_>, ways: &[Seen]) -> Result<()> {
    let found = ways.iter().find_map(|seen| pending::find(*seen, token.text));
    let Some((pending, start, end)) = found else { return Ok(()) };
    let at = token.span.start();
    Err(unanswered(typed, Span::new(at + start, at + end), pending))
}

fn unanswered(typed: &str, span: Span, pending: &Pending) -> Error {
    let name = span.of(typed);
    let message = format!("`{name}` ({}) is understood and not answered yet", pending.doc);
    Error::new(ErrorKind::Query, message)
        .pointing_at(typed, span.start(), span.end())
        .hint(pending.instead)
}
