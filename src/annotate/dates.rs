//! Finds the expressions of time in a story and the days they mean.
//!
//! Comes in: text and its day of publication. Goes out: mentions of days, months, years and ranges
//! of days. Vague words ("recently", "now") and durations are left alone.

mod absolute;
mod lexing;
mod reading;
mod relative;
mod tense;

use crate::contract::{Annotator, Text};
use crate::model::{Annotations, DateMention, Grain, Span};

use lexing::Sense;
use reading::{Expression, Reading};

/// Days, months, years and ranges that a story speaks of.
pub(super) const DATES: Annotator = Annotator {
    name: "dates",
    doc: "the days, months, years and ranges a story speaks of",
    annotate,
};

fn annotate(text: &Text<'_>, annotations: &mut Annotations) {
    let tokens = lexing::tokens(text.body);
    let english = text.language.is_empty() || text.language == "en";
    let published = text.published.filter(|_| english);
    let mut reading = Reading { text: text.body, tokens: &tokens, published, last: None };
    let (mut at, mut free) = (0, 0);
    while at < tokens.len() {
        let Some(found) = expression(&reading, at).filter(|found| found.from >= free) else {
            at += 1;
            continue;
        };
        let span = Span::new(tokens[found.from].start, tokens[found.to - 1].end);
        annotations.dates.push(DateMention { span, value: found.value });
        if found.value.grain() == Grain::Day {
            reading.last = Some(found.value.first());
        }
        (at, free) = (found.to, found.to);
    }
}

/// Reads the expression whose leading word stands at a token.
fn expression(reading: &Reading<'_>, at: usize) -> Option<Expression> {
    match reading.tokens[at].sense {
        Sense::Other | Sense::The | Sense::Past | Sense::Future => None,
        Sense::Month(_) => reading.holiday(at).or_else(|| reading.month_first(at)),
        Sense::Number(..) | Sense::Nth(_) => {
            reading.day_first(at).or_else(|| reading.year(at)).or_else(|| reading.counted(at))
        }
        Sense::Decade(_) => reading.decade(at),
        Sense::Weekday(_) => reading.weekday(at),
        Sense::Today(days) => reading.today(at, days),
        Sense::Turn(step) => reading.turn(at, step),
        Sense::Count(_) | Sense::A => reading.counted(at),
        Sense::Ordinal(_) => reading.part_of_year(at),
        Sense::Season(_) => reading.season(at),
        Sense::Nineteen => reading.spelled_year(at),
        Sense::Feast => reading.holiday(at),
        Sense::Unit(_) => reading.year_earlier(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// What is found in a story of Tuesday, 18 March 2025.
    fn found(body: &str) -> Vec<(String, String)> {
        let mut annotations = Annotations::default();
        let published = Some(date(2025, 3, 18));
        annotate(&Text { title: "", body, published, language: "en" }, &mut annotations);
        let dates = annotations.dates.iter();
        dates.map(|d| (d.span.of(body).to_owned(), d.value.to_string())).collect()
    }

    fn values(body: &str) -> Vec<String> {
        found(body).into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn a_day_is_read_in_every_explicit_form() {
        for form in
            ["March 18, 2025", "18 March 2025", "2025-03-18", "Tuesday, March 18", "18th of March"]
        {
            assert_eq!(values(&format!("The bridge opened on {form}.")), ["2025-03-18"], "{form}");
        }
        assert_eq!(values("They met on Feb. 12."), ["2025-02-12"]);
        assert_eq!(values("It ran between March 3 and 7."), ["2025-03-03/2025-03-07"]);
        assert_eq!(values("It ran the week of March 10."), ["2025-03-09/2025-03-15"]);
        assert_eq!(values("It ran March 3-7."), ["2025-03-03/2025-03-07"]);
    }

    #[test]
    fn tense_tells_the_direction_of_a_weekday_and_a_month() {
        assert_eq!(values("The council voted on Friday."), ["2025-03-14"]);
        assert_eq!(values("The council will meet on Friday."), ["2025-03-21"]);
        assert_eq!(values("The mill closed in October."), ["2024-10"]);
        assert_eq!(values("The mill will close in October."), ["2025-10"]);
    }

    #[test]
    fn words_against_the_day_of_the_story_are_counted_from_it() {
        assert_eq!(values("It rained yesterday."), ["2025-03-17"]);
        assert_eq!(values("It rained last week."), ["2025-03-09/2025-03-15"]);
        assert_eq!(values("It rained three weeks ago."), ["2025-02-23/2025-03-01"]);
        assert_eq!(values("It rained ten days ago."), ["2025-03-08"]);
        assert_eq!(values("It rained two years ago."), ["2023"]);
        assert_eq!(
            values("They met on March 3. Two days later it rained."),
            ["2025-03-03", "2025-03-05"]
        );
        assert_eq!(values("Sales fell in the third quarter of 2024."), ["2024-07-01/2024-09-30"]);
    }

    #[test]
    fn years_decades_and_holidays_are_read() {
        assert_eq!(values("It ran from 2014 to 2018."), ["2014-01-01/2018-12-31"]);
        assert_eq!(values("It was built in the 1990s."), ["1990-01-01/1999-12-31"]);
        assert_eq!(values("It fell in nineteen ninety-six."), ["1996"]);
        assert_eq!(values("It fell in nineteen eighty."), ["1980"]);
        assert_eq!(values("They met on Christmas Eve."), ["2024-12-24"]);
        assert_eq!(values("They met on New Year's Day."), ["2025-01-01"]);
    }

    #[test]
    fn what_only_looks_like_a_date_is_left_alone() {
        for body in [
            "A 30-day truce held.",
            "The three-year-old slept.",
            "Some 2,014 people came.",
            "About 2000 troops left.",
            "Mrs May said so.",
            "They may march.",
            "It cost $1999.",
            "He sat in the sun for a second.",
            "Flight 1847 landed.",
        ] {
            assert_eq!(found(body), [], "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_rising_spans_at_char_boundaries(
            words in prop::collection::vec("May|March|18|2014|last|week|ago|two|’|é|, |\\.|-|1990s|Tuesday|the|year|[ a-z\n]|\\PC{0,4}", 0..24),
            spaced in any::<bool>(),
        ) {
            let body = words.join(if spaced { " " } else { "" });
            let mut annotations = Annotations::default();
            let text = Text { title: "", body: &body, published: Some(date(2025, 3, 18)), language: "" };
            annotate(&text, &mut annotations);
            let mut end = 0;
            for mention in &annotations.dates {
                prop_assert!(mention.span.start() >= end && !mention.span.of(&body).is_empty());
                end = mention.span.end();
            }
        }

        #[test]
        fn any_day_in_any_form_is_read_back(year in 1900i16..2090, month in 1i8..=12, day in 1i8..=28) {
            let day = date(year, month, day);
            for form in ["%B %-d, %Y", "%-d %B %Y", "%Y-%m-%d", "%b. %-d, %Y"] {
                prop_assert_eq!(values(&format!("on {}.", day.strftime(form))), [day.to_string()]);
            }
        }
    }
}
