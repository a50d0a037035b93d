//! The value that each document has in a column of texts, spelt out for counting.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::{Searcher, SegmentReader};

/// Stands for no value.
const NONE: u16 = u16::MAX;

/// The values of one column in all segments; none of a segment where documents have several, or where
/// there are too many to number so.
pub(super) struct Spelt(Vec<Option<Vec<u16>>>);

impl Spelt {
    fn of(searcher: &Searcher, column: &str) -> tantivy::Result<Self> {
        let of_segment = |segment: &SegmentReader| -> tantivy::Result<Option<Vec<u16>>> {
            let column = segment.fast_fields().str(column)?;
            Ok(column.and_then(|column| spelt(&column, segment.max_doc())))
        };
        let segments: tantivy::Result<Vec<_>> =
            searcher.segment_readers().iter().map(of_segment).collect();
        Ok(Self(segments?))
    }

    /// The values of a segment by document, as the column numbers them.
    pub(super) fn of_segment(&self, segment: u32) -> Option<&[u16]> {
        self.0.get(segment as usize)?.as_deref()
    }
}

fn spelt(column: &StrColumn, documents: u32) -> Option<Vec<u16>> {
    let ordinals = column.ords();
    if ordinals.get_cardinality() == Cardinality::Multivalued || column.num_terms() >= NONE.into() {
        return None;
    }
    let number = |document| ordinals.first(document).and_then(|value| u16::try_from(value).ok());
    Some((0..documents).map(|document| number(document).unwrap_or(NONE)).collect())
}

/// Which columns were asked for, and the values of those that were more than once: to spell them out
/// takes as long as to count all documents once.
#[derive(Default)]
pub(super) struct Asked(FxHashMap<&'static str, Option<Arc<Spelt>>>);

impl Asked {
    /// The values of a column; none at first.
    pub(super) fn spelt(
        &mut self,
        searcher: &Searcher,
        column: &'static str,
    ) -> tantivy::Result<Option<Arc<Spelt>>> {
        let Some(spelt) = self.0.get_mut(column) else {
            self.0.insert(column, None);
            return Ok(None);
        };
        if spelt.is_none() {
            *spelt = Some(Arc::new(Spelt::of(searcher, column)?));
        }
        Ok(spelt.clone())
    }
}
