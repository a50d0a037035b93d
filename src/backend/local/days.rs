//! Stretches of days as a few words, so that "speaks of a day in March" is a lookup of words.
//!
//! The calendar is a tree: century, decade, year, month, day, written `20xx`, `202x`, `2025`,
//! `2025-03`, `2025-03-18`. A stretch of days is the fewest nodes that cover it exactly. A story
//! that speaks of a stretch holds its nodes (marked `=`, and `!` where it is one alone) and
//! everything above them (marked `<`). A question about a stretch then matches where the story holds one of the question's own nodes
//! with either mark (what is spoken of lies inside), or a node above one of them with the mark `=`
//! (what is spoken of holds the day asked for). No pair of days is ever compared.

use jiff::civil::Date;

use crate::model::{Bound, Period};

/// The first and the last day that can be asked for.
const FIRST: Date = Date::constant(1, 1, 1);
const LAST: Date = Date::constant(9999, 12, 31);

/// The words under which a story that speaks of a period is found.
pub(super) fn spoken(period: &Period) -> Vec<String> {
    let nodes = cover(period.first(), period.last());
    let mut words: Vec<String> = nodes.iter().map(|node| exact(node)).collect();
    if let [node] = nodes.as_slice() {
        words.push(named(node));
    }
    for node in &nodes {
        for above in ancestors(node) {
            let word = within(&above);
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words
}

/// The words to look for where a stretch of days is asked for: any of them is a match.
pub(super) struct Asked {
    /// Of the very days, months and years that were asked for; these are among those inside.
    pub(super) named: Vec<String>,
    /// Of days and stretches that lie in what is asked for.
    pub(super) inside: Vec<String>,
    /// Of longer stretches that hold a part of it.
    pub(super) around: Vec<String>,
}

/// The words of a stretch of days.
pub(super) fn asked(from: Bound, to: Bound) -> Asked {
    let day = |bound, open| if let Bound::Day(day) = bound { day } else { open };
    let (mut named_so, mut inside, mut around) = (Vec::new(), Vec::new(), Vec::new());
    for node in cover(day(from, FIRST), day(to, LAST)) {
        named_so.push(named(&node));
        inside.push(exact(&node));
        inside.push(within(&node));
        around.extend(ancestors(&node).iter().map(|above| exact(above)));
    }
    around.sort_unstable();
    around.dedup();
    Asked { named: named_so, inside, around }
}

fn exact(node: &str) -> String {
    format!("={node}")
}

/// Marks a node that is all of what is spoken of, and no part of a longer stretch.
fn named(node: &str) -> String {
    format!("!{node}")
}

fn within(node: &str) -> String {
    format!("<{node}")
}

/// The fewest nodes that cover the days from `first` to `last`, both inclusive.
fn cover(first: Date, last: Date) -> Vec<String> {
    let mut nodes = Vec::new();
    let mut day = first;
    while day <= last {
        let (node, end) = largest_from(day, last);
        nodes.push(node);
        match end.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    nodes
}

/// The largest node that starts on `day` and does not reach beyond `last`, and its last day.
fn largest_from(day: Date, last: Date) -> (String, Date) {
    if day.month() == 1 && day.day() == 1 {
        for (years, digits) in [(1000, 1), (100, 2), (10, 3), (1, 4)] {
            let starts = day.year() % years == 0 || day.year() == 1 && years > 1;
            let first_year = day.year() - day.year() % years;
            let end = Date::new(first_year + (years - 1), 12, 31);
            if let (true, Ok(end)) = (starts, end)
                && end <= last
            {
                return (prefix(day.year(), digits), end);
            }
        }
    }
    if day.day() == 1 && day.last_of_month() <= last {
        return (format!("{:04}-{:02}", day.year(), day.month()), day.last_of_month());
    }
    (day.to_string(), day)
}

/// A year's first digits, the others as `x`.
fn prefix(year: i16, digits: usize) -> String {
    let year = format!("{year:04}");
    format!("{}{}", &year[..digits], &"xxx"[..4 - digits])
}

/// Every node above one, the nearest first.
fn ancestors(node: &str) -> Vec<String> {
    let mut above = Vec::new();
    if node.len() == 10 {
        above.push(node[..7].to_owned());
    }
    if node.len() >= 7 {
        above.push(node[..4].to_owned());
    }
    let digits = node[..4].bytes().filter(u8::is_ascii_digit).count();
    for kept in (1..digits).rev() {
        above.push(format!("{}{}", &node[..kept], &"xxx"[..4 - kept]));
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(from: Bound, to: Bound) -> Vec<String> {
        let Asked { inside, around, .. } = asked(from, to);
        inside.into_iter().chain(around).collect()
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    fn finds(asked_for: &str, spoken_of: &str) -> bool {
        let asked_for = period(asked_for);
        let words = spoken(&period(spoken_of));
        all(Bound::Day(asked_for.first()), Bound::Day(asked_for.last()))
            .iter()
            .any(|word| words.contains(word))
    }

    #[test]
    fn a_month_finds_its_days_and_a_day_the_stretch_that_holds_it() {
        assert!(finds("2025-03", "2025-03-18"));
        assert!(finds("2025-03-18", "2025-03"));
        assert!(finds("2025-03-12", "2025-03-09/2025-03-15"));
        assert!(finds("2014", "2010-01-01/2019-12-31"));
        assert!(!finds("2025-03-16", "2025-03-09/2025-03-15"));
        assert!(!finds("2025-04", "2025-03-18"));
    }

    #[test]
    fn an_open_end_costs_few_words() {
        assert!(all(Bound::Day("2025-03-18".parse().unwrap()), Bound::Open).len() < 300);
        assert_eq!(all(Bound::Open, Bound::Open).len(), 20);
    }

    fn day() -> impl Strategy<Value = Date> {
        (-4000..9000i64).prop_map(|days| {
            Date::constant(2000, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()
        })
    }

    proptest! {
        #[test]
        fn two_stretches_meet_exactly_when_they_share_a_day(a in day(), b in day(), c in day(), d in day()) {
            let asked_for = (a.min(b), a.max(b));
            let spoken_of = Period::range(c.min(d), c.max(d)).unwrap();
            let words = spoken(&spoken_of);
            let found = all(Bound::Day(asked_for.0), Bound::Day(asked_for.1))
                .iter()
                .any(|word| words.contains(word));
            let share = asked_for.0 <= spoken_of.last() && spoken_of.first() <= asked_for.1;
            prop_assert_eq!(found, share);
        }
    }
}
