//! Days as a query writes them, to bounds.
//!
//! Comes in: a value ("2025-03", "last-week", "2025-03-01..") and today. Goes out: first and last
//! day, both inclusive. Dates as running text writes them are not read here.

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexer::Mark;
use crate::error::{Error, Kind, Result};
use crate::model::{Bound, Period};

/// Which days a value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those it names.
    Within,
    /// All later ones.
    After,
    /// Those it names, and all later ones.
    Since,
    /// All earlier ones.
    Before,
    /// Those it names, and all earlier ones.
    Until,
    /// So many up to today.
    Last,
}

impl Reach {
    /// The reach that a mark asks for.
    pub(super) fn of(mark: Mark) -> Self {
        match mark {
            Mark::Is | Mark::Call => Self::Within,
            Mark::Above => Self::After,
            Mark::AtLeast => Self::Since,
            Mark::Below => Self::Before,
            Mark::AtMost => Self::Until,
        }
    }
}

/// The days that a name means, seen from today.
type FromToday = fn(Date) -> Option<Period>;

/// Days by a name.
const NAMED: &[(&str, FromToday)] = &[
    ("today", |today| Some(Period::day(today))),
    ("yesterday", |today| today.yesterday().ok().map(Period::day)),
    ("tomorrow", |today| today.tomorrow().ok().map(Period::day)),
    ("this-week", week),
    ("last-week", |today| week(today.checked_sub(1.week()).ok()?)),
    ("this-month", |today| Some(Period::month(today))),
    ("last-month", |today| today.checked_sub(1.month()).ok().map(Period::month)),
    ("this-year", |today| Some(Period::year(today))),
    ("last-year", |today| today.checked_sub(1.year()).ok().map(Period::year)),
];

/// The week of a day, from Sunday to Saturday, as the days that stories speak of are counted.
fn week(day: Date) -> Option<Period> {
    let since_sunday = i64::from(day.weekday().to_sunday_zero_offset());
    let first = day.checked_sub(since_sunday.days()).ok()?;
    Period::range(first, first.checked_add(6.days()).ok()?)
}

const FORMS: &str = "a day is written `2025-03-18`, a month `2025-03`, a year `2025`, \
                     a range `2025-03-01..2025-03-18`, or `last-week`";

/// Reads days.
pub(super) fn read(text: &str, reach: Reach, today: Date) -> Result<(Bound, Bound)> {
    let text = text.trim();
    if reach == Reach::Last {
        return last(text, today);
    }
    if reach == Reach::Within
        && let Some((first, last)) = text.split_once("..")
    {
        return range(text, first, last, today);
    }
    let days = period(text, today)?;
    let beyond = |_| wrong(format!("there is no day beyond `{text}`"));
    match reach {
        Reach::After => Ok((Bound::Day(days.last().tomorrow().map_err(beyond)?), Bound::Open)),
        Reach::Since => Ok((Bound::Day(days.first()), Bound::Open)),
        Reach::Before => Ok((Bound::Open, before(days.first(), text)?)),
        Reach::Until => Ok((Bound::Open, Bound::Day(days.last()))),
        Reach::Within | Reach::Last => Ok((Bound::Day(days.first()), Bound::Day(days.last()))),
    }
}

/// The day before, as long as its year can be written with four digits.
fn before(day: Date, text: &str) -> Result<Bound> {
    let before = day.yesterday().ok().filter(|day| day.year() >= 0);
    before.map(Bound::Day).ok_or_else(|| wrong(format!("there is no day before `{text}`")))
}

/// Reads both ends of a range; an empty end or `*` is open.
pub(super) fn range(text: &str, first: &str, last: &str, today: Date) -> Result<(Bound, Bound)> {
    let end = |text: &str| match text.trim() {
        "" | "*" => Ok(None),
        text => period(text, today).map(Some),
    };
    let (first, last) = (end(first)?, end(last)?);
    let (from, to) = (first.map(|days| days.first()), last.map(|days| days.last()));
    match (from, to) {
        (None, None) => Err(wrong(format!("`{text}` is open at both ends"))),
        (Some(from), Some(to)) if from > to => {
            Err(wrong(format!("`{text}` ends before it starts")))
        }
        _ => Ok((from.map_or(Bound::Open, Bound::Day), to.map_or(Bound::Open, Bound::Day))),
    }
}

/// Reads `7d`, `2w`, `3m` or `1y`: so many days, weeks, months or years, today the last of them.
fn last(text: &str, today: Date) -> Result<(Bound, Bound)> {
    let bad = || {
        Error::new(Kind::Query, format!("`{text}` is not a stretch of time"))
            .hint("write `last:7d`, `last:2w`, `last:3m` or `last:1y`")
    };
    let unit = text.find(|letter: char| !letter.is_ascii_digit()).ok_or_else(bad)?;
    let count: i32 =
        text[..unit].parse().ok().filter(|count| (1..=9999).contains(count)).ok_or_else(bad)?;
    let back = match text[unit..].to_ascii_lowercase().as_str() {
        "d" | "day" | "days" => count.days(),
        "w" | "week" | "weeks" => count.weeks(),
        "m" | "month" | "months" => count.months(),
        "y" | "year" | "years" => count.years(),
        _ => return Err(bad()),
    };
    let before = today.checked_sub(back).ok().filter(|day| day.year() >= 0).ok_or_else(bad)?;
    let first = before.tomorrow().map_err(|_| bad())?;
    Ok((Bound::Day(first), Bound::Day(today)))
}

/// Reads a day, a month, a year, or days by a name.
fn period(text: &str, today: Date) -> Result<Period> {
    let name = text.to_ascii_lowercase().replace([' ', '_'], "-");
    if let Some((_, days)) = NAMED.iter().find(|(known, _)| *known == name) {
        return days(today).ok_or_else(|| wrong(format!("there are no days `{text}`")));
    }
    written(text).ok_or_else(|| not_days(text))
}

/// Reads `2025-03-18`, `2025-3-18`, `2025/03/18`, `20250318`, `2025-03` or `2025`.
fn written(text: &str) -> Option<Period> {
    let parts = numbers(text)?;
    match parts.as_slice() {
        [(8, day)] => date(day / 10_000, day / 100 % 100, day % 100).map(Period::day),
        [(4, year)] => date(*year, 1, 1).map(Period::year),
        [(4, year), (1..=2, month)] => date(*year, *month, 1).map(Period::month),
        [(4, year), (1..=2, month), (1..=2, day)] => date(*year, *month, *day).map(Period::day),
        _ => None,
    }
}

/// At most three numbers between dashes or slashes, each with its count of digits.
fn numbers(text: &str) -> Option<Vec<(usize, u32)>> {
    const LONGEST: usize = "2025-03-18".len();
    if text.len() > LONGEST {
        return None;
    }
    let number = |part: &str| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten().map(|number| (part.len(), number))
    };
    text.split(['-', '/', '.']).map(number).collect()
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn wrong(message: String) -> Error {
    Error::new(Kind::Query, message).hint(FORMS)
}

/// Says why a value names no days, and how to write what may have been meant.
fn not_days(text: &str) -> Error {
    let parts = numbers(text).unwrap_or_default();
    let [(1..=2, one), (1..=2, two), (4, year)] = parts[..] else {
        let shaped = matches!(parts[..], [(4, _), (1..=2, _)] | [(4, _), _, _] | [(8, _)]);
        let message = match shaped {
            true => format!("there is no day `{text}` in the calendar"),
            false => format!("`{text}` is not a day"),
        };
        return wrong(message);
    };
    match (date(year, two, one), date(year, one, two)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => {
            Error::new(Kind::Query, format!("`{text}` may be either of two days")).hint(format!(
                "write the year first: `{day_first}` if the day comes first, `{month_first}` if the month does"
            ))
        }
        (Some(day), _) | (_, Some(day)) => {
            Error::new(Kind::Query, format!("`{text}` has its year last"))
                .hint(format!("write the year first: `{day}`"))
        }
        _ => wrong(format!("there is no day `{text}` in the calendar")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// A Tuesday.
    const TODAY: Date = date(2025, 3, 18);

    fn days(text: &str, reach: Reach) -> String {
        let show = |bound| match bound {
            Bound::Day(day) => day.to_string(),
            _ => String::new(),
        };
        match read(text, reach, TODAY) {
            Ok((first, last)) => format!("{}..{}", show(first), show(last)),
            Err(error) => format!("{}; {}", error.message(), error.advice()),
        }
    }

    #[test]
    fn days_months_years_and_ranges_are_read() {
        for (text, wanted) in [
            ("2025-03-18", "2025-03-18..2025-03-18"),
            ("20250318", "2025-03-18..2025-03-18"),
            ("2025/3/8", "2025-03-08..2025-03-08"),
            ("2025-02", "2025-02-01..2025-02-28"),
            ("2024", "2024-01-01..2024-12-31"),
            ("2024..2025-03", "2024-01-01..2025-03-31"),
            ("..2025", "..2025-12-31"),
            ("2025..", "2025-01-01.."),
            ("today", "2025-03-18..2025-03-18"),
            ("Yesterday", "2025-03-17..2025-03-17"),
            ("this-week", "2025-03-16..2025-03-22"),
            ("last week", "2025-03-09..2025-03-15"),
            ("last-month", "2025-02-01..2025-02-28"),
            ("last-year", "2024-01-01..2024-12-31"),
            ("yesterday..today", "2025-03-17..2025-03-18"),
        ] {
            assert_eq!(days(text, Reach::Within), wanted, "{text}");
        }
    }

    #[test]
    fn an_exclusive_end_leaves_out_the_whole_period() {
        assert_eq!(days("2025-02", Reach::After), "2025-03-01..");
        assert_eq!(days("2025-02", Reach::Since), "2025-02-01..");
        assert_eq!(days("2025-02", Reach::Before), "..2025-01-31");
        assert_eq!(days("2025-02", Reach::Until), "..2025-02-28");
        assert!(days("9999-12-31", Reach::After).starts_with("there is no day beyond"));
        assert!(days("0000-01-01", Reach::Before).starts_with("there is no day before"));
    }

    #[test]
    fn a_stretch_counts_today() {
        assert_eq!(days("1d", Reach::Last), "2025-03-18..2025-03-18");
        assert_eq!(days("7d", Reach::Last), "2025-03-12..2025-03-18");
        assert_eq!(days("2w", Reach::Last), "2025-03-05..2025-03-18");
        assert_eq!(days("3m", Reach::Last), "2024-12-19..2025-03-18");
        assert_eq!(days("1y", Reach::Last), "2024-03-19..2025-03-18");
        for text in ["", "d", "7", "0d", "99999d", "7x", "9999y", "７d"] {
            assert!(days(text, Reach::Last).contains("is not a stretch of time"), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_day_says_how_to_write_one() {
        for (text, wanted) in [
            ("18/3/2025", "`18/3/2025` has its year last; write the year first: `2025-03-18`"),
            ("3/18/2025", "`3/18/2025` has its year last; write the year first: `2025-03-18`"),
            (
                "4/3/2025",
                "`4/3/2025` may be either of two days; write the year first: `2025-03-04` \
                 if the day comes first, `2025-04-03` if the month does",
            ),
            ("2025-02-30", "there is no day `2025-02-30` in the calendar; "),
            ("2025-13", "there is no day `2025-13` in the calendar; "),
            ("soon", "`soon` is not a day; "),
            ("18-3-25", "`18-3-25` is not a day; "),
            ("..", "`..` is open at both ends; "),
            ("2025..2024", "`2025..2024` ends before it starts; "),
        ] {
            let said = days(text, Reach::Within);
            assert!(said.starts_with(wanted), "{text}: {said}");
        }
    }

    proptest! {
        #[test]
        fn any_value_is_read_or_refused(text in "\\PC{0,20}|[0-9./-]{0,14}|[0-9]{1,6}[dwmy]") {
            for reach in [Reach::Within, Reach::After, Reach::Before, Reach::Last] {
                if let Ok((Bound::Day(first), Bound::Day(last))) = read(&text, reach, TODAY) {
                    prop_assert!(first <= last);
                }
            }
        }
    }
}
