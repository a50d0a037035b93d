//! Collectors of our own: the editions of matching stories, and how often each value occurs.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::schema::{CONTENT, KEY, SOURCE_VALUE, SPEAKER_VALUE};
use super::statements::{Names, ToStory};
use super::values::Spelt;
use crate::error::{Error, Kind, Result};
use crate::model::{Edition, Field, Scope, StoryKey};

/// Has a segment's matches collected in blocks. tantivy hands them over one by one as soon as a single
/// document of a segment is deleted.
pub(super) fn in_blocks<C: SegmentCollector>(
    mut collector: C,
    weight: &dyn Weight,
    segment: &SegmentReader,
) -> tantivy::Result<C::Fruit> {
    let Some(alive) = segment.alive_bitset() else {
        weight.for_each_no_score(segment, &mut |docs| collector.collect_block(docs))?;
        return Ok(collector.harvest());
    };
    let mut left = Vec::new();
    weight.for_each_no_score(segment, &mut |docs| {
        left.clear();
        left.extend(docs.iter().copied().filter(|doc| alive.is_alive(*doc)));
        collector.collect_block(&left);
    })?;
    Ok(collector.harvest())
}

/// Hands all that a query of a scope matches to a collector that needs no scores.
pub(super) fn collect_all<C: Collector>(
    searcher: &Searcher,
    scope: Scope,
    query: &dyn Query,
    collector: &C,
) -> tantivy::Result<C::Fruit> {
    if scope == Scope::Stories {
        return searcher.search(query, collector);
    }
    // tantivy would take statements for documents, and ask which are deleted.
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut collected = Vec::new();
    for (segment, number) in searcher.segment_readers().iter().zip(0..) {
        let mut child = collector.for_segment(number, segment)?;
        weight.for_each_no_score(segment, &mut |statements| child.collect_block(statements))?;
        collected.push(child.harvest());
    }
    collector.merge_fruits(collected)
}

/// Collects the editions of all matching stories.
pub(super) struct Editions;

/// See [`Editions`].
pub(super) struct SegmentEditions {
    keys: Column<u64>,
    contents: Column<u64>,
    found: Vec<Edition>,
}

impl Collector for Editions {
    type Fruit = Vec<Edition>;
    type Child = SegmentEditions;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentEditions> {
        let columns = segment.fast_fields();
        let (keys, contents) = (columns.u64(KEY)?, columns.u64(CONTENT)?);
        Ok(SegmentEditions { keys, contents, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<Edition>>) -> tantivy::Result<Vec<Edition>> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for SegmentEditions {
    type Fruit = Vec<Edition>;

    fn collect(&mut self, document: DocId, _: Score) {
        let content = self.contents.first(document).unwrap_or_default();
        let key = self.keys.first(document);
        self.found.extend(key.map(|key| Edition(StoryKey(key), content)));
    }

    fn harvest(self) -> Vec<Edition> {
        self.found
    }
}

/// Counts how many of those that match have each value of a column of texts.
pub(super) struct Values {
    pub(super) column: &'static str,
    /// Its values spelt out, where they are.
    pub(super) spelt: Option<Arc<Spelt>>,
    pub(super) scope: Scope,
}

/// The names of speakers, where statements are counted by these.
pub(super) fn names_of(
    scope: Scope,
    column: &str,
    segment: &SegmentReader,
) -> tantivy::Result<Option<Names>> {
    match scope {
        Scope::Statements if column == SPEAKER_VALUE => Names::of(segment),
        _ => Ok(None),
    }
}

/// See [`Values`].
pub(super) struct SegmentValues {
    column: Option<StrColumn>,
    spelt: Option<Arc<Spelt>>,
    segment: SegmentOrdinal,
    names: Option<Names>,
    to_story: ToStory,
    stories: Vec<DocId>,
    counts: Vec<u64>,
    block: Block,
}

/// The values of a block of documents, kept for its room.
#[derive(Default)]
struct Block {
    docs: Vec<DocId>,
    rows: Vec<u32>,
    values: Vec<u64>,
}

impl Collector for Values {
    type Fruit = FxHashMap<String, u64>;
    type Child = SegmentValues;

    fn for_segment(
        &self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentValues> {
        let column = segment.fast_fields().str(self.column)?;
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        Ok(SegmentValues {
            column,
            spelt: self.spelt.clone(),
            segment: number,
            names: names_of(self.scope, self.column, segment)?,
            to_story: ToStory::of(self.scope, segment)?,
            stories: Vec::new(),
            counts: vec![0; values],
            block: Block::default(),
        })
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<tantivy::Result<Vec<(String, u64)>>> {
        in_blocks(self.for_segment(number, segment)?, weight, segment)
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<Vec<(String, u64)>>>,
    ) -> tantivy::Result<FxHashMap<String, u64>> {
        let mut total = FxHashMap::default();
        for segment in segments {
            for (value, count) in segment? {
                *total.entry(value).or_default() += count;
            }
        }
        Ok(total)
    }
}

impl SegmentCollector for SegmentValues {
    type Fruit = tantivy::Result<Vec<(String, u64)>>;

    fn collect(&mut self, document: DocId, _: Score) {
        self.collect_block(&[document]);
    }

    fn collect_block(&mut self, matches: &[DocId]) {
        let mut stories = std::mem::take(&mut self.stories);
        self.to_story.stories(matches, &mut stories);
        if let Some(names) = &self.names {
            let numbers = stories.iter().zip(matches).filter_map(|(of, at)| names.number(*of, *at));
            numbers.for_each(|name| self.counts[name as usize] += 1);
        } else {
            self.count_values(&stories);
        }
        self.stories = stories;
    }

    fn harvest(self) -> tantivy::Result<Vec<(String, u64)>> {
        let Some(column) = &self.column else { return Ok(Vec::new()) };
        let held = || self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let wanted: Vec<u64> = held().map(|(value, _)| value as u64).collect();
        let mut counts = held().map(|(_, count)| *count);
        let mut values = Vec::with_capacity(wanted.len());
        column.dictionary().sorted_ords_to_term_cb(&wanted, |bytes| {
            let value = String::from_utf8_lossy(bytes).into_owned();
            values.push((value, counts.next().unwrap_or_default()));
        })?;
        Ok(values)
    }
}

impl SegmentValues {
    /// Counts the values of stories.
    fn count_values(&mut self, documents: &[DocId]) {
        let Some(column) = &self.column else { return };
        if let Some(spelt) = self.spelt.as_deref().and_then(|spelt| spelt.of_segment(self.segment))
        {
            for document in documents {
                let value = spelt.get(*document as usize).map(|value| usize::from(*value));
                if let Some(count) = value.and_then(|value| self.counts.get_mut(value)) {
                    *count += 1;
                }
            }
            return;
        }
        let Block { docs, rows, values } = &mut self.block;
        docs.clear();
        rows.clear();
        column.ords().row_ids_for_docs(documents, docs, rows);
        values.clear();
        values.resize(rows.len(), 0);
        column.ords().values.get_vals(rows, values);
        for value in values {
            if let Some(count) = self.counts.get_mut(*value as usize) {
                *count += 1;
            }
        }
    }
}

/// The column of a field's whole values.
pub(super) fn column_of(scope: Scope, field: Field) -> Result<&'static str> {
    match (scope, field) {
        (_, Field::Speaker) => Ok(SPEAKER_VALUE),
        (Scope::Stories, Field::Person) => Ok("person_value"),
        (_, Field::Source) => Ok(SOURCE_VALUE),
        (Scope::Stories, Field::Place) => Ok("place_value"),
        (Scope::Stories, Field::Language) => Ok("language_value"),
        (Scope::Stories, Field::Format) => Ok("format_value"),
        _ => Err(Error::new(Kind::Usage, "this field cannot be counted")),
    }
}
