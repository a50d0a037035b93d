//! The one writer of an index.

use tantivy::IndexWriter;
use tantivy::index::SegmentMeta;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergeCandidate, MergePolicy};

use super::place::Lock;

/// The least memory that tantivy takes for a writing thread, with what it needs beside it.
const LEAST_MEMORY_A_THREAD: usize = 16 << 20;
/// Writing threads: beyond two, the reading and annotating of stories needs the cores.
const MOST_THREADS: usize = 2;
/// A segment with more than this share of deleted documents is merged: corrections delete.
const DELETED_BEFORE_MERGE: f32 = 0.25;
/// For so many bytes of the writer's memory a merged segment may have one document: a merge holds some 30 bytes
/// for each and maps the files of all, and both are to stay small beside the writer.
const BYTES_A_MERGED_DOCUMENT: usize = 512;

/// A writer, and the lock that makes it the only one.
pub(super) struct Writing {
    writer: Option<IndexWriter>,
    lock: Lock,
}

impl Writing {
    /// Begins to write with so many bytes of memory.
    pub(super) fn begin(
        index: &tantivy::Index,
        memory: usize,
        lock: Lock,
    ) -> tantivy::Result<Self> {
        Ok(Self { writer: Some(writer(index, memory)?), lock })
    }

    /// Notes that the run came to its end.
    pub(super) fn done(&self) {
        self.lock.done();
    }

    pub(super) fn writer(&mut self) -> Option<&mut IndexWriter> {
        self.writer.as_mut()
    }
}

impl Drop for Writing {
    /// Waits for merges that are under way: tantivy gives them up otherwise.
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // Nothing is lost where a merge fails: the segments it would have joined stay.
            let _ = writer.wait_merging_threads();
        }
    }
}

fn writer(index: &tantivy::Index, memory: usize) -> tantivy::Result<IndexWriter> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(MOST_THREADS).min(memory / LEAST_MEMORY_A_THREAD).max(1);
    let options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread((memory / threads).max(LEAST_MEMORY_A_THREAD))
        .num_merge_threads(1)
        .build();
    let writer = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(Bounded::to(memory / BYTES_A_MERGED_DOCUMENT)));
    Ok(writer)
}

/// Merges segments of like size as tantivy does, but never into one of more than so many documents: what a
/// merge holds would grow with the archive.
#[derive(Debug)]
struct Bounded {
    by_size: LogMergePolicy,
    most: u64,
}

impl Bounded {
    fn to(most: usize) -> Self {
        let mut by_size = LogMergePolicy::default();
        by_size.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
        Self { by_size, most: most as u64 }
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let levels = self.by_size.compute_merge_candidates(segments);
        let of_level = |MergeCandidate(ids)| {
            let level: Vec<&SegmentMeta> =
                segments.iter().filter(|segment| ids.contains(&segment.id())).collect();
            parts(level, self.most)
        };
        let worth_it = |part: &Vec<&SegmentMeta>| part.len() > 1 || has_many_deleted(part[0]);
        let parts = levels.into_iter().flat_map(of_level).filter(worth_it);
        parts.map(|part| MergeCandidate(part.into_iter().map(SegmentMeta::id).collect())).collect()
    }
}

/// Parts the segments of a level, the smallest first, where a part would have more than so many documents.
fn parts(mut level: Vec<&SegmentMeta>, most: u64) -> Vec<Vec<&SegmentMeta>> {
    level.sort_by_key(|segment| (segment.num_docs(), segment.id()));
    let mut parts: Vec<Vec<&SegmentMeta>> = Vec::new();
    let mut documents = 0;
    for segment in level {
        documents += u64::from(segment.num_docs());
        match parts.last_mut() {
            Some(part) if documents <= most => part.push(segment),
            _ => {
                documents = u64::from(segment.num_docs());
                parts.push(vec![segment]);
            }
        }
    }
    parts
}

/// Whether a segment is worth writing again for itself.
fn has_many_deleted(segment: &SegmentMeta) -> bool {
    segment.num_deleted_docs() as f32 > segment.max_doc() as f32 * DELETED_BEFORE_MERGE
}

#[cfg(test)]
mod tests {
    use tantivy::Index;
    use tantivy::index::SegmentId;
    use tantivy::schema::Schema;

    use super::*;

    /// What a policy would merge of segments of so many documents, and so many of them deleted.
    fn merged(most: usize, segments: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let index = Index::create_in_ram(Schema::builder().build());
        let segments: Vec<SegmentMeta> = segments
            .iter()
            .map(|(count, deleted)| {
                let segment = index.new_segment_meta(SegmentId::generate_random(), *count);
                if *deleted == 0 { segment } else { segment.with_delete_meta(*deleted, 1) }
            })
            .collect();
        let count = |id: &SegmentId| segments.iter().find(|one| one.id() == *id).unwrap().max_doc();
        let candidates = Bounded::to(most).compute_merge_candidates(&segments);
        candidates.iter().map(|MergeCandidate(ids)| ids.iter().map(count).collect()).collect()
    }

    #[test]
    fn no_merge_makes_a_segment_of_more_than_so_many_documents() {
        let eight = [(100_000, 0); 8];
        assert_eq!(merged(800_000, &eight), [vec![100_000; 8]]);
        assert_eq!(merged(500_000, &eight), [vec![100_000; 5], vec![100_000; 3]]);
        assert_eq!(merged(500_000, &[(300_000, 0); 20]), [[0; 0]; 0]);
        assert_eq!(merged(500_000, &eight[..7]), [[0; 0]; 0]);
    }

    #[test]
    fn a_segment_of_which_much_is_deleted_is_written_again_by_itself() {
        assert_eq!(merged(500_000, &[(400_000, 110_000)]), [[400_000]]);
        assert_eq!(merged(500_000, &[(400_000, 90_000)]), [[0; 0]; 0]);
    }
}
