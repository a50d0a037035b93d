//! RSS: the feeds of newspapers and agencies, versions 0.9 to 2.0, and RSS 1.0, which is RDF.
//!
//! Comes in: a document. Goes out: a story for each item; what the channel tells holds for all of
//! them. A document that is broken is read item by item, and what is broken in an item's text is
//! taken as text.

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::Entry;
use crate::text::{decode, feed, markup};

/// RSS.
pub(super) const RSS: Format = Format {
    name: "rss",
    doc: "RSS 0.9 to 2.0 and RSS 1.0: a story for each item of a newspaper's or agency's feed",
    signs: "a root element <rss>, or <RDF> of the namespace purl.org/rss",
    sniff,
    read,
};

/// Signs that RDF is a feed.
const RDF: &[&[u8]] = &[b"purl.org/rss/", b"purl.org/net/rss", b"netscape.com/rdf/"];

fn sniff(entry: &Entry) -> Likeness {
    let head = &decode::head(&entry.bytes, HEAD);
    let names = |sign: &&[u8]| memchr::memmem::find(head, sign).is_some();
    match markup::root_name(head) {
        Some("rss") => Likeness::Certain,
        Some("RDF") if RDF.iter().any(names) => Likeness::Certain,
        _ => Likeness::No,
    }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let error = |why| Error::new(Kind::Input, why);
    feed::read(&entry.bytes, "item", "channel", &mut |story| sink(story.map_err(error)))
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
        read(&entry(text), &mut |story| stories.extend(story.ok())).unwrap();
        stories
    }

    const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Nordwire</title><link>https://nordwire.example</link><language>en-gb</language>
<atom:link href="https://nordwire.example/feed" rel="self"/>
<item><title>Port Azure&#8217;s quay opens</title><media:title>A ship</media:title>
<link>https://nordwire.example/quay</link><guid isPermaLink="false">nw-1</guid>
<dc:creator><![CDATA[Ada Orlo and Ivan Vane]]></dc:creator><pubDate>Tue, 18 Mar 2025 10:00:00 +0100</pubDate>
<category>Shipping</category><category>Ordania</category>
<description>It opened.</description>
<content:encoded><![CDATA[<p>PORT AZURE (AP) - It opened on <b>Monday</b>.</p><figure><img src="a"/><figcaption>A quay</figcaption></figure>
<p>&#8220;At last,&#8221; said Ada Orlo.</p><p>The post <a href="x">Port</a> appeared first on <a href="y">Nordwire</a>.</p>]]></content:encoded></item>
<item><title>Ferry late</title><author>ivan@nordwire.example (Ivan Vane)</author><guid>https://nordwire.example/ferry</guid>
<pubDate>18 Mar 2025 09:00 BST</pubDate><description>The ferry was late &amp;amp; &lt;i&gt;full&lt;/i&gt;.</description></item>
</channel></rss>"#;

    #[test]
    fn an_item_is_a_story_and_its_full_text_comes_before_its_summary() {
        let stories = stories(FEED);
        assert_eq!(stories.len(), 2);
        let story = &stories[0];
        assert_eq!(story.title, "Port Azure’s quay opens");
        assert_eq!(story.bylines, ["Ada Orlo", "Ivan Vane"]);
        assert_eq!(story.published.unwrap().to_string(), "2025-03-18T10:00:00+01:00");
        assert_eq!((story.id.as_str(), story.language.as_str()), ("nw-1", "en"));
        assert_eq!(story.url, "https://nordwire.example/quay");
        assert_eq!((story.source.as_str(), story.place.as_str()), ("Nordwire", "PORT AZURE"));
        assert_eq!(story.keywords, ["Shipping", "Ordania"]);
        assert_eq!(story.body, "It opened on Monday.\n\n“At last,” said Ada Orlo.");
        assert_eq!(story.origins.of("body"), Some("content:encoded"));
        assert_eq!(story.origins.of("published"), Some("pubDate"));
    }

    #[test]
    fn a_permanent_guid_is_the_address_and_an_ambiguous_zone_stays_local() {
        let story = stories(FEED).remove(1);
        assert_eq!(story.url, "https://nordwire.example/ferry");
        assert_eq!(story.bylines, ["Ivan Vane"]);
        assert_eq!(story.published.unwrap().to_string(), "2025-03-18T09:00:00");
        assert_eq!(story.body, "The ferry was late & full.");
    }

    #[test]
    fn rdf_is_read_with_its_items_beside_the_channel() {
        let stories = stories(
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
            xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Nordwire</title><dc:publisher>Nordwire AG</dc:publisher></channel>
            <item rdf:about="y"><title>Ferry late</title><link>https://a.example/1</link><dc:date>2025-03-18T10:00:00+01:00</dc:date>
            <dc:creator>Ada Orlo</dc:creator><dc:subject>Ferries</dc:subject><description>It was late.</description></item></rdf:RDF>"#,
        );
        assert_eq!((stories.len(), stories[0].source.as_str()), (1, "Nordwire AG"));
        assert_eq!(stories[0].keywords, ["Ferries"]);
        assert_eq!(stories[0].published.unwrap().to_string(), "2025-03-18T10:00:00+01:00");
    }

    #[test]
    fn a_broken_item_costs_neither_itself_nor_its_neighbours() {
        let stories = stories(
            "<rss version='2.0'><channel><title>Nordwire</title>\
             <item><title>One & two&nbsp;</title><description><p>First<br>second</description>\
             <dc:creator>Ada Orlo</dc:creator></item>\
             <item><title>Three</title><link>https://a.example/3</link><description>Open <b>end</description></item>\
             <item><title>Four</title><description><![CDATA[A &amp; b]]></description>",
        );
        let titles: Vec<&str> = stories.iter().map(|story| story.title.as_str()).collect();
        assert_eq!(titles, ["One & two", "Three", "Four"]);
        assert_eq!(stories[0].bylines, ["Ada Orlo"]);
        assert_eq!(stories[0].source, "Nordwire");
        let bodies: Vec<&str> = stories.iter().map(|story| story.body.as_str()).collect();
        assert_eq!(bodies, ["First\nsecond", "Open end", "A & b"]);
    }

    #[test]
    fn the_storys_own_address_comes_before_that_of_who_counts_clicks() {
        let stories = stories(
            "<rss xmlns:fb='http://rssnamespace.org/feedburner/ext/1.0'><channel><item><title>RSS &lt;&lt;&lt; a</title>\
             <link>https://clicks.example/1</link><item /><fb:origLink>https://a.example/1</fb:origLink></item>\
             </channel></rss>",
        );
        assert_eq!(stories.len(), 1);
        assert_eq!(
            (stories[0].title.as_str(), stories[0].url.as_str()),
            ("RSS <<< a", "https://a.example/1")
        );
    }

    #[test]
    fn prefixes_that_are_never_declared_are_known_all_the_same() {
        let stories = stories(
            "<rss version='2.0'><channel><title>Nordwire</title><dc:language>de</dc:language><item><title>Port</title>\
             <dc:creator>Ada Orlo</dc:creator><dc:date>2025-03-18</dc:date><content:encoded><![CDATA[<p>Auf & zu.</p>]]>\
             </content:encoded><media:thumbnail url='x'/></item></channel></rss>",
        );
        assert_eq!(
            (&stories[0].bylines[..], stories[0].body.as_str()),
            (&["Ada Orlo".into()][..], "Auf & zu.")
        );
        assert_eq!(
            (stories[0].language.as_str(), stories[0].published.unwrap().to_string()),
            ("de", "2025-03-18".to_owned())
        );
    }

    #[test]
    fn other_documents_are_no_feeds() {
        for text in ["<nitf/>", "<rdf:RDF xmlns:rdf='x'><skos/></rdf:RDF>", "rss", "<rssx>"] {
            assert_eq!(sniff(&entry(text)), Likeness::No, "{text}");
        }
    }

    #[test]
    fn many_tags_without_an_end_are_read_in_time() {
        let feed = format!("<rss><channel>{}", "<item><title>a<b>".repeat(200_000));
        let _ = read(&entry(&feed), &mut |_| {});
        let feed = format!("<rss><channel>{}</x>", "<item><title>a</title>".repeat(100));
        let _ = read(&entry(&feed), &mut |_| {});
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
