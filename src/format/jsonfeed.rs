//! JSON Feed, versions 1 and 1.1.
//!
//! Comes in: a feed. Goes out: a story for each item; the feed's title, language and authors hold
//! for items that tell none. Attachments and pictures are passed over.

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, FieldMap, Story};
use crate::text::agencies::agency;
use crate::text::decode::{self, decode};
use crate::text::fields;
use crate::text::record::Value;

/// JSON Feed.
pub(super) const JSONFEED: Format = Format {
    name: "jsonfeed",
    doc: "JSON Feed 1 and 1.1: a story for each item of a newspaper's feed",
    signs: "JSON with the name \"version\" and the address jsonfeed.org/version",
    sniff,
    read,
};

/// The address that every feed names as its version.
const VERSION: &[&[u8]] = &[b"://jsonfeed.org/version/", b":\\/\\/jsonfeed.org\\/version\\/"];

fn sniff(entry: &Entry) -> Likeness {
    let head = decode::head(&entry.bytes, HEAD);
    let head = head.trim_ascii_start();
    let says = |version: &&[u8]| memchr::memmem::find(head, version).is_some();
    let is_feed = head.starts_with(b"{") && VERSION.iter().any(says);
    if is_feed { Likeness::Certain } else { Likeness::No }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    let feed: Value<'_> = serde_json::from_str(&decoded.text)
        .map_err(|cause| Error::new(Kind::Input, "not well-formed JSON").because(cause))?;
    let Some(items) = feed.get("items").and_then(Value::list) else {
        return Err(Error::new(Kind::Input, "a feed without items"));
    };
    let channel = channel(&feed);
    for item in items {
        sink(story(item, &channel, entry));
    }
    Ok(())
}

/// What the feed tells of all its items, read as if it were one.
fn channel(feed: &Value<'_>) -> Story {
    let told = fields::story(feed, &FieldMap::default(), Story::default());
    let mut channel = Story { source: told.title, language: told.language, ..Story::default() };
    channel.origins.tell("source", "feed/title");
    channel.origins.tell("language", "feed/language");
    let is_house = |name: &String| agency(name).is_some() || channel.source.contains(name.as_str());
    if !told.bylines.iter().any(is_house) {
        channel.bylines = told.bylines;
        channel.origins.tell("bylines", "feed/authors");
    }
    channel
}

/// Reads an item of a feed.
fn story(item: &Value<'_>, channel: &Story, entry: &Entry) -> Result<Story> {
    let story = fields::story(item, &entry.map, channel.clone());
    if story.title.is_empty() && story.body.is_empty() {
        return Err(Error::new(Kind::Input, "an item without a headline and without text"));
    }
    Ok(story)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FEED: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Nordwire","language":"en-GB",
        "authors":[{"name":"Ivan Vane"}],"items":[
        {"id":"1","url":"https://a.example/1","external_url":"https://b.example","title":"Port opens",
        "content_html":"<p>PORT AZURE (AP) - It opened.</p><p>Nobody came.</p>","content_text":"It opened. Nobody came.",
        "date_published":"2025-03-18T10:00:00+01:00","date_modified":"2025-03-18T11:00:00+01:00","tags":["shipping"],
        "authors":[{"name":"Ada Orlo"}]},
        {"id":2,"content_text":"The ferry was late.","external_url":"https://b.example/2","language":"de"},
        {"id":"3"}]}"#;

    fn read_all(text: &str) -> Vec<Result<Story>> {
        let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        let mut stories = Vec::new();
        let _ = read(&entry, &mut |story| stories.push(story));
        stories
    }

    #[test]
    fn an_item_is_a_story_and_its_html_comes_before_its_text() {
        let stories = read_all(FEED);
        let story = stories[0].as_ref().unwrap();
        assert_eq!(
            (story.title.as_str(), story.url.as_str()),
            ("Port opens", "https://a.example/1")
        );
        assert_eq!(story.body, "It opened.\n\nNobody came.");
        assert_eq!(
            (&story.bylines[..], &story.keywords[..]),
            (&["Ada Orlo".into()][..], &["shipping".into()][..])
        );
        assert_eq!(story.published.unwrap().to_string(), "2025-03-18T10:00:00+01:00");
        assert_eq!(story.updated.unwrap().to_string(), "2025-03-18T11:00:00+01:00");
        assert_eq!((story.source.as_str(), story.language.as_str()), ("Nordwire", "en"));
        assert_eq!(story.origins.of("body"), Some("content_html"));
    }

    #[test]
    fn what_an_item_does_not_tell_the_feed_tells() {
        let stories = read_all(FEED);
        let story = stories[1].as_ref().unwrap();
        assert_eq!((story.id.as_str(), story.body.as_str()), ("2", "The ferry was late."));
        assert_eq!((story.language.as_str(), story.url.as_str()), ("de", "https://b.example/2"));
        assert_eq!(story.bylines, ["Ivan Vane"]);
        assert!(stories[2].is_err());
    }

    #[test]
    fn it_is_told_by_its_version() {
        let likeness = |text: &str| sniff(&Entry { bytes: text.into(), ..Entry::default() });
        assert_eq!(likeness(FEED), Likeness::Certain);
        assert_eq!(
            likeness(r#"{"version": "https:\/\/jsonfeed.org\/version\/1", "items": []}"#),
            Likeness::Certain
        );
        assert_eq!(likeness(r#"{"version":"1.1","items":[]}"#), Likeness::No);
        assert_eq!(likeness("See https://jsonfeed.org/version/1.1"), Likeness::No);
    }

    proptest! {
        #[test]
        fn changed_bytes_are_read_or_refused(
            changes in proptest::collection::vec((0..FEED.len(), any::<u8>()), 0..10),
        ) {
            let mut bytes = FEED.as_bytes().to_vec();
            for (at, byte) in changes {
                bytes[at] = byte;
            }
            let entry = Entry { bytes, ..Entry::default() };
            sniff(&entry);
            let _ = read(&entry, &mut |_| {});
        }
    }
}
