//! Counts over time: equal to what a slow, plain scan over the same stories counts, and as a user
//! meets them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord::backend::LOCAL;
use onrecord::contract::{CountRequest, Request, Start};
use onrecord::model::{Field, Node, Record, Scope, Sort, Step};
use stage::{Stage, corpus};

const STEPS: [Step; 4] = [Step::Day, Step::Week, Step::Month, Step::Year];

/// The starts of the stretches in which a story lies, day by day.
fn starts(record: &Record, meant: bool, step: Step) -> BTreeSet<Date> {
    let days = |first: Date, last: Date| {
        first.series(jiff::Span::new().days(1)).take_while(move |day| *day <= last)
    };
    if !meant {
        return record.story.published.iter().map(|time| step.start(time.day())).collect();
    }
    let mut starts = BTreeSet::new();
    for date in &record.annotations.dates {
        let (first, last) = (date.value.first(), date.value.last());
        let length = days(first, last).count();
        let whole = days(step.start(first), step.end(step.start(first))).count();
        if length <= whole {
            starts.extend(days(first, last).map(|day| step.start(day)));
        }
    }
    starts
}

#[test]
fn an_index_counts_what_a_plain_scan_counts() {
    let stage = Stage::new();
    let index = stage.path("index");
    let folder = corpus();
    let run = stage.run(&["index", folder.to_str().unwrap(), "--index", index.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let index = (LOCAL.open)(&index).unwrap();
    for query in [Node::All, Node::Term(Field::Text, "port".into())] {
        let request = Request {
            query: &query,
            scope: Scope::Stories,
            sort: Sort::Newest,
            start: Start::FRONT,
            limit: 10_000,
        };
        let found = index.search(&request).unwrap();
        assert!(found.total > 20);
        for (meant, step) in [true, false].into_iter().flat_map(|m| STEPS.map(|step| (m, step))) {
            let (mut plain, mut undated) = (BTreeMap::new(), 0);
            for hit in &found.hits {
                let starts = starts(&hit.record, meant, step);
                undated += u64::from(starts.is_empty());
                for start in starts {
                    *plain.entry((start, hit.record.story.source.clone())).or_insert(0u64) += 1;
                }
            }
            let by = Some(Field::Source);
            let request = CountRequest { query: &query, scope: Scope::Stories, meant, step, by };
            let counted = index.count_by_day(&request).unwrap();
            let told: BTreeMap<_, _> = counted
                .counts
                .into_iter()
                .map(|(start, name, count)| ((start, name), count))
                .collect();
            assert_eq!((told, counted.undated), (plain, undated), "{meant} {step:?}");
        }
    }
}

fn indexed() -> Stage {
    let stage = Stage::new();
    for (number, day) in ["March 3", "March 3", "March 6"].iter().enumerate() {
        let text = format!(
            "Ferry report {number}\n\nHALVIK, {day}, 2025 (Nordwire) - The ferry sails on April 2, said Ada \
             Orlo.\n"
        );
        stage.write(&format!("wire/{number}.txt"), text);
    }
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    stage
}

#[test]
fn a_timeline_shows_days_without_any_between_those_with_some() {
    let stage = indexed();
    let run = |arguments: &[&str]| {
        stage.run(&[&["timeline", "--index", "wire/.onrecord"], arguments].concat())
    };
    let bars = run(&[]);
    let lines: Vec<&str> = bars.stdout.lines().collect();
    assert_eq!(lines.len(), 4, "{}", bars.stdout);
    assert!(lines[0].starts_with("2025-03-03  2  █"), "{}", lines[0]);
    assert_eq!(lines[1], "2025-03-04  0");
    let table = run(&["ferry", "--format", "csv", "--per", "month"]);
    assert_eq!(table.stdout, "start,end,name,count\n2025-03-01,2025-03-31,,3\n");
    let meant = run(&["--of", "mentions", "--format", "csv"]);
    assert!(meant.stdout.ends_with("2025-04-02,2025-04-02,,3\n"), "{}", meant.stdout);
    let said = run(&["--statements", "--by", "speaker", "--per", "year", "--format", "csv"]);
    assert_eq!(said.stdout.lines().nth(1), Some("2025-01-01,2025-12-31,Ada Orlo,3"));
    let since = run(&["--since", "2025-03-05", "--json"]);
    let since: serde_json::Value = serde_json::from_str(&since.stdout).unwrap();
    assert_eq!(since["series"][0]["total"], 1);
    assert_eq!(run(&["nothing-of-the-kind"]).code, 1);
}

#[test]
fn what_cannot_be_counted_is_said_with_a_way_out() {
    let stage = indexed();
    let run = |arguments: &[&str]| {
        stage.run(&[&["timeline", "--index", "wire/.onrecord"], arguments].concat())
    };
    for (arguments, said) in [
        (&["--statements", "--by", "source"][..], "statements are not counted by source"),
        (&["--statements", "--of", "mentions"], "statements are counted by publication only"),
        (&["--zone", "Nowhere/Land"], "no zone has this name"),
        (&["--top", "3"], "--by"),
    ] {
        let output = run(arguments);
        assert_eq!(output.code, 2, "{arguments:?}");
        assert!(output.stderr.contains(said), "{arguments:?}: {}", output.stderr);
    }
}

#[test]
fn a_zone_tells_whose_today_is_meant() {
    let stage = indexed();
    let day = |zone: &str| {
        let output = stage.run(&["search", "--explain", "--zone", zone, "published:today"]);
        assert_eq!(output.code, 0, "{}", output.stderr);
        output.stdout
    };
    // At any instant the two lie on different days.
    assert_ne!(day("+13:00"), day("-12:00"));
    assert_eq!(day("UTC"), day("+00:00"));
}

#[test]
fn times_that_cannot_be_are_reported_and_indexed() {
    let stage = Stage::new();
    let line = |title: &str, published: &str, updated: &str| {
        format!(
            "{{\"title\":\"{title}\",\"text\":\"The ferry sails at noon, they said.\",\
             \"published\":\"{published}\",\"updated\":\"{updated}\"}}\n"
        )
    };
    let lines = [
        line("From the future", "2098-01-01T00:00:00Z", "2098-01-01T00:00:00Z"),
        line("Before its time", "2025-03-18T00:00:00Z", "2025-03-01T00:00:00Z"),
        line("In order", "2025-03-18T00:00:00Z", "2025-03-19T00:00:00Z"),
    ];
    stage.write("wire/a.jsonl", lines.concat());
    let output = stage.run(&["index", "wire", "--report", "report.jsonl"]);
    assert!(output.stderr.contains("2 stories with times that cannot be"), "{}", output.stderr);
    assert_eq!(stage::stories_in(&stage, "wire/.onrecord"), 3);
    let report = std::fs::read_to_string(stage.path("report.jsonl")).unwrap();
    assert!(report.contains("published 2098-01-01, which is still to come"), "{report}");
    assert!(report.contains("updated 2025-03-01, before it was published 2025-03-18"), "{report}");
    assert_eq!(report.lines().count(), 2);
}

#[test]
fn a_story_that_names_the_day_goes_before_one_that_only_names_the_month() {
    let stage = Stage::new();
    for (name, when, day) in [
        ("month", "in March 2025", 20),
        ("day", "on March 3, 2025", 10),
        ("week", "from March 1 to March 6, 2025", 15),
    ] {
        let text = format!(
            "Ferry report {name}\n\nHALVIK, April {day}, 2025 (Nordwire) - The ferry stopped {when}, they said.\n"
        );
        stage.write(&format!("wire/{name}.txt"), text);
    }
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    let found =
        stage.json(&["search", "--index", "wire/.onrecord", "--json", "mentions:2025-03-03"]);
    let titles: Vec<&str> = found["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles[0], "Ferry report day", "{titles:?}");
    assert_eq!(titles.len(), 3);
}

#[test]
fn a_share_is_of_all_that_lie_in_its_stretch() {
    let stage = Stage::new();
    let folder = corpus();
    let run = stage.run(&["index", folder.to_str().unwrap(), "--index", "index"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let periods = |arguments: &[&str]| -> BTreeMap<String, (u64, Option<f64>)> {
        let mut all = vec!["timeline", "--per", "month", "--json", "--index", "index"];
        all.extend(arguments);
        let answer = stage.json(&all);
        let periods = answer["series"][0]["periods"].as_array().unwrap().clone();
        let period = |period: &serde_json::Value| {
            let start = period["start"].as_str().unwrap().to_owned();
            (start, (period["count"].as_u64().unwrap(), period["per_thousand"].as_f64()))
        };
        periods.iter().map(period).collect()
    };
    let (all, shares) = (periods(&[]), periods(&["port", "--per-thousand"]));
    assert!(shares.len() > 5 && all.values().all(|(_, share)| share.is_none()));
    for (start, (count, share)) in shares {
        let whole = all[&start].0;
        let plain = if whole == 0 { 0.0 } else { count as f64 * 1000.0 / whole as f64 };
        assert_eq!(share, Some(plain), "{start}");
    }
}
