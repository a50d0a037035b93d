//! Points and stretches of calendar time, as news knows them: often only the day.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// When something was published: as exactly as the story tells, and no more exactly.
///
/// Written as RFC 3339 with its zone, as a local time without one, or as a bare day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Moment {
    /// Only the day is known.
    Day(Date),
    /// Day and time are known, the zone is not; never taken for UTC.
    Local(DateTime),
    /// An instant, with the offset from UTC that the source wrote.
    Instant(Timestamp, Offset),
}

impl Moment {
    /// The calendar day, in the zone the source wrote.
    pub fn day(&self) -> Date {
        match self {
            Self::Day(day) => *day,
            Self::Local(time) => time.date(),
            Self::Instant(instant, offset) => offset.to_datetime(*instant).date(),
        }
    }

    /// Seconds since 1970, for putting moments in order: a bare day counts as its first second,
    /// and what has no zone counts as UTC.
    pub fn order(&self) -> i64 {
        let local = match self {
            Self::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
            Self::Local(time) => *time,
            Self::Instant(instant, _) => return instant.as_second(),
        };
        Offset::UTC.to_timestamp(local).map_or(0, |instant| instant.as_second())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Local(time) => write!(f, "{time}"),
            Self::Instant(instant, offset) if *offset == Offset::UTC => write!(f, "{instant}"),
            Self::Instant(instant, offset) => write!(f, "{}", instant.display_with_offset(*offset)),
        }
    }
}

impl FromStr for Moment {
    type Err = String;

    /// Reads RFC 3339, the same without a zone, or a bare day (`2025-03-18`).
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.len() == 10 {
            return text.parse().map(Self::Day).map_err(|_| not_a_moment(text));
        }
        if let Ok(pieces) = jiff::fmt::temporal::Pieces::parse(text) {
            let local = pieces.date().to_datetime(pieces.time().unwrap_or_default());
            return match pieces.to_numeric_offset() {
                None => Ok(Self::Local(local)),
                Some(offset) => TimeZone::fixed(offset)
                    .to_timestamp(local)
                    .map(|instant| Self::Instant(instant, offset))
                    .map_err(|_| not_a_moment(text)),
            };
        }
        Err(not_a_moment(text))
    }
}

fn not_a_moment(text: &str) -> String {
    format!("`{text}` is not a day (2025-03-18) or a time (2025-03-18T14:00:00Z)")
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

/// How exactly a story named a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grain {
    /// One day.
    Day,
    /// A whole month.
    Month,
    /// A whole year.
    Year,
    /// From one day to another, both inclusive.
    Range,
}

/// The days an expression of time means, first and last inclusive.
///
/// Written `2025-03-18`, `2025-03`, `2025`, or `2025-03-09/2025-03-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    first: Date,
    last: Date,
    grain: Grain,
}

impl Period {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day, grain: Grain::Day }
    }

    /// The whole month in which `day` lies.
    pub fn month(day: Date) -> Self {
        Self { first: day.first_of_month(), last: day.last_of_month(), grain: Grain::Month }
    }

    /// The whole year in which `day` lies.
    pub fn year(day: Date) -> Self {
        Self { first: day.first_of_year(), last: day.last_of_year(), grain: Grain::Year }
    }

    /// From one day to another; none where the last is before the first.
    pub fn range(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last, grain: Grain::Range })
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day, inclusive.
    pub fn last(&self) -> Date {
        self.last
    }

    /// How exactly it was named.
    pub fn grain(&self) -> Grain {
        self.grain
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first;
        match self.grain {
            Grain::Day => write!(f, "{first}"),
            Grain::Month => write!(f, "{:04}-{:02}", first.year(), first.month()),
            Grain::Year => write!(f, "{:04}", first.year()),
            Grain::Range => write!(f, "{first}/{}", self.last),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    /// Reads the four forms that are written.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a day, month, year or range of days");
        if let Some((first, last)) = text.split_once('/') {
            let (first, last) = (first.parse(), last.parse());
            return match (first, last) {
                (Ok(first), Ok(last)) => Self::range(first, last).ok_or_else(wrong),
                _ => Err(wrong()),
            };
        }
        let parts: Vec<&str> = text.split('-').collect();
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i16>().ok());
        let small = |at: usize| number(at).and_then(|n| i8::try_from(n).ok());
        let day = |month, day| number(0).and_then(|year| Date::new(year, month, day).ok());
        match parts.len() {
            1 => day(1, 1).map(Self::year),
            2 => small(1).and_then(|month| day(month, 1)).map(Self::month),
            3 => small(1).zip(small(2)).and_then(|(m, d)| day(m, d)).map(Self::day),
            _ => None,
        }
        .ok_or_else(wrong)
    }
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_moment_is_written_as_it_was_read() {
        for text in [
            "2025-03-18",
            "2025-03-18T14:00:00",
            "2025-03-18T14:00:00Z",
            "2025-03-18T22:00:00+08:00",
        ] {
            assert_eq!(text.parse::<Moment>().map(|m| m.to_string()), Ok(text.to_owned()));
        }
        assert!("yesterday".parse::<Moment>().is_err());
    }

    #[test]
    fn the_day_is_the_day_where_the_story_was_written() {
        let late: Moment = "2025-03-18T01:00:00+08:00".parse().unwrap();
        assert_eq!(late.day(), date(2025, 3, 18));
        assert_eq!(late.order(), "2025-03-17T17:00:00Z".parse::<Moment>().unwrap().order());
    }

    #[test]
    fn a_period_is_written_as_it_was_read() {
        for text in ["2025-03-18", "2024-02", "2025", "2025-03-09/2025-03-15"] {
            assert_eq!(text.parse::<Period>().map(|p| p.to_string()), Ok(text.to_owned()));
        }
        for text in ["2025-02-30", "2025-13", "", "2025-03-15/2025-03-09", "March"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_leap_month_ends_on_its_own_last_day() {
        assert_eq!("2024-02".parse::<Period>().unwrap().last(), date(2024, 2, 29));
        assert_eq!("2025-02".parse::<Period>().unwrap().last(), date(2025, 2, 28));
    }
}
