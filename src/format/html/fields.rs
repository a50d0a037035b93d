//! A page's metadata to a story's fields, the surest words first.
//!
//! Comes in: the head, the linked data. Goes out: a story without a body, each field with its place
//! in the page's own words.

use serde_json::{Map, Value};

use super::head::Head;
use super::linked::{self, Linked};
use crate::model::{Moment, PublishedFrom, Story};
use crate::text::{byline, copy, moments, stamp};

const TITLES: &[&str] = &[
    "og:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "hdl",
];
const WRITERS: &[&str] = &[
    "parsely-author",
    "sailthru.author",
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "dc.contributor",
    "og:article:author",
    "article:author_name",
    "twitter:creator:name",
];
const SECTIONS: &[&str] = &[
    "article:section",
    "parsely-section",
    "og:section",
    "og:article:section",
    "section",
    "dc.subject.section",
    "sailthru.section",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date",
    "originalpublicationdate",
    "og:pubdate",
    "cxenseparse:recs:publishtime",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article:modified",
    "dc.date.modified",
    "dcterms.modified",
    "datemodified",
    "lastmod",
    "last-modified",
    "revision_date",
];
const KEYWORDS: &[&str] = &[
    "news_keywords",
    "article:tag",
    "og:article:tag",
    "parsely-tags",
    "sailthru.tags",
    "keywords",
    "dc.subject",
];
const SOURCES: &[&str] = &[
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "article:publisher_name",
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:app:name:iphone",
];
const LANGUAGES: &[&str] =
    &["content-language", "language", "dc.language", "dcterms.language", "og:locale"];

/// The most keywords that are kept.
const MOST_KEYWORDS: usize = 64;
/// The longest name of a writer, in bytes.
const LONGEST_NAME: usize = 60;

/// What the page tells of itself.
pub(super) struct Told<'a> {
    pub(super) head: &'a Head,
    pub(super) linked: &'a Linked,
    pub(super) article: Option<&'a Map<String, Value>>,
    /// When the page was fetched, where its archive tells.
    pub(super) captured: Option<Moment>,
}

/// The first text among several that is not empty, and where it stood.
struct First(Option<(String, String)>);

impl Told<'_> {
    /// The story without its body.
    pub(super) fn story(&self, byline: &str) -> Story {
        let mut story = Story::default();
        self.take_source(&mut story);
        self.take_title(&mut story);
        self.take_bylines(&mut story, byline);
        self.take_section(&mut story);
        self.take_times(&mut story);
        self.take_keywords(&mut story);
        self.take_language(&mut story);
        self.take_url(&mut story);
        story
    }

    fn in_article(&self, property: &str) -> String {
        self.article.map(|article| linked::text(article, property)).unwrap_or_default()
    }

    fn names_in_article(&self, property: &str) -> Vec<String> {
        self.article.map(|article| self.linked.names(article, property)).unwrap_or_default()
    }

    fn take_source(&self, story: &mut Story) {
        let publisher = self.names_in_article("publisher").into_iter().next().unwrap_or_default();
        let found = First::of(&publisher, "JSON-LD publisher")
            .or_metas(self.head, SOURCES)
            .or_items(self.head, &["publisher"])
            .filter(|name| !name.contains("://"));
        found.put(story, "source", |story| &mut story.source);
    }

    fn take_title(&self, story: &mut Story) {
        let found = First::of(&self.in_article("headline"), "JSON-LD headline")
            .or(&self.in_article("name"), "JSON-LD name")
            .or_metas(self.head, &TITLES[..1])
            .or_items(self.head, &["headline"])
            .or(&self.head.heading, "<h1>")
            .or_metas(self.head, &TITLES[1..])
            .or(&self.head.title, "<title>");
        found.put(story, "title", |story| &mut story.title);
        story.title = without_site(&story.title, &story.source, &self.head.heading).to_owned();
    }

    fn take_bylines(&self, story: &mut Story, line: &str) {
        let metas = WRITERS.iter().map(|name| {
            (self.head.metas(name).map(str::to_owned).collect(), format!("meta[name={name}]"))
        });
        let items = self.head.items("author").map(str::to_owned).collect();
        let places =
            std::iter::once((self.names_in_article("author"), "JSON-LD author".to_owned()))
                .chain(metas)
                .chain([(items, "itemprop=author".to_owned())])
                .chain([(vec![line.to_owned()], "the byline above the text".to_owned())]);
        for (names, place) in places {
            let mut bylines = Vec::new();
            for name in names.iter().take(64).flat_map(|name| writers(name)) {
                if !name.eq_ignore_ascii_case(&story.source) {
                    copy::add(&mut bylines, &name);
                }
            }
            if !bylines.is_empty() {
                story.bylines = bylines;
                story.origins.tell("bylines", place);
                return;
            }
        }
    }

    fn take_section(&self, story: &mut Story) {
        let found = First::of(&self.in_article("articleSection"), "JSON-LD articleSection")
            .or_metas(self.head, SECTIONS)
            .or_items(self.head, &["articleSection"]);
        found.put(story, "section", |story| &mut story.section);
    }

    fn take_times(&self, story: &mut Story) {
        let published = First::time(&self.in_article("datePublished"), "JSON-LD datePublished")
            .or_time(&self.in_article("dateCreated"), "JSON-LD dateCreated")
            .or_time_metas(self.head, PUBLISHED)
            .or_time_items(self.head, &["datePublished", "dateCreated"])
            .or_time(&self.head.time, "<time datetime>")
            .or_stamps(&self.head.stamps, self.captured);
        if let Some((moment, place)) = published.0 {
            story.published = Some(moment);
            story.published_from = Some(PublishedFrom::Metadata);
            story.origins.tell("published", place);
        }
        let updated = First::time(&self.in_article("dateModified"), "JSON-LD dateModified")
            .or_time_metas(self.head, UPDATED)
            .or_time_items(self.head, &["dateModified"]);
        if let Some((moment, place)) = updated.0 {
            let earlier = story.published.is_some_and(|first| first.order() > moment.order());
            if !earlier {
                story.updated = Some(moment);
                story.origins.tell("updated", place);
            }
        }
    }

    fn take_keywords(&self, story: &mut Story) {
        let in_article = (self.names_in_article("keywords"), "JSON-LD keywords".to_owned());
        let metas = KEYWORDS.iter().map(|name| {
            (
                self.head.metas(name).map(str::to_owned).collect::<Vec<_>>(),
                format!("meta[name={name}]"),
            )
        });
        for (values, place) in std::iter::once(in_article).chain(metas) {
            for word in values.iter().flat_map(|list| list.split([',', ';'])).take(MOST_KEYWORDS) {
                copy::add(&mut story.keywords, word.trim());
            }
            if !story.keywords.is_empty() {
                story.origins.tell("keywords", place);
                return;
            }
        }
    }

    fn take_language(&self, story: &mut Story) {
        let found = First::of(&self.head.language, "<html lang>")
            .or(&self.in_article("inLanguage"), "JSON-LD inLanguage")
            .or_metas(self.head, LANGUAGES);
        found.put(story, "language", |story| &mut story.language);
        story.language = copy::language(&story.language);
    }

    fn take_url(&self, story: &mut Story) {
        let found = First::of(web(&self.head.canonical), "link[rel=canonical]")
            .or(web(self.head.meta("og:url")), "og:url")
            .or(web(&self.in_article("url")), "JSON-LD url")
            .or(web(&self.in_article("mainEntityOfPage")), "JSON-LD mainEntityOfPage")
            .or(web(self.head.meta("parsely-link")), "meta[name=parsely-link]");
        found.put(story, "url", |story| &mut story.url);
    }
}

impl First {
    fn of(text: &str, place: &str) -> Self {
        Self(None).or(text, place)
    }

    fn or(self, text: &str, place: &str) -> Self {
        let known =
            self.0.or_else(|| (!text.is_empty()).then(|| (text.to_owned(), place.to_owned())));
        Self(known)
    }

    fn or_metas(self, head: &Head, names: &[&str]) -> Self {
        names
            .iter()
            .fold(self, |known, name| known.or(head.meta(name), &format!("meta[name={name}]")))
    }

    fn or_items(self, head: &Head, names: &[&str]) -> Self {
        names.iter().fold(self, |known, name| {
            known.or(head.items(name).next().unwrap_or_default(), &format!("itemprop={name}"))
        })
    }

    fn filter(self, fits: impl Fn(&str) -> bool) -> Self {
        Self(self.0.filter(|(text, _)| fits(text)))
    }

    fn put(self, story: &mut Story, field: &'static str, slot: fn(&mut Story) -> &mut String) {
        if let Some((text, place)) = self.0 {
            *slot(story) = text;
            story.origins.tell(field, place);
        }
    }

    fn time(text: &str, place: &str) -> FirstTime {
        FirstTime(None).or_time(text, place)
    }
}

/// The first time among several that can be read, and where it stood.
struct FirstTime(Option<(Moment, String)>);

impl FirstTime {
    fn or_time(self, text: &str, place: &str) -> Self {
        Self(self.0.or_else(|| moments::moment(text).map(|moment| (moment, place.to_owned()))))
    }

    /// A stamp that readers see: a day, or how long before its capture the page was published.
    fn or_stamps(self, stamps: &[String], captured: Option<Moment>) -> Self {
        let read = |text: &String| {
            let day = || stamp::find(text).filter(|stamp| !stamp.is_update);
            let ago = || captured.and_then(|captured| stamp::ago(text, captured));
            let time = moments::moment(text).or_else(|| day().map(|stamp| Moment::Day(stamp.day)));
            Some((time.or_else(ago)?, "a date below the headline".to_owned()))
        };
        Self(self.0.or_else(|| stamps.iter().find_map(read)))
    }

    fn or_time_metas(self, head: &Head, names: &[&str]) -> Self {
        names
            .iter()
            .fold(self, |known, name| known.or_time(head.meta(name), &format!("meta[name={name}]")))
    }

    fn or_time_items(self, head: &Head, names: &[&str]) -> Self {
        names.iter().fold(self, |known, name| {
            known.or_time(head.items(name).next().unwrap_or_default(), &format!("itemprop={name}"))
        })
    }
}

/// An address of the web; empty where it is none.
fn web(address: &str) -> &str {
    if address.starts_with("http://") || address.starts_with("https://") { address } else { "" }
}

/// A headline without the name of its site behind it: "Port reopens | Marn Courier".
fn without_site<'a>(title: &'a str, site: &str, heading: &str) -> &'a str {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » "] {
        let Some((front, back)) = title.rsplit_once(mark) else { continue };
        let (front, back) = (front.trim(), back.trim());
        let is_site = !site.is_empty()
            && (back.eq_ignore_ascii_case(site)
                || site.to_lowercase().contains(&back.to_lowercase())
                || back.to_lowercase().starts_with(&site.to_lowercase()));
        if is_site || !front.is_empty() && front.eq_ignore_ascii_case(heading) {
            return front;
        }
    }
    title
}

/// Whether a part of a byline can be a name: neither a time nor a site nor a form's label.
fn is_name(part: &str) -> bool {
    const NONE: &[&str] = &["admin", "administrator", "editor", "staff", "guest", "webmaster"];
    part.split(' ').count() <= 6
        && !part.contains(|c: char| c.is_ascii_digit() || "()[]:/*".contains(c))
        && ![".com", ".org", ".net", ".co.uk"].iter().any(|end| part.to_lowercase().ends_with(end))
        && !NONE.iter().any(|none| part.eq_ignore_ascii_case(none))
}

/// The day in an address: ".../2024/03/18/port-reopens".
pub(super) fn day_in(address: &str) -> Option<Moment> {
    let parts: Vec<&str> = address.split('/').skip(3).take(32).collect();
    parts.windows(3).find_map(|day| {
        let [year, month, day] = day else { return None };
        let fits =
            year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        fits.then(|| moments::moment(&format!("{year}-{month:0>2}-{day:0>2}"))).flatten()
    })
}

/// The names of a byline's value: "By Ada Orlo and Ivan Vane, Marn Courier".
fn writers(value: &str) -> Vec<String> {
    let value = value.trim();
    if value.is_empty()
        || value.contains("://")
        || value.contains('@')
        || value.len() > 4 * LONGEST_NAME
    {
        return Vec::new();
    }
    let read = byline::names(value);
    if !read.is_empty() {
        return read.into_iter().map(str::to_owned).collect();
    }
    let plain =
        value.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map_or(value, |_| &value[3..]);
    let parts = plain.split([',', ';', '&', '|']).flat_map(|part| part.split(" and "));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty() && part.len() <= LONGEST_NAME);
    let fits = |part: &&str| part.chars().any(char::is_alphabetic) && is_name(part);
    parts.filter(fits).map(str::to_owned).collect()
}
