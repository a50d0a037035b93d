//! The article among what stands around it.

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use rustc_hash::FxHashSet;

use super::furniture;
use super::meta::Told;
use crate::text::entities;
use crate::text::markup;

/// Of a hundred words of an extraction, how many JSON-LD's text must have to be the judge of it.
const JUDGE: usize = 60;
/// Of a hundred pairs of words, how many of a paragraph must stand in JSON-LD's text.
const KNOWN: usize = 50;
/// An extraction with less than a part of so many of what JSON-LD has is no extraction.
const TOO_LITTLE: usize = 2;
/// The longest text of JSON-LD that is compared, in bytes.
const LONGEST: usize = 4 << 20;

/// The paragraphs of a page's article; none where it has no article.
pub(super) fn paragraphs(document: Document, title: &str, told: &Told) -> Vec<String> {
    furniture::remove(&document);
    let marked = marked(&document);
    let found = furniture::without(readable(document), title);
    let marked = furniture::without(marked, title);
    let body = told.body();
    let told_body = match body.len() {
        0 | LONGEST.. => Vec::new(),
        _ => furniture::without(lines(&entities::decode(body)), title),
    };
    let best = if size(&marked) * 10 >= size(&found) * 7 { marked } else { found };
    if size(&best) * TOO_LITTLE < size(&told_body) {
        return told_body;
    }
    judged(best, &told_body)
}

/// What the page marks as the text of its article in microdata.
fn marked(document: &Document) -> Vec<String> {
    let bodies = document.select("[itemprop=articleBody]");
    let texts = bodies.iter().map(|body| markup::html(&body.html()));
    texts.max_by_key(|text| size(text)).unwrap_or_default()
}

fn readable(document: Document) -> Vec<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article =
        Readability::with_document(document, None, Some(config)).and_then(|mut page| page.parse());
    article.map(|article| markup::html(&article.content)).unwrap_or_default()
}

/// JSON-LD's text in its paragraphs; some have tags, some have line ends.
fn lines(text: &str) -> Vec<String> {
    if markup::has_tags(text) {
        return markup::html(text);
    }
    text.lines().map(markup::one_line).filter(|line| !line.is_empty()).collect()
}

fn size(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(String::len).sum()
}

/// The paragraphs that JSON-LD's text has too, where it has most of them: it has no furniture.
fn judged(paragraphs: Vec<String>, told: &[String]) -> Vec<String> {
    if size(told) * 100 < size(&paragraphs) * JUDGE {
        return paragraphs;
    }
    let known: FxHashSet<(String, String)> = pairs(&told.join(" ")).into_iter().collect();
    let is_known = |paragraph: &String| {
        let all = pairs(paragraph);
        let shared = all.iter().filter(|pair| known.contains(*pair)).count();
        shared * 100 >= all.len() * KNOWN
    };
    paragraphs.into_iter().filter(is_known).collect()
}

/// Each word with the one behind it, in small letters.
fn pairs(text: &str) -> Vec<(String, String)> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}
