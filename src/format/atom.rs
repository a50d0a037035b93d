//! Atom: feeds of the versions 1.0 and 0.3.
//!
//! Comes in: a feed, or an entry by itself. Goes out: a story for each entry; what the feed tells
//! holds for all of them. A document that is broken is read entry by entry.

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::Entry;
use crate::text::{decode, feed, markup};

/// Atom.
pub(super) const ATOM: Format = Format {
    name: "atom",
    doc: "Atom 1.0 and 0.3: a story for each entry of a newspaper's or agency's feed",
    signs: "a root element <feed> or <entry>, mostly of the namespace w3.org/2005/Atom",
    sniff,
    read,
};

/// Signs of Atom's namespaces.
const NAMESPACES: &[&[u8]] = &[b"w3.org/2005/Atom", b"purl.org/atom/ns"];

fn sniff(entry: &Entry) -> Likeness {
    let head = &decode::head(&entry.bytes, HEAD);
    let named = || NAMESPACES.iter().any(|name| memchr::memmem::find(head, name).is_some());
    match markup::root_name(head) {
        Some("feed" | "entry") if named() => Likeness::Certain,
        Some("feed") => Likeness::Likely,
        _ => Likeness::No,
    }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let error = |why| Error::new(Kind::Input, why);
    feed::read(&entry.bytes, "entry", "feed", &mut |story| sink(story.map_err(error)))
        .map_err(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Story;
    use proptest::prelude::*;

    fn entry(text: &str) -> Entry {
        Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() }
    }

    fn stories(text: &str) -> Vec<Story> {
        assert_eq!(sniff(&entry(text)), Likeness::Certain, "{text}");
        let mut stories = Vec::new();
        read(&entry(text), &mut |story| stories.push(story.unwrap())).unwrap();
        stories
    }

    const FEED: &str = r#"<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="text">Nordwire</title>
<author><name>Nordwire</name></author><updated>2025-03-18T12:00:00Z</updated>
<entry><title type="html">Port &amp;amp; quay</title><link rel="self" href="https://a.example/self"/>
<link rel="alternate" type="text/html" href="https://a.example/1"/><id>tag:a.example,2025:1</id>
<author><name>Ada Orlo</name><email>ada@a.example</email></author><category term="shipping" label="Shipping"/>
<published>2025-03-18T10:00:00+01:00</published><updated>2025-03-18T11:00:00+01:00</updated>
<summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <em>opened</em>.</p><p>Nobody came.</p></div></content></entry>
<entry><title>Ferry</title><link href="https://a.example/2"/><id>2</id><updated>2025-03-18T09:00:00Z</updated>
<content type="html">&lt;p&gt;Late &amp;amp; full.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</content></entry>
<entry><title>Alert</title><id>3</id><updated>2025-03-18T09:00:00Z</updated>
<content type="image/png" src="https://a.example/3.png"/><summary type="text">Quay shut &amp; locked</summary></entry>
</feed>"#;

    #[test]
    fn an_entry_is_a_story_whatever_its_contents_type() {
        let stories = stories(FEED);
        let story = &stories[0];
        assert_eq!(
            (story.title.as_str(), story.url.as_str()),
            ("Port & quay", "https://a.example/1")
        );
        assert_eq!(
            (&story.bylines[..], &story.keywords[..]),
            (&["Ada Orlo".into()][..], &["Shipping".into()][..])
        );
        assert_eq!(story.published.unwrap().to_string(), "2025-03-18T10:00:00+01:00");
        assert_eq!(story.updated.unwrap().to_string(), "2025-03-18T11:00:00+01:00");
        assert_eq!((story.source.as_str(), story.language.as_str()), ("Nordwire", "de"));
        assert_eq!(story.id, "tag:a.example,2025:1");
        let bodies: Vec<&str> = stories.iter().map(|story| story.body.as_str()).collect();
        assert_eq!(bodies, ["It opened.\n\nNobody came.", "Late & full.", "Quay shut & locked"]);
    }

    #[test]
    fn what_tells_only_its_update_was_published_then() {
        let story = stories(FEED).remove(1);
        assert_eq!(story.published.unwrap().to_string(), "2025-03-18T09:00:00Z");
        assert_eq!((story.updated, story.origins.of("published")), (None, Some("updated")));
        assert!(story.bylines.is_empty());
    }

    #[test]
    fn atom_03_and_a_lone_entry_are_read() {
        let old = stories(
            r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Nordwire</title><entry><title>Ferry late</title>
            <link rel="alternate" href="https://a.example/1"/><issued>2025-03-18T10:00:00</issued><modified>2025-03-18T10:30:00Z</modified>
            <content type="text/html" mode="escaped">&lt;p&gt;It was late.&lt;/p&gt;</content></entry></feed>"#,
        );
        assert_eq!(old[0].body, "It was late.");
        assert_eq!(old[0].published.unwrap().to_string(), "2025-03-18T10:00:00");
        let lone = stories(
            r#"<entry xmlns="http://www.w3.org/2005/Atom"><title>Ferry</title><source><title>Costa Press</title></source><summary>Late.</summary></entry>"#,
        );
        assert_eq!((lone[0].source.as_str(), lone[0].body.as_str()), ("Costa Press", "Late."));
    }

    proptest! {
        #[test]
        fn changed_bytes_are_read_or_refused(
            changes in proptest::collection::vec((0..FEED.len(), any::<u8>()), 0..20),
            cut in 0..FEED.len(),
        ) {
            let mut bytes = FEED.as_bytes().to_vec();
            for (at, byte) in changes {
                bytes[at] = byte;
            }
            bytes.truncate(cut.max(200));
            let entry = Entry { bytes, ..Entry::default() };
            sniff(&entry);
            let _ = read(&entry, &mut |_| {});
        }
    }
}
