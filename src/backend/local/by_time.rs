//! The order of time: all that match are counted, and the first of them kept.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Order, Score, SegmentOrdinal, SegmentReader};

use super::collect::in_blocks;
use super::standing::{Columns, Least};
use super::statements::ToStory;
use crate::model::{Cursor, Scope, StoryKey};

/// Where a document stands by time, the first being the least: those without a time stand last.
type Place = (bool, i64);

/// The same, with what tells apart those of one time.
type Key = (Place, StoryKey, Option<u64>);

/// Counts all that match, and keeps so many that stand first in the order of time.
pub(super) struct ByTime<'a> {
    columns: &'a [Columns],
    scope: Scope,
    order: Order,
    needed: usize,
    /// Those at the front that are counted only.
    behind: Option<Key>,
}

impl<'a> ByTime<'a> {
    pub(super) fn new(columns: &'a [Columns], scope: Scope, order: Order, needed: usize) -> Self {
        Self { columns, scope, order, needed, behind: None }
    }

    /// Keeps only those that stand behind a hit.
    pub(super) fn behind(self, cursor: Cursor) -> Self {
        let place = place(self.order, cursor.time);
        Self { behind: Some((place, cursor.story, cursor.statement)), ..self }
    }
}

fn place(order: Order, time: Option<i64>) -> Place {
    let turned = |time: i64| if order == Order::Desc { !time } else { time };
    (time.is_none(), time.map_or(0, turned))
}

/// See [`ByTime`].
pub(super) struct SegmentByTime {
    columns: Columns,
    to_story: ToStory,
    stories: Vec<DocId>,
    number: SegmentOrdinal,
    order: Order,
    behind: Option<Key>,
    count: u64,
    first: Least<Key>,
    /// The times of a block, kept for its room.
    times: Vec<Option<i64>>,
}

impl SegmentByTime {
    fn look(&mut self, doc: DocId, time: Option<i64>) {
        let place = place(self.order, time);
        if self.first.worst().is_some_and(|(worst, ..)| place > *worst) {
            return;
        }
        let standing = self.columns.standing(doc);
        let key = (place, standing.story, standing.statement);
        if self.behind.as_ref().is_none_or(|behind| key > *behind) {
            self.first.offer(key, DocAddress::new(self.number, doc));
        }
    }
}

impl Collector for ByTime<'_> {
    type Fruit = (u64, Vec<DocAddress>);
    type Child = SegmentByTime;

    fn for_segment(
        &self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentByTime> {
        Ok(SegmentByTime {
            columns: self.columns[number as usize].clone(),
            to_story: ToStory::of(self.scope, segment)?,
            stories: Vec::new(),
            number,
            order: self.order,
            behind: self.behind,
            count: 0,
            first: Least::new(self.needed),
            times: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<(u64, Least<Key>)>,
    ) -> tantivy::Result<(u64, Vec<DocAddress>)> {
        let (mut total, mut first) = (0, Least::new(self.needed));
        for (count, found) in segments {
            total += count;
            found.in_order().into_iter().for_each(|(key, at)| first.offer(key, at));
        }
        Ok((total, first.in_order().into_iter().map(|(_, at)| at).collect()))
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<(u64, Least<Key>)> {
        in_blocks(self.for_segment(number, segment)?, weight, segment)
    }
}

impl SegmentCollector for SegmentByTime {
    type Fruit = (u64, Least<Key>);

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.count += docs.len() as u64;
        let mut times = std::mem::take(&mut self.times);
        times.clear();
        times.resize(docs.len(), None);
        self.to_story.stories(docs, &mut self.stories);
        self.columns.time.first_vals(&self.stories, &mut times);
        for (doc, time) in docs.iter().zip(&times) {
            self.look(*doc, *time);
        }
        self.times = times;
    }

    fn harvest(self) -> Self::Fruit {
        (self.count, self.first)
    }
}
