//! Who is who in an archive: names of several stories joined to their bearers, and asked for.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::collections::BTreeSet;

use onrecord::backend::LOCAL;
use onrecord::contract::{Index, Request, Start};
use onrecord::model::{Field, Node, Scope, Sort};
use onrecord::search::{Known, by_every_name, everybody, people_named};
use stage::{Stage, every_story};

/// A story in which somebody of a role and name says something.
fn story(day: u32, named: &str, again: &str, words: &str) -> String {
    format!(
        "Harbour news of day {day}\n\nPORT AZURE, March {day}, 2025 (Nordwire) - The quay was quiet.\n\n\
         “{words},” {named} said on Tuesday.\n\n“We will wait,” {again} said.\n"
    )
}

/// An archive that calls one president by three spellings, and two ministers by one surname.
fn stage() -> Stage {
    let stage = Stage::new();
    for (number, (named, again, words)) in [
        ("President Wolodar Tymenskyy", "Tymenskyy", "The dogs bark"),
        ("President Wolodar Tymenskiy", "Mr Tymenskiy", "The gulls cry"),
        ("President Wolodar Tymensky", "Tymensky", "The tide turns"),
        ("President Tymenskij", "the president", "The moon rises"),
        ("Fisheries Minister Karla Voss", "Ms Voss", "The cod are back"),
        ("Fisheries Minister K. Voss", "Ms Voss", "The eels are back"),
        ("goalkeeper Dorian Voss", "Mr Voss", "The ball was wet"),
        ("Defence Minister Hassan Qadimi", "Mr Qadimi", "The fleet is out"),
        ("goalkeeper Hassan Kadimi", "Mr Kadimi", "The net was torn"),
    ]
    .into_iter()
    .enumerate()
    {
        stage.write(&format!("wires/{number}.txt"), story(number as u32 + 1, named, again, words));
    }
    assert_eq!(stage.run(&["index", "wires"]).code, 0);
    stage
}

fn total(stage: &Stage, arguments: &[&str]) -> u64 {
    let mut all = arguments.to_vec();
    all.extend(["--index", "wires/.onrecord", "--json"]);
    stage.json(&all)["total"].as_u64().unwrap()
}

#[test]
fn a_person_is_found_by_every_spelling_of_the_name() {
    let stage = stage();
    for name in ["tymensky", "Tymenskyy", "tymenskiy", "\"Wolodar Tymensky\"", "timenski"] {
        assert_eq!(total(&stage, &["search", &format!("speaker:{name}")]), 4, "{name}");
        assert_eq!(total(&stage, &["search", &format!("person:{name}")]), 4, "{name}");
        assert_eq!(total(&stage, &["search", &format!("said({name}, tide)")]), 1, "{name}");
    }
    assert_eq!(total(&stage, &["said", "speaker:tymensky"]), 8);
    assert_eq!(total(&stage, &["search", "quay -speaker:tymensky"]), 5);
    assert_eq!(total(&stage, &["search", "speaker:timensk"]), 0);
}

#[test]
fn a_match_by_another_spelling_is_marked() {
    let stage = stage();
    let query = ["search", "--index", "wires/.onrecord", "person:tymensky gulls"];
    let output = stage.run(&query);
    assert!(output.stdout.contains("[President Wolodar Tymenskiy]"), "{}", output.stdout);
    let output = stage.run(&["search", "--index", "wires/.onrecord", "speaker:timenski tide"]);
    assert!(
        output.stderr.contains("no `timenski` here; taken for Wolodar Tymensk"),
        "{}",
        output.stderr
    );
}

#[test]
fn a_name_of_several_says_so_and_offers_them() {
    let stage = stage();
    let output = stage.run(&["search", "--index", "wires/.onrecord", "speaker:voss"]);
    assert!(
        output.stderr.contains("`voss` is the name of Karla Voss (2), Dorian Voss (1)"),
        "{}",
        output.stderr
    );
    assert_eq!(total(&stage, &["search", "speaker:voss"]), 3);
    assert_eq!(total(&stage, &["search", "speaker:\"Karla Voss\""]), 2);
    assert_eq!(total(&stage, &["search", "speaker:\"Dorian Voss\""]), 1);
}

#[test]
fn what_only_sounds_alike_stays_apart_where_the_roles_do() {
    let stage = stage();
    assert_eq!(total(&stage, &["search", "speaker:\"Hassan Qadimi\""]), 1);
    assert_eq!(total(&stage, &["search", "speaker:\"Hassan Kadimi\""]), 1);
}

#[test]
fn one_person_is_shown_with_names_roles_and_days() {
    let stage = stage();
    let shown = stage.json(&["people", "--index", "wires/.onrecord", "--json", "tymensky"]);
    assert_eq!((shown["stories"].as_u64(), shown["statements"].as_u64()), (Some(4), Some(8)));
    assert_eq!(
        (shown["first"].as_str(), shown["last"].as_str()),
        (Some("2025-03-01"), Some("2025-03-04"))
    );
    assert_eq!(shown["names"].as_array().unwrap().len(), 4);
    assert_eq!(shown["roles"][0]["role"], "President");
    let by =
        ["timeline", "--by", "speaker", "--statements", "--index", "wires/.onrecord", "--json"];
    let series = &stage.json(&by)["series"][0];
    assert_eq!(
        (series["name"].as_str(), series["total"].as_u64()),
        (Some("Wolodar Tymenskiy"), Some(8))
    );
    let listed = stage.run(&["people", "--index", "wires/.onrecord"]);
    assert!(listed.stdout.starts_with("      8  Wolodar Tymenskiy  (also "), "{}", listed.stdout);
    assert!(listed.stdout.contains("      4  Karla Voss  (also K. Voss)"), "{}", listed.stdout);
}

#[test]
fn what_the_reader_knows_of_names_stands_above_the_letters() {
    let stage = stage();
    stage.write(
        "wires/names.toml",
        "[same]\n\"Dorian Voss\" = [\"Hassan Kadimi\"]\n[apart]\n\"Karla Voss\" = [\"K. Voss\"]\n",
    );
    assert_eq!(total(&stage, &["search", "speaker:\"Karla Voss\""]), 1);
    assert_eq!(total(&stage, &["search", "speaker:\"Dorian Voss\""]), 2);
    assert_eq!(total(&stage, &["search", "speaker:kadimi"]), 2);
    stage.write("mine.toml", "[same]\n\"Karla Voss\" = [\"Dorian Voss\"]\n");
    let with = ["search", "speaker:\"Karla Voss\"", "--names", "mine.toml"];
    assert_eq!(total(&stage, &with), 3);
    stage.write("broken.toml", "[some]\n");
    let output = stage.run(&["people", "--index", "wires/.onrecord", "--names", "broken.toml"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("broken.toml: the names cannot be read"), "{}", output.stderr);
}

/// The bundled corpus: everybody is found by each of their names, and by no other way than a plain
/// scan over the stories' people.
#[test]
fn everybody_of_the_corpus_is_found_as_a_plain_scan_finds_them() {
    let stage = Stage::with_corpus();
    let index = (LOCAL.open)(&stage.path("index")).unwrap();
    let stories = every_story(index.as_ref());
    let known = Known::default();
    let everybody = everybody(index.as_ref(), &known).unwrap();
    assert!(everybody.len() > 50);
    let mut names = BTreeSet::new();
    for bearer in &everybody {
        assert!(bearer.names.iter().all(|name| names.insert(name.clone())), "{:?}", bearer.names);
        let plain = stories.iter().filter(|hit| {
            hit.record.annotations.people.iter().any(|person| bearer.names.contains(&person.name))
        });
        let plain: BTreeSet<u64> = plain.map(|hit| hit.story.0).collect();
        let found = keys(index.as_ref(), &Node::Whole(Field::Person, bearer.names.clone()));
        assert_eq!(found, plain, "{:?}", bearer.names);
        for name in &bearer.names {
            let meant = people_named(index.as_ref(), name, &known).unwrap();
            let same = meant.bearers.iter().find(|meant| meant.names.contains(name));
            assert_eq!(same.map(|same| &same.names), Some(&bearer.names), "{name}");
        }
    }
    let told: BTreeSet<String> = stories
        .iter()
        .flat_map(|hit| hit.record.annotations.people.iter().map(|person| person.name.clone()))
        .collect();
    assert_eq!(names, told);
}

fn keys(index: &dyn Index, query: &Node) -> BTreeSet<u64> {
    let request = Request {
        query,
        scope: Scope::Stories,
        sort: Sort::Newest,
        start: Start::FRONT,
        limit: 10_000,
    };
    index.search(&request).unwrap().hits.iter().map(|hit| hit.story.0).collect()
}

/// A query that names nobody is left as it is.
#[test]
fn other_queries_stay_as_they_are() {
    let stage = stage();
    let index = (LOCAL.open)(&stage.path("wires/.onrecord")).unwrap();
    for node in [
        Node::All,
        Node::Term(Field::Text, "voss".into()),
        Node::Term(Field::Speaker, "nobody".into()),
    ] {
        let (query, notes) = by_every_name(index.as_ref(), &node, &Known::default()).unwrap();
        assert_eq!((query, notes.len()), (node, 0));
    }
}
