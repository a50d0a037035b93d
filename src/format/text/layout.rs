//! A text file to its blocks: paragraphs, headings, tables.

use std::borrow::Cow;

use crate::text::byline;

/// A paragraph or a heading, or a table with its lines.
pub(super) struct Block<'a> {
    /// The text; a table's lines are parted by `\n`.
    pub(super) text: Cow<'a, str>,
}

/// A line of a column is at least so long, in bytes, but for the last of its paragraph ...
const COLUMN_LEAST: usize = 45;
/// ... and at most so long.
const COLUMN_MOST: usize = 95;
/// Of a hundred lines with another below them, how many must be as long as a column's.
const COLUMN_SHARE: usize = 70;

/// Parts a text into its blocks.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut group = Vec::new();
    let mut groups = 0;
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            group.push(line);
            continue;
        }
        if !group.is_empty() {
            add_group(&mut blocks, &group, groups == 0);
            groups += 1;
            group.clear();
        }
    }
    blocks
}

/// Adds the blocks of lines that no blank line parts. The first such lines are a heading, or the
/// whole of a story that parts its paragraphs by line ends alone.
fn add_group<'a>(blocks: &mut Vec<Block<'a>>, lines: &[&'a str], first: bool) {
    if let ([above, below], true) = (lines, first)
        && below.trim_start() == *below
        && below.starts_with(char::is_lowercase)
    {
        // A headline that was broken over two lines.
        let headline = format!("{} {}", above.trim(), below.trim());
        return blocks.push(Block { text: Cow::Owned(headline) });
    }
    if first && lines.len() > 1 {
        blocks.push(Block { text: Cow::Borrowed(lines[0].trim()) });
        return add_body(blocks, &lines[1..], true);
    }
    add_body(blocks, lines, false);
}

fn add_body<'a>(blocks: &mut Vec<Block<'a>>, lines: &[&'a str], line_by_line: bool) {
    let line_by_line = line_by_line || !byline::names(lines[0]).is_empty();
    if let [line] = lines {
        blocks.push(Block { text: Cow::Borrowed(line.trim()) });
    } else if is_column(lines) {
        add_column(blocks, lines);
    } else if line_by_line || lines.iter().any(|line| line.len() > COLUMN_MOST) {
        blocks.extend(lines.iter().map(|line| Block { text: Cow::Borrowed(line.trim()) }));
    } else {
        let rows: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        blocks.push(Block { text: Cow::Owned(rows.join("\n")) });
    }
}

/// Whether lines were broken at a column's width: all but the last of each paragraph are about as
/// long as each other.
fn is_column(lines: &[&str]) -> bool {
    if lines.iter().any(|line| line.trim_end().len() > COLUMN_MOST) {
        return false;
    }
    let followed = lines.windows(2).filter(|pair| !is_indented(pair[1]));
    let (mut all, mut long) = (0, 0);
    for pair in followed {
        all += 1;
        long += usize::from(pair[0].trim_end().len() >= COLUMN_LEAST);
    }
    all > 0 && long * 100 >= all * COLUMN_SHARE
}

/// Joins a column's lines; an indented line begins a paragraph.
fn add_column<'a>(blocks: &mut Vec<Block<'a>>, lines: &[&'a str]) {
    let mut paragraph = String::new();
    for line in lines {
        if is_indented(line) && !paragraph.is_empty() {
            blocks.push(Block { text: Cow::Owned(std::mem::take(&mut paragraph)) });
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line.trim());
    }
    if !paragraph.is_empty() {
        blocks.push(Block { text: Cow::Owned(paragraph) });
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t')
}
