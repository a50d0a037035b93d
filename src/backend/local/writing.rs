//! The one writer of an index.

use tantivy::IndexWriter;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};

use super::place::Lock;

/// The least memory that tantivy takes for a writing thread, with what it needs beside it.
const LEAST_MEMORY_A_THREAD: usize = 16 << 20;
/// Writing threads: beyond two, the reading and annotating of stories needs the cores.
const MOST_THREADS: usize = 2;
/// A segment with more than this share of deleted documents is merged: corrections delete.
const DELETED_BEFORE_MERGE: f32 = 0.25;
/// A segment of more documents, nine a story, is merged no more: a merge holds some 30 bytes for each, and
/// would grow with the archive.
const LARGEST_MERGED: usize = 1_000_000;

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
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
    policy.set_max_docs_before_merge(LARGEST_MERGED);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}
