//! One invented record of each shape that interfaces and archives have.

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Story {
    let record: Value<'_> = serde_json::from_str(text).unwrap();
    story_of(&record, &FieldMap::default()).expect(text)
}

/// The day or time, the title, the body and the source, which nearly every shape has.
fn told(story: &Story) -> [String; 4] {
    let published = story.published.map(|moment| moment.to_string()).unwrap_or_default();
    [published, story.title.clone(), story.body.clone(), story.source.clone()]
}

#[test]
fn news_please() {
    let story = read(
        r#"{"authors":["Ada Orlo","Ivan Vane"],"date_download":"2025-03-20 01:02:03","date_modify":"2025-03-18 11:00:00",
        "date_publish":"2025-03-18 10:00:00","description":"Short.","filename":"x.json","image_url":null,"language":"en",
        "localpath":null,"maintext":"It opened.\nNobody came.","source_domain":"nordwire.example","title":"Port opens",
        "title_page":null,"title_rss":null,"url":"https://nordwire.example/port"}"#,
    );
    let body = "It opened.\n\nNobody came.";
    assert_eq!(told(&story), ["2025-03-18T10:00:00", "Port opens", body, "nordwire.example"]);
    assert_eq!(story.bylines, ["Ada Orlo", "Ivan Vane"]);
    assert_eq!(story.updated.unwrap().to_string(), "2025-03-18T11:00:00");
    assert_eq!(story.origins.of("body"), Some("maintext"));
}

#[test]
fn cc_news_both_as_a_table_and_as_a_crawl() {
    let story = read(
        r#"{"title":"Port opens","text":"It opened.","domain":"nordwire.example","date":"2025-03-18 10:00:00",
        "description":"Short.","url":"https://nordwire.example/port","image_url":""}"#,
    );
    assert_eq!(
        told(&story),
        ["2025-03-18T10:00:00", "Port opens", "It opened.", "nordwire.example"]
    );
    let story = read(
        r#"{"requested_url":"https://nordwire.example/port","plain_text":"It opened.","published_date":"2025-03-18",
        "title":"Port opens","tags":["shipping"],"categories":[],"author":"Ada Orlo","sitename":"Nordwire",
        "language":"en","language_score":0.98,"warc_path":"x","crawl_date":"2025-03-19T00:00:00Z"}"#,
    );
    assert_eq!(told(&story), ["2025-03-18", "Port opens", "It opened.", "Nordwire"]);
    assert_eq!(
        (&story.bylines[..], story.url.as_str()),
        (&["Ada Orlo".into()][..], "https://nordwire.example/port")
    );
}

#[test]
fn webhose() {
    let story = read(
        r#"{"thread":{"uuid":"t","site":"nordwire.example","site_full":"www.nordwire.example","section_title":"Shipping",
        "title":"Port opens","published":"2025-03-18T10:00:00.000+02:00","main_image":"x"},"uuid":"u1","ord_in_thread":0,
        "author":"Ada Orlo, Nordwire","published":"2025-03-18T10:00:00.000+02:00","title":"Port opens","text":"It opened.",
        "language":"english","crawled":"2025-03-18T12:00:00.000+02:00","url":"https://nordwire.example/port",
        "entities":{"persons":[{"name":"mara lund","sentiment":"none"}],"organizations":[],"locations":[]}}"#,
    );
    assert_eq!(
        told(&story),
        ["2025-03-18T10:00:00+02:00", "Port opens", "It opened.", "www.nordwire.example"]
    );
    assert_eq!((story.language.as_str(), story.section.as_str()), ("en", "Shipping"));
    assert_eq!(
        (&story.bylines[..], &story.people[..]),
        (&["Ada Orlo".into()][..], &["mara lund".into()][..])
    );
}

#[test]
fn media_cloud() {
    let story = read(
        r#"{"stories_id":2001002003,"media_id":1,"media_name":"Nordwire","media_url":"https://nordwire.example",
        "title":"Port opens","publish_date":"2025-03-18 10:00:00","collect_date":"2025-03-19","language":"en",
        "url":"https://nordwire.example/port","story_tags":[{"tag":"shipping","tag_set":"x","tags_id":1}],"text":"It opened."}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00", "Port opens", "It opened.", "Nordwire"]);
    assert_eq!((story.id.as_str(), &story.keywords[..]), ("2001002003", &["shipping".into()][..]));
}

#[test]
fn event_registry() {
    let story = read(
        r#"{"uri":"8001002003","lang":"eng","isDuplicate":false,"date":"2025-03-18","time":"10:00:00",
        "dateTime":"2025-03-18T10:05:00Z","dateTimePub":"2025-03-18T10:00:00Z","dataType":"news","sim":0.5,
        "url":"https://nordwire.example/port","title":"Port opens","body":"It opened.","source":{"uri":"nordwire.example",
        "dataType":"news","title":"Nordwire"},"authors":[{"uri":"a@n","name":"Ada Orlo","type":"author","isAgency":false}],
        "concepts":[{"uri":"w","type":"person","label":{"eng":"Mara Lund"}},{"uri":"v","type":"wiki","label":{"eng":"Port"}}],
        "location":{"type":"place","label":{"eng":"Port Azure"}},"image":"x","sentiment":0.1}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "It opened.", "Nordwire"]);
    assert_eq!(
        (&story.people[..], &story.keywords[..]),
        (&["Mara Lund".into()][..], &["Port".into()][..])
    );
    assert_eq!((story.place.as_str(), story.language.as_str()), ("Port Azure", "en"));
    assert_eq!(story.bylines, ["Ada Orlo"]);
}

#[test]
fn gdelt_has_headlines_only() {
    let story = read(
        r#"{"url":"https://nordwire.example/port","url_mobile":"","title":"Port opens","seendate":"20250318T100000Z",
        "socialimage":"x","domain":"nordwire.example","language":"English","sourcecountry":"Ordania"}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "", "nordwire.example"]);
    assert_eq!(story.origins.of("published"), Some("seendate"));
}

#[test]
fn guardian() {
    let story = read(
        r#"{"id":"world/2025/mar/18/port","type":"article","sectionId":"world","sectionName":"World news",
        "webPublicationDate":"2025-03-18T10:00:00Z","webTitle":"Port opens","webUrl":"https://g.example/port",
        "fields":{"headline":"Port opens again","byline":"Ada Orlo in Port Azure","bodyText":"It opened.",
        "trailText":"Short.","lastModified":"2025-03-18T11:00:00Z","publication":"The Guardian"},
        "tags":[{"id":"a","type":"keyword","webTitle":"Shipping"},{"id":"b","type":"contributor","webTitle":"Ada Orlo"}]}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "It opened.", "The Guardian"]);
    assert_eq!(
        (&story.bylines[..], &story.keywords[..]),
        (&["Ada Orlo".into()][..], &["Shipping".into()][..])
    );
    assert_eq!(story.origins.of("body"), Some("fields.bodyText"));
    assert_eq!(story.updated.unwrap().to_string(), "2025-03-18T11:00:00Z");
}

#[test]
fn new_york_times() {
    let story = read(
        r#"{"abstract":"Short.","web_url":"https://n.example/port","snippet":"Short.","lead_paragraph":"It opened.",
        "source":"The Costa Times","headline":{"main":"Port opens","kicker":null,"print_headline":"Port"},
        "keywords":[{"name":"subject","value":"Ferries","rank":1},{"name":"persons","value":"Lund, Mara","rank":2}],
        "pub_date":"2025-03-18T10:00:00+0000","document_type":"article","news_desk":"Foreign","section_name":"World",
        "byline":{"original":"By Ada Orlo and Ivan Vane","person":[{"firstname":"Ada"}],"organization":null},
        "_id":"nyt://article/1","word_count":500,"uri":"nyt://article/1"}"#,
    );
    assert_eq!(
        told(&story),
        ["2025-03-18T10:00:00Z", "Port opens", "It opened.", "The Costa Times"]
    );
    assert_eq!(
        (&story.keywords[..], &story.people[..]),
        (&["Ferries".into()][..], &["Mara Lund".into()][..])
    );
    assert_eq!(story.bylines, ["Ada Orlo", "Ivan Vane"]);
    assert_eq!((story.section.as_str(), story.id.as_str()), ("World", "nyt://article/1"));
}

#[test]
fn newsapi_loses_its_mark_of_a_cut() {
    let story = read(
        r#"{"source":{"id":null,"name":"Nordwire"},"author":"Ada Orlo","title":"Port opens","description":"Short.",
        "url":"https://nordwire.example/port","urlToImage":"x","publishedAt":"2025-03-18T10:00:00Z",
        "content":"It opened.\r\nNobody came… [+1234 chars]"}"#,
    );
    let body = "It opened.\n\nNobody came…";
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", body, "Nordwire"]);
}

#[test]
fn newscatcher_in_both_versions() {
    let story = read(
        r#"{"title":"Port opens","author":"Ada Orlo","published_date":"2025-03-18 10:00:00","published_date_precision":"full",
        "link":"https://nordwire.example/port","clean_url":"nordwire.example","excerpt":"Short.","summary":"It opened.",
        "rights":"nordwire.example","rank":99,"topic":"news","country":"OR","language":"en","authors":"Ada Orlo","_id":"x"}"#,
    );
    assert_eq!(
        told(&story),
        ["2025-03-18T10:00:00", "Port opens", "It opened.", "nordwire.example"]
    );
    let story = read(
        r#"{"title":"Port opens","author":"Ada Orlo","authors":["Ada Orlo"],"published_date":"2025-03-18 10:00:00",
        "link":"https://nordwire.example/port","domain_url":"nordwire.example","name_source":"Nordwire","content":"It opened.",
        "description":"Short.","nlp":{"summary":"x"},"id":"x","score":1.5}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00", "Port opens", "It opened.", "Nordwire"]);
}

#[test]
fn bing_and_google_news() {
    let story = read(
        r#"{"name":"Port opens","url":"https://nordwire.example/port","description":"It opened.","category":"World",
        "provider":[{"_type":"Organization","name":"Nordwire"}],"datePublished":"2025-03-18T10:00:00.0000000Z"}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "It opened.", "Nordwire"]);
    let story = read(
        r#"{"position":1,"title":"Port opens","link":"https://nordwire.example/port","source":{"name":"Nordwire","icon":"x"},
        "snippet":"It opened.","date":"3 hours ago","iso_date":"2025-03-18T10:00:00Z"}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "It opened.", "Nordwire"]);
}

#[test]
fn other_interfaces_of_aggregators() {
    for text in [
        // GNews, mediastack, NewsData.io, Currents, The News API, Aylien, Perigon, Alpha Vantage.
        r#"{"title":"Port opens","content":"It opened. [1389 chars]","url":"u","publishedAt":"2025-03-18T10:00:00Z","source":{"name":"Nordwire","url":"x"}}"#,
        r#"{"author":null,"title":"Port opens","description":"It opened.","url":"u","source":"Nordwire","published_at":"2025-03-18T10:00:00+00:00"}"#,
        r#"{"article_id":"x","title":"Port opens","link":"u","creator":["Ada Orlo"],"description":"It opened.","content":"ONLY AVAILABLE IN PAID PLANS","pubDate":"2025-03-18 10:00:00 +0000","source_name":"Nordwire"}"#,
        r#"{"id":"x","title":"Port opens","description":"It opened.","publisher":"Nordwire","published":"2025-03-18 10:00:00 +0000"}"#,
        r#"{"uuid":"x","title":"Port opens","snippet":"It opened.","source":"Nordwire","published_at":"2025-03-18T10:00:00.000000Z"}"#,
        r#"{"id":1,"title":"Port opens","body":"It opened.","author":{"name":"Ada Orlo"},"links":{"permalink":"u"},"published_at":"2025-03-18T10:00:00Z","source":{"name":"Nordwire"}}"#,
        r#"{"articleId":"x","title":"Port opens","content":"It opened.","authorsByline":"Ada Orlo","pubDate":"2025-03-18T10:00:00Z","source":{"domain":"Nordwire"}}"#,
        r#"{"title":"Port opens","url":"u","time_published":"20250318T100000Z","summary":"It opened.","source":"Nordwire","topics":[{"topic":"Ports"}]}"#,
    ] {
        let story = read(text);
        assert_eq!(
            told(&story),
            ["2025-03-18T10:00:00Z", "Port opens", "It opened.", "Nordwire"],
            "{text}"
        );
    }
}

#[test]
fn the_interfaces_of_wordpress_drupal_and_arc() {
    let story = read(
        r#"{"id":7,"date":"2025-03-18T10:00:00","slug":"port","link":"https://a.example/port","title":{"rendered":"Port &#8211; opens"},
        "content":{"rendered":"<p>It opened.</p>","protected":false},"excerpt":{"rendered":"<p>Short</p>"},"author":3,"categories":[1,2],"tags":[4],
        "modified":"2025-03-18T11:00:00","_embedded":{"author":[{"name":"Ada Orlo"}]}}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00", "Port – opens", "It opened.", ""]);
    assert_eq!((&story.bylines[..], story.keywords.len()), (&["Ada Orlo".into()][..], 0));
    let story = read(
        r#"{"title":"Port opens","created":"2025-03-18T10:00:00+00:00","body":{"value":"<p>It opened.</p>","format":"html"}}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "It opened.", ""]);
    let story = read(
        r#"{"headlines":{"basic":"Port opens"},"first_publish_date":"2025-03-18T10:00:00Z","credits":{"by":[{"type":"author","name":"Ada Orlo"}]},
        "content_elements":[{"type":"text","content":"It <b>opened</b>."},{"type":"image","content":"x"},{"type":"text","content":"It shut."}]}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "It opened.\n\nIt shut.", ""]);
    assert_eq!(story.bylines, ["Ada Orlo"]);
}

#[test]
fn linked_data_of_schema_org() {
    let story = read(
        r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Port opens","datePublished":"2025-03-18T10:00:00Z",
        "dateModified":"2025-03-18T11:00:00Z","author":[{"@type":"Person","name":"Ada Orlo"}],"publisher":{"name":"Nordwire"},
        "articleSection":"World","inLanguage":"en-GB","articleBody":"It opened."}"#,
    );
    assert_eq!(told(&story), ["2025-03-18T10:00:00Z", "Port opens", "It opened.", "Nordwire"]);
    assert_eq!((story.section.as_str(), &story.bylines[..]), ("World", &["Ada Orlo".into()][..]));
}

#[test]
fn html_becomes_text_and_lists_become_paragraphs() {
    let story = read(
        r#"{"title":"A &amp; b","body":"<p>One <b>two</b></p><p>Three</p><script>x</script>"}"#,
    );
    assert_eq!((story.title.as_str(), story.body.as_str()), ("A & b", "One two\n\nThree"));
    let story = read(r#"{"title":"A","text":["One.","Two."]}"#);
    assert_eq!(story.body, "One.\n\nTwo.");
}

#[test]
fn the_map_of_the_user_comes_first_and_makes_a_story_of_any_record() {
    let text =
        r#"{"h":"Port opens","t":{"full":["It opened.","x"]},"title":"other","w":"18 Mar 2025"}"#;
    let record: Value<'_> = serde_json::from_str(text).unwrap();
    let map = [("title", "h"), ("body", "t.full.0"), ("published", "w"), ("source", "none.here")];
    let map = map.map(|(field, name)| (field.to_owned(), name.to_owned()));
    let story = story_of(&record, &FieldMap(map.to_vec().into())).unwrap();
    assert_eq!(told(&story), ["2025-03-18", "Port opens", "It opened.", ""]);
    assert_eq!(story.origins.of("body"), Some("t.full.0"));
}

#[test]
fn times_are_seconds_or_parts_of_them_and_a_column_of_hours_belongs_to_its_day() {
    let published = |time: &str| {
        let story = read(&format!(r#"{{"title":"A","text":"a",{time}}}"#));
        story.published.map(|moment| moment.to_string()).unwrap_or_default()
    };
    for (time, expected) in [
        (r#""timestamp":1742292000"#, "2025-03-18T10:00:00Z"),
        (r#""timestamp":1742292000123"#, "2025-03-18T10:00:00Z"),
        (r#""timestamp":"1742292000""#, "2025-03-18T10:00:00Z"),
        (r#""date":"2025-03-18","time":"10:00""#, "2025-03-18T10:00:00"),
        (r#""Publication Date":"2025-03-18""#, "2025-03-18"),
        (r#""date":20250318"#, "2025-03-18"),
        (r#""date":5"#, ""),
    ] {
        assert_eq!(published(time), expected, "{time}");
    }
}

#[test]
fn other_records_are_no_stories() {
    for text in [
        r#"{"name":"onrecord","version":"0.1.0","description":"Search"}"#,
        r#"{"title":"A link","url":"https://a.example"}"#,
        r#"{"id":1,"text":"No headline."}"#,
        r#"["title","text"]"#,
    ] {
        let record: Value<'_> = serde_json::from_str(text).unwrap();
        assert!(story_of(&record, &FieldMap::default()).is_none(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_record_is_read(
        values in proptest::collection::vec((0..KEYS.len(), 0..VALUES.len()), 0..8),
    ) {
        let values: Vec<String> = values
            .into_iter()
            .map(|(key, value)| format!("\"{}\":{}", KEYS[key], VALUES[value]))
            .collect();
        let text = format!("{{{}}}", values.join(","));
        let record: Value<'_> = serde_json::from_str(&text).unwrap();
        let _ = story(&record, &FieldMap::default(), Story::default());
    }
}

const KEYS: &[&str] = &[
    "title",
    "headlines",
    "bodies",
    "body",
    "date",
    "time",
    "tags",
    "authors",
    "source",
    "status",
    "fields",
];
const VALUES: &[&str] = &[
    "null",
    "1e300",
    "-5",
    "\"x\"",
    "[]",
    "[[[]]]",
    "{\"value\":{}}",
    "[{\"value\":\"é, x [+1 chars]\"}]",
    "{\"main\":[1]}",
    "\"10:00\"",
    "\"2025-03-18\"",
];
