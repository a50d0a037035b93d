//! Byte offsets told in code points, as everything outside the program counts.

use crate::model::Span;

/// Turns byte offsets of one text into counts of Unicode code points.
///
/// Cheapest when asked in rising order: it counts on from the last answer. In a text of ASCII
/// only, the two are the same.
pub struct CodePoints<'a> {
    text: &'a str,
    ascii: bool,
    byte: usize,
    count: usize,
}

impl<'a> CodePoints<'a> {
    /// Starts at the front of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, ascii: text.is_ascii(), byte: 0, count: 0 }
    }

    /// Gives how many code points stand before a byte; the text's length for a byte behind it.
    pub fn before(&mut self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.ascii {
            return byte;
        }
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += count(&self.text.as_bytes()[self.byte..byte]);
        self.byte = byte;
        self.count
    }

    /// Gives both ends of a span.
    pub fn of(&mut self, span: Span) -> [usize; 2] {
        [self.before(span.start()), self.before(span.end())]
    }
}

/// Counts the bytes that start a code point.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// The last place at or before a byte at which a character begins.
///
/// ```
/// assert_eq!(onrecord::text::offsets::floor("né", 2), 1);
/// assert_eq!(onrecord::text::offsets::floor("né", 9), 3);
/// ```
pub fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_boundary_is_counted_as_chars_counts_it(text in "[a-zé“日🎈]{0,40}") {
            let mut points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.before(byte), count);
            }
            prop_assert_eq!(points.before(text.len() + 9), text.chars().count());
            prop_assert_eq!(points.before(0), 0);
        }
    }
}
