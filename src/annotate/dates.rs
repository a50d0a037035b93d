//! Dates: every expression of time that means calendar days, with the days it means.
//!
//! One pass over the words. A word that can begin an expression (a month, a weekday, a year,
//! "last", "yesterday", a number) is tried against the rules; each rule reads on from there. Without
//! a publication day only expressions that stand by themselves are resolved.

mod rules;
mod words;

use crate::contract::{Annotator, Text};
use crate::model::{Annotations, DateMention, Span};

use rules::Finder;
use words::words;

/// Dates that a story speaks of.
pub(super) const DATES: Annotator =
    Annotator { name: "dates", doc: "which days, months and years are spoken of", annotate: find };

fn find(text: &Text<'_>, annotations: &mut Annotations) {
    let words = words(text.body);
    let finder = Finder {
        words: &words,
        published: text.published,
        english: text.language.is_empty() || text.language == "en",
    };
    let mut at = 0;
    while at < words.len() {
        match finder.at(at) {
            Some((taken, value)) => {
                let span = Span::new(words[at].start, words[at + taken - 1].end);
                if !annotations.asides.iter().any(|aside| aside.overlaps(span)) {
                    annotations.dates.push(DateMention { span, value });
                }
                at += taken;
            }
            None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The dates of a text published on Tuesday, 18 March 2025, as "words=value".
    fn dates(body: &str) -> Vec<String> {
        let text = Text { body, published: "2025-03-18".parse().ok(), ..Text::default() };
        let mut annotations = Annotations::default();
        find(&text, &mut annotations);
        let told = annotations.dates.iter();
        told.map(|date| format!("{}={}", date.span.of(body), date.value)).collect()
    }

    #[test]
    fn days_months_and_years_are_read_in_every_order() {
        for (text, expected) in [
            ("on March 18, 2024,", "March 18, 2024=2024-03-18"),
            ("on 18 March 2024", "18 March 2024=2024-03-18"),
            ("on the 18th of March 2024", "18th of March 2024=2024-03-18"),
            ("on Feb. 12 it", "Feb. 12=2025-02-12"),
            ("in February 2022.", "February 2022=2022-02"),
            ("elected in 2019, she", "2019=2019"),
            ("on 2025-02-03 at", "2025-02-03=2025-02-03"),
            ("It fell in October.", "October=2024-10"),
            ("It will fall in October.", "October=2025-10"),
            ("It will sail on March 25.", "March 25=2025-03-25"),
            ("since December", "December=2024-12"),
        ] {
            assert_eq!(dates(text), [expected], "{text}");
        }
    }

    #[test]
    fn relative_days_are_counted_from_publication() {
        for (text, expected) in [
            ("he said yesterday", "yesterday=2025-03-17"),
            ("he said on Monday", "Monday=2025-03-17"),
            ("he said Wednesday", "Wednesday=2025-03-12"),
            ("they will meet on Friday", "Friday=2025-03-21"),
            ("last Tuesday", "last Tuesday=2025-03-11"),
            ("next Friday", "next Friday=2025-03-21"),
            ("last week", "last week=2025-03-09/2025-03-15"),
            ("next month", "next month=2025-04"),
            ("this year", "this year=2025"),
            ("two years ago", "two years ago=2023"),
            ("three weeks ago", "three weeks ago=2025-02-23/2025-03-01"),
            ("ten days ago", "ten days ago=2025-03-08"),
            ("in the second quarter of 2024", "second quarter of 2024=2024-04-01/2024-06-30"),
        ] {
            assert_eq!(dates(text), [expected], "{text}");
        }
    }

    #[test]
    fn durations_ages_counts_and_names_are_no_dates() {
        for text in [
            "a 30-day truce",
            "the three-year-old war",
            "2014 people came",
            "2,014 ships",
            "Flight 2014",
            "Ms May said",
            "it may rain",
            "they march on",
            "a second look",
            "the March of Time",
            "12 of 30",
            "won 2-1",
            "Theresa May",
            "1999 dollars",
        ] {
            assert_eq!(dates(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn without_a_day_of_publication_only_full_dates_are_read() {
        let body = "on Monday, March 3, in 2014 and on 4 May 2020";
        let mut annotations = Annotations::default();
        find(&Text { body, ..Text::default() }, &mut annotations);
        let read: Vec<&str> = annotations.dates.iter().map(|date| date.span.of(body)).collect();
        assert_eq!(read, ["2014", "4 May 2020"]);
    }

    proptest! {
        #[test]
        fn any_text_gives_dates_in_order(body in "\\PC{0,60}|((last|next|on|in|March|May|18|2014|Monday|weeks|ago|the|3rd|,|\\.|-| )){0,30}") {
            let text = Text { body: &body, published: "2025-03-18".parse().ok(), ..Text::default() };
            let mut annotations = Annotations::default();
            find(&text, &mut annotations);
            let mut end = 0;
            for date in &annotations.dates {
                prop_assert!(date.span.start() >= end && !date.span.of(&body).is_empty());
                end = date.span.end();
            }
        }
    }
}
