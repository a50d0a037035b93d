//! NITF: the News Industry Text Format, versions 2.5 to 3.6.
//!
//! Comes in: a document of one item. Goes out: its story; docdata, pubdata and the head of the body
//! fill its fields, the body's content its text.

use crate::contract::{Format, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, PublishedFrom, Status, Story};
use crate::text::copy::{self, add, add_note, fill};
use crate::text::iso_times::iso;
use crate::text::markup::inline::line_of_all;
use crate::text::markup::{self, Node, attribute, below, child, inline, line};

/// NITF.
pub(super) const NITF: Format = Format {
    name: "nitf",
    doc: "NITF 2.5 to 3.6: the News Industry Text Format, as AP, PA, AAP, EFE and others send it",
    signs: "a root element <nitf>",
    sniff,
    read,
};

/// Names of `meta` that hold a slug.
const SLUGS: &[&str] = &["anpa-keyword", "slug", "slugline", "slug-line", "ap-slug", "NTBStikkord"];
/// Names of `meta` that hold a section.
const SECTIONS: &[&str] =
    &["section", "desk", "NTBTjeneste", "department", "online_sections", "dsk"];

fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(crate::contract::HEAD)];
    if markup::root_name(head) == Some("nitf") { Likeness::Certain } else { Likeness::No }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let text = markup::prepare(&entry.bytes).map_err(|why| Error::new(Kind::Input, why))?;
    let document = markup::parse(&text).map_err(|why| Error::new(Kind::Input, why))?;
    let root = document.root_element();
    let nitf =
        if root.tag_name().name() == "nitf" { Some(root) } else { below(root, "nitf").next() };
    let story = story(nitf.unwrap_or(root));
    if story.title.is_empty() && story.body.is_empty() {
        return Err(Error::new(Kind::Input, "NITF without a headline and without text"));
    }
    sink(Ok(story));
    Ok(())
}

/// The story of a `nitf` element.
fn story(nitf: Node<'_, '_>) -> Story {
    let mut story = Story::default();
    let head = child(nitf, "head").unwrap_or(nitf);
    let body = child(nitf, "body").unwrap_or(nitf);
    let body_head = child(body, "body.head");
    if let Some(body_head) = body_head {
        take_headlines(&mut story, body_head);
        take_people_and_place(&mut story, body_head);
    }
    take_head(&mut story, head);
    if let Some(docdata) = child(head, "docdata") {
        take_docdata(&mut story, docdata);
    }
    take_updates(&mut story, head);
    take_source(&mut story, head, body_head);
    story.language = copy::language(
        [attribute(nitf, "baselang"), attribute(nitf, "lang"), attribute(body, "lang")]
            .into_iter()
            .find(|tag| !tag.is_empty())
            .unwrap_or_default(),
    );
    story.found_in("nitf/@xml:lang");
    take_content(&mut story, body);
    story
}

fn take_headlines(story: &mut Story, head: Node<'_, '_>) {
    let hedline = child(head, "hedline").or_else(|| child(head, "headline"));
    if let Some(hedline) = hedline {
        for name in ["hl1", "hl2"] {
            if let Some(headline) = child(hedline, name) {
                fill(&mut story.title, &line(headline));
            }
        }
        fill(&mut story.title, &line(hedline));
        story.found_in("body.head/hedline");
    }
    for note in below(head, "note") {
        add_note(story, &line_of_all(note));
    }
    story.found_in("body.head/note");
}

fn take_people_and_place(story: &mut Story, head: Node<'_, '_>) {
    for name in inline::writers(head) {
        add(&mut story.bylines, &name);
    }
    story.found_in("body.head/byline");
    story.place = inline::place(head);
    story.found_in("body.head/dateline");
}

fn take_head(story: &mut Story, head: Node<'_, '_>) {
    let title = child(head, "title").map(title_of).unwrap_or_default();
    for meta in markup::children(head, "meta") {
        let (name, content) = (attribute(meta, "name"), attribute(meta, "content"));
        if SLUGS.contains(&name) {
            fill(&mut story.slug, content);
        } else if SECTIONS.contains(&name) {
            fill(&mut story.section, content);
        }
    }
    story.found_in("head/meta");
    if !story.title.is_empty() && !title.eq_ignore_ascii_case(&story.title) {
        fill(&mut story.slug, &title);
    }
    fill(&mut story.title, &title);
    story.found_in("head/title");
    for pubdata in markup::children(head, "pubdata") {
        fill(&mut story.section, attribute(pubdata, "position.section"));
        if attribute(pubdata, "ex-ref").starts_with("http") {
            fill(&mut story.url, attribute(pubdata, "ex-ref"));
        }
    }
    story.found_in("head/pubdata");
    for tobject in markup::children(head, "tobject") {
        for subject in markup::children(tobject, "tobject.subject") {
            for part in ["type", "matter", "detail"] {
                add(&mut story.keywords, attribute(subject, &format!("tobject.subject.{part}")));
            }
        }
    }
    story.found_in("head/tobject");
}

/// The text of a `title`, which is no prose of a story where it stands in its text.
fn title_of(title: Node<'_, '_>) -> String {
    markup::one_line(title.text().unwrap_or_default())
}

fn take_docdata(story: &mut Story, docdata: Node<'_, '_>) {
    for part in docdata.children().filter(Node::is_element) {
        let place = match part.tag_name().name() {
            "doc-id" => {
                fill(&mut story.id, attribute(part, "id-string"));
                "docdata/doc-id"
            }
            "date.issue" if story.published.is_none() => {
                story.published = iso(attribute(part, "norm"));
                story.published_from = story.published.map(|_| PublishedFrom::Metadata);
                "docdata/date.issue"
            }
            "ed-msg" => {
                add_note(story, attribute(part, "info"));
                "docdata/ed-msg"
            }
            "du-key" => {
                fill(&mut story.version, attribute(part, "version"));
                fill(&mut story.slug, attribute(part, "key"));
                "docdata/du-key"
            }
            "key-list" => {
                take_keywords(story, part);
                "docdata/key-list"
            }
            "identified-content" => {
                take_identified(story, part);
                "docdata/identified-content"
            }
            _ => continue,
        };
        story.found_in(place);
    }
    take_management(story, docdata);
}

/// Whether it may be used, and from when.
fn take_management(story: &mut Story, docdata: Node<'_, '_>) {
    let release = child(docdata, "date.release").and_then(|date| iso(attribute(date, "norm")));
    story.status = match attribute(docdata, "management-status").to_ascii_lowercase().as_str() {
        "canceled" | "cancelled" | "killed" => Status::Canceled,
        "withheld" => Status::Withheld,
        _ => Status::Usable,
    };
    story.found_in("docdata/@management-status");
    let embargoed = attribute(docdata, "management-status").eq_ignore_ascii_case("embargoed");
    let later = release
        .zip(story.published)
        .is_some_and(|(release, issue)| release.order() > issue.order());
    story.embargo = release.filter(|_| embargoed || later);
    story.found_in("docdata/date.release");
}

fn take_keywords(story: &mut Story, list: Node<'_, '_>) {
    for keyword in markup::children(list, "keyword") {
        let key = attribute(keyword, "key");
        add(
            &mut story.keywords,
            if key.is_empty() { keyword.text().unwrap_or_default() } else { key },
        );
    }
}

fn take_identified(story: &mut Story, content: Node<'_, '_>) {
    for part in content.children().filter(Node::is_element) {
        match part.tag_name().name() {
            "person" => {
                let name = line(part);
                add(
                    &mut story.people,
                    if name.is_empty() { attribute(part, "value") } else { &name },
                );
            }
            "classifier" | "object.title" | "event" | "org" => {
                let name = line(part);
                add(
                    &mut story.keywords,
                    if name.is_empty() { attribute(part, "value") } else { &name },
                );
            }
            _ => {}
        }
    }
}

/// The time of this version is the latest of the revisions, where it is later than the issue.
fn take_updates(story: &mut Story, head: Node<'_, '_>) {
    let revisions =
        below(head, "revision-history").filter_map(|revision| iso(attribute(revision, "norm")));
    let latest = revisions.max_by_key(crate::model::Moment::order);
    let issued = story.published.map_or(i64::MIN, |issue| issue.order());
    story.updated = latest.filter(|latest| latest.order() > issued);
    story.found_in("head/revision-history");
    if story.published.is_none() {
        let printed = markup::children(head, "pubdata");
        story.published =
            printed.filter_map(|data| iso(attribute(data, "date.publication"))).next();
        story.published_from = story.published.map(|_| PublishedFrom::Metadata);
        story.found_in("head/pubdata");
    }
}

/// The distributor publishes it; else who registered it, delivered it, or holds its rights.
fn take_source(story: &mut Story, head: Node<'_, '_>, body_head: Option<Node<'_, '_>>) {
    if let Some(distributor) = body_head.and_then(|head| child(head, "distributor")) {
        fill(&mut story.source, &line(distributor));
        story.found_in("body.head/distributor");
    }
    let Some(docdata) = child(head, "docdata") else { return };
    let mut holders = Vec::new();
    if let Some(id) = child(docdata, "doc-id") {
        holders.push(attribute(id, "regsrc"));
    }
    for list in markup::children(docdata, "del-list") {
        holders.extend(markup::children(list, "from-src").map(|from| attribute(from, "src-name")));
    }
    holders
        .extend(markup::children(docdata, "doc.copyright").map(|right| attribute(right, "holder")));
    for holder in holders.into_iter().filter(|holder| !holder.is_empty()) {
        if story.source.is_empty() {
            fill(&mut story.source, holder);
        }
    }
    story.found_in("docdata: doc-id, del-list, doc.copyright");
}

/// The block that holds all of the text where others repeat its lead, as archives of papers have it.
fn full_text<'a, 'i>(content: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    markup::children(content, "block").find(|block| attribute(*block, "class") == "full_text")
}

fn take_content(story: &mut Story, body: Node<'_, '_>) {
    let mut paragraphs = Vec::new();
    for content in markup::children(body, "body.content") {
        match full_text(content) {
            Some(block) => paragraphs.extend(markup::paragraphs(block)),
            None => paragraphs.extend(markup::paragraphs(content)),
        }
        for note in below(content, "note") {
            add_note(story, &line_of_all(note));
        }
    }
    if paragraphs.is_empty() {
        let summary = child(body, "body.head").and_then(|head| child(head, "abstract"));
        paragraphs.extend(summary.map(markup::paragraphs).unwrap_or_default());
    }
    copy::set_body(story, "", paragraphs);
    story.found_in("body.content");
    for end in markup::children(body, "body.end") {
        add_note(story, &line_of_all(end));
    }
    story.found_in("body.end");
}
