//! What each field of an index takes on disk, the largest first.

use std::collections::BTreeMap;
use std::path::Path;

use tantivy::space_usage::{FieldUsage, PerFieldSpaceUsage};

use super::{LocalIndex, failed, guarded, place};
use crate::error::Result;
use crate::model::Space;

/// The documents as they were stored.
const STORE: &str = "(stored)";
/// What is none of the engine's: labels, families, lists of what was deleted.
const REST: &str = "(rest)";

/// Measures the index at a place.
pub(super) fn space(at: &Path) -> Result<Vec<Space>> {
    guarded(at, || {
        let index = LocalIndex::open(at)?;
        let usage =
            index.reader.searcher().space_usage().map_err(|cause| failed(at, cause.into()))?;
        let mut fields = Fields::default();
        for segment in usage.segments() {
            fields.add(segment.termdict(), |space| &mut space.words);
            fields.add(segment.postings(), |space| &mut space.postings);
            fields.add(segment.positions(), |space| &mut space.positions);
            fields.add(segment.fieldnorms(), |space| &mut space.lengths);
            fields.add(segment.fast_fields(), |space| &mut space.columns);
            fields.named(STORE).other += segment.store().total().get_bytes();
        }
        let mut spaces: Vec<Space> = fields.0.into_values().collect();
        let told: u64 = spaces.iter().map(Space::total).sum();
        let other = place::size(at)?.saturating_sub(told);
        spaces.push(Space { field: REST.to_owned(), other, ..Space::default() });
        spaces.retain(|space| space.total() > 0);
        spaces.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.field.cmp(&b.field)));
        Ok(spaces)
    })
}

#[derive(Default)]
struct Fields(BTreeMap<String, Space>);

impl Fields {
    fn named(&mut self, field: &str) -> &mut Space {
        let new = || Space { field: field.to_owned(), ..Space::default() };
        self.0.entry(field.to_owned()).or_insert_with(new)
    }

    /// Adds one part of each field.
    fn add(&mut self, usage: &PerFieldSpaceUsage, part: impl Fn(&mut Space) -> &mut u64) {
        for field in usage.fields() {
            *part(self.named(field.field_name())) += bytes(field);
        }
    }
}

fn bytes(field: &FieldUsage) -> u64 {
    field.total().get_bytes()
}
