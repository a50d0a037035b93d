//! One news item to its story.

use crate::model::{PublishedFrom, Status, Story};
use crate::text::agencies::agency;
use crate::text::copy::{self, add, add_note, fill, same_agency};
use crate::text::iso_times::iso;
use crate::text::markup::{Node, attribute, below, child, children, inline, line};

/// What a concept's type says of a person.
const PERSON: &str = "person";

/// The story of a news item; none where it is a picture or the like.
pub(super) fn story(item: Node<'_, '_>) -> Option<Story> {
    let item_meta = child(item, "itemMeta");
    let content_meta = child(item, "contentMeta");
    let class = item_meta.and_then(|meta| child(meta, "itemClass"));
    let class = code(class.map(|class| attribute(class, "qcode")).unwrap_or_default());
    let contents = contents(item);
    let is_text = class.is_empty() || class == "text";
    let has_text = contents.iter().any(|content| content.tag_name().name() == "inlineXML");
    if !(is_text || class == "composite" && has_text) {
        return None;
    }
    let mut story = Story {
        id: attribute(item, "guid").to_owned(),
        version: attribute(item, "version").to_owned(),
        ..Story::default()
    };
    story.found_in("newsItem");
    if let Some(meta) = item_meta {
        take_item_meta(&mut story, meta);
    }
    if let Some(meta) = content_meta {
        take_content_meta(&mut story, meta);
    }
    take_source(&mut story, item_meta, content_meta);
    story.found_in("provider, infoSource, creditline");
    if story.language.is_empty() {
        story.language = copy::language(attribute(item, "lang"));
        story.found_in("newsItem/@xml:lang");
    }
    take_contents(&mut story, content_meta, &contents);
    story.found_in("contentSet");
    if let Some(meta) = content_meta.filter(|_| story.bylines.is_empty()) {
        take_creators(&mut story, meta);
        story.found_in("contentMeta/creator");
    }
    story.published = story.published.or(story.updated);
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
    (!story.title.is_empty() || !story.body.is_empty()).then_some(story)
}

/// What stands behind a code's scheme: "usable" of "stat:usable".
fn code(qcode: &str) -> String {
    qcode.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// The contents that stand in the item itself.
fn contents<'a, 'i>(item: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let sets = children(item, "contentSet");
    let inline = |part: &Node<'_, '_>| matches!(part.tag_name().name(), "inlineXML" | "inlineData");
    let mut found: Vec<Node<'_, '_>> =
        sets.flat_map(|set| set.children()).filter(Node::is_element).filter(inline).collect();
    found.sort_by_key(|content| content.tag_name().name() != "inlineXML");
    found
}

fn take_item_meta(story: &mut Story, meta: Node<'_, '_>) {
    for part in meta.children().filter(Node::is_element) {
        let place = match part.tag_name().name() {
            "versionCreated" => {
                story.updated = iso(&line(part));
                "itemMeta/versionCreated"
            }
            "embargoed" => {
                story.embargo = iso(&line(part));
                "itemMeta/embargoed"
            }
            "pubStatus" => {
                story.status = match code(attribute(part, "qcode")).as_str() {
                    "canceled" | "cancelled" => Status::Canceled,
                    "withheld" => Status::Withheld,
                    _ => Status::Usable,
                };
                "itemMeta/pubStatus"
            }
            "edNote" => {
                add_note(story, &line(part));
                "itemMeta/edNote"
            }
            _ => continue,
        };
        story.found_in(place);
    }
}

fn take_content_meta(story: &mut Story, meta: Node<'_, '_>) {
    story.title = headline(meta);
    story.found_in("contentMeta/headline");
    for part in meta.children().filter(Node::is_element) {
        let place = match part.tag_name().name() {
            "contentCreated" => {
                story.published = iso(&line(part));
                "contentMeta/contentCreated"
            }
            "slugline" => {
                fill(&mut story.slug, &line(part));
                "contentMeta/slugline"
            }
            "by" => {
                for name in copy::writers(&line(part)) {
                    add(&mut story.bylines, &name);
                }
                "contentMeta/by"
            }
            "dateline" => {
                fill(&mut story.place, &copy::place(&line(part)));
                "contentMeta/dateline"
            }
            "language" => {
                fill(&mut story.language, &copy::language(attribute(part, "tag")));
                "contentMeta/language"
            }
            "keyword" => {
                add(&mut story.keywords, &line(part));
                "contentMeta/keyword"
            }
            "subject" => {
                take_subject(story, part);
                "contentMeta/subject"
            }
            _ => continue,
        };
        story.found_in(place);
    }
}

/// The main headline: the first that is no sub-headline, short form or the like.
fn headline(meta: Node<'_, '_>) -> String {
    let headlines: Vec<Node<'_, '_>> = children(meta, "headline").collect();
    let role = |node: &Node<'_, '_>| code(attribute(*node, "role"));
    let main = headlines
        .iter()
        .find(|node| matches!(role(node).as_str(), "" | "main" | "headline" | "primary"));
    main.or(headlines.first()).map(|node| line(*node)).unwrap_or_default()
}

fn take_subject(story: &mut Story, subject: Node<'_, '_>) {
    let name = name_of(subject);
    let kind = code(attribute(subject, "type"));
    if kind == PERSON {
        return add(&mut story.people, &name);
    }
    let is_section = matches!(kind.as_str(), "category" | "department" | "desk")
        || attribute(subject, "qcode")
            .split(':')
            .next()
            .is_some_and(|scheme| scheme.ends_with("department"));
    if is_section {
        fill(&mut story.section, &name);
    }
    add(&mut story.keywords, &name);
}

/// The name of a concept or a party: the first that is no abbreviation, else its literal.
fn name_of(concept: Node<'_, '_>) -> String {
    let names = children(concept, "name");
    let full = names
        .map(|name| (code(attribute(name, "role")), line(name)))
        .find(|(role, name)| !name.is_empty() && !matches!(role.as_str(), "mnemonic" | "short"));
    full.map(|(_, name)| name).unwrap_or_else(|| attribute(concept, "literal").to_owned())
}

/// The name of an agency, as we write it where we know it: from its code, its name or its domain.
fn party(node: Node<'_, '_>) -> String {
    let name = name_of(node);
    let domain = name.split('.').next().filter(|_| name.contains('.') && !name.contains(' '));
    let coded = || agency(&code(attribute(node, "qcode")));
    let known = agency(&name).or_else(coded).or_else(|| domain.and_then(agency));
    known.map_or(name, str::to_owned)
}

/// The provider publishes it; where another is credited, he is the credit.
fn take_source(story: &mut Story, item: Option<Node<'_, '_>>, content: Option<Node<'_, '_>>) {
    let provider = item.and_then(|meta| child(meta, "provider")).map(party).unwrap_or_default();
    let info = content.and_then(|meta| child(meta, "infoSource")).map(party).unwrap_or_default();
    let credit = content.and_then(|meta| child(meta, "creditline")).map(line).unwrap_or_default();
    let credit = credit.trim_matches(['–', '-', '—', ' ', '(', ')', '/']).to_owned();
    for name in [&provider, &info, &credit] {
        fill(&mut story.source, name);
    }
    for name in [&credit, &info] {
        if !same_agency(&story.source, name) {
            fill(&mut story.credit, name);
        }
    }
}

fn take_contents(story: &mut Story, meta: Option<Node<'_, '_>>, contents: &[Node<'_, '_>]) {
    let mut paragraphs = Vec::new();
    for content in contents {
        if let Some(head) = below(*content, "body.head").next() {
            take_nitf_head(story, head);
            story.found_in("inlineXML/body.head");
        }
        if paragraphs.is_empty() {
            paragraphs = inline::content(*content);
        }
    }
    let located = meta.and_then(|meta| child(meta, "located")).map(name_of).unwrap_or_default();
    copy::set_body(story, &located, paragraphs);
}

/// What inline NITF says that the item's metadata do not.
fn take_nitf_head(story: &mut Story, head: Node<'_, '_>) {
    let headline = below(head, "hl1").next().map(line).unwrap_or_default();
    fill(&mut story.title, &headline);
    if story.bylines.is_empty() {
        story.bylines = inline::writers(head);
    }
    fill(&mut story.place, &inline::place(head));
}

/// Creators with a person's name, where neither a byline nor the text names the writers.
fn take_creators(story: &mut Story, meta: Node<'_, '_>) {
    for creator in children(meta, "creator") {
        let name = name_of(creator);
        let kind = code(attribute(creator, "type"));
        let other = agency(&name).is_some()
            || same_agency(&name, &story.source)
            || same_agency(&name, &story.credit)
            || !(kind.is_empty() || kind == PERSON);
        if !other {
            for name in copy::writers(&name) {
                add(&mut story.bylines, &name);
            }
        }
    }
}
