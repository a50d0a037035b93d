//! Stretches of days as a few words, so that "speaks of a day in March" is a lookup of words.
//!
//! The calendar is a tree: century, decade, year, month, day, written `20xx`, `202x`, `2025`,
//! `2025-03`, `2025-03-18`. A stretch of days is the fewest nodes that cover it exactly. A story
//! that speaks of a stretch holds its nodes (marked `=`, and `!` where it is one alone) and
//! everything above them (marked `<`). A question about a stretch then matches where the story holds one of the question's own nodes
//! with either mark (what is spoken of lies inside), or a node above one of them with the mark `=`
//! (what is spoken of holds the day asked for). No pair of days is ever compared.

use std::fmt::{self, Display, Formatter, Write};

use jiff::civil::Date;

use crate::model::{Bound, Period};

/// Room for the words of a period: of a day with all above it.
const WORDS_A_PERIOD: usize = 8;

/// The first and the last day that can be asked for.
const FIRST: Date = Date::constant(1, 1, 1);
const LAST: Date = Date::constant(9999, 12, 31);

/// The words under which a story that speaks of some periods is found, in order, each once.
pub(super) fn spoken(periods: &[Period]) -> Vec<Word> {
    let mut words = Vec::with_capacity(WORDS_A_PERIOD * periods.len());
    let mut nodes = Vec::new();
    for period in periods {
        nodes.clear();
        cover_onto(&mut nodes, period.first(), period.last());
        for node in &nodes {
            words.push(node.marked('='));
            words.extend(node.ancestors().map(|above| above.marked('<')));
        }
        if let [node] = nodes.as_slice() {
            words.push(node.marked('!'));
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The words to look for where a stretch of days is asked for: any of them is a match.
pub(super) struct Asked {
    /// Of the very days, months and years that were asked for; these are among those inside.
    pub(super) named: Vec<String>,
    /// Of days and stretches that lie in what is asked for.
    pub(super) inside: Vec<String>,
    /// Of longer stretches that hold a part of it.
    pub(super) around: Vec<String>,
}

/// The words of a stretch of days.
pub(super) fn asked(from: Bound, to: Bound) -> Asked {
    let day = |bound, open| if let Bound::Day(day) = bound { day } else { open };
    let (mut named_so, mut inside, mut around) = (Vec::new(), Vec::new(), Vec::new());
    for node in cover(day(from, FIRST), day(to, LAST)) {
        named_so.push(node.marked('!').to_string());
        inside.push(node.marked('=').to_string());
        inside.push(node.marked('<').to_string());
        around.extend(node.ancestors().map(|above| above.marked('=').to_string()));
    }
    around.sort_unstable();
    around.dedup();
    Asked { named: named_so, inside, around }
}

/// A node of the calendar's tree, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    text: [u8; Self::DAY],
    length: usize,
}

impl Node {
    /// How long a year, a decade and a century are as they are written.
    const YEAR: usize = 4;
    /// How long a month is.
    const MONTH: usize = 7;
    /// How long a day is.
    const DAY: usize = 10;

    fn day(day: Date) -> Self {
        let mut text = *b"0000-00-00";
        let parts = [(0..4, day.year()), (5..7, day.month().into()), (8..10, day.day().into())];
        for (place, number) in parts {
            let mut rest = number.unsigned_abs();
            for digit in text[place].iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
        }
        Self { text, length: Self::DAY }
    }

    fn month(day: Date) -> Self {
        Self::day(day).cut(Self::MONTH)
    }

    /// The first digits of a day's year, the others as `x`.
    fn years(day: Date, digits: usize) -> Self {
        let mut node = Self::day(day).cut(Self::YEAR);
        node.text[digits..Self::YEAR].fill(b'x');
        node
    }

    fn cut(mut self, length: usize) -> Self {
        self.text[length..].fill(0);
        Self { length, ..self }
    }

    /// Every node above it, the nearest first.
    fn ancestors(&self) -> impl Iterator<Item = Self> + use<> {
        let node = *self;
        let digits = self.text[..Self::YEAR].iter().filter(|digit| **digit != b'x').count();
        let month = (self.length > Self::MONTH).then(|| node.cut(Self::MONTH));
        let year = (self.length > Self::YEAR).then(|| node.cut(Self::YEAR));
        let more = (1..digits).rev().map(move |kept| {
            let mut above = node.cut(Self::YEAR);
            above.text[kept..Self::YEAR].fill(b'x');
            above
        });
        month.into_iter().chain(year).chain(more)
    }

    /// The word for it with a mark before it: `=` for a stretch of its own, `!` for all of what is
    /// spoken of and no part of a longer stretch, `<` for what something lies in.
    fn marked(self, mark: char) -> Word {
        Word { mark, node: self }
    }
}

/// A word: a mark and a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    mark: char,
    node: Node,
}

impl Display for Word {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        to.write_char(self.mark)?;
        to.write_str(str::from_utf8(&self.node.text[..self.node.length]).unwrap_or_default())
    }
}

/// The fewest nodes that cover the days from `first` to `last`, both inclusive.
fn cover(first: Date, last: Date) -> Vec<Node> {
    let mut nodes = Vec::new();
    cover_onto(&mut nodes, first, last);
    nodes
}

/// Puts them behind others.
fn cover_onto(nodes: &mut Vec<Node>, first: Date, last: Date) {
    let mut day = first;
    while day <= last {
        let (node, end) = largest_from(day, last);
        nodes.push(node);
        match end.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
}

/// The largest node that starts on `day` and does not reach beyond `last`, and its last day.
fn largest_from(day: Date, last: Date) -> (Node, Date) {
    if day.month() == 1 && day.day() == 1 {
        for (years, digits) in [(1000, 1), (100, 2), (10, 3), (1, 4)] {
            let starts = day.year() % years == 0 || day.year() == 1 && years > 1;
            let first_year = day.year() - day.year() % years;
            let end = Date::new(first_year + (years - 1), 12, 31);
            if let (true, Ok(end)) = (starts, end)
                && end <= last
            {
                return (Node::years(day, digits), end);
            }
        }
    }
    if day.day() == 1 && day.last_of_month() <= last {
        return (Node::month(day), day.last_of_month());
    }
    (Node::day(day), day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(from: Bound, to: Bound) -> Vec<String> {
        let Asked { inside, around, .. } = asked(from, to);
        inside.into_iter().chain(around).collect()
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    /// The words of a story that speaks of a period.
    fn written(period: Period) -> Vec<String> {
        spoken(&[period]).iter().map(Word::to_string).collect()
    }

    fn finds(asked_for: &str, spoken_of: &str) -> bool {
        let asked_for = period(asked_for);
        let words = written(period(spoken_of));
        all(Bound::Day(asked_for.first()), Bound::Day(asked_for.last()))
            .iter()
            .any(|word| words.contains(word))
    }

    #[test]
    fn a_month_finds_its_days_and_a_day_the_stretch_that_holds_it() {
        assert!(finds("2025-03", "2025-03-18"));
        assert!(finds("2025-03-18", "2025-03"));
        assert!(finds("2025-03-12", "2025-03-09/2025-03-15"));
        assert!(finds("2014", "2010-01-01/2019-12-31"));
        assert!(!finds("2025-03-16", "2025-03-09/2025-03-15"));
        assert!(!finds("2025-04", "2025-03-18"));
    }

    #[test]
    fn an_open_end_costs_few_words() {
        assert!(all(Bound::Day("2025-03-18".parse().unwrap()), Bound::Open).len() < 300);
        assert_eq!(all(Bound::Open, Bound::Open).len(), 20);
    }

    fn day() -> impl Strategy<Value = Date> {
        (-4000..9000i64).prop_map(|days| {
            Date::constant(2000, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()
        })
    }

    proptest! {
        #[test]
        fn two_stretches_meet_exactly_when_they_share_a_day(a in day(), b in day(), c in day(), d in day()) {
            let asked_for = (a.min(b), a.max(b));
            let spoken_of = Period::range(c.min(d), c.max(d)).unwrap();
            let words = written(spoken_of);
            let found = all(Bound::Day(asked_for.0), Bound::Day(asked_for.1))
                .iter()
                .any(|word| words.contains(word));
            let share = asked_for.0 <= spoken_of.last() && spoken_of.first() <= asked_for.1;
            prop_assert_eq!(found, share);
        }
    }
}
