//! What is new to a search: the stories that match and were not there before.

use rustc_hash::FxHashSet;

use super::{Page, stories};
use crate::contract::Index;
use crate::error::Result;
use crate::model::{Edition, Hit, Node, Query, Results};

/// How many stories are asked for by key at a time.
const AT_ONCE: usize = 500;

/// The editions of all stories that match.
///
/// # Errors
/// Where the index is damaged.
pub fn matching(index: &dyn Index, query: &Query) -> Result<Vec<Edition>> {
    index.editions(&query.root)
}

/// The stories of these editions as hits of a query, the newest first.
///
/// # Errors
/// Where the index is damaged.
pub fn of_editions(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    editions: &[Edition],
) -> Result<Results<Hit>> {
    let mut all = Results {
        query: query.typed.clone(),
        total: editions.len() as u64,
        stories: editions.len() as u64,
        took_ms: 0.0,
        hits: Vec::new(),
        next: None,
        groups: Vec::new(),
        facets: Vec::new(),
    };
    for some in editions.chunks(AT_ONCE) {
        let any = Node::Or(some.iter().map(|Edition(key, _)| Node::Story(*key)).collect());
        let root = Node::And(vec![query.root.clone(), any]);
        let found = stories(index, &Query { root, ..query.clone() }, &Page { limit: 0, ..*page })?;
        all.took_ms += found.took_ms;
        all.hits.extend(found.hits);
    }
    let wanted = if page.limit == 0 { all.hits.len() } else { page.limit };
    all.hits.truncate(wanted);
    Ok(all)
}

/// The editions that were not among those seen before: new stories, and those whose words are new.
pub fn unseen(found: &[Edition], seen: &[Edition]) -> Vec<Edition> {
    let seen: FxHashSet<Edition> = seen.iter().copied().collect();
    found.iter().copied().filter(|edition| !seen.contains(edition)).collect()
}
