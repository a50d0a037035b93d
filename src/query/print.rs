//! The tree as a query again: what `--explain` shows, and what reads back as the same tree.

use super::fields::name_of;
use crate::model::{Bound, Field, Node};

/// Writes a tree with every operator and bracket in full.
pub(super) fn print(node: &Node) -> String {
    match node {
        Node::All => "*:*".to_owned(),
        Node::Term(field, word) => format!("{}{}", before(*field), quoted_if_needed(word)),
        Node::Phrase(field, words) => format!("{}\"{}\"", before(*field), words.join(" ")),
        Node::Range(field, from, to) => range(*field, *from, *to),
        Node::And(parts) => joined(parts, " AND "),
        Node::Or(parts) => joined(parts, " OR "),
        Node::Not(inner) => format!("NOT {}", in_brackets(inner)),
    }
}

fn joined(parts: &[Node], operator: &str) -> String {
    parts.iter().map(in_brackets).collect::<Vec<_>>().join(operator)
}

fn in_brackets(node: &Node) -> String {
    match node {
        Node::And(_) | Node::Or(_) => format!("({})", print(node)),
        _ => print(node),
    }
}

fn before(field: Field) -> String {
    name_of(field).map(|name| format!("{name}:")).unwrap_or_default()
}

/// Words that would be read as operators stand in quotation marks.
fn quoted_if_needed(word: &str) -> String {
    let operator =
        ["and", "or", "not", "date"].contains(&word) || super::coming::of_word(word).is_some();
    if operator { format!("\"{word}\"") } else { word.to_owned() }
}

fn range(field: Field, from: Bound, to: Bound) -> String {
    let end = |bound| match bound {
        Bound::Open => String::new(),
        Bound::Day(day) => day.to_string(),
        Bound::Number(number) => number.to_string(),
    };
    let (first, last) = (end(from), end(to));
    if first == last {
        return format!("{}{first}", before(field));
    }
    format!("{}{first}..{last}", before(field))
}
