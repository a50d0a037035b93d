//! The publication day of a story that does not tell it, from what is known of its file.

use jiff::civil::Date;

use crate::model::{Moment, PublishedFrom, Story};

/// What is known of a story's file.
#[derive(Clone, Copy, Debug)]
pub struct Hints<'a> {
    /// The file's path, which may hold a day (`2025/03/18`).
    pub path: &'a str,
    /// The day given for stories that tell none.
    pub option: Option<Date>,
    /// When the file was last changed.
    pub modified: Option<Moment>,
}

/// Years that a path may name: no wire is older, and a larger number is no year.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2100;

/// Sets the publication of a story that does not tell it itself: from the path, the option, or the
/// file's time, in this order.
///
/// A dateline's day without a year keeps its day and takes the year that brings it nearest to what
/// the hints say; where that is the file's time, none that lies behind it, but for a day between zones.
pub fn settle_published(story: &mut Story, hints: &Hints<'_>) {
    if story.published.is_some() {
        story.published_from.get_or_insert(PublishedFrom::Metadata);
        return;
    }
    let path = day_in_path(hints.path).map(|day| (Moment::Day(day), PublishedFrom::Path));
    let option = hints.option.map(|day| (Moment::Day(day), PublishedFrom::Option));
    let file = hints.modified.map(|moment| (moment, PublishedFrom::FileTime));
    let Some((moment, from)) = path.or(option).or(file) else { return };
    let written = (from == PublishedFrom::FileTime).then(|| moment.day().tomorrow().ok()).flatten();
    let latest = written.unwrap_or(Date::MAX);
    let dateline =
        story.dateline_day.and_then(|(month, day)| nearest(month, day, moment.day(), latest));
    story.published = Some(dateline.map_or(moment, Moment::Day));
    story.published_from = Some(from);
}

/// Says what cannot be true of a story's times: published in days to come, or updated before that;
/// a day's difference may be the zones'.
///
/// ```
/// use jiff::civil::date;
/// use onrecord::model::Story;
/// use onrecord::text::published::doubt;
/// let published = Some("2031-01-01".parse().unwrap());
/// let story = Story { published, ..Story::default() };
/// assert!(doubt(&story, date(2025, 3, 18)).unwrap().contains("still to come"));
/// assert_eq!(doubt(&story, date(2031, 1, 1)), None);
/// ```
pub fn doubt(story: &Story, today: Date) -> Option<String> {
    let published = story.published?.day();
    if published > today.tomorrow().ok()? {
        return Some(format!("published {published}, which is still to come"));
    }
    let updated = story.updated?.day();
    let before = updated < published.yesterday().ok()?;
    before.then(|| format!("updated {updated}, before it was published {published}"))
}

/// The day of a month and a day of the month that is nearest to another day, and not behind the latest.
fn nearest(month: i8, day: i8, near: Date, latest: Date) -> Option<Date> {
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.filter(|day| *day <= latest).min_by_key(|day| (*day - near).get_days().abs())
}

/// The deepest day that a path's parts name: `2025/03/18`, `2025-03-18`, `20250318`.
fn day_in_path(path: &str) -> Option<Date> {
    let bytes = path.as_bytes();
    let mut found = None;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let day = match end - at {
            4 => parted_day(path, at, end),
            8 | 12 | 14 => day_of(&path[at..at + 4], &path[at + 4..at + 6], &path[at + 6..at + 8]),
            _ => None,
        };
        found = day.or(found);
        at = end;
    }
    found
}

/// A day whose year stands from `start` to `end`, its month and day parted from it and each other
/// by the same mark.
fn parted_day(path: &str, start: usize, end: usize) -> Option<Date> {
    let rest = &path[end..];
    let mark = rest.chars().next().filter(|c| "/-_.\\".contains(*c))?;
    let mut parts = rest[1..].splitn(3, mark);
    let month = parts.next()?;
    let behind = parts.next()?;
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&month.len()) || !(1..=2).contains(&digits) {
        return None;
    }
    day_of(&path[start..end], month, &behind[..digits])
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_path_names_its_day_in_several_ways() {
        for path in [
            "wire/2025/03/18/a.txt",
            "wire/2025-03-18-talks.txt",
            "wire/2025_3_18.txt",
            "feed.20250318.0123.xml",
            "1999/01/01/2025/03/18/x",
            "AFP_20250318T101500.txt",
        ] {
            assert_eq!(day_in_path(path), Some(date(2025, 3, 18)), "{path}");
        }
        for path in
            ["wire/2025/a.txt", "a/2025/13/40/b", "1234/5678/9", "20259999.txt", "0001/01/01"]
        {
            assert_eq!(day_in_path(path), None, "{path}");
        }
    }

    fn settled(story: Story, path: &str, option: Option<Date>) -> (String, PublishedFrom) {
        let mut story = story;
        let modified = Some("2026-01-05T10:00:00Z".parse().unwrap());
        settle_published(&mut story, &Hints { path, option, modified });
        (story.published.unwrap().to_string(), story.published_from.unwrap())
    }

    #[test]
    fn the_surest_hint_is_taken() {
        let none = Story::default;
        let option = Some(date(2025, 6, 1));
        assert_eq!(
            settled(none(), "2025/03/18/a", option),
            ("2025-03-18".into(), PublishedFrom::Path)
        );
        assert_eq!(settled(none(), "a", option), ("2025-06-01".into(), PublishedFrom::Option));
        assert_eq!(
            settled(none(), "a", None),
            ("2026-01-05T10:00:00Z".into(), PublishedFrom::FileTime)
        );
        let told = Story { published: Some(Moment::Day(date(1997, 4, 1))), ..Story::default() };
        assert_eq!(settled(told, "2025/03/18/a", option).0, "1997-04-01");
    }

    #[test]
    fn a_dateline_without_a_year_takes_the_nearest() {
        let story = || Story { dateline_day: Some((12, 31)), ..Story::default() };
        assert_eq!(settled(story(), "a", None), ("2025-12-31".into(), PublishedFrom::FileTime));
        assert_eq!(
            settled(story(), "2025/01/01/a", None),
            ("2024-12-31".into(), PublishedFrom::Path)
        );
    }

    #[test]
    fn a_file_tells_of_no_day_behind_its_own_time() {
        let story = || Story { dateline_day: Some((5, 13)), ..Story::default() };
        let modified = Some("2026-11-27T00:00:00Z".parse().unwrap());
        let mut late = story();
        settle_published(&mut late, &Hints { path: "a", option: None, modified });
        assert_eq!(late.published.unwrap().to_string(), "2026-05-13");
    }

    proptest! {
        #[test]
        fn any_path_is_read(path in "[0-9/._é-]{0,40}") {
            day_in_path(&path);
        }
    }
}
