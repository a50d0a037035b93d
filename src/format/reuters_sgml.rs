//! Reuters' SGML: the stories of 1987 as they were distributed, many to a file.
//!
//! Not well-formed (no root, `&#3;` in the text, bytes of Latin-1), so it is read by its tags alone.

use std::borrow::Cow;

use memchr::memmem;

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, PublishedFrom, Story};
use crate::text::columns::paragraphs;
use crate::text::decode::decode;
use crate::text::furniture::sign_off;
use crate::text::wire_times::reuters;
use crate::text::{byline, dateline, entities};

/// Reuters' SGML.
pub(super) const REUTERS_SGML: Format = Format {
    name: "reuters-sgml",
    doc: "Reuters-21578's SGML: many stories a file, with topics, places and people",
    signs: "an element <REUTERS with the distribution's attributes",
    sniff,
    read,
};

const START: &str = "<REUTERS";
const END: &str = "</REUTERS>";

/// The lists that become keywords, in the order of the file.
const KEYWORD_LISTS: &[&str] = &["TOPICS", "PLACES", "ORGS", "EXCHANGES", "COMPANIES"];

fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(HEAD)];
    let is_markup = head.trim_ascii_start().starts_with(b"<");
    let found = is_markup && memmem::find(head, START.as_bytes()).is_some();
    if found { Likeness::Certain } else { Likeness::No }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    let text = decoded.text.as_ref();
    let (starts, end_of) = (memmem::Finder::new(START), memmem::Finder::new(END));
    let mut at = 0;
    while let Some(found) = starts.find(&text.as_bytes()[at..]) {
        let start = at + found;
        let Some(length) = end_of.find(&text.as_bytes()[start..]) else {
            sink(Err(Error::new(Kind::Input, "the story is cut off").at_byte(start as u64)));
            break;
        };
        sink(story(&text[start..start + length]).map_err(|error| error.at_byte(start as u64)));
        at = start + length + END.len();
    }
    Ok(())
}

fn story(element: &str) -> Result<Story> {
    let mut story = Story {
        id: attribute(element, "NEWID").unwrap_or_default().to_owned(),
        source: "Reuters".to_owned(),
        language: "en".to_owned(),
        published: tag(element, "DATE").and_then(reuters),
        people: list(element, "PEOPLE"),
        ..Story::default()
    };
    story.origins.tell("id", "NEWID");
    story.origins.tell("source", "the format itself");
    story.origins.tell("language", "the format itself");
    story.origins.tell("people", "PEOPLE");
    story.found_in("DATE");
    if story.published.is_some() {
        story.published_from = Some(PublishedFrom::Metadata);
    }
    story.keywords = KEYWORD_LISTS.iter().flat_map(|name| list(element, name)).collect();
    story.found_in("TOPICS, PLACES, ORGS, EXCHANGES, COMPANIES");
    let Some(text) = tag(element, "TEXT") else {
        return Err(Error::new(Kind::Input, "a story without text"));
    };
    match tag(text, "BODY") {
        Some(body) => parted(&mut story, text, body),
        None => unparted(&mut story, text),
    }
    // The collection's own story 12793 has a number and a day and no words; it counts as a story.
    if story.title.is_empty() && story.body.is_empty() && story.id.is_empty() {
        return Err(Error::new(Kind::Input, "a story without words"));
    }
    Ok(story)
}

/// A text in which headline, dateline and body have their tags.
fn parted(story: &mut Story, text: &str, body: &str) {
    story.title = one_line(tag(text, "TITLE").unwrap_or_default());
    story.found_in("TITLE");
    if let Some(line) = tag(text, "DATELINE") {
        let line = entities::decode(line);
        let found = dateline::find(&line);
        let place = found.map(|found| found.place.of(&line).to_owned());
        story.place =
            place.unwrap_or_else(|| line.split(',').next().unwrap_or_default().trim().to_owned());
        story.found_in("DATELINE");
    }
    if let Some(author) = tag(text, "AUTHOR") {
        let author = one_line(author);
        let author = author.trim_end_matches([',', ' ']);
        let names = byline::names(author);
        story.bylines = names.into_iter().map(str::to_owned).collect();
        story.found_in("AUTHOR");
    }
    story.body = prose(body);
    story.found_in("BODY");
}

/// A text without tags inside: a flash or a table; its first line is the headline.
fn unparted(story: &mut Story, text: &str) {
    if let (Some(title), Some(end)) = (tag(text, "TITLE"), memmem::find(text.as_bytes(), CLOSE)) {
        story.title = one_line(title);
        story.found_in("TITLE");
        story.body = prose(&text[end + CLOSE.len()..]);
        story.found_in("TEXT behind TITLE");
        return;
    }
    let words = |line: &str| line.trim().bytes().any(|byte| byte.is_ascii_alphanumeric());
    let first = text.lines().find(|line| words(&entities::decode(line)));
    let Some(first) = first else { return };
    let end = first.as_ptr() as usize - text.as_ptr() as usize + first.len();
    story.title = one_line(first.trim().trim_matches('*'));
    story.found_in("the first line of TEXT");
    story.body = prose(text.get(end..).unwrap_or_default());
    story.found_in("TEXT behind its first line");
}

const CLOSE: &[u8] = b"</TITLE>";

/// A body's paragraphs, without the sign-off.
fn prose(text: &str) -> String {
    let joined = paragraphs(&without_controls(entities::decode(text)));
    let text = joined.trim_end();
    // A table ends in no full stop, and the agency signs it all the same.
    let signed = ["Reuter", "REUTER"].iter().find_map(|name| text.strip_suffix(name));
    let text = signed
        .filter(|rest| rest.ends_with(char::is_whitespace) || rest.is_empty())
        .unwrap_or(text);
    sign_off(text).0.trim_end().to_owned()
}

fn one_line(text: &str) -> String {
    let clean = without_controls(entities::decode(text));
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the control characters that wires carry; it is its own where it has none.
fn without_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let low = bytes.iter().any(|byte| *byte < b' ' && *byte != b'\n' || *byte == 0x7F);
    // The rest of them, U+0080 to U+009F, are C2 and one byte below A0.
    let high = || memchr::memchr_iter(0xC2, bytes).any(|at| bytes[at + 1] < 0xA0);
    if !low && !high() {
        return text;
    }
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect::<String>().into()
}

/// What stands between the tags of an element's first occurrence.
fn tag<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut at = 0;
    loop {
        let open = at + memchr::memchr(b'<', &text.as_bytes()[at..])?;
        let rest = &text[open + 1..];
        if rest.starts_with(name) && rest[name.len()..].starts_with(['>', ' ']) {
            let start = open + 1 + memchr::memchr(b'>', rest.as_bytes())? + 1;
            return Some(&text[start..start + length_to(&text[start..], name)?]);
        }
        at = open + 1;
    }
}

/// How many bytes stand before the tag that closes an element.
fn length_to(text: &str, name: &str) -> Option<usize> {
    let closes = |at: &usize| {
        let inner = text[at + 1..].strip_prefix('/').and_then(|rest| rest.strip_prefix(name));
        inner.is_some_and(|rest| rest.starts_with('>'))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(closes)
}

/// The values of a list: `<TOPICS><D>cocoa</D><D>tea</D></TOPICS>`.
fn list(element: &str, name: &str) -> Vec<String> {
    let values = tag(element, name).unwrap_or_default().split("<D>").skip(1);
    values.map(|value| one_line(value.split("</D>").next().unwrap_or_default())).collect()
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let end = memchr::memchr(b'>', element.as_bytes())?;
    let (_, rest) = element[..end].split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n\
        <REUTERS TOPICS=\"YES\" OLDID=\"5\" NEWID=\"7\">\n<DATE> 3-MAR-1987 15:01:01.79</DATE>\n\
        <TOPICS><D>herring</D><D>cod</D></TOPICS>\n<PLACES><D>velmark</D></PLACES>\n\
        <PEOPLE><D>orlo</D></PEOPLE>\n<ORGS></ORGS>\n<TEXT>&#2;\n\
        <TITLE>PORT &lt;AZR> OPENS</TITLE>\n<AUTHOR>    By ADA ORLO, Reuters</AUTHOR>\n\
        <DATELINE>    PORT AZURE, March 3 - </DATELINE><BODY>The port opened\non Monday &amp; closed.\n    \
        Nobody came.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n\
        <REUTERS NEWID=\"8\"><DATE> 3-MAR-1987 15:02:00.00</DATE><TEXT TYPE=\"UNPROC\">&#2;\n\
        ******ORLO LINES SETS PAYOUT\nOf ten cents.\n&#3;</TEXT></REUTERS>\n\
        <REUTERS NEWID=\"9\"><TEXT>cut";

    fn stories(text: &str) -> Vec<Result<Story>> {
        let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        let mut stories = Vec::new();
        read(&entry, &mut |story| stories.push(story)).unwrap();
        stories
    }

    #[test]
    fn each_story_has_its_fields_and_one_that_is_cut_off_is_said() {
        let stories = stories(FILE);
        assert_eq!(stories.len(), 3);
        let first = stories[0].as_ref().unwrap();
        assert_eq!((first.title.as_str(), first.id.as_str()), ("PORT <AZR> OPENS", "7"));
        assert_eq!(first.place, "PORT AZURE");
        assert_eq!(first.bylines, ["ADA ORLO"]);
        assert_eq!(first.keywords, ["herring", "cod", "velmark"]);
        assert_eq!(first.people, ["orlo"]);
        assert_eq!(first.published.unwrap().to_string(), "1987-03-03T15:01:01.79");
        assert_eq!(first.body, "The port opened on Monday & closed.\n\nNobody came.");
        let flash = stories[1].as_ref().unwrap();
        assert_eq!(flash.title, "ORLO LINES SETS PAYOUT");
        assert!(stories[2].is_err());
    }

    #[test]
    fn a_numbered_story_without_words_is_a_story() {
        let text = |number: &str| {
            format!(
                "<REUTERS TOPICS=\"NO\"{number}><DATE> 3-APR-1987 07:09:06.48</DATE><TEXT TYPE=\"UNPROC\">&#2;\n&#3;</TEXT></REUTERS>"
            )
        };
        let kept = stories(&text(" NEWID=\"9\"")).remove(0).unwrap();
        assert_eq!((kept.id.as_str(), kept.title.as_str()), ("9", ""));
        assert!(stories(&text(""))[0].is_err());
    }

    proptest! {
        #[test]
        fn broken_files_are_read(at in 0..FILE.len(), with in "\\PC{0,4}") {
            let broken = FILE.get(..at).map(|front| format!("{front}{with}{}", FILE.get(at + 1..).unwrap_or("")));
            stories(&broken.unwrap_or_default());
        }
    }
}
