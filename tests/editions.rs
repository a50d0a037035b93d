//! Kills, corrections and embargoes: what nobody may miss, and what nobody may see yet.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use stage::Stage;

fn paths(stage: &Stage, query: &str) -> Vec<String> {
    let answer = stage.json(&["search", query, "--index", "index", "--json", "--limit", "0"]);
    let hits = answer["hits"].as_array().unwrap().iter();
    let mut paths: Vec<String> = hits
        .map(|hit| hit["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned())
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_kill_and_correction_of_the_corpus_is_found_by_what_it_is() {
    let stage = Stage::with_corpus();
    assert_eq!(
        paths(&stage, "version:kill"),
        [
            "ferry-kill.xml",
            "isolde-6-kill.txt",
            "kill-tunnel.iptc",
            "orsenko-kill.txt",
            "withdrawn.txt"
        ]
    );
    assert_eq!(
        paths(&stage, "is:correction source:(costa OR nordwire)"),
        ["isolde-5-correction.txt", "strait-corrected.txt"]
    );
    assert!(paths(&stage, "version:writethru").contains(&"marrend-visit.anpa".to_owned()));
    let shown = stage.run(&["search", "orsenko version:kill", "--index", "index"]);
    assert!(shown.stdout.contains("  KILL · Nordwire"), "{}", shown.stdout);
}

/// A story with an embargo, as its agency's JSON tells it.
fn item(name: &str, embargo: &str) -> String {
    format!(
        r#"{{"uri":"urn:x:{name}","versioncreated":"2025-03-18T11:00:00Z","pubstatus":"usable",
        "embargoed":"{embargo}","language":"en","type":"text","headline":"Quota of {name}",
        "body_text":"The harbour council set the quota of {name}, Ilsa Vane said on Tuesday."}}"#
    )
}

#[test]
fn what_is_under_embargo_is_held_back_from_every_answer() {
    let stage = Stage::new();
    stage.write("wires/cod.json", item("cod", "2099-01-01T00:00:00Z"));
    stage.write("wires/eel.json", item("eel", "2001-01-01T00:00:00Z"));
    assert_eq!(stage.run(&["index", "wires", "--index", "index"]).code, 0);
    let count = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["--index", "index", "--count", "--json"]);
        stage.json(&all)["total"].as_u64().unwrap()
    };
    assert_eq!((count(&["search", "quota"]), count(&["search", "quota", "--embargoed"])), (1, 2));
    assert_eq!((count(&["said", "quota"]), count(&["said", "quota", "--embargoed"])), (1, 2));
    assert_eq!(count(&["search", "NOT harbour"]), 0);
    let timeline = stage.json(&["timeline", "quota", "--index", "index", "--json"]);
    assert_eq!(timeline["series"][0]["total"], 1, "{timeline}");
    let shown = stage.run(&["search", "cod", "--index", "index", "--embargoed"]);
    assert!(shown.stdout.contains("EMBARGO until 2099-01-01"), "{}", shown.stdout);
}
