//! Entries of feeds (RSS and Atom) to stories, by a table of the names that feeds use.
//!
//! Comes in: the element of an entry, and what the feed tells of all its entries. Goes out: its
//! story, without pictures, enclosures and the links that a site's software puts behind the text.
//! The first name of a field that holds a value wins; a name is the element's with the usual prefix
//! of its namespace, whatever prefix the feed has for it.

use super::agencies::agency;
use super::copy::{self, add};
use super::markup::{self, Node, attribute, child, children, inline, line, one_line};
use super::moments::moment;
use crate::model::{Moment, PublishedFrom, Story};

mod loose;

/// The names under which feeds carry a field, the surest first.
type Names = &'static [&'static str];

const TITLE: Names = &["title", "dc:title"];
const BYLINES: Names = &["dc:creator", "author", "byline", "itunes:author"];
const ID: Names = &["guid", "id", "dc:identifier"];
// Those who count clicks put an address of their own into `link`.
const URL: Names = &["feedburner:origLink", "pheedo:origLink", "link", "guid"];
const KEYWORDS: Names = &["category", "dc:subject"];
const SOURCE: Names = &["source", "dc:publisher"];
const LANGUAGE: Names = &["dc:language", "language"];
const PUBLISHED: Names =
    &["pubDate", "published", "issued", "dcterms:issued", "dc:date", "created", "dcterms:created"];
const UPDATED: Names = &["updated", "modified", "dcterms:modified"];
const BODY: Names = &["content:encoded", "content", "description", "summary", "dc:description"];

/// Namespaces, by the end of their address that all their versions share, and their usual prefix.
const NAMESPACES: &[(&str, &str)] = &[
    ("purl.org/rss/1.0/modules/content/", "content:"),
    ("purl.org/dc/elements/1.0/", "dc:"),
    ("purl.org/dc/elements/1.1/", "dc:"),
    ("purl.org/dc/terms/", "dcterms:"),
    ("www.itunes.com/dtds/podcast-1.0.dtd", "itunes:"),
    ("rssnamespace.org/feedburner/ext/1.0", "feedburner:"),
    ("www.pheedo.com/namespace/pheedo", "pheedo:"),
    ("www.w3.org/2005/Atom", ""),
    ("purl.org/atom/ns#", ""),
    ("purl.org/rss/1.0/", ""),
    ("purl.org/net/rss1.1#", ""),
    ("my.netscape.com/rdf/simple/0.9/", ""),
    ("channel.netscape.com/rdf/simple/0.9/", ""),
    ("backend.userland.com/rss2", ""),
    ("backend.userland.com/rss091", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
];

/// Takes each story of a feed, or why an entry is none.
pub type Sink<'a> = dyn FnMut(Result<Story, String>) + 'a;

/// Reads a feed whose entries are the elements of one name, below an element of another that tells
/// of the feed: `item` and `channel`, `entry` and `feed`.
///
/// # Errors
/// Where it is no text, a bomb, or has no entry.
pub fn read(bytes: &[u8], entry: &str, feed: &str, sink: &mut Sink<'_>) -> Result<(), String> {
    let text = markup::prepare(bytes)?;
    let why = match markup::parse(&text) {
        Ok(document) => return read_entries(document.root_element(), entry, feed, sink),
        Err(why) => why,
    };
    let head = loose::head(&text, entry, feed);
    let channel = markup::parse(&head).map(|head| Channel::below(head.root_element(), feed));
    let channel = channel.unwrap_or_default();
    let mut read = 0;
    for entry_text in loose::entries(&text, entry) {
        sink(markup::parse(&entry_text).and_then(|document| {
            let found = itself_or_below(document.root_element(), entry).next();
            found.and_then(|found| story(found, &channel)).ok_or_else(no_story)
        }));
        read += 1;
    }
    if read == 0 { Err(why) } else { Ok(()) }
}

fn read_entries(
    root: Node<'_, '_>,
    entry: &str,
    feed: &str,
    sink: &mut Sink<'_>,
) -> Result<(), String> {
    let channel = Channel::below(root, feed);
    let mut read = 0;
    for entry in itself_or_below(root, entry) {
        read += 1;
        // Some software leaves empty entries behind.
        if entry.children().any(|part| part.is_element()) {
            sink(story(entry, &channel).ok_or_else(no_story));
        }
    }
    if read == 0 { Err("a feed without entries".to_owned()) } else { Ok(()) }
}

fn no_story() -> String {
    "an entry without a headline and without text".to_owned()
}

fn itself_or_below<'a, 'i>(root: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    root.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// How many writers and keywords of an entry are read: each is compared with those before it.
const MOST: usize = 500;

/// What a feed tells of all its entries.
#[derive(Clone, Debug, Default)]
struct Channel {
    /// Who publishes it: its publisher, else its title.
    source: String,
    /// Where it was told.
    source_from: String,
    /// The element that tells of the feed: `channel` or `feed`.
    name: String,
    /// The language, a two-letter code.
    language: String,
    /// Its author, who wrote every entry that names no other.
    author: String,
}

impl Channel {
    /// What the first element of a name tells, the root or one below it.
    fn below(root: Node<'_, '_>, name: &str) -> Self {
        itself_or_below(root, name).next().map(Self::of).unwrap_or_default()
    }

    /// Reads what an RSS channel or an Atom feed tells of itself.
    fn of(element: Node<'_, '_>) -> Self {
        let named = named(element);
        let mut channel = Self { author: first(&named, BYLINES, writer).0, ..Self::default() };
        let (source, place) = first(&named, &["dc:publisher", "title"], line);
        channel.name = element.tag_name().name().to_owned();
        channel.source = source;
        channel.source_from = format!("{}/{place}", channel.name);
        let (language, _) = first(&named, &["language", "dc:language"], line);
        let tag = if language.is_empty() { attribute(element, "lang") } else { &language };
        channel.language = copy::language(tag);
        channel
    }
}

/// Reads an entry: an `item` of RSS or an `entry` of Atom. None where it has neither a headline nor
/// a text.
fn story(entry: Node<'_, '_>, channel: &Channel) -> Option<Story> {
    let named = named(entry);
    let mut story = Story::default();
    take_lines(&mut story, &named);
    take_times(&mut story, &named);
    take_people(&mut story, &named, channel);
    take_keywords(&mut story, &named);
    if story.source.is_empty() && !channel.source.is_empty() {
        story.source.clone_from(&channel.source);
        story.origins.tell("source", channel.source_from.clone());
    }
    if story.language.is_empty() {
        story.language = copy::language(attribute(entry, "lang"));
        story.found_in("xml:lang");
    }
    if story.language.is_empty() && !channel.language.is_empty() {
        story.language.clone_from(&channel.language);
        story.origins.tell("language", format!("{}/language", channel.name));
    }
    take_body(&mut story, &named);
    (!story.title.is_empty() || !story.body.is_empty()).then_some(story)
}

/// An element of an entry and its name with the usual prefix.
type Named<'a, 'i> = (String, Node<'a, 'i>);

/// The elements of an entry that are of a known namespace or of none.
fn named<'a, 'i>(entry: Node<'a, 'i>) -> Vec<Named<'a, 'i>> {
    let elements = entry.children().filter(|part| part.is_element());
    elements
        .filter_map(|part| {
            let prefix = prefix(part.tag_name().namespace().unwrap_or_default())?;
            Some((format!("{prefix}{}", part.tag_name().name()), part))
        })
        .collect()
}

/// The usual prefix of a namespace that is known.
fn prefix(namespace: &str) -> Option<&'static str> {
    if namespace.is_empty() {
        return Some("");
    }
    let known = NAMESPACES.iter().find(|(end, _)| {
        namespace.ends_with(end) || namespace.ends_with(end.trim_end_matches(['/', '#']))
    });
    known.map(|(_, prefix)| *prefix)
}

/// The elements of the first of several names that has any.
fn all<'a, 'i>(
    named: &[Named<'a, 'i>],
    names: Names,
) -> impl Iterator<Item = (Node<'a, 'i>, &'static str)> {
    names.iter().flat_map(move |name| {
        named.iter().filter(move |(known, _)| known == name).map(move |(_, node)| (*node, *name))
    })
}

/// How an element's value is read.
type Value = fn(Node<'_, '_>) -> String;

/// The first value under several names, and the name.
fn first(named: &[Named<'_, '_>], names: Names, value: Value) -> (String, &'static str) {
    all(named, names)
        .map(|(node, name)| (value(node), name))
        .find(|(value, _)| !value.is_empty())
        .unwrap_or_default()
}

fn take_lines(story: &mut Story, named: &[Named<'_, '_>]) {
    let Story { title, id, url, source, language, origins, .. } = story;
    let fields: [(&mut String, &'static str, Names, Value); 5] = [
        (title, "title", TITLE, line),
        (id, "id", ID, line),
        (url, "url", URL, address),
        (source, "source", SOURCE, publisher),
        (language, "language", LANGUAGE, |node| copy::language(&line(node))),
    ];
    for (field, name, names, value) in fields {
        let (value, place) = first(named, names, value);
        if !value.is_empty() {
            *field = value;
            origins.tell(name, place);
        }
    }
}

/// The address of a link that leads to the story itself, or of a permanent identifier.
fn address(link: Node<'_, '_>) -> String {
    let relation = attribute(link, "rel");
    let itself = relation.is_empty() || relation == "alternate";
    if !itself || attribute(link, "isPermaLink").eq_ignore_ascii_case("false") {
        return String::new();
    }
    let target = attribute(link, "href");
    let target = if target.is_empty() { line(link) } else { target.to_owned() };
    if target.starts_with("http") { target } else { String::new() }
}

/// The name of the feed that an entry was taken over from.
fn publisher(source: Node<'_, '_>) -> String {
    child(source, "title").map_or_else(|| line(source), line)
}

fn take_times(story: &mut Story, named: &[Named<'_, '_>]) {
    let time = |names: Names| -> Option<(Moment, &'static str)> {
        all(named, names).find_map(|(node, name)| Some((moment(&line(node))?, name)))
    };
    let updated = time(UPDATED);
    // Atom 1.0 demands `updated` only: it is all that many feeds tell.
    if let Some((published, place)) = time(PUBLISHED).or(updated) {
        story.published = Some(published);
        story.published_from = Some(PublishedFrom::Metadata);
        story.origins.tell("published", place);
    }
    if let Some((updated, place)) = updated.filter(|(updated, _)| Some(*updated) != story.published)
    {
        story.updated = Some(updated);
        story.origins.tell("updated", place);
    }
}

/// A writer as an element has them: "ada@wire.example (Ada Orlo)" is "Ada Orlo".
fn writer(author: Node<'_, '_>) -> String {
    without_mail(&child(author, "name").map_or_else(|| line(author), line))
}

/// A name without the address that stands beside it; empty where there is only an address.
///
/// ```
/// use onrecord::text::feed::without_mail;
/// assert_eq!(without_mail("ada@wire.example (Ada Orlo)"), "Ada Orlo");
/// assert_eq!(without_mail("Ada Orlo <ada@wire.example>"), "Ada Orlo");
/// assert_eq!(without_mail("ada@wire.example"), "");
/// ```
pub fn without_mail(author: &str) -> String {
    if !author.contains('@') {
        return author.trim().to_owned();
    }
    let words = author.split_whitespace().filter(|word| !word.contains('@'));
    let name = words.collect::<Vec<_>>().join(" ");
    name.trim_matches(['(', ')', '<', '>', '"', ',', ' ']).to_owned()
}

/// The writers of a field that holds names and nothing else. What the newsroom's rules for names
/// know is taken by them; names of a script without capitals stand as they are.
pub fn writers(field: &str) -> Vec<String> {
    let field = without_mail(field);
    let names = copy::writers(&field);
    let capitals = field.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if names.is_empty() && !capitals && field.chars().any(char::is_alphabetic) {
        return vec![field];
    }
    names
}

fn take_people(story: &mut Story, named: &[Named<'_, '_>], channel: &Channel) {
    for name in BYLINES {
        for (node, place) in all(named, std::slice::from_ref(name)).take(MOST) {
            for writer in writers(&writer(node)) {
                add(&mut story.bylines, &writer);
                story.origins.tell("bylines", place);
            }
        }
        if !story.bylines.is_empty() {
            return;
        }
    }
    // A feed's author is mostly the house itself.
    let told = all(named, BYLINES).next().is_some();
    if !told && agency(&channel.author).is_none() && !channel.source.contains(&channel.author) {
        story.bylines = writers(&channel.author);
        if !story.bylines.is_empty() {
            story.origins.tell("bylines", format!("{}/author", channel.name));
        }
    }
}

fn take_keywords(story: &mut Story, named: &[Named<'_, '_>]) {
    for (node, place) in all(named, KEYWORDS).take(MOST) {
        let label = [attribute(node, "label"), attribute(node, "term")]
            .into_iter()
            .find(|label| !label.is_empty());
        add(&mut story.keywords, &label.map_or_else(|| line(node), str::to_owned));
        story.origins.tell("keywords", place);
    }
}

fn take_body(story: &mut Story, named: &[Named<'_, '_>]) {
    let texts = all(named, BODY).filter(|(node, _)| is_text(*node));
    let found = texts.map(|(node, name)| (content(node), name)).find(|(text, _)| !text.is_empty());
    let Some((paragraphs, place)) = found else { return };
    story.origins.tell("body", place);
    set_body(story, paragraphs);
}

/// Whether Atom's content stands here and is text: pictures and what stands elsewhere are not.
fn is_text(content: Node<'_, '_>) -> bool {
    let kind = attribute(content, "type");
    let other = kind.contains('/') && !kind.contains("text/") && !kind.contains("xhtml");
    !other && attribute(content, "mode") != "base64"
}

/// The paragraphs of an element; those that markup within it says, else those of its text.
fn content(element: Node<'_, '_>) -> Vec<String> {
    let divisions: Vec<Node<'_, '_>> = children(element, "div").collect();
    match divisions.as_slice() {
        [only] if attribute(element, "type") == "xhtml" => inline::content(*only),
        _ => inline::content(element),
    }
}

/// How the lines begin, in lower case, that a site's software puts behind a text.
const TAILS: &[&str] =
    &["continue reading", "read full article", "read the full story", "read more", "keep reading"];
/// The longest of them, in bytes.
const LONGEST_TAIL: usize = 200;

/// Makes the body of an entry's paragraphs, without the lines that point to the site.
pub fn set_body(story: &mut Story, mut paragraphs: Vec<String>) {
    while paragraphs.last().is_some_and(|last| is_tail(last)) {
        paragraphs.pop();
    }
    if let Some(last) = paragraphs.last_mut() {
        // An extract that was cut off ends so; what stands before it is text.
        for mark in ["[…]", "[...]", "[&#8230;]"] {
            if let Some(text) = last.trim_end().strip_suffix(mark) {
                *last = text.trim_end().to_owned();
            }
        }
    }
    copy::set_body(story, "", paragraphs);
}

fn is_tail(paragraph: &str) -> bool {
    let text = one_line(paragraph);
    if text.starts_with("The post ") && text.contains(" appeared first on ") {
        return true;
    }
    let lower =
        |tail: &&&str| text.get(..tail.len()).is_some_and(|start| start.eq_ignore_ascii_case(tail));
    let points = TAILS.iter().any(|tail| lower(&tail));
    let prose = text.ends_with('.') && !text.ends_with("...") || text.contains(['"', '“', '”']);
    text.len() <= LONGEST_TAIL && points && !prose
}
