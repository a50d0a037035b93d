//! A query's text to tokens, each with its place.

use jiff::civil::Date;

use super::coming::{self, Coming};
use super::days;
use super::fields::{DayWord, Holds, day_word, holds, named};
use super::suggest;
use crate::error::{Error, Kind, Result};
use crate::model::{Bound, Field, Span};

/// The longest query that is read, in bytes.
const LONGEST: usize = 64 << 10;

/// A token and its place in what was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lexed {
    pub(super) token: Token,
    pub(super) span: Span,
}

/// One piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// Everything: `*:*`.
    All,
    /// A field whose value follows.
    Field(Field),
    /// Letters as typed.
    Word(String),
    /// What stands between quotation marks.
    Phrase(String),
    /// A stretch of days or numbers in a field.
    Range(Field, Bound, Bound),
}

/// What was read, and what the reader should know of it.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Lexed>,
    pub(super) notes: Vec<String>,
}

/// An error that points at a part of the query.
pub(super) fn wrong(typed: &str, span: Span, message: impl Into<String>) -> Error {
    Error::new(Kind::Query, message).pointing_at(typed, span.start(), span.end())
}

/// An error for an operator that is not answered yet.
pub(super) fn not_yet(typed: &str, span: Span, coming: Coming) -> Error {
    wrong(typed, span, format!("{} cannot be asked for yet", coming.name))
        .hint(format!("{}; quotation marks make it a word", coming.instead))
}

/// Reads all tokens.
pub(super) fn tokens(typed: &str, today: Date) -> Result<Tokens> {
    if typed.len() > LONGEST {
        let message = format!("the query is longer than {} kB", LONGEST >> 10);
        return Err(Error::new(Kind::Query, message).hint("ask in several queries"));
    }
    let mut lexer = Lexer { typed, at: 0, today, out: Tokens::default() };
    while lexer.skip_blanks() {
        lexer.token()?;
    }
    Ok(lexer.out)
}

struct Lexer<'a> {
    typed: &'a str,
    at: usize,
    today: Date,
    out: Tokens,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.typed[self.at..]
    }

    /// Moves to the next token; says no at the end.
    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.at < self.typed.len()
    }

    fn token(&mut self) -> Result<()> {
        let rest = self.rest();
        for (mark, token) in [
            ("(", Token::Open),
            (")", Token::Close),
            ("||", Token::Or),
            ("|", Token::Or),
            ("&&", Token::And),
            ("*:*", Token::All),
        ] {
            if rest.starts_with(mark) {
                self.push(token, mark.len());
                return Ok(());
            }
        }
        if rest.starts_with(is_quotation_mark) {
            return self.phrase();
        }
        let behind_sign = rest.strip_prefix(['-', '!']).unwrap_or_default();
        if !behind_sign.is_empty() && !behind_sign.starts_with(char::is_whitespace) {
            self.push(Token::Not, 1);
            return Ok(());
        }
        let run = self.run();
        if run.starts_with('+') && run.len() > 1 && coming::of_word(run).is_none() {
            // A plus asks for a word that must be there, as every word must be.
            self.at += 1;
            return Ok(());
        }
        self.word_or_field()
    }

    fn push(&mut self, token: Token, bytes: usize) {
        let span = Span::new(self.at, self.at + bytes);
        self.at += bytes;
        self.out.tokens.push(Lexed { token, span });
    }

    /// The letters up to the next blank, bracket, bar or quotation mark.
    fn run(&self) -> &str {
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || "()|".contains(c) || is_quotation_mark(c);
        &rest[..rest.find(ends).unwrap_or(rest.len())]
    }

    fn phrase(&mut self) -> Result<()> {
        let start = self.at;
        let mark = self.rest().chars().next().map_or(0, char::len_utf8);
        let inner = &self.typed[start + mark..];
        let Some(end) = inner.find(is_quotation_mark) else {
            let span = Span::new(start, start + mark);
            return Err(wrong(self.typed, span, "this quotation mark is never closed")
                .hint("close the phrase with a second mark"));
        };
        let text = inner[..end].to_owned();
        let closing = inner[end..].chars().next().map_or(0, char::len_utf8);
        self.push(Token::Phrase(text), mark + end + closing);
        let slop = self.rest().strip_prefix('~').is_some();
        if slop && let Some(coming) = coming::of_marks("~") {
            let span = Span::new(start, self.at + self.run().len());
            return Err(not_yet(self.typed, span, coming));
        }
        Ok(())
    }

    fn word_or_field(&mut self) -> Result<()> {
        let run = self.run().to_owned();
        let span = Span::new(self.at, self.at + run.len());
        let behind = self.typed[span.end()..].trim_start();
        if let Some(token) = self.operator(&run, behind) {
            self.push(token, run.len());
            return Ok(());
        }
        if run.eq_ignore_ascii_case("date") && self.date_words()? {
            return Ok(());
        }
        if let Some((name, sign)) = name_and_sign(&run, behind) {
            return self.field(name, sign, span);
        }
        if self.typed[span.end()..].starts_with('(') {
            return self.function(&run, span);
        }
        if let Some(coming) = coming::of_word(&run) {
            return Err(not_yet(self.typed, span, coming));
        }
        self.push(Token::Word(run.clone()), run.len());
        Ok(())
    }

    /// The operator that a run is: capitals always, small letters between two operands.
    fn operator(&mut self, run: &str, behind: &str) -> Option<Token> {
        let operator = match run.to_ascii_uppercase().as_str() {
            "AND" => Token::And,
            "OR" => Token::Or,
            "NOT" => Token::Not,
            _ => return None,
        };
        if run.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Some(operator);
        }
        let last = self.out.tokens.last().map(|lexed| &lexed.token);
        let after_operator = matches!(last, Some(Token::And | Token::Or));
        let after_operand =
            last.is_some() && !after_operator && !matches!(last, Some(Token::Open | Token::Not));
        let before_operand = !behind.is_empty() && !behind.starts_with(')');
        if operator == Token::Not {
            if after_operator && before_operand {
                return Some(operator);
            }
            self.out.notes.push("`not` is read as a word here: NOT or - leaves out".to_owned());
            return None;
        }
        (after_operand && before_operand).then_some(operator)
    }

    /// `date from 20250301 to 20250318`, `date after 20250301`, `date before 20250301`.
    fn date_words(&mut self) -> Result<bool> {
        let words: Vec<(usize, &str)> = words_of(self.rest()).take(5).collect();
        let lower = |at: usize| words.get(at).map(|(_, word)| word.to_ascii_lowercase());
        let value = |at: usize| words.get(at).map_or("", |(_, word)| word);
        let end = |at: usize| words.get(at).map_or(0, |(start, word)| start + word.len());
        let (length, ends) = match (lower(1).as_deref(), lower(3).as_deref()) {
            (Some("from"), Some("to")) => {
                (end(4), days::range(&format!("{}..{}", value(2), value(4)), self.today))
            }
            (Some("after"), _) => (end(2), days::by_word(DayWord::After, value(2), self.today)),
            (Some("before"), _) => (end(2), days::by_word(DayWord::Before, value(2), self.today)),
            _ => return Ok(false),
        };
        let span = Span::new(self.at, self.at + length.max("date".len()));
        let (from, to) = ends.map_err(|why| wrong(self.typed, span, why).hint(DATE_WORD))?;
        self.push(Token::Range(Field::Published, from, to), length);
        Ok(true)
    }

    /// A name with brackets behind it: `headline(strike)`.
    fn function(&mut self, name: &str, span: Span) -> Result<()> {
        if let Some(coming) = coming::of_name(name) {
            return Err(not_yet(self.typed, span, coming));
        }
        match named(name) {
            Some(field) => {
                self.push(Token::Field(field), name.len());
                Ok(())
            }
            None => Err(unknown(self.typed, span, name, "(")),
        }
    }

    /// A name with a sign behind it: `source:reuters`, `hd=strike`, `wc>1000`.
    fn field(&mut self, name: &str, sign: &'static str, run: Span) -> Result<()> {
        let name_span = Span::new(run.start(), run.start() + name.len());
        if let Some(coming) = coming::of_name(name) {
            return Err(not_yet(self.typed, name_span, coming));
        }
        let field = named(name);
        let word = day_word(name);
        if field.is_none() && word.is_none() {
            return Err(unknown(self.typed, name_span, name, sign));
        }
        let start = self.at;
        let sign_at = self.typed[name_span.end()..].find(sign).unwrap_or_default();
        self.at = name_span.end() + sign_at + sign.len();
        let whole = |end: usize| Span::new(start, end);
        if !self.skip_blanks() || self.rest().starts_with(')') {
            return Err(wrong(self.typed, whole(self.at), format!("`{name}{sign}` has no value"))
                .hint(format!("write what it should be, as in {name}{sign}VALUE")));
        }
        match (field, word) {
            (Some(field), _) if sign == ":" || sign == "=" => self.value(field, whole(self.at)),
            (Some(field), _) => self.compared(field, sign, start),
            (None, Some(word)) => self.days(word, start),
            (None, None) => Ok(()),
        }
    }

    /// A value that follows a field's name and sign.
    fn value(&mut self, field: Field, span: Span) -> Result<()> {
        let grouped = self.rest().starts_with('(');
        if holds(field) == Holds::Words || grouped {
            self.out.tokens.push(Lexed { token: Token::Field(field), span });
            let plain = !grouped && !self.rest().starts_with(is_quotation_mark);
            if plain {
                return self.plain_value();
            }
            return Ok(());
        }
        self.compared(field, "", span.start())
    }

    /// A word that is the value of a field of words: no operators, no further field.
    fn plain_value(&mut self) -> Result<()> {
        let run = self.run().to_owned();
        let span = Span::new(self.at, self.at + run.len());
        if let Some(coming) = coming::of_marks(&run) {
            return Err(not_yet(self.typed, span, coming));
        }
        if run.is_empty() {
            return Err(wrong(
                self.typed,
                Span::new(self.at, self.at + 1),
                "a value is missing here",
            ));
        }
        self.push(Token::Word(run.clone()), run.len());
        Ok(())
    }

    /// A stretch of days or numbers, with the sign that stood before it.
    fn compared(&mut self, field: Field, sign: &str, start: usize) -> Result<()> {
        let (text, length) = self.range_text();
        let span = Span::new(start, self.at + length);
        let ends = match holds(field) {
            Holds::Days => days::range(&format!("{sign}{text}"), self.today),
            Holds::Numbers => numbers(sign, &text),
            Holds::Words => Err("this field holds words, and words have no order".to_owned()),
        };
        let (from, to) = ends.map_err(|why| wrong(self.typed, span, why))?;
        self.at += length;
        self.out.tokens.push(Lexed { token: Token::Range(field, from, to), span });
        Ok(())
    }

    fn days(&mut self, word: DayWord, start: usize) -> Result<()> {
        let (text, length) = self.range_text();
        let span = Span::new(start, self.at + length);
        let ends = days::by_word(word, &text, self.today);
        let (from, to) = ends.map_err(|why| wrong(self.typed, span, why))?;
        self.at += length;
        self.out.tokens.push(Lexed { token: Token::Range(Field::Published, from, to), span });
        Ok(())
    }

    /// The text of a stretch, without quotation marks around it, and its length as typed.
    fn range_text(&self) -> (String, usize) {
        let rest = self.rest();
        if rest.starts_with('[')
            && let Some(end) = rest.find(']')
        {
            return (rest[..=end].to_owned(), end + 1);
        }
        if let Some(mark) = rest.chars().next().filter(|c| is_quotation_mark(*c)) {
            let inner = &rest[mark.len_utf8()..];
            if let Some(end) = inner.find(is_quotation_mark) {
                let closing = inner[end..].chars().next().map_or(0, char::len_utf8);
                return (inner[..end].to_owned(), mark.len_utf8() + end + closing);
            }
        }
        let run = self.run();
        (run.to_owned(), run.len())
    }
}

const DATE_WORD: &str = "`date` begins a range: date from 20250301 to 20250318; \
                         quotation marks make it a word";

fn unknown(typed: &str, span: Span, name: &str, sign: &str) -> Error {
    let hint = match suggest::field(name) {
        Some(near) if sign == "(" => format!("did you mean `{near}(`?"),
        Some(near) => format!("did you mean `{near}{sign}`?"),
        None => "`onrecord help fields` lists them; quotation marks make it a word".to_owned(),
    };
    wrong(typed, span, format!("there is no field `{name}`")).hint(hint)
}

/// The name and the sign of a field, where a run begins with them; `behind` is what follows the run,
/// for `length > 400`.
fn name_and_sign<'a>(run: &'a str, behind: &str) -> Option<(&'a str, &'static str)> {
    const SIGNS: &[&str] = &[">=", "<=", ":", "=", ">", "<"];
    let sign_of = |text: &str| SIGNS.iter().find(|sign| text.starts_with(**sign)).copied();
    let end = run.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(run.len());
    let (name, rest) = run.split_at(end);
    if name.is_empty() || rest.starts_with("://") {
        return None;
    }
    if let Some(sign) = sign_of(rest) {
        return Some((name, sign));
    }
    let apart = rest.is_empty() && behind.starts_with(['<', '>']);
    let ordered = named(name).is_some_and(|field| holds(field) != Holds::Words);
    if apart && ordered { sign_of(behind).map(|sign| (name, sign)) } else { None }
}

fn numbers(sign: &str, text: &str) -> std::result::Result<days::Ends, String> {
    const HOW: &str = "write a number of words, as in length>400 or length:100..400";
    let number = |text: &str| text.replace(',', "").parse::<u64>().map_err(|_| HOW.to_owned());
    if let Some((from, to)) = text.split_once("..") {
        let end = |text: &str| -> std::result::Result<Bound, String> {
            if text.is_empty() { Ok(Bound::Open) } else { number(text).map(Bound::Number) }
        };
        return Ok((end(from)?, end(to)?));
    }
    let value = number(text)?;
    Ok(match sign {
        ">" => (Bound::Number(value.saturating_add(1)), Bound::Open),
        ">=" => (Bound::Number(value), Bound::Open),
        "<" => (Bound::Open, Bound::Number(value.saturating_sub(1))),
        "<=" => (Bound::Open, Bound::Number(value)),
        _ => (Bound::Number(value), Bound::Number(value)),
    })
}

/// The words of a text parted by blanks, with their places.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn is_quotation_mark(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»' | '‟')
}
