//! Feeds that are not well-formed: each entry by itself, and the markup that stands unescaped in a
//! text taken as its text.

use std::fmt::Write as _;

use memchr::{memchr, memmem};

/// Elements of an entry that hold text, and nothing of the feed's own.
const LEAVES: &[&str] = &[
    "title",
    "link",
    "guid",
    "id",
    "description",
    "content:encoded",
    "content",
    "summary",
    "pubDate",
    "published",
    "issued",
    "updated",
    "modified",
    "dc:date",
    "dc:creator",
    "dc:subject",
    "dc:publisher",
    "dc:language",
    "author",
    "category",
    "source",
    "language",
    "name",
];

/// The root that an entry is put into, which declares the prefixes that feeds forget to declare.
const ROOT: &str = "<loose xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
                    xmlns:dc=\"http://purl.org/dc/elements/1.1/\">";

/// The entries of a broken feed, each as a document of its own; `name` is their element.
pub(super) fn entries<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    stretches(text, name).map(move |stretch| document(stretch, name))
}

/// What stands before the first entry, as a document of its own.
pub(super) fn head(text: &str, name: &str, feed: &str) -> String {
    let end = starts(text, name).next().unwrap_or(text.len());
    document(&text[..end], feed)
}

/// The stretches of a text that each begin with an entry and end before the next.
fn stretches<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let mut starts = starts(text, name).peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        let stretch = &text[start..starts.peek().copied().unwrap_or(text.len())];
        let end = format!("</{name}>");
        Some(memmem::find(stretch.as_bytes(), end.as_bytes()).map_or(stretch, |at| &stretch[..at]))
    })
}

fn starts<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    memchr::memchr_iter(b'<', text.as_bytes()).filter(|at| {
        let rest = text.as_bytes()[at + 1..].strip_prefix(name.as_bytes());
        rest.is_some_and(|rest| rest.first().is_some_and(|byte| b" >\t\n/".contains(byte)))
    })
}

/// Writes an entry anew: its known elements, and in each of them text only.
fn document(stretch: &str, name: &str) -> String {
    let mut out = format!("{ROOT}<{name}>");
    let mut rest = stretch;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        rest = &rest[at + 1..];
        let Some(leaf) = leaf(rest) else { continue };
        let Some(end) = memchr(b'>', rest.as_bytes()) else { break };
        let tag = &rest[leaf.len()..end];
        rest = &rest[end + 1..];
        let target = target(tag);
        let text = if tag.ends_with('/') { String::new() } else { text_of(&mut rest, leaf) };
        if !target.is_empty() || !text.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(out, "<{leaf}{target}>{text}</{leaf}>");
        }
    }
    out.push_str(&format!("</{name}></loose>"));
    out
}

/// The name of a known element whose start tag begins behind a `<`.
fn leaf(rest: &str) -> Option<&'static str> {
    LEAVES.iter().copied().find(|leaf| {
        let behind = rest.strip_prefix(leaf).and_then(|rest| rest.bytes().next());
        behind.is_some_and(|byte| byte.is_ascii_whitespace() || byte == b'>' || byte == b'/')
    })
}

/// The attribute of a link that says where it leads, where it leads to the story.
fn target(tag: &str) -> String {
    let other = ["self", "hub", "enclosure", "replies", "edit"];
    let value = |name: &str| {
        let rest = &tag[tag.find(name)? + name.len()..];
        let quote = rest.chars().next().filter(|c| "\"'".contains(*c))?;
        rest[1..].split(quote).next().filter(|value| !value.contains(['<', '"']))
    };
    if value("rel=").is_some_and(|relation| other.contains(&relation)) {
        return String::new();
    }
    value("href=").map(|href| format!(" href=\"{href}\"")).unwrap_or_default()
}

/// The text up to an element's end, safe to stand in a document; where the element has no end, up
/// to the next element of the feed's own.
fn text_of(rest: &mut &str, leaf: &str) -> String {
    let text = *rest;
    if let Some(data) = text.trim_start().strip_prefix("<![CDATA[")
        && let Some(end) = memmem::find(data.as_bytes(), b"]]>")
    {
        *rest = &data[end + 3..];
        return escaped(&data[..end].replace('&', "&amp;"));
    }
    let mut looked_at = text;
    let mut before = 0;
    while let Some(at) = memchr(b'<', looked_at.as_bytes()) {
        before += at;
        looked_at = &looked_at[at + 1..];
        let closes = looked_at.strip_prefix('/').and_then(|rest| rest.strip_prefix(leaf));
        if closes.is_some_and(|rest| rest.starts_with(['>', ' ', '\n'])) || begins_next(looked_at) {
            *rest = &text[before..];
            return escaped(&text[..before]);
        }
        before += 1;
    }
    *rest = "";
    escaped(text)
}

/// Whether an element begins that no text has in it.
fn begins_next(rest: &str) -> bool {
    const ALSO_HTML: &[&str] = &["title", "link", "content", "source", "summary", "name"];
    leaf(rest).is_some_and(|leaf| !ALSO_HTML.contains(&leaf))
}

/// A text with its tags as text; references stay as they are.
fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace("]]>", "]]&gt;")
}
