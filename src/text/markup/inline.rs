//! XHTML and NITF as other formats carry them: the content of an item, its writers and its place.

use super::{
    Node, attribute, below, child, children, has_tags, html, line, one_line, paragraphs, plain,
    tagged_lines,
};
use crate::text::copy;

/// The paragraphs of an element that holds a story's content: NITF, XHTML, blocks of either, markup
/// as character data, or plain text.
pub fn content(node: Node<'_, '_>) -> Vec<String> {
    let nitf: Vec<Node<'_, '_>> = outermost(node, "body.content");
    if !nitf.is_empty() {
        return nitf.into_iter().flat_map(paragraphs).collect();
    }
    let is_markup = node.children().any(|part| part.is_element());
    if is_markup {
        let body = below(node, "body").next();
        return paragraphs(body.unwrap_or(node));
    }
    let text: String = node.children().filter_map(|part| part.text()).collect();
    lines(&text)
}

/// The paragraphs of a text that may have markup of its own.
pub fn lines(text: &str) -> Vec<String> {
    if !has_tags(text) {
        let unescaped = crate::text::entities::decode(text);
        // Markup that was escaped once more than it should be.
        return if has_tags(&unescaped) && text.contains("&lt;") {
            html(&unescaped)
        } else {
            plain(&unescaped)
        };
    }
    let has_blocks =
        text.contains("<p") || text.contains("<P") || text.contains("<br") || text.contains("<BR");
    if has_blocks { html(text) } else { tagged_lines(text) }
}

/// The elements of a name below a node that are in no other of that name.
fn outermost<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Vec<Node<'a, 'i>> {
    let mut found: Vec<Node<'a, 'i>> = Vec::new();
    for element in below(node, name) {
        let inside = found.last().is_some_and(|last| last.range().end >= element.range().end);
        let in_note = element.parent().is_some_and(|parent| parent.tag_name().name() == "note");
        if !inside && !in_note {
            found.push(element);
        }
    }
    found
}

/// The line of an element that is no prose of a story where it stands in its text.
pub fn line_of_all(node: Node<'_, '_>) -> String {
    let lines: Vec<String> = node.children().map(line).collect();
    one_line(&lines.join(" "))
}

/// The writers that NITF's `body.head` names: those marked as people, else those its words name;
/// what a writer is (`byttl`) and where he is reached (`virtloc`) are none.
pub fn writers(head: Node<'_, '_>) -> Vec<String> {
    let mut names = Vec::new();
    for byline in children(head, "byline") {
        names.extend(byline_writers(byline));
    }
    names
}

fn byline_writers(byline: Node<'_, '_>) -> Vec<String> {
    let mut names = Vec::new();
    for person in children(byline, "person") {
        let person = line(person);
        let found = copy::writers(&person);
        names.extend(if found.is_empty() && !person.is_empty() { vec![person] } else { found });
    }
    if names.is_empty() {
        names = copy::writers(&own_text(byline));
    }
    if names.is_empty() {
        // "<byline>The Nordwire</byline>", "<byline><byttl>By Ada Orlo</byttl></byline>".
        names = copy::writers(&line(byline));
    }
    names
}

/// The place of the dateline of NITF's `body.head`.
pub fn place(head: Node<'_, '_>) -> String {
    let Some(dateline) = child(head, "dateline") else { return String::new() };
    let location = child(dateline, "location");
    let named = |name: &'static str| {
        let part = location.and_then(|location| child(location, name));
        part.map(line).filter(|part| !part.is_empty())
    };
    let written =
        || location.map(own_text).map(|text| copy::place(&text)).filter(|place| !place.is_empty());
    let found = named("city")
        .or_else(written)
        .or_else(|| Some(copy::place(&own_text(dateline))).filter(|place| !place.is_empty()))
        .or_else(|| location.map(|location| attribute(location, "city").to_owned()));
    found.unwrap_or_default()
}

/// The text of an element and its inline markup, without titles, days and addresses.
fn own_text(node: Node<'_, '_>) -> String {
    const ASIDE: &[&str] = &["byttl", "virtloc", "story.date", "chron", "function"];
    let mut text = String::new();
    for part in node.children() {
        if part.is_text() {
            text.push_str(part.text().unwrap_or_default());
        } else if part.is_element() && !ASIDE.contains(&part.tag_name().name()) {
            text.push(' ');
            text.push_str(&line(part));
            text.push(' ');
        }
    }
    one_line(&text).replace(" ,", ",")
}
