//! A page's tags, in the order they stand, by one scan from front to back.
//!
//! Comes in: the page's text. Goes out: each tag with its place and attributes. Builds no tree, and
//! looks at no byte more than a small number of times, however broken the page is.

use memchr::{memchr, memmem};

use crate::text::entities;
use crate::text::markup::one_line;

/// A start or end tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Its name, as written.
    pub(super) name: &'a str,
    /// Whether it is an end tag.
    pub(super) closes: bool,
    /// What stands between its name and its `>`.
    attributes: &'a str,
    /// Where it begins.
    pub(super) start: usize,
    /// The byte behind it.
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// Whether it is of a name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it is of one of some names.
    pub(super) fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// An attribute's value as written; empty where there is none.
    pub(super) fn raw(&self, name: &str) -> &'a str {
        Attributes(self.attributes)
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value.trim())
    }

    /// An attribute's value, its entities decoded and its blanks single.
    pub(super) fn value(&self, name: &str) -> String {
        line(self.raw(name))
    }
}

/// A stretch of the page as one line of text: entities decoded, blanks single.
pub(super) fn line(raw: &str) -> String {
    one_line(&entities::decode(raw))
}

/// The tags of a page; comments and declarations are stepped over.
pub(super) struct Tags<'a> {
    page: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn of(page: &'a str) -> Self {
        Self { page, at: 0 }
    }

    /// Goes on reading from a byte further on.
    pub(super) fn jump(&mut self, to: usize) {
        self.at = self.at.max(to);
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        let bytes = self.page.as_bytes();
        loop {
            let start = self.at + memchr(b'<', bytes.get(self.at..)?)?;
            let closes = bytes.get(start + 1) == Some(&b'/');
            let from = start + 1 + usize::from(closes);
            match bytes.get(from)? {
                byte if byte.is_ascii_alphabetic() => {
                    let rest = &bytes[from..];
                    let length = rest.iter().position(|byte| ends_name(*byte))?;
                    let end = from + length + attributes_end(&rest[length..])?;
                    self.at = end;
                    return Some(Tag {
                        name: &self.page[from..from + length],
                        closes,
                        attributes: &self.page[from + length..end - 1],
                        start,
                        end,
                    });
                }
                _ => self.at = behind_declaration(bytes, start)?,
            }
        }
    }
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'>' || byte == b'/'
}

/// The byte behind the `>` that ends a tag; one that stands in quotation marks does not.
fn attributes_end(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
        if rest[at] == b'>' {
            return Some(at + 1);
        }
        // A mark opens a value only behind `=`; elsewhere it is a stray.
        if rest[..at].trim_ascii_end().ends_with(b"=") {
            at += 1 + memchr(rest[at], &rest[at + 1..])?;
        }
        at += 1;
    }
}

/// The byte behind a comment or declaration, or behind a `<` that stands for itself.
fn behind_declaration(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = &bytes[start..];
    if rest.starts_with(b"<!--") {
        return memmem::find(rest, b"-->").map(|at| start + at + 3);
    }
    if rest.starts_with(b"<!") || rest.starts_with(b"<?") || rest.starts_with(b"</") {
        return memchr(b'>', rest).map(|at| start + at + 1);
    }
    Some(start + 1)
}

/// Where the end tag of a name begins, from a byte on.
pub(super) fn ending(page: &str, from: usize, name: &str) -> Option<usize> {
    let bytes = &page.as_bytes()[from..];
    memmem::find_iter(bytes, b"</").map(|at| at + from).find(|at| {
        let behind = page.as_bytes().get(at + 2..at + 2 + name.len());
        behind.is_some_and(|behind| behind.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The attributes of a tag, as written.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest[first..]
            .find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/')
            .map_or(rest.len(), |at| at + first);
        let (name, rest) = rest.split_at(length);
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            self.0 = rest;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let (value, rest) = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => {
                let inner = &value[1..];
                let end = inner.find(mark).unwrap_or(inner.len());
                (&inner[..end], inner.get(end + 1..).unwrap_or_default())
            }
            _ => {
                value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()))
            }
        };
        self.0 = rest;
        Some((name, value))
    }
}
