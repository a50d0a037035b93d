//! Which rules a word opens, and the name that each rule is told by.
//!
//! Comes in: a place in a text. Goes out: the first rule that reads an expression there. The names
//! are shown to users and stay as they are.

use super::lexing::Sense;
use super::reading::{Expression, Reading};

/// A rule: its name, and what reads it.
type Rule = (&'static str, fn(&Reading<'_>, usize) -> Option<Expression>);

const MONTH: &[Rule] = &[("holiday", |r, at| r.holiday(at)), ("month", |r, at| r.month_first(at))];
const DIGITS: &[Rule] = &[
    ("day-month", |r, at| r.day_first(at)),
    ("numeric", |r, at| r.slashed(at)),
    ("year", |r, at| r.year(at)),
    ("century", |r, at| r.century(at)),
    ("counted", |r, at| r.counted(at)),
    ("ahead", |r, at| r.counted_ahead(at)),
    ("day-alone", |r, at| r.day_alone(at)),
];
const DECADE: &[Rule] = &[("decade", |r, at| r.decade(at))];
const WEEKDAY: &[Rule] = &[("weekday", |r, at| r.weekday(at))];
const COUNT: &[Rule] = &[
    ("counted", |r, at| r.counted(at)),
    ("ahead", |r, at| r.counted_ahead(at)),
    ("spelled-year", |r, at| r.thousands(at)),
];
const ORDINAL: &[Rule] = &[
    ("holiday", |r, at| r.holiday(at)),
    ("nth-weekday", |r, at| r.nth_weekday(at)),
    ("part-of-year", |r, at| r.part_of_year(at)),
    ("century", |r, at| r.century(at)),
];
const TURN: &[Rule] = &[("nth-weekday", |r, at| r.nth_weekday(at)), ("turn", |r, at| r.turn(at))];
const SEASON: &[Rule] = &[("season", |r, at| r.season(at))];
const SPELLED: &[Rule] = &[("spelled-year", |r, at| r.spelled_year(at))];
const FEAST: &[Rule] = &[("holiday", |r, at| r.holiday(at))];
const UNIT: &[Rule] =
    &[("year-earlier", |r, at| r.year_earlier(at)), ("the-year", |r, at| r.the_unit(at))];
const SAME: &[Rule] = &[("same", |r, at| r.same(at))];

/// Reads the expression whose leading word stands at a token.
pub(super) fn read(reading: &Reading<'_>, at: usize) -> Option<(&'static str, Expression)> {
    let rules = match reading.tokens[at].sense {
        Sense::Month(_) => MONTH,
        Sense::Number(..) | Sense::Nth(_) => DIGITS,
        Sense::Decade(_) => DECADE,
        Sense::Weekday(_) => WEEKDAY,
        Sense::Today(days) => return Some(("today", reading.today(at, days)?)),
        Sense::Turn(_) => TURN,
        Sense::Count(_) | Sense::A => COUNT,
        Sense::Ordinal(_) => ORDINAL,
        Sense::Season(_) => SEASON,
        Sense::Nineteen => SPELLED,
        Sense::Feast => FEAST,
        Sense::Unit(_) => UNIT,
        Sense::Same => SAME,
        _ => return None,
    };
    rules.iter().find_map(|(name, rule)| Some((*name, rule(reading, at)?)))
}
