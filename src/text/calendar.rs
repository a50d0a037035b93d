//! The calendar as news speaks of it: names of months and weekdays, weeks, the nearest year.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::model::Period;

/// Month names in English, in lower case without a final dot, with their short forms.
const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// Weekday names in English, in lower case.
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Numbers written out.
const NUMBERS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// Which way from the publication day an expression points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Before it, or on it.
    Past,
    /// Behind it.
    Future,
}

/// The number of a month, by its English name however it is cased.
pub fn month(word: &str) -> Option<i8> {
    let word = word.strip_suffix('.').unwrap_or(word);
    MONTHS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, number)| *number)
}

/// The weekday of an English name however it is cased.
pub fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, day)| *day)
}

/// A number below a thousand, in digits or written out up to twelve; "a" and "an" are one.
pub fn number(word: &str) -> Option<i32> {
    if word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an") {
        return Some(1);
    }
    let written = NUMBERS.iter().position(|name| name.eq_ignore_ascii_case(word));
    written
        .and_then(|number| i32::try_from(number).ok())
        .or_else(|| (word.len() <= 3).then(|| word.parse().ok()).flatten())
}

/// The day of a month and day that a story means: the nearest to its own day in the direction its
/// verbs point, and where they point nowhere the nearest.
pub fn day_of_month(month: i8, day: i8, near: Date, direction: Option<Direction>) -> Option<Date> {
    /// How far beyond the story's own day a day may lie and still be near it, in days.
    const SLACK: i32 = 1;
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    let allowed = days.filter(|day| {
        let away = (*day - near).get_days();
        match direction {
            Some(Direction::Past) => away <= SLACK,
            Some(Direction::Future) => away >= -SLACK,
            None => true,
        }
    });
    allowed.min_by_key(|day| (*day - near).get_days().abs())
}

/// The month that a story means by a month's name alone.
pub fn month_near(month: i8, near: Date, direction: Option<Direction>) -> Option<Date> {
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let months = years.into_iter().filter_map(|year| Date::new(year, month, 1).ok());
    let distance = |first: &Date| {
        let months = i32::from(first.year()) * 12 + i32::from(first.month());
        months - (i32::from(near.year()) * 12 + i32::from(near.month()))
    };
    let allowed = months.filter(|first| match direction {
        Some(Direction::Past) => distance(first) <= 0,
        Some(Direction::Future) => distance(first) >= 0,
        None => true,
    });
    allowed.min_by_key(|first| distance(first).abs())
}

/// The weekday before a day, or on it.
pub fn weekday_before(weekday: Weekday, day: Date) -> Option<Date> {
    let back = i32::from(weekday.until(day.weekday()));
    day.checked_sub(back.days()).ok()
}

/// The weekday behind a day, never on it.
pub fn weekday_after(weekday: Weekday, day: Date) -> Option<Date> {
    let ahead = i32::from(day.weekday().until(weekday));
    day.checked_add(if ahead == 0 { 7 } else { ahead }.days()).ok()
}

/// The week, Sunday to Saturday, that lies so many weeks from a day's own.
pub fn week(day: Date, weeks: i32) -> Option<Period> {
    let back = i32::from(day.weekday().to_sunday_zero_offset());
    let first = day.checked_add((weeks * 7 - back).days()).ok()?;
    Period::range(first, first.checked_add(6.days()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TUESDAY: Date = Date::constant(2025, 3, 18);

    #[test]
    fn weeks_run_from_sunday_to_saturday() {
        let text = |weeks| week(TUESDAY, weeks).unwrap().to_string();
        assert_eq!(text(0), "2025-03-16/2025-03-22");
        assert_eq!(text(-1), "2025-03-09/2025-03-15");
        assert_eq!(text(1), "2025-03-23/2025-03-29");
    }

    #[test]
    fn a_weekday_is_the_last_or_the_next() {
        assert_eq!(weekday_before(Weekday::Tuesday, TUESDAY), Some(TUESDAY));
        assert_eq!(weekday_before(Weekday::Wednesday, TUESDAY), Some(date(2025, 3, 12)));
        assert_eq!(weekday_after(Weekday::Tuesday, TUESDAY), Some(date(2025, 3, 25)));
        assert_eq!(weekday_after(Weekday::Friday, TUESDAY), Some(date(2025, 3, 21)));
    }

    #[test]
    fn a_day_without_a_year_lies_where_the_verbs_point() {
        let near = date(2025, 1, 3);
        assert_eq!(day_of_month(12, 30, near, None), Some(date(2024, 12, 30)));
        assert_eq!(day_of_month(10, 1, near, Some(Direction::Past)), Some(date(2024, 10, 1)));
        assert_eq!(day_of_month(10, 1, near, Some(Direction::Future)), Some(date(2025, 10, 1)));
        assert_eq!(day_of_month(2, 30, near, None), None);
        assert_eq!(month_near(10, near, Some(Direction::Past)), Some(date(2024, 10, 1)));
    }

    proptest! {
        #[test]
        fn a_weekday_lies_within_a_week(days in -200_000i64..200_000, name in 0usize..7) {
            let day = TUESDAY.checked_add(days.days()).unwrap();
            let weekday = WEEKDAYS[name].1;
            let before = weekday_before(weekday, day).unwrap();
            let after = weekday_after(weekday, day).unwrap();
            prop_assert_eq!((before.weekday(), after.weekday()), (weekday, weekday));
            prop_assert!((day - before).get_days() < 7 && (after - day).get_days() <= 7);
            let week = week(day, 0).unwrap();
            prop_assert!(week.first() <= day && day <= week.last());
        }
    }
}
