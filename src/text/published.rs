//! Stand-in until the real one is merged.

use jiff::civil::Date;

use crate::model::{Moment, PublishedFrom, Story};

/// What else may tell a story's day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The file's path.
    pub path: &'a str,
    /// `--published`.
    pub option: Option<Date>,
    /// The file's time of modification.
    pub modified: Option<Moment>,
}

/// Stand-in.
pub fn settle_published(story: &mut Story, hints: &Hints<'_>) {
    if story.published.is_some() {
        return;
    }
    if let Some(day) = hints.option {
        (story.published, story.published_from) =
            (Some(Moment::Day(day)), Some(PublishedFrom::Option));
    } else if hints.modified.is_some() {
        (story.published, story.published_from) = (hints.modified, Some(PublishedFrom::FileTime));
    }
}
