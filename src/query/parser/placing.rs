//! Operands of distance, of `atleast` and of `said`: what may stand there, and what becomes of it.

use super::refuse::wrong;
use super::{Parser, Within as InField};
use crate::error::Result;
use crate::model::{Capitals, Field, Front, Near, Node, Span, Within};
use crate::query::capitals;
use crate::query::distances::{self, Distance, FARTHEST};
use crate::query::fronts;
use crate::query::lexer::{Kind, Token};
use crate::query::normal;
use crate::query::people_fields::{self, SPEAKER};

impl<'a> Parser<'a> {
    /// Reads operands joined by operators of distance, which bind before all others.
    pub(super) fn chain(&mut self, within: InField) -> Result<Node> {
        let start = self.next_start();
        let first = self.primary(within)?;
        self.chain_from(first, start, within)
    }

    /// Goes on behind the first operand, which starts at a byte.
    pub(super) fn chain_from(
        &mut self,
        first: Node,
        start: usize,
        within: InField,
    ) -> Result<Node> {
        let first = self.alternatives(first, within)?;
        let mut operands = vec![(first, Span::new(start, self.end().max(start)))];
        let mut links = Vec::new();
        while let Some(link) = self.distance()? {
            let start = self.next_start();
            let operand = self.primary(within)?;
            let operand = self.alternatives(operand, within)?;
            operands.push((operand, Span::new(start, self.end().max(start))));
            links.push(link);
        }
        while !links.is_empty() {
            let at = if self.dialect.prefers_or() { tightest(&links) } else { 0 };
            let link = links.remove(at);
            let right = operands.remove(at + 1);
            let left = std::mem::replace(&mut operands[at], (Node::All, right.1));
            operands[at] = self.linked(left, link, right)?;
        }
        Ok(operands.swap_remove(0).0)
    }

    /// Two operands near each other.
    fn linked(
        &self,
        (left, left_span): (Node, Span),
        (distance, without): (Distance, bool),
        (right, right_span): (Node, Span),
    ) -> Result<(Node, Span)> {
        let field = field_of_words(&left).or_else(|| field_of_words(&right));
        let field = field.unwrap_or(Field::Text);
        let (left, right) =
            (people_fields::placed(left, field), people_fields::placed(right, field));
        self.refuse_unplaceable(&left, left_span)?;
        self.refuse_unplaceable(&right, right_span)?;
        let span = left_span.join(right_span);
        if field == Field::Title && [&left, &right].iter().any(|side| names_somebody(side)) {
            return Err(wrong(self.typed, span, "people have their places in the body only")
                .hint("ask for the headline's words: `title:(vane near5 truce)`"));
        }
        if left.field() != right.field() {
            return Err(wrong(self.typed, span, "the two stand in different fields")
                .hint("ask for both in one: `title:(a near5 b)`"));
        }
        let Distance { within, ordered } = distance;
        Ok((Node::Near(Box::new(Near { left, right, within, ordered, without })), span))
    }

    /// Goes on behind an operand, where the dialect lets OR bind before distances.
    fn alternatives(&mut self, first: Node, within: InField) -> Result<Node> {
        let mut all = self.side_by_side(first, within)?;
        while self.dialect.prefers_or()
            && self.peek().is_some_and(|next| next.kind == Kind::Or)
            && self
                .tokens
                .get(self.at + 1)
                .is_some_and(|next| next.starts_operand() && next.kind != Kind::Not)
        {
            self.at += 1;
            let next = self.primary(within)?;
            all = normal::or(all, self.side_by_side(next, within)?);
        }
        Ok(all)
    }

    /// Goes on behind an operand with what a bare space joins to it, where the dialect has it so, and
    /// with the front of the story that it must stand in: `toyota /F50/`.
    fn side_by_side(&mut self, first: Node, within: InField) -> Result<Node> {
        let mut joined = first;
        let mut span = Span::new(self.end(), self.end());
        while let Some(next) = self.peek() {
            if let Some(words) = fronts::between_slashes(next.text) {
                self.at += 1;
                joined = fronts::at(Front::Words(words), joined);
                continue;
            }
            if !self.dialect.joins_words() || !self.is_side_by_side(next) {
                break;
            }
            let adjacent = Distance { within: Within::Words(1), ordered: true };
            let right = self.primary(within)?;
            (joined, span) = self.linked((joined, span), (adjacent, false), (right, next.span))?;
        }
        Ok(joined)
    }

    /// The byte at which the next token begins.
    fn next_start(&self) -> usize {
        self.peek().map_or(self.typed.len(), |token| token.span.start())
    }

    /// Whether a token is a word or phrase behind another.
    fn is_side_by_side(&self, token: Token<'_>) -> bool {
        let is_value = |kind| matches!(kind, Kind::Word | Kind::Phrase | Kind::Pattern);
        is_value(token.kind) && self.before().is_some_and(|before| is_value(before.kind))
    }

    /// Takes the operator of distance that stands next, with the `not` before it.
    fn distance(&mut self) -> Result<Option<(Distance, bool)>> {
        let Some(token) = self.peek() else { return Ok(None) };
        let next = self.tokens.get(self.at + 1).filter(|next| next.kind == Kind::Distance);
        let (operator, without) = match (token.kind, next) {
            (Kind::Distance, _) => (token, false),
            (Kind::Not, Some(next)) => (*next, true),
            _ => return Ok(None),
        };
        let Some(mut distance) = distances::read(operator.text) else { return Ok(None) };
        distance.ordered |= self.dialect.orders(operator.text);
        self.at += if without { 2 } else { 1 };
        if let Within::Words(words) = distance.within
            && !(1..=FARTHEST).contains(&words)
        {
            let message = format!("`{}` is no distance", operator.span.of(self.typed));
            return Err(wrong(self.typed, operator.span, message)
                .hint(format!("neighbours are 1 apart, and {FARTHEST} words are the most")));
        }
        if self.peek().is_none_or(|next| next.kind == Kind::Close) {
            return Err(super::refuse::lone_operator(self.typed, operator));
        }
        Ok(Some((distance, without)))
    }

    /// The byte behind the last token that was read.
    fn end(&self) -> usize {
        self.before().map_or(self.typed.len(), |token| token.span.end())
    }

    /// Refuses what has no place in a text.
    fn refuse_unplaceable(&self, node: &Node, span: Span) -> Result<()> {
        let error = |message: &str| wrong(self.typed, span, message);
        match unplaceable(node) {
            None => Ok(()),
            Some(Fault::And) => {
                Err(error("AND and NOT have no place in the text, and nothing is near them")
                    .hint("write `(a near5 b) AND c`; groups by OR may stand here"))
            }
            Some(Fault::Fields) => Err(error("these stand in different fields")
                .hint("ask for all of them in one: `title:(a OR b)`")),
            Some(Fault::Value) => Err(error("this is no word of the text, and nothing is near it")
                .hint("words, phrases, patterns and groups of them by OR may stand here")),
        }
    }

    /// Reads what must be there so many times, the word for it being read.
    pub(super) fn at_least(
        &mut self,
        least: u32,
        operator: Token<'a>,
        within: InField,
    ) -> Result<Node> {
        if least == 0 {
            return Err(wrong(self.typed, operator.span, "at least 0 times is always so")
                .hint("leave it out"));
        }
        let start = self.next_start();
        let inner = people_fields::placed(self.chain(within)?, Field::Text);
        self.refuse_unplaceable(&inner, Span::new(start, self.end().max(start)))?;
        Ok(Node::AtLeast(least, Box::new(inner)))
    }

    /// Reads what must be written in capitals, or not, the name for it being read.
    pub(super) fn cased(
        &mut self,
        name: Token<'a>,
        capitals: Capitals,
        within: InField,
    ) -> Result<Node> {
        let open = self.field_value(name)?;
        let inner = self.group(open, within)?;
        let span = name.span.join(Span::new(open.span.start(), self.end()));
        capitals::written(capitals, inner).map_err(|fault| {
            let message = format!("`{}` cannot tell how {fault} is written", name.text);
            wrong(self.typed, span, message)
                .hint("words, phrases and patterns of headline and body may stand there")
        })
    }

    /// Reads `said(NAME, words)`, its name being read: one statement by a person, with words in it.
    pub(super) fn said(&mut self, name: Token<'a>) -> Result<Node> {
        let Some(open) = self.next() else {
            return Err(super::refuse::no_value(self.typed, name, None));
        };
        let speaker = self.speaker_before_comma()?;
        let inner = self.group(open, None)?;
        let said = match speaker {
            Some(speaker) => normal::and(speaker, inner),
            None => inner,
        };
        Ok(Node::Said(Box::new(said)))
    }

    /// The speaker that stands before a comma, where one does.
    fn speaker_before_comma(&mut self) -> Result<Option<Node>> {
        let ahead = &self.tokens[self.at.min(self.tokens.len())..];
        let named = |token: &&Token<'_>| matches!(token.kind, Kind::Word | Kind::Phrase);
        let run = ahead.iter().take_while(named);
        let comma = |token: &Token<'_>| token.kind == Kind::Word && token.text.ends_with(',');
        let Some(last) = run.clone().position(comma) else { return Ok(None) };
        let (first, end) = (ahead[0].span.start(), ahead[last].span.end());
        let typed = Span::new(first, end).of(self.typed).trim_end_matches(',').trim();
        let span = Span::new(first, end);
        self.at += last + 1;
        let speaker = crate::query::value::of_words(SPEAKER.field, typed);
        speaker.map(Some).ok_or_else(|| {
            wrong(self.typed, span, "no speaker stands before this comma")
                .hint("write `said(NAME, \"the words\")`")
        })
    }
}

/// The field of what is no person, the first of several.
fn field_of_words(node: &Node) -> Option<Field> {
    match node {
        Node::Or(parts) => parts.iter().find_map(field_of_words),
        other => other.field().filter(|field| *field != Field::Person),
    }
}

fn names_somebody(node: &Node) -> bool {
    match node {
        Node::Or(parts) => parts.iter().any(names_somebody),
        other => matches!(other, Node::Named(..)),
    }
}

/// The link that binds first where smaller distances bind before larger, the first of equals.
fn tightest(links: &[(Distance, bool)]) -> usize {
    let looseness = |(_, (distance, _)): &(usize, &(Distance, bool))| match distance.within {
        Within::Words(words) => words,
        Within::Sentence => FARTHEST + 1,
        Within::Paragraph => FARTHEST + 2,
        Within::Field => FARTHEST + 3,
    };
    links.iter().enumerate().min_by_key(looseness).map_or(0, |(at, _)| at)
}

/// What keeps something from having a place in a text.
enum Fault {
    And,
    Fields,
    Value,
}

fn unplaceable(node: &Node) -> Option<Fault> {
    match node {
        Node::Term(field, _)
        | Node::Phrase(field, _)
        | Node::Loose(field, ..)
        | Node::Like(field, _) => matches!(field, Field::Person).then_some(Fault::Value),
        Node::Or(parts) => {
            let fault = parts.iter().find_map(unplaceable);
            let parted = parts.iter().any(|part| part.field() != node.field());
            fault.or_else(|| parted.then_some(Fault::Fields))
        }
        Node::Near(_) | Node::Named(..) => None,
        Node::Front(_, inner) | Node::Cased(_, inner) => unplaceable(inner),
        Node::And(_) | Node::Not(_) => Some(Fault::And),
        Node::All
        | Node::Story(_)
        | Node::Whole(..)
        | Node::Range(..)
        | Node::AtLeast(..)
        | Node::Said(_) => Some(Fault::Value),
    }
}
