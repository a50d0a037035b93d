//! IPTC 7901: the wire format of European agencies.
//!
//! SOH and a header line (service and number, priority, category, words), the slug, STX, a block of
//! take keys, headline and byline that ends in `=`, the story, a notebook for editors, ETX, and the
//! time.

use memchr::memchr;

use crate::contract::{Format, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, PublishedFrom, Status, Story};
use crate::text::agencies::agency;
use crate::text::byline;
use crate::text::columns::paragraphs;
use crate::text::dateline;
use crate::text::decode::decode;
use crate::text::wire_times::iptc7901;

/// IPTC 7901.
pub(super) const IPTC7901: Format = Format {
    name: "iptc7901",
    doc: "IPTC 7901, as dpa, ATS and others send it",
    signs: "SOH and a header line of sender, number, priority and category",
    sniff,
    read,
};

/// Begins a message.
const SOH: char = '\u{1}';
/// Begins its text.
const STX: u8 = 2;
/// Ends its text.
const ETX: u8 = 3;
/// Ends a message.
const EOT: char = '\u{4}';

/// Lines above the headline that say which take of a story it is, as they begin, in lower case.
const TAKE_KEYS: &[&str] = &[
    "refile",
    "1st lead",
    "2nd lead",
    "3rd lead",
    "4th lead",
    "5th lead",
    "lead",
    "extra",
    "urgent",
    "flash",
    "alert",
    "update",
    "correction",
    "corrected",
    "kill",
    "withdrawal",
    "repeat",
    "roundup",
    "(achtung",
    "achtung",
    "eil",
    "zusammenfassung",
    "korrektur",
    "berichtigung",
    "wiederholung",
    "1. zusammenfassung",
    "2. zusammenfassung",
    "(urgent",
];

/// Lines from which on all is for editors.
const NOTEBOOK: &[&str] = &["# ", "* * *", "the following information is not"];

fn sniff(entry: &Entry) -> Likeness {
    let start = entry.bytes.trim_ascii_start();
    let Some(rest) = start.strip_prefix(b"\x01") else { return Likeness::No };
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(line);
    if Header::read(&header).is_some() { Likeness::Certain } else { Likeness::Possible }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    let messages = decoded.text.split(EOT).flat_map(|sent| sent.split(SOH));
    for message in messages.filter(|sent| sent.bytes().any(|byte| byte.is_ascii_alphanumeric())) {
        sink(story(message));
    }
    Ok(())
}

/// The header line: "eca062 4 i 211 ccccb   dpa 061".
struct Header<'a> {
    id: &'a str,
    category: &'a str,
    rest: Vec<&'a str>,
}

impl<'a> Header<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let id = words.next()?;
        let priority = words.next()?;
        let category = words.next()?;
        let numbered = id.bytes().any(|byte| byte.is_ascii_digit());
        let ranked = priority.len() == 1 && priority.bytes().all(|byte| byte.is_ascii_digit());
        (numbered && ranked && category.len() <= 3).then(|| Self {
            id,
            category,
            rest: words.collect(),
        })
    }
}

fn story(message: &str) -> Result<Story> {
    let Some(start) = memchr(STX, message.as_bytes()) else {
        return Err(Error::new(Kind::Input, "an IPTC 7901 message without the start of its text"));
    };
    let end = memchr(ETX, &message.as_bytes()[start..]).map_or(message.len(), |end| start + end);
    let mut story = Story::default();
    read_header(&mut story, &message[..start]);
    story.found_in("the header");
    let trailer = message.get(end + 1..).unwrap_or_default();
    story.published = trailer.lines().find_map(iptc7901);
    story.found_in("the time in the trailer");
    story.published_from = story.published.map(|_| PublishedFrom::Metadata);
    let text = read_headline(&mut story, &message[start + 1..end]);
    story.found_in("the block above the text");
    read_text(&mut story, text);
    Ok(story)
}

fn read_header(story: &mut Story, above: &str) {
    let mut lines = above.lines().map(str::trim).filter(|line| !line.is_empty());
    if let Some(header) = lines.next().and_then(Header::read) {
        story.id = header.id.to_owned();
        story.section = header.category.to_owned();
        let name = |word: &&str| word.split('-').next().and_then(agency);
        story.source = header.rest.iter().find_map(name).unwrap_or_default().to_owned();
    }
    story.slug = lines.next().unwrap_or_default().trim_end_matches('/').to_owned();
}

/// Reads take keys, headline and byline, and gives what stands behind them.
fn read_headline<'a>(story: &mut Story, text: &'a str) -> &'a str {
    let end = text.find("\n\n").unwrap_or(text.len());
    let block = text[..end].trim_start_matches('\n');
    let mut title: Vec<&str> = Vec::new();
    for line in block.lines().map(|line| line.trim().trim_end_matches('=').trim()) {
        if title.is_empty() && is_take_key(line) {
            story.version = if story.version.is_empty() {
                line.to_owned()
            } else {
                format!("{} {line}", story.version)
            };
        } else if let Some(rest) = line.strip_prefix("By ").or_else(|| line.strip_prefix("Von ")) {
            let names = byline::names(line);
            let first = rest.split(',').next().unwrap_or(rest).trim();
            let names = if names.len() < 2 { vec![first] } else { names };
            story.bylines = names.into_iter().map(str::to_owned).collect();
        } else if !line.is_empty() {
            title.push(line);
        }
    }
    story.title = title.join(" ");
    let key = story.version.to_lowercase();
    if key.contains("kill") || key.contains("withdrawal") {
        story.status = Status::Canceled;
    }
    &text[end..]
}

fn is_take_key(line: &str) -> bool {
    let lower = line.to_lowercase();
    let short = line.split_whitespace().count() <= 3;
    short && TAKE_KEYS.iter().any(|key| lower.starts_with(key))
}

fn read_text(story: &mut Story, text: &str) {
    let is_notebook = |line: &str| {
        let lower = line.trim_start().to_lowercase();
        NOTEBOOK.iter().any(|start| lower.starts_with(start))
    };
    let mut at = 0;
    let mut notes = text.len();
    for line in text.split_inclusive('\n') {
        if is_notebook(line) {
            notes = at;
            break;
        }
        at += line.len();
    }
    story.note = text[notes..].trim().to_owned();
    story.found_in("the notebook");
    let mut body = paragraphs(&text[..notes]);
    cut_initials(story, &mut body);
    story.body = body;
    dateline::take_off(story);
    story.found_in("the text between STX and ETX");
}

/// Cuts the last line off where it is the agency and its writers' initials: "dpa wsz jln npr".
fn cut_initials(story: &Story, body: &mut String) {
    let start = body.rfind("\n\n").map_or(0, |at| at + 2);
    let last = &body[start..];
    let mut words = last.split_whitespace();
    let signed = words.next().and_then(agency).is_some_and(|name| name == story.source);
    if signed
        && words.all(|word| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
    {
        body.truncate(start.saturating_sub(2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SENT: &str = "\u{1}eca062 4 i 211 ccccb   dpa 061\r\n\r\nVelmark/ports/\r\n\u{2}REFILE\n1ST LEAD\n\
        Port Azure opens again\nafter a winter\nBy Ada Orlo, dpa =\r\n\r\nPort Azure (dpa) - The port of\r\n\
        Azure opened.\r\n\r\nNobody came.\r\n\r\n# Notebook\r\n\r\n* * * *\r\nThe following information is not for\r\n\
        publication\r\n- Reporting by: Ada Orlo\r\n\r\ndpa ao iv\r\n\r\n\u{3}211259 GMT Nov 18\r\n\u{7f}\r\n\u{4}";

    fn stories(text: &str) -> Vec<Story> {
        let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        let mut stories = Vec::new();
        read(&entry, &mut |story| stories.extend(story.ok())).unwrap();
        stories
    }

    #[test]
    fn header_headline_body_and_notebook_are_read() {
        let stories = stories(SENT);
        let story = &stories[0];
        assert_eq!((story.id.as_str(), story.section.as_str()), ("eca062", "i"));
        assert_eq!(story.slug, "Velmark/ports");
        assert_eq!(story.version, "REFILE 1ST LEAD");
        assert_eq!(story.title, "Port Azure opens again after a winter");
        assert_eq!(story.bylines, ["Ada Orlo"]);
        assert_eq!((story.place.as_str(), story.source.as_str()), ("Port Azure", "dpa"));
        assert_eq!(story.published.unwrap().to_string(), "2018-11-21T12:59:00Z");
        assert_eq!(story.body, "The port of Azure opened.\n\nNobody came.");
        assert!(story.note.contains("Reporting by: Ada Orlo"));
    }

    #[test]
    fn the_writers_initials_are_no_body() {
        let plain = SENT.replace(
            "# Notebook\r\n\r\n* * * *\r\nThe following information is not for\r\npublication\r\n",
            "",
        );
        let cut = plain.replace("- Reporting by: Ada Orlo\r\n\r\n", "");
        assert!(stories(&cut)[0].body.ends_with("Nobody came."));
    }

    proptest! {
        #[test]
        fn broken_messages_are_read(at in 0..SENT.len(), with in "\\PC{0,3}|[\u{1}\u{2}\u{3}\u{4}=\n]{0,3}") {
            if let (Some(front), Some(back)) = (SENT.get(..at), SENT.get(at + 1..)) {
                stories(&format!("{front}{with}{back}"));
            }
        }
    }
}
