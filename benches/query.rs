//! Querying: reading a query, and answering it from an open index with its passages.

mod stories;

use criterion::{Criterion, criterion_group, criterion_main};
use onrecord::backend::LOCAL;
use onrecord::contract::Start;
use onrecord::model::{Sort, StoryKey};
use onrecord::{query, search};
use tempfile::TempDir;

/// The memory given to the writer, in bytes.
const MEMORY: usize = 256 << 20;

/// A query of each kind.
const QUERIES: &[(&str, &str)] = &[
    ("rare word", "herring"),
    ("common word", "port"),
    ("two words", "port strike"),
    ("phrase", "\"quiet understanding\""),
    ("speaker and phrase", "speaker:derwin \"quiet understanding\""),
    ("days", "mentions:2024-11"),
    ("either, without", "(strike OR ferry) -budget source:nordwire"),
];

fn answers(criterion: &mut Criterion) {
    let folder = TempDir::new().expect("a temporary folder");
    let mut writer = (LOCAL.write)(folder.path(), MEMORY).expect("a new index");
    for (number, record) in stories::records().iter().enumerate() {
        writer.add(&record.story.path, StoryKey(number as u64), record).expect("added");
    }
    writer.commit().expect("committed");
    drop(writer);
    let index = (LOCAL.open)(folder.path()).expect("the index opens");
    let today = jiff::civil::date(2025, 3, 18);
    let page = search::Page { sort: Sort::Relevance, start: Start::FRONT, limit: 10 };
    let mut group = criterion.benchmark_group("query");
    for (name, typed) in QUERIES {
        let read = query::parse(typed, today).expect("a query of the language");
        group.bench_function(*name, |bench| {
            bench.iter(|| search::stories(index.as_ref(), &read, &page).expect("answered"));
        });
    }
    group.bench_function("reading a query", |bench| {
        bench.iter(|| query::parse(QUERIES[6].1, today).expect("a query of the language"));
    });
    group.finish();
}

criterion_group!(benches, answers);
criterion_main!(benches);
