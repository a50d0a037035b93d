//! Tokens to the core tree: brackets first, then fields, NOT, AND (a bare space too), OR.

use jiff::civil::Date;

use super::days;
use super::fields::{Holds, holds};
use super::lexer::{Lexed, Token, Tokens, tokens, wrong};
use super::print::print;
use crate::error::{Error, Kind, Result};
use crate::model::{Bound, Field, Node, Query, Span};
use crate::text::words::words;

/// How deep brackets and NOTs may nest.
const DEEPEST: usize = 64;
/// How many words, phrases and ranges a query may have.
const MOST_CLAUSES: usize = 1024;

/// Reads a query.
pub(super) fn parse(typed: &str, today: Date) -> Result<Query> {
    let Tokens { tokens, notes } = tokens(typed, today)?;
    if tokens.is_empty() {
        return Err(Error::new(Kind::Query, "the query is empty")
            .hint("`onrecord help query` explains the language; *:* finds every story"));
    }
    let mut parser =
        Parser { typed, tokens: &tokens, at: 0, depth: 0, clauses: 0, mixed: false, today };
    let root = parser.any_of(None)?;
    if let Some(lexed) = parser.peek() {
        // Only a closing bracket ends an expression before the end.
        return Err(wrong(typed, lexed.span, "this bracket closes none")
            .hint("take it away, or open one before it"));
    }
    let mut query = Query { typed: typed.to_owned(), root, notes };
    if parser.mixed {
        let note = format!("AND binds before OR; read as: {}", print(&query.root));
        query.notes.push(note);
    }
    Ok(query)
}

struct Parser<'a> {
    typed: &'a str,
    tokens: &'a [Lexed],
    at: usize,
    depth: usize,
    clauses: usize,
    /// Whether AND and OR stood side by side without brackets.
    mixed: bool,
    today: Date,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Lexed> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let next = self.peek().is_some_and(|lexed| lexed.token == *token);
        self.at += usize::from(next);
        next
    }

    /// Alternatives parted by OR.
    fn any_of(&mut self, field: Option<Field>) -> Result<Node> {
        let mut parts = Vec::new();
        let mut several = self.all_of(field, &mut parts)?;
        while self.take(&Token::Or) {
            several |= self.all_of(field, &mut parts)?;
        }
        self.mixed |= several && parts.len() > 1;
        Ok(one_or(parts, Node::Or))
    }

    /// Operands parted by AND or by nothing; says whether there were several.
    fn all_of(&mut self, field: Option<Field>, alternatives: &mut Vec<Node>) -> Result<bool> {
        let mut parts = vec![self.negated(field)?];
        loop {
            if self.take(&Token::And) {
                parts.push(self.negated(field)?);
                continue;
            }
            match self.peek().map(|lexed| &lexed.token) {
                None | Some(Token::Close | Token::Or) => break,
                Some(_) => parts.push(self.negated(field)?),
            }
        }
        let several = parts.len() > 1;
        let all = one_or(flat(parts, as_and), Node::And);
        alternatives.extend(flat(vec![all], as_or));
        Ok(several)
    }

    fn negated(&mut self, field: Option<Field>) -> Result<Node> {
        let Some(lexed) = self.peek() else { return Err(self.missing()) };
        if lexed.token != Token::Not {
            return self.operand(field);
        }
        self.at += 1;
        self.deeper(lexed.span)?;
        let inner = self.negated(field)?;
        self.depth -= 1;
        Ok(match inner {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        })
    }

    fn operand(&mut self, field: Option<Field>) -> Result<Node> {
        let Some(lexed) = self.peek() else { return Err(self.missing()) };
        self.at += 1;
        match &lexed.token {
            Token::Open => self.group(field, lexed.span),
            Token::Field(inner) => self.fielded(field, *inner, lexed.span),
            Token::Word(text) => self.leaf(field, text, lexed.span),
            Token::Phrase(text) if text.trim().is_empty() => {
                Err(wrong(self.typed, lexed.span, "this phrase is empty"))
            }
            Token::Phrase(text) => self.leaf(field, text, lexed.span),
            Token::Range(of, from, to) => {
                self.inside_no_other(field, lexed.span)?;
                self.count(lexed.span)?;
                Ok(Node::Range(*of, *from, *to))
            }
            Token::All => Ok(Node::All),
            Token::And | Token::Or | Token::Not | Token::Close => {
                self.at -= 1;
                Err(self.missing())
            }
        }
    }

    fn group(&mut self, field: Option<Field>, open: Span) -> Result<Node> {
        self.deeper(open)?;
        if self.peek().is_some_and(|lexed| lexed.token == Token::Close) {
            return Err(wrong(self.typed, open, "nothing stands in these brackets"));
        }
        let inner = self.any_of(field)?;
        if !self.take(&Token::Close) {
            return Err(wrong(self.typed, open, "this bracket is never closed")
                .hint("close it, or take it away"));
        }
        self.depth -= 1;
        Ok(inner)
    }

    fn fielded(&mut self, outer: Option<Field>, inner: Field, span: Span) -> Result<Node> {
        self.inside_no_other(outer, span)?;
        self.operand(Some(inner))
    }

    fn inside_no_other(&self, outer: Option<Field>, span: Span) -> Result<()> {
        match outer {
            None => Ok(()),
            Some(_) => Err(wrong(self.typed, span, "a field cannot stand inside another field")
                .hint("end the first field's brackets before it")),
        }
    }

    /// A word or phrase in a field: words, or a stretch of days or numbers.
    fn leaf(&mut self, field: Option<Field>, text: &str, span: Span) -> Result<Node> {
        self.count(span)?;
        let field = field.unwrap_or(Field::Text);
        match holds(field) {
            Holds::Words => self.words(field, text, span),
            Holds::Days => {
                let ends = days::range(text, self.today);
                let (from, to) = ends.map_err(|why| wrong(self.typed, span, why))?;
                Ok(Node::Range(field, from, to))
            }
            Holds::Numbers => match text.parse() {
                Ok(number) => Ok(Node::Range(field, Bound::Number(number), Bound::Number(number))),
                Err(_) => Err(wrong(self.typed, span, "a number is wanted here")),
            },
        }
    }

    fn words(&self, field: Field, text: &str, span: Span) -> Result<Node> {
        let mut found: Vec<String> = words(text).map(|word| word.folded.into_owned()).collect();
        match found.len() {
            0 => Err(wrong(self.typed, span, "there is no word in this")
                .hint("a word has letters or digits")),
            1 => Ok(Node::Term(field, found.remove(0))),
            _ => Ok(Node::Phrase(field, found)),
        }
    }

    fn deeper(&mut self, span: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(wrong(self.typed, span, format!("more than {DEEPEST} brackets deep"))
                .hint("take brackets away that change nothing"));
        }
        Ok(())
    }

    fn count(&mut self, span: Span) -> Result<()> {
        self.clauses += 1;
        if self.clauses > MOST_CLAUSES {
            return Err(wrong(
                self.typed,
                span,
                format!("more than {MOST_CLAUSES} words or phrases"),
            )
            .hint("ask in several queries"));
        }
        Ok(())
    }

    /// The error for an operator with nothing behind it, at the place where something should be.
    fn missing(&self) -> Error {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let (span, message) = match (before, self.peek()) {
            (Some(before), _) if before.token != Token::Open => {
                (before.span, "a word is missing behind this")
            }
            (_, Some(here)) => (here.span, "a word is missing before this"),
            (before, None) => {
                (before.map_or(Span::new(0, 0), |lexed| lexed.span), "a word is missing here")
            }
        };
        wrong(self.typed, span, message).hint("quotation marks make an operator a word: \"or\"")
    }
}

fn one_or(mut parts: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Node {
    if parts.len() == 1 { parts.remove(0) } else { several(parts) }
}

/// Replaces each part that is of the same kind as its parent by its own parts.
fn flat(parts: Vec<Node>, inner: fn(Node) -> std::result::Result<Vec<Node>, Node>) -> Vec<Node> {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match inner(part) {
            Ok(parts) => all.extend(parts),
            Err(other) => all.push(other),
        }
    }
    all
}

fn as_and(node: Node) -> std::result::Result<Vec<Node>, Node> {
    if let Node::And(parts) = node { Ok(parts) } else { Err(node) }
}

fn as_or(node: Node) -> std::result::Result<Vec<Node>, Node> {
    if let Node::Or(parts) = node { Ok(parts) } else { Err(node) }
}

#[cfg(test)]
mod tests;
