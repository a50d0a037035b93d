//! JSON and JSON lines of any shape that names a headline and a text.

use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, SeqAccess, Visitor};
use serde_json::Deserializer;

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, FieldMap};
use crate::text::decode::{self, decode};
use crate::text::fields;
use crate::text::record::Value;

/// JSON and JSON lines.
pub(super) const JSON: Format = Format {
    name: "json",
    doc: "JSON and JSON lines: news-please, CC-News, Webhose, Guardian, NYT and their like",
    signs: "a JSON object or array at its start",
    sniff,
    read,
};

/// How deep the records are looked for.
const DEEPEST: usize = 6;

fn sniff(entry: &Entry) -> Likeness {
    let head = decode::head(&entry.bytes, HEAD);
    let start = head.trim_ascii_start();
    let opens = start.first().is_some_and(|byte| b"{[".contains(byte));
    let inside = start.get(1..).unwrap_or_default().trim_ascii_start();
    let holds = inside.first().is_some_and(|byte| b"\"{[}]".contains(byte));
    if opens && holds { Likeness::Likely } else { Likeness::No }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(
        &entry.bytes,
        Some(&entry.charset).filter(|name| !name.is_empty()).map(String::as_str),
    )
    .map_err(|why| Error::new(Kind::Input, why))?;
    let text = decoded.text.trim_start();
    let mut records = Records { map: &entry.map, sink, read: 0 };
    if is_lines(text) {
        for (number, line) in lines(&decoded.text).enumerate() {
            records.line(line, number + 1);
        }
        return Ok(());
    }
    let not_json = |cause| Error::new(Kind::Input, "not well-formed JSON").because(cause);
    if text.starts_with('[') {
        let mut list = Deserializer::from_str(text);
        list.deserialize_seq(&mut records).map_err(not_json)?;
    } else {
        for value in Deserializer::from_str(text).into_iter::<Value<'_>>() {
            records.take(&value.map_err(not_json)?, DEEPEST);
        }
    }
    if records.read == 0 { Err(no_story()) } else { Ok(()) }
}

/// The lines of a text, which the search for single bytes finds faster than that for letters.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.scan(0, |start, end| Some(&text[std::mem::replace(start, end + 1)..end]))
}

/// Whether each line is a value of its own: the first line is whole, or it is a broken record and
/// the second is a whole one.
fn is_lines(text: &str) -> bool {
    let mut lines = lines(text).filter(|line| !line.trim().is_empty());
    let is_whole = |line: &str| serde_json::from_str::<IgnoredAny>(line).is_ok();
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let is_record = |line: &str| line.starts_with('{') && line.trim_end().len() > 1;
    is_whole(first) || is_record(first) && is_record(second) && is_whole(second)
}

/// Whether a line only says what Elasticsearch is to do with the next: `{"index": {...}}`.
fn is_bulk(value: &Value<'_>) -> bool {
    let Value::Record(values) = value else { return false };
    let [(name, _)] = values.as_slice() else { return false };
    ["index", "create", "update"].contains(&name.as_ref())
}

fn no_story() -> Error {
    Error::new(Kind::Input, "JSON without a headline and a text").hint(HINT)
}

const HINT: &str = "`--map title=NAME,body=NAME` says where they stand";

/// Records on their way to stories.
struct Records<'a, 'sink> {
    map: &'a FieldMap,
    sink: &'a mut StorySink<'sink>,
    /// How many stories there were.
    read: usize,
}

impl Records<'_, '_> {
    /// Reads one line; a bad one never costs its neighbours.
    fn line(&mut self, line: &str, number: usize) {
        if line.trim().is_empty() {
            return;
        }
        match serde_json::from_str::<Value<'_>>(line) {
            Ok(value) => {
                let before = self.read;
                self.take(&value, DEEPEST);
                if self.read == before && !is_bulk(&value) {
                    let error = no_story();
                    let message = format!("line {number}: {}", error.message());
                    (self.sink)(Err(Error::new(Kind::Input, message).hint(HINT)));
                }
            }
            Err(cause) => {
                let error = Error::new(Kind::Input, format!("line {number}: not well-formed JSON"));
                (self.sink)(Err(error.because(cause)));
            }
        }
    }

    /// Hands over every record that is a story, the value itself or those in it.
    fn take(&mut self, value: &Value<'_>, depth: usize) {
        if let Some(story) = fields::story_of(value, self.map) {
            (self.sink)(Ok(story));
            self.read += 1;
        } else if depth > 0 {
            match value {
                Value::List(values) => values.iter().for_each(|value| self.take(value, depth - 1)),
                Value::Record(values) => {
                    values.iter().for_each(|(_, value)| self.take(value, depth - 1));
                }
                _ => {}
            }
        }
    }
}

/// A list's records are taken as they are read, so that one that is cut off gives those before.
impl<'de> Visitor<'de> for &mut Records<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value<'de>>()? {
            self.take(&value, DEEPEST - 1);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Story;
    use proptest::prelude::*;

    fn read_all(text: &str) -> (Vec<Story>, usize) {
        let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        let (mut stories, mut errors) = (Vec::new(), 0);
        let read = read(&entry, &mut |story| match story {
            Ok(story) => stories.push(story),
            Err(_) => errors += 1,
        });
        (stories, errors + usize::from(read.is_err()))
    }

    #[test]
    fn known_shapes_are_read() {
        for (text, title, published) in [
            (
                r#"{"title":"Port opens","maintext":"It opened.","date_publish":"2025-03-18 10:00:00"}"#,
                "Port opens",
                "2025-03-18T10:00:00",
            ),
            (
                r#"{"response":{"results":[{"webTitle":"Port opens","webPublicationDate":"2025-03-18T10:00:00Z","fields":{"bodyText":"It opened."}}]}}"#,
                "Port opens",
                "2025-03-18T10:00:00Z",
            ),
            (
                r#"{"response":{"docs":[{"headline":{"main":"Port opens"},"pub_date":"2025-03-18T10:00:00+0000","abstract":"It opened."}]}}"#,
                "Port opens",
                "2025-03-18T10:00:00Z",
            ),
            (
                r#"{"thread":{"site":"a.example"},"title":"Port opens","text":"It opened.","published":"2025-03-18T10:00:00.000+02:00"}"#,
                "Port opens",
                "2025-03-18T10:00:00+02:00",
            ),
        ] {
            let (stories, _) = read_all(text);
            assert_eq!(stories.len(), 1, "{text}");
            assert_eq!(
                (stories[0].title.as_str(), stories[0].body.as_str()),
                (title, "It opened.")
            );
            assert_eq!(
                stories[0].published.map(|moment| moment.to_string()).as_deref(),
                Some(published)
            );
        }
    }

    #[test]
    fn records_are_found_within_the_wrappers_of_interfaces_and_dumps() {
        let record = r#"{"title":"A","text":"a."}"#;
        for text in [
            r#"{"status":"ok","totalResults":2,"articles":[§,§]}"#,
            r#"{"response":{"status":"ok","results":[§,§]}}"#,
            r#"{"status":"OK","response":{"docs":[§,§],"meta":{"hits":2}}}"#,
            r#"{"response":{"content":§}} {"data":[§]}"#,
            r#"{"meta":{},"data":[§,§]}"#,
            r#"{"took":1,"hits":{"total":{"value":2},"hits":[{"_index":"n","_id":"1","_source":§},{"_source":§}]}}"#,
            r#"{"articles":{"results":[§,§],"totalResults":2,"page":1}}"#,
            r#"{"posts":[§,§],"next":"/x"}"#,
            r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},§,§]}"#,
            "{\"index\":{\"_id\":\"1\"}}\n§\n{\"index\":{}}\n§\n",
            "[\n§,\n§\n]",
            "\u{FEFF}[§,§]",
        ] {
            let (stories, errors) = read_all(&text.replace('§', record));
            assert_eq!((stories.len(), errors), (2, 0), "{text}");
        }
    }

    #[test]
    fn the_map_finds_records_within_a_list_that_has_a_name_like_theirs() {
        let map = [("title", "title"), ("body", "t.0")];
        let map = map.map(|(field, name)| (field.to_owned(), name.to_owned()));
        let text = r#"{"title":"All","rows":[{"title":"A","t":["a."]},{"title":"B","t":["b."]}]}"#;
        let entry =
            Entry { bytes: text.into(), map: FieldMap(map.to_vec().into()), ..Entry::default() };
        let mut titles = Vec::new();
        read(&entry, &mut |story| titles.push(story.unwrap().title)).unwrap();
        assert_eq!(titles, ["A", "B"]);
    }

    #[test]
    fn a_list_that_is_cut_off_gives_what_stands_before() {
        let (stories, errors) =
            read_all(r#"[{"title":"A","text":"a"},{"title":"B","text":"b"},{"title":"C","te"#);
        assert_eq!((stories.len(), errors), (2, 1));
    }

    #[test]
    fn a_mark_of_byte_order_does_not_hide_json() {
        let text = r#"{"title":"Über","text":"ä"}"#;
        let utf_16: Vec<u8> = "\u{FEFF}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [utf_16, format!("\u{FEFF}{text}").into_bytes()] {
            let entry = Entry { bytes, ..Entry::default() };
            assert_eq!(sniff(&entry), Likeness::Likely);
            let mut titles = Vec::new();
            read(&entry, &mut |story| titles.push(story.unwrap().title)).unwrap();
            assert_eq!(titles, ["Über"]);
        }
    }

    #[test]
    fn a_broken_first_line_costs_only_itself() {
        let (stories, errors) =
            read_all("{\"title\":\"A\",\"te\n{\"title\":\"B\",\"text\":\"b\"}\n");
        assert_eq!((stories.len(), errors), (1, 1));
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        let text = "{\"title\":\"A\",\"text\":\"a\"}\n{\"title\":\n{\"x\":1}\n{\"title\":\"B\",\"text\":\"b\"}\n";
        let (stories, errors) = read_all(text);
        assert_eq!((stories.len(), errors), (2, 2));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[{}\\[\\]\",:a-z0-9\n]{0,60}") {
            read_all(&text);
        }
    }
}
