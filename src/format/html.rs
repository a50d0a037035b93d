//! Web pages: saved, fetched, or out of a web archive.
//!
//! Comes in: HTML or XHTML in any character set. Goes out: the page's one story; its linked data,
//! its `meta` and its microdata fill the fields, a library finds the text, and what is left of the
//! page's furniture is taken off it. A page without an article is an error.

mod body;
mod fields;
mod furniture;
mod head;
mod linked;
mod scan;

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, PublishedFrom, Story};
use crate::text::copy;
use crate::text::decode::{decode, head as head_of};

use fields::Told;
use head::Head;
use linked::Linked;

/// Web pages.
pub(super) const HTML: Format = Format {
    name: "html",
    doc: "web pages: JSON-LD, meta tags and microdata, and the text that a reader would see",
    signs: "<!doctype html>, <html> or <head> before any other element",
    sniff,
    read,
};

/// The longest page that is read, in bytes.
const LONGEST_PAGE: usize = 32 << 20;
/// Elements that a page begins with.
const FIRST: &[&str] = &["html", "head", "body", "meta", "title"];

fn sniff(entry: &Entry) -> Likeness {
    let head = head_of(&entry.bytes, HEAD);
    if !head.trim_ascii_start().starts_with(b"<") {
        return Likeness::No;
    }
    let Ok(decoded) = decode(&head, None) else { return Likeness::No };
    let mut rest = decoded.text.trim_start();
    loop {
        let next = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?xml") {
            rest.find("?>").map(|at| at + 2)
        } else {
            break;
        };
        let Some(next) = next else { return Likeness::No };
        rest = rest[next..].trim_start();
    }
    if is_front(rest, "<!doctype html") {
        return Likeness::Certain;
    }
    let Some(tag) = rest.strip_prefix('<') else { return Likeness::No };
    match FIRST.iter().position(|name| is_front(tag, name)) {
        Some(0) => Likeness::Certain,
        Some(_) => Likeness::Likely,
        None => Likeness::No,
    }
}

/// Whether a text begins with a tag's name, which ends there.
fn is_front(text: &str, front: &str) -> bool {
    text.get(..front.len()).is_some_and(|start| start.eq_ignore_ascii_case(front))
        && !text[front.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == ':')
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    if entry.bytes.len() > LONGEST_PAGE {
        return Err(Error::new(Kind::Input, "a web page of more than 32 MB")
            .hint("no page is so long; is it one file of several?"));
    }
    let declared = declared(entry);
    let zero = memchr::memchr(0, &entry.bytes).is_some()
        && !entry.bytes.starts_with(b"\xFF\xFE")
        && !entry.bytes.starts_with(b"\xFE\xFF");
    let plain: Vec<u8>;
    let bytes = if zero {
        plain = entry.bytes.iter().copied().filter(|byte| *byte != 0).collect();
        &plain
    } else {
        &entry.bytes
    };
    let decoded = decode(bytes, declared.as_deref()).map_err(|why| Error::new(Kind::Input, why))?;
    sink(story(entry, &decoded.text));
    Ok(())
}

/// The character set that the server declared, else the page itself.
fn declared(entry: &Entry) -> Option<String> {
    if !entry.charset.is_empty() {
        return Some(entry.charset.clone());
    }
    let head =
        String::from_utf8_lossy(&entry.bytes[..entry.bytes.len().min(HEAD)]).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let label = head[at..].trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
    Some(label[..end.unwrap_or(label.len())].to_owned()).filter(|label| !label.is_empty())
}

/// The story of a page.
fn story(entry: &Entry, page: &str) -> Result<Story> {
    let head = Head::of(page);
    let linked = Linked::of(&head.data);
    let article = linked.article();
    let found = body::find(&head.markup);
    let mut story = Told { head: &head, linked: &linked, article, captured: entry.captured }
        .story(&found.byline);
    if story.url.is_empty() && !entry.url.is_empty() {
        story.url.clone_from(&entry.url);
        story.origins.tell("url", "the address it was fetched from");
    }
    take_day_of_address(&mut story);
    let says_so = article.is_some() || head.meta("og:type").eq_ignore_ascii_case("article");
    let of_links = found.linked > MOST_IN_LINKS;
    take_text(&mut story, found.paragraphs, article.map(linked::body).unwrap_or_default());
    let least = if says_so { LEAST_TEXT } else { LEAST_UNTOLD_TEXT };
    let why = if linked.is_list() {
        "it says that it is a list of pages"
    } else if !says_so && is_missing(&head.title, &head.heading) {
        "it says that a page was not found"
    } else if of_links && !says_so {
        "most of its words are links"
    } else if story.body.len() < least {
        "there is too little text on it"
    } else {
        return Ok(story);
    };
    Err(Error::new(Kind::Input, format!("a web page without an article: {why}"))
        .hint("index pages, search results and walls of consent or payment hold no story"))
}

/// The least text of an article, in bytes, on a page that says that it has one ...
const LEAST_TEXT: usize = 60;
/// ... and on any other.
const LEAST_UNTOLD_TEXT: usize = 250;
/// Of a hundred letters of an article, how many may stand in links.
const MOST_IN_LINKS: usize = 50;

/// Whether a page says that what was asked for is not there.
fn is_missing(title: &str, heading: &str) -> bool {
    const WORDS: &[&str] =
        &["404", "page not found", "not found", "access denied", "403 forbidden"];
    [title, heading].iter().any(|line| {
        let lower = line.to_lowercase();
        WORDS.iter().any(|words| {
            lower.starts_with(words) || *words == "page not found" && lower.contains(words)
        })
    })
}

fn take_day_of_address(story: &mut Story) {
    if story.published.is_some() {
        return;
    }
    if let Some(day) = fields::day_in(&story.url) {
        story.published = Some(day);
        story.published_from = Some(PublishedFrom::Path);
        story.origins.tell("published", "the day in its address");
    }
}

/// The page's text; where scripts write it, the text that the linked data carries.
fn take_text(story: &mut Story, found: Vec<String>, told: Vec<String>) {
    let length = |paragraphs: &[String]| paragraphs.iter().map(String::len).sum::<usize>();
    let (paragraphs, place) = if length(&told) > 2 * length(&found) {
        (told, "JSON-LD articleBody")
    } else {
        (found, "the readable text of the page")
    };
    copy::set_body(story, "", paragraphs);
    if !story.body.is_empty() {
        story.origins.tell("body", place);
    }
}

#[cfg(test)]
mod tests;
