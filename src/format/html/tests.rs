use proptest::prelude::*;

use super::*;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Port opens again - The Velmark Courier</title>
<meta property="og:title" content="Port opens again"><meta property="og:site_name" content="The Velmark Courier">
<meta name="author" content="Ada Orlo"><meta property="article:published_time" content="2025-03-18T09:00:00+01:00">
<link rel="canonical" href="https://courier.example/2025/03/18/port"><meta name="news_keywords" content="ports, ships"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><div class="cookie-consent">We use cookies.</div>
<article><h1>Port opens again</h1><p class="byline">By Ada Orlo</p>
<p>The port of Velmark opened on Tuesday after three weeks in which no ship had come in or gone out, officials said.</p>
<p>“At last,” said Ivan Vane, the harbour master, who had waited at the quay since dawn with a flask of tea and a flag.</p>
<div class="newsletter-signup"><p>Sign up for our newsletter and never miss a ship.</p></div>
<p>Nobody came to see the first ship leave, and it was not clear on Tuesday whether a second one would follow it soon.</p>
<ul><li><a href="/a">Ten ships you must see</a></li><li><a href="/b">The quay in pictures</a></li></ul>
</article><aside><h3>Most read</h3><p>Herring prices fall for the third week in a row, says board.</p></aside>
<footer>© 2025 The Velmark Courier</footer></body></html>"#;

fn stories(page: &str) -> Vec<Result<Story>> {
    let entry = Entry { bytes: page.as_bytes().to_vec(), ..Entry::default() };
    let mut stories = Vec::new();
    let ended = read(&entry, &mut |story| stories.push(story));
    stories.extend(ended.err().map(Err));
    stories
}

#[test]
fn a_page_gives_its_article_and_what_it_says_of_it() {
    let mut read = stories(PAGE);
    let story = read.remove(0).unwrap();
    assert_eq!(story.title, "Port opens again");
    assert_eq!((story.source.as_str(), story.language.as_str()), ("The Velmark Courier", "en"));
    assert_eq!(story.bylines, ["Ada Orlo"]);
    assert_eq!(story.published.unwrap().to_string(), "2025-03-18T09:00:00+01:00");
    assert_eq!(story.url, "https://courier.example/2025/03/18/port");
    assert_eq!(story.keywords, ["ports", "ships"]);
    assert!(story.body.starts_with("The port of Velmark opened"), "{}", story.body);
    assert!(story.body.ends_with("would follow it soon."), "{}", story.body);
    for furniture in ["Sign up", "Home", "Herring prices", "Ten ships", "cookies", "©"] {
        assert!(!story.body.contains(furniture), "{furniture}: {}", story.body);
    }
    assert_eq!(story.origins.of("title"), Some("meta elements"));
}

#[test]
fn json_ld_goes_before_meta_elements() {
    let block = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",
        "headline":"Port opens at last","datePublished":"2025-03-18T08:00:00Z","dateModified":"2025-03-18T10:00:00Z",
        "author":{"@type":"Person","name":"Ivan Vane"},"publisher":{"name":"Courier"},"articleSection":"Ports"}]}</script></head>"#;
    let story = stories(&PAGE.replace("</head>", block)).remove(0).unwrap();
    assert_eq!((story.title.as_str(), story.section.as_str()), ("Port opens at last", "Ports"));
    assert_eq!(story.bylines, ["Ivan Vane"]);
    assert_eq!(story.updated.unwrap().to_string(), "2025-03-18T10:00:00Z");
    assert_eq!(story.origins.of("updated"), Some("JSON-LD"));
}

#[test]
fn a_page_without_an_article_is_no_story() {
    let page = "<!doctype html><html><body><h1>Search</h1><a href='/a'>One</a> <a href='/b'>Two</a></body></html>";
    let error = stories(page).remove(0).unwrap_err();
    assert_eq!(error.message(), "a web page without an article");
}

#[test]
fn pages_are_told_from_feeds_and_other_markup() {
    let sniffed =
        |text: &str| sniff(&Entry { bytes: text.as_bytes().to_vec(), ..Entry::default() });
    assert_eq!(sniffed(PAGE), Likeness::Certain);
    assert_eq!(
        sniffed("\u{FEFF}<?xml version=\"1.0\"?><!-- a --><html xmlns=\"x\">"),
        Likeness::Certain
    );
    assert_eq!(sniffed("<div>One</div>"), Likeness::Likely);
    for text in
        ["<?xml version=\"1.0\"?><rss>", "<nitf>", "<NewsML>", "<REUTERS>", "Port <b>", "{}"]
    {
        assert_eq!(sniffed(text), Likeness::No, "{text}");
    }
}

#[test]
fn the_day_and_the_site_are_taken_from_the_address_where_the_page_is_silent() {
    assert_eq!(
        meta::day_in_address("https://a.example/2025/03/18/x").unwrap().to_string(),
        "2025-03-18"
    );
    assert_eq!(
        meta::day_in_address("https://a.example/2019/nov/19/x").unwrap().to_string(),
        "2019-11-19"
    );
    assert_eq!(meta::day_in_address("https://a.example/99/3/18"), None);
    assert_eq!(meta::site_of("https://www.wire.example:80/a"), "wire.example");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn broken_pages_are_read(at in 0..PAGE.len(), length in 0usize..60, with in "[<>/\"'= a-z&;]{0,9}") {
        let end = (at + length).min(PAGE.len());
        if let (Some(front), Some(back)) = (PAGE.get(..at), PAGE.get(end..)) {
            stories(&format!("{front}{with}{back}"));
        }
    }
}
