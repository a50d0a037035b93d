//! Times as the standards of wires write them, to moments.
//!
//! ```text
//! 20131113T150900+0100    20131113T150900Z    2013-11-13T15:09:00.000+01:00    20131113    2013-11-13
//! ```
//!
//! A time without a zone stays without one; a placeholder (`YYYYMMDD000000-HHMM`) is no time.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::model::Moment;

/// The longest time that is read, in bytes: anything longer is prose.
const LONGEST: usize = 48;
/// Years that a story can have been written in.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;
/// The hours of the widest zones.
const WIDEST_ZONE: i32 = 14;

/// Reads a time of NITF, NewsML or NewsML-G2, basic or extended ISO 8601, with a zone or without.
///
/// ```
/// use onrecord::text::iso_times::iso;
/// let written = |text| iso(text).unwrap().to_string();
/// assert_eq!(written("20131113T150900+0100"), "2013-11-13T15:09:00+01:00");
/// assert_eq!(written("20131113T150900"), "2013-11-13T15:09:00");
/// assert_eq!(written("20131113"), "2013-11-13");
/// assert_eq!(iso("YYYYMMDD000000-HHMM"), None);
/// ```
pub fn iso(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let mut hand = Hand(text.as_bytes());
    let year = i16::try_from(hand.digits(4)?).ok().filter(|year| YEARS.contains(year))?;
    hand.skip(b"-/.");
    let month = hand.small()?;
    hand.skip(b"-/.");
    let day = Date::new(year, month, hand.small()?).ok()?;
    hand.skip(b"Tt _");
    hand.blanks();
    if hand.0.is_empty() {
        return Some(Moment::Day(day));
    }
    let local = day.to_datetime(hand.time()?);
    hand.blanks();
    match hand.zone()? {
        None => Some(Moment::Local(local)),
        Some(offset) => {
            let instant = TimeZone::fixed(offset).to_timestamp(local).ok()?;
            Some(Moment::Instant(instant, offset))
        }
    }
}

/// What of a time is still unread.
struct Hand<'a>(&'a [u8]);

impl Hand<'_> {
    /// Takes a number of just so many digits.
    fn digits(&mut self, count: usize) -> Option<i32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        self.0 = rest;
        Some(digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0')))
    }

    fn small(&mut self) -> Option<i8> {
        self.digits(2).and_then(|number| i8::try_from(number).ok())
    }

    /// Steps over one of the marks, where one stands here.
    fn skip(&mut self, marks: &[u8]) -> bool {
        let stands = self.0.first().is_some_and(|byte| marks.contains(byte));
        if stands {
            self.0 = &self.0[1..];
        }
        stands
    }

    fn blanks(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// Takes hours and minutes, with seconds and their fraction where they stand; the fraction is
    /// dropped. The second 24:00:00 and the leap second become the last of their day and minute.
    fn time(&mut self) -> Option<Time> {
        let hour = self.small()?;
        self.skip(b":");
        let minute = self.small().unwrap_or_default();
        self.skip(b":");
        let second = self.small().unwrap_or_default().min(59);
        if self.skip(b".,") {
            let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
            self.0 = &self.0[digits..];
        }
        if hour == 24 {
            return Time::new(23, 59, 59, 0).ok();
        }
        Time::new(hour, minute, second, 0).ok()
    }

    /// Takes a zone; `Some(None)` where the time ends without one.
    fn zone(&mut self) -> Option<Option<Offset>> {
        if self.0.is_empty() {
            return Some(None);
        }
        if [&b"Z"[..], b"z", b"GMT", b"UTC", b"UT"].contains(&self.0) {
            return Some(Some(Offset::UTC));
        }
        let west = match self.0.first() {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return None,
        };
        self.0 = &self.0[1..];
        let hours = self.digits(2)?;
        self.skip(b":");
        let minutes = if self.0.is_empty() { 0 } else { self.digits(2)? };
        if !self.0.is_empty() || hours > WIDEST_ZONE || minutes > 59 {
            return None;
        }
        Offset::from_seconds(west * (hours * 60 + minutes) * 60).ok().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        iso(text).map(|moment| moment.to_string()).unwrap_or_default()
    }

    #[test]
    fn every_manner_of_the_standards_is_read() {
        for (text, expected) in [
            ("20131113T150900+0100", "2013-11-13T15:09:00+01:00"),
            ("20131113T150900Z", "2013-11-13T15:09:00Z"),
            ("20131113T150900", "2013-11-13T15:09:00"),
            ("20131113T1509-0500", "2013-11-13T15:09:00-05:00"),
            ("2013-11-13T15:09:00.123Z", "2013-11-13T15:09:00Z"),
            ("2013-11-13T15:09:00+01:00", "2013-11-13T15:09:00+01:00"),
            (" 2013-11-13 15:09\n", "2013-11-13T15:09:00"),
            ("2013-11-13 15:09:00 GMT", "2013-11-13T15:09:00Z"),
            ("20131113150900+01", "2013-11-13T15:09:00+01:00"),
            ("20131113", "2013-11-13"),
            ("2013.11.13", "2013-11-13"),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn placeholders_and_prose_are_no_time() {
        for text in [
            "YYYYMMDD000000-HHMM",
            "",
            "00000000T000000",
            "20131399",
            "tomorrow",
            "20131113T150900+9900",
            "20131113T150900 or so",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_none(text in "[0-9TZ:+. é-]{0,30}") {
            iso(&text);
        }
    }
}
