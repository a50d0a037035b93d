//! The tree written back as a query, with every bracket: what `--explain` shows.
//!
//! What is written here is read back to the same tree.

use std::fmt::Write;

use super::distances::{self, number_behind};
use super::operators::worded;
use crate::model::{Bound, Field, Front, Near, Node, Pattern, Who, Within};

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
            write_phrase(words, out);
        }
        Node::Loose(field, words, places) => {
            write_field(*field, out);
            write_phrase(words, out);
            write_to(out, format_args!("~{places}"));
        }
        Node::Like(field, pattern) => {
            write_field(*field, out);
            match pattern {
                Pattern::Glob(glob) => out.push_str(glob),
                Pattern::Forms(word, _) => write_to(out, format_args!("{word}~")),
                Pattern::Spelt(word, slips) => write_to(out, format_args!("{word}~{slips}")),
                Pattern::Regular(expression) => write_to(out, format_args!("/{expression}/")),
            }
        }
        Node::Named(_, Who::Words(words)) => {
            write_field(Field::Person, out);
            match words.as_slice() {
                [word] => write_word(word, out),
                _ => write_phrase(words, out),
            }
        }
        Node::Named(_, Who::Names(names)) => {
            write_field(Field::Person, out);
            write_to(out, format_args!("(\"{}\")", names.join("\" OR \"")));
        }
        Node::Near(near) => write_near(near, out),
        Node::AtLeast(least, inner) => {
            write_to(out, format_args!("atleast{least}("));
            write(inner, out);
            out.push(')');
        }
        Node::Front(Front::Words(words), inner) => {
            write_to(out, format_args!("first{words}("));
            write(inner, out);
            out.push(')');
        }
        Node::Front(Front::Paragraphs(_), inner) => {
            out.push_str("lead:(");
            write(inner, out);
            out.push(')');
        }
        Node::Cased(capitals, inner) => {
            out.push_str(super::capitals::name_of(*capitals));
            out.push('(');
            write(inner, out);
            out.push(')');
        }
        Node::Said(inner) => {
            out.push_str("said(");
            write(inner, out);
            out.push(')');
        }
        Node::Story(key) => write_to(out, format_args!("story:{:016x}", key.0)),
        Node::Whole(field, names) => {
            write_field(*field, out);
            write_to(out, format_args!("(\"{}\")", names.join("\" OR \"")));
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

fn write_phrase(words: &[String], out: &mut String) {
    let words: Vec<&str> =
        words.iter().map(|word| if word.is_empty() { "*" } else { word.as_str() }).collect();
    write_to(out, format_args!("\"{}\"", words.join(" ")));
}

fn write_near(near: &Near, out: &mut String) {
    write_part(&near.left, out);
    out.push_str(if near.without { " not " } else { " " });
    match (near.within, near.ordered) {
        (Within::Words(words), false) => write_to(out, format_args!("near{words}")),
        (Within::Words(words), true) => write_to(out, format_args!("pre/{words}")),
        (Within::Sentence, false) => out.push_str("w/s"),
        (Within::Sentence, true) => out.push_str("+s"),
        (Within::Paragraph, false) => out.push_str("w/p"),
        (Within::Paragraph, true) => out.push_str("+p"),
        (Within::Field, _) => out.push_str("w/seg"),
    }
    out.push(' ');
    write_part(&near.right, out);
}

fn write_to(out: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(what);
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
    let group = matches!(part, Node::And(_) | Node::Or(_) | Node::Near(_));
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
    let least = ["atleast", "atl"].iter().any(|name| number_behind(name, word).is_some());
    let quoted = worded(word).is_some() || distances::read(word).is_some() || least;
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
