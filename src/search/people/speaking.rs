//! Who speaks, counted by bearer.

use rustc_hash::FxHashMap;

use super::{Bearer, Known, everybody};
use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{Field, Node, Scope, Sort, Tally};

/// Somebody or a body that speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaking {
    /// The name to show.
    pub name: String,
    /// Every name that stories give.
    pub names: Vec<String>,
    /// How many statements, or how many stories.
    pub count: u64,
}

/// Counts who says what matches, the most frequent first: statements, or stories.
///
/// # Errors
/// Where the index is damaged.
pub fn speaking(
    index: &dyn Index,
    query: &Node,
    scope: Scope,
    known: &Known,
) -> Result<Vec<Speaking>> {
    let counted = index.tally(query, scope, Field::Speaker)?;
    let mut speaking = by_bearer(counted, everybody(index, known)?);
    if scope == Scope::Stories {
        // A story that gives two names of one bearer is one story.
        for speaker in speaking.iter_mut().filter(|speaker| speaker.names.len() > 1) {
            let by_them = Node::Whole(Field::Speaker, speaker.names.clone());
            let query = &Node::And(vec![query.clone(), by_them]);
            let request =
                Request { query, scope, sort: Sort::Newest, start: Start::FRONT, limit: 0 };
            speaker.count = index.search(&request)?.total;
        }
    }
    speaking.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    Ok(speaking)
}

/// Counts names as their bearers'; a name that nobody bears is a body's.
fn by_bearer(counted: Vec<Tally>, bearers: Vec<Bearer>) -> Vec<Speaking> {
    let mut bearer_of: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, bearer) in bearers.iter().enumerate() {
        bearer_of.extend(bearer.names.iter().map(|name| (name.as_str(), number)));
    }
    let mut counts = vec![0; bearers.len()];
    let mut speaking = Vec::new();
    for Tally { value, count } in counted {
        match bearer_of.get(value.as_str()) {
            Some(bearer) => counts[*bearer] += count,
            None => speaking.push(Speaking { names: vec![value.clone()], name: value, count }),
        }
    }
    let counted = bearers.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    speaking.extend(counted.map(|(Bearer { name, names, .. }, count)| Speaking {
        name,
        names,
        count,
    }));
    speaking
}
