//! Wire copy: the paragraphs of an item whose format tells the rest, to a story's body.
//!
//! Desks write bylines, datelines, notes and sign-offs into the copy even where the format has a
//! field for them. They are taken off, and fill what the format's fields left empty.

use jiff::civil::Date;

use super::agencies::agency;
use super::byline;
use super::dateline::{self, Dateline};
use super::furniture::{Furniture, furniture, sign_off};
use super::markup::one_line;
use super::offsets::floor;
use crate::model::{Moment, PublishedFrom, Story};

/// How many paragraphs may stand before the story proper.
const MOST_BEFORE: usize = 6;
/// The longest place of a dateline, in bytes.
const LONGEST_PLACE: usize = 80;

/// Makes a story's body of its paragraphs; `located` is where the metadata says that it was
/// written, which counts where no dateline names a place.
pub fn set_body(story: &mut Story, located: &str, paragraphs: Vec<String>) {
    let mut notes = Vec::new();
    let mut kept: Vec<String> = Vec::with_capacity(paragraphs.len());
    let mut begun = false;
    for paragraph in paragraphs {
        match furniture(&paragraph) {
            Some(Furniture::Note) => notes.push(one_line(&paragraph)),
            Some(_) => {}
            None if !begun && kept.len() < MOST_BEFORE => {
                begun = take_opening(story, located, &mut kept, paragraph);
            }
            None => kept.push(paragraph),
        }
    }
    take_sign_off(story, &mut kept);
    story.found_in("a sign-off in the text");
    for note in notes {
        add_note(story, &note);
    }
    story.found_in("a note in the text");
    fill(&mut story.place, located);
    story.found_in("the location in the metadata");
    story.body = kept.join("\n\n");
}

/// Adds a note to editors, unless it stands there already.
pub fn add_note(story: &mut Story, note: &str) {
    let note = note.trim();
    if note.is_empty() || story.note.contains(note) {
        return;
    }
    if !story.note.is_empty() {
        story.note.push('\n');
    }
    story.note.push_str(note);
}

/// Takes a paragraph at which the body may begin; tells whether a dateline shows that it does.
fn take_opening(
    story: &mut Story,
    located: &str,
    kept: &mut Vec<String>,
    paragraph: String,
) -> bool {
    let text = paragraph.trim();
    if text.eq_ignore_ascii_case(story.title.trim()) || agency(text).is_some() {
        return false;
    }
    let names = byline::names(text);
    if !names.is_empty() {
        if story.bylines.is_empty() {
            story.bylines = names.into_iter().map(str::to_owned).collect();
            story.found_in("a byline in the text");
        }
        return false;
    }
    if !story.bylines.is_empty() && byline::is_office(text) {
        return false;
    }
    let rest = without_dateline(story, located, text).trim();
    story.found_in("the dateline in the text");
    if !rest.is_empty() {
        kept.push(rest.to_owned());
    }
    rest.len() < text.len()
}

/// The paragraph without its dateline, which fills what the story does not tell.
fn without_dateline<'a>(story: &mut Story, located: &str, text: &'a str) -> &'a str {
    let mut rest = text;
    // Some desks put the agency before the place: "(ANSA) - Rome, October 11 - ...".
    for _ in 0..2 {
        let Some(found) = dateline::find(rest) else { break };
        take_dateline(story, rest, &found);
        rest = &rest[found.span.end()..];
        if !found.place.is_empty() {
            return rest;
        }
    }
    after_place(story, located, rest).unwrap_or(rest)
}

fn take_dateline(story: &mut Story, text: &str, found: &Dateline) {
    let place = found.place.of(text).trim();
    if story.place.is_empty() {
        place.clone_into(&mut story.place);
    }
    if let Some(name) = found.agency {
        if story.source.is_empty() {
            name.clone_into(&mut story.source);
        } else if !same_agency(&story.source, name) && story.credit.is_empty() {
            name.clone_into(&mut story.credit);
        }
    }
    let Some((month, day)) = found.day.filter(|_| story.published.is_none()) else { return };
    match found.year.and_then(|year| Date::new(year, month, day).ok()) {
        Some(day) => {
            story.published = Some(Moment::Day(day));
            story.published_from = Some(PublishedFrom::Dateline);
        }
        None => story.dateline_day = Some((month, day)),
    }
}

/// Whether two names are one agency's, however they are written.
pub fn same_agency(one: &str, other: &str) -> bool {
    let name = |text| agency(text).unwrap_or(text);
    name(one).eq_ignore_ascii_case(name(other))
}

/// The text behind a place that the metadata names too ("Velmark, 3 mars - ..."), or behind a place
/// in capitals, a day and an agency without brackets ("VELMARK, Nov 26 AFP - ...").
fn after_place<'a>(story: &mut Story, located: &str, text: &'a str) -> Option<&'a str> {
    let front = &text[..floor(text, LONGEST_PLACE)];
    let marks = [" - ", " – ", " — ", " -- ", ".- "];
    // Each mark has a dash behind its first byte; the first byte of the longer dashes is 0xE2.
    let (head, mark) = memchr::memchr2_iter(b'-', 0xE2, front.as_bytes()).find_map(|dash| {
        let at = dash.checked_sub(1)?;
        let stands = |mark: &&&str| front.as_bytes()[at..].starts_with(mark.as_bytes());
        marks.iter().find(stands).map(|mark| (at, mark.len()))
    })?;
    let rest = &text[head + mark..];
    let head = &text[..head];
    let place = head.split([',', '(']).next().unwrap_or_default();
    // "VELMARK 01/04 - ...": whether that is April or January, the metadata tell.
    let place = place.trim_end_matches(|c: char| c.is_ascii_digit() || "/. ".contains(c)).trim();
    let is = |told: &str| {
        let told = told.split(',').next().unwrap_or_default().trim();
        !place.is_empty() && !told.is_empty() && place.to_lowercase() == told.to_lowercase()
    };
    let signed = || {
        let last = head.trim_end_matches(')').rsplit([' ', '(', ',']).next().unwrap_or_default();
        let capitals = place.chars().any(char::is_alphabetic) && place.to_uppercase() == place;
        agency(last).filter(|_| capitals && head.contains(','))
    };
    if is(&story.place) || is(located) {
        if story.place.is_empty() {
            place.clone_into(&mut story.place);
        }
        return Some(rest);
    }
    let name = signed()?;
    if story.place.is_empty() {
        place.clone_into(&mut story.place);
    }
    if story.source.is_empty() {
        name.clone_into(&mut story.source);
    } else if !same_agency(&story.source, name) && story.credit.is_empty() {
        name.clone_into(&mut story.credit);
    }
    Some(rest)
}

/// Takes the agency's sign-off and the end marks off the last paragraph.
fn take_sign_off(story: &mut Story, kept: &mut Vec<String>) {
    while let Some(last) = kept.pop() {
        let (rest, signed) = sign_off(&last);
        if let Some(name) = signed.filter(|_| story.source.is_empty()) {
            name.clone_into(&mut story.source);
        }
        if !rest.is_empty() {
            kept.push(rest.to_owned());
            return;
        }
    }
}

/// The place of a dateline that stands in a field of its own: "STOCKHOLM, Aug 29, 2014 (AFP) -" is
/// "STOCKHOLM", a mere day is none.
///
/// ```
/// use onrecord::text::copy::place;
/// assert_eq!(place("VELMARK, Aug 29, 2025 (AFP) -"), "VELMARK");
/// assert_eq!(place("Port Azure, 10 juil 2025 (AFP)"), "Port Azure");
/// assert_eq!(place("FORT ORLO, Va."), "FORT ORLO, Va.");
/// assert_eq!(place("4/4/2025"), "");
/// ```
pub fn place(field: &str) -> String {
    let field = field.trim().trim_end_matches(['-', '–', '—', '_', ' ', ':', '=']);
    let front = field.split(['(', '/']).next().unwrap_or_default();
    let parts = front.split(',').map(str::trim);
    let place: Vec<&str> =
        parts.take_while(|part| !part.contains(|c: char| c.is_ascii_digit())).collect();
    let place = place.join(", ");
    let place = place.trim_end_matches([',', ' ', '-']);
    if place.len() > LONGEST_PLACE || agency(place).is_some() {
        String::new()
    } else {
        place.to_owned()
    }
}

/// The writers of a byline in a field of its own, with its "By" or without, their offices and
/// agencies dropped.
///
/// ```
/// use onrecord::text::copy::writers;
/// assert_eq!(writers("By Ada Orlo, Costa Press Political Correspondent"), ["Ada Orlo"]);
/// assert_eq!(writers("Ada Orlo and Ivan Vane"), ["Ada Orlo", "Ivan Vane"]);
/// assert_eq!(writers("Ada Orlo / Faktum.no"), ["Ada Orlo"]);
/// assert_eq!(writers("Par Ada ORLO"), ["Ada ORLO"]);
/// assert_eq!(writers("The Associated Press"), ["The Associated Press"]);
/// assert!(writers("gr/bp").is_empty());
/// ```
pub fn writers(field: &str) -> Vec<String> {
    let field = one_line(field);
    let field = field.trim_matches(['=', '*', ' ', ',', ';', '.']);
    let bare = PREPOSITIONS
        .iter()
        .find_map(|by| {
            let (front, rest) = field.split_at_checked(by.len())?;
            front.eq_ignore_ascii_case(by).then_some(rest)
        })
        .unwrap_or(field)
        .trim_start_matches([':', ' ']);
    if bare.len() > LONGEST_BYLINE {
        return Vec::new();
    }
    let mut names: Vec<String> = Vec::new();
    for part in bare.split([';', '/', '|']) {
        for name in byline::names_behind_by(part.trim()) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    if names.is_empty() && agency(bare).is_some() {
        names.push(bare.to_owned());
    }
    names
}

/// The longest byline in a field, in bytes.
const LONGEST_BYLINE: usize = 400;
/// What stands before the names of a byline in the languages of wires.
const PREPOSITIONS: &[&str] = &["by ", "by:", "par ", "von ", "por ", "di ", "av ", "af ", "door "];

/// The language that a tag names, by its two letters: "en-GB" and "ENG" are "en"; empty where it
/// names none that is known.
///
/// ```
/// use onrecord::text::copy::language;
/// assert_eq!([language("en-GB"), language("DEU"), language("x-default")], ["en", "de", ""]);
/// ```
pub fn language(tag: &str) -> String {
    let first = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return first;
    }
    let three = THREE_LETTERS.iter().find(|(three, _)| *three == first);
    three.map(|(_, two)| (*two).to_owned()).unwrap_or_default()
}

/// ISO 639-2's codes of the languages that wires come in, and ISO 639-1's.
const THREE_LETTERS: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("chi", "zh"),
    ("dan", "da"),
    ("deu", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gre", "el"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("nld", "nl"),
    ("nor", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("rus", "ru"),
    ("spa", "es"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("zho", "zh"),
];

/// Adds a value to a list, unless it is empty or stands there already.
pub fn add(list: &mut Vec<String>, value: &str) {
    let value = one_line(value);
    if !value.is_empty() && !list.contains(&value) {
        list.push(value);
    }
}

/// Sets what is still empty.
pub fn fill(field: &mut String, value: &str) {
    if field.is_empty() {
        *field = one_line(value);
    }
}
