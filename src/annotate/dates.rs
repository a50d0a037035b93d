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
        Sense::Feast => reading.holiday(at),
        Sense::Unit(_) => reading.year_earlier(at),
        _ => None,
    }
}
