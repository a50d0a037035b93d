//! Finding dates alone, on one thread, from text to mentions; nothing else is annotated.

mod stories;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord::annotate::ANNOTATORS;
use onrecord::contract::Text;
use onrecord::model::Annotations;

fn dates(criterion: &mut Criterion) {
    let stories = stories::stories();
    let bytes: usize = stories.iter().map(|story| story.body.len()).sum();
    let named = ANNOTATORS.iter().find(|annotator| annotator.name == "dates");
    let finder = named.expect("the register names the dates");
    let mut group = criterion.benchmark_group("dates");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("alone", |bench| {
        bench.iter(|| {
            for story in &stories {
                let published = story.published.map(|moment| moment.day());
                let (body, language) = (&story.body, &story.language);
                let mut found = Annotations::default();
                (finder.annotate)(
                    &Text { body, published, language, ..Text::default() },
                    &mut found,
                );
                std::hint::black_box(found);
            }
        });
    });
    group.finish();
}

criterion_group!(benches, dates);
criterion_main!(benches);
