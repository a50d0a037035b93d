//! What is new to a search: the stories that match and were not there before.

use rustc_hash::FxHashSet;

use super::{Page, stories};
use crate::contract::Index;
use crate::error::Result;
use crate::model::{Hit, Node, Query, Results, Scope, StoryKey};

/// How many stories are asked for by key at a time.
const AT_ONCE: usize = 500;

/// The keys of all stories that match.
///
/// # Errors
/// Where the index is damaged.
pub fn matching(index: &dyn Index, query: &Query) -> Result<Vec<StoryKey>> {
    index.keys(&query.root, Scope::Stories)
}

/// The stories of these keys as hits of a query, the newest first.
///
/// # Errors
/// Where the index is damaged.
pub fn of_keys(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    keys: &[StoryKey],
) -> Result<Results<Hit>> {
    let mut all = Results {
        query: query.typed.clone(),
        total: keys.len() as u64,
        took_ms: 0.0,
        hits: Vec::new(),
        next: None,
        groups: Vec::new(),
    };
    for keys in keys.chunks(AT_ONCE) {
        let any = Node::Or(keys.iter().copied().map(Node::Story).collect());
        let root = Node::And(vec![query.root.clone(), any]);
        let found = stories(index, &Query { root, ..query.clone() }, &Page { limit: 0, ..*page })?;
        all.took_ms += found.took_ms;
        all.hits.extend(found.hits);
    }
    let wanted = if page.limit == 0 { all.hits.len() } else { page.limit };
    all.hits.truncate(wanted);
    Ok(all)
}

/// The keys that were not among those seen before.
pub fn unseen(found: &[StoryKey], seen: &[StoryKey]) -> Vec<StoryKey> {
    let seen: FxHashSet<StoryKey> = seen.iter().copied().collect();
    found.iter().copied().filter(|key| !seen.contains(key)).collect()
}
