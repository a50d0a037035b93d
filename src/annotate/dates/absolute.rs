//! Expressions that name a day, month or year of the calendar.
//!
//! Comes in: a month's name or digits. Goes out: what they mean; a missing year is the nearest one,
//! or the one that the tense points to.

use jiff::civil::Date;

use super::lexing::{Gap, Sense, Token, Unit};
use super::reading::{Expression, Reading};
use crate::model::{Grain, Period};
use crate::text::calendar::{HOLIDAYS, days_between, nth_weekday, week, years};

impl Reading<'_> {
    /// "March 18, 2025", "Feb. 12", "March 3-7", "October 2014", "October".
    pub(super) fn month_first(&self, at: usize) -> Option<Expression> {
        let Sense::Month(month) = self.tokens[at].sense else { return None };
        let Some(day) = self.day_at(at + 1, &[Gap::Space, Gap::Dot]) else {
            return self.bare_month(at, month);
        };
        let (last, to) = match self.last_day(at) {
            Some((last, to)) => (Some(last), to),
            None => (None, at + 2),
        };
        let year = self.year_at(to, &[Gap::Comma, Gap::Space]);
        let first = self.dated(year, month, day, at, to)?;
        let value = match last {
            Some(last) => Period::range(first, Date::new(first.year(), month, last).ok()?)?,
            None if self.week_of(at) => week(first)?,
            None => Period::day(first),
        };
        let to = self.with_part(to + usize::from(year.is_some()));
        Some(Expression { from: self.with_weekday(at), to, value })
    }

    /// "18 March 2025", "18th of March".
    pub(super) fn day_first(&self, at: usize) -> Option<Expression> {
        let day = self
            .day_at(at, &[Gap::Space, Gap::Stop, Gap::Comma, Gap::Mark, Gap::Dot, Gap::Hyphen])?;
        let month_at = if self.joined(at + 1) == Some(Sense::Of) { at + 2 } else { at + 1 };
        let Some(Sense::Month(month)) = self.joined(month_at) else { return None };
        // "on 6 May 7 died" is rare; "5 March 18" is the month's own day.
        if self.day_at(month_at + 1, &[Gap::Space]).is_some() {
            return None;
        }
        let to = month_at + 1;
        let year = self.year_at(to, &[Gap::Comma, Gap::Space, Gap::Hyphen]);
        let last = self.dated(year, month, day, at, to)?;
        if let Some((first, from)) = self.first_day(at).filter(|(first, _)| *first < day) {
            let first = Date::new(last.year(), month, first).ok()?;
            let to = to + usize::from(year.is_some());
            return Some(Expression { from, to, value: Period::range(first, last)? });
        }
        let value = Period::day(last);
        Some(Expression {
            from: self.with_weekday(at),
            to: to + usize::from(year.is_some()),
            value,
        })
    }

    /// The second day of "March 3-7", "March 3 to 7", "between March 3 and 7".
    fn last_day(&self, at: usize) -> Option<(i8, usize)> {
        if let Some(day) = self.day_at(at + 2, &[Gap::Hyphen]) {
            return Some((day, at + 3));
        }
        let opened = matches!(self.before(at), Some(Sense::Between | Sense::From));
        let joined = matches!(self.joined(at + 2), Some(Sense::And | Sense::To | Sense::Until));
        let day = self.day_at(at + 3, &[Gap::Space]).filter(|_| opened && joined)?;
        Some((day, at + 4))
    }

    /// The first day of "3-7 March", "between 3 and 7 March".
    fn first_day(&self, at: usize) -> Option<(i8, usize)> {
        const OPEN: &[Gap] = &[Gap::Space, Gap::Stop, Gap::Comma, Gap::Mark, Gap::Dot];
        if self.tokens[at].gap == Gap::Hyphen {
            return Some((self.day_at(at.checked_sub(1)?, OPEN)?, at - 1));
        }
        let joined = matches!(self.before(at), Some(Sense::And | Sense::To | Sense::Until));
        let from = at.checked_sub(2).filter(|_| joined)?;
        // "10 to 12 June" needs no "from".
        let opened = matches!(self.before(from), Some(Sense::Between | Sense::From))
            || self.before(at) == Some(Sense::To);
        Some((self.day_at(from, OPEN).filter(|_| opened)?, from))
    }

    /// "the week of March 10".
    fn week_of(&self, at: usize) -> bool {
        self.before(at) == Some(Sense::Of) && self.before(at - 1) == Some(Sense::Unit(Unit::Week))
    }

    /// "Tuesday, March 18" is one expression.
    pub(super) fn with_weekday(&self, from: usize) -> usize {
        let weekday = from.checked_sub(1).filter(|&before| {
            matches!(self.tokens[before].sense, Sense::Weekday(_))
                && matches!(self.tokens[from].gap, Gap::Space | Gap::Comma | Gap::Dot)
        });
        weekday.unwrap_or(from)
    }

    /// The day in the year given, or in the one that lies nearest.
    fn dated(&self, year: Option<i16>, month: i8, day: i8, from: usize, to: usize) -> Option<Date> {
        if let Some(year) = year {
            return Date::new(year, month, day).ok();
        }
        let today = self.published?;
        let days =
            [-1, 0, 1].into_iter().filter_map(|y| Date::new(today.year() + y, month, day).ok());
        let ended = self.before(from).is_some() && self.word(from - 1) == "ended";
        if ended {
            return days.rev().find(|day| *day <= today);
        }
        let ahead = self.ahead(from, to);
        // A day far on the wrong side of the tense is the other year's.
        days.min_by_key(|&day| {
            let distance = days_between(today, day);
            let wrong = match ahead {
                Some(true) => distance < -30,
                Some(false) => distance > 30,
                None => false,
            };
            distance.abs() + if wrong { 120 } else { 0 }
        })
    }

    fn bare_month(&self, at: usize, month: i8) -> Option<Expression> {
        let year = self.year_at(at + 1, &[Gap::Space, Gap::Comma, Gap::Dot]);
        let of = self.joined(at + 1) == Some(Sense::Of);
        let of_year = if of { self.year_at(at + 2, &[Gap::Space]) } else { None };
        let from = self.with_about(at);
        if let Some(found) = self.month_of_turned_year(at, month, from) {
            return Some(found);
        }
        if let Some(year) = year.or(of_year) {
            let to = if of_year.is_some() { at + 3 } else { at + 2 };
            return Some(Expression {
                from,
                to,
                value: Period::month(Date::new(year, month, 1).ok()?),
            });
        }
        if !self.names_a_month(at) || self.every(at) {
            return None;
        }
        let today = self.published?;
        let year = today.year() + self.years_off(today, month, from, at + 1);
        Some(Expression { from, to: at + 1, value: Period::month(Date::new(year, month, 1).ok()?) })
    }

    /// "June last year", "January of this year", "March nineteen ninety-seven".
    fn month_of_turned_year(&self, at: usize, month: i8, from: usize) -> Option<Expression> {
        let of = usize::from(self.joined(at + 1) == Some(Sense::Of));
        let (year, to) = match self.joined(at + 1 + of)? {
            Sense::Turn(step) if self.joined(at + 2 + of) == Some(Sense::Unit(Unit::Year)) => {
                (self.published?.year() + i16::from(step), at + 3 + of)
            }
            Sense::Nineteen => {
                let year = self.spelled_year(at + 1 + of)?;
                (year.value.first().year(), year.to)
            }
            _ => return None,
        };
        Some(Expression { from, to, value: Period::month(Date::new(year, month, 1).ok()?) })
    }

    /// How many years from now a bare month lies: by tense; what comes soon is this year's.
    fn years_off(&self, today: Date, month: i8, from: usize, to: usize) -> i16 {
        const SOON: i8 = 2;
        let away = month - today.month();
        match self.ahead(from, to) {
            Some(true) => i16::from(away < 0),
            Some(false) if away > SOON => -1,
            None if away > 6 => -1,
            None if away < -6 => 1,
            _ => 0,
        }
    }

    /// Whether a month's name alone is a month: "May" and "March" need a word of time before.
    fn names_a_month(&self, at: usize) -> bool {
        let word = self.word(at);
        if self.tokens.get(at + 1).is_some_and(|next| next.capital && next.gap == Gap::Space) {
            return false;
        }
        let placed = matches!(
            self.before(at),
            Some(
                Sense::In | Sense::Of | Sense::From | Sense::Until | Sense::About | Sense::Turn(_)
            )
        );
        let doubtful = ["May", "March", "April", "June", "August", "Jan", "Mar"].contains(&word);
        let leads = matches!(self.tokens.get(at + 1), Some(next) if next.sense == Sense::Other
            && next.gap == Gap::Space && !next.capital);
        let led = at > 0 && leads && self.leads_a_noun(at - 1);
        placed || led || !doubtful && self.tokens[at].capital
    }

    /// "2014", "fiscal 1989", "from 2014 to 2018", "2025-03-18".
    pub(super) fn year(&self, at: usize) -> Option<Expression> {
        let plain = [Gap::Space, Gap::Comma, Gap::Stop, Gap::Hyphen, Gap::Mark, Gap::Dot];
        let year = self.year_at(at, &plain).filter(|year| (1500..2100).contains(year))?;
        if let Some(day) = self.numeric_day(at, year) {
            return Some(Expression { from: at, to: at + 3, value: Period::day(day) });
        }
        if self.fraction(at) || self.priced(at) || !self.names_a_year(at) {
            return None;
        }
        let mut from = self.with_about(at);
        match self.before(from) {
            Some(Sense::Fiscal) => from -= 1,
            Some(Sense::Unit(Unit::Year)) if self.before(from - 1) == Some(Sense::Fiscal) => {
                from -= 2;
            }
            _ => {}
        }
        if let Some(last) = self.short_year(at + 1, year) {
            return Some(Expression { from, to: at + 2, value: years(year, last)? });
        }
        if let Some(last) = self.year_at(at + 1, &[Gap::Hyphen]) {
            return Some(Expression { from, to: at + 2, value: years(year, last)? });
        }
        Some(Expression { from, to: at + 1, value: Period::year(Date::new(year, 1, 1).ok()?) })
    }

    /// The "18" of "2014-18" and "2014/18".
    fn short_year(&self, at: usize, first: i16) -> Option<i16> {
        let marked = |token: &&Token| matches!(token.gap, Gap::Hyphen | Gap::Slash);
        let token = self.tokens.get(at).filter(marked)?;
        let Sense::Number(last, 2) = token.sense else { return None };
        let last = first - first % 100 + i16::try_from(last).ok()?;
        let ends = self.tokens.get(at + 1).is_none_or(|next| !marked(&next));
        (last > first && ends && !self.fraction(at)).then_some(last)
    }

    fn numeric_day(&self, at: usize, year: i16) -> Option<Date> {
        let marks = [Gap::Hyphen, Gap::Slash];
        let month = self.day_at(at + 1, &marks)?;
        Date::new(year, month, self.day_at(at + 2, &marks)?).ok()
    }

    fn priced(&self, at: usize) -> bool {
        let before = &self.text[..self.tokens[at].start];
        before.ends_with(['$', '£', '€', '#', '.', ',', ':', '+'])
    }

    /// Tells a year from a count: "in 2014", "2014," but not "2000 troops".
    fn names_a_year(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1).filter(|next| next.gap == Gap::Space);
        let noun = next.is_some_and(|next| next.sense == Sense::Other && !next.capital);
        let unit =
            next.is_some_and(|next| matches!(next.sense, Sense::Unit(u) if u != Unit::Quarter));
        let plural = noun && self.word(at + 1).ends_with('s');
        let round = self.word(at).ends_with("00");
        match self.before(at) {
            Some(Sense::Fiscal | Sense::Unit(Unit::Year)) => true,
            // "his 1996 campaign", but not "its 1,500 troops" nor "the 1700 men".
            Some(_) if self.leads_a_noun(at - 1) => !(unit || plural && round),
            Some(Sense::Other) if self.word(at - 1) == "both" => !(unit || plural),
            Some(
                Sense::In
                | Sense::From
                | Sense::About
                | Sense::Between
                | Sense::The
                | Sense::Of
                | Sense::Until
                | Sense::And
                | Sense::To,
            ) => !(unit || plural && round),
            Some(Sense::Being) => !noun,
            // "Flight 1847": a name's number.
            Some(Sense::Other) if self.tokens[at - 1].capital => false,
            // "Analysts predicted 1990 Nordwire earnings".
            _ if next.is_some_and(|next| next.capital) => {
                !round && self.near_the_story(at) && !self.sentence_starts(at)
            }
            _ => !noun && !unit,
        }
    }

    /// Whether a number is the year of the story or one that news often speaks of with it.
    fn near_the_story(&self, at: usize) -> bool {
        const YEARS: i16 = 10;
        let year = self.year_at(at, &[Gap::Space]);
        year.zip(self.published).is_some_and(|(year, day)| (year - day.year()).abs() <= YEARS)
    }

    /// "the year two thousand", "the year two thousand and five", as broadcasters write them.
    pub(super) fn thousands(&self, at: usize) -> Option<Expression> {
        let year = self.before(at) == Some(Sense::Unit(Unit::Year));
        let thousand = self.word(at + 1) == "thousand" && self.joined(at + 1).is_some();
        if !year || !thousand || self.tokens[at].sense != Sense::Count(2) {
            return None;
        }
        let and = usize::from(self.joined(at + 2) == Some(Sense::And));
        let (ones, to) = match self.joined(at + 2 + and) {
            Some(Sense::Count(ones)) => (i16::from(ones), at + 3 + and),
            _ => (0, at + 2),
        };
        let value = Period::year(Date::new(2000 + ones, 1, 1).ok()?);
        Some(Expression { from: at - 1, to, value })
    }

    /// "nineteen ninety-six", as broadcasters write it.
    pub(super) fn spelled_year(&self, at: usize) -> Option<Expression> {
        const TENS: &[&str] =
            &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        self.joined(at + 1)?;
        let tens = TENS.iter().position(|tens| *tens == self.word(at + 1))?;
        let ones = match self.joined(at + 2) {
            Some(Sense::Count(ones @ 1..=9)) => ones,
            _ => 0,
        };
        let year = 1920 + 10 * i16::try_from(tens).ok()? + i16::from(ones);
        let value = Period::year(Date::new(year, 1, 1).ok()?);
        Some(Expression { from: at, to: at + 2 + usize::from(ones > 0), value })
    }

    /// "the 1990s", "mid-1990s", "the '90s".
    pub(super) fn decade(&self, at: usize) -> Option<Expression> {
        let Sense::Decade(value) = self.tokens[at].sense else { return None };
        let marked = self.tokens[at].gap == Gap::Apostrophe;
        let first = match value {
            10..=90 if marked => 1900 + value,
            1500..=2090 if self.word(at).len() == 5 => value,
            _ => return None,
        };
        let first = i16::try_from(first).ok()?;
        Some(Expression { from: self.with_about(at), to: at + 1, value: years(first, first + 9)? })
    }

    /// "Christmas Day", "Easter 2024", "Thanksgiving".
    pub(super) fn holiday(&self, at: usize) -> Option<Expression> {
        if !self.tokens[at].capital {
            return None;
        }
        let (to, holiday) =
            HOLIDAYS.iter().find_map(|(name, holiday)| Some((self.named(at, name)?, *holiday)))?;
        if let Some(year) = self.year_at(to, &[Gap::Space, Gap::Comma]) {
            return Some(Expression {
                from: at,
                to: to + 1,
                value: Period::day(holiday.in_year(year)?),
            });
        }
        Some(Expression { from: at, to, value: Period::day(holiday.nearest(self.published?)?) })
    }

    /// "the second Tuesday of June", "the last Friday in May 2024".
    pub(super) fn nth_weekday(&self, at: usize) -> Option<Expression> {
        let nth = match self.tokens[at].sense {
            Sense::Ordinal(nth) => nth,
            Sense::Turn(-1) => -1,
            _ => return None,
        };
        let Sense::Weekday(weekday) = self.joined(at + 1)? else { return None };
        let of = matches!(self.joined(at + 2)?, Sense::Of | Sense::In);
        let month = of.then(|| self.joined(at + 3)).flatten();
        let Some(Sense::Month(_)) = month else { return None };
        let month = self.month_first(at + 3)?;
        let first = month.value.first();
        let day = nth_weekday(first.year(), first.month(), nth, weekday)?;
        let whole = month.value.grain() == Grain::Month;
        whole.then_some(Expression { from: at, to: month.to, value: Period::day(day) })
    }

    /// The token behind a name that stands here; an apostrophe within it parts tokens.
    fn named(&self, at: usize, name: &[&str]) -> Option<usize> {
        let mut to = at;
        for part in name.iter().flat_map(|word| word.split_inclusive('\'')) {
            let (plain, next) = (part.trim_end_matches('\''), self.tokens.get(to)?);
            if plain.is_empty() {
                continue;
            }
            let follows = to == at || matches!(next.gap, Gap::Space | Gap::Apostrophe | Gap::Mark);
            if !follows || !self.word(to).eq_ignore_ascii_case(plain) {
                return None;
            }
            to += 1;
        }
        Some(to)
    }
}
