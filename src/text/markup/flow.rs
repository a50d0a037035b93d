//! Text and tags, in the order they stand, to paragraphs.

use std::borrow::Cow;

use crate::text::columns::{self, is_column, lines};
use crate::text::entities;

/// Elements whose content is no prose of the story: pictures, scripts, metadata. Ordered, as all
/// lists of names here, to be searched by halves.
const HIDDEN: &[&str] = &[
    "audio",
    "button",
    "embed",
    "figcaption",
    "figure",
    "form",
    "head",
    "iframe",
    "img",
    "media",
    "media-caption",
    "media-metadata",
    "media-producer",
    "media-reference",
    "nitf-colgroup",
    "nitf-table-metadata",
    "noscript",
    "note",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "title",
    "video",
];

/// Elements without an end, so that nothing in them could be hidden.
const VOID: &[&str] = &["embed", "img"];

/// Whether what stands in an element of a name is no prose.
pub(super) fn hides(name: &str) -> bool {
    HIDDEN.binary_search(&name).is_ok() && !VOID.contains(&name)
}

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "bibliography",
    "block",
    "blockquote",
    "body",
    "body.content",
    "body.end",
    "body.head",
    "bq",
    "caption",
    "center",
    "credit",
    "datasource",
    "dd",
    "dir",
    "div",
    "dl",
    "dt",
    "fn",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "headline",
    "hedline",
    "hl1",
    "hl2",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nitf",
    "nitf-table",
    "ol",
    "p",
    "para",
    "paragraph",
    "pre",
    "section",
    "table",
    "tagline",
    "ul",
];

/// Paragraphs as they are put together.
#[derive(Default)]
pub(super) struct Flow {
    done: Vec<String>,
    now: String,
    /// How many elements are open that keep their lines.
    kept: usize,
    /// How many rows of tables are open.
    rows: usize,
    /// The hidden element that is open, and how many of its name.
    hidden: Option<(String, usize)>,
}

impl Flow {
    /// A flow that keeps lines from its start.
    pub(super) fn of_lines() -> Self {
        Self { kept: 1, ..Self::default() }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let text = entities::decode(text);
        if self.kept > 0 || has_lines(&text) {
            return self.now.push_str(&text);
        }
        self.words(&text);
    }

    /// Adds a text's words, one blank between them.
    fn words(&mut self, text: &str) {
        if has_plain_blanks(text) {
            let words = text.strip_prefix(' ');
            if words.is_some() {
                self.blank();
            }
            return self.now.push_str(words.unwrap_or(text));
        }
        let bytes = text.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(byte) = bytes.get(at) {
            // One blank between two letters, by far the commonest, stands as it is.
            let is_single =
                *byte == b' ' && at > from && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic);
            if is_single || byte.is_ascii_graphic() {
                at += 1;
                continue;
            }
            let rest = &text[at..];
            let blanks = rest.len() - rest.trim_start().len();
            if blanks == 0 {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            self.now.push_str(&text[from..at]);
            self.blank();
            at += blanks;
            from = at;
        }
        self.now.push_str(&text[from..]);
    }

    /// Adds a blank unless one stands there already.
    fn blank(&mut self) {
        if !self.now.is_empty() && !self.now.ends_with([' ', '\n', '\t']) {
            self.now.push(' ');
        }
    }

    pub(super) fn open(&mut self, name: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth += usize::from(hidden.eq_ignore_ascii_case(name));
            return;
        }
        let lower = lower_case(name);
        match lower.as_ref() {
            "p" => self.block(),
            "br" => self.new_line(),
            "tr" => {
                self.rows += 1;
                self.new_line();
            }
            "td" | "th" => self.next_cell(),
            "pre" => {
                self.end_paragraph();
                self.kept += 1;
            }
            name if hides(name) => self.hidden = Some((name.to_owned(), 1)),
            name if VOID.contains(&name) => {}
            name if BLOCKS.binary_search(&name).is_ok() => self.block(),
            _ => {}
        }
    }

    /// Parts a cell from the one before it in its row.
    fn next_cell(&mut self) {
        if !self.now.is_empty() && !self.now.ends_with('\n') {
            self.trim_blank();
            self.now.push('\t');
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth -= usize::from(hidden.eq_ignore_ascii_case(name));
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        let lower = lower_case(name);
        match lower.as_ref() {
            "p" => self.block(),
            "tr" => self.rows = self.rows.saturating_sub(1),
            "table" => {
                self.rows = 0;
                self.end_paragraph();
            }
            "pre" => {
                self.end_paragraph();
                self.kept = self.kept.saturating_sub(1);
            }
            name if BLOCKS.binary_search(&name).is_ok() => self.block(),
            _ => {}
        }
    }

    /// A block begins or ends; within a row of a table it parts words only.
    fn block(&mut self) {
        if self.rows > 0 { self.blank() } else { self.end_paragraph() }
    }

    fn new_line(&mut self) {
        // A break in front of a blank is a column's; the blank stays to show it.
        if !self.now.is_empty() {
            self.now.push('\n');
        }
    }

    fn trim_blank(&mut self) {
        if self.now.ends_with(' ') {
            self.now.pop();
        }
    }

    fn end_paragraph(&mut self) {
        if self.now.trim().is_empty() {
            return self.now.clear();
        }
        let text = std::mem::take(&mut self.now);
        if !text.trim().contains('\n') {
            return self.done.push(one_paragraph(&text));
        }
        self.done.extend(plain(&text));
    }

    pub(super) fn finish(mut self) -> Vec<String> {
        self.end_paragraph();
        self.done
    }
}

/// Whether all the blanks of a text are single ones, for certain: none is beyond ASCII.
pub(super) fn has_plain_blanks(text: &str) -> bool {
    // The first bytes of blanks beyond ASCII, which other letters have too.
    let is_odd = |byte: u8| byte < b' ' || matches!(byte, 0xC2 | 0xE1 | 0xE2 | 0xE3);
    // No early end, so that the machine looks at many bytes at a time.
    let any_odd = text.bytes().fold(false, |any, byte| any | is_odd(byte));
    !any_odd && memchr::memmem::find(text.as_bytes(), b"  ").is_none()
}

/// Whether the lines of a text mean something though no markup says so: a wire's column or table in
/// one `<p>`. The lines of a document that was merely laid out neatly are all indented.
fn has_lines(text: &str) -> bool {
    if memchr::memchr_iter(b'\n', text.as_bytes()).nth(LINES_LEAST - 1).is_none() {
        return false;
    }
    let lines = || text.lines().skip(1).filter(|line| !line.trim().is_empty());
    lines().count() >= LINES_LEAST
        && lines().any(|line| !line.starts_with([' ', '\t']))
        && text.lines().all(|line| line.trim().len() <= columns::MOST)
}

/// Fewer lines than this mean nothing.
const LINES_LEAST: usize = 3;

/// A name in small letters; it is its own where it is in small letters already.
fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return name.to_ascii_lowercase().into();
    }
    name.into()
}

/// A line without blanks around it; tabs stay.
fn one_paragraph(text: &str) -> String {
    text.trim().to_owned()
}

/// The paragraphs of plain text: parted by blank lines or by their first line's indent; the lines
/// of a column are joined, those of a table or a list stay.
///
/// ```
/// use onrecord::text::markup::plain;
/// assert_eq!(plain("One.\n\nRovers 2\nTown 1\n"), ["One.", "Rovers 2\nTown 1"]);
/// ```
pub fn plain(text: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut group: Vec<&str> = Vec::new();
    for line in lines(text).chain([""]) {
        if !line.trim().is_empty() {
            group.push(line);
        } else if !group.is_empty() {
            add_group(&mut done, &group);
            group.clear();
        }
    }
    done
}

fn add_group(done: &mut Vec<String>, lines: &[&str]) {
    if is_column(lines) && !lines.iter().any(|line| line.contains('\t')) {
        return done.extend(columns::joined(lines));
    }
    if lines.iter().any(|line| line.len() > columns::MOST) {
        return done.extend(lines.iter().map(|line| line.trim().to_owned()));
    }
    let rows: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    done.push(rows.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_searched_by_halves_are_in_order() {
        assert!(BLOCKS.is_sorted() && HIDDEN.is_sorted());
    }
}
