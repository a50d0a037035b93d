//! Answers in parts and in numbers, and flags that stand for the language.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::collections::BTreeMap;

use jiff::civil::date;
use onrecord::backend::LOCAL;
use onrecord::contract::{Request, Start};
use onrecord::model::{Node, Query, Scope, Sort};
use onrecord::query;
use onrecord::search::{Known, Verdict, handle, why};
use onrecord::text::words::words;
use serde_json::Value;
use stage::{Stage, every_story};

fn answer(stage: &Stage, arguments: &[&str]) -> Value {
    let mut all = arguments.to_vec();
    all.extend(["--index", "index", "--json"]);
    stage.json(&all)
}

/// Of every version and copy, as a plain scan finds them.
fn of_all(stage: &Stage, arguments: &[&str]) -> Value {
    answer(stage, &[arguments, &["--versions", "--copies"]].concat())
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn groups_hold_every_hit_once_and_tell_how_many_there_are() {
    let stage = Stage::with_corpus();
    for (command, query) in [("said", "port"), ("said", "*"), ("search", "strike"), ("search", "*")]
    {
        for (by, key) in [("source", "source"), ("day", "published")] {
            let all = of_all(&stage, &[command, query, "--limit", "0"]);
            let mut plain: BTreeMap<String, u64> = BTreeMap::new();
            for hit in all["hits"].as_array().unwrap() {
                let value = hit[key].as_str().unwrap_or_default();
                let value = if by == "day" { value.get(..10).unwrap_or_default() } else { value };
                *plain.entry(value.to_owned()).or_default() += 1;
            }
            let parted =
                answer(&stage, &[command, query, "--limit", "0", "--group", by, "--groups", "0"]);
            assert_eq!(parted["total"], all["total"]);
            let mut hits = parted["hits"].as_array().unwrap().iter();
            let mut told = BTreeMap::new();
            for group in parted["groups"].as_array().unwrap() {
                let name = group["name"].as_str().unwrap();
                assert!(group["total"] == group["hits"] || name.is_empty(), "{group}");
                for _ in 0..number(&group["hits"]) {
                    assert!(hits.next().unwrap()[key].as_str().unwrap().starts_with(name));
                }
                told.insert(name.to_owned(), number(&group["total"]));
            }
            assert!(hits.next().is_none());
            assert_eq!(told, plain, "{command} {query} by {by}");
            let counted =
                answer(&stage, &[command, query, "--count", "--group", by, "--groups", "0"]);
            assert_eq!(counted["total"], all["total"]);
            let counted = counted["groups"].as_array().unwrap().iter();
            let counted: BTreeMap<String, u64> = counted
                .map(|group| (group["value"].as_str().unwrap().to_owned(), number(&group["count"])))
                .collect();
            assert_eq!(counted, plain);
        }
    }
}

/// Every place where a word stands is a line, found by a plain scan over the stories too.
#[test]
fn a_concordance_has_a_line_for_every_place() {
    let stage = Stage::with_corpus();
    let index = (LOCAL.open)(&stage.path("index")).unwrap();
    let stories = every_story(index.as_ref());
    for word in ["strike", "understanding", "the"] {
        let mut plain: Vec<(String, String, u64)> = Vec::new();
        for hit in &stories {
            let story = &hit.record.story;
            for (field, text) in [("title", &story.title), ("body", &story.body)] {
                let found = words(text).filter(|found| found.folded == word);
                plain.extend(found.map(|found| {
                    let start = text[..found.span.start()].chars().count() as u64;
                    (handle(hit.story), field.to_owned(), start)
                }));
            }
        }
        plain.sort();
        for order in ["--kwic", "--kwic=left", "--kwic=right"] {
            let lines = of_all(&stage, &["search", word, order]);
            assert_eq!(number(&lines["total"]), plain.len() as u64, "{word}");
            let lines = lines["hits"].as_array().unwrap();
            let mut told: Vec<_> = lines
                .iter()
                .map(|line| {
                    let text = |key: &str| line[key].as_str().unwrap().to_owned();
                    assert_eq!(text("hit").to_lowercase(), word);
                    (text("story"), text("field"), number(&line["at"][0]))
                })
                .collect();
            told.sort();
            assert_eq!(told, plain, "{word} {order}");
            let rights: Vec<String> =
                lines.iter().map(|line| line["right"].as_str().unwrap().to_lowercase()).collect();
            let first =
                |right: &String| right.split_whitespace().next().unwrap_or_default().to_owned();
            assert!(order != "--kwic=right" || rights.iter().map(first).is_sorted());
        }
    }
    let few = answer(&stage, &["search", "strike", "--kwic", "--limit", "3"]);
    assert_eq!(few["hits"].as_array().unwrap().len(), 3);
    let said = answer(&stage, &["said", "understanding", "--kwic"]);
    assert!(number(&said["total"]) >= number(&answer(&stage, &["said", "understanding"])["total"]));
}

/// The verdict on a story is the search's, and that on a clause follows from those inside.
#[test]
fn why_tells_of_each_clause_what_a_search_for_it_would_find() {
    let stage = Stage::with_corpus();
    let index = (LOCAL.open)(&stage.path("index")).unwrap();
    let keys = |query: &Query| {
        let root = &query.root;
        let request = Request {
            query: root,
            scope: Scope::Stories,
            sort: Sort::Newest,
            start: Start::FRONT,
            limit: 10_000,
        };
        index.search(&request).unwrap().hits
    };
    let read = |typed: &str| query::parse(typed, date(2025, 12, 1)).unwrap();
    let all = keys(&read("*"));
    for typed in [
        "port strike published:2025-05",
        "(ferry OR strike) -budget speaker:brannigan",
        "\"quiet understanding\" or title:ferry",
        "strike w/s dockers lang:en atleast2 port",
    ] {
        let query = read(typed);
        let found: Vec<u64> = keys(&query).iter().map(|hit| hit.story.0).collect();
        assert!(!found.is_empty(), "{typed}");
        for hit in &all {
            let verdict =
                why(index.as_ref(), &query, &Known::default(), (hit.story, &hit.record)).unwrap();
            assert_eq!(verdict.holds, found.contains(&hit.story.0), "{typed}");
            let holds = |part: &Verdict| part.holds;
            match &query.root {
                Node::And(_) => assert_eq!(verdict.holds, verdict.parts.iter().all(holds)),
                Node::Or(_) => assert_eq!(verdict.holds, verdict.parts.iter().any(holds)),
                _ => {}
            }
        }
    }
    let output = stage.run(&[
        "search",
        "--index",
        "index",
        "port published:2024",
        "--why",
        "strike-day.txt",
    ]);
    assert_eq!(output.code, 1);
    assert!(output.stdout.contains("yes  port"), "{}", output.stdout);
    assert!(output.stdout.contains("it was published 2025-05-13"), "{}", output.stdout);
}

/// The words within so many of a match in its paragraph, counted paragraph by paragraph.
#[test]
fn collocates_are_what_a_plain_scan_counts() {
    let stage = Stage::with_corpus();
    let index = (LOCAL.open)(&stage.path("index")).unwrap();
    let stories = every_story(index.as_ref());
    for (word, left, right) in [("strike", 5, 5), ("port", 0, 2), ("truce", 3, 0)] {
        let (mut near, mut in_all): (BTreeMap<String, u64>, BTreeMap<String, u64>) =
            Default::default();
        let (mut matches, mut every) = (0u64, 0u64);
        for hit in &stories {
            for paragraph in hit.record.story.body.split("\n\n") {
                let found: Vec<String> =
                    words(paragraph).map(|word| word.folded.into_owned()).collect();
                every += found.len() as u64;
                let is_match = |at: usize| found.get(at).is_some_and(|here| here == word);
                for (at, here) in found.iter().enumerate() {
                    *in_all.entry(here.clone()).or_default() += 1;
                    matches += u64::from(is_match(at));
                    // What is within reach of a match on its left is on the match's right.
                    let beside = (1..=right).any(|step| at >= step && is_match(at - step))
                        || (1..=left).any(|step| is_match(at + step));
                    if beside && !is_match(at) {
                        *near.entry(here.clone()).or_default() += 1;
                    }
                }
            }
        }
        let (left, right) = (left.to_string(), right.to_string());
        let arguments = [
            "collocates",
            word,
            "--left",
            &left,
            "--right",
            &right,
            "--least",
            "1",
            "--limit",
            "0",
        ];
        let told = of_all(&stage, &arguments);
        assert_eq!(number(&told["matches"]), matches, "{word}");
        let told = told["collocates"].as_array().unwrap();
        let counts: BTreeMap<String, u64> = told
            .iter()
            .map(|one| (one["word"].as_str().unwrap().to_owned(), number(&one["together"])))
            .collect();
        assert_eq!(counts, near, "{word}");
        for one in told {
            let (together, count) = (number(&one["together"]), number(&one["in_all"]));
            assert_eq!(count, in_all[one["word"].as_str().unwrap()]);
            let dice = 14.0 + (2.0 * together as f64 / (matches + count) as f64).log2();
            assert!((one["log_dice"].as_f64().unwrap() - dice).abs() < 1e-9);
            let pmi = (together as f64 * every as f64 / (matches as f64 * count as f64)).log2();
            assert!((one["pmi"].as_f64().unwrap() - pmi).abs() < 1e-9);
        }
    }
}

#[test]
fn shells_and_manuals_know_every_command() {
    let stage = Stage::new();
    for shell in ["bash", "zsh", "fish"] {
        let output = stage.run(&["completions", shell]);
        assert!(output.stdout.contains("timeline") && output.stdout.contains("kwic"), "{shell}");
    }
    assert_eq!(stage.run(&["man", "manual"]).code, 0);
    let page = std::fs::read_to_string(stage.path("manual/onrecord-search.1")).unwrap();
    assert!(page.contains("kwic"));
}

#[test]
fn each_speakers_group_is_what_they_alone_said() {
    let stage = Stage::with_corpus();
    let parted =
        answer(&stage, &["said", "*", "--group", "speaker", "--groups", "5", "--limit", "0"]);
    let mut hits = parted["hits"].as_array().unwrap().iter();
    let groups = parted["groups"].as_array().unwrap();
    assert_eq!((groups.len(), groups[5]["name"].as_str()), (6, Some("")));
    for group in &groups[..5] {
        let name = group["name"].as_str().unwrap();
        let alone = of_all(&stage, &["said", &format!("speaker:\"{name}\""), "--limit", "0"]);
        assert_eq!(group["total"], alone["total"], "{name}");
        assert_eq!(
            hits.by_ref().take(number(&group["hits"]) as usize).count() as u64,
            number(&alone["total"])
        );
    }
    let output =
        stage.run(&["said", "port", "--group", "speaker", "--limit", "1", "--index", "index"]);
    assert!(output.stdout.starts_with("== Tomas Derwin (3)\n"), "{}", output.stdout);
}

#[test]
fn flags_are_the_language_in_other_words() {
    let stage = Stage::with_corpus();
    let cases: [(&[&str], &str); 9] = [
        (&["search", "port", "--source", "nordwire"], "port source:nordwire"),
        (&["search", "port or strike", "--since", "2025-03"], "(port or strike) since:2025-03"),
        (
            &["search", "--person", "Ilsa Marrend", "--until", "2025-03"],
            "person:\"Ilsa Marrend\" until:2025-03",
        ),
        (&["search", "port strike", "--same", "sentence"], "port w/s strike"),
        (&["search", "port strike", "--same", "paragraph"], "port w/p strike"),
        (&["search", "port strike", "--within", "9"], "port near9 strike"),
        (&["search", "strike", "--mentions", "3"], "atleast3(strike)"),
        (&["search", "--headline", "strike", "--lead", "dockers"], "title:strike lead:dockers"),
        (
            &["said", "--role", "foreign minister", "--kind", "direct"],
            "role:\"foreign minister\" kind:direct",
        ),
    ];
    for (flags, query) in cases {
        let (by_flags, by_query) = (answer(&stage, flags), answer(&stage, &[flags[0], query]));
        assert!(number(&by_query["total"]) > 0, "{query}");
        assert_eq!(by_flags["total"], by_query["total"], "{query}");
        assert_eq!(
            by_flags["hits"].as_array().unwrap().len(),
            by_query["hits"].as_array().unwrap().len()
        );
        let counted = stage.run(&[flags[0], query, "--count", "--index", "index"]);
        assert_eq!(counted.stdout.trim(), by_query["total"].to_string());
    }
    for nothing in [&["search"][..], &["said"], &["search", "--mentions", "3"]] {
        let output = stage.run(&[nothing, &["--index", "index"]].concat());
        assert_eq!(output.code, 2, "{nothing:?}");
        assert!(output.stderr.contains("hint:"), "{}", output.stderr);
    }
}

#[test]
fn kinds_and_roles_part_statements_as_a_plain_scan_does() {
    let stage = Stage::with_corpus();
    let all = answer(&stage, &["said", "*", "--limit", "0"]);
    let hits = all["hits"].as_array().unwrap();
    let mut sum = 0;
    for kind in ["direct", "indirect", "mixed"] {
        let plain = hits.iter().filter(|hit| hit["kind"] == kind).count() as u64;
        let found = number(&answer(&stage, &["said", &format!("kind:{kind}")])["total"]);
        assert_eq!(found, plain, "{kind}");
        sum += found;
    }
    assert_eq!(sum, number(&all["total"]));
    let output = stage.run(&["said", "kind:quoted", "--index", "index"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("direct, indirect or mixed"), "{}", output.stderr);
}

#[test]
fn words_have_all_their_forms_by_the_language_of_their_story() {
    let stage = Stage::new();
    let english = "Die hards of the port said the strikes of the ministers and of their drivers \
                   were over and that they would be working again in the harbour on Monday.";
    let german = "Die Minister haben am Montag im Hafen mit den Ministern der anderen Häfen und mit \
                  den Fahrern gesprochen, die dort seit einer Woche streikten und streiken. Sie sagten \
                  danach, sie seien sich nicht einig geworden, und das sei keine gute Nachricht.";
    stage.write("wires/english.txt", english);
    stage.write("wires/german.txt", german);
    assert_eq!(stage.run(&["index", "wires", "--index", "index"]).code, 0);
    let found = |arguments: &[&str]| -> Vec<String> {
        let hits = answer(&stage, arguments)["hits"].as_array().unwrap().clone();
        let mut paths: Vec<_> =
            hits.iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect();
        paths.sort();
        paths
    };
    assert_eq!(found(&["search", "strike"]), [""; 0]);
    assert_eq!(found(&["search", "strike~"]), ["english.txt"]);
    assert_eq!(found(&["search", "ministern~"]), ["german.txt"]);
    assert_eq!(found(&["search", "minister~"]), ["english.txt", "german.txt"]);
    assert_eq!(found(&["search", "--stem", "work driver"]), ["english.txt"]);
    assert_eq!(found(&["search", "--stem", "\"the minister\""]), [""; 0]);
    assert_eq!(found(&["search", "strike~ pre/3 minister~"]), ["english.txt"]);
    assert_eq!(found(&["search", "NOT strike~"]), ["german.txt"]);
    let lines = answer(&stage, &["search", "minister~", "--kwic"]);
    let mut hits: Vec<_> = lines["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["hit"].as_str().unwrap())
        .collect();
    hits.sort();
    assert_eq!(hits, ["Minister", "Ministern", "ministers"]);
}
