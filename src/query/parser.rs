//! Tokens to the core tree, by how tightly each operator binds (Pratt's way).
//!
//! Comes in: the typed text and today. Goes out: a query in its normal form, with notes where the
//! reading may surprise; or an error with its place. Recursion is as deep as the brackets, and
//! those are capped.

mod dates;
mod placing;
mod refuse;

use jiff::civil::Date;

use super::day_fields::{DayName, PUBLISHED, day_name};
use super::days::Reach;
use super::lexer::{Kind, Mark, Token, lex};
use super::operators::{AND, Join, NOT, OR, Operator, infix};
use super::story_fields::BODY;
use super::value::{self, Holds};
use super::{Dialect, capitals, distances, fronts, named, normal, print, roles};
use crate::contract::FieldName;
use crate::error::{Error, Result};
use crate::model::{Field, Front, Node, Query, Span};

/// The longest query that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// The deepest that brackets may stand in brackets.
const DEEPEST: usize = 64;

/// The most words, days and numbers that one query may ask for.
pub(super) const MOST_CLAUSES: usize = 1024;

/// More tokens than any query within the other caps needs: operator, NOT, field, value and a pair
/// of brackets for each clause.
const MOST_TOKENS: usize = 8 * MOST_CLAUSES;

/// Reads a query.
pub(super) fn parse(typed: &str, today: Date, dialect: Dialect) -> Result<Query> {
    if typed.len() > LONGEST {
        return Err(refuse::too_long(typed.len(), LONGEST));
    }
    let mut notes = Vec::new();
    let mut tokens = lex(typed, dialect)?;
    if let Some(beyond) = tokens.get(MOST_TOKENS) {
        return Err(too_many(typed, beyond.span));
    }
    roles::join_calls(typed, &mut tokens);
    roles::settle(typed, &mut tokens, &mut notes)?;
    if tokens.is_empty() {
        return Err(refuse::empty(typed));
    }
    let mut parser =
        Parser { typed, tokens, at: 0, today, dialect, depth: 0, clauses: 0, mixed: false, notes };
    let root = parser.whole(None)?;
    if let Some(close) = parser.peek() {
        return Err(refuse::unmatched_close(typed, close.span));
    }
    let mut notes = parser.notes;
    if parser.mixed {
        notes.push(format!("AND binds before OR: read as {}", print::print(&root)));
    }
    Ok(Query { typed: typed.to_owned(), root, notes })
}

/// Refuses a query that asks for too much, at the first thing beyond the cap.
pub(super) fn too_many(typed: &str, span: Span) -> Error {
    refuse::too_many(typed, span, MOST_CLAUSES)
}

struct Parser<'a> {
    typed: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
    today: Date,
    dialect: Dialect,
    depth: usize,
    clauses: usize,
    /// Whether AND and OR were mixed without brackets.
    mixed: bool,
    notes: Vec<String>,
}

/// A part of the tree, and how loosely it was put together: none for what holds by itself.
struct Part {
    node: Node,
    power: Option<u8>,
}

/// The field that words stand in: none outside of any.
type Within = Option<&'static FieldName>;

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    /// The token before the one that is next.
    fn before(&self) -> Option<Token<'a>> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).copied()
    }

    /// Reads all up to the end or the closing bracket.
    fn whole(&mut self, within: Within) -> Result<Node> {
        match self.dialect {
            Dialect::Lucene => self.clauses_of_lucene(within),
            _ => Ok(self.expression(OR.power, within)?.node),
        }
    }

    /// Reads clauses side by side, of which any may match where none has a `+`.
    fn clauses_of_lucene(&mut self, within: Within) -> Result<Node> {
        let (mut must, mut may, mut not) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let required = self.peek().is_some_and(|next| next.text.starts_with('+'));
            let clause = self.expression(OR.power, within)?.node;
            match clause {
                Node::Not(_) => not.push(clause),
                _ if required => must.push(clause),
                _ => may.push(clause),
            }
            if self.peek().is_none_or(|next| next.kind == Kind::Close) {
                break;
            }
        }
        let any = may.into_iter().reduce(normal::or);
        let all = must.into_iter().reduce(normal::and);
        // Beside what must be there, the rest only ranks.
        let found = match (all, any) {
            (Some(all), Some(any)) => Some(normal::or(all.clone(), normal::and(all, any))),
            (all, any) => all.or(any),
        };
        let clauses = found.into_iter().chain(not).reduce(normal::and);
        clauses.ok_or_else(|| refuse::missing_operand(self.typed, self.before()))
    }

    /// Reads as far as operators bind at least so tightly.
    fn expression(&mut self, least: u8, within: Within) -> Result<Part> {
        let mut left = self.operand(within)?;
        while let Some((operator, join)) = self.operator() {
            if operator.power < least {
                break;
            }
            match self.peek() {
                Some(token) if token.kind == operator.kind => self.at += 1,
                _ => self.refuse_parted_name(within)?,
            }
            let right = self.expression(operator.power + 1, within)?;
            let is_and = |part: &Part| part.power == Some(AND.power);
            self.mixed |= operator.power == OR.power && (is_and(&left) || is_and(&right));
            left = Part { node: join(left.node, right.node), power: Some(operator.power) };
        }
        Ok(left)
    }

    /// The operator that stands next, a bare space being AND.
    fn operator(&self) -> Option<(&'static Operator, Join)> {
        let kind = self.peek()?.kind;
        let operator = match kind {
            Kind::Close => return None,
            kind if self.dialect == Dialect::Lucene => infix(kind)?,
            kind => infix(kind).unwrap_or(&AND),
        };
        operator.join.map(|join| (operator, join))
    }

    /// Reads one operand with the NOTs before it.
    fn operand(&mut self, within: Within) -> Result<Part> {
        let mut negated = false;
        while let Some(not) = self.peek().filter(|token| token.kind == NOT.kind) {
            self.at += 1;
            negated = !negated;
            if !self.peek().is_some_and(|token| token.starts_operand()) {
                return Err(refuse::lone_operator(self.typed, not));
            }
        }
        let node = self.chain(within)?;
        Ok(Part { node: if negated { normal::not(node) } else { node }, power: None })
    }

    fn primary(&mut self, within: Within) -> Result<Node> {
        let Some(token) = self.next() else {
            return Err(refuse::missing_operand(self.typed, self.before()));
        };
        match token.kind {
            Kind::Open => self.group(token, within),
            Kind::Field(mark) => self.field(token, mark, within),
            Kind::Word | Kind::Phrase | Kind::Pattern | Kind::Interval => {
                if within.is_none()
                    && let Some(dates) = self.dates(token)?
                {
                    return Ok(dates);
                }
                self.note_parted_field(token);
                self.value(token, within, Reach::Within)
            }
            Kind::AtLeast => {
                let least = distances::number_behind("atleast", token.text)
                    .or_else(|| distances::number_behind("atl", token.text));
                self.at_least(least.unwrap_or(1), token, within)
            }
            Kind::Close => Err(refuse::unmatched_or_early_close(self.typed, token, self.depth)),
            Kind::And | Kind::Or | Kind::Not | Kind::Distance | Kind::Slop => {
                let before = self.at.checked_sub(2).map(|at| self.tokens[at]);
                Err(refuse::stray_operator(self.typed, token, before))
            }
        }
    }

    /// Reads what stands in brackets, the opening one being read.
    fn group(&mut self, open: Token<'a>, within: Within) -> Result<Node> {
        if self.depth == DEEPEST {
            return Err(refuse::too_deep(self.typed, open.span, DEEPEST));
        }
        self.depth += 1;
        if let Some(close) = self.peek().filter(|token| token.kind == Kind::Close) {
            return Err(refuse::empty_brackets(self.typed, open.span.join(close.span)));
        }
        let node = self.whole(within)?;
        self.depth -= 1;
        match self.next() {
            Some(_) => Ok(node),
            None => Err(refuse::unclosed(self.typed, open.span)),
        }
    }

    /// Reads the value of a field, the field and its mark being read.
    fn field(&mut self, name: Token<'a>, mark: Mark, within: Within) -> Result<Node> {
        if let Some(day) = day_name(name.text) {
            return self.day_field(name, day, mark);
        }
        if let Some(node) = self.place_field(name, mark, within)? {
            return Ok(node);
        }
        let Some(field) = named(name.text) else {
            return Err(refuse::unknown_field(self.typed, name, mark));
        };
        let reach = Reach::of(mark);
        if reach != Reach::Within && !Holds::of(field.field).is_ordered() {
            return Err(refuse::unordered(self.typed, name, field));
        }
        if let Some(start) = self.capitals_next().filter(|_| reach == Reach::Within) {
            let first = self.primary(Some(field))?;
            return self.chain_from(first, start, Some(field));
        }
        let value = self.field_value(name)?;
        let first = match value.kind {
            Kind::Open if reach == Reach::Within => self.group(value, Some(field))?,
            Kind::Open => return Err(refuse::no_single_value(self.typed, name, value)),
            _ => {
                self.note_loose_name(field, value);
                self.value(value, Some(field), reach)?
            }
        };
        // What stands near a person is words of the text.
        let within = if field.field == Field::Person { within } else { Some(field) };
        self.chain_from(first, value.span.start(), within)
    }

    /// The byte at which `caps(` or its kin stands next, as in `title:caps(may)`.
    fn capitals_next(&self) -> Option<usize> {
        let next = self.peek().filter(|next| next.kind == Kind::Field(Mark::Call))?;
        capitals::named(next.text).map(|_| next.span.start())
    }

    /// Reads a name that says where in a story: `lead:`, `first50(`, `atleast3(`, `said(`.
    fn place_field(&mut self, name: Token<'a>, mark: Mark, within: Within) -> Result<Option<Node>> {
        let call = mark == Mark::Call;
        if name.text.eq_ignore_ascii_case("said") && call {
            return self.said(name).map(Some);
        }
        if let Some(capitals) = capitals::named(name.text).filter(|_| call) {
            return self.cased(name, capitals, within).map(Some);
        }
        let least = ["atleast", "atl"]
            .iter()
            .find_map(|word| distances::number_behind(word, name.text))
            .filter(|_| call);
        if let Some(least) = least {
            return self.at_least(least, name, within).map(Some);
        }
        if let Some(words) = fronts::first_words(name.text).filter(|_| call) {
            let value = self.field_value(name)?;
            let inner = self.group(value, within)?;
            return Ok(Some(fronts::at(Front::Words(words), inner)));
        }
        let Some(front) = fronts::named(name.text) else { return Ok(None) };
        if !matches!(mark, Mark::Is | Mark::Call) {
            return Err(refuse::no_single_value(self.typed, name, name));
        }
        let value = self.field_value(name)?;
        let first = match value.kind {
            Kind::Open => self.group(value, Some(&BODY))?,
            _ => self.value(value, Some(&BODY), Reach::Within)?,
        };
        let inner = self.chain_from(first, value.span.start(), Some(&BODY))?;
        Ok(Some(front.of(inner)))
    }

    /// Reads a name that asks for days by itself, as `since:2025` does.
    fn day_field(&mut self, name: Token<'a>, day: &DayName, mark: Mark) -> Result<Node> {
        let value = self.field_value(name)?;
        let plain = matches!(mark, Mark::Is) && matches!(value.kind, Kind::Word | Kind::Phrase);
        if !plain {
            return Err(refuse::no_single_value(self.typed, name, value)
                .hint(format!("write `{}`", day.example)));
        }
        self.value(value, Some(&PUBLISHED), day.reach)
    }

    /// The first token of a field's value.
    fn field_value(&mut self, name: Token<'a>) -> Result<Token<'a>> {
        let value = self.peek().filter(|token| {
            matches!(
                token.kind,
                Kind::Word | Kind::Phrase | Kind::Open | Kind::Pattern | Kind::Interval
            )
        });
        self.at += 1;
        value.ok_or_else(|| refuse::no_value(self.typed, name, self.before()))
    }

    /// Reads a word, a phrase or a range as the value of a field.
    fn value(&mut self, token: Token<'a>, within: Within, reach: Reach) -> Result<Node> {
        let typed = self.typed;
        let span = token.span;
        let here = |error: Error| error.pointing_at(typed, span.start(), span.end());
        let node = match (within, token.kind) {
            (None, Kind::Interval) => return Err(refuse::range_without_field(typed, token)),
            (Some(field), Kind::Interval) => {
                value::of_interval(field, token.text, self.today).map_err(here)?
            }
            (Some(field), _) if Holds::of(field.field).is_ordered() => {
                value::of_range(field.field, token.text, reach, self.today).map_err(here)?
            }
            (None, Kind::Word) if matches!(token.text, "*" | "*:*") => Node::All,
            _ => {
                let field = within.map_or(Field::Text, |field| field.field);
                let words = match token.kind {
                    Kind::Phrase => self.phrase(field, token)?,
                    Kind::Pattern if field != Field::Path => {
                        Some(value::of_regular(field, token.text).map_err(here)?)
                    }
                    _ => self.word(field, token)?,
                };
                words.ok_or_else(|| refuse::no_words(typed, token))?
            }
        };
        self.count(&node, span)?;
        Ok(node)
    }

    /// Reads a phrase, with the places that its words may be moved by.
    fn phrase(&mut self, field: Field, token: Token<'a>) -> Result<Option<Node>> {
        let slop = self.peek().filter(|next| next.kind == Kind::Slop);
        let here =
            |error: Error| error.pointing_at(self.typed, token.span.start(), token.span.end());
        let phrase = value::of_phrase(field, token.text).map_err(here)?;
        let Some(slop) = slop else { return Ok(phrase) };
        self.at += 1;
        let span = token.span.join(slop.span);
        let here = |error: Error| error.pointing_at(self.typed, span.start(), span.end());
        value::moved(phrase, &slop.text[1..]).map_err(here)
    }

    /// Reads a word, a pattern, or `toyota/F50/`.
    fn word(&mut self, field: Field, token: Token<'a>) -> Result<Option<Node>> {
        let here =
            |error: Error| error.pointing_at(self.typed, token.span.start(), token.span.end());
        if field == Field::Path {
            return Ok(value::of_words(field, token.text));
        }
        if let Some((word, more)) = self.dialect.more_letters(token.text) {
            return Ok(value::with_more_letters(field, word, more));
        }
        if let Some((word, words)) = fronts::word_and_first(token.text) {
            let inner = value::of_word(field, word).map_err(here)?;
            return Ok(inner.map(|inner| fronts::at(Front::Words(words), inner)));
        }
        if token.text.ends_with('?')
            && token.text.trim_end_matches('?').chars().all(char::is_alphanumeric)
        {
            let word = token.text;
            self.notes.push(format!(
                "`{word}` looks for a word with one more letter; without the `?` it is the word itself"
            ));
        }
        value::of_word(field, &self.dialect.pattern(token.text)).map_err(here)
    }

    /// Counts the words of a new leaf against the cap.
    fn count(&mut self, node: &Node, span: Span) -> Result<()> {
        self.clauses += match node {
            Node::Phrase(_, words) | Node::Loose(_, words, _) => words.len(),
            _ => 1,
        };
        if self.clauses > MOST_CLAUSES {
            return Err(too_many(self.typed, span));
        }
        Ok(())
    }

    /// Refuses several bare words as a name: they might be found in two different people.
    fn refuse_parted_name(&self, within: Within) -> Result<()> {
        let names = within.filter(|field| Holds::of(field.field) == Holds::Names);
        let (Some(field), Some(before), Some(next)) = (names, self.before(), self.peek()) else {
            return Ok(());
        };
        match (before.kind, next.kind) {
            (Kind::Word, Kind::Word) => {
                Err(refuse::parted_name(self.typed, field, before.span.join(next.span)))
            }
            _ => Ok(()),
        }
    }

    /// Tells that `speaker:Ilsa Marrend` asks only the first word of the speaker.
    fn note_loose_name(&mut self, field: &FieldName, value: Token<'a>) {
        let capital = |token: &Token<'_>| token.text.starts_with(char::is_uppercase);
        let next = self.peek().filter(|next| next.kind == Kind::Word && capital(next));
        let names = Holds::of(field.field) == Holds::Names && value.kind == Kind::Word;
        if let Some(next) = next
            && names
            && capital(&value)
        {
            let (name, one, two) = (field.name, value.text, next.text);
            self.notes.push(format!(
                "only `{one}` is looked for as {name}; for the whole name write `{name}:\"{one} {two}\"`"
            ));
        }
    }

    /// Tells that `headline (x)` searches for the word "headline".
    fn note_parted_field(&mut self, token: Token<'a>) {
        let group = self.peek().is_some_and(|next| next.kind == Kind::Open);
        if token.kind == Kind::Word && group && named(token.text).is_some() {
            let name = token.text;
            self.notes.push(format!(
                "`{name}` is searched as a word, for a blank parts it from its bracket; \
                 the field is `{name}(...)`"
            ));
        }
    }
}
