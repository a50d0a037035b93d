//! What stands on a page beside its article: told by the names of elements, and by words.
//!
//! Comes in: an element's class and id, or a paragraph. Goes out: whether it is furniture. Rules
//! are of the trade, never of one site.

/// Words of classes and ids that furniture has, between their hyphens and capitals.
const NAMES: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "adslot",
    "sponsor",
    "sponsored",
    "promo",
    "promotion",
    "newsletter",
    "newsletters",
    "signup",
    "subscribe",
    "subscription",
    "paywall",
    "share",
    "sharing",
    "sharebar",
    "sharetools",
    "social",
    "related",
    "recirc",
    "recirculation",
    "recommended",
    "recommendation",
    "recommendations",
    "trending",
    "popular",
    "mostpopular",
    "mostread",
    "outbrain",
    "taboola",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "modal",
    "popup",
    "comments",
    "disqus",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "pager",
    "sidebar",
    "masthead",
    "caption",
    "credit",
    "byline",
    "dateline",
    "timestamp",
    "tags",
    "taglist",
    "toolbar",
    "widget",
    "readmore",
    "morefrom",
    "nextup",
    "donate",
    "donation",
    "copyright",
    "disclaimer",
    "authorbio",
    "bio",
];
/// Words that may stand in the class of what holds the article too.
const HOLDERS: &[&str] = &["article", "body", "content", "main", "story", "post", "entry", "page"];

/// Whether an element's class or id names furniture.
pub(super) fn is_named(names: &str) -> bool {
    let mut words =
        names.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| NAMES.iter().any(|name| word.eq_ignore_ascii_case(name)))
        && !HOLDERS.iter().any(|holder| names.eq_ignore_ascii_case(holder))
}

/// A paragraph of a page, and how much of it is links.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Its text.
    pub(super) text: String,
    /// How many of its letters stand in links.
    pub(super) linked: usize,
    /// How many letters it has.
    pub(super) letters: usize,
}

/// How lines begin that stand above links, below the text or between it, in lower case.
const STARTS: &[&str] = &[
    "you may also like",
    "you might also like",
    "you might like",
    "related:",
    "related articles",
    "related stories",
    "related coverage",
    "related news",
    "related topics",
    "related posts",
    "related content",
    "related links",
    "read more:",
    "read also:",
    "also read:",
    "see also:",
    "more:",
    "more on:",
    "more from ",
    "more stories",
    "more news",
    "more on this",
    "most popular",
    "most read",
    "recommended for you",
    "recommended reading",
    "trending now",
    "editor's picks",
    "editors' picks",
    "don't miss:",
    "watch:",
    "watch now:",
    "listen:",
    "share this",
    "share on ",
    "share:",
    "follow us",
    "follow him on",
    "follow her on",
    "follow them on",
    "like us on",
    "join the conversation",
    "filed under",
    "posted in",
    "posted on ",
    "posted by ",
    "posted:",
    "tags:",
    "topics:",
    "categories:",
    "tagged:",
    "tagged with",
    "source:",
    "sources:",
    "photo:",
    "photos:",
    "image:",
    "picture:",
    "video:",
    "image credit",
    "photo credit",
    "photo by ",
    "photograph by ",
    "have a tip?",
    "have a news tip",
    "got a tip",
    "sign up for ",
    "sign up to ",
    "subscribe to ",
    "subscribe now",
    "click here to ",
    "click here for ",
    "download our app",
    "get our app",
    "support our journalism",
    "support quality journalism",
    "copyright ©",
    "copyright (c)",
    "© ",
    "all rights reserved",
    "this material may not be published",
    "by clicking ",
    "by signing up",
    "by subscribing",
    "we use cookies",
    "this website uses cookies",
    "this site uses cookies",
    "accept all cookies",
    "you have been successfully",
    "thank you for subscribing",
    "thanks for subscribing",
    "there was a problem subscribing",
    "skip to ",
    "leave a comment",
    "leave a reply",
    "view comments",
    "show comments",
    "comments (",
    "print this",
    "email this",
    "advertisement",
    "story continues below",
    "article continues below",
    "continue reading below",
    "published ",
    "updated ",
    "updated:",
    "published:",
    "last updated",
    "first published",
    "last modified",
    "get short url",
    "mehr zum thema",
    "lesen sie auch",
    "lire aussi",
    "à lire aussi",
    "lea también",
    "leer más",
    "leia também",
    "leggi anche",
    "lees ook",
    "läs också",
];
/// Words of pleas for an address or a payment, two of which make one.
const PLEAS: &[&str] = &[
    "newsletter",
    "inbox",
    "sign up",
    "subscribe",
    "subscribing",
    "subscriber",
    "subscription",
    "log in",
    "unsubscribe",
    "privacy policy",
    "terms of use",
    "terms of service",
    "cookie",
    "notifications",
    "free trial",
    "e-mail address",
    "email address",
    "your email",
    "try again",
    "follow us",
    "facebook",
    "twitter",
    "instagram",
    "delivered",
    "register",
];
/// The longest paragraph that is furniture for its words, in bytes.
const LONGEST_PLEA: usize = 320;
/// The longest line above the text that is no prose, in words.
const SHORT_LINE: usize = 9;
/// How many paragraphs may stand before the text begins.
const MOST_BEFORE: usize = 5;

/// The paragraphs without furniture.
pub(super) fn without(paragraphs: Vec<Paragraph>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(paragraphs.len());
    let mut begun = false;
    for (at, paragraph) in paragraphs.into_iter().enumerate() {
        begun |= at >= MOST_BEFORE || is_prose(&paragraph.text);
        if !begun && is_label(&paragraph.text) || is_plea(&paragraph.text) {
            continue;
        }
        if is_link(&paragraph) {
            while kept.last().is_some_and(|last| leads_to_links(last)) {
                kept.pop();
            }
            continue;
        }
        kept.push(paragraph.text);
    }
    while kept.last().is_some_and(|last| leads_to_links(last)) {
        kept.pop();
    }
    kept
}

/// Whether a paragraph is nothing but a link, and no sentence.
fn is_link(paragraph: &Paragraph) -> bool {
    paragraph.letters > 0
        && paragraph.linked * 10 >= paragraph.letters * 9
        && !ends_sentence(&paragraph.text)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', ')', '»', ' '])
        .ends_with(['.', '!', '…', '。', '।', '؟'])
}

fn is_prose(text: &str) -> bool {
    ends_sentence(text) && text.split_whitespace().nth(SHORT_LINE).is_some()
        || text.len() > LONGEST_PLEA / 2
}

/// Whether a line above the text is a section's name, a time, a count.
fn is_label(text: &str) -> bool {
    !ends_sentence(text)
        && !text.contains('\t')
        && text.split_whitespace().nth(SHORT_LINE).is_none()
}

/// Whether a line only leads to the links below it.
fn leads_to_links(text: &str) -> bool {
    const SHORT: usize = 60;
    text.len() <= SHORT
        && (text.ends_with(':') || text.ends_with("...") || text.ends_with('…'))
        && !text.contains('\n')
}

/// Whether a paragraph asks for something or tells of the page, not of the world.
fn is_plea(text: &str) -> bool {
    if text.len() > LONGEST_PLEA {
        return false;
    }
    let lower = text.to_lowercase();
    let quotes = text.contains(['“', '"', '«', '„']);
    let short = text.len() <= LONGEST_PLEA / 2;
    let starts = short && !quotes && STARTS.iter().any(|start| lower.starts_with(start));
    let pleas = PLEAS.iter().filter(|plea| lower.contains(**plea)).count();
    starts || !quotes && pleas >= 2 && addresses_reader(&lower)
}

/// Whether a line speaks to its reader.
fn addresses_reader(lower: &str) -> bool {
    lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ["you", "your", "our", "us", "here", "please", "we"].contains(&word))
}
