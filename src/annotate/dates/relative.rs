//! Expressions that mean a day only against another: the story's, or the one last spoken of.
//!
//! Comes in: a weekday, "last", "ago" and their like. Goes out: what they mean; nothing where the
//! story's day is not known.

use jiff::civil::Date;

use super::lexing::{Gap, Sense, Unit};
use super::reading::{Expression, Reading};
use crate::model::Period;
use crate::text::calendar::{add_days, add_months, half, months, quarter, season, week};

impl Reading<'_> {
    /// "Tuesday", "Saturday night"; past unless the tense points ahead.
    pub(super) fn weekday(&self, at: usize) -> Option<Expression> {
        let Sense::Weekday(weekday) = self.tokens[at].sense else { return None };
        if self.every(at) || self.day_behind(at) {
            return None;
        }
        let today = self.published?;
        let ahead = self.ahead(at, at + 1).unwrap_or(false);
        let value = Period::day(nearest_weekday(today, weekday, ahead)?);
        Some(Expression { from: at, to: self.with_part(at + 1), value })
    }

    /// Whether the day of the calendar follows: "Tuesday, March 18", "Tuesday 18 March 2025".
    fn day_behind(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        if !matches!(next.gap, Gap::Space | Gap::Comma | Gap::Dot) {
            return false;
        }
        match next.sense {
            Sense::Month(_) => self.day_at(at + 2, &[Gap::Space, Gap::Dot]).is_some(),
            Sense::Number(..) | Sense::Nth(_) => {
                self.day_first(at + 1).is_some() || self.slashed(at + 1).is_some()
            }
            _ => false,
        }
    }

    /// "today", "yesterday morning", "tonight".
    pub(super) fn today(&self, at: usize, days: i8) -> Option<Expression> {
        // "The leaders of tomorrow" lead on no day of the calendar.
        if days > 0 && self.before(at) == Some(Sense::Of) && self.word(at - 2) != "as" {
            return None;
        }
        let value = Period::day(add_days(self.published?, i64::from(days))?);
        Some(Expression { from: at, to: self.with_part(at + 1), value })
    }

    /// "last week", "next Friday", "this morning", "last night".
    pub(super) fn turn(&self, at: usize) -> Option<Expression> {
        let Sense::Turn(step) = self.tokens[at].sense else { return None };
        let story = self.published?;
        let next = self.joined(at + 1)?;
        // "The following day" and "the previous Friday" follow and precede what was spoken of.
        let follows =
            ["following", "previous"].iter().any(|w| self.word(at).eq_ignore_ascii_case(w));
        let spoken = match next {
            Sense::Unit(unit) => self.spoken(unit),
            _ => self.last,
        };
        let (today, move_by) = (spoken.filter(|_| follows).unwrap_or(story), i64::from(step));
        let mut to = at + 2;
        let value = match next {
            Sense::Unit(unit) if self.word(at + 1).ends_with('s') || unit == Unit::Half => {
                return None;
            }
            Sense::Unit(unit) => turned(today, unit, move_by)?,
            Sense::Part => Period::day(add_days(today, move_by)?),
            Sense::Weekday(weekday) => {
                to = self.with_part(to);
                Period::day(match step {
                    -1 => nearest_weekday(add_days(today, -1)?, weekday, false)?,
                    0 => nearest_weekday(today, weekday, self.ahead(at, to).unwrap_or(true))?,
                    _ => nearest_weekday(add_days(today, 1)?, weekday, true)?,
                })
            }
            Sense::Month(month) => {
                let year = match step {
                    -1 if month >= today.month() => today.year() - 1,
                    1 if month <= today.month() => today.year() + 1,
                    _ => today.year(),
                };
                let day = self.day_at(to, &[Gap::Space, Gap::Dot]);
                let date = Date::new(year, month, day.unwrap_or(1)).ok()?;
                to += usize::from(day.is_some());
                if day.is_some() { Period::day(date) } else { Period::month(date) }
            }
            Sense::Season(part) => turned_season(today, part, step)?,
            _ => return None,
        };
        Some(Expression { from: at, to, value })
    }

    /// "three weeks ago", "a year earlier", "two days later".
    pub(super) fn counted(&self, at: usize) -> Option<Expression> {
        let count = self.count_at(at)?;
        let (count, unit) = match self.joined(at + 1)? {
            Sense::Unit(Unit::Decade) => (count * 10, Unit::Year),
            Sense::Unit(unit) => (count, unit),
            _ => return None,
        };
        let today = self.published?;
        let opens = self.sentence_starts(at) && self.tokens[at].capital;
        if count == 1
            && !opens
            && unit == Unit::Year
            && matches!(self.joined(at + 2)?, Sense::Ago | Sense::Earlier)
            && self.word(at + 2) != "before"
            && let Some(value) = self.quarter_earlier(at)
        {
            return Some(Expression { from: at, to: at + 3, value });
        }
        let (base, step) = match self.joined(at + 2)? {
            Sense::Ago => (today, -count),
            _ if self.tokens[at + 2].gap == Gap::Space && self.word(at + 2) == "before" => {
                return None;
            }
            _ if self.word(at + 2) == "after" => return None,
            Sense::Earlier => (self.last.filter(|_| unit != Unit::Year).unwrap_or(today), -count),
            Sense::Later => (self.last?, count),
            _ => return None,
        };
        Some(Expression { from: at, to: at + 3, value: turned(base, unit, step)? })
    }

    /// "year-earlier", "year ago", "year-end", "fiscal year".
    pub(super) fn year_earlier(&self, at: usize) -> Option<Expression> {
        let year = self.tokens[at].sense == Sense::Unit(Unit::Year) && self.word(at) == "year";
        let today = self.published.filter(|_| year)?;
        let (years, to) = match self.joined(at + 1) {
            Some(Sense::Ago | Sense::Earlier) if self.word(at + 1) != "before" => {
                if let Some(value) = self.quarter_earlier(at) {
                    return Some(Expression { from: at, to: at + 2, value });
                }
                (-1, at + 2)
            }
            Some(Sense::End) => (0, at + 2),
            // "Year's end".
            _ if self.word(at + 1) == "s" && self.joined(at + 2) == Some(Sense::End) => (0, at + 3),
            // "A fiscal year" is any.
            _ if self.before(at) == Some(Sense::Fiscal)
                && self.before(at - 1) != Some(Sense::A)
                && self.year_at(at + 1, &[Gap::Space]).is_none() =>
            {
                (0, at + 1)
            }
            _ => return None,
        };
        let from = if to == at + 1 { at - 1 } else { at };
        let value = Period::year(add_months(today, 12 * years)?);
        Some(Expression { from, to, value })
    }

    /// "the third quarter of 2024", "first half".
    pub(super) fn part_of_year(&self, at: usize) -> Option<Expression> {
        let Sense::Ordinal(nth) = self.tokens[at].sense else { return None };
        let of = self.joined(at + 2) == Some(Sense::Of);
        let named = if of { self.year_at(at + 3, &[Gap::Space]) } else { None };
        let to = if named.is_some() { at + 4 } else { at + 2 };
        let unit = self.joined(at + 1)?;
        let year = match named {
            Some(year) => year,
            None => {
                let today = self.published?;
                let started = match unit {
                    Sense::Unit(Unit::Quarter) => nth * 3 - 2 <= today.month(),
                    _ => nth * 6 - 5 <= today.month(),
                };
                let ahead = started || self.ahead(at, to) == Some(true);
                if ahead { today.year() } else { today.year() - 1 }
            }
        };
        let value = match unit {
            Sense::Unit(Unit::Quarter) => quarter(year, nth)?,
            Sense::Unit(Unit::Half)
                if nth <= 2 && (named.is_some() || self.word(at + 2) == "of") =>
            {
                half(year, nth)?
            }
            _ => return None,
        };
        Some(Expression { from: at, to, value })
    }

    /// "summer 2024", "the summer of 2024".
    pub(super) fn season(&self, at: usize) -> Option<Expression> {
        let Sense::Season(part) = self.tokens[at].sense else { return None };
        let of = usize::from(self.joined(at + 1) == Some(Sense::Of));
        if let Some(year) = self.year_at(at + 1 + of, &[Gap::Space]) {
            let value = season(year, part)?;
            return Some(Expression { from: self.with_about(at), to: at + 2 + of, value });
        }
        self.bare_season(at, part)
    }

    /// "in spring", "in the summer": the last one begun unless the tense points ahead.
    fn bare_season(&self, at: usize, part: i8) -> Option<Expression> {
        let today = self.published?;
        let the = usize::from(self.before(at) == Some(Sense::The));
        let inside = at > the && self.before(at - the) == Some(Sense::In);
        let alone = !matches!(self.joined(at + 1), Some(Sense::Other | Sense::Of));
        let fall = self.word(at).eq_ignore_ascii_case("fall") && the == 0;
        if !inside || !alone || fall {
            return None;
        }
        let ahead = self.ahead(at, at + 1) == Some(true);
        let near = [-1, 0, 1].into_iter().filter_map(|step| season(today.year() + step, part));
        let value = match ahead {
            true => near.into_iter().find(|season| season.last() >= today),
            false => near.rev().find(|season| season.first() <= today),
        };
        Some(Expression { from: self.with_about(at), to: at + 1, value: value? })
    }
}

impl Reading<'_> {
    /// A day of the stretch of the calendar last spoken of, where one of a unit holds all of it.
    pub(super) fn spoken(&self, unit: Unit) -> Option<Date> {
        let within = |(period, _): &(Period, usize)| {
            let whole = turned(period.first(), unit, 0)?;
            (period.last() <= whole.last()).then_some(period.first())
        };
        match unit {
            Unit::Day | Unit::Week | Unit::Weekend => self.last,
            _ => self.period.as_ref().and_then(within).or(self.last),
        }
    }

    /// The same quarter a year before the one spoken of just before: "third-quarter profit rose from
    /// $2 million a year earlier".
    fn quarter_earlier(&self, at: usize) -> Option<Period> {
        const REACH: usize = 60;
        let (period, _) = self.period.filter(|(_, end)| at - end <= REACH)?;
        let this = turned(period.first(), Unit::Quarter, 0)?;
        let whole = this.first() == period.first() && this.last() == period.last();
        turned(add_months(period.first(), -12)?, Unit::Quarter, 0).filter(|_| whole)
    }
}

/// The last such weekday up to a day, or the first from it on.
fn nearest_weekday(day: Date, weekday: i8, ahead: bool) -> Option<Date> {
    let now = i64::from(day.weekday().to_sunday_zero_offset());
    let on = (i64::from(weekday) - now).rem_euclid(7);
    add_days(day, if ahead || on == 0 { on } else { on - 7 })
}

/// The stretch of the calendar that lies some steps from the one that holds a day.
pub(super) fn turned(day: Date, unit: Unit, steps: i64) -> Option<Period> {
    match unit {
        Unit::Day => Some(Period::day(add_days(day, steps)?)),
        Unit::Week => week(add_days(day, steps * 7)?),
        Unit::Weekend => {
            let saturday = add_days(nearest_weekday(day, 6, steps >= 0)?, (steps - 1).max(0) * 7)?;
            Period::range(saturday, add_days(saturday, 1)?)
        }
        Unit::Month => Some(Period::month(add_months(day, steps)?)),
        Unit::Quarter => {
            let into = i64::from((day.month() - 1) % 3);
            months(add_months(day.first_of_month(), steps * 3 - into)?, 3)
        }
        Unit::Year => Some(Period::year(add_months(day, steps * 12)?)),
        Unit::Half | Unit::Decade | Unit::Century => None,
    }
}

fn turned_season(today: Date, part: i8, step: i8) -> Option<Period> {
    let this = season(today.year(), part)?;
    match step {
        // In March, "this winter" is the one that has just ended.
        0 if this.first() > add_months(today, 6)? => season(today.year() - 1, part),
        -1 if this.first() > today || this.last() >= today => season(today.year() - 1, part),
        1 if this.first() <= today => season(today.year() + 1, part),
        _ => Some(this),
    }
}
