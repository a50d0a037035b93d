//! The corpus's stories set in the formats of wires, as large as agencies send them.

use std::fmt::Write;

use onrecord::model::{Entry, Story};

/// A document of one story.
type Document = fn(&Story, &mut String);

/// Each format that is timed, and how a document of it is written.
pub(crate) const WIRES: &[(&str, Document)] = &[
    ("text", text),
    ("nitf", nitf),
    ("newsml1", newsml1),
    ("newsmlg2", newsmlg2),
    ("reuters-sgml", sgml),
    ("json", json_line),
    ("rss", rss),
    ("atom", atom),
    ("markdown", markdown),
    ("mail", mail),
];

/// So many bytes of documents go into one file, where the format lets several stand in one.
const FILE: usize = 1 << 20;

/// The stories as entries of a format.
pub(crate) fn entries(name: &str, document: Document, stories: &[Story]) -> Vec<Entry> {
    let together = matches!(name, "reuters-sgml" | "json");
    let mut entries: Vec<Entry> = Vec::new();
    let mut text = String::new();
    for story in stories {
        document(story, &mut text);
        if !together || text.len() > FILE {
            let bytes = std::mem::take(&mut text).into_bytes();
            entries.push(Entry { bytes, ..Entry::default() });
        }
    }
    if !text.is_empty() {
        entries.push(Entry { bytes: text.into_bytes(), ..Entry::default() });
    }
    entries
}

fn text(story: &Story, out: &mut String) {
    write!(
        out,
        "{}\n\nBy Ada Orlo\n\nPORT AZURE, March 18 (Nordwire) - {}\n\n(Reporting by Ada Orlo; Editing by \
         Ivan Vane)\n",
        story.title, story.body,
    )
    .expect("a string takes everything");
}

fn nitf(story: &Story, out: &mut String) {
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<nitf><head><title>{title}</title><docdata>\
         <doc-id regsrc=\"Nordwire\" id-string=\"{id}\"/><date.issue norm=\"20250318T081500Z\"/>\
         <key-list><keyword key=\"ships\"/><keyword key=\"strait\"/></key-list></docdata></head>\
         <body><body.head><hedline><hl1>{title}</hl1></hedline><byline>By <person>Ada Orlo</person>\
         </byline><dateline><location>PORT AZURE</location></dateline></body.head><body.content>{body}\
         </body.content></body></nitf>",
        title = escaped(&story.title),
        id = escaped(&story.path),
        body = paragraphs(story),
    )
    .expect("a string takes everything");
}

fn newsml1(story: &Story, out: &mut String) {
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<NewsML><NewsItem xml:lang=\"en\"><Identification>\
         <NewsIdentifier><ProviderId>nordwire.example</ProviderId><DateId>20250318</DateId>\
         <NewsItemId>{id}</NewsItemId><RevisionId>1</RevisionId><PublicIdentifier>urn:{id}\
         </PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>\
         20250318T081500Z</FirstCreated><ThisRevisionCreated>20250318T081500Z</ThisRevisionCreated>\
         <Status FormalName=\"Usable\"/></NewsManagement><NewsComponent><NewsLines><HeadLine>{title}\
         </HeadLine><ByLine>By Ada Orlo</ByLine></NewsLines><ContentItem><MediaType \
         FormalName=\"Text\"/><DataContent>{body}</DataContent></ContentItem></NewsComponent>\
         </NewsItem></NewsML>",
        title = escaped(&story.title),
        id = escaped(&story.path),
        body = paragraphs(story),
    )
    .expect("a string takes everything");
}

fn newsmlg2(story: &Story, out: &mut String) {
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<newsItem \
         xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:{id}\" version=\"1\" \
         xml:lang=\"en\"><itemMeta><itemClass qcode=\"ninat:text\"/><provider literal=\"Nordwire\"/>\
         <versionCreated>2025-03-18T08:15:00Z</versionCreated><pubStatus qcode=\"stat:usable\"/>\
         </itemMeta><contentMeta><contentCreated>2025-03-18T08:15:00Z</contentCreated><headline>{title}\
         </headline><by>By Ada Orlo</by><language tag=\"en\"/></contentMeta><contentSet><inlineXML>\
         <html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{body}</body></html></inlineXML>\
         </contentSet></newsItem>",
        title = escaped(&story.title),
        id = escaped(&story.path),
        body = paragraphs(story),
    )
    .expect("a string takes everything");
}

fn sgml(story: &Story, out: &mut String) {
    write!(
        out,
        "<REUTERS TOPICS=\"YES\" NEWID=\"1\">\n<DATE>18-MAR-1987 15:01:01.79</DATE>\n<TOPICS><D>grain\
         </D></TOPICS>\n<PLACES></PLACES>\n<PEOPLE></PEOPLE>\n<TEXT>&#2;\n<TITLE>{}</TITLE>\n<DATELINE>\
         PORT AZURE, March 18 - </DATELINE><BODY>{}\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n",
        escaped(&story.title),
        escaped(&story.body).replace("\n\n", "\n    "),
    )
    .expect("a string takes everything");
}

fn json_line(story: &Story, out: &mut String) {
    let line = serde_json::json!({
        "id": story.path, "headline": story.title, "byline": "By Ada Orlo", "text": story.body,
        "published_at": "2025-03-18T08:15:00Z", "url": "https://nordwire.example/1", "lang": "en",
    });
    writeln!(out, "{line}").expect("a string takes everything");
}

fn rss(story: &Story, out: &mut String) {
    write!(
        out,
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Nordwire</title><item><title>{title}\
         </title><link>https://nordwire.example/1</link><guid isPermaLink=\"false\">{id}</guid>\
         <dc:creator>Ada Orlo</dc:creator><pubDate>Tue, 18 Mar 2025 08:15:00 GMT</pubDate><category>ships\
         </category><content:encoded><![CDATA[{body}]]></content:encoded></item></channel></rss>",
        title = escaped(&story.title),
        id = escaped(&story.path),
        body = paragraphs(story),
    )
    .expect("a string takes everything");
}

fn atom(story: &Story, out: &mut String) {
    write!(
        out,
        "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Nordwire</title>\
         <entry><title>{title}</title><link href=\"https://nordwire.example/1\"/><id>{id}</id><author>\
         <name>Ada Orlo</name></author><published>2025-03-18T08:15:00Z</published><content type=\"xhtml\">\
         <div xmlns=\"http://www.w3.org/1999/xhtml\">{body}</div></content></entry></feed>",
        title = escaped(&story.title),
        id = escaped(&story.path),
        body = paragraphs(story),
    )
    .expect("a string takes everything");
}

fn markdown(story: &Story, out: &mut String) {
    write!(
        out,
        "---\ntitle: '{}'\ndate: 2025-03-18T08:15:00Z\nauthor: Ada Orlo\ntags: [ships, strait]\n---\n\n{}\n",
        story.title.replace('\'', "''"),
        story.body,
    )
    .expect("a string takes everything");
}

fn mail(story: &Story, out: &mut String) {
    write!(
        out,
        "From: Nordwire <desk@nordwire.example>\nSubject: {}\nDate: Tue, 18 Mar 2025 08:15:00 +0000\n\
         Message-ID: <1@nordwire.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{}\n",
        story.title, story.body,
    )
    .expect("a string takes everything");
}

fn paragraphs(story: &Story) -> String {
    story.body.split("\n\n").map(|text| format!("<p>{}</p>\n", escaped(text))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
