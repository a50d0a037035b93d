//! Markup to text: XML made safe to parse, and the block content of XHTML and NITF as paragraphs.
//!
//! Comes in: the bytes of an XML document, one of its nodes, or a text with HTML's tags in it. Goes
//! out: text without markup; a table is a paragraph with a line a row, its cells parted by tabs.
//! Nothing outside the document is ever fetched.

mod flow;
pub mod inline;
mod source;

use roxmltree::ParsingOptions;
pub use roxmltree::{Document, Node};

pub use flow::plain;
use flow::{Flow, has_plain_blanks};
use source::pieces;
pub use source::{prepare, root_name};

/// The most nodes of a document.
const MOST_NODES: u32 = 4_000_000;

/// Parses a text that [`prepare`] made.
///
/// # Errors
/// Where the text is not well-formed, with the place.
pub fn parse(text: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|why| format!("not well-formed: {why}"))
}

/// Hands a document's root over, or where the document is broken each of its elements of a name
/// that is whole, under a root like its own; `each` gives how many stories it found there.
///
/// Gives why the document is broken, where it is.
///
/// # Errors
/// Where no story was found: why the document cannot be read, or that it has `none`.
pub fn items(
    bytes: &[u8],
    names: &[&str],
    none: &str,
    each: &mut dyn FnMut(Node<'_, '_>) -> usize,
) -> Result<Option<String>, String> {
    let text = prepare(bytes)?;
    let why = match parse(&text) {
        Ok(document) if each(document.root_element()) > 0 => return Ok(None),
        Ok(_) => return Err(none.to_owned()),
        Err(why) => why,
    };
    let mut stories = 0;
    for piece in names.iter().flat_map(|name| pieces(&text, name)) {
        stories += parse(&piece).map_or(0, |document| each(document.root_element()));
    }
    if stories > 0 { Ok(Some(why)) } else { Err(why) }
}

/// The paragraphs of a node's block content.
///
/// ```
/// use onrecord::text::markup::{paragraphs, parse};
/// let document = parse("<div><p>The <b>port</b>\n is open.</p><p>It\u{a0}shut.</p></div>").unwrap();
/// assert_eq!(paragraphs(document.root_element()), ["The port is open.", "It shut."]);
/// ```
pub fn paragraphs(node: Node<'_, '_>) -> Vec<String> {
    let mut flow = Flow::default();
    walk(node, &mut flow);
    flow.finish()
}

/// Hands a node's text and its elements' starts and ends over in the order of the document, without
/// recursion: how deep a document is nested is its own affair.
fn walk(top: Node<'_, '_>, flow: &mut Flow) {
    let mut node = top;
    loop {
        if node.is_element() {
            flow.open(node.tag_name().name());
        } else if let Some(text) = node.text().filter(|_| node.is_text()) {
            flow.text(text);
        }
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            if node.is_element() {
                flow.close(node.tag_name().name());
            }
            if node == top {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
        }
    }
}

/// The paragraphs of a text with HTML's tags in it, well-formed or not.
///
/// ```
/// use onrecord::text::markup::html;
/// assert_eq!(html("<P>One &amp; two<BR>three<P>four"), ["One & two\nthree", "four"]);
/// ```
pub fn html(text: &str) -> Vec<String> {
    let mut flow = Flow::default();
    scan(text, &mut flow);
    flow.finish()
}

/// The paragraphs of lines of plain text that some tags stand between.
pub fn tagged_lines(text: &str) -> Vec<String> {
    let mut flow = Flow::of_lines();
    scan(text, &mut flow);
    flow.finish()
}

/// Whether a text holds tags of its own: escaped markup, or a section of character data.
pub fn has_tags(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).take(64).any(|at| {
        let rest = &text.as_bytes()[at + 1..];
        rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
            && memchr::memchr(b'>', &rest[..rest.len().min(512)]).is_some()
    })
}

fn scan(text: &str, flow: &mut Flow) {
    let mut endless = Vec::new();
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        flow.text(&rest[..at]);
        let tag = &rest[at..];
        let Some(end) = tag_end(tag) else {
            flow.text("<");
            rest = &tag[1..];
            continue;
        };
        let inner = tag[1..end].trim_end_matches(['>', '/']);
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let length = inner.find(|c: char| c.is_whitespace()).unwrap_or(inner.len());
        let name = inner[..length].to_ascii_lowercase();
        rest = &tag[end..];
        if closes {
            flow.close(&name);
        } else if RAW.contains(&name.as_str()) {
            rest = ending(rest, &name).map_or("", |at| &rest[at..]);
        } else if !inner.starts_with(['!', '?']) && ends(rest, &name, &mut endless) {
            flow.open(&name);
            if tag[..end].ends_with("/>") {
                flow.close(&name);
            }
        }
    }
    flow.text(rest);
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style"];

/// Whether an element that would hide its content ends at all: one that does not hides nothing.
/// What was found to have no end is remembered, so that no text is searched twice for it.
fn ends(rest: &str, name: &str, endless: &mut Vec<String>) -> bool {
    if !flow::hides(name) {
        return true;
    }
    if !endless.iter().any(|known| known == name) {
        if ending(rest, name).is_some() {
            return true;
        }
        endless.push(name.to_owned());
    }
    false
}

/// Where the end tag of a name begins.
fn ending(rest: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(rest.as_bytes(), b"</").find(|at| {
        let closes = rest.as_bytes().get(at + 2..at + 2 + name.len());
        closes.is_some_and(|closes| closes.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The longest tag, in bytes: a `<` without a `>` within this stands for itself.
const LONGEST_TAG: usize = 8192;

/// The byte behind a tag or comment that begins here.
fn tag_end(tag: &str) -> Option<usize> {
    let second = tag.as_bytes().get(1)?;
    if !second.is_ascii_alphabetic() && !b"/!?".contains(second) {
        return None;
    }
    let looked_at = &tag.as_bytes()[..tag.len().min(LONGEST_TAG)];
    if tag.starts_with("<!--")
        && let Some(at) = memchr::memmem::find(looked_at, b"-->")
    {
        return Some(at + 3);
    }
    memchr::memchr(b'>', looked_at).map(|at| at + 1)
}

/// All the text of a node with one blank between words; of its blocks with a blank between them.
pub fn line(node: Node<'_, '_>) -> String {
    if let Some(only) = node.first_child().filter(|child| child.is_text() && !child.has_siblings())
    {
        let text = only.text().unwrap_or_default();
        if !text.contains(['<', '&']) {
            return one_line(text);
        }
        return one_line(&html(text).join(" "));
    }
    one_line(&paragraphs(node).join(" "))
}

/// A text's words with one blank between them.
pub fn one_line(text: &str) -> String {
    let text = text.trim();
    if has_plain_blanks(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The elements of a name among a node's children, whatever their namespace.
pub fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The first element of a name among a node's children.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The elements of a name anywhere below a node, in the order of the document.
pub fn below<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |other| other.is_element() && other.tag_name().name() == name)
        .filter(move |other| *other != node)
}

/// The value of an attribute, whatever its namespace, without blanks around it; empty where there
/// is none.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map_or("", |attribute| attribute.value().trim())
}

#[cfg(test)]
mod tests;
