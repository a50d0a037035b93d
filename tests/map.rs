//! `--map`, as somebody meets it who has JSON and tables with names of their own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use stage::{Stage, stories_in};

const DUMP: &str = "{\"kop\":\"Port opens\",\"tekst\":[\"It opened.\",\"x\"],\"datum\":\"18.03.2025\"}\n\
                    {\"kop\":\"Ferry late\",\"tekst\":[\"It was late.\"]}\n";
const TABLE: &str = "Überschrift;Volltext;Tag\nPort öffnet;Er öffnete.;2025-03-18\n";

#[test]
fn names_of_their_own_are_read_where_the_map_says() {
    let stage = Stage::new();
    stage.write("dump.jsonl", DUMP.as_bytes());
    stage.write("table.csv", TABLE.as_bytes());
    let map = "title=kop,body=tekst.0,published=datum";
    let read = stage.run(&["parse", "--map", map, "dump.jsonl"]);
    let stories: Vec<serde_json::Value> =
        read.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (&stories[0]["title"], &stories[0]["body"]),
        (&"Port opens".into(), &"It opened.".into())
    );
    assert_eq!(
        (&stories[0]["published"], &stories[1]["title"]),
        (&"2025-03-18".into(), &"Ferry late".into())
    );
    let read = stage.run(&[
        "parse",
        "--map",
        "title=Überschrift,body=Volltext",
        "--map",
        "published=Tag",
        "table.csv",
    ]);
    assert!(read.stdout.contains("\"format\":\"csv\"") && read.stdout.contains("Er öffnete."));
}

#[test]
fn what_gave_no_story_without_a_map_is_read_again_with_one() {
    let stage = Stage::new();
    stage.write("dumps/dump.jsonl", DUMP.as_bytes());
    assert_eq!(stage.run(&["index", "dumps"]).code, 0);
    assert_eq!(stories_in(&stage, "dumps/.onrecord"), 0);
    let again = stage.run(&["index", "dumps", "--map", "title=kop,body=tekst.0"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(stories_in(&stage, "dumps/.onrecord"), 2);
}

#[test]
fn a_field_that_there_is_not_is_refused_with_those_there_are() {
    let stage = Stage::new();
    for (map, said) in [
        ("titel=kop", "no field is named `titel`; there are id, version, title"),
        ("title", "write it as FIELD=NAME"),
        ("title=", "write it as FIELD=NAME"),
    ] {
        let refused = stage.run(&["parse", "--map", map, "x.json"]);
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains(said), "{}", refused.stderr);
    }
}
