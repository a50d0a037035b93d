//! The bytes of an XML document to a text that can be parsed safely.
//!
//! Comments, declarations and the document type are dropped; entities that HTML names, that the
//! document declares plainly, or that nobody declares become text; a bomb is refused.

use std::borrow::Cow;

use crate::text::offsets::floor;
use memchr::{memchr, memchr2, memmem};

use crate::text::decode::decode;
use crate::text::entities;

/// How deep elements may be nested.
const DEEPEST: usize = 512;
/// How many attributes one element may have: the parser compares each with each.
const MOST_ATTRIBUTES: usize = 2_000;
/// The longest value of an entity that a document declares.
const LONGEST_VALUE: usize = 1024;
/// How far a declaration of an entity is read.
const LONGEST_DECLARATION: usize = 2048;
/// How many entities a document may declare.
const MOST_DECLARED: usize = 1_000;
/// By how much declared entities may make a text longer.
const MOST_ADDED: usize = 1 << 20;
/// Where a document's declaration of its character set must stand.
const DECLARATION: usize = 256;

/// Decodes and cleans a document, ready to be parsed.
///
/// # Errors
/// Where it is no text, or a bomb of entities, attributes or depth.
pub fn prepare(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    match without_controls(decode(bytes, declared_charset(bytes))?.text) {
        Cow::Borrowed(text) => cleaned(text),
        Cow::Owned(text) => Ok(Cow::Owned(cleaned(&text)?.into_owned())),
    }
}

/// The character set that the XML declaration names.
fn declared_charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let end = memmem::find(head, b"?>")?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let rest = &declaration[declaration.find("encoding")? + "encoding".len()..];
    rest.split(['"', '\'']).nth(1)
}

/// The text without characters that XML forbids.
fn without_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    let bad = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    // No early end, so that the machine looks at many bytes at a time.
    let any_bad = text.bytes().fold(false, |any, byte| any | bad(byte));
    if !any_bad && memmem::find(text.as_bytes(), b"\xEF\xBF").is_none() {
        return text;
    }
    let forbidden = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || "\u{FFFE}\u{FFFF}".contains(c);
    text.replace(forbidden, " ").into()
}

/// The text with its references and tags made safe; borrowed where all of them are.
fn cleaned(text: &str) -> Result<Cow<'_, str>, String> {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\n', '\t']);
    let (mut out, mut kept, mut next) = (String::new(), 0, 0);
    let mut cleaner = Cleaner::default();
    while let Some(found) = memchr2(b'<', b'&', &text.as_bytes()[next..]) {
        let at = next + found;
        let rest = &text[at..];
        let (length, instead) =
            if rest.starts_with('&') { cleaner.reference(rest)? } else { cleaner.tag(rest)? };
        next = at + length;
        if let Some(instead) = instead {
            out.push_str(&text[kept..at]);
            out.push_str(&instead);
            kept = next;
        }
    }
    if out.is_empty() {
        return Ok(Cow::Borrowed(&text[kept..]));
    }
    out.push_str(&text[kept..]);
    Ok(Cow::Owned(out))
}

/// How many bytes were looked at, and what stands for them in the text; none where they stand as
/// they are.
type Taken = (usize, Option<Cow<'static, str>>);

/// Bytes that go.
const GONE: Option<Cow<'static, str>> = Some(Cow::Borrowed(""));

#[derive(Default)]
struct Cleaner {
    declared: Vec<(String, String)>,
    added: usize,
    depth: usize,
}

impl Cleaner {
    /// Takes what begins with `<`.
    fn tag(&mut self, rest: &str) -> Result<Taken, String> {
        let bytes = rest.as_bytes();
        let to = |end: &[u8]| memmem::find(bytes, end).map_or(rest.len(), |at| at + end.len());
        match bytes.get(1) {
            Some(b'!') if rest.starts_with("<![CDATA[") => Ok((to(b"]]>"), None)),
            Some(b'!') if rest.starts_with("<!--") => Ok((to(b"-->"), GONE)),
            Some(b'!') => Ok((self.document_type(rest)?, GONE)),
            Some(b'?') => Ok((to(b"?>"), GONE)),
            Some(byte) if *byte == b'/' || begins_name(*byte) => self.element(rest),
            _ => Ok((1, Some("&lt;".into()))),
        }
    }

    fn element(&mut self, rest: &str) -> Result<Taken, String> {
        let bytes = rest.as_bytes();
        let stretch = memchr(b'<', &bytes[1..]).map_or(bytes, |at| &bytes[..=at]);
        if bytes[1] == b'/' {
            self.depth = self.depth.saturating_sub(1);
        } else if !ends_itself(stretch) {
            self.depth += 1;
        }
        if self.depth > DEEPEST {
            return Err(format!("elements nested more than {DEEPEST} deep"));
        }
        if stretch.len() > MOST_ATTRIBUTES * 4 && has_too_many(stretch) {
            return Err(format!("an element with more than {MOST_ATTRIBUTES} attributes"));
        }
        Ok((1, None))
    }

    /// Takes a reference to an entity or a character.
    fn reference(&mut self, rest: &str) -> Result<Taken, String> {
        if let Some((_, length)) = entities::of_xml(rest) {
            return Ok((length, None));
        }
        let name = entities::name(rest).unwrap_or_default();
        if let Some((_, value)) = self.declared.iter().find(|(declared, _)| declared == name) {
            self.added += value.len();
            if value.contains('&') || self.added > MOST_ADDED {
                return Err("a bomb: its entities are made of entities".to_owned());
            }
            return Ok((name.len() + 2, Some(value.clone().into())));
        }
        let Some((character, length)) = entities::find(rest) else {
            return Ok((1, Some("&amp;".into())));
        };
        let instead = match character {
            '<' => "&lt;".into(),
            '&' => "&amp;".into(),
            other => other.to_string().into(),
        };
        Ok((length, Some(instead)))
    }

    /// Takes a document type declaration with its entities, and gives where it ends.
    fn document_type(&mut self, rest: &str) -> Result<usize, String> {
        let (mut at, mut inside) = (2, false);
        let bytes = rest.as_bytes();
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'[' => inside = true,
                b']' => inside = false,
                b'>' if !inside => return Ok(at + 1),
                b'"' | b'\'' => {
                    at += memchr(*byte, &bytes[at + 1..]).map_or(0, |end| end + 1);
                }
                b'<' if bytes[at..].starts_with(b"<!--") => {
                    let Some(end) = memmem::find(&bytes[at..], b"-->") else { break };
                    at += end + 2;
                }
                b'<' if bytes[at..].starts_with(b"<!ENTITY") => {
                    let end = floor(rest, at + LONGEST_DECLARATION);
                    self.declare(&rest[at + "<!ENTITY".len()..end])?;
                }
                _ => {}
            }
            at += 1;
        }
        Ok(rest.len())
    }

    /// Notes an entity whose value stands in the document; others are never fetched.
    fn declare(&mut self, rest: &str) -> Result<(), String> {
        let rest = rest.trim_start();
        let Some((name, rest)) = rest.split_once(char::is_whitespace) else { return Ok(()) };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| "\"'".contains(*c)) else {
            return Ok(());
        };
        let value = &rest[1..];
        let end = value.find(quote).unwrap_or(value.len());
        if end > LONGEST_VALUE || self.declared.len() == MOST_DECLARED {
            return Err("a bomb: it declares long entities, or very many".to_owned());
        }
        let value = entities::characters(&value[..end]);
        // A value with markup of its own would need balancing; its text is what matters here.
        self.declared.push((name.to_owned(), value.replace('<', "&lt;")));
        Ok(())
    }
}

fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || byte >= 0x80
}

/// Whether the tag that begins a stretch is one like `<br/>`.
fn ends_itself(stretch: &[u8]) -> bool {
    let mut quote = None;
    for (at, byte) in stretch.iter().enumerate() {
        match (quote, *byte) {
            (None, b'>') => return stretch[at - 1] == b'/',
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    false
}

fn has_too_many(stretch: &[u8]) -> bool {
    let equals = memchr::memchr_iter(b'=', stretch).count();
    let quotes = memchr::memchr2_iter(b'"', b'\'', stretch).count();
    equals.min(quotes / 2) > MOST_ATTRIBUTES
}

/// The name of a document's root element, without its prefix, from its first bytes.
pub fn root_name(head: &[u8]) -> Option<&str> {
    let mut rest = head;
    loop {
        let at = memchr(b'<', rest)?;
        rest = &rest[at..];
        let end: &[u8] = match rest.get(1)? {
            b'?' => b"?>",
            b'!' if rest.starts_with(b"<!--") => b"-->",
            b'!' => {
                // An internal subset ends in "]>".
                let subset = memchr(b'[', rest).zip(memchr(b'>', rest));
                if subset.is_some_and(|(open, end)| open < end) { b"]>" } else { b">" }
            }
            _ => break,
        };
        rest = &rest[memmem::find(rest, end)? + end.len()..];
    }
    let name = &rest[1..];
    let length = name.iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))?;
    let name = std::str::from_utf8(&name[..length]).ok()?;
    Some(name.rsplit(':').next().unwrap_or(name))
}

/// The elements of a name in a document that is not well-formed as a whole, each with the root's
/// start tag in front of it and its end tag behind it, to be parsed by itself.
pub(super) fn pieces(text: &str, name: &str) -> Vec<String> {
    let Some(open) = text.find('<') else { return Vec::new() };
    let Some(close) = text[open..].find('>').map(|at| open + at) else { return Vec::new() };
    let root = text[open + 1..close].trim_end_matches('/');
    let root_name = root.split_whitespace().next().unwrap_or_default();
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let mut starts: Vec<usize> = memmem::find_iter(text.as_bytes(), start.as_bytes())
        .filter(|at| {
            text.as_bytes()
                .get(at + start.len())
                .is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'>')
        })
        .collect();
    starts.push(text.len());
    let whole = |pair: &[usize]| {
        let stretch = &text[pair[0]..pair[1]];
        stretch.rfind(&end).map(|at| &stretch[..at + end.len()])
    };
    let found = starts.windows(2).filter_map(whole);
    if root_name == name {
        return found.map(str::to_owned).collect();
    }
    found.map(|piece| format!("<{root}>{piece}</{root_name}>")).collect()
}
