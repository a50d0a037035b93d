//! ninjs 1, 2 and 3: an item, an array of items, or a feed of them.

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, FieldMap};
use crate::text::decode::{self, decode};
use crate::text::fields;
use crate::text::record::Value;

/// ninjs.
pub(super) const NINJS: Format = Format {
    name: "ninjs",
    doc: "IPTC ninjs 1, 2 and 3: an item, an array or a feed of items",
    signs: "JSON with at least two names that only ninjs has, such as versioncreated and body_html",
    sniff,
    read,
};

/// Names that only ninjs has; any two of them are proof enough.
const SIGNS: &[&str] = &[
    "\"versioncreated\"",
    "\"body_html\"",
    "\"body_text\"",
    "\"body_xhtml\"",
    "\"pubstatus\"",
    "\"usageterms\"",
    "\"slugline\"",
    "\"firstcreated\"",
    "\"associations\"",
    "\"copyrightholder\"",
    "\"representationtype\"",
    "\"headlines\"",
    "\"bodies\"",
    "\"$standard\"",
    "\"contentcreated\"",
    "\"located\"",
    "\"renditions\"",
];

/// Where a feed keeps its items.
const LISTS: &[&str] = &["items", "item", "_items", "newsItems", "results", "data"];

fn sniff(entry: &Entry) -> Likeness {
    // The names may stand behind a long body.
    let head = decode::head(&entry.bytes, HEAD * 16);
    let looked_at = head.trim_ascii_start();
    if !looked_at.starts_with(b"{") && !looked_at.starts_with(b"[") {
        return Likeness::No;
    }
    let found = |sign: &&&str| memchr::memmem::find(looked_at, sign.as_bytes()).is_some();
    match SIGNS.iter().filter(found).count() {
        0 | 1 => Likeness::No,
        _ => Likeness::Certain,
    }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    let value: Value<'_> = serde_json::from_str(&decoded.text)
        .map_err(|cause| Error::new(Kind::Input, "not well-formed JSON").because(cause))?;
    items(&value, &mut |item| {
        let story = Some(item).filter(|item| is_text(item));
        sink(match story.and_then(|item| fields::story_of(item, &entry.map)) {
            Some(story) => Ok(story),
            None => Err(Error::new(Kind::Input, "a ninjs item without headline or text")),
        });
    });
    Ok(())
}

/// Every item: the value itself, or those of its list. What hangs on an item (pictures) is none.
fn items(value: &Value<'_>, take: &mut dyn FnMut(&Value<'_>)) {
    match value {
        Value::List(values) => values.iter().for_each(take),
        Value::Record(_) => {
            let list = LISTS.iter().find_map(|name| value.get(name)).and_then(Value::list);
            match list.filter(|_| !fields::is_story(value, &FieldMap::default())) {
                Some(values) => values.iter().for_each(take),
                None => take(value),
            }
        }
        _ => {}
    }
}

fn is_text(item: &Value<'_>) -> bool {
    let kind = item.get("type").and_then(Value::text).unwrap_or("text");
    ["text", "composite", "article", "story"].contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Status, Story};

    fn stories(text: &str) -> Vec<Story> {
        let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        let mut stories = Vec::new();
        read(&entry, &mut |story| stories.extend(story.ok())).unwrap();
        stories
    }

    const ITEM: &str = r#"{"guid":"urn:nordwire:1","type":"text","version":"3","headline":"Port Azure opens","slugline":"PORT",
        "byline":"By Ada Orlo","located":"Port Azure, Velmark","firstcreated":"2025-03-18T10:00:00+0000",
        "versioncreated":"2025-03-18T11:00:00+0000","pubstatus":"canceled","embargoed":"2025-03-18T12:00:00Z","language":"en-GB",
        "body_html":"<p>The port opened.</p><p>Nobody came.</p>","ednote":"Second take","source":"Nordwire",
        "subject":[{"name":"shipping"}],"person":[{"name":"Ada Orlo"}],
        "associations":{"featuremedia":{"type":"picture","headline":"A ship"}}}"#;

    #[test]
    fn an_item_an_array_and_a_feed_give_the_same_story() {
        for text in [ITEM.to_owned(), format!("[{ITEM}]"), format!("{{\"items\":[{ITEM}]}}")] {
            let stories = stories(&text);
            assert_eq!(stories.len(), 1);
            let story = &stories[0];
            assert_eq!((story.title.as_str(), story.slug.as_str()), ("Port Azure opens", "PORT"));
            assert_eq!(story.bylines, ["Ada Orlo"]);
            assert_eq!((story.place.as_str(), story.language.as_str()), ("Port Azure", "en"));
            assert_eq!(story.published.unwrap().to_string(), "2025-03-18T10:00:00Z");
            assert_eq!(story.updated.unwrap().to_string(), "2025-03-18T11:00:00Z");
            assert_eq!(story.status, Status::Canceled);
            assert_eq!(
                (&story.keywords[..], &story.people[..]),
                (&["shipping".into()][..], &["Ada Orlo".into()][..])
            );
            assert_eq!(story.body, "The port opened.\n\nNobody came.");
        }
    }

    #[test]
    fn headlines_and_bodies_in_arrays_are_read() {
        let text = r#"{"uri":"x","headlines":[{"role":"short","value":"Port"},{"role":"main","value":"Port opens"}],
            "bodies":[{"contenttype":"text/html","value":"<p>It opened.</p>"}]}"#;
        let story = &stories(text)[0];
        assert_eq!((story.title.as_str(), story.body.as_str()), ("Port opens", "It opened."));
    }

    #[test]
    fn it_is_told_by_its_names() {
        let entry = |text: &str| Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        assert_eq!(sniff(&entry(ITEM)), Likeness::Certain);
        assert_eq!(sniff(&entry(r#"{"title":"x","text":"y"}"#)), Likeness::No);
    }
}
