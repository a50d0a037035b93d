//! JSON and JSON lines of any shape that names a headline and a text.

use serde_json::{Deserializer, Value};

use crate::contract::{Format, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::Entry;
use crate::text::decode::decode;
use crate::text::fields;

/// JSON and JSON lines.
pub(super) const JSON: Format = Format {
    name: "json",
    doc: "JSON and JSON lines: news-please, CC-News, Webhose, Guardian, NYT and their like",
    signs: "a JSON object or array at its start",
    sniff,
    read,
};

/// How deep the records are looked for.
const DEEPEST: usize = 4;

fn sniff(entry: &Entry) -> Likeness {
    let start = entry.bytes.trim_ascii_start();
    let opens = start.first().is_some_and(|byte| b"{[".contains(byte));
    let inside = start.get(1..).unwrap_or_default().trim_ascii_start();
    let holds = inside.first().is_some_and(|byte| b"\"{[}]".contains(byte));
    if opens && holds { Likeness::Likely } else { Likeness::No }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    if is_lines(&decoded.text) {
        for (number, line) in decoded.text.lines().enumerate() {
            read_line(line, number + 1, sink);
        }
        return Ok(());
    }
    for value in Deserializer::from_str(&decoded.text).into_iter::<Value>() {
        let value = value
            .map_err(|cause| Error::new(Kind::Input, "not well-formed JSON").because(cause))?;
        if records(&value, DEEPEST, sink) == 0 {
            sink(Err(no_story()));
        }
    }
    Ok(())
}

/// Whether each line is a value of its own: the first line is whole.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    lines.next().is_some() && serde_json::from_str::<Value>(first).is_ok()
}

/// Reads one line; a bad one never costs its neighbours.
fn read_line(line: &str, number: usize, sink: &mut StorySink<'_>) {
    if line.trim().is_empty() {
        return;
    }
    match serde_json::from_str::<Value>(line) {
        Ok(value) if records(&value, DEEPEST, sink) > 0 => {}
        Ok(_) => sink(Err(no_story().in_member(format!("line {number}")))),
        Err(cause) => {
            let error = Error::new(Kind::Input, format!("line {number}: not well-formed JSON"));
            sink(Err(error.because(cause)));
        }
    }
}

fn no_story() -> Error {
    Error::new(Kind::Input, "JSON without a headline and a text")
}

/// Hands over every record that is a story, and gives how many there were.
fn records(value: &Value, depth: usize, sink: &mut StorySink<'_>) -> usize {
    if fields::is_story(value) {
        sink(Ok(fields::story(value)));
        return 1;
    }
    if depth == 0 {
        return 0;
    }
    match value {
        Value::Array(values) => values.iter().map(|value| records(value, depth - 1, sink)).sum(),
        Value::Object(values) => values.values().map(|value| records(value, depth - 1, sink)).sum(),
        _ => 0,
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
