//! What a page tells of itself outside of its prose, and the page without what is never prose.
//!
//! Comes in: the page's text. Goes out: its metadata in its own words, and lighter markup: without
//! scripts, styles, drawings and comments, and nested no deeper than a tree may safely be.

use super::scan::{Tag, Tags, ending, line};
use crate::text::markup;
use crate::text::offsets::floor;

/// The deepest nesting that is kept; start tags below it are left out, their text stays.
const DEEPEST: usize = 192;
/// The most elements of type that may be open at once: a parser opens them anew in each block.
const MOST_STYLES: usize = 16;
/// The longest value that is kept, in bytes.
const LONGEST: usize = 4096;
/// The most values that are kept of each kind.
const MOST: usize = 512;
/// The longest block of linked data that is read, in bytes.
const LONGEST_DATA: usize = 2 << 20;

/// Elements whose content is no markup of the page.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp"];
/// Elements whose content is no prose; dropped where they end.
const DROPPED: &[&str] = &["noscript", "svg", "template", "iframe", "object", "canvas", "math"];
/// Elements without an end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that the next of their kind ends, so that they do not nest.
const SELF_ENDING: &[&str] =
    &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"];
/// Elements in a line of text: their end tags end nothing that is a block.
const INLINE: &[&str] =
    &["span", "abbr", "cite", "q", "label", "time", "sub", "sup", "mark", "var"];
/// Elements that no end tag of another name reaches through.
const WALLS: &[&str] = &["table", "button", "marquee", "applet", "caption", "select"];
/// Blocks: an end tag of theirs ends whatever is open within them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "main",
    "menu",
    "nav",
    "ol",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
/// Elements of type.
const STYLES: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The values of `meta` under their names in lower case.
    metas: Vec<(String, String)>,
    /// The values of microdata under their property's name.
    items: Vec<(String, String)>,
    /// Blocks of linked data, as written.
    pub(super) data: Vec<String>,
    /// `<title>`.
    pub(super) title: String,
    /// The first `<h1>` with words in it.
    pub(super) heading: String,
    /// `<html lang>`.
    pub(super) language: String,
    /// `<link rel=canonical>`.
    pub(super) canonical: String,
    /// The first `<time datetime>` from the headline on.
    pub(super) time: String,
    /// The first short texts from the headline on of elements that are called dates.
    pub(super) stamps: Vec<String>,
    /// The markup without what is never prose.
    pub(super) markup: String,
}

impl Head {
    /// The value of a name of `meta`; empty where there is none.
    pub(super) fn meta<'a>(&'a self, name: &'a str) -> &'a str {
        self.metas(name).next().unwrap_or_default()
    }

    /// All values of a name of `meta`.
    pub(super) fn metas<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        values(&self.metas, name)
    }

    /// All values of a property of microdata.
    pub(super) fn items<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        values(&self.items, name)
    }

    /// Takes a page apart.
    pub(super) fn of(page: &str) -> Self {
        let mut reading = Reading { page, head: Head::default(), ..Reading::default() };
        reading.head.markup.reserve(page.len() / 2);
        let mut tags = Tags::of(page);
        while let Some(tag) = tags.next() {
            let next = reading.take(&tag);
            tags.jump(next);
        }
        reading.head.markup.push_str(page.get(reading.kept_to..).unwrap_or_default());
        reading.head
    }
}

fn values<'a>(known: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    known.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A page as it is taken apart.
#[derive(Default)]
struct Reading<'a> {
    page: &'a str,
    head: Head,
    /// The byte to which the page is in the lighter markup or left out of it.
    kept_to: usize,
    /// The elements that are open.
    open: Vec<&'a str>,
    /// The elements of type that are open.
    styles: Vec<&'a str>,
    /// How many start tags were left out that have not ended.
    left_out: usize,
    styles_left_out: usize,
    /// Names of elements that were found to have no end.
    endless: Vec<&'static str>,
}

impl<'a> Reading<'a> {
    /// Takes a tag; gives the byte to go on from.
    fn take(&mut self, tag: &Tag<'a>) -> usize {
        let text = self.page.get(self.kept_to..tag.start).unwrap_or_default();
        self.head.markup.push_str(text);
        self.kept_to = tag.end;
        if tag.closes {
            self.close(tag);
            return tag.end;
        }
        self.note(tag);
        if let Some(name) = RAW.iter().find(|name| tag.is(name)) {
            let end = ending(self.page, tag.end, name).unwrap_or(self.page.len());
            self.take_raw(tag, name, &self.page[tag.end..end]);
            self.kept_to = end;
            return end;
        }
        if let Some(end) = self.dropped(tag) {
            self.kept_to = end;
            return end;
        }
        self.open(tag);
        tag.end
    }

    /// The byte behind what is dropped from a tag on.
    fn dropped(&mut self, tag: &Tag<'_>) -> Option<usize> {
        if ["meta", "link", "base", "input"].iter().any(|name| tag.is(name)) {
            return Some(tag.end);
        }
        let name = DROPPED.iter().find(|name| tag.is(name))?;
        if self.endless.contains(name) {
            return None;
        }
        let Some(end) = ending(self.page, tag.end, name) else {
            self.endless.push(name);
            return None;
        };
        Some(end + memchr::memchr(b'>', &self.page.as_bytes()[end..])? + 1)
    }

    fn take_raw(&mut self, tag: &Tag<'_>, name: &str, content: &str) {
        if name == "title" && self.head.title.is_empty() {
            self.head.title = line(short(content));
        }
        let is_data = tag.raw("type").to_ascii_lowercase().contains("ld+json");
        if name == "script"
            && is_data
            && content.len() <= LONGEST_DATA
            && self.head.data.len() < MOST
        {
            self.head.data.push(content.to_owned());
        }
    }

    fn open(&mut self, tag: &Tag<'a>) {
        if tag.is_any(STYLES) {
            if self.styles.len() >= MOST_STYLES {
                self.styles_left_out += 1;
                return;
            }
            self.styles.push(tag.name);
        } else if !tag.is_any(VOID) && !tag.is_any(SELF_ENDING) {
            if self.open.len() >= DEEPEST {
                self.left_out += 1;
                return;
            }
            self.open.push(tag.name);
        }
        self.head.markup.push_str(&self.page[tag.start..tag.end]);
    }

    fn close(&mut self, tag: &Tag<'a>) {
        let kept = if tag.is_any(RAW) || tag.is_any(DROPPED) {
            false
        } else if tag.is_any(STYLES) {
            let skipped = self.styles_left_out;
            self.styles_left_out = skipped.saturating_sub(1);
            if skipped == 0
                && let Some(at) = self.styles.iter().rposition(|name| tag.is(name))
            {
                self.styles.remove(at);
            }
            skipped == 0
        } else if tag.is_any(SELF_ENDING) {
            true
        } else {
            self.close_block(tag)
        };
        if kept {
            self.head.markup.push_str(&self.page[tag.start..tag.end]);
        }
    }

    /// Closes the element that an end tag means, as a parser would; tells whether the tag is kept.
    fn close_block(&mut self, tag: &Tag<'a>) -> bool {
        if self.left_out > 0 {
            self.left_out -= 1;
            return false;
        }
        let inline = tag.is_any(INLINE);
        for at in (0..self.open.len()).rev() {
            let name = self.open[at];
            if tag.is(name) {
                self.open.truncate(at);
                return true;
            }
            let any = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
            if any(WALLS) || !any(INLINE) && (inline || !tag.is_any(BLOCKS)) {
                return false;
            }
        }
        false
    }

    /// Notes what a start tag tells of the page.
    fn note(&mut self, tag: &Tag<'_>) {
        match tag.name.to_ascii_lowercase().as_str() {
            "html" => self.head.language = tag.value("lang"),
            "meta" => self.note_meta(tag),
            "link"
                if tag.raw("rel").eq_ignore_ascii_case("canonical")
                    && self.head.canonical.is_empty() =>
            {
                self.head.canonical = tag.value("href");
            }
            "h1" if self.head.heading.is_empty() => {
                self.head.heading = self.words(tag, "h1");
            }
            "time" if self.head.time.is_empty() && !self.head.heading.is_empty() => {
                self.head.time = tag.value("datetime");
            }
            _ => {}
        }
        if !self.head.heading.is_empty()
            && self.head.stamps.len() < MOST_STAMPS
            && (tag.is("time") || calls_itself_a_date(tag.raw("class")))
        {
            let rest = &self.page[tag.end..floor(self.page, tag.end + LONGEST_STAMP)];
            let text = line(rest.split('<').next().unwrap_or_default());
            if !text.is_empty() {
                self.head.stamps.push(text);
            }
        }
        let property = tag.raw("itemprop");
        if !property.is_empty() && self.head.items.len() < MOST {
            let value = self.item_value(tag);
            for name in property.split_ascii_whitespace().take(4) {
                self.head.items.push((name.to_owned(), value.clone()));
            }
        }
    }

    fn note_meta(&mut self, tag: &Tag<'_>) {
        let content = tag.raw("content");
        if content.is_empty() || content.len() > LONGEST || self.head.metas.len() >= MOST {
            return;
        }
        let names = ["property", "name", "http-equiv"].map(|name| tag.raw(name));
        if let Some(name) = names.into_iter().find(|name| !name.is_empty()) {
            self.head.metas.push((name.to_ascii_lowercase(), line(content)));
        }
    }

    /// The value of an element of microdata.
    fn item_value(&self, tag: &Tag<'_>) -> String {
        let told = ["content", "datetime"].map(|name| tag.raw(name));
        match told.into_iter().find(|value| !value.is_empty() && value.len() <= LONGEST) {
            Some(value) => line(value),
            None => {
                let rest = short(&self.page[tag.end..]);
                line(rest.split('<').next().unwrap_or_default())
            }
        }
    }

    /// The words of an element.
    fn words(&self, tag: &Tag<'_>, name: &str) -> String {
        let rest = short(&self.page[tag.end..]);
        let end = ending(rest, 0, name).unwrap_or(0);
        markup::one_line(&markup::html(&rest[..end]).join(" "))
    }
}

/// How many stamps are kept, and how long one may be, in bytes.
const MOST_STAMPS: usize = 4;
const LONGEST_STAMP: usize = 160;

/// Whether one of an element's classes says that it holds a date: "post-date", "timestamp".
fn calls_itself_a_date(classes: &str) -> bool {
    const NAMES: &[&str] = &["date", "timestamp", "published", "posted", "pubdate", "dateline"];
    classes.len() <= LONGEST_STAMP
        && classes
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|part| NAMES.iter().any(|name| part.eq_ignore_ascii_case(name)))
}

/// The front of a text, to the longest value that is kept.
fn short(text: &str) -> &str {
    &text[..floor(text, LONGEST)]
}
