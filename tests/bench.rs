//! The shape of what `bench` writes, and that runs which were kept can be drawn.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use serde_json::Value;
use stage::Stage;

/// Runs `bench` and gives what it wrote.
fn bench(stage: &Stage, arguments: &[&str]) -> String {
    let output = stage.run(&[&["bench"], arguments].concat());
    assert_eq!(output.code, 0, "{}", output.stderr);
    output.stdout
}

#[test]
fn runs_are_kept_as_json_and_drawn_side_by_side() {
    let stage = Stage::new();
    bench(&stage, &["--generate", "120", "made"]);
    let figures = bench(&stage, &["made", "--runs", "1", "--json"]);
    let run: Value = serde_json::from_str(&figures).unwrap();
    assert_eq!(run["stories"], 120);
    let steps = run["steps"].as_array().unwrap().iter().map(|step| step["name"].as_str().unwrap());
    assert_eq!(
        steps.collect::<Vec<_>>(),
        ["parse", "annotate", "asides", "statements", "dates", "sketch", "settle kin"]
    );
    assert_eq!(run["ratios"].as_array().unwrap().len(), 1);
    for name in ["version", "day", "cores", "whole", "tantivy_alone", "ratio"] {
        assert!(!run[name].is_null(), "{name} in {figures}");
    }
    let parts = ["words", "postings", "positions", "lengths", "columns", "other"];
    let of_field =
        |field: &Value| parts.map(|part| field[part].as_u64().unwrap()).iter().sum::<u64>();
    let space: u64 = run["space"].as_array().unwrap().iter().map(of_field).sum();
    assert_eq!(run["index_bytes"], space);

    let growth = bench(&stage, &["--sizes", "20,40", "--by-threads", "1", "--runs", "1", "--json"]);
    let points: Value = serde_json::from_str(&growth).unwrap();
    let sizes = points["points"].as_array().unwrap().iter().map(|point| &point["stories"]);
    assert_eq!(sizes.collect::<Vec<_>>(), [20, 40]);

    assert_eq!(stage.run(&["index", "made", "--index", "index"]).code, 0);
    let queries = bench(&stage, &["--queries", "index", "--json"]);
    let asked: Value = serde_json::from_str(&queries).unwrap();
    assert!(
        asked.as_array().unwrap().iter().all(|asked| asked["fresh_p50_ms"].is_f64()),
        "{queries}"
    );

    stage.write("before.json", &figures);
    stage.write("now.json", [figures, growth, queries].concat());
    bench(&stage, &["--plot", "speed.svg", "before.json", "now.json"]);
    let picture = std::fs::read_to_string(stage.path("speed.svg")).unwrap();
    for shown in ["tantivy alone", "40 stories, threads: 1", "common word, newest ten", "(+0 %)"] {
        assert!(picture.contains(shown), "{shown}");
    }
}

#[test]
fn what_is_no_run_is_told_with_what_to_do() {
    let stage = Stage::new();
    stage.write("run.json", "{\"stories\": 1}");
    let output = stage.run(&["bench", "--plot", "speed.svg", "run.json"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("run.json: holds no run"), "{}", output.stderr);
}
