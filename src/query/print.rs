//! The tree written back as a query, with every bracket: what `--explain` shows.
//!
//! What is written here is read back to the same tree.

use std::fmt::Write;

use super::operators::worded;
use super::pending::{self, Seen};
use crate::model::{Bound, Field, Node};

/// Writes a tree.
pub(super) fn print(node: &Node) -> String {
    let mut written = String::new();
    write(node, &mut written);
    written
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::All => out.push('*'),
        Node::Term(field, word) => {
            write_field(*field, out);
            write_word(word, out);
        }
        Node::Phrase(field, words) => {
            write_field(*field, out);
            out.push('"');
            out.push_str(&words.join(" "));
            out.push('"');
        }
        Node::Range(field, from, to) => {
            write_field(*field, out);
            write_range(*from, *to, out);
        }
        Node::And(parts) => write_joined(parts, " AND ", out),
        Node::Or(parts) => write_joined(parts, " OR ", out),
        Node::Not(inner) => {
            out.push_str("NOT ");
            write_part(inner, out);
        }
    }
}

fn write_joined(parts: &[Node], operator: &str, out: &mut String) {
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            out.push_str(operator);
        }
        write_part(part, out);
    }
}

/// Writes a part of a larger tree: groups in brackets.
fn write_part(part: &Node, out: &mut String) {
    let group = matches!(part, Node::And(_) | Node::Or(_));
    if group {
        out.push('(');
    }
    write(part, out);
    if group {
        out.push(')');
    }
}

fn write_field(field: Field, out: &mut String) {
    if field != Field::Text {
        out.push_str(super::name_of(field));
        out.push(':');
    }
}

/// Writes a word, in marks where it would be read as an operator without.
fn write_word(word: &str, out: &mut String) {
    let seen = [Seen::Word, Seen::Between].into_iter();
    let quoted =
        worded(word).is_some() || seen.into_iter().any(|s| pending::find(s, word).is_some());
    let mark = if quoted { "\"" } else { "" };
    out.push_str(mark);
    out.push_str(word);
    out.push_str(mark);
}

fn write_range(from: Bound, to: Bound, out: &mut String) {
    write_bound(from, out);
    if from != to {
        out.push_str("..");
        write_bound(to, out);
    }
}

fn write_bound(bound: Bound, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match bound {
        Bound::Open => Ok(()),
        Bound::Day(day) => write!(out, "{day}"),
        Bound::Number(number) => write!(out, "{number}"),
    };
}
