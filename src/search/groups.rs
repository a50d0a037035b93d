//! Answers parted by who said it, by outlet, or by day.

use super::people::{Known, Speaking, speaking};
use super::{Page, answer};
use crate::contract::{CountRequest, Index, Start};
use crate::error::Result;
use crate::model::{Bound, Field, FoundHit, Group, Node, Query, Results, Scope, Step, Tally};

/// What an answer is parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// Who says it; of stories, who speaks in them: a story is in the group of each.
    Speaker,
    /// Who publishes it.
    Source,
    /// The day of publication.
    Day,
}

/// How an answer is parted.
#[derive(Clone, Copy, Debug)]
pub struct Grouping<'a> {
    /// By what.
    pub by: GroupBy,
    /// How many groups at most; 0 for all.
    pub most: usize,
    /// What is known of names.
    pub known: &'a Known,
}

/// A part of an answer: its name, how many match, and what else must be asked for it.
struct Part {
    name: String,
    total: u64,
    asked: Node,
}

/// Counts what matches by group: the largest first, days the latest first; under an empty name what
/// belongs to none.
///
/// # Errors
/// Where the index is damaged.
pub fn group_counts(
    index: &dyn Index,
    query: &Query,
    scope: Scope,
    grouping: &Grouping<'_>,
) -> Result<Vec<Tally>> {
    let parts = parts(index, &query.root, scope, grouping)?;
    let in_none = in_none(super::count(index, query, scope)?, &parts, scope, grouping.by);
    let counts = parts.into_iter().map(|part| Tally { value: part.name, count: part.total });
    Ok(counts.chain(in_none.map(|count| Tally { value: String::new(), count })).collect())
}

/// Answers group by group: `page` is of each group, `most` is how many groups; 0 for all.
pub(super) fn grouped<T>(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    scope: Scope,
    grouping: &Grouping<'_>,
    hit: impl Fn(&FoundHit) -> Result<T>,
) -> Result<Results<T>> {
    let whole =
        answer(index, query, &Page { limit: 1, start: Start::FRONT, ..*page }, scope, |_| Ok(()))?;
    let parts = parts(index, &query.root, scope, grouping)?;
    let in_none = in_none(whole.total, &parts, scope, grouping.by);
    let count = if grouping.most == 0 { parts.len() } else { grouping.most };
    let (mut hits, mut groups) = (Vec::new(), Vec::new());
    let mut took_ms = whole.took_ms;
    for part in parts.into_iter().take(count) {
        let root = Node::And(vec![query.root.clone(), part.asked]);
        let narrowed = Query { root, ..query.clone() };
        let found = answer(index, &narrowed, page, scope, &hit)?;
        groups.push(Group { name: part.name, total: part.total, hits: found.hits.len() });
        hits.extend(found.hits);
        took_ms += found.took_ms;
    }
    groups.extend(in_none.map(|total| Group { name: String::new(), total, hits: 0 }));
    Ok(Results {
        query: whole.query,
        total: whole.total,
        stories: whole.stories,
        took_ms,
        hits,
        groups,
        ..Results::of(Vec::new())
    })
}

/// How many belong to no group, where that can be told: a story is in the group of each speaker.
fn in_none(total: u64, parts: &[Part], scope: Scope, by: GroupBy) -> Option<u64> {
    if (scope, by) == (Scope::Stories, GroupBy::Speaker) {
        return None;
    }
    let grouped: u64 = parts.iter().map(|part| part.total).sum();
    total.checked_sub(grouped).filter(|left| *left > 0)
}

fn parts(
    index: &dyn Index,
    query: &Node,
    scope: Scope,
    grouping: &Grouping<'_>,
) -> Result<Vec<Part>> {
    match grouping.by {
        GroupBy::Speaker => {
            let part = |speaking: Speaking| Part {
                name: speaking.name,
                total: speaking.count,
                asked: Node::Whole(Field::Speaker, speaking.names),
            };
            Ok(speaking(index, query, scope, grouping.known)?.into_iter().map(part).collect())
        }
        GroupBy::Source => {
            let counted = index.tally(query, scope, Field::Source)?;
            Ok(counted.into_iter().map(|tally| whole(Field::Source, tally)).collect())
        }
        GroupBy::Day => {
            let request = CountRequest { query, scope, meant: false, step: Step::Day, by: None };
            let counted = index.count_by_day(&request)?.counts.into_iter().rev();
            let part = |(day, _, total)| Part {
                name: format!("{day}"),
                total,
                asked: Node::Range(Field::Published, Bound::Day(day), Bound::Day(day)),
            };
            Ok(counted.map(part).collect())
        }
    }
}

fn whole(field: Field, Tally { value, count }: Tally) -> Part {
    Part { asked: Node::Whole(field, vec![value.clone()]), name: value, total: count }
}
