//! Finds the expressions of time in a story and the days they mean.
//!
//! Comes in: text and its day of publication. Goes out: mentions of days, months, years and ranges
//! of days. Vague words ("recently", "now") and durations are left alone.

mod absolute;
mod lexing;
mod loose;
mod numeric;
mod ranges;
mod reading;
mod relative;
mod rules;
mod tense;

use crate::contract::{Annotator, Text};
use crate::model::{Annotations, DateMention, Grain, Span};

use reading::{Expression, Reading};

/// Days, months, years and ranges that a story speaks of.
pub(super) const DATES: Annotator = Annotator {
    name: "dates",
    doc: "the days, months, years and ranges a story speaks of",
    annotate,
};

fn annotate(text: &Text<'_>, annotations: &mut Annotations) {
    let tokens = lexing::tokens(text.body);
    let english = text.language.is_empty() || text.language.starts_with("en");
    let published = text.published.filter(|_| english);
    let mut reading = Reading::new(&tokens, published, text);
    let (mut at, mut free) = (0, 0);
    while at < tokens.len() {
        let Some((rule, found)) = rules::read(&reading, at).filter(|(_, found)| found.from >= free)
        else {
            at += 1;
            continue;
        };
        let mut keep = |rule, found: &Expression| {
            let span = Span::new(tokens[found.from].start, tokens[found.to - 1].end);
            annotations.dates.push(DateMention { span, value: found.value, rule });
        };
        if let Some(range) = reading.range(rule, &found) {
            // What stands at its ends is spoken of too.
            keep("range", &range.whole);
            keep(rule, &range.first);
            keep(rule, &range.last);
            (at, free) = (range.last.to, range.last.to);
            continue;
        }
        keep(rule, &found);
        if found.value.grain() == Grain::Day {
            reading.last = Some(found.value.first());
        }
        // What a period is set against is not the one that the story goes on to speak of.
        if !matches!(rule, "year-earlier" | "counted") {
            reading.period = Some((found.value, found.to));
        }
        (at, free) = (found.to, found.to);
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
        annotate(&Text { body, published, language: "en", ..Text::default() }, &mut annotations);
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
        assert_eq!(values("It ran from 2014 to 2018."), ["2014-01-01/2018-12-31", "2014", "2018"]);
        assert_eq!(values("It was built in the 1990s."), ["1990-01-01/1999-12-31"]);
        assert_eq!(values("It fell in nineteen ninety-six."), ["1996"]);
        assert_eq!(values("It fell in nineteen eighty."), ["1980"]);
        assert_eq!(values("It ends by the year two thousand."), ["2000"]);
        assert_eq!(values("In the year two thousand and five it ended."), ["2005"]);
        assert_eq!(values("It ends by year's end."), ["2025"]);
        assert_eq!(values("They talked of the leaders of tomorrow."), [""; 0]);
        assert_eq!(values("They wanted 2026 Nordwire earnings."), ["2026"]);
        assert_eq!(values("They changed to a fiscal year."), [""; 0]);
        assert_eq!(values("They met on Christmas Eve."), ["2024-12-24"]);
        assert_eq!(values("They met on New Year's Day."), ["2025-01-01"]);
        assert_eq!(values("They met on Valentine's Day."), ["2025-02-14"]);
        assert_eq!(values("They will meet on the Fourth of July."), ["2025-07-04"]);
        assert_eq!(values("They will meet on Mother's Day."), ["2025-05-11"]);
        assert_eq!(values("They met on the second Tuesday of June 2024."), ["2024-06-11"]);
        assert_eq!(values("They met on the last Friday in May 2024."), ["2024-05-31"]);
        assert_eq!(values("It fell in the fiscal year 2024."), ["2024"]);
        assert_eq!(values("It fell a decade ago."), ["2015"]);
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

    #[test]
    fn days_in_digits_take_the_order_that_the_text_tells() {
        assert_eq!(values("They met on 18/3/2025."), ["2025-03-18"]);
        assert_eq!(values("They met on 3/18/2025."), ["2025-03-18"]);
        for form in ["18.03.2025", "2025/03/18", "18-Mar-2025", "2025-03-18T08:15:00Z"] {
            assert_eq!(values(&format!("They met on {form}.")), ["2025-03-18"], "{form}");
        }
        assert_eq!(values("They met on 4/3/2025 and 18/3/2025."), ["2025-03-04", "2025-03-18"]);
        assert_eq!(values("They met on 4/3/2025 and March 18."), ["2025-04-03", "2025-03-18"]);
        assert_eq!(values("They met on 4/3/2025."), [""; 0]);
    }

    #[test]
    fn days_in_digits_take_the_order_of_the_outlet_where_the_text_tells_none() {
        let value = |source, body: &str| {
            let mut found = Annotations::default();
            annotate(&Text { body, source, language: "en", ..Text::default() }, &mut found);
            found.dates.last().map(|mention| mention.value.to_string())
        };
        for (source, body, day) in [
            ("Associated Press", "They met on 4/3/2025.", Some("2025-04-03")),
            ("The Guardian", "They met on 4/3/2025.", Some("2025-03-04")),
            ("Associated Press", "They met on 18/3/2025 and 4/3/2025.", Some("2025-03-04")),
            ("Nobody Knows", "They met on 4/3/2025.", None),
        ] {
            assert_eq!(value(source, body).as_deref(), day, "{source}: {body}");
        }
    }

    #[test]
    fn a_day_alone_lies_in_the_month_that_the_tense_points_to() {
        assert_eq!(values("They met on the 3rd."), ["2025-03-03"]);
        assert_eq!(values("They met on the 20th."), ["2025-02-20"]);
        assert_eq!(values("They will meet on the 3rd."), ["2025-04-03"]);
        assert_eq!(values("He lives on the 3rd floor."), [""; 0]);
    }

    #[test]
    fn ranges_stay_ranges() {
        assert_eq!(values("It ran 3-7 March."), ["2025-03-03/2025-03-07"]);
        assert_eq!(values("It ran between 3 and 7 March."), ["2025-03-03/2025-03-07"]);
        assert_eq!(values("It ran in 2014-18."), ["2014-01-01/2018-12-31"]);
        assert_eq!(values("It ran in 2014/15."), ["2014-01-01/2015-12-31"]);
        assert_eq!(values("It ran 10 to 12 March."), ["2025-03-10/2025-03-12"]);
        for (body, value) in [
            ("It ran between 2014 and 2018.", "2014-01-01/2018-12-31"),
            ("It ran from December 30, 2023, to April 5, 2024.", "2023-12-30/2024-04-05"),
            ("It ran from December 3 to April 5, 2024.", "2023-12-03/2024-04-05"),
            ("It ran from March 3 to April 5, 2024.", "2024-03-03/2024-04-05"),
            ("It ran March 30-April 2, 2024.", "2024-03-30/2024-04-02"),
            ("It ran from March 2014 to May 2015.", "2014-03-01/2015-05-31"),
            ("It ran from Monday to Tuesday.", "2025-03-17/2025-03-18"),
        ] {
            assert_eq!(values(body)[0], value, "{body}");
            assert_eq!(values(body).len(), 3, "{body}");
        }
        assert_eq!(values("It began in the 19th century."), ["1801-01-01/1900-12-31"]);
        assert_eq!(
            values("It began in the mid-1990s and the '80s."),
            ["1990-01-01/1999-12-31", "1980-01-01/1989-12-31"]
        );
    }

    #[test]
    fn seasons_stand_bare_and_follow_the_tense() {
        assert_eq!(values("The mill closed in summer."), ["2024-06-01/2024-08-31"]);
        assert_eq!(values("The mill will close in the summer."), ["2025-06-01/2025-08-31"]);
        assert_eq!(values("It closed this winter."), ["2024-12-01/2025-02-28"]);
        assert_eq!(values("They sat in the spring water."), [""; 0]);
    }

    #[test]
    fn a_year_may_lead_a_noun_and_be_spoken_of_loosely() {
        assert_eq!(values("The 1996 campaign failed."), ["1996"]);
        assert_eq!(values("The 1971 treaty held."), ["1971"]);
        assert_eq!(values("It fell in June last year."), ["2024-06"]);
        assert_eq!(values("It fell for the full year."), ["2025"]);
        assert_eq!(values("It ends by the end of the year."), ["2025"]);
        assert_eq!(values("The bond will fall due in five years."), ["2030"]);
        assert_eq!(values("The woman of the year sang."), [""; 0]);
        assert_eq!(values("It was the first in five years."), [""; 0]);
    }

    #[test]
    fn words_against_another_day_are_counted_from_it() {
        assert_eq!(values("They met on March 3. It rained the same day."), ["2025-03-03"; 2]);
        assert_eq!(values("They met on May 3, 2014. That year it rained."), ["2014-05-03", "2014"]);
        assert_eq!(
            values("They met on March 13. The following day it rained."),
            ["2025-03-13", "2025-03-14"]
        );
        assert_eq!(values("They spoke the day after the vote."), [""; 0]);
    }

    #[test]
    fn a_year_earlier_is_the_same_quarter_where_a_quarter_is_spoken_of() {
        let body = "Profit in the third quarter rose from $2 million a year earlier, and in the \
                    year-earlier period costs fell.";
        let quarter = "2023-07-01/2023-09-30";
        assert_eq!(values(body), ["2024-07-01/2024-09-30", quarter, quarter]);
        assert_eq!(values("Profit rose from $2 million a year earlier."), ["2024"]);
    }

    #[test]
    fn what_follows_and_precedes_is_counted_from_what_was_spoken_of() {
        for (body, value) in [
            ("It shut in May 2014. The following month it opened.", "2014-06"),
            ("It shut in 2014. That year it rained.", "2014"),
            ("It shut on March 14. It was open the previous Friday.", "2025-03-07"),
        ] {
            assert_eq!(values(body).last().map(String::as_str), Some(value), "{body}");
        }
    }

    #[test]
    fn a_record_set_on_a_day_is_past_and_a_vote_set_for_one_is_not() {
        assert_eq!(values("The record was set on Friday."), ["2025-03-14"]);
        assert_eq!(values("The vote is set for Friday."), ["2025-03-21"]);
        assert_eq!(values("The two meet on Friday."), ["2025-03-21"]);
    }

    #[test]
    fn each_mention_tells_its_rule() {
        let mut annotations = Annotations::default();
        let published = Some(date(2025, 3, 18));
        let body = "It rained on Monday, in March 2024 and three weeks ago.";
        annotate(&Text { body, published, language: "en", ..Text::default() }, &mut annotations);
        let rules: Vec<_> = annotations.dates.iter().map(|mention| mention.rule).collect();
        assert_eq!(rules, ["weekday", "month", "counted"]);
    }

    #[test]
    fn every_weekday_is_read_back_in_either_direction() {
        for step in 1..7 {
            let (back, on) = (date(2025, 3, 18 - step), date(2025, 3, 18 + step));
            assert_eq!(values(&format!("It rained {}.", back.strftime("%A"))), [back.to_string()]);
            let ahead = format!("It will rain on {}.", on.strftime("%A"));
            assert_eq!(values(&ahead), [on.to_string()]);
        }
    }

    #[test]
    fn month_ends_leap_days_and_year_ends_are_read_back() {
        for year in 1900..2100 {
            for month in 1..=12 {
                let day = date(year, month, 1).last_of_month();
                assert_eq!(
                    values(&format!("on {}.", day.strftime("%B %-d, %Y"))),
                    [day.to_string()]
                );
            }
        }
        // No such day; the year is spoken of all the same.
        assert_eq!(values("on February 29, 2025."), ["2025"]);
    }

    proptest! {
        #[test]
        fn any_text_gives_rising_spans_at_char_boundaries(
            words in prop::collection::vec("May|March|18|2014|last|week|ago|two|’|é|, |\\.|-|1990s|Tuesday|the|year|[ a-z\n]|\\PC{0,4}", 0..24),
            spaced in any::<bool>(),
        ) {
            let body = words.join(if spaced { " " } else { "" });
            let mut annotations = Annotations::default();
            let published = Some(date(2025, 3, 18));
            let text = Text { body: &body, published, ..Text::default() };
            annotate(&text, &mut annotations);
            let mut start = 0;
            for mention in &annotations.dates {
                prop_assert!(mention.span.start() >= start && !mention.span.of(&body).is_empty());
                start = mention.span.start();
            }
        }

        #[test]
        fn any_day_in_any_form_is_read_back(year in 1900i16..2090, month in 1i8..=12, day in 1i8..=31) {
            let month_end = date(year, month, 1).last_of_month().day();
            let day = date(year, month, day.min(month_end));
            for form in [
                "%B %-d, %Y", "%-d %B %Y", "%Y-%m-%d", "%b. %-d, %Y", "%A, %B %-d, %Y", "%-d %b %Y",
            ] {
                prop_assert_eq!(values(&format!("on {}.", day.strftime(form))), [day.to_string()]);
            }
        }
    }
}
