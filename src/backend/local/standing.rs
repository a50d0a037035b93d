//! What puts documents in order beside their scores, and what is kept open to look it up.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::Column;
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::pair::Room;
use super::prose::Prose;
use super::reading::Stores;
use super::schema::{KEY, OPENING, STORY, TIME};
use super::statements::Statements;
use super::values::{Asked, Spelt};
use crate::model::{Scope, StoryKey};

/// How many of the latest stories are kept in order. A word of one story in fifty has ten among them.
const LATEST: usize = 2048;

/// What tells the matches of an answer apart, and puts those in order that match equally well: the
/// latest first, then by story and number.
pub(super) struct Standing {
    pub(super) time: Option<i64>,
    pub(super) story: StoryKey,
    pub(super) statement: Option<u64>,
}

/// A place in an order, the first being the least.
pub(super) type Place = (Reverse<Option<i64>>, StoryKey, Option<u64>);

impl Standing {
    /// What equals are put in order by.
    pub(super) fn place(&self) -> Place {
        (Reverse(self.time), self.story, self.statement)
    }
}

/// The columns of a segment that hold a [`Standing`].
#[derive(Clone)]
pub(super) struct Columns {
    pub(super) time: Column<i64>,
    key: Column<u64>,
    /// Where statements match.
    statements: Option<Statements>,
}

impl Columns {
    fn of(segment: &SegmentReader, scope: Scope) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let statements = match scope {
            Scope::Stories => None,
            Scope::Statements => Some(Statements::of(segment)?),
        };
        Ok(Self { time: columns.i64(TIME)?, key: columns.u64(KEY)?, statements })
    }

    /// The story of a match.
    pub(super) fn story(&self, at: DocId) -> DocId {
        self.statements.as_ref().map_or(at, |statements| statements.story(at))
    }

    pub(super) fn standing(&self, at: DocId) -> Standing {
        let story = self.story(at);
        let statement = self.statements.as_ref().map(|all| at - all.of_story(story).start);
        Standing {
            time: self.time.first(story),
            story: StoryKey(self.key.first(story).unwrap_or_default()),
            statement: statement.map(u64::from),
        }
    }
}

/// What is looked up again and again in one state of an index, opened when first asked for: to open the
/// columns of six segments takes longer than to find a rare word in them.
#[derive(Default)]
pub(super) struct Kept {
    columns: OnceLock<Vec<Columns>>,
    columns_of_statements: OnceLock<Vec<Columns>>,
    openings: OnceLock<Vec<Column<u64>>>,
    deleted: OnceLock<Vec<Vec<DocId>>>,
    latest: OnceLock<Latest>,
    prose: Mutex<Vec<Arc<Prose>>>,
    stores: OnceLock<Stores>,
    values: Mutex<Asked>,
    room: Mutex<Option<Room>>,
    asked_for_latest: AtomicBool,
}

/// The latest stories of an index, the latest first.
pub(super) struct Latest {
    pub(super) stories: Vec<DocAddress>,
    /// Whether there are no others.
    pub(super) are_all: bool,
}

impl Kept {
    /// The columns of each segment.
    pub(super) fn columns(&self, searcher: &Searcher, scope: Scope) -> tantivy::Result<&[Columns]> {
        let kept = match scope {
            Scope::Stories => &self.columns,
            Scope::Statements => &self.columns_of_statements,
        };
        if let Some(columns) = kept.get() {
            return Ok(columns);
        }
        let segments = searcher.segment_readers().iter();
        let columns: tantivy::Result<_> =
            segments.map(|segment| Columns::of(segment, scope)).collect();
        let columns = columns?;
        Ok(kept.get_or_init(|| columns))
    }

    /// Where the opening of each body has ended, of each segment.
    pub(super) fn openings(&self, searcher: &Searcher) -> tantivy::Result<&[Column<u64>]> {
        if let Some(openings) = self.openings.get() {
            return Ok(openings);
        }
        let segments = searcher.segment_readers().iter();
        let openings: tantivy::Result<_> =
            segments.map(|segment| segment.fast_fields().u64(OPENING)).collect();
        let openings = openings?;
        Ok(self.openings.get_or_init(|| openings))
    }

    /// A field of running text.
    pub(super) fn prose(&self, searcher: &Searcher, field: Handle) -> tantivy::Result<Arc<Prose>> {
        let mut open = self.prose.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(prose) = open.iter().find(|prose| prose.field == field) {
            return Ok(Arc::clone(prose));
        }
        let prose = Arc::new(Prose::open(searcher, field)?);
        open.push(Arc::clone(&prose));
        Ok(prose)
    }

    /// Room for the tables of two words: to have it of the system anew takes as long as to fill it.
    pub(super) fn room(&self) -> Room {
        self.room.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }

    /// Keeps room for the next who needs it.
    pub(super) fn give_back(&self, room: Room) {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner) = Some(room);
    }

    /// The values of a column of texts spelt out, from the second time on that they are asked for.
    pub(super) fn values(
        &self,
        searcher: &Searcher,
        column: &'static str,
    ) -> tantivy::Result<Option<Arc<Spelt>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner).spelt(searcher, column)
    }

    /// Where the records of stories are.
    pub(super) fn stores(&self, searcher: &Searcher) -> &Stores {
        self.stores.get_or_init(|| Stores::of(searcher))
    }

    /// The deleted documents of each segment, in order.
    pub(super) fn deleted(&self, searcher: &Searcher) -> &[Vec<DocId>] {
        let of_segment = |segment: &SegmentReader| match segment.alive_bitset() {
            Some(alive) => {
                let deleted = (0..segment.max_doc()).filter(|doc| alive.is_deleted(*doc));
                deleted.take(segment.num_deleted_docs() as usize).collect()
            }
            None => Vec::new(),
        };
        self.deleted.get_or_init(|| searcher.segment_readers().iter().map(of_segment).collect())
    }

    /// The latest stories. Who asks for the first time gets none: to put them in order takes as long as
    /// to look at all that match, which a process that asks once need not do.
    pub(super) fn latest(
        &self,
        searcher: &Searcher,
        kind: Handle,
    ) -> tantivy::Result<Option<&Latest>> {
        if !self.asked_for_latest.swap(true, Ordering::Relaxed) {
            return Ok(None);
        }
        if let Some(latest) = self.latest.get() {
            return Ok(Some(latest));
        }
        let latest = latest_stories(searcher, self.columns(searcher, Scope::Stories)?, kind)?;
        Ok(Some(self.latest.get_or_init(|| latest)))
    }
}

fn latest_stories(
    searcher: &Searcher,
    columns: &[Columns],
    kind: Handle,
) -> tantivy::Result<Latest> {
    let term = Term::from_field_text(kind, STORY);
    let mut latest = Least::new(LATEST);
    let mut stories = 0;
    for ((segment, columns), number) in searcher.segment_readers().iter().zip(columns).zip(0..) {
        let index = segment.inverted_index(kind)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            postings.advance();
            if segment.is_deleted(doc) {
                continue;
            }
            stories += 1;
            let time = Reverse(columns.time.first(doc));
            if latest.worst().is_none_or(|(worst, ..): &Place| time <= *worst) {
                latest.offer(columns.standing(doc).place(), DocAddress::new(number, doc));
            }
        }
    }
    let latest: Vec<DocAddress> = latest.in_order().into_iter().map(|(_, at)| at).collect();
    Ok(Latest { are_all: latest.len() == stories, stories: latest })
}

/// The documents with the least of many keys.
pub(super) struct Least<K> {
    room: usize,
    /// The greatest of them on top.
    heap: BinaryHeap<(K, DocAddress)>,
}

impl<K: Ord> Least<K> {
    /// Keeps no more than so many.
    pub(super) fn new(room: usize) -> Self {
        Self { room, heap: BinaryHeap::new() }
    }

    /// The key that another must be less than to be kept; none while there is room.
    pub(super) fn worst(&self) -> Option<&K> {
        if self.heap.len() < self.room { None } else { self.heap.peek().map(|(key, _)| key) }
    }

    pub(super) fn offer(&mut self, key: K, at: DocAddress) {
        if self.heap.len() < self.room {
            self.heap.push((key, at));
            return;
        }
        if let Some(mut worst) = self.heap.peek_mut()
            && (&key, &at) < (&worst.0, &worst.1)
        {
            *worst = (key, at);
        }
    }

    /// All that are kept, the least first.
    pub(super) fn in_order(self) -> Vec<(K, DocAddress)> {
        self.heap.into_sorted_vec()
    }
}
