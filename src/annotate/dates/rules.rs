//! The rules: what an expression of time looks like from its first word on, and what it means.

use jiff::ToSpan;
use jiff::civil::Date;

use super::words::Word;
use crate::model::Period;
use crate::text::calendar::{
    Direction, day_of_month, month, month_near, number, week, weekday, weekday_after,
    weekday_before,
};

/// How many words around an expression are asked for its tense.
const TENSE_WORDS: usize = 10;

/// Words before a year or a bare month that make it one.
const BEFORE_YEAR: &[&str] = &[
    "in", "since", "from", "to", "until", "till", "by", "of", "before", "after", "during", "early",
    "late", "mid", "and", "through", "between", "around", "about", "circa", "year", "last", "next",
    "this", "fiscal",
];

/// Words that point to the future.
const FUTURE: &[&str] = &[
    "will",
    "would",
    "shall",
    "won",
    "plans",
    "plan",
    "planned",
    "due",
    "scheduled",
    "expected",
    "expects",
    "next",
    "upcoming",
    "ll",
    "set",
    "hopes",
    "intends",
    "may",
    "should",
    "must",
];

/// Names before "May" that make it a person's.
const BEFORE_A_PERSON: &[&str] = &[
    "mr",
    "ms",
    "mrs",
    "dr",
    "sir",
    "lady",
    "lord",
    "minister",
    "president",
    "secretary",
    "theresa",
];

/// An expression's length in words, and its value.
pub(super) type Read = (usize, Period);

/// Reads expressions at places of a text.
pub(super) struct Finder<'a> {
    pub(super) words: &'a [Word<'a>],
    pub(super) published: Option<Date>,
    pub(super) english: bool,
}

impl Finder<'_> {
    /// The expression that begins with the word at `at`.
    pub(super) fn at(&self, at: usize) -> Option<Read> {
        let first = self.words[at].text.as_bytes().first()?;
        if first.is_ascii_digit() {
            return self
                .iso(at)
                .or_else(|| self.day_first(at))
                .or_else(|| self.ago(at))
                .or_else(|| self.year(at));
        }
        if !self.english {
            return None;
        }
        if first.is_ascii_uppercase() {
            let named = self.month_first(at).or_else(|| self.weekday(at));
            if named.is_some() {
                return named;
            }
        }
        self.relative(at).or_else(|| self.ago(at)).or_else(|| self.quarter(at))
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// What stands between a word and the one before it.
    fn gap(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.gap)
    }

    /// Whether only blanks, or a comma and blanks, part a word from the one before it.
    fn follows(&self, at: usize) -> bool {
        !self.gap(at).is_empty()
            && self.gap(at).bytes().all(|byte| b" ,\n".contains(&byte))
            && !self.gap(at).contains("\n\n")
    }

    fn year_at(&self, at: usize) -> Option<i16> {
        let text = self.word(at);
        let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten().filter(|year| (1500..=2100).contains(year))
    }

    /// "18", "18th".
    fn day_at(&self, at: usize) -> Option<i8> {
        let text = self.word(at);
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &text[digits.len()..];
        let ordinal = ending.is_empty() || ["st", "nd", "rd", "th"].contains(&ending);
        (digits.len() <= 2 && ordinal)
            .then(|| digits.parse().ok())
            .flatten()
            .filter(|day| (1..=31).contains(day))
    }

    /// "2025-03-18".
    fn iso(&self, at: usize) -> Option<Read> {
        let year = self.year_at(at)?;
        let joined = self.gap(at + 1) == "-" && self.gap(at + 2) == "-";
        let part = |at: usize| self.word(at).parse::<i8>().ok();
        let day = Date::new(year, part(at + 1)?, part(at + 2)?).ok()?;
        joined.then_some((3, Period::day(day)))
    }

    /// "18 March", "18 March 2025", "18th of March".
    fn day_first(&self, at: usize) -> Option<Read> {
        let day = self.day_at(at)?;
        let of = usize::from(self.is(at + 1, "of"));
        let of_month = self.month_at(at + 1 + of)?;
        if !self.follows(at + 1) || !self.follows(at + 1 + of) {
            return None;
        }
        let taken = 2 + of;
        if let Some(year) = self.year_at(at + taken).filter(|_| self.follows(at + taken)) {
            return Some((taken + 1, Period::day(Date::new(year, of_month, day).ok()?)));
        }
        let day = day_of_month(of_month, day, self.published?, self.tense(at))?;
        Some((taken, Period::day(day)))
    }

    fn month_at(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        word.starts_with(|c: char| c.is_ascii_uppercase()).then(|| month(word)).flatten()
    }

    /// "March 18, 2025", "March 18", "March 2025", "March".
    fn month_first(&self, at: usize) -> Option<Read> {
        let of_month = self.month_at(at)?;
        if at > 0 && self.is_one_of(at - 1, BEFORE_A_PERSON) {
            return None;
        }
        if let Some(day) =
            self.day_at(at + 1).filter(|_| self.follows(at + 1) && !self.gap(at + 1).contains(','))
        {
            let year = self.year_at(at + 2).filter(|_| self.follows(at + 2));
            if let Some(year) = year {
                return Some((3, Period::day(Date::new(year, of_month, day).ok()?)));
            }
            let day = day_of_month(of_month, day, self.published?, self.tense(at))?;
            return Some((2, Period::day(day)));
        }
        if let Some(year) = self.year_at(at + 1).filter(|_| self.follows(at + 1)) {
            return Some((2, Period::month(Date::new(year, of_month, 1).ok()?)));
        }
        let introduced = at > 0 && self.is_one_of(at - 1, BEFORE_YEAR) && self.follows(at);
        if !introduced || self.word(at).len() < 3 || self.word(at).ends_with('.') {
            return None;
        }
        let direction = self.tense(at).or(Some(Direction::Past));
        Some((1, Period::month(month_near(of_month, self.published?, direction)?)))
    }

    /// "2014" behind a word that makes it a year, and before none that makes it a number.
    fn year(&self, at: usize) -> Option<Read> {
        let year = self.year_at(at)?;
        let introduced = at > 0 && self.is_one_of(at - 1, BEFORE_YEAR) && !self.gap(at).is_empty();
        let counted = self.follows(at + 1)
            && !self.gap(at + 1).contains(',')
            && self.word(at + 1).ends_with('s')
            && !self.is_one_of(at + 1, &["was", "is", "has", "as"]);
        let broken = [self.gap(at), self.gap(at + 1)]
            .iter()
            .any(|gap| gap.contains(['.', '$', '%', '/']) && !gap.contains(' '));
        let sum = self.gap(at).ends_with('$') || self.gap(at + 1).starts_with(['%', '-']);
        if !introduced || counted || broken || sum {
            return None;
        }
        Some((1, Period::year(Date::new(year, 1, 1).ok()?)))
    }

    /// "Tuesday".
    fn weekday(&self, at: usize) -> Option<Read> {
        let day = weekday(self.word(at))?;
        let published = self.published?;
        let value = match self.tense(at) {
            Some(Direction::Future) => weekday_after(day, published),
            _ => weekday_before(day, published),
        };
        Some((1, Period::day(value?)))
    }

    /// "yesterday", "last week", "next Tuesday", "this month".
    fn relative(&self, at: usize) -> Option<Read> {
        let published = self.published?;
        let word = self.word(at);
        let day = |days: i32| published.checked_add(days.days()).ok().map(Period::day);
        if ["today", "tonight"].iter().any(|today| word.eq_ignore_ascii_case(today)) {
            return Some((1, day(0)?));
        }
        if word.eq_ignore_ascii_case("yesterday") {
            return Some((1, day(-1)?));
        }
        if word.eq_ignore_ascii_case("tomorrow") {
            return Some((1, day(1)?));
        }
        let steps = match word.to_ascii_lowercase().as_str() {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        if !self.follows(at + 1) {
            return None;
        }
        let value = match self.word(at + 1).to_ascii_lowercase().as_str() {
            "week" => week(published, steps)?,
            "month" => Period::month(published.checked_add(steps.months()).ok()?),
            "year" => Period::year(published.checked_add(steps.years()).ok()?),
            name => self.stepped(name, steps, published)?,
        };
        Some((2, value))
    }

    /// A weekday or month behind "last", "this" or "next".
    fn stepped(&self, name: &str, steps: i32, published: Date) -> Option<Period> {
        if let Some(day) = weekday(name) {
            let yesterday = published.yesterday().ok()?;
            return match steps {
                -1 => weekday_before(day, yesterday).map(Period::day),
                _ => weekday_after(day, published).map(Period::day),
            };
        }
        let of_month = month(name).filter(|_| name.len() > 3 || name == "may")?;
        let direction = if steps < 0 { Direction::Past } else { Direction::Future };
        month_near(of_month, published, Some(direction)).map(Period::month)
    }

    /// "three weeks ago", "10 days ago".
    fn ago(&self, at: usize) -> Option<Read> {
        let count = number(self.word(at))?;
        if !self.is(at + 2, "ago") || !self.follows(at + 1) || !self.follows(at + 2) {
            return None;
        }
        let published = self.published?;
        let back = |span: jiff::Span| published.checked_sub(span).ok();
        let value = match self.word(at + 1).trim_end_matches('s').to_ascii_lowercase().as_str() {
            "day" => Period::day(back(count.days())?),
            "week" => week(published, -count)?,
            "month" => Period::month(back(count.months())?),
            "year" => Period::year(back(count.years())?),
            _ => return None,
        };
        Some((3, value))
    }

    /// "second quarter", "second quarter of 2024".
    fn quarter(&self, at: usize) -> Option<Read> {
        const ORDINALS: &[&str] = &["first", "second", "third", "fourth"];
        let which = ORDINALS.iter().position(|ordinal| self.is(at, ordinal))?;
        if !self.is(at + 1, "quarter") {
            return None;
        }
        let of = usize::from(self.is(at + 2, "of"));
        let named = self.year_at(at + 2 + of);
        let year = named.or(self.published.map(|day| day.year()))?;
        let first = Date::new(year, i8::try_from(which * 3 + 1).ok()?, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        let taken = if named.is_some() { 3 + of } else { 2 };
        Some((taken, Period::range(first, last)?))
    }

    /// Where the verbs around an expression point: to the future where a word of the same sentence
    /// does, else nowhere.
    fn tense(&self, at: usize) -> Option<Direction> {
        let ends = |gap: &str| gap.contains(['.', '!', '?', '\n', ';']);
        let before = (at.saturating_sub(TENSE_WORDS)..at).rev();
        for word in before {
            if ends(self.gap(word + 1)) {
                break;
            }
            if self.is_one_of(word, FUTURE) {
                return Some(Direction::Future);
            }
            if self.is_past(word) {
                return Some(Direction::Past);
            }
        }
        for word in at + 1..(at + TENSE_WORDS).min(self.words.len()) {
            if ends(self.gap(word)) {
                break;
            }
            if self.is_one_of(word, &["will", "shall"]) {
                return Some(Direction::Future);
            }
            if self.is_past(word) {
                return Some(Direction::Past);
            }
        }
        None
    }

    /// Whether a word is a verb of the past, or likely one.
    fn is_past(&self, at: usize) -> bool {
        const PAST: &[&str] = &[
            "said", "was", "were", "had", "told", "met", "held", "took", "fell", "rose", "came",
            "made", "went", "began", "won", "left", "sent", "gave", "did", "has", "have", "shot",
            "struck",
        ];
        let word = self.word(at);
        let regular =
            word.len() > 4 && word.ends_with("ed") && !word.starts_with(char::is_uppercase);
        regular || self.is_one_of(at, PAST)
    }
}
