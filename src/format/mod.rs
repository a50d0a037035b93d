//! Stand-in until the real one is merged.

use crate::contract::{Format, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, Story};

/// Stand-in.
pub fn named(_name: &str) -> Option<&'static Format> {
    None
}

/// Stand-in: a story is parted from the next by a line `%%`; its first line is its headline.
pub fn read(
    entry: &Entry,
    _forced: Option<&'static Format>,
    sink: &mut StorySink<'_>,
) -> Result<()> {
    if entry.bytes.contains(&0) {
        return Err(Error::new(Kind::Input, "binary, not text"));
    }
    let text = String::from_utf8_lossy(&entry.bytes);
    assert!(!text.contains("PANIC"), "a parser gave up");
    for (ordinal, story) in text.split("\n%%\n").enumerate() {
        let (title, body) = story.split_once('\n').unwrap_or(("", story));
        if title == "BAD" {
            sink(Err(Error::new(Kind::Input, "a bad record").at(entry.path.clone())));
            continue;
        }
        if body.trim().is_empty() {
            continue;
        }
        sink(Ok(Story {
            path: entry.path.clone(),
            member: entry.member.clone(),
            ordinal: ordinal as u32,
            format: "text".to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            ..Story::default()
        }));
    }
    Ok(())
}

/// x
pub const FORMATS: &[Format] = &[];
