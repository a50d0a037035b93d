//! What ingest adds to a story as read: its day, where the format did not tell it, its language,
//! and what it means.

use jiff::civil::Date;

use crate::annotate;
use crate::contract::Text;
use crate::model::{Entry, Record, Story};
use crate::text::language::language;
use crate::text::published::{Hints, settle_published};

/// Completes a story from what is known of its file.
///
/// `place` is the file's whole path, so that a day in the names of the folders above the one that
/// was given counts too.
pub(super) fn complete(story: &mut Story, entry: &Entry, place: &str, published: Option<Date>) {
    let path = if entry.member.is_empty() {
        place.to_owned()
    } else {
        format!("{place}/{}", entry.member)
    };
    settle_published(story, &Hints { path: &path, option: published, modified: entry.modified });
    if story.language.is_empty() {
        story.language = language(&story.body).unwrap_or_default().to_owned();
    }
}

/// Annotates a story.
pub fn annotated(story: Story) -> Record {
    let text = Text {
        title: &story.title,
        body: &story.body,
        published: story.published.map(|moment| moment.day()),
        language: &story.language,
    };
    let annotations = annotate::annotate(&text);
    Record { story, annotations }
}
