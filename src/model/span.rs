//! A stretch of a text.

use serde::{Deserialize, Serialize};

/// A stretch of a text in bytes, the end exclusive; its start is never behind its end.
///
/// ```
/// use onrecord::model::Span;
/// let word = Span::new(3, 8);
/// assert_eq!(word.of("Mr Smith said"), "Smith");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes a span; an end before the start is moved up to the start.
    ///
    /// Stories are far below 4 GiB (the largest file read is bounded), so 32 bits hold an offset.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// The first byte.
    #[inline]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte behind the last.
    #[inline]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// How many bytes.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers; empty where it does not fit the text.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// Whether the two share a byte.
    #[inline]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies inside.
    #[inline]
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    #[inline]
    pub fn has(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// The same stretch counted from a place `by` bytes further on.
    #[must_use]
    pub fn back_by(self, by: usize) -> Span {
        Span::new(self.start().saturating_sub(by), self.end().saturating_sub(by))
    }

    /// The same stretch counted from a place `by` bytes before.
    #[must_use]
    pub fn forward_by(self, by: usize) -> Span {
        Span::new(self.start() + by, self.end() + by)
    }

    /// The span from the nearer start to the farther end of the two.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end: end.max(start) }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_before_the_start_is_moved_up() {
        assert!(Span::new(5, 2).is_empty());
        assert_eq!(Span::from((5, 2)), Span::new(5, 5));
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
    }

    #[test]
    fn a_span_outside_the_text_or_inside_a_letter_covers_nothing() {
        assert_eq!(Span::new(3, 9).of("abc"), "");
        assert_eq!(Span::new(1, 2).of("é"), "");
    }
}
