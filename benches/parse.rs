//! Parsing alone: bytes to stories, one thread.

mod stories;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn parse(criterion: &mut Criterion) {
    let entries = stories::entries();
    let bytes: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("text", |bench| {
        bench.iter(|| {
            for entry in &entries {
                let read = onrecord::format::read(entry, None, &mut |story| {
                    std::hint::black_box(&story);
                });
                read.expect("the bundled corpus can be read");
            }
        });
    });
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
