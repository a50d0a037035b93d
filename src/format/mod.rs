//! Stand-in until the real one is merged.

use crate::contract::{Format, StorySink};
use crate::error::Result;
use crate::model::{Entry, Story};

/// Stand-in.
pub fn named(_name: &str) -> Option<&'static Format> {
    None
}

/// Stand-in: a story is parted from the next by a line `%%`; its first line is its headline.
pub fn read(
    entry: &Entry,
    forced: Option<&'static Format>,
    sink: &mut StorySink<'_>,
) -> Result<()> {
    let mut ordinal = 0;
    let mut numbered = |story: Result<Story>| {
        sink(story.map(|story| Story {
            path: entry.path.clone(),
            member: entry.member.clone(),
            ordinal,
            ..story
        }));
        ordinal += 1;
    };
    if let Some(format) = forced {
        return (format.read)(entry, &mut numbered);
    }
    let text = String::from_utf8_lossy(&entry.bytes);
    let (title, body) = text.split_once('\n').unwrap_or(("", &text));
    numbered(Ok(Story { title: title.to_owned(), body: body.to_owned(), ..Story::default() }));
    Ok(())
}

/// x
pub const FORMATS: &[Format] = &[];
