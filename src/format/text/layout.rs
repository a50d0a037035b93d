//! A text file to its blocks: paragraphs, headings, tables.

use std::borrow::Cow;

use crate::text::byline;
use crate::text::columns::{self, is_column, lines};

/// A paragraph or a heading, or a table with its lines.
pub(super) struct Block<'a> {
    /// The text; a table's lines are parted by `\n`.
    pub(super) text: Cow<'a, str>,
}

/// Parts a text into its blocks.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut group = Vec::new();
    let mut groups = 0;
    for line in lines(text).chain([""]) {
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
        let paragraphs = columns::joined(lines).into_iter();
        blocks.extend(paragraphs.map(|text| Block { text: Cow::Owned(text) }));
    } else if line_by_line || lines.iter().any(|line| line.len() > columns::MOST) {
        blocks.extend(lines.iter().map(|line| Block { text: Cow::Borrowed(line.trim()) }));
    } else {
        let rows: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        blocks.push(Block { text: Cow::Owned(rows.join("\n")) });
    }
}
