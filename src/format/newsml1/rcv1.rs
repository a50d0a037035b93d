//! The items of Reuters Corpus Volume 1: NewsML before it was a standard.

use crate::model::{PublishedFrom, Story};
use crate::text::copy::{self, add, add_note, fill};
use crate::text::iso_times::iso;
use crate::text::markup::{Node, attribute, below, child, line, paragraphs};

/// The story of an item; none where it has neither headline nor text.
pub(super) fn story(item: Node<'_, '_>) -> Option<Story> {
    let text = |name| child(item, name).map(line).unwrap_or_default();
    let mut story = Story {
        id: attribute(item, "itemid").to_owned(),
        title: text("headline"),
        language: copy::language(attribute(item, "lang")),
        place: copy::place(&text("dateline")),
        bylines: copy::writers(&text("byline")),
        ..Story::default()
    };
    story.found_in("newsitem");
    let title = child(item, "title").and_then(|title| title.text()).unwrap_or_default();
    fill(&mut story.title, title);
    story.found_in("newsitem/title");
    // "PORT AZURE 1996-08-20": no comma parts the day from the place.
    if let Some((place, _)) =
        text("dateline").rsplit_once(' ').filter(|(_, day)| iso(day).is_some())
    {
        story.place = copy::place(place);
    }
    story.published = iso(attribute(item, "date"));
    story.found_in("newsitem/@date");
    for part in below(item, "dc") {
        let value = attribute(part, "value");
        match attribute(part, "element") {
            "dc.source" if !value.is_empty() => value.clone_into(&mut story.source),
            "dc.publisher" => fill(&mut story.source, value),
            "dc.creator.location" => fill(&mut story.place, value),
            "dc.date.published" | "dc.date.created" => {
                story.published = story.published.or_else(|| iso(value));
            }
            _ => {}
        }
    }
    story.found_in("metadata/dc");
    for code in below(item, "code") {
        add(&mut story.keywords, attribute(code, "code"));
    }
    story.found_in("metadata/codes");
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
    let mut body = child(item, "text").map(paragraphs).unwrap_or_default();
    while let Some(contact) = body.pop_if(|last| is_contact(last)) {
        add_note(&mut story, &contact);
    }
    copy::set_body(&mut story, "", body);
    story.found_in("text");
    fill(&mut story.source, "Reuters");
    (!story.title.is_empty() || !story.body.is_empty()).then_some(story)
}

/// Whether a last paragraph says whom to call: "-- Port Azure newsroom 555-0142".
fn is_contact(paragraph: &str) -> bool {
    let paragraph = paragraph.trim();
    paragraph.starts_with("--")
        && paragraph.to_lowercase().contains("newsroom")
        && paragraph.ends_with(|c: char| c.is_ascii_digit())
}
