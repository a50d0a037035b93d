//! ANPA 1312: the wire format of American agencies since the teletype.
//!
//! A header of service level, number and category, the keyword line, then behind STX the copy: lines
//! that begin with `^` and end with `<` are headings (keyword line, headline, photos, notes to
//! editors, bylines), the others are the story. ETX, and a trailer with the time.

use memchr::{memchr, memrchr};

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, PublishedFrom, Story};
use crate::text::agencies::agency;
use crate::text::byline;
use crate::text::columns::paragraphs;
use crate::text::dateline;
use crate::text::decode::decode;
use crate::text::wire_times::anpa;

/// ANPA 1312.
pub(super) const ANPA: Format = Format {
    name: "anpa",
    doc: "ANPA 1312, as AP, Kyodo and others send it",
    signs: "two SYN bytes at its start, or an STX before a line that begins with ^",
    sniff,
    read,
};

/// Begins a transmission, twice.
const SYN: &str = "\u{16}\u{16}";
/// Ends the header.
const STX: u8 = 2;
/// Ends the copy.
const ETX: u8 = 3;
/// Ends a transmission.
const EOT: u8 = 4;
/// Parts the category from the keyword.
const XON: u8 = 0x13;

/// How a heading that is a note begins, in lower case.
const NOTES: &[&str] =
    &["ap photo", "eds:", "(eds", "eds.", "editors:", "ap video", "ap graphic", "photo"];

fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(HEAD)];
    let start = head.trim_ascii_start();
    if start.starts_with(SYN.as_bytes()) {
        return Likeness::Certain;
    }
    let controlled = memchr(XON, head).is_some();
    if controlled && memchr::memmem::find(head, b"\x02^").is_some() {
        Likeness::Likely
    } else {
        Likeness::No
    }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    for sent in transmissions(&decoded.text) {
        sink(story(sent));
    }
    Ok(())
}

/// The transmissions of a file, each from its first SYN to its EOT.
fn transmissions(text: &str) -> impl Iterator<Item = &str> {
    text.split(EOT as char).filter(|sent| sent.bytes().any(|byte| byte.is_ascii_alphanumeric()))
}

fn story(sent: &str) -> Result<Story> {
    let Some(start) = memchr(STX, sent.as_bytes()) else {
        return Err(Error::new(Kind::Input, "an ANPA transmission without the start of its text"));
    };
    let end = memrchr(ETX, sent.as_bytes()).filter(|end| *end > start).unwrap_or(sent.len());
    let copy = &sent[start + 1..end];
    let trailer = sent.get(end + 1..).unwrap_or_default();
    let mut story = Story { section: category(&sent[..start]), ..Story::default() };
    story.found_in("the category in the header");
    story.published = trailer.lines().find_map(anpa);
    story.found_in("the time in the trailer");
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
    let (headings, body) = parted(copy);
    let rest = read_headings(&mut story, &headings);
    read_body(&mut story, &body, rest);
    Ok(story)
}

/// The category, the letter before XON: "a" national, "i" international, "s" sports.
fn category(header: &str) -> String {
    let before = header.split(XON as char).next().unwrap_or_default();
    let letter = before.trim_end().chars().next_back().filter(char::is_ascii_alphabetic);
    letter.map(String::from).unwrap_or_default()
}

/// Parts the headings, without their marks, from the lines of the story.
fn parted(copy: &str) -> (Vec<&str>, String) {
    let mut headings = Vec::new();
    let mut body = String::with_capacity(copy.len());
    for line in copy.lines() {
        let text = line.trim();
        let heading = line.starts_with('^') || line.starts_with('*');
        if heading && body.trim().is_empty() {
            headings.push(unmarked(text));
        } else if !heading || !text.is_empty() {
            body.push_str(if heading { unmarked(text) } else { line });
            body.push('\n');
        }
    }
    (headings, body)
}

/// A heading without `^`, a routing number before it (`*9006<`), `<` and `=`.
fn unmarked(line: &str) -> &str {
    let line = line.rsplit('^').next().unwrap_or(line);
    line.trim().trim_end_matches(['<', '=']).trim()
}

/// Reads the headings, and gives those that no field takes.
fn read_headings<'a>(story: &mut Story, headings: &[&'a str]) -> Vec<&'a str> {
    let mut notes = Vec::new();
    let mut rest = Vec::new();
    let mut headings = headings.iter().copied();
    read_keyword(story, headings.next().unwrap_or_default());
    story.found_in("the keyword line");
    for line in headings {
        let lower = line.to_lowercase();
        let names = byline::names(line);
        if line.is_empty() {
            continue;
        } else if NOTES.iter().any(|note| lower.starts_with(note)) {
            notes.push(line);
        } else if !names.is_empty() || lower.starts_with("by ") {
            let names = if names.is_empty() { vec![line[3..].trim()] } else { names };
            story.bylines.extend(names.into_iter().map(str::to_owned));
        } else if let Some(name) = agency(line) {
            story.source = name.to_owned();
        } else if !story.bylines.is_empty() && byline::is_office(line) {
            continue;
        } else if story.title.is_empty() {
            story.title = line.to_owned();
        } else {
            rest.push(line);
        }
    }
    story.note = notes.join("\n");
    story.found_in("the lines that begin with ^");
    rest
}

/// The keyword line: slug, perhaps the take, and the number of words.
fn read_keyword(story: &mut Story, line: &str) {
    let mut parts = line.split(',').map(str::trim);
    story.slug = parts.next().unwrap_or_default().to_owned();
    let takes: Vec<&str> = parts.filter(|part| part.parse::<u32>().is_err()).collect();
    story.version = takes.join(", ");
}

fn read_body(story: &mut Story, body: &str, rest: Vec<&str>) {
    let joined = paragraphs(body);
    if joined.is_empty() {
        // A list of headlines is all headings.
        story.body = rest.join("\n\n");
        story.found_in("the lines that begin with ^");
        return;
    }
    if !rest.is_empty() {
        // The lead again, for those who print no more.
        let summary = rest.join("\n");
        story.note =
            if story.note.is_empty() { summary } else { format!("{}\n{summary}", story.note) };
    }
    story.found_in("the lines that begin with ^");
    story.body = joined;
    dateline::take_off(story);
    story.found_in("the text between STX and ETX");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SENT: &str = "\u{16}\u{16}AW0017\u{1f}_----\nr i\u{13}\u{11} BC-VE--Port-Azure   03-18 0120\r\n\
        \u{2}^BC-VE--Port-Azure, 1st Ld-Writethru,120<\r\n^Port Azure opens again<\r\n\
        ^Eds: Updates. With photos.<\r\n^By ADA ORLO=\r\n^Associated Press=\r\n\
        \t   PORT AZURE, Velmark (AP) _ The port opened. ``At last,'' Orlo\r\nsaid.\r\n \r\n\
        \t   Nobody came.\r\n\r\n\t   \u{3}AP-WF-03-18-25 1509GMT<\r\n\u{c}\r\n\u{4}";

    fn stories(text: &str) -> Vec<Story> {
        let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        let mut stories = Vec::new();
        read(&entry, &mut |story| stories.extend(story.ok())).unwrap();
        stories
    }

    #[test]
    fn headings_body_and_trailer_are_read() {
        let stories = stories(&SENT.repeat(2));
        assert_eq!(stories.len(), 2);
        let story = &stories[0];
        assert_eq!(story.slug, "BC-VE--Port-Azure");
        assert_eq!(story.version, "1st Ld-Writethru");
        assert_eq!(story.title, "Port Azure opens again");
        assert_eq!(story.bylines, ["ADA ORLO"]);
        assert_eq!(
            (story.place.as_str(), story.source.as_str()),
            ("PORT AZURE", "Associated Press")
        );
        assert_eq!(story.note, "Eds: Updates. With photos.");
        assert_eq!(story.section, "i");
        assert_eq!(story.published.unwrap().to_string(), "2025-03-18T15:09:00Z");
        assert_eq!(story.body, "The port opened. ``At last,'' Orlo said.\n\nNobody came.");
    }

    #[test]
    fn headings_without_words_add_nothing_to_a_list_of_headlines() {
        let stories = stories(
            "\u{16}\u{16}x\u{13}\u{2}^BC-List<\r\n^Headlines of the evening from Port Azure<\r\n^One of the harbours of Velmark opens<\r\n^<\r\n\u{3}\u{4}",
        );
        assert_eq!(
            stories.first().map(|story| story.body.as_str()),
            Some("One of the harbours of Velmark opens")
        );
    }

    #[test]
    fn it_is_told_by_its_control_characters() {
        let entry = |text: &str| Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        assert_eq!(sniff(&entry(SENT)), Likeness::Certain);
        assert_eq!(sniff(&entry("Port opens\n\nThe port opened.")), Likeness::No);
    }

    proptest! {
        #[test]
        fn broken_transmissions_are_read(at in 0..SENT.len(), with in "\\PC{0,3}|[\u{2}\u{3}\u{4}^<\n]{0,3}") {
            if let (Some(front), Some(back)) = (SENT.get(..at), SENT.get(at + 1..)) {
                stories(&format!("{front}{with}{back}"));
            }
        }
    }
}
