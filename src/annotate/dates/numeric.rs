//! Days written in digits alone: "18/3/2025", "3/18/2025", and "the 18th".
//!
//! Comes in: digits. Goes out: the day, where the order of day and month is told by the numbers, by
//! the language, by the way this text writes its other days, or by its outlet; else nothing.

use jiff::civil::Date;

use super::lexing::{Gap, Sense};
use super::reading::{Expression, Order, Reading};
use crate::model::Period;
use crate::text::calendar::{add_months, days_between};
use crate::text::outlets;

impl Reading<'_> {
    /// "18/3/2025", "3/18/2025", "18.03.2025".
    pub(super) fn slashed(&self, at: usize) -> Option<Expression> {
        if matches!(self.tokens[at].gap, Gap::Slash | Gap::Point) {
            return None;
        }
        // Only where the day stands first are dots written.
        if let Some((day, month, year)) = self.parts(at, Gap::Point) {
            let value = Period::day(Date::new(year, month, day).ok()?);
            return Some(Expression { from: self.with_weekday(at), to: at + 3, value });
        }
        let (one, two, year) = self.slashes(at)?;
        let day = match (one > 12, two > 12) {
            (true, false) => Date::new(year, two, one),
            (false, true) => Date::new(year, one, two),
            _ if one == two => Date::new(year, one, two),
            _ => match self.order()? {
                Order::DayFirst => Date::new(year, two, one),
                Order::MonthFirst => Date::new(year, one, two),
            },
        };
        let value = Period::day(day.ok()?);
        Some(Expression { from: self.with_weekday(at), to: at + 3, value })
    }

    fn slashes(&self, at: usize) -> Option<(i8, i8, i16)> {
        self.parts(at, Gap::Slash)
    }

    /// Two numbers and a year with one mark between.
    fn parts(&self, at: usize, mark: Gap) -> Option<(i8, i8, i16)> {
        let one = self.tokens.get(at).and_then(|token| match token.sense {
            Sense::Number(one @ 1..=31, 1..=2) => i8::try_from(one).ok(),
            _ => None,
        })?;
        let two = self.tokens.get(at + 1).filter(|two| two.gap == mark)?;
        let Sense::Number(two @ 1..=31, 1..=2) = two.sense else { return None };
        Some((one, i8::try_from(two).ok()?, self.year_at(at + 2, &[mark])?))
    }

    /// Whether this text puts the day or the month first; looked for once. The text itself tells
    /// more than who published it, which may be somebody else's copy.
    fn order(&self) -> Option<Order> {
        *self.order.get_or_init(|| match self.language {
            "en-US" => Some(Order::MonthFirst),
            "" | "en" => self.habit().or_else(|| self.custom()),
            _ => Some(Order::DayFirst),
        })
    }

    /// The outlet's own order.
    fn custom(&self) -> Option<Order> {
        let month_first = outlets::month_first(self.source)?;
        Some(if month_first { Order::MonthFirst } else { Order::DayFirst })
    }

    /// The first place of the text that leaves no doubt.
    fn habit(&self) -> Option<Order> {
        (0..self.tokens.len()).find_map(|at| {
            if let Some((one, two, _)) = self.slashes(at).filter(|&(one, two, _)| one != two) {
                return match (one > 12, two > 12) {
                    (true, false) => Some(Order::DayFirst),
                    (false, true) => Some(Order::MonthFirst),
                    _ => None,
                };
            }
            let Sense::Month(_) = self.tokens[at].sense else { return None };
            if self.day_at(at + 1, &[Gap::Space, Gap::Dot]).is_some() {
                return Some(Order::MonthFirst);
            }
            at.checked_sub(1)
                .and_then(|before| self.day_at(before, &[Gap::Space]))
                .filter(|_| self.tokens[at].gap == Gap::Space)
                .map(|_| Order::DayFirst)
        })
    }

    /// "the 18th", "on the 3rd": of the month that the tense points to.
    pub(super) fn day_alone(&self, at: usize) -> Option<Expression> {
        let Sense::Nth(day) = self.tokens[at].sense else { return None };
        let on = self.before(at) == Some(Sense::The) && self.names_a_place_in_time(at - 1);
        let next = self.tokens.get(at + 1);
        let noun = next.is_some_and(|next| {
            matches!(next.gap, Gap::Space | Gap::Hyphen)
                && (next.capital || matches!(next.sense, Sense::Other | Sense::Unit(_) | Sense::Of))
        });
        if !on || noun {
            return None;
        }
        let today = self.published?;
        let month = today.first_of_month();
        let days = [-1, 0, 1].into_iter().filter_map(|step| {
            let month = add_months(month, step)?;
            Date::new(month.year(), month.month(), day).ok()
        });
        let ahead = self.ahead(at, at + 1).unwrap_or(false);
        let fits = days.filter(|&d| if ahead { d >= today } else { d <= today });
        let nearest = fits.min_by_key(|&d| days_between(today, d).abs())?;
        Some(Expression { from: at - 1, to: at + 1, value: Period::day(nearest) })
    }

    fn names_a_place_in_time(&self, at: usize) -> bool {
        matches!(
            self.before(at),
            Some(Sense::On | Sense::Until | Sense::From | Sense::To) | Some(Sense::In)
        )
    }
}
