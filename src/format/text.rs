//! Plain text: a story as an agency's or a newspaper's text file has it.
//!
//! A headline, perhaps a byline and notes, a dateline, paragraphs, and whatever a newspaper's site
//! puts between them. Paragraphs are parted by blank lines, or are a line each, or are set in a
//! column and indented.

mod layout;

use crate::contract::{Format, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, Moment, PublishedFrom, Story};
use crate::text::agencies::agency;
use crate::text::dateline::{self, Dateline};
use crate::text::decode::decode;
use crate::text::furniture::{Furniture, furniture, sign_off};
use crate::text::markup::one_line;
use crate::text::sentences::sentences;
use crate::text::{byline, stamp, wire_times};

use layout::{Block, blocks};

/// Plain text.
pub(super) const TEXT: Format = Format {
    name: "text",
    doc: "plain text: headline, dateline, byline, paragraphs; web copy with its furniture",
    signs: "readable text that is no JSON, XML or HTML",
    sniff,
    read,
};

/// So many lines are looked at one by one. No story has more; what is behind them is kept as it
/// stands, so that a log or a list of any length takes no more memory than its bytes.
const MOST_LINES: usize = 100_000;

/// Any text will do, so that every other format that is likely wins; but data and markup are none.
fn sniff(entry: &Entry) -> Likeness {
    let start = entry.bytes.trim_ascii_start();
    let is_data = start.starts_with(b"{\"") || start.starts_with(b"[{");
    let is_markup = start.starts_with(b"<?xml")
        || start.starts_with(b"<!DOCTYPE")
        || start.starts_with(b"<html");
    if is_data || is_markup { Likeness::No } else { Likeness::Possible }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let decoded = decode(&entry.bytes, None).map_err(|why| Error::new(Kind::Input, why))?;
    let text = decoded.text.as_ref();
    let front = memchr::memchr_iter(b'\n', text.as_bytes()).nth(MOST_LINES).unwrap_or(text.len());
    let mut desk = Desk::default();
    for block in blocks(&text[..front]) {
        desk.take(&block);
    }
    if front < text.len() {
        desk.paragraphs.push(text[front..].trim().to_owned());
    }
    let story = desk.finish();
    if story.title.is_empty() && story.body.is_empty() {
        return Err(Error::new(Kind::Input, "no words in it but furniture"));
    }
    sink(Ok(story));
    Ok(())
}

/// A story as it is put together, block by block.
#[derive(Default)]
struct Desk {
    story: Story,
    paragraphs: Vec<String>,
    notes: Vec<String>,
    /// The first byline as it stands, which heads a story that has no headline.
    byline: Option<String>,
    /// Whether a dateline was found, so that what follows is the story proper.
    begun: bool,
}

impl Desk {
    fn take(&mut self, block: &Block<'_>) {
        let mut text = block.text.trim();
        let mut behind = Vec::new();
        // A credit or a note stands on the last lines of a paragraph as well as by itself.
        while let Some((rest, last)) = last_line(text)
            && let Some(kind) = furniture(last).filter(|kind| *kind != Furniture::End)
        {
            behind.push((kind, last.trim()));
            text = rest.trim_end();
        }
        self.take_text(text);
        for (kind, line) in behind.into_iter().rev() {
            self.set_aside(kind, line);
        }
    }

    fn take_text(&mut self, line: &str) {
        if let Some(kind) = furniture(line) {
            return self.set_aside(kind, line);
        }
        if self.is_heading() && self.take_heading(line) || self.take_trailer(line) {
            return;
        }
        if self.paragraphs.len() < 2
            && !self.begun
            && let Some(found) = dateline::find(line)
            && (found.is_signed() || !self.story.title.is_empty())
        {
            return self.begin(line, &found);
        }
        let first = self.story.title.is_empty() && self.paragraphs.is_empty() && !self.begun;
        if first && !is_prose(line) {
            self.story.title = one_line(line);
            let names = byline::at_end(&self.story.title);
            self.story.bylines = names.into_iter().map(str::to_owned).collect();
            self.story.found_in("the first line");
            return;
        }
        self.paragraphs.push(line.to_owned());
    }

    /// Whether the story proper has not begun.
    fn is_heading(&self) -> bool {
        !self.begun && self.paragraphs.len() < 2
    }

    fn set_aside(&mut self, kind: Furniture, line: &str) {
        match kind {
            Furniture::Note => self.notes.push(one_line(line)),
            // What stands between the headline and a picture's credit is the picture's caption.
            Furniture::Credit if !self.begun && self.paragraphs.len() == 1 => {
                self.paragraphs.pop();
            }
            Furniture::Plea | Furniture::Credit | Furniture::End => {}
        }
    }

    /// Takes the time that a wire puts behind its copy: "AP-NY-05-01-98 1200EDT".
    fn take_trailer(&mut self, line: &str) -> bool {
        const LONGEST: usize = 32;
        let wired = line.len() <= LONGEST && line.bytes().filter(|byte| *byte == b'-').count() >= 4;
        let Some(time) = wired.then(|| wire_times::anpa(line)).flatten() else { return false };
        if self.story.published.is_none() {
            self.story.published = Some(time);
            self.story.published_from = Some(PublishedFrom::Dateline);
            self.story.found_in("the wire's time behind the text");
        }
        true
    }

    /// Takes a byline, a stamp of time, or an agency's name on a line of its own.
    fn take_heading(&mut self, line: &str) -> bool {
        if let Some(stamp) = stamp::find(line) {
            let day = Some(Moment::Day(stamp.day));
            if stamp.is_update {
                self.story.updated = day;
            } else {
                self.story.published = day;
                self.story.published_from = Some(PublishedFrom::Dateline);
            }
            self.story.found_in("a stamp above the text");
            return true;
        }
        let names = byline::names(line);
        if !names.is_empty() {
            self.byline.get_or_insert_with(|| one_line(line));
            if let Some(name) = line.rsplit([',', '/']).next().and_then(agency) {
                self.story.source = name.to_owned();
            }
            self.story.bylines.extend(names.into_iter().map(str::to_owned));
            self.story.found_in("a byline above the text");
            return true;
        }
        let headed = !self.story.title.is_empty();
        if headed && let Some(name) = agency(line) {
            self.story.source = name.to_owned();
            self.story.found_in("an agency's name on a line of its own");
            return true;
        }
        !self.story.bylines.is_empty() && byline::is_office(line)
    }

    /// Takes the dateline off the first paragraph.
    fn begin(&mut self, line: &str, found: &Dateline) {
        self.begun = true;
        self.story.place = found.place.of(line).trim().to_owned();
        if let Some(name) = found.agency {
            self.story.source = name.to_owned();
        }
        if self.story.published.is_none() {
            self.date(found);
        }
        self.story.found_in("the dateline");
        let rest = line[found.span.end()..].trim();
        if !rest.is_empty() {
            self.paragraphs.push(rest.to_owned());
        }
    }

    fn date(&mut self, found: &Dateline) {
        let Some((month, day)) = found.day else { return };
        match found.year.and_then(|year| jiff::civil::Date::new(year, month, day).ok()) {
            Some(day) => {
                self.story.published = Some(Moment::Day(day));
                self.story.published_from = Some(PublishedFrom::Dateline);
            }
            None => self.story.dateline_day = Some((month, day)),
        }
    }

    fn finish(mut self) -> Story {
        while let Some(last) = self.paragraphs.pop() {
            let (rest, signed) = sign_off(&last);
            if let Some(name) = signed.filter(|_| self.story.source.is_empty()) {
                self.story.source = name.to_owned();
            }
            if !rest.is_empty() {
                self.paragraphs.push(rest.to_owned());
                break;
            }
        }
        self.story.found_in("the sign-off");
        if self.story.published.is_none() && self.story.updated.is_some() {
            self.story.published = self.story.updated;
            self.story.published_from = Some(PublishedFrom::Dateline);
        }
        if self.story.title.is_empty() {
            self.story.title = self.byline.unwrap_or_default();
        }
        self.story.found_in("a line above the text");
        self.story.note = self.notes.join("\n");
        self.story.found_in("notes in and around the text");
        // One paragraph, however long, is the body itself.
        let one = if self.paragraphs.len() == 1 { self.paragraphs.pop() } else { None };
        self.story.body = one.unwrap_or_else(|| self.paragraphs.join("\n\n"));
        self.story.found_in("the paragraphs");
        self.story
    }
}

/// Whether a first line is the story already, and no headline: long and a sentence, or several.
fn is_prose(line: &str) -> bool {
    const LONG: usize = 160;
    const LONG_FOR_TWO: usize = 100;
    let ends = line.ends_with(['.', '!', '?', '”', '"', '\'']);
    ends && (line.len() > LONG || line.len() > LONG_FOR_TWO && sentences(line).nth(1).is_some())
}

/// A text of several lines as its last line and what stands before it.
fn last_line(text: &str) -> Option<(&str, &str)> {
    let end = memchr::memrchr(b'\n', text.as_bytes())?;
    Some((&text[..end], &text[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn story(text: &str) -> Story {
        let entry = Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() };
        let mut stories = Vec::new();
        read(&entry, &mut |story| stories.push(story.unwrap())).unwrap();
        stories.remove(0)
    }

    #[test]
    fn an_agencys_story_is_taken_apart() {
        let story = story(
            "Port opens again\n\nKESTREL BAY, April 1, 2025 (AFP)\n\nThe port opened.\n\n\
             \"At last,\" said Ada Orlo.\n",
        );
        assert_eq!(story.title, "Port opens again");
        assert_eq!((story.place.as_str(), story.source.as_str()), ("KESTREL BAY", "AFP"));
        assert_eq!(story.published.unwrap().to_string(), "2025-04-01");
        assert_eq!(story.published_from, Some(PublishedFrom::Dateline));
        assert_eq!(story.body, "The port opened.\n\n\"At last,\" said Ada Orlo.");
    }

    #[test]
    fn a_newspapers_copy_loses_its_furniture() {
        let story = story(
            "Port opens again\nSign up now: Get our newsletters\nShips wait at the quay.\n\
             PHOTO: REUTERS\nFollow topic:\nKESTREL BAY - The port opened.\nRead more: Port shut\n\
             “At last,” Ms Orlo said. REUTERS\n\n",
        );
        assert_eq!(story.body, "The port opened.\n\n“At last,” Ms Orlo said.");
        assert_eq!((story.source.as_str(), story.place.as_str()), ("Reuters", "KESTREL BAY"));
    }

    #[test]
    fn a_byline_a_stamp_and_notes_are_not_body() {
        let story = story(
            "UPDATE 2-Port opens\n\n(Adds minister)\n\nBy Ada Orlo and Ivan Vane\n\n\
             Published March 4, 2025, 3:05 pm\n\nPORT AZURE, March 3 (Reuters) - It opened.\n\n\
             (Reporting by Ada Orlo; Editing by Ivan Vane)\n",
        );
        assert_eq!(story.title, "UPDATE 2-Port opens");
        assert_eq!(story.bylines, ["Ada Orlo", "Ivan Vane"]);
        assert_eq!(story.published.unwrap().to_string(), "2025-03-04");
        assert_eq!(story.body, "It opened.");
        assert!(story.note.starts_with("(Adds minister)\n(Reporting by"));
    }

    #[test]
    fn a_dateline_without_a_year_leaves_it_open() {
        let story = story("Port opens\n\nPORT AZURE, March 3 (Reuters) - It opened.\n");
        assert_eq!((story.published, story.dateline_day), (None, Some((3, 3))));
    }

    #[test]
    fn a_column_is_joined_and_a_table_keeps_its_lines() {
        let column = story(
            "Port opens\n\n     The port of Kestrel Bay opened on Monday after three weeks in\n\
             which no ship had come in or gone out, officials of the port said.\n\
             \x20    Nobody had been told of it before, and nobody was there to see\n\
             the first ship leave.\n",
        );
        let paragraphs: Vec<&str> = column.body.split("\n\n").collect();
        assert_eq!(paragraphs.len(), 2, "{}", column.body);
        assert!(paragraphs[0].contains("three weeks in which"));
        let table =
            story("Scores\n\nResults:\n\nRovers 2 United 1\nTown 0 City 0\nAlbion 1 Vale 3\n");
        assert!(table.body.ends_with("Rovers 2 United 1\nTown 0 City 0\nAlbion 1 Vale 3"));
    }

    #[test]
    fn an_alert_is_a_story_with_a_headline_only() {
        let story = story("Port of Kestrel Bay reopens - harbour master\n");
        assert_eq!(story.title, "Port of Kestrel Bay reopens - harbour master");
        assert!(story.body.is_empty());
    }

    #[test]
    fn a_headline_that_ends_in_a_byline_keeps_it_and_names_the_writer() {
        let story = story("The lamp lives on by Ada Orlo\n\n(AFP) - The lamp was lit.\n");
        assert_eq!(story.title, "The lamp lives on by Ada Orlo");
        assert_eq!(story.bylines, ["Ada Orlo"]);
        assert_eq!((story.source.as_str(), story.body.as_str()), ("AFP", "The lamp was lit."));
    }

    #[test]
    fn a_writers_office_and_a_credit_below_a_paragraph_are_no_prose() {
        let story = story(
            "Port opens\n\nBy Ada Orlo\nNordwire correspondent\n\nVELMARK (AP) _ It opened.\n\n\
             It shut.\n(Photo by Ivan Vane)\n\nContact: press office\n",
        );
        assert_eq!(story.body, "It opened.\n\nIt shut.");
        assert_eq!(story.bylines, ["Ada Orlo"]);
    }

    #[test]
    fn a_story_without_a_headline_keeps_its_lead_in_the_body() {
        let lead = "The port of Kestrel Bay opened on Monday after three weeks in which no ship came. \
                    Nobody had been told of it, and nobody was there to see the first one leave.";
        let story = story(&format!("{lead}\n\nIt rained.\n"));
        assert_eq!((story.title.as_str(), story.body), ("", format!("{lead}\n\nIt rained.")));
    }

    #[test]
    fn a_headline_over_two_lines_is_one() {
        let story =
            story("Port opens again after three\nweeks of silence\n\nPORT AZURE - It opened.\n");
        assert_eq!(story.title, "Port opens again after three weeks of silence");
    }

    #[test]
    fn the_wires_own_time_behind_the_copy_is_no_body() {
        let story = story("Port opens\n\nPORT AZURE (AP) - It opened.\n\nAP-NY-05-01-98 1200GMT\n");
        assert_eq!(story.published.unwrap().to_string(), "1998-05-01T12:00:00Z");
        assert_eq!(story.body, "It opened.");
    }

    #[test]
    fn what_stands_behind_very_many_lines_is_kept() {
        let story = story(&format!("Port opens\n\n{}It shut.\n", "One ship.\n".repeat(150_000)));
        assert!(story.body.ends_with("One ship.\nIt shut."));
        assert_eq!(story.body.matches("One ship.").count(), 150_000);
    }

    #[test]
    fn furniture_alone_is_no_story() {
        let entry = Entry { bytes: b"PHOTO: AFP\n\n___\n".to_vec(), ..Entry::default() };
        let error = read(&entry, &mut |_| {}).unwrap_err();
        assert_eq!(error.message(), "no words in it but furniture");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_no_word_appears_from_nowhere(text in "([A-Z]{0,9}[a-z(),.“” -]{0,30}\n{0,3}){0,9}") {
            let entry = Entry { bytes: text.clone().into_bytes(), ..Entry::default() };
            let _ = read(&entry, &mut |story| {
                let story = story.unwrap();
                for word in story.body.split_whitespace() {
                    assert!(text.contains(word));
                }
            });
        }
    }
}
