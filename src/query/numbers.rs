//! Numbers as a query writes them, to bounds.

use super::days::Reach;
use crate::error::{Error, Kind, Result};
use crate::model::Bound;

/// Reads a number or a range of numbers: `1000`, `1,000`, `500..1000`, `500..`.
pub(super) fn read(text: &str, reach: Reach) -> Result<(Bound, Bound)> {
    if reach == Reach::Within
        && let Some((first, last)) = text.split_once("..")
    {
        return range(text, first, last);
    }
    let number = number(text)?;
    let nothing = || wrong(format!("no number is beyond {text}"));
    let above = || number.checked_add(1).map(Bound::Number).ok_or_else(nothing);
    let below = || number.checked_sub(1).map(Bound::Number).ok_or_else(nothing);
    match reach {
        Reach::After => Ok((above()?, Bound::Open)),
        Reach::Since => Ok((Bound::Number(number), Bound::Open)),
        Reach::Before => Ok((Bound::Open, below()?)),
        Reach::Until => Ok((Bound::Open, Bound::Number(number))),
        Reach::Within | Reach::Last => Ok((Bound::Number(number), Bound::Number(number))),
    }
}

/// Reads both ends of a range; an empty end or `*` is open.
pub(super) fn range(text: &str, first: &str, last: &str) -> Result<(Bound, Bound)> {
    let end = |text: &str| match text.trim() {
        "" | "*" => Ok(Bound::Open),
        text => number(text).map(Bound::Number),
    };
    match (end(first)?, end(last)?) {
        (Bound::Open, Bound::Open) => Err(wrong(format!("`{text}` is open at both ends"))),
        (Bound::Number(first), Bound::Number(last)) if first > last => {
            Err(wrong(format!("`{text}` ends before it starts")))
        }
        ends => Ok(ends),
    }
}

fn number(text: &str) -> Result<u64> {
    let plain: String = text.trim().chars().filter(|letter| *letter != ',').collect();
    let digits = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
    match plain.parse() {
        Ok(number) if digits => Ok(number),
        _ => Err(wrong(format!("`{text}` is not a number"))),
    }
}

fn wrong(message: String) -> Error {
    Error::new(Kind::Query, message)
        .hint("a length is written `length>1000`, `length:500..1000` or `wc<300`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_its_reach() {
        let read = |text, reach| read(text, reach).ok();
        assert_eq!(read("1,000", Reach::After), Some((Bound::Number(1001), Bound::Open)));
        assert_eq!(read("300", Reach::Before), Some((Bound::Open, Bound::Number(299))));
        assert_eq!(read("5..", Reach::Within), Some((Bound::Number(5), Bound::Open)));
        assert_eq!(read("0", Reach::Before), None);
        assert_eq!(read("18446744073709551615", Reach::After), None);
        assert_eq!(read("9..5", Reach::Within), None);
        assert_eq!(read("-5", Reach::Within), None);
        assert_eq!(read("", Reach::Within), None);
    }
}
