//! Parsing alone: bytes to stories, one thread.

mod stories;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord::model::Entry;

fn parse(criterion: &mut Criterion) {
    let read_as = |format: &str, entries: Vec<Entry>| {
        let of_it =
            |entry: &Entry| onrecord::format::sniff(entry).is_some_and(|f| f.name == format);
        entries.into_iter().filter(of_it).collect::<Vec<Entry>>()
    };
    time(criterion, "text", &read_as("text", stories::entries()));
    let mut stories = stories::stories();
    stories.retain(|story| !story.body.is_empty());
    for (name, document) in stories::wires::WIRES {
        time(criterion, name, &stories::wires::entries(name, *document, &stories));
    }
}

fn time(criterion: &mut Criterion, name: &str, entries: &[Entry]) {
    let bytes: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function(name, |bench| {
        bench.iter(|| {
            for entry in entries {
                let read = onrecord::format::read(entry, None, &mut |story| {
                    std::hint::black_box(&story).as_ref().expect("it was written to be read");
                });
                read.expect("it was written to be read");
            }
        });
    });
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
