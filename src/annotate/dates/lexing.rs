//! A text to the words that matter for time.
//!
//! Comes in: text. Goes out: one token per word, with its sense and the mark before it. Finds no
//! expressions.

use std::sync::LazyLock;

use crate::text::calendar::{HOLIDAYS, MONTHS, WEEKDAYS};
use crate::text::letters::letters;
use crate::text::lexicon::{Meanings, key};

/// What a word can mean for time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Other,
    Month(i8),
    Weekday(i8),
    /// Digits: the value and how many.
    Number(i32, u8),
    /// Digits with an ending: "18th".
    Nth(i8),
    /// Digits with "s": "1990s", "'90s".
    Decade(i32),
    /// A number in words.
    Count(i8),
    /// "first" to "fourth".
    Ordinal(i8),
    Unit(Unit),
    Season(i8),
    /// The first word of a holiday's name.
    Feast,
    /// Days from today.
    Today(i8),
    /// "last", "next", "this": years, weeks, days to move.
    Turn(i8),
    /// "morning", "night".
    Part,
    Ago,
    /// "nineteen", as in "nineteen ninety-six".
    Nineteen,
    /// "end", as in "year-end".
    End,
    Earlier,
    Later,
    /// "early", "late", "mid".
    About,
    Fiscal,
    /// "same", "that": of the day last spoken of.
    Same,
    The,
    A,
    Of,
    From,
    To,
    In,
    And,
    Between,
    Until,
    On,
    Past,
    Future,
    /// "is", "are": a form that takes "to".
    Being,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    Comma,
    Dot,
    Hyphen,
    Slash,
    /// A dot between a word and digits: "18.03.2025".
    Point,
    Apostrophe,
    /// A sentence or paragraph may end here.
    Stop,
    /// Any other mark: "$", brackets, quotation marks.
    Mark,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sense: Sense,
    pub(super) gap: Gap,
    pub(super) capital: bool,
}

/// The longest word in the table; longer ones mean nothing here.
const LONGEST: usize = 12;

const WORDS: &[(Sense, &[&str])] = &[
    (Sense::Today(0), &["today", "tonight"]),
    (Sense::Today(-1), &["yesterday"]),
    (Sense::Today(1), &["tomorrow"]),
    (Sense::Turn(-1), &["last", "previous", "past"]),
    (Sense::Turn(0), &["this", "current"]),
    (Sense::Turn(1), &["next", "coming", "following"]),
    (Sense::Part, &["morning", "afternoon", "evening", "night", "noon", "midnight"]),
    (Sense::Ago, &["ago"]),
    (Sense::Nineteen, &["nineteen"]),
    (Sense::End, &["end"]),
    (Sense::Earlier, &["earlier", "before"]),
    (Sense::Later, &["later", "after"]),
    (Sense::About, &["early", "late", "mid"]),
    (Sense::Fiscal, &["fiscal", "financial"]),
    (Sense::Same, &["same", "that"]),
    (Sense::The, &["the"]),
    (Sense::A, &["a", "an"]),
    (Sense::Of, &["of"]),
    (Sense::From, &["from"]),
    (Sense::To, &["to"]),
    (Sense::In, &["in", "since", "during", "by", "for"]),
    (Sense::And, &["and"]),
    (Sense::Between, &["between"]),
    (Sense::Until, &["until", "till", "through"]),
    (Sense::On, &["on"]),
    (Sense::Unit(Unit::Day), &["day", "days"]),
    (Sense::Unit(Unit::Week), &["week", "weeks"]),
    (Sense::Unit(Unit::Weekend), &["weekend"]),
    (Sense::Unit(Unit::Month), &["month", "months"]),
    (Sense::Unit(Unit::Quarter), &["quarter", "quarters"]),
    (Sense::Unit(Unit::Half), &["half"]),
    (Sense::Unit(Unit::Year), &["year", "years"]),
    (Sense::Unit(Unit::Decade), &["decade", "decades"]),
    (Sense::Unit(Unit::Century), &["century", "centuries"]),
    (Sense::Season(1), &["spring"]),
    (Sense::Season(2), &["summer"]),
    (Sense::Season(3), &["autumn", "fall"]),
    (Sense::Season(4), &["winter"]),
    (Sense::Ordinal(1), &["first"]),
    (Sense::Ordinal(2), &["second"]),
    (Sense::Ordinal(3), &["third"]),
    (Sense::Ordinal(4), &["fourth"]),
    (Sense::Count(1), &["one"]),
    (Sense::Count(2), &["two"]),
    (Sense::Count(3), &["three"]),
    (Sense::Count(4), &["four"]),
    (Sense::Count(5), &["five"]),
    (Sense::Count(6), &["six"]),
    (Sense::Count(7), &["seven"]),
    (Sense::Count(8), &["eight"]),
    (Sense::Count(9), &["nine"]),
    (Sense::Count(10), &["ten"]),
    (Sense::Count(11), &["eleven"]),
    (Sense::Count(12), &["twelve"]),
    (Sense::Being, &["is", "are", "be"]),
    (
        Sense::Past,
        &[
            "said", "was", "were", "had", "did", "told", "made", "took", "met", "fell", "rose",
            "came", "went", "began", "won", "lost", "left", "held", "sent", "gave", "got", "saw",
            "found", "wrote", "spoke", "broke", "cut", "hit", "sold", "bought", "paid", "led",
            "put", "set", "has", "have", "been", "became", "grew", "flew", "shot", "struck",
            "stood", "ran", "quit", "brought", "kept", "thought", "felt", "heard", "built",
            "spent", "sought", "drew", "threw", "drove", "knew", "sank", "slid", "fled", "died",
            "used", "chose", "rejoined", "opened",
        ],
    ),
    (
        Sense::Future,
        &[
            "will",
            "would",
            "shall",
            "should",
            "must",
            "expected",
            "expects",
            "scheduled",
            "plans",
            "due",
            "set",
            "hopes",
            "expect",
            "upcoming",
            "plan",
            "meet",
            "meets",
            "resumes",
            "arrives",
            "begins",
            "starts",
            "expires",
            "matures",
            "slated",
            "payable",
            "proposed",
            "effective",
        ],
    ),
];

static SENSES: LazyLock<Meanings<Sense>> = LazyLock::new(|| {
    let words =
        WORDS.iter().flat_map(|&(sense, words)| words.iter().map(move |word| (word, sense)));
    let months = MONTHS.iter().map(|(name, month)| (name, Sense::Month(*month)));
    let weekdays = WEEKDAYS.iter().map(|(name, weekday)| (name, Sense::Weekday(*weekday)));
    let front = |name: &&'static str| name.split('\'').next().unwrap_or(name);
    let feasts = HOLIDAYS.iter().map(|(name, _)| (front(&name[0]), Sense::Feast));
    // Words that have a sense of their own lead to their holidays too.
    let feasts = feasts.filter(|(word, _)| !["may", "july", "fourth"].contains(word));
    let words = words.map(|(word, sense)| (*word, sense));
    let months = months.map(|(name, sense)| (*name, sense));
    let weekdays = weekdays.map(|(name, sense)| (*name, sense));
    let all = words.chain(feasts).chain(months).chain(weekdays);
    Meanings::new(all.map(|(word, sense)| (key(word.as_bytes()), sense)))
});

/// Finds the words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let senses = &*SENSES;
    let mut found = Vec::with_capacity(bytes.len() / 4);
    let (mut at, mut end) = (0, 0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        at += letters(&bytes[at..]);
        if is_day_and_time(&bytes[start..at]) {
            at = start + 2;
        }
        let word = &bytes[start..at];
        let gap = match gap(&bytes[end..start]) {
            Gap::Stop if &bytes[end..start] == b"." && word[0].is_ascii_digit() => Gap::Point,
            gap => gap,
        };
        let sense = match word[0] {
            _ if torn(bytes, start, at) => Sense::Other,
            b'0'..=b'9' => number(word),
            _ => sense(word, senses),
        };
        found.push(Token { start, end: at, sense, gap, capital: word[0].is_ascii_uppercase() });
        end = at;
    }
    found
}

/// Whether a word is the day and the hour of ISO 8601: the "18T08" of "2025-03-18T08:15:00Z".
fn is_day_and_time(word: &[u8]) -> bool {
    matches!(word, [a, b, b'T', c, d] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()))
}

/// Whether a letter outside ASCII touches the word: it is then only part of one ("Mayé").
fn torn(bytes: &[u8], start: usize, end: usize) -> bool {
    let after = bytes.get(end).is_some_and(|&byte| byte >= 0xC3 && byte != 0xE2);
    let before = start > 1 && bytes[start - 1] >= 0x80 && (0xC3..0xE0).contains(&bytes[start - 2]);
    after || before
}

fn sense(word: &[u8], senses: &Meanings<Sense>) -> Sense {
    if word.len() > LONGEST {
        return ending(word);
    }
    match senses.get(key(word)) {
        Some(Sense::Month(_) | Sense::Weekday(_)) if word[0].is_ascii_lowercase() => Sense::Other,
        Some(sense) => *sense,
        None => ending(word),
    }
}

/// Regular verbs tell their past by their ending: "voted".
fn ending(word: &[u8]) -> Sense {
    if word.len() > 4 && word.ends_with(b"ed") && word[0].is_ascii_lowercase() {
        return Sense::Past;
    }
    Sense::Other
}

fn number(word: &[u8]) -> Sense {
    let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 6 {
        return Sense::Other;
    }
    let value = word[..digits].iter().fold(0, |value, byte| value * 10 + i32::from(byte - b'0'));
    match &word[digits..] {
        b"" => Sense::Number(value, digits as u8),
        b"s" if value % 10 == 0 => Sense::Decade(value),
        b"st" | b"nd" | b"rd" | b"th" if (1..=31).contains(&value) => Sense::Nth(value as i8),
        _ => Sense::Other,
    }
}

fn gap(between: &[u8]) -> Gap {
    match between {
        [b' ' | b'\n'] => Gap::Space,
        b"-" => Gap::Hyphen,
        b", " | b",\n" => Gap::Comma,
        b". " | b".\n" => Gap::Dot,
        b"/" => Gap::Slash,
        _ if apostrophe(between) => Gap::Apostrophe,
        _ => long_gap(between),
    }
}

fn apostrophe(between: &[u8]) -> bool {
    [b"'".as_slice(), b" '", "’".as_bytes(), " ’".as_bytes(), " ‘".as_bytes()].contains(&between)
}

fn long_gap(between: &[u8]) -> Gap {
    if between == "–".as_bytes() {
        return Gap::Hyphen;
    }
    let newlines = between.iter().filter(|byte| **byte == b'\n').count();
    if newlines > 1 || between.iter().any(|byte| b".!?;".contains(byte)) {
        return Gap::Stop;
    }
    if between.iter().all(u8::is_ascii_whitespace) {
        return Gap::Space;
    }
    Gap::Mark
}
