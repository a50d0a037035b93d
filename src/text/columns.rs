//! Text set in a column: lines broken at a width, paragraphs indented or parted by blank lines.

/// So many blanks inside a line are a gap between a table's columns.
const GAP: &str = "   ";
/// A line of a column is at least so long, in bytes, but for the last of its paragraph ...
const LEAST: usize = 45;
/// ... and at most so long.
pub const MOST: usize = 95;
/// Of a hundred lines with another below them, how many must be as long as a column's.
const SHARE: usize = 70;

/// A text's lines, as `\n` parts them; behind the last `\n` stands one more, which may be empty.
///
/// ```
/// use onrecord::text::columns::lines;
/// assert_eq!(lines("a\nb\n").collect::<Vec<_>>(), ["a", "b", ""]);
/// ```
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line
    })
}

/// Whether lines were broken at a column's width: all but the last of each paragraph are about as
/// long as each other.
pub fn is_column(lines: &[&str]) -> bool {
    if lines.iter().any(|line| line.trim_end().len() > MOST) {
        return false;
    }
    let followed = lines.windows(2).filter(|pair| !is_indented(pair[1]));
    let (mut all, mut long) = (0, 0);
    for pair in followed {
        all += 1;
        long += usize::from(pair[0].trim().len() >= LEAST);
    }
    all > 0 && long * 100 >= all * SHARE
}

/// Joins a column's lines to its paragraphs; an indented line begins one.
pub fn joined(lines: &[&str]) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    for line in lines {
        match done.last_mut().filter(|_| !is_indented(line)) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(line.trim());
            }
            None => done.push(line.trim().to_owned()),
        }
    }
    done
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t')
}

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
    if is_indented(line) { Line::Indented } else { Line::Prose }
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
