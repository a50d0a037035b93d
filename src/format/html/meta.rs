//! What a page says of its article: JSON-LD first, then `meta` elements, then microdata and the
//! page's own elements.

use dom_query::Document;
use jiff::civil::Date;
use serde_json::Value;

use super::linked;
use crate::model::{Moment, Story};
use crate::text::copy::{self, add, fill};
use crate::text::entities;
use crate::text::markup::one_line;
use crate::text::moments::moment;

/// Names of `meta` elements (`name`, `property` or `itemprop`), for each field the surest first:
/// Open Graph, its articles, parsely, sailthru, Dublin Core, and what papers made up.
const TITLE: &[&str] =
    &["og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title", "headline"];
const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "byline",
    "dcterms.creator",
    "authors",
    "article:author_name",
    "cxenseparse:author",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "date",
    "pubdate",
    "publish-date",
    "publishdate",
    "publication_date",
    "article.published",
    "datecreated",
    "og:published_time",
    "published_time",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "last-published",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "article.updated",
    "revision_date",
];
const SOURCE: &[&str] =
    &["og:site_name", "application-name", "dc.publisher", "publisher", "cre", "source"];
const SECTION: &[&str] = &[
    "article:section",
    "parsely-section",
    "section",
    "article.section",
    "dc.subject.section",
    "cg",
];
const KEYWORDS: &[&str] =
    &["news_keywords", "article:tag", "parsely-tags", "sailthru.tags", "keywords", "dc.subject"];
const LANGUAGE: &[&str] =
    &["og:locale", "dc.language", "language", "content-language", "inlanguage"];
const URL: &[&str] = &["og:url", "parsely-link", "twitter:url"];
const KIND: &[&str] = &["og:type", "parsely-type", "dc.type"];

/// The longest value that is no mistake, in bytes.
const LONGEST: usize = 2000;
/// The most names that one byline has.
const MOST_WRITERS: usize = 12;

/// What a page says of its article.
pub(super) struct Told {
    blocks: Vec<Value>,
    metas: Vec<(String, String)>,
    heading: String,
    title: String,
    canonical: String,
    language: String,
    time: String,
    writers: Vec<String>,
}

impl Told {
    /// Reads what a page says.
    pub(super) fn by(document: &Document) -> Self {
        let first = |selector: &str| one_line(&document.select_single(selector).text());
        let attribute = |selector: &str, name: &str| {
            document
                .select_single(selector)
                .attr(name)
                .map(|value| value.to_string())
                .unwrap_or_default()
        };
        let mut metas = Vec::new();
        for meta in document.select("meta[content]").iter() {
            let content =
                meta.attr("content").map(|content| one_line(&content)).unwrap_or_default();
            for name in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = meta.attr(name).filter(|_| content.len() <= LONGEST) {
                    metas.push((name.to_ascii_lowercase(), content.clone()));
                }
            }
        }
        let blocks = document.select("script[type='application/ld+json']");
        let times = [
            "time[itemprop=datePublished]",
            "time[pubdate]",
            "article time[datetime]",
            "time[datetime]",
            "[itemprop=datePublished]",
        ];
        let time = times
            .iter()
            .map(|selector| attribute(selector, "datetime"))
            .find(|time| !time.is_empty());
        let writers =
            document.select("[itemprop=author] [itemprop=name], [rel=author], [itemprop=author]");
        Self {
            blocks: blocks.iter().filter_map(|block| block_of(&block.text())).collect(),
            metas,
            heading: first("h1"),
            title: first("head title"),
            canonical: attribute("link[rel=canonical]", "href"),
            language: attribute("html", "lang"),
            time: time.unwrap_or_default(),
            writers: writers
                .iter()
                .take(MOST_WRITERS)
                .map(|writer| one_line(&writer.text()))
                .collect(),
        }
    }

    /// Whether the page says that it is an article.
    pub(super) fn is_article(&self) -> bool {
        self.article().is_some()
            || self.meta(KIND).eq_ignore_ascii_case("article")
            || !self.meta(PUBLISHED).is_empty()
    }

    /// The text of the article where JSON-LD has it; empty where it does not.
    pub(super) fn body(&self) -> &str {
        self.article().map(|article| linked::text(article, "articleBody")).unwrap_or_default()
    }

    fn article(&self) -> Option<&Value> {
        linked::article(&self.blocks)
    }

    /// The first value that a `meta` element gives for a field; empty where none does.
    fn meta(&self, names: &[&str]) -> &str {
        let of = |name: &&str| {
            self.metas.iter().find(|(known, value)| known == name && !value.is_empty())
        };
        names.iter().find_map(of).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Fills a story's fields.
    pub(super) fn fill(&self, story: &mut Story) {
        if let Some(article) = self.article() {
            take_article(story, article);
            story.found_in("JSON-LD");
        }
        fill(&mut story.title, self.meta(TITLE));
        fill(&mut story.section, self.meta(SECTION));
        let published = story.published.or_else(|| moment(self.meta(PUBLISHED)));
        story.published = published;
        story.updated = story.updated.or_else(|| moment(self.meta(UPDATED)));
        let site = self.meta(SOURCE);
        if !site.starts_with("http") {
            fill(&mut story.source, site);
        }
        let writers = self.metas.iter().filter(|(name, _)| AUTHOR.contains(&name.as_str()));
        if story.bylines.is_empty() {
            writers.for_each(|(_, value)| add_writers(&mut story.bylines, value));
        }
        if story.keywords.is_empty() {
            let lists = self.metas.iter().filter(|(name, _)| KEYWORDS.contains(&name.as_str()));
            for word in lists.flat_map(|(_, list)| list.split(',')) {
                add(&mut story.keywords, word);
            }
        }
        story.found_in("meta elements");
        fill(&mut story.title, &self.heading);
        fill(&mut story.title, &self.title);
        if story.bylines.is_empty() {
            self.writers.iter().for_each(|writer| add_writers(&mut story.bylines, writer));
        }
        story.published = story.published.or_else(|| moment(&self.time));
        for url in [self.canonical.as_str(), self.meta(URL)] {
            if url.starts_with("http") {
                fill(&mut story.url, url);
            }
        }
        for tag in [self.language.as_str(), self.meta(LANGUAGE)] {
            fill(&mut story.language, &copy::language(tag));
        }
        story.title = without_site(&entities::decode(&story.title), &story.source, &self.heading);
        story.found_in("the page's own elements");
    }
}

/// The value of a block; one that is wrapped or has raw line ends in its texts is mended.
fn block_of(text: &str) -> Option<Value> {
    let bare = text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[");
    let bare = bare.trim_end_matches("-->").trim_end_matches("//]]>").trim().trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        let mended: String = bare.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

fn take_article(story: &mut Story, article: &Value) {
    let text = |name| linked::text(article, name);
    fill(&mut story.title, &entities::decode(text("headline")));
    fill(&mut story.title, &entities::decode(text("name")));
    for writer in linked::texts(article.get("author")).into_iter().take(MOST_WRITERS) {
        add_writers(&mut story.bylines, writer);
    }
    story.published = moment(text("datePublished")).or_else(|| moment(text("dateCreated")));
    story.updated = moment(text("dateModified"));
    let publisher = text("publisher");
    if !publisher.starts_with("http") && !publisher.starts_with('#') {
        fill(&mut story.source, publisher);
    }
    fill(&mut story.section, text("articleSection"));
    for words in linked::texts(article.get("keywords")) {
        words.split(',').for_each(|word| add(&mut story.keywords, word));
    }
    fill(&mut story.language, &copy::language(text("inLanguage")));
    for name in ["url", "mainEntityOfPage", "@id"] {
        if text(name).starts_with("http") {
            fill(&mut story.url, text(name));
        }
    }
}

/// Adds the writers that a value names; an address or a mere handle names none.
fn add_writers(bylines: &mut Vec<String>, value: &str) {
    let value = entities::decode(value);
    let value = value.trim();
    if value.contains("://")
        || value.contains('@')
        || value.is_empty()
        || bylines.len() >= MOST_WRITERS
    {
        return;
    }
    let writers = copy::writers(value);
    if writers.is_empty() && value.split_whitespace().count() <= 5 {
        return add(bylines, value);
    }
    writers.iter().for_each(|writer| add(bylines, writer));
}

/// A headline without the site's name behind it: "Port opens - Velmark Courier".
fn without_site(title: &str, site: &str, heading: &str) -> String {
    let title = one_line(title);
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        if let Some((front, back)) = title.rsplit_once(mark) {
            let is_site = !site.is_empty() && letters(back).contains(&letters(site))
                || letters(site).contains(&letters(back)) && letters(back).len() > 3;
            if is_site || !heading.is_empty() && letters(front) == letters(heading) {
                return front.trim().to_owned();
            }
        }
    }
    title
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The site of an address: "wire.example" of "https://www.wire.example/a".
pub(super) fn site_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return "" };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// The day that an address names: ".../2025/03/18/port-opens".
pub(super) fn day_in_address(url: &str) -> Option<Moment> {
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = url.split('/').collect();
    parts.windows(3).find_map(|part| {
        let year: i16 = part[0].parse().ok().filter(|year| (1990..2100).contains(year))?;
        let named = MONTHS.iter().position(|name| part[1].eq_ignore_ascii_case(name));
        let month = named.map(|at| at as i8 + 1).or_else(|| part[1].parse().ok())?;
        Date::new(year, month, part[2].parse().ok()?).ok().map(Moment::Day)
    })
}
