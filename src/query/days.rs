//! Days as they are typed: `2025-03-18`, `2025-03`, `2025`, `2025-03-01..2025-03-18`, `>2025-03`,
//! `last-week`, `7d`.
//!
//! Both ends of what comes out are inclusive. A form that two readers would take for two days
//! (`3/4/2025`) is refused.

use jiff::ToSpan;
use jiff::civil::Date;

use super::fields::DayWord;
use crate::model::{Bound, Period};

/// Two inclusive ends.
pub(super) type Ends = (Bound, Bound);

const HOW: &str = "write it as 2025-03-18, 2025-03, 2025 or 2025-03-01..2025-03-18";
const AMBIGUOUS: &str = "this day could be read in two ways; write it as 2025-03-18";

/// Reads the value of a field that holds days.
pub(super) fn range(text: &str, today: Date) -> Result<Ends, String> {
    if let Some((from, to)) = text.split_once("..") {
        return between(from.trim(), to.trim(), today);
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let upper = inner.to_ascii_uppercase();
        let at = upper.find(" TO ").ok_or(HOW)?;
        return between(inner[..at].trim(), inner[at + " TO ".len()..].trim(), today);
    }
    for (sign, word) in [
        (">=", DayWord::Since),
        ("<=", DayWord::Until),
        (">", DayWord::After),
        ("<", DayWord::Before),
    ] {
        if let Some(rest) = text.strip_prefix(sign) {
            return by_word(word, rest.trim(), today);
        }
    }
    let period = period(text, today)?;
    Ok((Bound::Day(period.first()), Bound::Day(period.last())))
}

/// Reads the value of a day word.
pub(super) fn by_word(word: DayWord, text: &str, today: Date) -> Result<Ends, String> {
    if word == DayWord::Last {
        let first = ago(text, today)?;
        return Ok((Bound::Day(first), Bound::Day(today)));
    }
    if word == DayWord::On {
        return range(text, today);
    }
    let period = period(text, today)?;
    Ok(match word {
        DayWord::Since => (Bound::Day(period.first()), Bound::Open),
        DayWord::Until => (Bound::Open, Bound::Day(period.last())),
        DayWord::After => (Bound::Day(period.last().tomorrow().map_err(|_| HOW)?), Bound::Open),
        _ => (Bound::Open, Bound::Day(period.first().yesterday().map_err(|_| HOW)?)),
    })
}

fn between(from: &str, to: &str, today: Date) -> Result<Ends, String> {
    let open = |text: &str| text.is_empty() || text == "*";
    if open(from) && open(to) {
        return Err(HOW.to_owned());
    }
    let first = if open(from) { None } else { Some(period(from, today)?.first()) };
    let last = if open(to) { None } else { Some(period(to, today)?.last()) };
    if let (Some(first), Some(last)) = (first, last)
        && first > last
    {
        return Err(format!("the first day, {first}, is after the last, {last}"));
    }
    Ok((first.map_or(Bound::Open, Bound::Day), last.map_or(Bound::Open, Bound::Day)))
}

/// Reads a day, month, year or stretch by its name.
fn period(text: &str, today: Date) -> Result<Period, String> {
    let lower = text.to_ascii_lowercase();
    if let Some(period) = by_name(&lower, today) {
        return Ok(period);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let with_hyphens = match text.len() {
        8 if digits => format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]),
        6 if digits => format!("{}-{}", &text[..4], &text[4..]),
        _ => text.to_owned(),
    };
    let plain = with_hyphens.len() >= 4 && !with_hyphens.contains('/');
    let year_first = with_hyphens.bytes().take(4).all(|byte| byte.is_ascii_digit());
    if plain && year_first {
        return with_hyphens.parse().map_err(|_| format!("there is no such day; {HOW}"));
    }
    let numbers = text.split(['/', '.', '-']).filter(|part| part.parse::<u16>().is_ok()).count();
    Err(if numbers == 3 { AMBIGUOUS.to_owned() } else { HOW.to_owned() })
}

fn by_name(name: &str, today: Date) -> Option<Period> {
    let week = |day: Date| {
        let first =
            day.checked_sub(i32::from(day.weekday().to_sunday_zero_offset()).days()).ok()?;
        Period::range(first, first.checked_add(6.days()).ok()?)
    };
    match name {
        "today" => Some(Period::day(today)),
        "yesterday" => today.yesterday().ok().map(Period::day),
        "this-week" => week(today),
        "last-week" => week(today.checked_sub(1.week()).ok()?),
        "this-month" => Some(Period::month(today)),
        "last-month" => today.checked_sub(1.month()).ok().map(Period::month),
        "this-year" => Some(Period::year(today)),
        "last-year" => today.checked_sub(1.year()).ok().map(Period::year),
        _ => None,
    }
}

/// The first day of a stretch that ends today: `7d` is today and the six days before.
fn ago(text: &str, today: Date) -> Result<Date, String> {
    const FORM: &str = "write how long as 7d, 2w, 3m or 1y";
    let unit = text.chars().next_back().ok_or(FORM)?;
    let number = &text[..text.len() - unit.len_utf8()];
    let number: i32 = number.parse().map_err(|_| FORM)?;
    let span = match unit.to_ascii_lowercase() {
        'd' => number.days(),
        'w' => number.checked_mul(7).ok_or(FORM)?.days(),
        'm' => number.months(),
        'y' => number.years(),
        _ => return Err(FORM.to_owned()),
    };
    if number < 1 {
        return Err(FORM.to_owned());
    }
    let before = today.checked_sub(span).map_err(|_| FORM)?;
    before.tomorrow().map_err(|_| FORM.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn ends(text: &str) -> String {
        let day = |bound| match bound {
            Bound::Day(day) => day.to_string(),
            _ => String::new(),
        };
        match range(text, date(2025, 3, 18)) {
            Ok((from, to)) => format!("{}..{}", day(from), day(to)),
            Err(why) => why,
        }
    }

    #[test]
    fn every_form_of_a_range_is_read() {
        for (typed, read) in [
            ("2025-03-18", "2025-03-18..2025-03-18"),
            ("20250318", "2025-03-18..2025-03-18"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025", "2025-01-01..2025-12-31"),
            ("2025-03-01..2025-03-18", "2025-03-01..2025-03-18"),
            ("2024..2025-02", "2024-01-01..2025-02-28"),
            ("..2024", "..2024-12-31"),
            ("2024..", "2024-01-01.."),
            (">2025-03-01", "2025-03-02.."),
            (">=2025-03", "2025-03-01.."),
            ("<2025", "..2024-12-31"),
            ("<=2025", "..2025-12-31"),
            ("[2025-03-01 TO 2025-03-18]", "2025-03-01..2025-03-18"),
            ("[2025 to *]", "2025-01-01.."),
            ("today", "2025-03-18..2025-03-18"),
            ("last-week", "2025-03-09..2025-03-15"),
            ("this-month", "2025-03-01..2025-03-31"),
        ] {
            assert_eq!(ends(typed), read, "{typed}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_refused() {
        assert_eq!(ends("3/4/2025"), AMBIGUOUS);
        assert_eq!(ends("18-3-2025"), AMBIGUOUS);
        assert!(ends("2025-02-30").starts_with("there is no such day"));
        assert!(ends("2025-03-18..2025-03-01").contains("is after the last"));
        assert_eq!(ends("soon"), HOW);
        assert_eq!(ends("é"), HOW);
        assert_eq!(ends(".."), HOW);
    }

    #[test]
    fn the_last_seven_days_are_seven() {
        let last = |text| by_word(DayWord::Last, text, date(2025, 3, 18));
        assert_eq!(last("7d"), Ok((Bound::Day(date(2025, 3, 12)), Bound::Day(date(2025, 3, 18)))));
        assert_eq!(last("1m").unwrap().0, Bound::Day(date(2025, 2, 19)));
        for wrong in ["", "7", "d", "-1d", "7x", "99999999999y", "0d", "é"] {
            assert!(last(wrong).is_err(), "{wrong}");
        }
    }
}
