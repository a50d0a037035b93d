//! A page's text: what a library takes for its article, without the furniture that is left in it.
//!
//! Comes in: light markup. Goes out: paragraphs, and the line that looks like a byline. Knows
//! nothing of the page's metadata.

use dom_smoothie::{Config, Readability};

use super::furniture::{self, Paragraph};
use crate::text::markup;

/// The most elements of a page that are looked at.
const MOST_ELEMENTS: usize = 200_000;
/// Fewer letters than this make the library try again with less care.
const FEW_LETTERS: usize = 400;
/// An element of more letters than this is not cut out for its name alone.
const MANY_LETTERS: usize = 2000;

/// A page's text.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The paragraphs.
    pub(super) paragraphs: Vec<String>,
    /// The line that looks like a byline; empty where there is none.
    pub(super) byline: String,
    /// How many letters the library found.
    pub(super) letters: usize,
    /// Of a hundred of them, how many stand in links.
    pub(super) linked: usize,
}

/// Finds the text of light markup.
pub(super) fn find(light: &str) -> Found {
    let found = find_in(light, true);
    if found.letters >= FEW_LETTERS {
        return found;
    }
    // A page may name what holds its article as others name furniture.
    let whole = find_in(light, false);
    if whole.letters > 2 * found.letters { whole } else { found }
}

fn find_in(light: &str, cuts: bool) -> Found {
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        char_threshold: FEW_LETTERS,
        ..Config::default()
    };
    let Ok(mut reader) = Readability::new(light, None, Some(config)) else {
        return Found::default();
    };
    if cuts {
        cut_furniture(&reader);
    }
    let Ok(article) = reader.parse() else { return Found::default() };
    let paragraphs = paragraphs(&article.content);
    let letters = paragraphs.iter().map(|paragraph| paragraph.letters).sum::<usize>();
    let linked = paragraphs.iter().map(|paragraph| paragraph.linked).sum::<usize>();
    Found {
        paragraphs: furniture::without(paragraphs),
        byline: article.byline.unwrap_or_default(),
        letters,
        linked: linked * 100 / letters.max(1),
    }
}

/// Stands for the start and the end of a link while its paragraphs are found.
const LINK: [char; 2] = ['\u{E000}', '\u{E001}'];

/// The paragraphs of the library's markup, and how much of each stands in links.
fn paragraphs(content: &str) -> Vec<Paragraph> {
    let mut marked = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        marked.push_str(&rest[..at]);
        rest = &rest[at..];
        let opens = rest.starts_with("<a ") || rest.starts_with("<a>");
        if opens || rest.starts_with("</a>") {
            marked.push(LINK[usize::from(!opens)]);
            rest = memchr::memchr(b'>', rest.as_bytes()).map_or("", |end| &rest[end + 1..]);
        } else {
            marked.push('<');
            rest = &rest[1..];
        }
    }
    marked.push_str(rest);
    markup::html(&marked).iter().map(|text| paragraph(text)).collect()
}

/// A paragraph without the marks of its links.
fn paragraph(marked: &str) -> Paragraph {
    let (mut letters, mut linked, mut within) = (0, 0, false);
    let mut text = String::with_capacity(marked.len());
    for letter in marked.chars() {
        if LINK.contains(&letter) {
            within = letter == LINK[0];
            continue;
        }
        text.push(letter);
        if letter.is_alphanumeric() {
            letters += 1;
            linked += usize::from(within);
        }
    }
    Paragraph { text: text.trim().to_owned(), linked, letters }
}

/// Cuts out the elements whose names say that they are furniture.
fn cut_furniture(reader: &Readability) {
    let root = reader.doc.root();
    let named: Vec<_> = root
        .descendants_it()
        .filter(|node| {
            ["class", "id"]
                .iter()
                .any(|name| node.attr(name).is_some_and(|names| furniture::is_named(&names)))
        })
        .filter(|node| !["html", "body", "article", "main"].iter().any(|name| node.has_name(name)))
        .collect();
    for node in named {
        if node.normalized_char_count() <= MANY_LETTERS {
            node.remove_from_parent();
        }
    }
}
