//! Lines that say when a page was published or updated: "Published March 4, 2025, 3:05 pm".

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

use super::dateline::month;
use crate::model::Moment;

/// The longest such line, in bytes.
const LONGEST: usize = 80;

/// How such a line begins, in lower case, and whether it speaks of an update.
const STARTS: &[(&str, bool)] = &[
    ("first published", false),
    ("published", false),
    ("posted", false),
    ("last updated", true),
    ("updated", true),
    ("last modified", true),
    ("modified", true),
];

/// What a stamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The day.
    pub day: Date,
    /// Whether it is the day of an update.
    pub is_update: bool,
}

/// Reads a stamp with day, month and year; none where the line is no stamp.
///
/// ```
/// use onrecord::text::stamp::find;
/// let stamp = find("Updated 4 March 2025 at 15:05").unwrap();
/// assert_eq!(stamp.day, jiff::civil::date(2025, 3, 4));
/// assert!(stamp.is_update);
/// ```
pub fn find(line: &str) -> Option<Stamp> {
    let line = line.trim();
    if line.len() > LONGEST {
        return None;
    }
    let starts = |start: &str| {
        line.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start))
    };
    let (start, is_update) = STARTS.iter().find(|(start, _)| starts(start))?;
    let rest = line[start.len()..].trim_start_matches([':', ' ']);
    day_in(rest).map(|day| Stamp { day, is_update: *is_update })
}

/// The first day that the words name in full.
fn day_in(text: &str) -> Option<Date> {
    let (mut year, mut of_month, mut day) = (None, None, None);
    for word in text.split([' ', ',', '\u{A0}']).filter(|word| !word.is_empty()).take(8) {
        if let Ok(date) = word.get(..10).unwrap_or(word).parse::<Date>() {
            return Some(date);
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match digits.parse::<i16>() {
            Ok(number) if digits.len() == 4 => year = year.or(Some(number)),
            Ok(number) if (1..=31).contains(&number) => day = day.or(i8::try_from(number).ok()),
            _ => of_month = of_month.or_else(|| month(word)),
        }
    }
    Date::new(year?, of_month?, day?).ok()
}

/// Reads a stamp against the time at which its page was captured: "3 hours ago", "Published
/// yesterday"; none where the line is no such stamp.
///
/// ```
/// use onrecord::text::stamp::ago;
/// let captured = "2025-03-18T09:00:00Z".parse().unwrap();
/// assert_eq!(ago("3 hours ago", captured).unwrap().to_string(), "2025-03-18T06:00:00Z");
/// assert_eq!(ago("Published 2 days ago", captured).unwrap().to_string(), "2025-03-16");
/// ```
pub fn ago(line: &str, captured: Moment) -> Option<Moment> {
    let line = line.trim();
    if line.len() > LONGEST {
        return None;
    }
    let starts = STARTS.iter().map(|(start, _)| *start);
    let front = |start: &str| {
        line.get(..start.len()).is_some_and(|front| front.eq_ignore_ascii_case(start))
    };
    let start = starts.filter(|start| front(start)).map(str::len).max().unwrap_or_default();
    let mut words = line[start..].split([':', ' ', '\u{A0}']).filter(|word| !word.is_empty());
    let back = |days: i64| Some(Moment::Day(captured.day().checked_sub(days.days()).ok()?));
    let first = words.next()?;
    if first.eq_ignore_ascii_case("yesterday") {
        return back(1);
    }
    let count: i64 = match first {
        "a" | "an" | "A" | "An" => 1,
        digits => digits.parse().ok().filter(|count| (1..1000).contains(count))?,
    };
    let unit = words.next()?.trim_end_matches('s').to_ascii_lowercase();
    if !words.next()?.eq_ignore_ascii_case("ago") {
        return None;
    }
    match unit.as_str() {
        "second" | "sec" => earlier(captured, SignedDuration::from_secs(count)),
        "minute" | "min" => earlier(captured, SignedDuration::from_mins(count)),
        "hour" | "hr" | "h" => earlier(captured, SignedDuration::from_hours(count)),
        "day" => back(count),
        "week" => back(count * 7),
        _ => None,
    }
}

fn earlier(captured: Moment, by: SignedDuration) -> Option<Moment> {
    match captured {
        Moment::Instant(instant, zone) => {
            Some(Moment::Instant(instant.checked_sub(by).ok()?, zone))
        }
        Moment::Local(time) => Some(Moment::Local(time.checked_sub(by).ok()?)),
        Moment::Day(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn stamps_that_say_how_long_ago_are_counted_from_the_capture() {
        let captured = "2025-03-18T01:30:00Z".parse().unwrap();
        for (line, told) in [
            ("45 minutes ago", "2025-03-18T00:45:00Z"),
            ("Updated 2 hours ago", "2025-03-17T23:30:00Z"),
            ("Published: an hour ago", "2025-03-18T00:30:00Z"),
            ("yesterday", "2025-03-17"),
            ("Posted 1 week ago", "2025-03-11"),
        ] {
            assert_eq!(ago(line, captured).unwrap().to_string(), told, "{line}");
        }
        let day = "2025-03-18".parse().unwrap();
        for (line, captured) in
            [("3 hours ago", day), ("It began 3 hours ago", captured), ("long ago", captured)]
        {
            assert_eq!(ago(line, captured), None, "{line}");
        }
    }

    #[test]
    fn stamps_of_every_manner_are_read() {
        for line in [
            "Published March 4, 2025",
            "PUBLISHED: Mar. 4, 2025, 3:05 pm",
            "First published on Tuesday 4 March 2025 12.04 GMT",
            "Posted 2025-03-04T10:00",
            "Published 4th March 2025",
        ] {
            assert_eq!(find(line).map(|stamp| stamp.day), Some(date(2025, 3, 4)), "{line}");
        }
        for line in [
            "Published last week",
            "Published in 2025 by Orlo",
            "Updated",
            "The port, updated March 4, 2025",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }
}
