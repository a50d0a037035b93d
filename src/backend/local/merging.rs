//! Which segments are merged.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// A segment with more than this share of deleted documents is merged: corrections delete.
const DELETED_BEFORE_MERGE: f32 = 0.25;
/// For so many bytes of the writer's memory a merged segment may have one document: what a merge holds grows
/// with its documents and their statements, and is to stay small beside the writer.
const BYTES_A_MERGED_DOCUMENT: usize = 4096;
/// A segment with a file's byte for so many of a thread's memory is large: a thread writes one of twice that
/// and more when its memory is full.
const MEMORY_OF_LARGE: usize = 8;
/// Of large segments so many are let be. To merge them takes a fifth of the time that they took to write
/// (measured at 400,000 stories); one more takes a query some microseconds.
const MOST_LARGE: usize = 48;

fn by_size() -> LogMergePolicy {
    let mut by_size = LogMergePolicy::default();
    by_size.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
    by_size
}

/// How many bytes the files of a segment have.
pub(super) trait BytesOf: Debug + Send + Sync {
    fn bytes_of(&self, segment: &SegmentMeta) -> u64;
}

/// The files below a folder.
#[derive(Debug)]
pub(super) struct Sizes(PathBuf);

impl BytesOf for Sizes {
    fn bytes_of(&self, segment: &SegmentMeta) -> u64 {
        use SegmentComponent::{FastFields, Positions, Postings, Store, Terms};
        let parts = [FastFields, Positions, Postings, Store, Terms];
        let there = |part| fs::metadata(self.0.join(segment.relative_path(part))).ok();
        parts.into_iter().filter_map(there).map(|file| file.len()).sum()
    }
}

/// Merges segments of like size as tantivy does, large ones late, and never into one of more than so many
/// documents: what a merge holds would grow with the archive.
#[derive(Debug)]
pub(super) struct Bounded<S> {
    by_size: LogMergePolicy,
    most_documents: u64,
    large_bytes: u64,
    bytes_of: S,
}

impl Bounded<Sizes> {
    /// Of the segments below a folder, which a writer with so much memory wrote, so much of it a thread.
    pub(super) fn of(at: &Path, memory: usize, of_thread: usize) -> Self {
        Self {
            by_size: by_size(),
            most_documents: (memory / BYTES_A_MERGED_DOCUMENT) as u64,
            large_bytes: (of_thread / MEMORY_OF_LARGE) as u64,
            bytes_of: Sizes(at.to_owned()),
        }
    }
}

impl<S: BytesOf> Bounded<S> {
    /// Whether no other segment of like size can be joined to it.
    fn is_full(&self, segment: &SegmentMeta) -> bool {
        u64::from(segment.num_docs()) * 2 > self.most_documents
    }

    fn is_large(&self, segment: &SegmentMeta) -> bool {
        self.bytes_of.bytes_of(segment) >= self.large_bytes
    }

    /// What is worth joining, before it is parted.
    fn levels(&self, segments: &[SegmentMeta]) -> Vec<Vec<SegmentMeta>> {
        let (spoilt, whole): (Vec<_>, Vec<_>) =
            segments.iter().cloned().partition(has_many_deleted);
        let mut levels: Vec<Vec<SegmentMeta>> = spoilt.into_iter().map(|one| vec![one]).collect();
        let joinable = whole.into_iter().filter(|segment| !self.is_full(segment));
        let (large, small): (Vec<_>, Vec<_>) = joinable.partition(|segment| self.is_large(segment));
        if large.len() > MOST_LARGE {
            levels.push(large);
        }
        for MergeCandidate(ids) in self.by_size.compute_merge_candidates(&small) {
            levels.push(small.iter().filter(|one| ids.contains(&one.id())).cloned().collect());
        }
        levels
    }
}

impl<S: BytesOf> MergePolicy for Bounded<S> {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let levels = self.levels(segments);
        let parts =
            levels.iter().flat_map(|level| parts(level.iter().collect(), self.most_documents));
        let worth_it = parts.filter(|part| part.len() > 1 || has_many_deleted(part[0]));
        worth_it
            .map(|part| MergeCandidate(part.into_iter().map(SegmentMeta::id).collect()))
            .collect()
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

    /// A byte for each document.
    #[derive(Debug)]
    struct ByDocuments;

    impl BytesOf for ByDocuments {
        fn bytes_of(&self, segment: &SegmentMeta) -> u64 {
            u64::from(segment.max_doc())
        }
    }

    /// What is merged of segments of so many documents, and so many of them deleted, where one of `large` is
    /// large.
    fn merged(most: u64, large: u64, segments: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let index = Index::create_in_ram(Schema::builder().build());
        let segments: Vec<SegmentMeta> = segments
            .iter()
            .map(|(count, deleted)| {
                let segment = index.new_segment_meta(SegmentId::generate_random(), *count);
                if *deleted == 0 { segment } else { segment.with_delete_meta(*deleted, 1) }
            })
            .collect();
        let count = |id: &SegmentId| segments.iter().find(|one| one.id() == *id).unwrap().max_doc();
        let policy = Bounded {
            by_size: by_size(),
            most_documents: most,
            large_bytes: large,
            bytes_of: ByDocuments,
        };
        let candidates = policy.compute_merge_candidates(&segments);
        candidates.iter().map(|MergeCandidate(ids)| ids.iter().map(count).collect()).collect()
    }

    const NONE: [[u32; 0]; 0] = [];
    const NONE_LARGE: u64 = u64::MAX;

    #[test]
    fn no_merge_makes_a_segment_of_more_than_so_many_documents() {
        let eight = [(100_000, 0); 8];
        assert_eq!(merged(800_000, NONE_LARGE, &eight), [vec![100_000; 8]]);
        assert_eq!(merged(500_000, NONE_LARGE, &eight), [vec![100_000; 5], vec![100_000; 3]]);
        assert_eq!(merged(500_000, NONE_LARGE, &[(300_000, 0); 20]), NONE);
        assert_eq!(merged(500_000, NONE_LARGE, &eight[..7]), NONE);
    }

    #[test]
    fn large_segments_are_let_be_until_there_are_many() {
        let large = [(100_000, 0); MOST_LARGE + 1];
        assert_eq!(merged(400_000, 90_000, &large[1..]), NONE);
        let mut parts = vec![vec![100_000; 4]; MOST_LARGE / 4];
        assert_eq!(merged(400_000, 90_000, &large), parts);
        // Those that were merged are full, and stay as they are.
        let mut later = vec![(400_000, 0); MOST_LARGE];
        later.extend(&large);
        assert_eq!(merged(400_000, 90_000, &later), parts);
        later.truncate(2 * MOST_LARGE);
        assert_eq!(merged(400_000, 90_000, &later), NONE);
        // Small ones beside them are merged as ever.
        later.extend([(1_000, 0); 8]);
        parts = vec![vec![1_000; 8]];
        assert_eq!(merged(400_000, 90_000, &later), parts);
    }

    #[test]
    fn a_segment_of_which_much_is_deleted_is_written_again_by_itself() {
        assert_eq!(merged(500_000, NONE_LARGE, &[(400_000, 110_000)]), [[400_000]]);
        assert_eq!(merged(500_000, 1, &[(400_000, 110_000), (100_000, 0)]), [[400_000]]);
        assert_eq!(merged(500_000, NONE_LARGE, &[(400_000, 90_000)]), NONE);
    }
}
