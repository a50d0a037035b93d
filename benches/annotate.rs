//! Annotating alone: each annotator on what those before it found, and all together; one thread.

mod stories;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord::annotate::{ANNOTATORS, annotate};
use onrecord::contract::Text;
use onrecord::model::Annotations;

fn annotators(criterion: &mut Criterion) {
    let stories = stories::stories();
    let bytes: usize = stories.iter().map(|story| story.body.len()).sum();
    let mut group = criterion.benchmark_group("annotate");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    let mut found: Vec<Annotations> = vec![Annotations::default(); stories.len()];
    for annotator in ANNOTATORS {
        group.bench_function(annotator.name, |bench| {
            bench.iter(|| {
                for (story, found) in stories.iter().zip(&found) {
                    let mut found = found.clone();
                    (annotator.annotate)(&Text::from(story), &mut found);
                    std::hint::black_box(found);
                }
            });
        });
        for (story, found) in stories.iter().zip(&mut found) {
            (annotator.annotate)(&Text::from(story), found);
        }
    }
    group.bench_function("all", |bench| {
        bench.iter(|| {
            for story in &stories {
                std::hint::black_box(annotate(&Text::from(story)));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, annotators);
criterion_main!(benches);
