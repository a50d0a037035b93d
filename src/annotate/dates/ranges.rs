//! Ranges between two days, months or years: "from March 3 to April 5".
//!
//! Comes in: an expression. Goes out: the range that it opens, with its last day, month or year.

use jiff::civil::Date;

use super::lexing::{Gap, Sense};
use super::reading::{Expression, Reading};
use super::rules;
use crate::model::{Grain, Period};

/// Rules whose expressions may stand at the ends of a range.
const ENDS: &[&str] = &["month", "day-month", "year", "weekday"];

/// A range and what stands at its ends.
pub(super) struct Range {
    pub(super) whole: Expression,
    pub(super) first: Expression,
    pub(super) last: Expression,
}

impl Reading<'_> {
    /// "from 2014 to 2018", "between March 3 and April 5", "March 30-April 2".
    pub(super) fn range(&self, rule: &str, first: &Expression) -> Option<Range> {
        let last = self.end_of_range(rule, first)?;
        let opened = self.opened(first);
        let begins = if self.names_its_year(first) {
            first.value.first()
        } else {
            with_year_of(first.value.first(), last.value.last())?
        };
        let value = Period::range(begins, last.value.last())?;
        let named = match first.value.grain() {
            Grain::Day => Period::day(begins),
            Grain::Month => Period::month(begins),
            _ => first.value,
        };
        let whole = Expression { from: first.from - usize::from(opened), to: last.to, value };
        let first = Expression { from: first.from, to: first.to, value: named };
        (begins < last.value.first()).then_some(Range { whole, first, last })
    }

    fn end_of_range(&self, rule: &str, first: &Expression) -> Option<Expression> {
        if !ENDS.contains(&rule) || first.value.grain() == Grain::Range {
            return None;
        }
        let next = self.tokens.get(first.to)?;
        let at = match next.sense {
            Sense::Month(_) if next.gap == Gap::Hyphen => first.to,
            Sense::To | Sense::Until if self.before(first.from) == Some(Sense::From) => {
                first.to + 1
            }
            Sense::And if self.before(first.from) == Some(Sense::Between) => first.to + 1,
            _ => return None,
        };
        self.tokens.get(at)?;
        let (rule, last) = rules::read(self, at)?;
        let ends = ENDS.contains(&rule) && last.from == at;
        (ends && last.value.grain() != Grain::Range).then_some(last)
    }

    fn opened(&self, first: &Expression) -> bool {
        matches!(self.before(first.from), Some(Sense::From | Sense::Between))
    }

    fn names_its_year(&self, found: &Expression) -> bool {
        let is_year = |token: usize| matches!(self.tokens[token].sense, Sense::Number(_, 4));
        found.value.grain() == Grain::Year || (found.from..found.to).any(is_year)
    }
}

/// The same day of the year in which it comes before another within twelve months.
fn with_year_of(day: Date, last: Date) -> Option<Date> {
    let within = |year: i16| Date::new(year, day.month(), day.day()).ok();
    within(last.year()).filter(|day| *day <= last).or_else(|| within(last.year() - 1))
}
