//! Markdown with front matter, as newsrooms' sites and archives of reporters keep stories.
//!
//! Comes in: a file. Goes out: its story; the front matter (YAML between `---`, TOML between `+++`)
//! fills its fields, and the text loses Markdown's marks. A file without front matter is Markdown
//! only where it clearly is: wire copy has slugs with `#`, rows of `*` and lists with `-` too.

mod front;
mod prose;
mod toml;
mod yaml;

use crate::contract::{Format, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, Story};
use crate::text::decode::decode;
use crate::text::{copy, fields};

/// Markdown.
pub(super) const MARKDOWN: Format = Format {
    name: "markdown",
    doc: "Markdown with front matter in YAML or TOML, or with marks that nothing else has",
    signs: "front matter that names a title, a date or a writer; or a heading, links and emphasis",
    sniff,
    read,
};

/// How much of a file is looked at for marks.
const LOOKED_AT: usize = 1 << 16;
/// How many kinds of mark show that a file without front matter is Markdown, by its name and without.
const MARKS_BY_NAME: usize = 1;
const MARKS: usize = 3;

/// Front matter begins within so many bytes, a byte-order mark and a blank line before it.
const FENCE: usize = 8;

fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(LOOKED_AT)];
    // Wire copy has none of the marks, and most of what is looked at is wire copy.
    let marked = memchr::memchr3(b'#', b'[', b'`', head).is_some()
        || memchr::memchr3(b'*', b'>', b'_', head).is_some();
    if !marked && memchr::memchr2(b'-', b'+', &head[..head.len().min(FENCE)]).is_none() {
        return Likeness::No;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{FEFF}');
    if let Some(front) = front::split(text) {
        return if front.is_storys() { Likeness::Likely } else { Likeness::No };
    }
    let name = if entry.member.is_empty() { &entry.path } else { &entry.member };
    let named = [".md", ".markdown"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let needed = if named { MARKS_BY_NAME } else { MARKS };
    if prose::marks(text) >= needed { Likeness::Likely } else { Likeness::No }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let charset = Some(entry.charset.as_str()).filter(|name| !name.is_empty());
    let decoded = decode(&entry.bytes, charset).map_err(|why| Error::new(Kind::Input, why))?;
    let front = front::split(&decoded.text);
    let text = front.as_ref().map_or(decoded.text.as_ref(), |front| front.rest);
    let record = front.as_ref().map(front::Front::record);
    let prose = prose::read(text);
    let mut story = match &record {
        Some(record) if prose.paragraphs.is_empty() => {
            fields::story(record, &entry.map, Story::default())
        }
        Some(record) => fields::story_without_text(record, &entry.map),
        None => Story::default(),
    };
    let mut paragraphs = prose.paragraphs;
    if let Some(heading) = prose.heading {
        if story.title.is_empty() {
            story.title = heading;
            story.origins.tell("title", "heading");
        } else {
            paragraphs.insert(0, heading);
        }
    }
    if !paragraphs.is_empty() {
        story.origins.tell("body", "text");
        copy::set_body(&mut story, "", paragraphs);
    }
    if story.title.is_empty() && story.body.is_empty() {
        return Err(Error::new(Kind::Input, "Markdown without a title and without text"));
    }
    sink(Ok(story));
    Ok(())
}

#[cfg(test)]
mod tests;
