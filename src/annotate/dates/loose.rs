//! Expressions that only the sentence around them makes a date: "the year", "in five years".
//!
//! Comes in: a unit of time. Goes out: what it means against the story's day or the day last spoken
//! of; nothing where it may as well be a length of time.

use super::lexing::{Sense, Unit};
use super::reading::{Expression, Reading};
use super::relative::turned;
use crate::text::calendar::years;

impl Reading<'_> {
    /// "for the year", "the full year", "the end of the month".
    pub(super) fn the_unit(&self, at: usize) -> Option<Expression> {
        let Sense::Unit(unit @ (Unit::Year | Unit::Month)) = self.tokens[at].sense else {
            return None;
        };
        if self.word(at).ends_with('s') {
            return None;
        }
        let full = self.before(at)? == Sense::Other && self.word(at - 1) == "full";
        let the = if full { at.checked_sub(2)? } else { at - 1 };
        // "the year ended June 30", "the year since" are lengths of time, not years of the calendar.
        let length = ["ended", "ending", "to", "since", "before", "after", "that"];
        if self.joined(at + 1).is_some() && length.contains(&self.word(at + 1)) {
            return None;
        }
        if self.tokens[the].sense != Sense::The || !self.placed(the, unit, full) {
            return None;
        }
        Some(Expression { from: the, to: at + 1, value: turned(self.published?, unit, 0)? })
    }

    /// Whether the words before "the year" make it a year and not a prize: "end of the year".
    fn placed(&self, the: usize, unit: Unit, full: bool) -> bool {
        match self.before(the) {
            Some(Sense::In) => {
                full || unit == Unit::Year && self.word(the - 1).eq_ignore_ascii_case("for")
            }
            Some(Sense::Of) => {
                the > 1
                    && match self.tokens[the - 2].sense {
                        Sense::End => true,
                        _ => ["rest", "beginning", "start", "most", "remainder", "part"]
                            .contains(&self.word(the - 2)),
                    }
            }
            _ => full,
        }
    }

    /// "in five years" with a verb that points ahead.
    pub(super) fn counted_ahead(&self, at: usize) -> Option<Expression> {
        let count = self.count_at(at)?;
        let Some(Sense::Unit(unit)) = self.joined(at + 1) else { return None };
        let within = at > 0 && self.before(at) == Some(Sense::In);
        let preposition = within && self.word(at - 1).eq_ignore_ascii_case("in");
        if !preposition || self.verb_before(at) != Some(true) {
            return None;
        }
        Some(Expression { from: at, to: at + 2, value: turned(self.published?, unit, count)? })
    }

    /// "that year", "the same day": of the day last spoken of.
    pub(super) fn same(&self, at: usize) -> Option<Expression> {
        let Some(Sense::Unit(unit)) = self.joined(at + 1) else { return None };
        let last = self.spoken(unit)?;
        let that = self.word(at).eq_ignore_ascii_case("that");
        let the = usize::from(!that && self.before(at) == Some(Sense::The));
        let plain = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
        if !plain || self.word(at + 1).ends_with('s') || !that && the == 0 {
            return None;
        }
        Some(Expression { from: at - the, to: at + 2, value: turned(last, unit, 0)? })
    }

    /// "the 19th century".
    pub(super) fn century(&self, at: usize) -> Option<Expression> {
        let nth = match self.tokens[at].sense {
            Sense::Nth(nth @ 5..=22) => i16::from(nth),
            _ => return None,
        };
        if self.joined(at + 1) != Some(Sense::Unit(Unit::Century)) {
            return None;
        }
        let first = (nth - 1) * 100 + 1;
        let value = years(first, first + 99)?;
        Some(Expression { from: self.with_about(at), to: at + 2, value })
    }
}
