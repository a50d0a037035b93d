//! What is known of files, read one note at a time: an archive may have millions.

use tantivy::{Searcher, SegmentReader};

use super::schema::NOTE;

/// Hands over every note, as JSON.
pub(super) fn each(searcher: &Searcher, take: &mut dyn FnMut(&[u8])) -> tantivy::Result<()> {
    searcher.segment_readers().iter().try_for_each(|segment| of_segment(segment, take))
}

/// Reads the column's dictionary once, in its own order: to look its values up one by one takes longer.
fn of_segment(segment: &SegmentReader, take: &mut dyn FnMut(&[u8])) -> tantivy::Result<()> {
    let Some(column) = segment.fast_fields().str(NOTE)? else { return Ok(()) };
    let mut stands = vec![false; column.num_terms()];
    for document in segment.doc_ids_alive() {
        column.term_ords(document).for_each(|note| stands[note as usize] = true);
    }
    let mut notes = column.dictionary().stream()?;
    for stands in stands {
        if notes.advance() && stands {
            take(notes.key());
        }
    }
    Ok(())
}
