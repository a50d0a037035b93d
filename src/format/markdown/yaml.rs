//! The part of YAML that front matter is written in: names with plain, quoted, folded and literal
//! texts, lists, and names within names.
//!
//! A library would read all of YAML; those that there were are given up or bring a C parser's
//! translation along, and front matter needs none of anchors, tags and complex keys. What is not
//! understood is passed over.

use std::borrow::Cow;

use crate::text::record::Value;

/// How deep values may be nested.
const DEEPEST: usize = 8;

/// Reads front matter.
pub(super) fn read(text: &str) -> Value<'static> {
    let lines = text.lines().map(|line| (line.len() - line.trim_start().len(), line.trim()));
    let mut reader = Reader { lines: lines.collect(), at: 0 };
    reader.block(0, 0)
}

pub(super) fn owned(text: impl Into<String>) -> Value<'static> {
    Value::Text(Cow::Owned(text.into()))
}

struct Reader<'a> {
    /// Each line's indent and its text without it.
    lines: Vec<(usize, &'a str)>,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next line that says something.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        while let Some((indent, line)) = self.lines.get(self.at).copied() {
            if !line.is_empty() && !line.starts_with('#') {
                return Some((indent, line));
            }
            self.at += 1;
        }
        None
    }

    /// Reads the list, or the names, whose lines are indented at least so far.
    fn block(&mut self, least: usize, depth: usize) -> Value<'static> {
        let Some((indent, line)) = self.next().filter(|(indent, _)| *indent >= least) else {
            return Value::Nothing;
        };
        if is_item(line) { self.list(indent, depth) } else { self.names(indent, depth) }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Value<'static> {
        let mut values = Vec::new();
        while let Some((here, line)) =
            self.next().filter(|(here, line)| *here == indent && is_item(line))
        {
            let item = line[1..].trim_start();
            if item.is_empty() {
                self.at += 1;
                values.push(self.nested(indent + 1, depth));
            } else if key(item).is_some() && depth < DEEPEST {
                // The names of an item stand where its first name stands.
                let inner = here + line.len() - item.len();
                self.lines[self.at] = (inner, item);
                values.push(self.names(inner, depth + 1));
            } else {
                self.at += 1;
                values.push(self.scalar(item, indent));
            }
        }
        Value::List(values)
    }

    fn names(&mut self, indent: usize, depth: usize) -> Value<'static> {
        let mut values = Vec::new();
        while let Some((here, line)) = self.next() {
            if here < indent || here == indent && is_item(line) {
                break;
            }
            self.at += 1;
            let Some((name, rest)) = key(line).filter(|_| here == indent) else { continue };
            let value = match rest {
                "" => self.nested_or_list(indent, depth),
                _ => self.scalar(rest, indent),
            };
            values.push((Cow::Owned(name.to_owned()), value));
        }
        Value::Record(values)
    }

    /// Reads what a name without a value on its line holds; a list may stand right below the name.
    fn nested_or_list(&mut self, indent: usize, depth: usize) -> Value<'static> {
        match self.next() {
            Some((here, line)) if here == indent && is_item(line) && depth < DEEPEST => {
                self.list(indent, depth + 1)
            }
            _ => self.nested(indent + 1, depth),
        }
    }

    fn nested(&mut self, least: usize, depth: usize) -> Value<'static> {
        if depth < DEEPEST {
            return self.block(least, depth + 1);
        }
        while self.next().is_some_and(|(here, _)| here >= least) {
            self.at += 1;
        }
        Value::Nothing
    }

    /// Reads a value that begins on its name's line.
    fn scalar(&mut self, text: &'a str, indent: usize) -> Value<'static> {
        if let Some(style) = text.chars().next().filter(|c| "|>".contains(*c)) {
            return owned(self.literal(indent, style == '>'));
        }
        let mut whole = text.to_owned();
        // A text goes on over the lines below that are indented further.
        while is_open(&whole)
            && let Some((here, line)) = self.lines.get(self.at).copied()
            && (here > indent || line.is_empty())
        {
            whole.push(' ');
            whole.push_str(line);
            self.at += 1;
        }
        value(&whole)
    }

    /// Reads the indented lines of a literal or folded text.
    fn literal(&mut self, indent: usize, folded: bool) -> String {
        let mut text = String::new();
        while let Some((here, line)) = self.lines.get(self.at).copied()
            && (here > indent || line.is_empty())
        {
            let joined = folded && !text.is_empty() && !text.ends_with('\n') && !line.is_empty();
            text.push_str(match (text.is_empty(), joined) {
                (true, _) => "",
                (_, true) => " ",
                _ => "\n",
            });
            text.push_str(line);
            self.at += 1;
        }
        text.trim_end().to_owned()
    }
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// A line's name and the value behind it.
fn key(line: &str) -> Option<(&str, &str)> {
    if line.starts_with(['"', '\'']) {
        let quote = &line[..1];
        let (name, rest) = line[1..].split_once(quote)?;
        return Some((name, rest.trim_start().strip_prefix(':')?.trim()));
    }
    let (name, rest) = match line.split_once(": ") {
        Some((name, rest)) => (name, rest.trim()),
        None => (line.strip_suffix(':')?, ""),
    };
    let plain = !name.contains(['[', '{', '"', ',']);
    plain.then_some((name.trim(), if rest.starts_with('#') { "" } else { rest }))
}

/// Whether a value goes on below: a quotation or a list that is not closed, or a plain text.
fn is_open(text: &str) -> bool {
    let closes = |mark: char| text.len() > 1 && text.ends_with(mark);
    match text.chars().next() {
        Some('"') => !closes('"') || text.ends_with("\\\""),
        Some('\'') => !closes('\''),
        Some('[') => !closes(']'),
        Some('{') => !closes('}'),
        _ => true,
    }
}

/// A value of one line.
fn value(text: &str) -> Value<'static> {
    let text = text.trim();
    match text.chars().next() {
        Some('"' | '\'') => owned(quoted(text)),
        Some('[') => {
            let inner = text[1..].trim_end_matches(']');
            let parts = split_list(inner);
            Value::List(
                parts.into_iter().map(|part| value(part.trim_start_matches(['[', '{']))).collect(),
            )
        }
        Some('{' | '&' | '*' | '!') | None => Value::Nothing,
        _ => {
            // Behind a blank, `#` begins a comment.
            let plain = text.split(" #").next().unwrap_or(text).trim();
            let nothing = ["null", "~", "true", "false"].contains(&plain);
            if nothing { Value::Nothing } else { owned(plain) }
        }
    }
}

/// The text between quotation marks.
pub(super) fn quoted(text: &str) -> String {
    let Some(mark) = text.chars().next() else { return String::new() };
    let mut inner = text[mark.len_utf8()..].chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = inner.next() {
        match c {
            '\\' if mark == '"' => out.push(match inner.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('u') => {
                    let digits: String = inner.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).ok();
                    code.and_then(char::from_u32).unwrap_or('\u{FFFD}')
                }
                Some(other) => other,
                None => break,
            }),
            '\'' if mark == '\'' && inner.peek() == Some(&'\'') => {
                inner.next();
                out.push('\'');
            }
            c if c == mark => break,
            c => out.push(c),
        }
    }
    out
}

/// The parts of a list in brackets, at commas outside of quotation marks.
pub(super) fn split_list(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut mark) = (0, None);
    for (at, c) in text.char_indices() {
        match (mark, c) {
            (None, ',') => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            (None, '"' | '\'') if text[start..at].trim().is_empty() => mark = Some(c),
            (Some(open), c) if c == open => mark = None,
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts.into_iter().map(str::trim).collect()
}
