//! Indexing alone: annotated stories into an index and one commit, beside the engine alone on the
//! same documents.

mod stories;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use onrecord::backend::LOCAL;
use onrecord::model::StoryKey;
use tempfile::TempDir;

/// The memory given to the writer, in bytes.
const MEMORY: usize = 256 << 20;

fn index(criterion: &mut Criterion) {
    let records = stories::records();
    let mut group = criterion.benchmark_group("index");
    group.sample_size(10).throughput(Throughput::Elements(records.len() as u64));
    group.bench_function("records", |bench| {
        bench.iter_batched(
            || TempDir::new().expect("a temporary folder"),
            |folder| {
                let mut index = (LOCAL.write)(folder.path(), MEMORY).expect("a new index");
                for (number, record) in records.iter().enumerate() {
                    let key = StoryKey(number as u64);
                    index.add(&record.story.path, key, record).expect("added");
                }
                index.commit().expect("committed");
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("engine alone", |bench| {
        bench.iter_custom(|times| {
            let time = |_| {
                let folder = TempDir::new().expect("a temporary folder");
                (LOCAL.alone)(folder.path(), MEMORY, &records).expect("indexed")
            };
            (0..times).map(time).sum()
        });
    });
    group.finish();
}

criterion_group!(benches, index);
criterion_main!(benches);
