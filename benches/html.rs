//! Parsing alone: web pages to stories, one thread.

use std::fmt::Write;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord::model::Entry;

/// A page as news sites send it: more scripts, styles and links than news.
fn page(number: usize) -> Entry {
    let mut page = String::from("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    let _ = write!(page, "<title>Ferry {number} sails again | Marn Courier</title>");
    let _ = write!(
        page,
        "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\
         \"NewsArticle\",\"headline\":\"Ferry {number} sails again\",\"datePublished\":\
         \"2025-03-18T10:00:00Z\",\"author\":{{\"@type\":\"Person\",\"name\":\"Ada Orlo\"}}}}</script>"
    );
    page.push_str("<style>");
    for rule in 0..400 {
        let _ = writeln!(page, ".card-{rule}{{margin:0 {rule}px;color:#1a1a1a;display:flex}}");
    }
    page.push_str("</style></head><body><header><nav><ul>");
    for link in 0..60 {
        let _ =
            write!(page, "<li class=\"nav-item\"><a href=\"/section/{link}\">Desk {link}</a></li>");
    }
    page.push_str("</ul></nav></header><main><article><h1>Ferry sails again</h1>");
    for paragraph in 0..24 {
        let _ = write!(
            page,
            "<p>The ferry to Velmark left Halvik on trip {paragraph} of the day, with <a href=\"/t/{paragraph}\">\
             two hundred people</a> on board, the harbour master said. “Nobody was late, and nobody was sick, \
             which is more than I can say of last winter,” she told reporters on the quay.</p>"
        );
        if paragraph % 8 == 7 {
            page.push_str("<div class=\"ad-slot\" id=\"ad\"><script>window.ads=window.ads||[];ads.push(1);</script></div>");
        }
    }
    page.push_str("</article><aside class=\"related\">");
    for card in 0..80 {
        let _ = write!(
            page,
            "<div class=\"card card-{card}\"><a href=\"/news/{card}\"><img src=\"/i/{card}.jpg\" alt=\"\"><h3>Harbour \
             story number {card} of this week</h3></a><span class=\"time\">{card} minutes ago</span></div>"
        );
    }
    page.push_str("</aside></main><footer><p>© Marn Courier</p></footer><script>");
    for line in 0..700 {
        let _ = writeln!(
            page,
            "function f{line}(a,b){{if(a<b&&b>{line}){{return a+\"<p>\"+b}}return null}}"
        );
    }
    page.push_str("</script></body></html>");
    Entry { path: format!("{number}.html"), bytes: page.into_bytes(), ..Entry::default() }
}

fn html(criterion: &mut Criterion) {
    let format = onrecord::format::named("html").expect("the format is in the register");
    let entries: Vec<Entry> = (0..8).map(page).collect();
    let bytes: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
    let mut group = criterion.benchmark_group("html");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("pages", |bench| {
        bench.iter(|| {
            for entry in &entries {
                let read = onrecord::format::read(entry, Some(format), &mut |story| {
                    assert!(story.is_ok(), "an invented page is a story");
                });
                read.expect("an invented page can be read");
            }
        });
    });
    group.finish();
}

criterion_group!(benches, html);
criterion_main!(benches);
