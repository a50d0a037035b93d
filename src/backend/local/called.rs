//! How stories name people: the words `key`, name and role of the field `called`.
//!
//! Reads postings and the column of days, never a stored story.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tantivy::columnar::Column;
use tantivy::postings::Postings;
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, TERMINATED};

use super::counted::day_of;
use super::schema::DAY;
use crate::model::{Naming, Person};
use crate::text::bearers::Name;

/// Stands between the parts of a word of this field.
const BETWEEN: char = '\u{1F}';

/// The words of the field for somebody named in a story: one for each key of the name.
pub(super) fn words(person: &Person) -> Vec<String> {
    let role = person.role.as_deref().unwrap_or_default();
    let keys = Name::of(&person.name).map(|name| name.keys()).unwrap_or_default();
    keys.iter().map(|key| format!("{key}{BETWEEN}{}{BETWEEN}{role}", person.name)).collect()
}

/// How the stories that are not deleted name people whose names have one of the keys; all people
/// where no keys are given.
pub(super) fn namings(
    searcher: &Searcher,
    called: Handle,
    keys: Option<&[String]>,
) -> tantivy::Result<Vec<Naming>> {
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let mut reading = Reading::of(segment, &mut found)?;
        match keys {
            None => reading.read(called, "", None)?,
            Some(keys) => {
                for key in keys {
                    reading.read(called, &format!("{key}{BETWEEN}"), Some(keys))?;
                }
            }
        }
    }
    let namings = found.into_iter().filter(|(_, seen)| seen.stories > 0);
    Ok(namings
        .map(|((name, role), Seen { stories, first, last })| Naming {
            name,
            role,
            stories,
            first,
            last,
        })
        .collect())
}

/// In how many stories a name and role stand, and when.
#[derive(Default)]
struct Seen {
    stories: u64,
    first: Option<Date>,
    last: Option<Date>,
}

/// One segment being read.
struct Reading<'a> {
    segment: &'a SegmentReader,
    days: Option<Column<i64>>,
    found: &'a mut BTreeMap<(String, String), Seen>,
}

impl<'a> Reading<'a> {
    fn of(
        segment: &'a SegmentReader,
        found: &'a mut BTreeMap<(String, String), Seen>,
    ) -> tantivy::Result<Self> {
        let days = segment.fast_fields().column_opt::<i64>(DAY)?;
        Ok(Self { segment, days, found })
    }

    /// Reads every word of the field that starts so.
    fn read(
        &mut self,
        called: Handle,
        start: &str,
        keys: Option<&[String]>,
    ) -> tantivy::Result<()> {
        let index = self.segment.inverted_index(called)?;
        let mut terms = index.terms().range().ge(start.as_bytes()).into_stream()?;
        while terms.advance() && terms.key().starts_with(start.as_bytes()) {
            let word = std::str::from_utf8(terms.key()).unwrap_or_default();
            let mut parts = word.splitn(3, BETWEEN);
            let (Some(key), Some(name), Some(role)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            // A name stands under several keys, and counts under one.
            let own = Name::of(name).map(|name| name.keys()).unwrap_or_default();
            let asked = |key: &&String| keys.is_none_or(|keys| keys.contains(key));
            if own.iter().find(asked).is_none_or(|first| first != key) {
                continue;
            }
            let mut stories =
                index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            let seen = self.found.entry((name.to_owned(), role.to_owned())).or_default();
            see(seen, &mut stories, self.segment, self.days.as_ref());
        }
        Ok(())
    }
}

fn see(
    seen: &mut Seen,
    stories: &mut impl Postings,
    segment: &SegmentReader,
    days: Option<&Column<i64>>,
) {
    let mut story = stories.doc();
    while story != TERMINATED {
        if !segment.is_deleted(story) {
            seen.stories += 1;
            if let Some(day) = days.and_then(|days| days.first(story)).and_then(day_of) {
                seen.first = Some(seen.first.map_or(day, |first| first.min(day)));
                seen.last = Some(seen.last.map_or(day, |last| last.max(day)));
            }
        }
        story = stories.advance();
    }
}
