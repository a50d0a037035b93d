//! The calendar as newsrooms speak of it: months, weekdays, holidays, and the sums done with them.
//!
//! Comes in: names and days. Goes out: days and periods. Finds nothing in running text.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Period;

/// The months with the short forms that English news uses, in lower case and without a dot.
pub const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("febr", 2),
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

/// The weekdays with their short forms; Sunday is 0.
pub const WEEKDAYS: &[(&str, i8)] = &[
    ("sunday", 0),
    ("monday", 1),
    ("mon", 1),
    ("tuesday", 2),
    ("tue", 2),
    ("tues", 2),
    ("wednesday", 3),
    ("wed", 3),
    ("thursday", 4),
    ("thu", 4),
    ("thur", 4),
    ("thurs", 4),
    ("friday", 5),
    ("fri", 5),
    ("saturday", 6),
];

/// A day that bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// Month and day, every year.
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i32),
    /// Month, which one in it (-1 the last), weekday.
    Nth(i8, i8, i8),
}

/// The holidays that news names, by their words in lower case.
pub const HOLIDAYS: &[(&[&str], Holiday)] = &[
    (&["new", "year's", "eve"], Holiday::Fixed(12, 31)),
    (&["new", "year's", "day"], Holiday::Fixed(1, 1)),
    (&["christmas", "eve"], Holiday::Fixed(12, 24)),
    (&["christmas", "day"], Holiday::Fixed(12, 25)),
    (&["christmas"], Holiday::Fixed(12, 25)),
    (&["boxing", "day"], Holiday::Fixed(12, 26)),
    (&["valentine's", "day"], Holiday::Fixed(2, 14)),
    (&["halloween"], Holiday::Fixed(10, 31)),
    (&["bastille", "day"], Holiday::Fixed(7, 14)),
    (&["may", "day"], Holiday::Fixed(5, 1)),
    (&["fourth", "of", "july"], Holiday::Fixed(7, 4)),
    (&["july", "fourth"], Holiday::Fixed(7, 4)),
    (&["epiphany"], Holiday::Fixed(1, 6)),
    (&["groundhog", "day"], Holiday::Fixed(2, 2)),
    (&["international", "women's", "day"], Holiday::Fixed(3, 8)),
    (&["anzac", "day"], Holiday::Fixed(4, 25)),
    (&["canada", "day"], Holiday::Fixed(7, 1)),
    (&["australia", "day"], Holiday::Fixed(1, 26)),
    (&["all", "saints'", "day"], Holiday::Fixed(11, 1)),
    (&["remembrance", "day"], Holiday::Fixed(11, 11)),
    (&["armistice", "day"], Holiday::Fixed(11, 11)),
    (&["shrove", "tuesday"], Holiday::Easter(-47)),
    (&["maundy", "thursday"], Holiday::Easter(-3)),
    (&["ascension", "day"], Holiday::Easter(39)),
    (&["whit", "monday"], Holiday::Easter(50)),
    (&["martin", "luther", "king", "day"], Holiday::Nth(1, 3, 1)),
    (&["presidents'", "day"], Holiday::Nth(2, 3, 1)),
    (&["mother's", "day"], Holiday::Nth(5, 2, 0)),
    (&["father's", "day"], Holiday::Nth(6, 3, 0)),
    (&["columbus", "day"], Holiday::Nth(10, 2, 1)),
    (&["veterans", "day"], Holiday::Fixed(11, 11)),
    (&["ash", "wednesday"], Holiday::Easter(-46)),
    (&["palm", "sunday"], Holiday::Easter(-7)),
    (&["good", "friday"], Holiday::Easter(-2)),
    (&["easter", "monday"], Holiday::Easter(1)),
    (&["easter", "sunday"], Holiday::Easter(0)),
    (&["easter"], Holiday::Easter(0)),
    (&["thanksgiving", "day"], Holiday::Nth(11, 4, 4)),
    (&["thanksgiving"], Holiday::Nth(11, 4, 4)),
    (&["labor", "day"], Holiday::Nth(9, 1, 1)),
    (&["memorial", "day"], Holiday::Nth(5, -1, 1)),
];

impl Holiday {
    /// Gives its day in a year.
    pub fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Easter(after) => easter(year)?.checked_add(after.days()).ok(),
            Self::Nth(month, nth, weekday) => nth_weekday(year, month, nth, weekday),
        }
    }

    /// Gives its day that lies nearest to another.
    pub fn nearest(self, to: Date) -> Option<Date> {
        let days = [-1, 0, 1].into_iter().filter_map(|step| self.in_year(to.year() + step));
        days.min_by_key(|&day| days_between(to, day).abs())
    }
}

/// Gives the weekday, counted from Sunday as 0, that is the first, second ... of a month; the last
/// for -1.
pub fn nth_weekday(year: i16, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let weekday = jiff::civil::Weekday::from_sunday_zero_offset(weekday).ok()?;
    first.nth_weekday_of_month(nth, weekday).ok()
}

/// Gives Easter Sunday of the western churches (Butcher's rule).
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Counts the days from one day to another.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.duration_until(to).as_hours().div_euclid(24) as i32
}

/// Moves a day by days.
pub fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Moves a day by months; the day of the month is cut to what the month has.
pub fn add_months(day: Date, months: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// Gives the week, Sunday to Saturday, in which a day lies.
pub fn week(day: Date) -> Option<Period> {
    let first = add_days(day, -i64::from(day.weekday().to_sunday_zero_offset()))?;
    Period::range(first, add_days(first, 6)?)
}

/// Gives whole months: `count` of them from the month in which `first` lies.
pub fn months(first: Date, count: i64) -> Option<Period> {
    let first = first.first_of_month();
    Period::range(first, add_months(first, count - 1)?.last_of_month())
}

/// Gives a quarter, 1 to 4, of a year.
pub fn quarter(year: i16, quarter: i8) -> Option<Period> {
    months(Date::new(year, quarter * 3 - 2, 1).ok()?, 3)
}

/// Gives a half, 1 or 2, of a year.
pub fn half(year: i16, half: i8) -> Option<Period> {
    months(Date::new(year, half * 6 - 5, 1).ok()?, 6)
}

/// Gives a season: spring 1, summer 2, autumn 3, winter 4 (December to February, from that year on).
pub fn season(year: i16, season: i8) -> Option<Period> {
    months(Date::new(year, season * 3, 1).ok()?, 3)
}

/// Gives whole years, first and last inclusive.
pub fn years(first: i16, last: i16) -> Option<Period> {
    Period::range(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        assert_eq!(easter(2024), Some(date(2024, 3, 31)));
        assert_eq!(easter(2025), Some(date(2025, 4, 20)));
        assert_eq!(Holiday::Nth(11, 4, 4).in_year(2025), Some(date(2025, 11, 27)));
    }

    #[test]
    fn a_week_runs_from_sunday_to_saturday() {
        let week = week(date(2025, 3, 11)).map(|week| week.to_string());
        assert_eq!(week.as_deref(), Some("2025-03-09/2025-03-15"));
    }

    #[test]
    fn parts_of_a_year_are_whole_months() {
        let written = |period: Option<Period>| period.map(|p| p.to_string()).unwrap_or_default();
        assert_eq!(written(quarter(2024, 3)), "2024-07-01/2024-09-30");
        assert_eq!(written(half(2024, 2)), "2024-07-01/2024-12-31");
        assert_eq!(written(season(2023, 4)), "2023-12-01/2024-02-29");
    }
}
