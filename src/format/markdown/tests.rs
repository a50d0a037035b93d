//! Stories with front matter and without, and wire copy that is none.

use super::*;
use proptest::prelude::*;

fn entry(path: &str, text: &str) -> Entry {
    Entry { path: path.to_owned(), bytes: text.as_bytes().to_vec(), ..Entry::default() }
}

fn story(text: &str) -> Story {
    let entry = entry("port.md", text);
    assert_eq!(sniff(&entry), Likeness::Likely, "{text}");
    let mut stories = Vec::new();
    read(&entry, &mut |story| stories.push(story.unwrap())).unwrap();
    stories.remove(0)
}

const STORY: &str = r#"---
# made by hand
title: "Port Azure: the \"quay\" opens"
date: 2025-03-18T10:00:00+01:00
lastmod: 2025-03-19   # later
authors:
  - name: Ada Orlo
    mail: ada@a.example
  - Ivan Vane
tags: [shipping, 'Port Azure', "a, b"]
description: >
  The quay
  opens.
draft: false
source: Nordwire
lang: en
url: https://a.example/port
---

# Port Azure: the "quay" opens

**PORT AZURE (AP)** - It *opened* on [Monday](https://a.example/x), `quay` and all.
Nobody came.

![A ship](ship.jpg)

## What is next

- The ferry
- The train
  - to Halvik

> “At last,” said Ada Orlo.

| Rovers | 2 |
|--------|---|
| Town   | 1 |

```
code here
```
<div class="x"><p>In a box &amp; more</p></div>
"#;

#[test]
fn front_matter_fills_the_fields_and_the_text_loses_its_marks() {
    let story = story(STORY);
    assert_eq!(story.title, "Port Azure: the \"quay\" opens");
    assert_eq!(story.published.unwrap().to_string(), "2025-03-18T10:00:00+01:00");
    assert_eq!(story.updated.unwrap().to_string(), "2025-03-19");
    assert_eq!(story.bylines, ["Ada Orlo", "Ivan Vane"]);
    assert_eq!(story.keywords, ["shipping", "Port Azure", "a, b"]);
    assert_eq!((story.source.as_str(), story.language.as_str()), ("Nordwire", "en"));
    assert_eq!(
        (story.url.as_str(), story.place.as_str()),
        ("https://a.example/port", "PORT AZURE")
    );
    let body = "It opened on Monday, quay and all. Nobody came.\n\nWhat is next\n\n\
                The ferry\nThe train\nto Halvik\n\n“At last,” said Ada Orlo.\n\nRovers\t2\nTown\t1\n\n\
                code here\n\nIn a box & more";
    assert_eq!(story.body, body);
    assert_eq!(story.origins.of("published"), Some("date"));
}

#[test]
fn toml_is_front_matter_too() {
    let story = story(
        "+++\ntitle = 'Ferry late'\ndate = 2025-03-18T10:00:00Z # then\nauthor = \"Ada Orlo\"\n\
         tags = [\n  \"ferries\",\n  \"Halvik\",\n]\n[extra]\nx = 1\n+++\nIt was late.\n",
    );
    assert_eq!((story.title.as_str(), story.body.as_str()), ("Ferry late", "It was late."));
    assert_eq!(story.published.unwrap().to_string(), "2025-03-18T10:00:00Z");
    assert_eq!(
        (&story.bylines[..], &story.keywords[..]),
        (&["Ada Orlo".into()][..], &["ferries".into(), "Halvik".into()][..])
    );
}

#[test]
fn texts_over_several_lines_are_one() {
    let story = story(
        "---\ntitle: The ferry\n  was late\nslug: 'it''s'\nednote: |\n  One\n  two\ndescription: \"Late\n  again.\"\ntags:\n- a\n- b\n---\n",
    );
    assert_eq!((story.title.as_str(), story.slug.as_str()), ("The ferry was late", "it's"));
    assert_eq!((story.note.as_str(), story.body.as_str()), ("One two", "Late again."));
    assert_eq!(story.keywords, ["a", "b"]);
}

#[test]
fn a_heading_is_the_title_where_there_is_no_front_matter() {
    let story = story(
        "# Ferry late\n\n*By Ada Orlo*\n\nIt was **late**, said [Ivan Vane](https://a.example).\n",
    );
    assert_eq!(
        (story.title.as_str(), story.body.as_str()),
        ("Ferry late", "It was late, said Ivan Vane.")
    );
    assert_eq!(story.bylines, ["Ada Orlo"]);
}

#[test]
fn wire_copy_is_no_markdown_whatever_marks_it_has() {
    for text in [
        "Port opens\n\n* * *\n\nPORT AZURE (AP) - It opened.\n\n***\n\n- one\n- two\n\n# # #\n",
        "#port-opens\n\nPORT AZURE - It opened.\n\n==========\nScores\n==========\n",
        "---\nPORT AZURE (AP) - It opened.\n---\nMore: see below\n",
        "---\nAt 10:00 it opened: nobody came.\nIt rained.\nIt shut.\n---\n",
        "# 3 PORT\nPORT AZURE - It **opened.\n** it shut ** so.",
        "Subject: Port\nDate: today\n\nIt opened.\n",
    ] {
        assert_eq!(sniff(&entry("a.txt", text)), Likeness::No, "{text}");
    }
    assert_eq!(sniff(&entry("a.md", "Port opens\n\nPORT AZURE (AP) - It opened.\n")), Likeness::No);
    let marked = "# Port opens\n\nIt **opened**, said [Ada](https://a.example).\n";
    assert_eq!(sniff(&entry("a.txt", marked)), Likeness::Likely);
}

#[test]
fn what_is_nested_deep_or_never_closed_is_read_in_time() {
    for text in [
        format!(
            "---\ntitle: a\n{}\n---\nText.\n",
            (0..2000).map(|n| format!("{}a:\n", " ".repeat(n % 20))).collect::<String>()
        ),
        format!("---\ntitle: a\nlist:\n{}x\n---\nText.\n", "- ".repeat(5000)),
        format!("---\ntitle: \"{}\n---\nText.\n", "a\n".repeat(9000)),
        format!("---\ntitle: a\n---\n{}", "> ".repeat(50_000)),
        format!("---\ntitle: a\n---\n{}", "[".repeat(100_000)),
        format!("---\ntitle: a\n---\n{}", "*a_ ".repeat(50_000)),
        format!("---\ntitle: a\n---\n{}", "<b ".repeat(50_000)),
        format!("---\ntitle: a\n---\n{}", "- a\n".repeat(50_000)),
        format!("+++\ntitle = [{}\n+++\nText.\n", "'a',\n".repeat(9000)),
    ] {
        let _ = read(&entry("a.md", &text), &mut |_| {});
    }
}

proptest! {
    #[test]
    fn changed_bytes_are_read_or_refused(
        changes in proptest::collection::vec((0..STORY.len(), any::<u8>()), 0..20),
        cut in 0..STORY.len(),
    ) {
        let mut bytes = STORY.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.truncate(cut.max(100));
        let entry = Entry { bytes, ..Entry::default() };
        sniff(&entry);
        let _ = read(&entry, &mut |_| {});
    }
}
