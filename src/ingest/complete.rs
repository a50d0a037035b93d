//! What ingest adds to a story as read: its day, where the format did not tell it, its language,
//! and what it means.

use jiff::civil::Date;

use crate::annotate;
use crate::contract::Text;
use crate::model::{Annotations, Entry, Story};
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
    // What an archive fetched is at least as old as its capture.
    let modified = entry.captured.or(entry.modified);
    settle_published(story, &Hints { path: &path, option: published, modified });
    if story.language.is_empty() {
        story.language = language(&story.body).unwrap_or_default().to_owned();
    }
}

/// Finds what a story means.
pub fn annotations(story: &Story) -> Annotations {
    annotate::annotate(&Text::from(story))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Moment, PublishedFrom};

    fn completed(story: Story, published: Option<Date>) -> Story {
        let mut story = story;
        let modified = Some("2024-01-02T03:04:05Z".parse().unwrap());
        let entry = Entry { modified, ..Entry::default() };
        complete(&mut story, &entry, "/archive/wire/a.txt", published);
        story
    }

    #[test]
    fn what_the_format_told_stands() {
        let told = Story {
            language: "fi".to_owned(),
            published: Some(Moment::Day(date(2020, 5, 6))),
            published_from: Some(PublishedFrom::Metadata),
            ..Story::default()
        };
        assert_eq!(completed(told.clone(), Some(date(2021, 1, 1))), told);
    }

    #[test]
    fn the_option_goes_before_the_time_of_the_file() {
        let day = |option| {
            let story = completed(Story::default(), option);
            (story.published.map(|moment| moment.day()), story.published_from)
        };
        let option = date(2021, 1, 1);
        assert_eq!(day(Some(option)), (Some(option), Some(PublishedFrom::Option)));
        assert_eq!(day(None), (Some(date(2024, 1, 2)), Some(PublishedFrom::FileTime)));
    }

    #[test]
    fn the_language_is_found_where_the_format_is_silent() {
        let body = "The harbour town of Varnholm will keep the ferry to the island, the council \
                    said on Tuesday after a long night of talks with the owners of the line.";
        let story = completed(Story { body: body.to_owned(), ..Story::default() }, None);
        assert_eq!(story.language, "en");
    }
}
