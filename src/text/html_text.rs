//! Fragments of HTML, as feeds and JSON carry them, to plain paragraphs.
//!
//! For bodies that are known to be a story's text. Whole pages, where the story has to be found
//! first, are a format of their own.

use super::entities;

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "dd",
    "dt",
];

/// Elements whose content is no text.
const SILENT: &[&str] = &["script", "style", "head", "noscript", "iframe", "svg", "figcaption"];

/// The longest tag, in bytes: what is not closed by then is none, and nothing is read twice for it.
const LONGEST_TAG: usize = 8192;

/// Gives the text of a fragment, its paragraphs parted by blank lines.
///
/// ```
/// use onrecord::text::html_text::paragraphs;
/// let text = "<p>The port &amp; the <b>quay</b> opened.</p><p>Nobody<br>came.</p>";
/// assert_eq!(paragraphs(text), "The port & the quay opened.\n\nNobody\n\ncame.");
/// ```
pub fn paragraphs(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut paragraph = String::new();
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        paragraph.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::read(rest) else {
            paragraph.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if !tag.closes && is_one_of(tag.name, SILENT) {
            rest = behind(rest, tag.name);
        }
        if is_one_of(tag.name, BLOCKS) {
            end_paragraph(&mut text, &mut paragraph);
        }
    }
    paragraph.push_str(rest);
    end_paragraph(&mut text, &mut paragraph);
    text
}

/// Whether a text is a fragment of HTML and not plain.
pub fn is_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at..];
        match Tag::read(rest) {
            Some(tag)
                if is_one_of(tag.name, BLOCKS)
                    || ["a", "b", "i", "em", "strong", "span"].contains(&tag.name) =>
            {
                return true;
            }
            _ => rest = &rest[1..],
        }
    }
    false
}

/// A tag or comment at the front of a text.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Option<Self> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let end =
                memchr::memmem::find(comment.as_bytes(), b"-->").map_or(text.len(), |end| end + 7);
            return Some(Self { name: "", closes: false, length: end });
        }
        let inner = &text[1..];
        let closes = inner.starts_with('/');
        let named = inner.trim_start_matches('/');
        let end = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
        let declares = inner.starts_with(['!', '?']);
        let is_named = named.starts_with(|c: char| c.is_ascii_alphabetic());
        if !declares && !is_named {
            return None;
        }
        let near = &text.as_bytes()[..text.len().min(LONGEST_TAG)];
        let close = memchr::memchr(b'>', near)?;
        Some(Self { name: &named[..end], closes, length: close + 1 })
    }
}

/// What stands behind the closing tag of an element; nothing where it is never closed.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&text.as_bytes()[at..], b"</") {
        let start = at + found + 2;
        let closes = text.get(start..start + name.len());
        if closes.is_some_and(|closes| closes.eq_ignore_ascii_case(name)) {
            let end = memchr::memchr(b'>', &text.as_bytes()[start..]);
            return end.map_or("", |end| &text[start + end + 1..]);
        }
        at = start;
    }
    ""
}

fn end_paragraph(text: &mut String, paragraph: &mut String) {
    let decoded = entities::decode(paragraph);
    let mut words = decoded.split_whitespace().peekable();
    if words.peek().is_some() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        for (number, word) in words.enumerate() {
            if number > 0 {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    paragraph.clear();
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scripts_comments_and_captions_are_no_text() {
        let html =
            "<!-- a --><script>if (a<b) {}</script><p>One</p><figcaption>By AFP</figcaption>Two";
        assert_eq!(paragraphs(html), "One\n\nTwo");
    }

    #[test]
    fn a_sign_is_no_tag() {
        assert_eq!(paragraphs("2 < 3 and 4 <5"), "2 < 3 and 4 <5");
        assert!(!is_html("2 < 3 <dollars"));
        assert!(is_html("so <b>bold</b>"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in "(<[/!a-z]{0,7}[ >]{0,2}|[a-z&;é]{0,5}){0,20}") {
            let text = paragraphs(&html);
            prop_assert!(!text.contains("\n\n\n"));
            is_html(&html);
        }
    }
}
