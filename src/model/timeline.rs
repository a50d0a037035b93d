//! How many, and when: counts over stretches of the calendar.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

/// The length of the stretches that are counted over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// One day.
    Day,
    /// A week from Monday to Sunday, as in ISO 8601.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

impl Step {
    /// The first day of the stretch in which a day lies.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use onrecord::model::Step;
    /// assert_eq!(Step::Week.start(date(2025, 3, 18)), date(2025, 3, 17));
    /// ```
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let into = day.weekday().since(Weekday::Monday);
                day.checked_sub(into.days()).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    /// The last day of the stretch that starts on a day, inclusive.
    pub fn end(self, start: Date) -> Date {
        match self {
            Self::Day => start,
            Self::Week => start.checked_add(6.days()).unwrap_or(start),
            Self::Month => start.last_of_month(),
            Self::Year => start.last_of_year(),
        }
    }

    /// The start of the next stretch; none behind the last of the calendar.
    pub fn next(self, start: Date) -> Option<Date> {
        self.end(start).tomorrow().ok()
    }

    /// A stretch's name: `2025-03-18`, `2025-03`, `2025`; a week's is its Monday.
    pub fn name(self, start: Date) -> String {
        match self {
            Self::Day | Self::Week => start.to_string(),
            Self::Month => format!("{:04}-{:02}", start.year(), start.month()),
            Self::Year => format!("{:04}", start.year()),
        }
    }
}

/// What was counted by an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// For the start of each stretch in which anything lies and each value: how many; in order.
    pub counts: Vec<(Date, String, u64)>,
    /// How many match that have no day.
    pub undated: u64,
}

/// One line of a timeline: the counts of one value, or of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Series {
    /// The value; empty where all are counted together.
    pub name: String,
    /// How many in all.
    pub total: u64,
    /// How many in each stretch of the timeline.
    pub counts: Vec<u64>,
}

/// Counts over the stretches from the first to the last in which anything lies, empty ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// How long each stretch is.
    pub step: Step,
    /// The first day of each stretch.
    pub starts: Vec<Date>,
    /// The counts, the most frequent value first.
    pub series: Vec<Series>,
    /// How many there are in each stretch whatever the query, where that was asked for.
    pub whole: Option<Vec<u64>>,
    /// How many match that have no day, and are in none of the counts.
    pub undated: u64,
}

impl Timeline {
    /// A count as a share of all in its stretch, per thousand; nothing where all were not counted.
    pub fn per_thousand(&self, stretch: usize, count: u64) -> Option<f64> {
        let whole = *self.whole.as_ref()?.get(stretch)?;
        Some(if whole == 0 { 0.0 } else { count as f64 * 1000.0 / whole as f64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_day_lies_in_its_stretch_and_stretches_follow_each_other(days in 0i32..80_000) {
            let day = date(1900, 1, 1).checked_add(days.days()).unwrap();
            for step in [Step::Day, Step::Week, Step::Month, Step::Year] {
                let start = step.start(day);
                prop_assert!(start <= day && day <= step.end(start));
                prop_assert_eq!(step.start(step.end(start)), start);
                let next = step.next(start).unwrap();
                prop_assert_eq!(step.start(next), next);
                prop_assert_eq!(step.end(start).tomorrow().unwrap(), next);
            }
        }
    }
}
