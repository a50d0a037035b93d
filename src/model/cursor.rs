//! A place in an answer, from which it goes on.

use std::fmt;
use std::str::FromStr;

use super::{Sort, StoryKey};

/// The place of a hit in an answer.
///
/// An answer by time goes on behind the hit's time and key, whatever has been added or deleted since;
/// one by relevance behind the hit itself, or where it has gone, behind its rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The order of the answer, by its letter.
    pub order: char,
    /// How many hits stand before this one.
    pub rank: u64,
    /// The time of publication as a number that orders; none where it is unknown.
    pub time: Option<i64>,
    /// The story.
    pub story: StoryKey,
    /// Which of its statements, when statements were asked for.
    pub statement: Option<u64>,
}

impl Cursor {
    /// The letter of an order.
    pub fn letter(sort: Sort) -> char {
        match sort {
            Sort::Relevance => 'r',
            Sort::Fresh { .. } => 'f',
            Sort::Newest => 'n',
            Sort::Oldest => 'o',
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}.", self.order, self.rank)?;
        self.time.iter().try_for_each(|time| write!(formatter, "{time}"))?;
        write!(formatter, ".{:x}.", self.story.0)?;
        self.statement.iter().try_for_each(|statement| write!(formatter, "{statement}"))
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    /// Reads what [`Display`](fmt::Display) wrote.
    ///
    /// ```
    /// use onrecord::model::Cursor;
    /// let cursor: Cursor = "n9.1742256000.a0ff.".parse()?;
    /// assert_eq!((cursor.rank, cursor.to_string().as_str()), (9, "n9.1742256000.a0ff."));
    /// # Ok::<(), &str>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a cursor is what an answer gives as `next`";
        let order = text.chars().next().filter(|order| "rfno".contains(*order)).ok_or(WRONG)?;
        let parts: Vec<&str> = text[order.len_utf8()..].split('.').collect();
        let [rank, time, story, statement] = parts[..] else { return Err(WRONG) };
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Self {
            order,
            rank: rank.parse().map_err(|_| WRONG)?,
            time: given(time).map(|time| time.parse().map_err(|_| WRONG)).transpose()?,
            story: StoryKey(u64::from_str_radix(story, 16).map_err(|_| WRONG)?),
            statement: given(statement).map(|it| it.parse().map_err(|_| WRONG)).transpose()?,
        })
    }
}
