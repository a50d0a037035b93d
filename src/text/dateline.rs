//! Datelines: the place, day and agency at the front of a story.
//!
//! ```text
//! MOSCOW, March 18 (Reuters) - ...      KUALA LUMPUR, Nov. 11, 2006 (Xinhua)
//! BUDAPEST, Hungary (AP)_ ...           Paris, 2 mai 2024 (AFP) - ...
//! ```
//!
//! No list of places is kept: capital letters, a day, an agency and the mark behind them decide.

use super::agencies::agency;
use super::offsets::floor;
use crate::model::{Span, Story};

/// The longest dateline, in bytes.
const LONGEST: usize = 120;
/// The most words of a place, its region apart.
const MOST_WORDS: usize = 6;

/// A dateline at the front of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The place without its region, as written; empty where the dateline names none.
    pub place: Span,
    /// The month and the day of the month.
    pub day: Option<(i8, i8)>,
    /// The year, where the dateline names it.
    pub year: Option<i16>,
    /// The agency in brackets, by the name we write.
    pub agency: Option<&'static str>,
    /// All of it, with the mark and the blanks behind it.
    pub span: Span,
}

impl Dateline {
    /// Whether a day or an agency stands beside the place, so that it can be nothing else.
    pub fn is_signed(&self) -> bool {
        self.agency.is_some() || self.day.is_some()
    }
}

/// Month names as datelines write them, in lower case without a final dot.
const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("jan", 1),
    ("janvier", 1),
    ("januar", 1),
    ("enero", 1),
    ("february", 2),
    ("feb", 2),
    ("février", 2),
    ("februar", 2),
    ("febrero", 2),
    ("march", 3),
    ("mar", 3),
    ("mars", 3),
    ("märz", 3),
    ("marzo", 3),
    ("april", 4),
    ("apr", 4),
    ("avril", 4),
    ("abril", 4),
    ("may", 5),
    ("mai", 5),
    ("mayo", 5),
    ("june", 6),
    ("jun", 6),
    ("juin", 6),
    ("juni", 6),
    ("junio", 6),
    ("july", 7),
    ("jul", 7),
    ("juillet", 7),
    ("juli", 7),
    ("julio", 7),
    ("august", 8),
    ("aug", 8),
    ("août", 8),
    ("agosto", 8),
    ("ago", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("october", 10),
    ("oct", 10),
    ("octobre", 10),
    ("oktober", 10),
    ("okt", 10),
    ("octubre", 10),
    ("november", 11),
    ("nov", 11),
    ("novembre", 11),
    ("noviembre", 11),
    ("december", 12),
    ("dec", 12),
    ("décembre", 12),
    ("dezember", 12),
    ("dez", 12),
    ("diciembre", 12),
];

/// The letters that names of months begin with.
const MONTHS_BEGIN: &[u8] = b"jfmasonde";
/// No name of a month is longer, in bytes, a larger form of a letter included.
const LONGEST_MONTH: usize = 12;

/// Small words inside the names of places.
const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "le", "les", "el", "al", "of", "the", "du", "des", "sur",
    "upon", "on", "am", "an", "der", "and", "da", "do", "dos", "di", "in", "near", "aboard",
];

/// Marks between a dateline and the story, and how many bytes stand before the dash.
const MARKS: &[(&str, usize)] = &[
    (" -- ", 1),
    (" - ", 1),
    (" – ", 1),
    (" — ", 1),
    (" _ ", 1),
    (")_ ", 1),
    (")- ", 1),
    (")-- ", 1),
    (").- ", 2),
    ("_ ", 0),
    ("— ", 0),
    (" —", 1),
    ("– ", 0),
];

/// Takes the dateline off the front of a story's body: its place and agency fill what the metadata
/// left empty.
pub fn take_off(story: &mut Story) {
    let Some(found) = find(&story.body) else { return };
    if story.place.is_empty() {
        story.place = found.place.of(&story.body).to_owned();
    }
    if let Some(name) = found.agency.filter(|_| story.source.is_empty()) {
        story.source = name.to_owned();
    }
    story.body.drain(..found.span.end());
}

/// Gives the number of a month by its name in any of the languages that datelines come in.
pub fn month(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.');
    let first = name.bytes().next()?.to_ascii_lowercase();
    if name.len() > LONGEST_MONTH || !MONTHS_BEGIN.contains(&first) {
        return None;
    }
    let like = |known: &str| {
        known.as_bytes()[0] == first
            && (known.eq_ignore_ascii_case(name)
                || !name.is_ascii() && known == name.to_lowercase())
    };
    MONTHS.iter().find(|(known, _)| like(known)).map(|(_, number)| *number)
}

/// Finds the dateline at the front of a paragraph.
///
/// ```
/// use onrecord::text::dateline::find;
/// let text = "PORT AZURE, March 18 (Nordwire) - The port is open.";
/// let dateline = find(text).unwrap();
/// assert_eq!(dateline.place.of(text), "PORT AZURE");
/// assert_eq!((dateline.day, dateline.year), (Some((3, 18)), None));
/// assert_eq!(&text[dateline.span.end()..], "The port is open.");
/// ```
pub fn find(text: &str) -> Option<Dateline> {
    let start = text.len() - text.trim_start().len();
    let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).unwrap_or(text.len() - start);
    let line = text[start..start + end].trim_end_matches('\r');
    if !line.starts_with(|first: char| first.is_uppercase() || first == '(' || first == '\'') {
        return None;
    }
    let head_end = head_end(line);
    let parted = head_end.is_some();
    let (head, behind) = match head_end {
        Some((end, behind)) => (&line[..end], behind),
        None if line.len() <= LONGEST => (line.trim_end(), line.len()),
        None => return None,
    };
    let read = read_head(head)?;
    let follows = line[behind..].trim_start();
    if !read.is_convincing(parted, follows) {
        return None;
    }
    let blanks = text[start + behind..].len() - text[start + behind..].trim_start().len();
    Some(Dateline {
        place: read.place.forward_by(start),
        day: read.day,
        year: read.year,
        agency: read.agency,
        span: Span::new(start, start + behind + blanks),
    })
}

/// The end of what stands before the first mark, and of the mark.
fn head_end(line: &str) -> Option<(usize, usize)> {
    let front = &line.as_bytes()[..floor(line, LONGEST)];
    // The first byte of the dashes beyond ASCII is that of most marks of typography.
    memchr::memchr3_iter(b'-', b'_', 0xE2, front).find_map(|dash| {
        let marks = MARKS.iter().filter_map(|(mark, before)| {
            let at = dash.checked_sub(*before)?;
            // A closing bracket belongs to the dateline, not to the mark.
            let head = at + usize::from(mark.starts_with(')'));
            front[at..].starts_with(mark.as_bytes()).then_some((head, at + mark.len()))
        });
        marks.min_by_key(|(head, mark)| (*head, usize::MAX - *mark))
    })
}

/// What stands before the mark, taken apart.
struct Head<'a> {
    text: &'a str,
    place: Span,
    day: Option<(i8, i8)>,
    year: Option<i16>,
    agency: Option<&'static str>,
    /// Whether all but the place's particles is in capitals.
    capitals: bool,
}

fn read_head(head: &str) -> Option<Head<'_>> {
    let (rest, credit) = split_credit(head);
    let mut read = Head {
        text: head,
        place: Span::new(0, 0),
        day: None,
        year: None,
        agency: credit.and_then(credited),
        capitals: false,
    };
    if credit.is_some() && read.agency.is_none() {
        return None;
    }
    let mut place_end = None;
    let mut at = 0;
    for part in rest.split(',') {
        let start = at;
        at += part.len() + 1;
        let words = part.trim();
        if let Some(day) = month_and_day(words) {
            read.day = Some(day.0);
            read.year = day.1.or(read.year);
        } else if let Some(year) = year(words) {
            read.year = Some(year);
        } else if let Some(name) = agency(words).filter(|_| place_end.is_some()) {
            read.agency = Some(name);
        } else if is_weekday(words) && place_end.is_some() {
            continue;
        } else if read.day.is_none() && is_place(words) {
            // What follows the place is its region: "ALTENFELS, Ordania".
            place_end.get_or_insert(start + part.trim_end().len());
        } else if !rest.is_empty() {
            return None;
        }
    }
    if place_end.is_none() && read.agency.is_none() {
        return None;
    }
    // "Sept 14 (Reuters) - ...", "(AFP) - ...": tables and round-ups come from no place.
    read.place = Span::new(0, place_end.unwrap_or_default());
    read.capitals = is_capitals(read.place.of(head));
    Some(read)
}

impl Head<'_> {
    /// Whether this is a dateline and no headline or sentence that looks like one.
    fn is_convincing(&self, parted: bool, follows: &str) -> bool {
        let signed = self.agency.is_some() || self.day.is_some();
        if !parted {
            // Alone on its line: the place needs its day or its agency beside it.
            return !self.place.is_empty()
                && signed
                && (self.agency.is_some() || self.year.is_some() || self.capitals);
        }
        if signed {
            return self.capitals || self.agency.is_some();
        }
        let opens = |c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'`«".contains(c);
        let long = self.place.of(self.text).chars().filter(|c| c.is_alphabetic()).count() >= 4;
        self.capitals && long && follows.starts_with(opens)
    }
}

/// Parts the agency in brackets from what stands before it.
fn split_credit(head: &str) -> (&str, Option<&str>) {
    let head = head.trim_end();
    let Some(inner) = head.strip_suffix(')') else { return (head, None) };
    match inner.rfind('(') {
        Some(open) => {
            (inner[..open].trim_end().trim_end_matches(','), Some(inner[open + 1..].trim()))
        }
        None => (head, None),
    }
}

/// The agency of a credit: "Reuters", "Reuters Life!", "Reuters/AFP".
fn credited(credit: &str) -> Option<&'static str> {
    agency(credit).or_else(|| credit.split([' ', '/', ',']).find_map(agency))
}

/// A month and day, with the year where it is written beside them: "March 18", "2 mai 2024",
/// "Tuesday March 18".
fn month_and_day(text: &str) -> Option<((i8, i8), Option<i16>)> {
    let (mut number, mut named, mut of_year) = (None, None, None);
    for word in text.split_whitespace() {
        let plain = word.trim_end_matches(['.', ',']);
        if let Some(name) = month(plain) {
            named = Some(name);
        } else if let Some(found) = year(plain) {
            of_year = Some(found);
        } else if let Some(day) = day_number(plain) {
            number = Some(day);
        } else if !is_weekday(plain) {
            return None;
        }
    }
    Some(((named?, number?), of_year))
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    let plain = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten().filter(|year| (1700..=2100).contains(year))
}

fn is_weekday(word: &str) -> bool {
    const DAYS: &[&[u8]] = &[b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];
    let word = word.trim_end_matches('.').as_bytes();
    let Some((first, rest)) = word.split_at_checked(3) else { return false };
    let ends = rest.len().checked_sub(3).is_some_and(|at| rest[at..].eq_ignore_ascii_case(b"day"));
    (rest.is_empty() || ends) && DAYS.iter().any(|day| first.eq_ignore_ascii_case(day))
}

/// Whether these words can name a place: each begins with a capital, but for particles.
fn is_place(text: &str) -> bool {
    let mut words = 0;
    for word in text.split([' ', '/']).filter(|word| !word.is_empty()) {
        words += 1;
        let named = word.starts_with(|c: char| c.is_uppercase() || c == '\'' || c == '(')
            && !word.contains(|c: char| c.is_ascii_digit() || ":;?!\"“”=".contains(c));
        if !named && (words == 1 || !PARTICLES.contains(&word)) {
            return false;
        }
    }
    (1..=MOST_WORDS).contains(&words)
}

fn is_capitals(place: &str) -> bool {
    let mut letters = 0;
    for word in place.split([' ', '/', '-']) {
        let mac = word.strip_prefix("Mc").or_else(|| word.strip_prefix("Mac")).unwrap_or(word);
        if PARTICLES.contains(&word) {
            continue;
        }
        if mac.contains(char::is_lowercase) {
            return false;
        }
        letters += mac.chars().filter(|c| c.is_alphabetic()).count();
    }
    letters > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a dateline says, and what follows it: place | month-day | year | agency | rest.
    fn told(text: &str) -> String {
        let Some(found) = find(text) else { return "none".to_owned() };
        let day = found.day.map(|(month, day)| format!("{month}-{day}")).unwrap_or_default();
        let year = found.year.map(|year| year.to_string()).unwrap_or_default();
        let agency = found.agency.unwrap_or_default();
        let rest = &text[found.span.end()..];
        format!("{}|{day}|{year}|{agency}|{rest}", found.place.of(text))
    }

    #[test]
    fn datelines_of_every_manner_are_read() {
        for (text, expected) in [
            ("VELMARK, March 18 (Reuters) - The", "VELMARK|3-18||Reuters|The"),
            ("VELMARK - The", "VELMARK||||The"),
            ("PORT AZURE, Nov. 11, 2024 (Xinhua)", "PORT AZURE|11-11|2024|Xinhua|"),
            ("PORT AZURE, Nov. 11, 2024 (Xinhua) -- The", "PORT AZURE|11-11|2024|Xinhua|The"),
            ("VELMARK (AP) _ The", "VELMARK|||Associated Press|The"),
            ("ALTENFELS, Ordania (AP)_ The", "ALTENFELS|||Associated Press|The"),
            ("VELMARK/PORT AZURE, 3 June (Reuters) - The", "VELMARK/PORT AZURE|6-3||Reuters|The"),
            ("Velmark, 2 mai 2024 (AFP) - Le", "Velmark|5-2|2024|AFP|Le"),
            ("ALTENFELS (dpa) - Der", "ALTENFELS|||dpa|Der"),
            ("CÔTE D'OR, April 3 (Reuters) — “No”", "CÔTE D'OR|4-3||Reuters|“No”"),
            ("ST. ODA, Ordania — The", "ST. ODA||||The"),
            ("SANTA BRISA DE LA MAR, 12 ago (EFE).- El", "SANTA BRISA DE LA MAR|8-12||EFE|El"),
            ("SANTA  BRISA, April 1, 2025 (AFP)", "SANTA  BRISA|4-1|2025|AFP|"),
            ("(AFP) - The", "|||AFP|The"),
            ("(Xinhua) -- The", "|||Xinhua|The"),
            ("UNION OF STATES, Nov 12", "UNION OF STATES|11-12|||"),
            ("Sept 14 (Reuters) - Results", "|9-14||Reuters|Results"),
            ("KESTREL BAY, April 1, 2025 (AFP) \n", "KESTREL BAY|4-1|2025|AFP|"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_dateline_is_none() {
        for text in [
            "UMS - the union of states - met",
            "Velmark - The city",
            "ATTENTION - adds details ///",
            "The port, closed since March 3 (Monday) - a holiday - is open",
            "PORT OPEN, MINISTER SAYS",
            "PORT AZURE",
            "March 18",
            "KEY FACTS: ships - 12",
            "(AFP)",
            "(Monday) - The",
            "",
        ] {
            assert_eq!(told(text), "none", "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,60}|[A-Z ,.()_—-]{0,40}(Reuters|March 3|2024)?[)_ -]{0,5}[a-z]{0,5}") {
            if let Some(found) = find(&text) {
                prop_assert!(text.get(found.span.start()..found.span.end()).is_some());
                prop_assert!(found.is_signed() || !found.place.of(&text).is_empty());
            }
        }
    }
}
