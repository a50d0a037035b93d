//! What stands on a page and is no text of its article.

use dom_query::{Document, NodeRef};

use crate::text::dateline::month;
use crate::text::markup::one_line;

/// Elements that hold no text of an article.
const ELEMENTS: &str = "nav, form, aside, figure, figcaption, button, iframe, select, dialog, noscript, \
    [role=navigation], [role=complementary], [role=dialog], [role=search], [aria-hidden=true], [hidden]";

/// Words of the `class` or `id` of what stands beside an article.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "author-bio",
    "authorbio",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "dfp",
    "disqus",
    "follow",
    "footer",
    "gallery",
    "gdpr",
    "inbox",
    "legal",
    "mailing",
    "masthead",
    "menu",
    "metadata",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "outbrain",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "promo",
    "promos",
    "rail",
    "readmore",
    "recirc",
    "recirculation",
    "recommendations",
    "recommended",
    "related",
    "share",
    "sharebar",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tag",
    "tags",
    "teaser",
    "timestamp",
    "toolbar",
    "topics",
    "trending",
    "tweet",
    "widget",
];

/// A part of a page with more than so many of a hundred letters of it is the article itself, whatever
/// it is called.
const TOO_MUCH: usize = 30;
/// A paragraph that is one link, of at most so many bytes, leads away from the article.
const LONGEST_LINK: usize = 250;

/// Removes what is no text of an article from a page.
pub(super) fn remove(document: &Document) {
    document.select("script, style, template").remove();
    let Some(body) = document.body() else { return };
    let all = body.text().len().max(1);
    document.select(ELEMENTS).iter().for_each(|part| {
        let is_article = |node: &&NodeRef<'_>| node.text().len() * 100 <= all * TOO_MUCH;
        part.nodes().iter().filter(is_article).for_each(NodeRef::remove_from_parent);
    });
    let called = document.select("[class], [id]");
    for node in called.nodes() {
        let is_body = node
            .node_name()
            .is_some_and(|name| matches!(&*name, "html" | "body" | "main" | "article"));
        if !is_body && is_beside(node) && node.text().len() * 100 <= all * TOO_MUCH {
            node.remove_from_parent();
        }
    }
    remove_links(document);
}

/// Whether the words of a node's class or id say that it stands beside the article.
fn is_beside(node: &NodeRef<'_>) -> bool {
    ["class", "id"].iter().filter_map(|name| node.attr(name)).any(|value| {
        value.split_ascii_whitespace().any(|class| {
            let class = class.to_ascii_lowercase();
            let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
            WORDS.binary_search(&class.as_str()).is_ok()
                || words.any(|word| WORDS.binary_search(&word).is_ok())
        })
    })
}

/// Removes paragraphs and items of lists that are nothing but a link.
fn remove_links(document: &Document) {
    for node in document.select("p, li, h2, h3, h4, h5").nodes() {
        let text = one_line(&node.text());
        if text.is_empty() || text.len() > LONGEST_LINK {
            continue;
        }
        let linked: usize = node
            .descendants_it()
            .filter(|inner| inner.node_name().is_some_and(|name| &*name == "a"))
            .map(|link| one_line(&link.text()).len())
            .sum();
        if linked * 10 >= text.len() * 9 {
            node.remove_from_parent();
        }
    }
}

/// How lines of furniture begin, in lower case.
const STARTS: &[&str] = &[
    "posted on",
    "posted by",
    "posted:",
    "posted in",
    "published ",
    "published:",
    "updated:",
    "updated on",
    "last updated",
    "filed under",
    "continue reading",
    "read more",
    "read also",
    "read full",
    "read next",
    "also read",
    "you may also like",
    "you might also like",
    "more on this",
    "more from",
    "more stories",
    "related:",
    "related articles",
    "related stories",
    "related content",
    "recommended",
    "most read",
    "most popular",
    "trending",
    "follow us",
    "follow @",
    "follow him",
    "follow her",
    "follow me",
    "have a tip",
    "got a tip",
    "get the latest",
    "sign up",
    "subscribe",
    "click here",
    "share this",
    "share on",
    "advertisement",
    "sponsored",
    "photo:",
    "photos:",
    "image:",
    "image credit",
    "image copyright",
    "photo credit",
    "file photo",
    "watch:",
    "video:",
    "listen:",
    "copyright ",
    "©",
    "all rights reserved",
    "(c) ",
    "comments",
    "leave a comment",
    "view comments",
    "show comments",
    "tags:",
    "tagged",
    "topics:",
    "categories:",
    "contact the",
    "email:",
    "download the",
    "download our",
    "join our",
    "join the conversation",
    "like us on",
    "loading",
    "skip to",
    "close",
    "back to top",
    "print this",
    "this article was originally",
    "story continues below",
    "article continues",
    "scroll down",
    "scroll to continue",
    "here's our usual",
    "support our journalism",
    "for more information, visit",
    "about the author",
    "written by",
    "edited by",
];
/// How lines of furniture end, in lower case.
const ENDS: &[&str] = &[
    "getty images",
    "getty images)",
    "click here",
    "clicking here",
    "by clicking here.",
    "/ap)",
    "ap photo",
    "file photo",
    "file photo.",
    "via getty images",
    "/afp)",
    "/reuters)",
    "via ap)",
    "via reuters)",
    "newsletters.",
    "newsletter.",
    "min read",
    "read more",
    "...read more",
    "learn more",
    "read more »",
    "read more >",
];
/// The longest line that is looked up, in bytes.
const LONGEST: usize = 240;

/// The paragraphs that are text of an article.
pub(super) fn without(paragraphs: Vec<String>, title: &str) -> Vec<String> {
    let kept = paragraphs.into_iter().filter(|paragraph| !is_furniture(paragraph, title));
    let mut kept: Vec<String> = kept.collect();
    // A page that shows its lead twice shows it at the top.
    if kept.len() > 2 && kept[1..].contains(&kept[0]) {
        kept.remove(0);
    }
    kept
}

fn is_furniture(paragraph: &str, title: &str) -> bool {
    let line = paragraph.trim();
    if line.is_empty() || line.eq_ignore_ascii_case(title) || !line.contains(char::is_alphanumeric)
    {
        return true;
    }
    if line.len() > LONGEST {
        return false;
    }
    let lower = line.to_lowercase();
    let runs_on = |start: &str| {
        start.ends_with(char::is_alphabetic)
            && lower[start.len()..].starts_with(char::is_alphabetic)
    };
    STARTS
        .iter()
        .any(|start| lower.starts_with(start) && !runs_on(start) && !is_sentence(line, start))
        || ENDS.iter().any(|end| lower.ends_with(end))
        || is_stamp(&lower)
        || line.contains("(AP Photo")
}

/// Whether a line that begins like furniture is a sentence all the same: long, and it ends in a stop.
fn is_sentence(line: &str, start: &str) -> bool {
    const LONG: usize = 120;
    !start.ends_with(':') && line.len() > LONG && line.ends_with(['.', '”', '"', '!', '?'])
}

/// Whether a line is a time and no more: "November 19, 2019 / 10:07 AM", "2 hours ago".
fn is_stamp(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "am",
        "pm",
        "at",
        "on",
        "by",
        "updated",
        "published",
        "posted",
        "est",
        "edt",
        "et",
        "gmt",
        "utc",
        "pst",
        "pdt",
        "bst",
        "ago",
        "hours",
        "hour",
        "minutes",
        "minute",
        "days",
        "day",
        "last",
        "first",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "min",
        "read",
        "a.m",
        "p.m",
    ];
    let words = lower.split(|c: char| c.is_whitespace() || "/|,;:-–·•()".contains(c));
    let mut words =
        words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()).peekable();
    let has_number = lower.contains(|c: char| c.is_ascii_digit());
    words.peek().is_some()
        && has_number
        && words.all(|word| {
            word.bytes().all(|byte| byte.is_ascii_digit())
                || WORDS.contains(&word)
                || month(word).is_some()
                || word
                    .trim_end_matches("am")
                    .trim_end_matches("pm")
                    .trim_end_matches("th")
                    .trim_end_matches("st")
                    .trim_end_matches("nd")
                    .bytes()
                    .all(|b| b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_searched_by_halves_are_in_order() {
        assert!(WORDS.is_sorted(), "{:?}", WORDS.windows(2).find(|pair| pair[0] > pair[1]));
    }

    #[test]
    fn lines_of_furniture_are_told_from_sentences() {
        for line in [
            "Posted on March 30, 2015 by Admin",
            "Updated Nov 19, 6:55 AM;Posted Nov 19, 6:51 AM",
            "3 hours ago",
            "READ MORE ON THE STRAIT BY CLICKING HERE",
            "You may also like...",
            "Port opens",
            "* * *",
            "Subscribe to our newsletters.",
            "Ada Orlo | Getty Images",
        ] {
            assert!(is_furniture(line, "Port opens"), "{line}");
        }
        for line in [
            "Closed harbours cost money.",
            "Photographs were shown.",
            "Read the treaty, she said.",
            "In 2019, 10 ships sank.",
            "Trending downwards for a decade, the herring of the Marn Strait have surprised everybody by coming back in numbers, the ministry said.",
        ] {
            assert!(!is_furniture(line, "Port opens"), "{line}");
        }
    }
}
