//! Times as wires write them: `AP-WF-11-13-13 1509GMT`, `211259 GMT Nov 18`,
//! `18-MAR-1987 15:01:01.79`.
//!
//! A time whose zone is not written stays local: it is never taken for UTC.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::dateline::month;
use crate::model::Moment;

/// Two-digit years from this on are of the twentieth century.
const CENTURY_TURNS: i16 = 60;

/// Reads the trailer of an ANPA story: service, day and time, `AP-WF-11-13-13 1509GMT`.
///
/// ```
/// use onrecord::text::wire_times::anpa;
/// assert_eq!(anpa("AP-WF-11-13-13 1509GMT<").unwrap().to_string(), "2013-11-13T15:09:00Z");
/// ```
pub fn anpa(trailer: &str) -> Option<Moment> {
    let mut words = trailer.trim().trim_end_matches('<').split_whitespace();
    let days: Vec<&str> = words.next()?.rsplit('-').take(3).collect();
    let [year, day, month] = days.as_slice() else { return None };
    let date = Date::new(full_year(year)?, month.parse().ok()?, day.parse().ok()?).ok()?;
    let clock = words.next()?;
    let (time, zone) = clock.split_at_checked(4)?;
    moment(date, time, if zone.is_empty() { words.next().unwrap_or_default() } else { zone })
}

/// Reads the trailer of an IPTC 7901 story: day of the month and time, zone, month, year,
/// `211259 GMT Nov 18`.
///
/// ```
/// use onrecord::text::wire_times::iptc7901;
/// assert_eq!(iptc7901("211259 GMT Nov 18").unwrap().to_string(), "2018-11-21T12:59:00Z");
/// assert_eq!(iptc7901("211259 Nov 18").unwrap().to_string(), "2018-11-21T12:59:00");
/// ```
pub fn iptc7901(trailer: &str) -> Option<Moment> {
    let words: Vec<&str> = trailer.split_whitespace().take(4).collect();
    let (stamp, zone, name, year) = match words.as_slice() {
        [stamp, zone, name, year] => (stamp, *zone, name, year),
        [stamp, name, year] => (stamp, "", name, year),
        _ => return None,
    };
    let (day, time) = stamp.split_at_checked(2)?;
    let date = Date::new(full_year(year)?, month(name)?, day.parse().ok()?).ok()?;
    moment(date, time, zone)
}

/// Reads a day and time of Reuters' SGML: `26-FEB-1987 15:01:01.79`. Signs of the wire that are stuck to
/// it, as in `27-MAR-1987 00:02:59.13&#5;&#5;RM`, are not of the time.
///
/// ```
/// use onrecord::text::wire_times::reuters;
/// assert_eq!(reuters(" 2-MAR-1987 16:51:43.42").unwrap().to_string(), "1987-03-02T16:51:43.42");
/// assert_eq!(reuters("27-MAR-1987 00:02:59.13&#5;RM").unwrap().to_string(), "1987-03-27T00:02:59.13");
/// ```
pub fn reuters(text: &str) -> Option<Moment> {
    let mut words = text.split_whitespace();
    let mut parts = words.next()?.split('-');
    let day: i8 = parts.next()?.parse().ok()?;
    let of_month = month(parts.next()?)?;
    let date = Date::new(parts.next()?.parse().ok()?, of_month, day).ok()?;
    let time = words.next().map(|time| &time[..time.find('&').unwrap_or(time.len())]);
    let time = time.and_then(|time| time.parse::<Time>().ok());
    Some(time.map_or(Moment::Day(date), |time| Moment::Local(date.to_datetime(time))))
}

fn full_year(year: &str) -> Option<i16> {
    let number: i16 = year.parse().ok()?;
    match year.len() {
        4 => Some(number),
        2 if number >= CENTURY_TURNS => Some(1900 + number),
        2 => Some(2000 + number),
        _ => None,
    }
}

/// A day with a time of four digits in a zone.
fn moment(date: Date, time: &str, zone: &str) -> Option<Moment> {
    let digits = time.len() == 4 && time.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        return None;
    }
    let (hour, minute) = (time[..2].parse().ok()?, time[2..].parse().ok()?);
    let local = date.to_datetime(Time::new(hour, minute, 0, 0).ok()?);
    if ["GMT", "UTC", "Z"].iter().any(|utc| zone.eq_ignore_ascii_case(utc)) {
        let instant = Offset::UTC.to_timestamp(local).ok()?;
        return Some(Moment::Instant(instant, Offset::UTC));
    }
    Some(Moment::Local(local))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_zone_that_is_not_written_or_not_known_leaves_the_time_local() {
        let told = |moment: Option<Moment>| moment.unwrap().to_string();
        assert_eq!(told(iptc7901("071341 CET Okt 15")), "2015-10-07T13:41:00");
        assert_eq!(told(anpa("XX-99-12-31-99 2359EST")), "1999-12-31T23:59:00");
        assert_eq!(told(anpa("AP-WF-02-10-16 0423 GMT")), "2016-02-10T04:23:00Z");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "AP-WF-13-32-13 1509GMT",
            "992599 GMT Nov 18",
            "112599 GMT Nov 18",
            "2112 Nov 18",
            "1-2",
            "é-ü-ö x",
        ] {
            assert!(anpa(text).is_none() && iptc7901(text).is_none() && reuters(text).is_none());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9A-Za-zé: .-]{0,30}") {
            let _ = (anpa(&text), iptc7901(&text), reuters(&text));
        }
    }
}
