//! Times in whatever form a record has them: RFC 3339 and its relatives, RFC 2822, a day in words.
//!
//! A zone that is not written, or whose name means two things (BST, CST, IST), leaves the time local.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::dateline::month;
use super::iso_times::iso;
use crate::model::Moment;

/// Zones whose names mean one offset only, in hours.
const ZONES: &[(&str, i8)] = &[
    ("GMT", 0),
    ("UTC", 0),
    ("UT", 0),
    ("Z", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("JST", 9),
];

/// Reads a time in any of the forms.
///
/// ```
/// use onrecord::text::moments::moment;
/// let told = |text| moment(text).unwrap().to_string();
/// assert_eq!(told("2017-08-24T04:37:19+0000"), "2017-08-24T04:37:19Z");
/// assert_eq!(told("Tue, 18 Mar 2025 10:00:00 EST"), "2025-03-18T10:00:00-05:00");
/// assert_eq!(told("18 Mar 2025 10:00:00 BST"), "2025-03-18T10:00:00");
/// assert_eq!(told("March 18, 2025"), "2025-03-18");
/// ```
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    iso(text).or_else(|| in_words(text))
}

/// Reads RFC 2822 and days in words: "Tue, 18 Mar 2025 10:00:00 +0100", "March 18, 2025 3:05 pm".
fn in_words(text: &str) -> Option<Moment> {
    let (mut day, mut of_month, mut year, mut time, mut zone) = (None, None, None, None, None);
    let mut afternoon = None;
    for word in text.split([' ', ',', '\u{A0}']).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if word.contains(':') {
            time = time.or_else(|| clock(digits));
            afternoon = afternoon.or_else(|| half_of_day(&word[digits.len()..]));
        } else if let Some((first, second, last)) = in_numbers(word) {
            (day, of_month, year) = (Some(first), Some(second), Some(last));
        } else if word.len() == 5 && word.starts_with(['+', '-']) {
            zone = offset(word);
        } else if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == word) {
            zone = Some(Offset::constant(*hours));
        } else if let Some(number) = month(word) {
            of_month = of_month.or(Some(number));
        } else if let Ok(number) = digits.parse::<i16>() {
            match digits.len() {
                4 => year = year.or(Some(number)),
                1 | 2 if day.is_none() => day = i8::try_from(number).ok(),
                2 if year.is_none() => {
                    year = Some(if number < 70 { 2000 + number } else { 1900 + number })
                }
                _ => {}
            }
        } else {
            afternoon = afternoon.or_else(|| half_of_day(word));
        }
    }
    let date = Date::new(year?, of_month?, day?).ok()?;
    let Some(time) = time else { return Some(Moment::Day(date)) };
    let local = date.to_datetime(in_half(time, afternoon)?);
    zone.map_or(Some(Moment::Local(local)), |zone| instant(local, zone))
}

/// A day in numbers, the year last: "18.03.2025" has its day first; "3/18/2025" and "18/3/2025" say
/// by the 18 which is the day; "3/4/2025" leaves it open and is none.
fn in_numbers(word: &str) -> Option<(i8, i8, i16)> {
    let sign = ['.', '/', '-'].into_iter().find(|sign| word.matches(*sign).count() == 2)?;
    let mut parts = word.split(sign);
    let (first, second): (i8, i8) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    match (first, second) {
        (first, second) if sign == '.' || first == second => Some((first, second, year)),
        (13.., 1..=12) => Some((first, second, year)),
        (1..=12, 13..) => Some((second, first, year)),
        _ => None,
    }
}

fn instant(local: DateTime, offset: Offset) -> Option<Moment> {
    let instant = TimeZone::fixed(offset).to_timestamp(local).ok()?;
    Some(Moment::Instant(instant, offset))
}

fn clock(text: &str) -> Option<Time> {
    let mut parts = text.split(':').map(|part| part.parse::<i8>());
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().and_then(Result::ok).unwrap_or_default();
    Time::new(hour, minute, second, 0).ok()
}

/// Whether a word says the afternoon or the morning.
fn half_of_day(word: &str) -> Option<bool> {
    match word.replace('.', "").to_ascii_lowercase().as_str() {
        "pm" => Some(true),
        "am" => Some(false),
        _ => None,
    }
}

fn in_half(time: Time, afternoon: Option<bool>) -> Option<Time> {
    let hour = match (afternoon, time.hour()) {
        (Some(true), hour) if hour < 12 => hour + 12,
        (Some(false), 12) => 0,
        (_, hour) => hour,
    };
    Time::new(hour, time.minute(), time.second(), 0).ok()
}

/// "+0100".
fn offset(word: &str) -> Option<Offset> {
    let (hours, minutes) =
        (word.get(1..3)?.parse::<i32>().ok()?, word.get(3..5)?.parse::<i32>().ok()?);
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if word.starts_with('-') { -seconds } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_of_every_manner_are_read() {
        for (text, expected) in [
            ("2022-06-26T23:54:25+0000", "2022-06-26T23:54:25Z"),
            ("2022-06-26 23:54:25", "2022-06-26T23:54:25"),
            ("2022-06-26", "2022-06-26"),
            ("20220626T235425Z", "2022-06-26T23:54:25Z"),
            ("Sun, 26 Jun 2022 23:54:25 GMT", "2022-06-26T23:54:25Z"),
            ("26 Jun 22 23:54 +0530", "2022-06-26T23:54:00+05:30"),
            ("June 26, 2022 3:05 pm", "2022-06-26T15:05:00"),
            ("26.06.2022, 23:54", "2022-06-26T23:54:00"),
            ("6/26/2022", "2022-06-26"),
            ("26/06/2022 3:05 pm", "2022-06-26T15:05:00"),
            ("Jun 26th, 2022, 12:05 a.m. PDT", "2022-06-26T00:05:00-07:00"),
        ] {
            assert_eq!(
                moment(text).map(|moment| moment.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in [
            "",
            "soon",
            "2022-13-01",
            "June 2022",
            "99 Jun 2022",
            "3 hours ago",
            "3/4/2022",
            "1.2.3",
            "6.6.22",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9A-Za-zé:+., -]{0,40}") {
            moment(&text);
        }
    }
}
