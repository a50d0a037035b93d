//! What other stories are to one: versions of its item, copies of its text.

use std::collections::BTreeSet;

use super::handle;
use crate::contract::Index;
use crate::error::Result;
use crate::model::{Family, Kin, Record, StoryKey};

/// How many copies are read at most for the names of their outlets.
const READ: usize = 100;

/// A story of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// By what the index knows it.
    pub key: StoryKey,
    /// The story.
    pub record: Record,
}

/// The versions of a story's item, the earliest first, itself among them; and the copies of its text,
/// without itself and its versions.
///
/// # Errors
/// Where the index is damaged.
pub fn history(index: &dyn Index, story: StoryKey) -> Result<(Vec<Told>, Vec<Told>)> {
    let Kin { mut versions, copies } = index.kin(story)?;
    if versions.is_empty() {
        versions.push(story);
    }
    let copies: Vec<StoryKey> =
        copies.into_iter().filter(|copy| !versions.contains(copy)).collect();
    Ok((told(index, &versions)?, told(index, &copies)?))
}

fn told(index: &dyn Index, keys: &[StoryKey]) -> Result<Vec<Told>> {
    let mut told = Vec::with_capacity(keys.len());
    for key in keys {
        told.extend(index.story(*key)?.map(|record| Told { key: *key, record }));
    }
    Ok(told)
}

/// What a hit tells of a story's kin; nothing where it has none.
pub(super) fn family(index: &dyn Index, story: StoryKey) -> Result<Option<Family>> {
    let Kin { versions, copies } = index.kin(story)?;
    if versions.is_empty() && copies.is_empty() {
        return Ok(None);
    }
    let version = versions.iter().position(|version| *version == story).map_or(0, |at| at + 1);
    let latest = versions.last().filter(|latest| **latest != story).copied();
    let others: Vec<StoryKey> =
        copies.into_iter().filter(|copy| *copy != story && !versions.contains(copy)).collect();
    let mut outlets = BTreeSet::new();
    for copy in others.iter().take(READ) {
        outlets.extend(index.story(*copy)?.map(|record| record.story.source));
    }
    outlets.remove("");
    Ok(Some(Family {
        versions: versions.len(),
        version,
        latest: latest.map(handle),
        copies: others.len(),
        outlets: outlets.into_iter().collect(),
    }))
}
