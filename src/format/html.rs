//! Web pages: the article of a page, and what the page says of it.
//!
//! What the page says stands in JSON-LD, in `meta` elements of a dozen makers, and in microdata; a
//! library finds the article among what stands around it, and what furniture it leaves is taken out
//! here. A page without an article is an error and no story.

mod body;
mod furniture;
mod linked;
mod meta;
mod safety;

use dom_query::Document;

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, PublishedFrom, Story};
use crate::text::copy;
use crate::text::decode::decode;
use meta::Told;

/// Web pages.
pub(super) const HTML: Format = Format {
    name: "html",
    doc: "web pages: the article and what JSON-LD, meta elements and microdata say of it",
    signs: "a doctype of HTML or one of its first elements",
    sniff,
    read,
};

/// How a page may begin, in lower case.
const STARTS: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<title",
    b"<meta",
    b"<link",
    b"<script",
    b"<div",
    b"<p>",
    b"<p ",
    b"<article",
    b"<main",
    b"<h1",
];

/// A body shorter than this, in bytes, of a page that does not say that it is an article, is none.
const SHORTEST: usize = 200;

fn sniff(entry: &Entry) -> Likeness {
    let mut head = &entry.bytes[..entry.bytes.len().min(HEAD)];
    head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    // An XML declaration and comments may stand before it.
    while head.starts_with(b"<?xml") || head.starts_with(b"<!--") {
        let end: &[u8] = if head.starts_with(b"<?xml") { b"?>" } else { b"-->" };
        let Some(at) = memchr::memmem::find(head, end) else { return Likeness::No };
        head = head[at + end.len()..].trim_ascii_start();
    }
    let starts = |start: &&[u8]| {
        head.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start))
    };
    match STARTS.iter().position(|start| starts(start)) {
        Some(0 | 1) => Likeness::Certain,
        Some(_) => Likeness::Likely,
        None => Likeness::No,
    }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let refused = |why: String| Error::new(Kind::Input, why);
    let declared = declared_charset(entry);
    let decoded = decode(&entry.bytes, declared.as_deref()).map_err(refused)?;
    let text = safety::tamed(&decoded.text).map_err(refused)?;
    let document = Document::from(text.as_ref());
    let told = Told::by(&document);
    let mut story = Story::default();
    told.fill(&mut story);
    take_address(&mut story, entry);
    let paragraphs = body::paragraphs(document, &story.title, &told);
    let length: usize = paragraphs.iter().map(String::len).sum();
    if length == 0 || length < SHORTEST && !told.is_article() {
        return Err(Error::new(Kind::Input, "a web page without an article")
            .hint("front pages, searches and notices of consent are no stories"));
    }
    copy::set_body(&mut story, "", paragraphs);
    story.found_in("the readable part of the page");
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
    sink(Ok(story));
    Ok(())
}

/// The character set that the server named, or the page itself.
fn declared_charset(entry: &Entry) -> Option<String> {
    if !entry.charset.is_empty() {
        return Some(entry.charset.clone());
    }
    let head = String::from_utf8_lossy(&entry.bytes[..entry.bytes.len().min(HEAD)]);
    let at = head.to_ascii_lowercase().find("charset=")?;
    let value = head.get(at + "charset=".len()..)?.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
    Some(value[..end.unwrap_or(value.len())].to_owned())
}

/// The page's address, and what it tells where the page is silent: its day and its site.
fn take_address(story: &mut Story, entry: &Entry) {
    copy::fill(&mut story.url, &entry.url);
    story.found_in("the archive's record");
    if story.source.is_empty() {
        story.source = meta::site_of(&story.url).to_owned();
        story.found_in("the address");
    }
    if story.published.is_none() {
        story.published = meta::day_in_address(&story.url);
        story.found_in("the address");
    }
}

#[cfg(test)]
mod tests;
