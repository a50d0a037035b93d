//! Markdown to paragraphs without its marks.

use memchr::memmem;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::text::markup;

/// A text without Markdown's marks.
#[derive(Default)]
pub(super) struct Prose {
    /// The heading of the first order that stands in front of everything.
    pub(super) heading: Option<String>,
    /// The paragraphs: a list is one with a line an item, a table one with a line a row.
    pub(super) paragraphs: Vec<String>,
}

/// Reads a text.
pub(super) fn read(text: &str) -> Prose {
    let mut writer = Writer::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        writer.take(event);
    }
    writer.end_paragraph();
    writer.prose
}

#[derive(Default)]
struct Writer {
    prose: Prose,
    now: String,
    /// How many lists and tables are open, whose parts are lines.
    lines: usize,
    /// How many pictures are open, whose text is no prose.
    pictures: usize,
    /// The block of HTML that is open.
    html: Option<String>,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) if self.pictures == 0 => self.now.push_str(&text),
            Event::Html(text) => self.html.get_or_insert_default().push_str(&text),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.now.push('\n'),
            Event::SoftBreak => self.now.push(' '),
            Event::HardBreak => self.now.push('\n'),
            Event::Rule => self.end_paragraph(),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Image { .. } => self.pictures += 1,
            Tag::List(_) | Tag::Table(_) => {
                if self.lines == 0 {
                    self.end_paragraph();
                }
                self.lines += 1;
            }
            Tag::Item | Tag::TableRow | Tag::TableHead => self.new_line(),
            Tag::TableCell if !self.now.is_empty() && !self.now.ends_with('\n') => {
                self.now.push('\t');
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::List(_) | TagEnd::Table => {
                self.lines = self.lines.saturating_sub(1);
                self.end_block();
            }
            TagEnd::Heading(HeadingLevel::H1)
                if self.prose.heading.is_none() && self.prose.paragraphs.is_empty() =>
            {
                let heading = markup::one_line(&std::mem::take(&mut self.now));
                self.prose.heading = Some(heading).filter(|heading| !heading.is_empty());
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.end_paragraph();
                    self.prose.paragraphs.extend(markup::html(&html));
                }
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.end_block(),
            _ => {}
        }
    }

    /// Ends a block: within a list it is a line.
    fn end_block(&mut self) {
        if self.lines > 0 { self.new_line() } else { self.end_paragraph() }
    }

    fn new_line(&mut self) {
        if !self.now.is_empty() && !self.now.ends_with('\n') {
            self.now.push('\n');
        }
    }

    fn end_paragraph(&mut self) {
        let text = self.now.trim_matches(['\n', ' ']);
        if !text.trim().is_empty() {
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            self.prose.paragraphs.push(lines.join("\n"));
        }
        self.now.clear();
    }
}

/// How many kinds of mark a text has that wire copy has not: a heading in front, headings below it,
/// links, pictures, bold words, fenced code.
pub(super) fn marks(text: &str) -> usize {
    let holds = |sign: &str| memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    let heading = |line: &str, sign: &str| {
        let rest = line.strip_prefix(sign).unwrap_or_default().trim_start();
        rest.chars().next().is_some_and(char::is_alphanumeric) && !rest.ends_with('#')
    };
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let below = || text.lines().skip(1).any(|line| heading(line, "## ") || heading(line, "### "));
    let kinds = [
        heading(first, "# "),
        below(),
        holds("](http") || holds("](/"),
        holds("!["),
        is_bold(text),
        text.lines().any(|line| line.starts_with("```")),
    ];
    kinds.into_iter().filter(|kind| *kind).count()
}

/// Whether words stand between pairs of stars; a row of stars is a wire's rule.
fn is_bold(text: &str) -> bool {
    const LONGEST: usize = 400;
    memmem::find_iter(text.as_bytes(), b"**").take(64).any(|at| {
        let rest = &text.as_bytes()[at + 2..];
        let rest = &rest[..rest.len().min(LONGEST)];
        let opens = rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric());
        let end = memmem::find(rest, b"**");
        opens
            && end.is_some_and(|end| {
                end > 1 && !rest[end - 1].is_ascii_whitespace() && rest[end - 1] != b'*'
            })
    })
}
