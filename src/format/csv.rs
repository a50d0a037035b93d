//! CSV and TSV with a line of headings.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use crate::contract::{Format, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, FieldMap, Story};
use crate::text::decode::{self, decode};
use crate::text::fields;
use crate::text::record::Value;

/// CSV and TSV.
pub(super) const CSV: Format = Format {
    name: "csv",
    doc: "CSV and TSV with a line of headings that names a title and a text",
    signs: "a first line of headings, at least two of them known",
    sniff,
    read,
};

/// The marks that part fields.
const MARKS: &[u8] = b",\t;|";
/// The longest line of headings, in bytes.
const LONGEST_HEADINGS: usize = 1 << 16;

fn sniff(entry: &Entry) -> Likeness {
    let head = decode::head(&entry.bytes, LONGEST_HEADINGS);
    let line = &head[..memchr::memchr(b'\n', &head).unwrap_or(head.len())];
    let Some(mark) = mark_of(line) else { return Likeness::No };
    let line = String::from_utf8_lossy(line);
    let mapped = |heading: &str| entry.map.0.iter().any(|(_, name)| name == heading);
    let (mut known, mut texts) = (0, 0);
    for heading in line.split(mark as char) {
        let heading = heading.trim().trim_matches('"');
        known += usize::from(fields::is_known(heading) || mapped(heading));
        texts += usize::from(fields::is_of_text(heading) || mapped(heading));
    }
    if known >= 2 && texts > 0 { Likeness::Likely } else { Likeness::No }
}

/// The mark that stands most often in the headings.
fn mark_of(line: &[u8]) -> Option<u8> {
    let count = |mark: u8| memchr::memchr_iter(mark, line).count();
    MARKS.iter().copied().filter(|mark| count(*mark) > 0).max_by_key(|mark| count(*mark))
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    let headings = decoded.text.lines().next().unwrap_or_default();
    let mark = mark_of(headings.as_bytes()).unwrap_or(b',');
    let mut table =
        ReaderBuilder::new().delimiter(mark).flexible(true).from_reader(decoded.text.as_bytes());
    let headings = table
        .headers()
        .map_err(|cause| Error::new(Kind::Input, "no line of headings").because(cause))?
        .clone();
    for row in table.records() {
        sink(match row {
            Ok(row) => story(&headings, &row, &entry.map),
            Err(cause) => Err(Error::new(Kind::Input, "a row that cannot be read").because(cause)),
        });
    }
    Ok(())
}

fn story(headings: &StringRecord, row: &StringRecord, map: &FieldMap) -> Result<Story> {
    let named = headings
        .iter()
        .zip(row)
        .map(|(name, value)| (Cow::Borrowed(name.trim()), Value::Text(Cow::Borrowed(value))));
    let record = Value::Record(named.collect());
    fields::story_of(&record, map).ok_or_else(|| {
        let line = row.position().map_or(0, csv::Position::line);
        Error::new(Kind::Input, format!("line {line}: no headline and text"))
            .hint("`--map title=HEADING,body=HEADING` says where they stand")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_stories_whatever_parts_their_fields() {
        for text in [
            "Title,Date,Text\n\"Port, opens\",2025-03-18,\"It opened.\nNobody came.\"\n,2025-03-19,\n",
            "title\tdate\ttext\nPort, opens\t2025-03-18\t\"It opened.\nNobody came.\"\n\t\tx\n",
        ] {
            let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
            assert_eq!(sniff(&entry), Likeness::Likely);
            let mut read_rows = Vec::new();
            read(&entry, &mut |story| read_rows.push(story)).unwrap();
            assert_eq!(read_rows.len(), 2);
            let story = read_rows[0].as_ref().unwrap();
            assert_eq!(
                (story.title.as_str(), story.body.as_str()),
                ("Port, opens", "It opened.\n\nNobody came.")
            );
            assert_eq!(story.published.unwrap().to_string(), "2025-03-18");
            assert!(read_rows[1].is_err());
        }
    }

    #[test]
    fn a_sentence_with_commas_is_no_table() {
        let entry =
            Entry { bytes: b"Port, quay, title and text\nopened".to_vec(), ..Entry::default() };
        assert_eq!(sniff(&entry), Likeness::No);
    }
}
