//! Any day in any form that is printed is read back as itself: in a story, in a query, as a stamp.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use onrecord::annotate::annotate;
use onrecord::contract::Text;
use onrecord::model::{Moment, Period};
use onrecord::query;
use onrecord::text::moments::moment;
use proptest::prelude::*;

/// Ways to write a day in English copy; those in digits alone need an outlet whose order is known.
const IN_COPY: &[(&str, &str)] = &[
    ("%B %-d, %Y", ""),
    ("%-d %B %Y", ""),
    ("%A, %B %-d, %Y", ""),
    ("%A %-d %B %Y", ""),
    ("%b. %-d, %Y", ""),
    ("%b %-d %Y", ""),
    ("%-d %b %Y", ""),
    ("%Y-%m-%d", ""),
    ("%Y/%m/%d", ""),
    ("%d.%m.%Y", ""),
    ("%A %d.%m.%Y", ""),
    ("%A, %-d/%-m/%Y", "BBC"),
    ("%-m/%-d/%Y", "Associated Press"),
    ("%-d/%-m/%Y", "The Guardian"),
];

/// Ways in which stamps are written.
const IN_STAMPS: &[&str] = &[
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S%:z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y%m%dT%H%M%S%z",
    "%a, %d %b %Y %H:%M:%S %z",
    "%B %-d, %Y",
    "%-d %B %Y",
];

fn any_day() -> impl Strategy<Value = Date> {
    (0i64..73_000).prop_map(|days| {
        date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).expect("a day before 2100")
    })
}

proptest! {
    #[test]
    fn a_day_in_a_story_is_that_day(day in any_day(), (form, source) in prop::sample::select(IN_COPY)) {
        let body = format!("They met on {} in the harbour.", day.strftime(form));
        let published = Some(date(2025, 3, 18));
        let found = annotate(&Text { body: &body, published, language: "en", source, ..Text::default() });
        let values: Vec<Period> = found.dates.iter().map(|mention| mention.value).collect();
        prop_assert_eq!(values, [Period::day(day)], "{}", body);
    }

    #[test]
    fn a_period_in_a_query_is_that_period(day in any_day(), kind in 0usize..3) {
        let kinds: [fn(Date) -> Period; 3] = [Period::day, Period::month, Period::year];
        let period = kinds[kind](day);
        prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
        let read = |value: String| {
            query::explain(&query::parse(&format!("mentions:{value}"), date(2025, 3, 18)).unwrap())
        };
        let ends = format!("{}..{}", period.first(), period.last());
        prop_assert_eq!(read(period.to_string()), read(ends));
    }

    // Within a day of every change of a zone, the day is the one on the wall where it was written.
    #[test]
    fn a_stamp_near_a_zone_change_keeps_the_day_of_its_writer(
        year in 1990i16..2037,
        zone in prop::sample::select(&["America/New_York", "Europe/London", "Australia/Sydney", "Africa/Cairo"][..]),
        (spring, minutes) in (any::<bool>(), -1_500i64..1_500),
        form in prop::sample::select(IN_STAMPS),
    ) {
        let Ok(zone) = TimeZone::get(zone) else {
            return Ok(());
        };
        let new_year = Timestamp::from_second(i64::from(year - 1970) * 31_556_952).unwrap();
        let changes: Vec<Timestamp> = zone.following(new_year).take(2).map(|change| change.timestamp()).collect();
        let Some(change) = changes.get(usize::from(spring)) else {
            return Ok(());
        };
        let written = change.checked_add(jiff::Span::new().minutes(minutes)).unwrap().to_zoned(zone);
        let read = moment(&written.strftime(form).to_string());
        prop_assert_eq!(read.map(|read| read.day()), Some(written.date()), "{}", written.strftime(form));
        if let Some(Moment::Instant(instant, _)) = read {
            prop_assert_eq!(instant, written.timestamp());
        }
    }
}
