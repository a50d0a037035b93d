use super::*;
use proptest::prelude::*;

const PROSE: &str = "<p>The port of Halvik reopened on Monday after three weeks, the harbour master \
said, and the first ferry left for Velmark with 200 people on board.</p><p>“We waited long enough,” \
said Ada Orlo, who sells fish on the quay and had thrown away half of her stock in the meantime.</p>\
<p>The strait had been closed since a storm sank the pilot boat, and nobody could say why it took so \
long to find another one, least of all the ministry in the capital.</p>";

fn entry(page: impl Into<Vec<u8>>) -> Entry {
    Entry { path: "page.html".to_owned(), bytes: page.into(), ..Entry::default() }
}

fn told(page: impl Into<Vec<u8>>) -> Result<Story> {
    let mut stories = Vec::new();
    read(&entry(page), &mut |story| stories.push(story))?;
    stories.pop().unwrap()
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head>{head}</head><body><article>{body}{PROSE}</article></body></html>"
    )
}

#[test]
fn linked_data_fills_the_fields() {
    let story = told(page(
        r##"<title>Port reopens | Marn Courier</title><link rel="canonical" href="https://courier.example/a">
        <script type="application/ld+json">{"@graph":[{"@type":"Organization","@id":"#o","name":"Marn Courier"},
        {"@type":["NewsArticle"],"headline":"Port &amp; strait reopen","author":[{"name":"Ada Orlo"},{"name":"Ivan Vane"}],
        "publisher":{"@id":"#o"},"datePublished":"2025-03-17T10:00:00+01:00","dateModified":"2025-03-17T12:00:00+01:00",
        "articleSection":"Shipping","keywords":"port, strait"}]}</script>"##,
        "",
    ))
    .unwrap();
    assert_eq!(story.title, "Port & strait reopen");
    assert_eq!(story.bylines, ["Ada Orlo", "Ivan Vane"]);
    assert_eq!((story.source.as_str(), story.section.as_str()), ("Marn Courier", "Shipping"));
    assert_eq!(story.published.unwrap().to_string(), "2025-03-17T10:00:00+01:00");
    assert_eq!(story.updated.unwrap().to_string(), "2025-03-17T12:00:00+01:00");
    assert_eq!(story.keywords, ["port", "strait"]);
    assert_eq!((story.language.as_str(), story.url.as_str()), ("en", "https://courier.example/a"));
    assert_eq!(story.origins.of("title"), Some("JSON-LD headline"));
    assert!(story.body.starts_with("The port of Halvik"), "{}", story.body);
    assert_eq!(story.body.split("\n\n").count(), 3);
}

#[test]
fn meta_tags_fill_what_linked_data_does_not() {
    let story = told(page(
        r#"<meta property="og:title" content="Port reopens - Marn Courier"><meta property="og:site_name" content="Marn Courier">
        <meta name="parsely-author" content="Ada Orlo"><meta property="article:published_time" content="2025-03-17T09:00:00Z">
        <meta name="news_keywords" content="port; ferry"><meta property="article:section" content="Sea">"#,
        "",
    ))
    .unwrap();
    assert_eq!((story.title.as_str(), story.section.as_str()), ("Port reopens", "Sea"));
    assert_eq!(story.bylines, ["Ada Orlo"]);
    assert_eq!(story.published.unwrap().to_string(), "2025-03-17T09:00:00Z");
    assert_eq!(story.origins.of("bylines"), Some("meta[name=parsely-author]"));
}

#[test]
fn microdata_fills_what_meta_tags_do_not() {
    let story = told(page(
        "",
        r#"<h1 itemprop="headline">Port reopens</h1><span itemprop="author">Ada Orlo</span>
        <time itemprop="datePublished" datetime="2025-03-17">Monday</time>"#,
    ))
    .unwrap();
    assert_eq!((story.title.as_str(), story.bylines.len()), ("Port reopens", 1));
    assert_eq!(story.published.unwrap().to_string(), "2025-03-17");
}

#[test]
fn an_address_tells_the_day_where_nothing_else_does() {
    let link = r#"<link rel=canonical href="https://courier.example/2024/03/18/port">"#;
    let story = told(page(link, "")).unwrap();
    assert_eq!(story.published.unwrap().to_string(), "2024-03-18");
    assert_eq!(story.published_from, Some(PublishedFrom::Path));
}

#[test]
fn furniture_around_and_within_the_text_is_dropped() {
    let story = told(page(
        "",
        r#"<nav><a href=/>Home</a></nav><div class="cookie-banner"><p>We use cookies to make our site better for you.</p></div>
        <div class="newsletter-signup"><p>Sign up for our newsletter, delivered to your inbox.</p></div>
        <p><a href="/x">Storm sinks pilot boat</a></p>"#,
    ))
    .unwrap();
    for words in ["cookies", "inbox", "Storm sinks", "Home"] {
        assert!(!story.body.contains(words), "{words}");
    }
}

#[test]
fn a_page_without_an_article_is_an_error_that_says_why() {
    let links = "<li><a href=/s>Another headline of another story that was written today</a></li>"
        .repeat(40);
    for body in [
        format!("<html><body><ul>{links}</ul></body></html>"),
        "<html><title>404 Not Found</title><body><h1>Page not found</h1></body></html>".to_owned(),
        "<html><body><p>We use cookies. Please accept our privacy policy.</p><button>Accept</button></body></html>".to_owned(),
        "<html>".to_owned(),
    ] {
        let error = told(body).unwrap_err();
        assert!(error.message().starts_with("a web page without an article"), "{error:?}");
        assert!(!error.advice().is_empty());
    }
}

#[test]
fn text_that_only_linked_data_carries_is_taken() {
    let text = "The port of Halvik reopened on Monday, the harbour master said.\\n\\n".repeat(8);
    let page = format!(
        r#"<html><script type="application/ld+json">{{"@type":"NewsArticle","headline":"Port","articleBody":"{text}"}}</script><body><div id=app></div></body></html>"#
    );
    let story = told(page).unwrap();
    assert_eq!(story.origins.of("body"), Some("JSON-LD articleBody"));
    assert_eq!(story.body.split("\n\n").count(), 8);
}

#[test]
fn the_bytes_overrule_a_wrong_declaration() {
    let utf8 = page(
        "<meta charset=iso-8859-1>",
        "<p>Der Hafen von Köln ist wieder offen, sagte der Meister am Montag dort.</p>",
    );
    assert!(told(utf8).unwrap().body.contains("Köln"));
    let mut latin = page(
        "<meta charset=iso-8859-2>",
        "<p>The town of X is open, said the master of its harbour on Monday.</p>",
    )
    .into_bytes();
    let at = latin.windows(4).position(|four| four == b" X i").unwrap() + 1;
    latin[at] = 0xA3;
    assert!(told(latin).unwrap().body.contains("Ł"));
}

#[test]
fn pages_are_told_from_feeds_and_wires() {
    let sniffed = |text: &str| sniff(&entry(text));
    for text in [
        "<!DOCTYPE HTML PUBLIC \"x\"><html>",
        "\u{FEFF}<!-- a --> <html lang=en>",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html/>",
    ] {
        assert_eq!(sniffed(text), Likeness::Certain, "{text}");
    }
    for text in [
        "<rss>",
        "<feed>",
        "<nitf>",
        "<newsItem>",
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">",
        "From: a@b.example\n\n<html>",
        "<header>",
        "",
    ] {
        assert_eq!(sniffed(text), Likeness::No, "{text}");
    }
}

#[test]
fn a_stamp_that_readers_see_is_counted_from_the_capture() {
    let page = |stamp: &str| {
        format!("<!doctype html><html><body><article><h1>Port opens</h1>{stamp}{PROSE}</article>")
    };
    let read = |stamp: &str, captured: Option<&str>| {
        let captured = captured.map(|time| time.parse().unwrap());
        let entry = Entry { captured, ..entry(page(stamp)) };
        let mut stories = Vec::new();
        super::read(&entry, &mut |story| stories.push(story.unwrap())).unwrap();
        stories.remove(0).published.map(|time| time.to_string())
    };
    let ago = "<span class=\"post-date\">Published 3 hours ago</span>";
    let captured = Some("2025-03-18T02:00:00Z");
    assert_eq!(read(ago, captured).as_deref(), Some("2025-03-17T23:00:00Z"));
    assert_eq!(read(ago, None), None);
    let day = "<p class=date>March 17, 2025</p>";
    assert_eq!(read(day, captured).as_deref(), Some("2025-03-17"));
}

#[test]
fn hostile_pages_are_read_or_refused() {
    // So long that what takes the square of it would keep this test for minutes.
    let attribute = format!("<p title=\"{}\">", "x".repeat(1 << 20));
    let quotes = "<a href=\"".repeat(50_000);
    let data = format!("<script type=application/ld+json>{}</script>", "[".repeat(200_000));
    for hostile in [
        "<div>".repeat(100_000),
        "<span><div></span>".repeat(50_000),
        "<div><table><tr><td></div>".repeat(30_000),
        "<b><p>".repeat(50_000),
        "<font a=1><i><p>x".repeat(30_000),
        "<a ".repeat(300_000),
        "<a href=x>".repeat(100_000),
        "<script>".repeat(100_000),
        "<svg>".repeat(100_000),
        "<!--".repeat(100_000),
        "</p>".repeat(100_000),
        "<li><ul>".repeat(50_000),
        "<h1>".repeat(20_000),
        "\0".repeat(1000),
        attribute,
        quotes,
        data,
    ] {
        let _ = told(format!("<html><body>{hostile}"));
        let _ = told(page("", &hostile));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn mutated_pages_never_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = page(r#"<meta name=author content="Ada"><script type="application/ld+json">{"@type":"Article","headline":"é"}</script>"#, "<h1>é</h1><table><tr><td>1<td>2</table>").into_bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = told(bytes);
    }

    #[test]
    fn any_tags_never_panic(text in "(<|/|>|a|div|é|=|\"|'|!--|-->| |p|script|title|\\PC){0,60}") {
        let _ = told(format!("<html>{text}"));
    }
}
