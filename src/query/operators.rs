//! The operators that are answered, how tightly each binds, and what it makes of its operands.

use super::lexer::Kind;
use super::normal;
use crate::model::Node;

/// Joins what stands on the two sides of an operator.
pub(super) type Join = fn(Node, Node) -> Node;

/// An operator of the language.
pub(super) struct Operator {
    /// The word for it, in capitals.
    pub(super) name: &'static str,
    /// The token it is.
    pub(super) kind: Kind,
    /// How tightly it binds; more is tighter.
    pub(super) power: u8,
    /// Joins what stands on its two sides; none for an operator that stands before its operand.
    pub(super) join: Option<Join>,
    /// How it is typed.
    pub(super) forms: &'static str,
    /// What it finds, one line.
    pub(super) doc: &'static str,
}

/// Any of these.
pub(super) const OR: Operator = Operator {
    name: "OR",
    kind: Kind::Or,
    power: 1,
    join: Some(normal::or),
    forms: "a OR b, a or b, a | b, a || b",
    doc: "stories with either",
};

/// All of these; what a bare space means.
pub(super) const AND: Operator = Operator {
    name: "AND",
    kind: Kind::And,
    power: 2,
    join: Some(normal::and),
    forms: "a b, a AND b, a and b, a && b",
    doc: "stories with both",
};

/// Not this.
pub(super) const NOT: Operator = Operator {
    name: "NOT",
    kind: Kind::Not,
    power: 3,
    join: None,
    forms: "-a, !a, NOT a, b and not a",
    doc: "stories without it",
};

/// The operators, in the order of help.
pub(super) const OPERATORS: &[Operator] = &[AND, OR, NOT];

/// Finds the operator a word may be, in any case.
pub(super) fn worded(word: &str) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.name.eq_ignore_ascii_case(word))
}

/// Finds the operator between two operands that a token is.
pub(super) fn infix(kind: Kind) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.kind == kind && operator.join.is_some())
}
