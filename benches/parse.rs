//! Parsing alone: bytes to stories, one thread.

mod stories;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord::model::{Entry, Story};

fn parse(criterion: &mut Criterion) {
    let is_text = |entry: &Entry| onrecord::format::sniff(entry).is_some_and(|f| f.name == "text");
    let corpus: Vec<Entry> = stories::entries().into_iter().filter(is_text).collect();
    time(criterion, "text of the corpus", &corpus);
    let stories = full_length(stories::stories());
    for (name, document) in stories::wires::WIRES {
        time(criterion, name, &stories::wires::entries(name, *document, &stories));
    }
}

/// Every two stories as one: the corpus's are short, and agencies' have 1.7 kB in the mean (1,627
/// of several agencies, measured).
fn full_length(mut stories: Vec<Story>) -> Vec<Story> {
    stories.retain(|story| !story.body.is_empty());
    let joined = stories.chunks(2).map(|pair| {
        let bodies: Vec<&str> = pair.iter().map(|story| story.body.as_str()).collect();
        Story { body: bodies.join("\n\n"), ..pair[0].clone() }
    });
    joined.collect()
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
