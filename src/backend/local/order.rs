//! The order of an answer: which documents stand in it, best first, and where each has its place.

use tantivy::collector::{Collector, Count};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Order, Score};

use super::ask::Asking;
use super::best::{Best, Scored, Wanted};
use super::by_time::ByTime;
use super::collect::{Values, collect_all};
use super::fresh::Fresh;
use super::lone::Lone;
use super::pair::Pair;
use super::prose::WordIn;
use super::ranking::{RANKED_AGAIN, Second, boosts, plain_words, rise_by_opening};
use super::standing::{Columns, Standing};
use crate::contract::{Request, Start};
use crate::model::{Cursor, Node, Scope, Sort, Tally};

/// A document of an answer.
pub(super) struct Ranked {
    pub(super) score: Score,
    /// Where its story is.
    pub(super) story: DocAddress,
    pub(super) cursor: Cursor,
}

/// A query that is answered without a look at each document that matches.
enum Quick<'a> {
    Lone(Lone<'a>),
    Pair(Pair<'a>),
}

impl<'a> Quick<'a> {
    fn of(asking: &'a Asking<'a>, query: &Node) -> tantivy::Result<Option<Self>> {
        Ok(match Lone::of(asking, query)? {
            Some(lone) => Some(Self::Lone(lone)),
            None => Pair::of(asking, query)?.map(Self::Pair),
        })
    }

    /// The words, each in the fields it is sought in.
    fn words(&self) -> &[Vec<WordIn>] {
        match self {
            Self::Lone(lone) => std::slice::from_ref(&lone.fields),
            Self::Pair(pair) => &pair.words,
        }
    }

    /// How many match, and the best by score; in order where they are more than get a second look. Of a
    /// word alone those are left out that cannot come among the first `enough` at that.
    fn best(&self, needed: usize, enough: usize) -> tantivy::Result<(u64, Vec<Scored>)> {
        let (total, best) = match self {
            Self::Lone(lone) => {
                let first = Some((enough, rise_by_opening(self.words())));
                (lone.total()?, lone.best(Wanted { needed, first })?)
            }
            Self::Pair(pair) => pair.best(Wanted { needed, first: None })?,
        };
        let is_looked_at = needed <= RANKED_AGAIN;
        Ok((total, if is_looked_at { best.in_any_order() } else { best.in_order() }))
    }
}

/// Hands all that match to a collector that needs no scores.
pub(super) fn collect<C: Collector>(
    asking: &Asking<'_>,
    query: &Node,
    collector: &C,
) -> tantivy::Result<C::Fruit> {
    let behind = asking.behind(query)?;
    if behind.is_empty()
        && let Some(word) = Lone::of(asking, query)?
    {
        return word.collect(collector);
    }
    let query = asking.query_without(query, behind)?;
    collect_all(asking.searcher, asking.scope, &query, collector)
}

/// How many of those that match have each value of a column, the most frequent first.
pub(super) fn tally(
    asking: &Asking<'_>,
    query: &Node,
    column: &'static str,
) -> tantivy::Result<Vec<Tally>> {
    let scope = asking.scope;
    let spelt = match scope {
        Scope::Stories => asking.kept.values(asking.searcher, column)?,
        Scope::Statements => None,
    };
    let counted = collect(asking, query, &Values { column, spelt, scope })?;
    let mut tallies: Vec<Tally> =
        counted.into_iter().map(|(value, count)| Tally { value, count }).collect();
    tallies.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    Ok(tallies)
}

/// The documents of a page, best first, and how many match in all.
pub(super) fn page(
    asking: &Asking<'_>,
    request: &Request<'_>,
) -> tantivy::Result<(u64, Vec<Ranked>)> {
    let behind = asking.behind(request.query)?;
    let quick = if behind.is_empty() { Quick::of(asking, request.query)? } else { None };
    let query = || asking.query_without(request.query, behind);
    if request.limit == 0 {
        let total = match quick {
            Some(Quick::Lone(word)) => word.total()?,
            _ => collect_all(asking.searcher, asking.scope, &query()?, &Count)? as u64,
        };
        return Ok((total, Vec::new()));
    }
    let (total, first, best) = match request.sort {
        Sort::Newest => by_time(asking, quick, query, request, Order::Desc)?,
        Sort::Oldest => by_time(asking, None, query, request, Order::Asc)?,
        Sort::Relevance | Sort::Fresh { .. } => by_score(asking, quick, query, request)?,
    };
    let columns = asking.kept.columns(asking.searcher, asking.scope)?;
    let order = Cursor::letter(request.sort);
    let ranked = (first as u64..).zip(best).map(|(rank, (score, at))| {
        let Standing { time, story, statement } = standing(columns, at);
        let cursor = Cursor { order, rank, time, story, statement };
        let of_segment = &columns[at.segment_ord as usize];
        Ranked {
            score,
            story: DocAddress::new(at.segment_ord, of_segment.story(at.doc_id)),
            cursor,
        }
    });
    Ok((total, ranked.collect()))
}

fn standing(columns: &[Columns], at: DocAddress) -> Standing {
    columns[at.segment_ord as usize].standing(at.doc_id)
}

/// How many match, how many stand before the page, and the page.
type Paged = (u64, usize, Vec<Scored>);

fn by_time(
    asking: &Asking<'_>,
    quick: Option<Quick<'_>>,
    query: impl FnOnce() -> tantivy::Result<Box<dyn Query>>,
    request: &Request<'_>,
    order: Order,
) -> tantivy::Result<Paged> {
    let searcher = asking.searcher;
    let (first, skipped) = match request.start {
        Start::At(offset) => (offset, offset),
        Start::Behind(cursor) => (cursor.rank as usize + 1, 0),
    };
    let needed = skipped.saturating_add(request.limit).min(asking.most()?).max(1);
    let latest = match (quick, request.start) {
        (Some(Quick::Lone(word)), Start::At(_)) => word.latest(needed)?,
        _ => None,
    };
    let (total, found) = match latest {
        Some(latest) => latest,
        None => {
            let columns = asking.kept.columns(searcher, asking.scope)?;
            let by_time = ByTime::new(columns, asking.scope, order, needed);
            let by_time = match request.start {
                Start::At(_) => by_time,
                Start::Behind(cursor) => by_time.behind(cursor),
            };
            collect_all(searcher, asking.scope, &query()?, &by_time)?
        }
    };
    let found = found.into_iter().skip(skipped).take(request.limit);
    Ok((total, first, found.map(|at| (0.0, at)).collect()))
}

fn by_score(
    asking: &Asking<'_>,
    quick: Option<Quick<'_>>,
    query: impl FnOnce() -> tantivy::Result<Box<dyn Query>>,
    request: &Request<'_>,
) -> tantivy::Result<Paged> {
    let searcher = asking.searcher;
    let boosts = boosts(request.query, asking.scope);
    let front = match request.start {
        Start::At(offset) => offset,
        Start::Behind(cursor) => cursor.rank as usize + 1,
    };
    let wanted = front.saturating_add(request.limit);
    let needed = if boosts.is_empty() { wanted } else { wanted.max(RANKED_AGAIN) };
    let needed = needed.min(asking.most()?).max(1);
    let columns = asking.kept.columns(searcher, asking.scope)?;
    // Where the page goes on behind a hit, that hit has to be in its place, wherever it is.
    let enough = if let Start::At(_) = request.start { wanted } else { usize::MAX };
    let quick = quick.filter(|_| request.sort == Sort::Relevance);
    let (total, mut best) = match &quick {
        Some(quick) => quick.best(needed, enough)?,
        None => best_of_all(asking, &*fresh(asking, request.sort, query()?), needed)?,
    };
    let plain = plain_words(request.query).unwrap_or_default();
    let held = quick.as_ref().map(Quick::words).filter(|held| held.len() == plain.len());
    let looked_up = if held.is_none() { asking.words(&plain)? } else { Vec::new() };
    let words = held.unwrap_or(&looked_up);
    let second = Second { asking, boosts: &boosts, words, sort: request.sort, columns };
    second.look(&mut best, enough)?;
    let first = match request.start {
        Start::At(offset) => offset,
        Start::Behind(cursor) => {
            let is_it = |(_, at): &Scored| {
                let standing = standing(columns, *at);
                (standing.story, standing.statement) == (cursor.story, cursor.statement)
            };
            best.iter().position(is_it).map_or(front, |at| at + 1)
        }
    };
    let best = best.into_iter().skip(first).take(request.limit).collect();
    Ok((total, first, best))
}

/// How many match, and the best of them, each of which is looked at.
fn best_of_all(
    asking: &Asking<'_>,
    query: &dyn Query,
    needed: usize,
) -> tantivy::Result<(u64, Vec<Scored>)> {
    let searcher = asking.searcher;
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let wanted = Wanted { needed, first: None };
    let mut best = Best::new(asking.kept.columns(searcher, asking.scope)?, wanted);
    let mut total = 0;
    for (segment, number) in searcher.segment_readers().iter().zip(0..) {
        weight.for_each(segment, &mut |doc, score| {
            // Of statements none comes that is deleted.
            if asking.scope == Scope::Statements || !segment.is_deleted(doc) {
                total += 1;
                best.offer(score, DocAddress::new(number, doc));
            }
        })?;
    }
    Ok((total, best.in_order()))
}

/// A query whose scores fade with the age of documents, where the order asks for it.
fn fresh(asking: &Asking<'_>, sort: Sort, query: Box<dyn Query>) -> Box<dyn Query> {
    match sort {
        Sort::Fresh { today, days } => Box::new(Fresh { query, scope: asking.scope, today, days }),
        _ => query,
    }
}
