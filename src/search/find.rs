//! One story by what a reader calls it: its handle, its path, or the agency's identifier.

use std::sync::Arc;

use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{Field, Node, Record, Scope, Sort, StoryKey};
use crate::text::words::words;

/// How many stories a name may mean before the list is cut.
const MOST: usize = 50;

/// The handle of a story: sixteen hexadecimal digits, the same in every run over the same files.
pub fn handle(key: StoryKey) -> String {
    format!("{:016x}", key.0)
}

/// Finds the stories that a name means: by handle, by path (or its end), or by the agency's
/// identifier; empty where there is none.
///
/// # Errors
/// Where the index is damaged.
pub fn find(index: &dyn Index, name: &str) -> Result<Vec<(StoryKey, Record)>> {
    if let Some(key) = key_of(name)
        && let Some(record) = index.story(key)?
    {
        return Ok(vec![(key, record)]);
    }
    let by_path = search(index, Field::Path, name)?;
    let is_exact =
        |record: &Record| record.story.path == name || record.story.place_on_disk() == name;
    let exact: Vec<_> = by_path.iter().filter(|(_, record)| is_exact(record)).cloned().collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    let by_part = |record: &Record| record.story.place_on_disk().contains(name);
    let found: Vec<_> = by_path.into_iter().filter(|(_, record)| by_part(record)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let by_id = search(index, Field::Id, name)?;
    Ok(by_id.into_iter().filter(|(_, record)| record.story.id == name).collect())
}

fn key_of(name: &str) -> Option<StoryKey> {
    let digits = name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u64::from_str_radix(name, 16).ok().map(StoryKey)).flatten()
}

fn search(index: &dyn Index, field: Field, name: &str) -> Result<Vec<(StoryKey, Record)>> {
    let words: Vec<String> = words(name).map(|word| word.folded.into_owned()).collect();
    let node = match words.as_slice() {
        [] => return Ok(Vec::new()),
        [word] => Node::Term(field, word.clone()),
        _ => Node::Phrase(field, words),
    };
    let request = Request {
        query: &node,
        scope: Scope::Stories,
        sort: Sort::Newest,
        start: Start::FRONT,
        limit: MOST,
    };
    let found = index.search(&request)?;
    Ok(found.hits.into_iter().map(|hit| (hit.story, Arc::unwrap_or_clone(hit.record))).collect())
}
