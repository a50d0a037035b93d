//! Text set in a column: lines broken at a width, paragraphs indented or parted by blank lines.

/// So many blanks inside a line are a gap between a table's columns.
const GAP: &str = "   ";

/// Joins a column's lines into paragraphs, parted by blank lines; a table keeps its lines.
///
/// ```
/// use onrecord::text::columns::paragraphs;
/// let text = "    The port was\nshut. \n    Nobody came.\n\nRovers   2\nUnited   1\n";
/// assert_eq!(paragraphs(text), "The port was shut.\n\nNobody came.\n\nRovers   2\nUnited   1");
/// ```
pub fn paragraphs(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut last = Line::Blank;
    for line in text.lines() {
        let kind = kind(line);
        if kind != Line::Blank {
            let mark = match (last, kind) {
                _ if joined.is_empty() => "",
                (Line::Row, Line::Row) => "\n",
                (Line::Prose, Line::Prose) => " ",
                (Line::Indented, Line::Prose) => " ",
                _ => "\n\n",
            };
            joined.push_str(mark);
            joined.push_str(line.trim());
        }
        last = kind;
    }
    joined
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Blank,
    /// A line that goes on, or begins behind a blank one.
    Prose,
    /// The first of a paragraph.
    Indented,
    /// A row of a table.
    Row,
}

fn kind(line: &str) -> Line {
    let text = line.trim();
    if text.is_empty() {
        return Line::Blank;
    }
    if has_gap(text) {
        return Line::Row;
    }
    if line.starts_with("  ") || line.starts_with('\t') { Line::Indented } else { Line::Prose }
}

/// Whether a tab, or as many blanks as part columns, stand in a line.
fn has_gap(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b' ', b'\t', bytes)
        .any(|at| bytes[at] == b'\t' || bytes[at..].starts_with(GAP.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_word_is_lost(text in "([a-z]{0,6}[ \n\t]{0,4}){0,20}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            let joined = paragraphs(&text);
            prop_assert_eq!(joined.split_whitespace().collect::<Vec<_>>(), words);
        }
    }
}
