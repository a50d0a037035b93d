//! The order of an answer: which documents stand in it, best first, and where each has its place.

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{BooleanQuery, Query};
use tantivy::{DocAddress, DocId, Order, Score, Searcher, SegmentReader};

use super::ask::Asking;
use super::fresh::Fresh;
use super::ranking::{RANKED_AGAIN, boosts, rank_again};
use super::schema::{KEY, NUMBER, TIME};
use crate::contract::{Request, Start};
use crate::model::{Cursor, Sort, StoryKey};

/// A document of an answer.
pub(super) struct Ranked {
    pub(super) score: Score,
    pub(super) at: DocAddress,
    pub(super) cursor: Cursor,
}

/// What tells the documents of an answer apart, and puts those in order that match equally well: the
/// latest first, then by story and number.
pub(super) struct Standing {
    pub(super) time: Option<i64>,
    pub(super) story: StoryKey,
    pub(super) statement: Option<u64>,
}

impl Standing {
    /// What equals are put in order by.
    fn in_order(&self) -> impl Ord {
        (std::cmp::Reverse(self.time), self.story, self.statement)
    }
}

/// The columns of a segment that hold a [`Standing`].
struct Columns {
    time: Column<i64>,
    key: Column<u64>,
    number: Column<u64>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self { time: columns.i64(TIME)?, key: columns.u64(KEY)?, number: columns.u64(NUMBER)? })
    }

    fn standing(&self, doc: DocId) -> Standing {
        Standing {
            time: self.time.first(doc),
            story: StoryKey(self.key.first(doc).unwrap_or_default()),
            statement: self.number.first(doc),
        }
    }
}

/// The standing of every document of an index, looked up.
pub(super) struct Standings(Vec<Columns>);

impl Standings {
    pub(super) fn of(searcher: &Searcher) -> tantivy::Result<Self> {
        let columns: tantivy::Result<_> =
            searcher.segment_readers().iter().map(Columns::of).collect();
        Ok(Self(columns?))
    }

    pub(super) fn at(&self, address: DocAddress) -> Standing {
        self.0[address.segment_ord as usize].standing(address.doc_id)
    }
}

/// The documents of a page, best first, and how many match in all.
pub(super) fn page(
    asking: &Asking<'_>,
    request: &Request<'_>,
) -> tantivy::Result<(u64, Vec<Ranked>)> {
    let query = asking.whole_query(request.query)?;
    if request.limit == 0 {
        return Ok((asking.searcher.search(&query, &Count)? as u64, Vec::new()));
    }
    let (total, first, best) = match request.sort {
        Sort::Newest => by_time(asking.searcher, query, request, Order::Desc)?,
        Sort::Oldest => by_time(asking.searcher, query, request, Order::Asc)?,
        Sort::Relevance | Sort::Fresh { .. } => by_score(asking, query, request)?,
    };
    let standings = Standings::of(asking.searcher)?;
    let order = Cursor::letter(request.sort);
    let ranked = (first as u64..).zip(best).map(|(rank, (score, at))| {
        let Standing { time, story, statement } = standings.at(at);
        Ranked { score, at, cursor: Cursor { order, rank, time, story, statement } }
    });
    Ok((total, ranked.collect()))
}

/// How many match, how many stand before the page, and the page.
type Best = (u64, usize, Vec<(Score, DocAddress)>);

fn by_time(
    searcher: &Searcher,
    query: Box<dyn Query>,
    request: &Request<'_>,
    order: Order,
) -> tantivy::Result<Best> {
    let key = || (SortByStaticFastValue::<u64>::for_field(KEY), Order::Asc);
    let number = || (SortByStaticFastValue::<u64>::for_field(NUMBER), Order::Asc);
    let time = (SortByStaticFastValue::<i64>::for_field(TIME), order);
    let by = (time, key(), number());
    let top = TopDocs::with_limit(request.limit.min(searcher.num_docs() as usize).max(1));
    let (total, first, best) = match request.start {
        Start::At(offset) => {
            let top = top.and_offset(offset).order_by(by);
            let (total, best) = searcher.search(&query, &(Count, top))?;
            (total, offset, best)
        }
        Start::Behind(cursor) => {
            let total = searcher.search(&query, &Count)?;
            let rest: Vec<Box<dyn Query>> = vec![query, behind(cursor, order)];
            let best = searcher.search(&BooleanQuery::intersection(rest), &top.order_by(by))?;
            (total, cursor.rank as usize + 1, best)
        }
    };
    Ok((total as u64, first, best.into_iter().map(|(_, at)| (0.0, at)).collect()))
}

/// The documents that stand behind one by time.
fn behind(cursor: Cursor, order: Order) -> Box<dyn Query> {
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let columns = Columns::of(segment)?;
        Ok(move |doc: DocId| {
            let standing = columns.standing(doc);
            let same = || (standing.story, standing.statement) > (cursor.story, cursor.statement);
            match (cursor.time, standing.time) {
                (Some(before), Some(time)) if time == before => same(),
                (Some(before), Some(time)) if order == Order::Desc => time < before,
                (Some(before), Some(time)) => time > before,
                // Those without a time stand last.
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => same(),
            }
        })
    });
    Box::new(DocPredicateQuery::from(predicate))
}

fn by_score(
    asking: &Asking<'_>,
    query: Box<dyn Query>,
    request: &Request<'_>,
) -> tantivy::Result<Best> {
    let searcher = asking.searcher;
    let query = fresh(asking, request.sort, query);
    let key = || (SortByStaticFastValue::<u64>::for_field(KEY), Order::Asc);
    let number = || (SortByStaticFastValue::<u64>::for_field(NUMBER), Order::Asc);
    let time = || (SortByStaticFastValue::<i64>::for_field(TIME), Order::Desc);
    let boosts = boosts(request.query, asking.scope);
    let front = match request.start {
        Start::At(offset) => offset,
        Start::Behind(cursor) => cursor.rank as usize + 1,
    };
    let needed = front.saturating_add(request.limit);
    let needed = if boosts.is_empty() { needed } else { needed.max(RANKED_AGAIN) };
    let top = TopDocs::with_limit(needed.min(searcher.num_docs() as usize).max(1));
    // In pairs: of four in a row the engine forgets the orders (tantivy 0.27).
    let by = (SortBySimilarityScore, (time(), (key(), number())));
    let (total, best) = searcher.search(&query, &(Count, top.order_by(by)))?;
    let mut best: Vec<(Score, DocAddress)> =
        best.into_iter().map(|((score, ..), at)| (score, at)).collect();
    rank_again(asking, &boosts, request.sort, &mut best)?;
    let standings = Standings::of(searcher)?;
    let again = RANKED_AGAIN.min(best.len());
    let mut again: Vec<(Standing, (Score, DocAddress))> =
        best[..again].iter().map(|one| (standings.at(one.1), *one)).collect();
    again.sort_by(|(a, (better, _)), (b, (score, _))| {
        score.total_cmp(better).then_with(|| a.in_order().cmp(&b.in_order()))
    });
    best.splice(..again.len(), again.into_iter().map(|(_, one)| one));
    let first = match request.start {
        Start::At(offset) => offset,
        Start::Behind(cursor) => {
            let is_it = |(_, at): &(Score, DocAddress)| {
                let standing = standings.at(*at);
                (standing.story, standing.statement) == (cursor.story, cursor.statement)
            };
            best.iter().position(is_it).map_or(front, |at| at + 1)
        }
    };
    let best = best.into_iter().skip(first).take(request.limit).collect();
    Ok((total as u64, first, best))
}

/// A query whose scores fade with the age of documents, where the order asks for it.
fn fresh(asking: &Asking<'_>, sort: Sort, query: Box<dyn Query>) -> Box<dyn Query> {
    match sort {
        Sort::Fresh { today, days } => {
            Box::new(Fresh { query, day: asking.day_column(), today, days })
        }
        _ => query,
    }
}
