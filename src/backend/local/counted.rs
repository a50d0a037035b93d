//! Counting by days: how many matching documents lie in each stretch of the calendar.
//!
//! Reads columns only, never a stored story.

use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::postings::Postings;
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use super::collect::names_of;
use super::documents::day_number;
use super::schema::{LENGTH, MEANT};
use super::statements::{Names, ToStory};
use crate::model::{Counted, Period, Scope, Step};

/// The bits of a packed stretch that hold how many days it goes on.
const LENGTH_BITS: u32 = 9;
/// How many days the longest step of a timeline goes on, a year that has a leap day.
const LONGEST: i64 = 365;

/// A stretch of days as a number: its first day, and how many days it goes on behind that one; none of a
/// stretch that is longer than every step, which is counted in none.
pub(super) fn packed(period: &Period) -> Option<i64> {
    let first = day_number(period.first());
    let more = day_number(period.last()) - first;
    (more <= LONGEST).then_some(first << LENGTH_BITS | more)
}

/// The first and the last day of a packed stretch.
fn unpacked(stretch: i64) -> Option<(Date, Date)> {
    let first = day_of(stretch >> LENGTH_BITS)?;
    let more = stretch & ((1 << LENGTH_BITS) - 1);
    Some((first, first.checked_add(more.days()).ok()?))
}

pub(super) fn day_of(number: i64) -> Option<Date> {
    const EPOCH: Date = Date::constant(1970, 1, 1);
    EPOCH.checked_add(number.days()).ok()
}

/// How often each word stands in a field of the stories that are not deleted, and how many words
/// their bodies have.
pub(super) fn words(
    searcher: &Searcher,
    field: Handle,
    words: &[String],
) -> tantivy::Result<(Vec<u64>, u64)> {
    let (mut counts, mut all) = (vec![0; words.len()], 0);
    for segment in searcher.segment_readers() {
        let lengths = segment.fast_fields().u64(LENGTH)?;
        all += segment.doc_ids_alive().filter_map(|story| lengths.first(story)).sum::<u64>();
        let index = segment.inverted_index(field)?;
        for (word, count) in words.iter().zip(&mut counts) {
            let term = Term::from_field_text(field, word);
            let found = index.read_postings(&term, IndexRecordOption::WithFreqs)?;
            let Some(mut stories) = found else { continue };
            while stories.doc() != TERMINATED {
                if !segment.is_deleted(stories.doc()) {
                    *count += u64::from(stories.term_freq());
                }
                stories.advance();
            }
        }
    }
    Ok((counts, all))
}

/// Counts what matches by the stretch of the calendar that a day of its story lies in, and by a value.
pub(super) struct ByDay {
    pub(super) scope: Scope,
    /// The column of days.
    pub(super) days: &'static str,
    pub(super) step: Step,
    /// The column of values that are counted apart.
    pub(super) by: Option<&'static str>,
}

/// See [`ByDay`].
pub(super) struct SegmentDays {
    days: Option<Column<i64>>,
    meant: bool,
    step: Step,
    values: Option<StrColumn>,
    apart: bool,
    /// The names of speakers, where these are the values.
    names: Option<Names>,
    to_story: ToStory,
    /// The starts of a document's stretches, kept to be used again.
    starts: Vec<Date>,
    counts: FxHashMap<(Date, Option<u64>), u64>,
    undated: u64,
}

impl Collector for ByDay {
    type Fruit = Counted;
    type Child = SegmentDays;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentDays> {
        let columns = segment.fast_fields();
        let values = self.by.map(|name| columns.str(name)).transpose()?.flatten();
        Ok(SegmentDays {
            days: columns.column_opt::<i64>(self.days)?,
            meant: self.days == MEANT,
            step: self.step,
            values,
            apart: self.by.is_some(),
            names: names_of(self.scope, self.by.unwrap_or_default(), segment)?,
            to_story: ToStory::of(self.scope, segment)?,
            starts: Vec::new(),
            counts: FxHashMap::default(),
            undated: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Counted>>) -> tantivy::Result<Counted> {
        let mut total: FxHashMap<(Date, String), u64> = FxHashMap::default();
        let mut undated = 0;
        for segment in segments {
            let segment = segment?;
            undated += segment.undated;
            for (start, value, count) in segment.counts {
                *total.entry((start, value)).or_default() += count;
            }
        }
        let counts = total.into_iter().map(|((start, value), count)| (start, value, count));
        let mut counts: Vec<_> = counts.collect();
        counts.sort();
        Ok(Counted { counts, undated })
    }
}

impl SegmentDays {
    /// Notes the starts of the stretches in which a story lies.
    fn note_starts(&mut self, document: DocId) {
        self.starts.clear();
        let Some(days) = &self.days else { return };
        if !self.meant {
            let day = days.first(document).and_then(day_of);
            self.starts.extend(day.map(|day| self.step.start(day)));
            return;
        }
        for stretch in days.values_for_doc(document) {
            let Some((first, last)) = unpacked(stretch) else { continue };
            let start = self.step.start(first);
            let longest = self.step.end(start).since(start).map_or(0, |span| span.get_days());
            let length = last.since(first).map_or(0, |span| span.get_days());
            if length > longest {
                continue;
            }
            let touched = std::iter::successors(Some(start), |start| self.step.next(*start));
            self.starts.extend(touched.take_while(|start| *start <= last));
        }
        self.starts.sort_unstable();
        self.starts.dedup();
    }
}

impl SegmentCollector for SegmentDays {
    type Fruit = tantivy::Result<Counted>;

    fn collect(&mut self, at: DocId, _: Score) {
        let story = self.to_story.story(at);
        self.note_starts(story);
        if self.starts.is_empty() {
            self.undated += 1;
            return;
        }
        for start in &self.starts {
            if !self.apart {
                *self.counts.entry((*start, None)).or_default() += 1;
                continue;
            }
            if let Some(names) = &self.names {
                *self.counts.entry((*start, names.number(story, at))).or_default() += 1;
                continue;
            }
            let mut valued = false;
            for value in self.values.iter().flat_map(|values| values.term_ords(story)) {
                *self.counts.entry((*start, Some(value))).or_default() += 1;
                valued = true;
            }
            if !valued {
                *self.counts.entry((*start, None)).or_default() += 1;
            }
        }
    }

    fn harvest(self) -> tantivy::Result<Counted> {
        let mut names: FxHashMap<u64, String> = FxHashMap::default();
        let mut counts = Vec::with_capacity(self.counts.len());
        for ((start, value), count) in self.counts {
            let name = match (value, &self.values) {
                (Some(value), Some(values)) => match names.get(&value) {
                    Some(name) => name.clone(),
                    None => {
                        let mut name = String::new();
                        values.ord_to_str(value, &mut name)?;
                        names.insert(value, name.clone());
                        name
                    }
                },
                _ => String::new(),
            };
            counts.push((start, name, count));
        }
        Ok(Counted { counts, undated: self.undated })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_read_back_whenever_it_lies() {
        for period in ["2025-03-18", "1066", "2024", "1969-12-31/1970-01-02"] {
            let period: Period = period.parse().unwrap();
            let packed = packed(&period).unwrap();
            assert_eq!(unpacked(packed), Some((period.first(), period.last())));
        }
    }

    #[test]
    fn a_stretch_that_is_longer_than_every_step_is_none() {
        for (period, is_counted) in
            [("2023-03-01/2024-02-29", true), ("2023-03-01/2024-03-01", false)]
        {
            let period: Period = period.parse().unwrap();
            assert_eq!(packed(&period).is_some(), is_counted);
        }
        let longest = |step: Step| {
            let leap = Date::constant(2024, 6, 1);
            day_number(step.end(leap)) - day_number(step.start(leap))
        };
        let steps = [Step::Day, Step::Week, Step::Month, Step::Year];
        assert_eq!(steps.map(longest).into_iter().max(), Some(LONGEST));
    }
}
