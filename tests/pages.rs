//! Answers in pages and in streams: together they are the whole answer, each hit once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use serde_json::Value;
use stage::Stage;

const STORIES: usize = 120;
/// A word of every story, and of a statement in each.
const WORD: &str = "port";

fn stage() -> Stage {
    let stage = Stage::new();
    stage.write_many("wires", STORIES);
    assert_eq!(stage.run(&["index", "wires", "--index", "index"]).code, 0);
    stage
}

fn ask(stage: &Stage, command: &str, more: &[&str]) -> Value {
    let mut all = vec![command, WORD, "--index", "index", "--json"];
    all.extend(more);
    stage.json(&all)
}

fn hits(answer: &Value) -> Vec<String> {
    let key = |hit: &Value| format!("{} {}", hit["story"].as_str().unwrap(), hit["start"]);
    answer["hits"].as_array().unwrap().iter().map(key).collect()
}

/// Goes through an answer page by page; `between` is called before each page but the first.
fn pages(stage: &Stage, command: &str, more: &[&str], between: &dyn Fn(usize)) -> Vec<String> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    for page in 0.. {
        let mut asked = more.to_vec();
        if let Some(cursor) = &after {
            between(page);
            asked.extend(["--after", cursor]);
        }
        let answer = ask(stage, command, &asked);
        all.extend(hits(&answer));
        match answer["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => return all,
        }
    }
    unreachable!("an answer ends")
}

#[test]
fn pages_are_together_the_whole_answer() {
    let stage = stage();
    for command in ["search", "said"] {
        for order in ["--sort=relevance", "--sort=newest", "--sort=oldest", "--fresh=9"] {
            let whole = hits(&ask(&stage, command, &[order, "--limit", "0"]));
            assert!(whole.len() >= STORIES);
            let paged = pages(&stage, command, &[order, "--limit", "33"], &|_| ());
            assert_eq!(paged, whole, "{command} {order}");
        }
    }
}

#[test]
fn pages_by_time_miss_nothing_while_the_archive_grows_and_shrinks() {
    let stage = stage();
    let whole = hits(&ask(&stage, "search", &["--sort", "newest", "--limit", "0"]));
    let change = |page: usize| {
        stage.write(
            &format!("wires/late/{page}.txt"),
            format!(
                "Late word {page}\n\nPORT AZURE, April 9, 2025 (Nordwire)\n\nThe port was calm.\n"
            ),
        );
        std::fs::remove_file(stage.path(&format!("wires/{:03}/{:05}.txt", page % 50, page)))
            .unwrap();
        assert_eq!(stage.run(&["index", "wires", "--index", "index"]).code, 0);
    };
    let paged = pages(&stage, "search", &["--sort", "newest", "--limit", "25"], &change);
    let mut once = paged.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), paged.len(), "a story was shown twice");
    let left = hits(&ask(&stage, "search", &["--sort", "newest", "--limit", "0"]));
    let missed: Vec<_> =
        whole.iter().filter(|hit| left.contains(hit) && !paged.contains(hit)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn a_stream_is_the_same_as_the_page() {
    let stage = stage();
    for command in ["search", "said"] {
        let whole = ask(&stage, command, &["--limit", "0", "--sort", "oldest"]);
        let run = |format| {
            let asked = [
                command, WORD, "--index", "index", "--limit", "0", "--sort", "oldest", "--format",
                format,
            ];
            stage.run(&asked).stdout
        };
        let lines: Vec<Value> =
            run("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(&lines, whole["hits"].as_array().unwrap());
        let table = run("csv");
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(rows.records().map(Result::unwrap).count(), lines.len());
    }
}

#[test]
fn a_cursor_is_of_one_order() {
    let stage = stage();
    let next = ask(&stage, "search", &["--limit", "5"])["next"].as_str().unwrap().to_owned();
    let run = |more: &[&str]| {
        let mut all = vec!["search", WORD, "--index", "index"];
        all.extend(more);
        stage.run(&all)
    };
    let other = run(&["--after", &next, "--sort", "newest"]);
    assert_eq!(other.code, 2);
    assert!(other.stderr.contains("another order"), "{}", other.stderr);
    let wrong = run(&["--after", "r1.2.zz"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("`next`"), "{}", wrong.stderr);
}

#[test]
fn facets_count_all_matches_and_not_the_page() {
    let stage = stage();
    let answer = ask(&stage, "search", &["--limit", "1", "--facet", "source,speaker,place"]);
    let facets = answer["facets"].as_array().unwrap();
    assert_eq!(facets.len(), 3);
    assert_eq!(facets[0]["field"], "source");
    assert_eq!(facets[0]["values"][0]["count"].as_u64().unwrap() as usize, STORIES);
    let speakers = facets[1]["values"].as_array().unwrap();
    let orlo = speakers.iter().find(|tally| tally["value"] == "Ivan Orlo").unwrap();
    let said =
        stage.json(&["search", "port speaker:orlo", "--index", "index", "--count", "--json"]);
    assert_eq!(orlo["count"], said["total"]);
}
