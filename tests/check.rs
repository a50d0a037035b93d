//! Whether an index is whole: what is damaged is named, and made anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::fs;

use stage::{Stage, stories_in, story};

fn indexed() -> Stage {
    let stage = Stage::new();
    stage.write_many("wire", 30);
    stage.write("wire/none.html", "<html><title>404</title><body>not found</body></html>");
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    stage
}

#[test]
fn a_whole_index_is_whole_and_tells_what_its_files_came_to_since() {
    let stage = indexed();
    let check = || stage.run(&["check", "--index", "wire/.onrecord"]);
    assert_eq!(check().code, 0, "{}", check().stdout);
    stage.write("wire/001/00001.txt", story(1) + "One more line.\n");
    fs::remove_file(stage.path("wire/002/00002.txt")).unwrap();
    let checked = stage.json(&["check", "--index", "wire/.onrecord", "--json"]);
    assert_eq!(checked["changed"], serde_json::json!(["001/00001.txt"]));
    assert_eq!(checked["gone"], serde_json::json!(["002/00002.txt"]));
    assert_eq!(checked["faults"], serde_json::json!([]));
    assert_eq!(check().code, 1);
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    assert_eq!(check().code, 0, "{}", check().stdout);
}

#[test]
fn every_damaged_file_is_named_and_the_index_is_made_anew() {
    let stage = indexed();
    let add = ["watchlist", "add", "ports", "port", "--index", "wire/.onrecord"];
    assert_eq!(stage.run(&add).code, 0);
    let folder = stage.path("wire/.onrecord/index");
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut damaged = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind != "json")) {
        let content = fs::read(file).unwrap();
        let Some(middle) = content.len().checked_div(2).filter(|middle| *middle > 0) else {
            continue;
        };
        let mut flipped = content.clone();
        flipped[middle] ^= 0x10;
        fs::write(file, &flipped).unwrap();
        let output = stage.run(&["check", "--index", "wire/.onrecord"]);
        assert_eq!(output.code, 2, "{}: {}", file.display(), output.stdout);
        assert!(output.stderr.contains("onrecord repair"), "{}", output.stderr);
        fs::write(file, &content).unwrap();
        damaged += 1;
    }
    assert!(damaged >= 5, "{damaged}");
    assert_eq!(stage.run(&["check", "--index", "wire/.onrecord"]).code, 0);
    for file in &files {
        fs::write(file, "nothing of it is left").unwrap();
    }
    assert_eq!(stage.run(&["search", "port", "--index", "wire/.onrecord"]).code, 2);
    assert_eq!(stage.run(&["index", "wire", "--rebuild"]).code, 0);
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 30);
    assert_eq!(stage.run(&["check", "--index", "wire/.onrecord"]).code, 0);
    let kept = stage.run(&["watchlist", "list", "--index", "wire/.onrecord"]);
    assert!(kept.stdout.contains("ports") || kept.stderr.contains("ports"), "{}", kept.stdout);
}

/// The checksum of a file is of what stands before its footer, which tells the version of the program
/// that wrote it.
#[test]
fn every_bit_of_a_footer_is_looked_at() {
    let stage = indexed();
    for kind in ["store", "term"] {
        let files = fs::read_dir(stage.path("wire/.onrecord/index")).unwrap();
        let paths = files.map(|file| file.unwrap().path());
        let path = { paths }.find(|path| path.extension().is_some_and(|end| end == kind)).unwrap();
        let whole = fs::read(&path).unwrap();
        let version = b"{\"version\"";
        let footer = whole.windows(version.len()).rposition(|window| window == version).unwrap();
        for bit in 8 * footer..8 * whole.len() {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, damaged).unwrap();
            let checked = stage.run(&["check", "--index", "wire/.onrecord"]);
            assert_eq!(checked.code, 2, "bit {bit} of {kind}, from {}", 8 * footer);
        }
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(stage.run(&["check", "--index", "wire/.onrecord"]).code, 0);
}

#[test]
fn damage_is_seen_where_the_list_of_files_is_gone() {
    let stage = indexed();
    let of_index =
        |command: &[&str]| stage.run(&[command, &["--index", "wire/.onrecord"]].concat());
    let found = of_index(&["search", "*", "--format", "jsonl"]).stdout;
    let folder = stage.path("wire/.onrecord/index");
    fs::remove_file(folder.join(".managed.json")).unwrap();
    let checked = of_index(&["check"]);
    assert_eq!(checked.code, 2, "{}", checked.stdout);
    assert!(checked.stdout.contains(".managed.json"), "{}", checked.stdout);
    let paths = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let store = { paths }.find(|path| path.extension().is_some_and(|end| end == "store")).unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[20] ^= 1;
    fs::write(&store, bytes).unwrap();
    let checked = of_index(&["check"]);
    let name = store.file_name().unwrap().to_string_lossy().into_owned();
    assert!(checked.stdout.contains(&name), "{}", checked.stdout);
    assert_eq!(stage.run(&["repair", "wire"]).code, 0);
    assert_eq!(of_index(&["check"]).code, 0);
    assert_eq!(of_index(&["search", "*", "--format", "jsonl"]).stdout, found);
}

#[test]
fn a_dictionary_that_is_damaged_or_gone_is_named_and_made_anew() {
    let stage = Stage::new();
    // More than the megabyte of records that a dictionary is made of.
    assert_eq!(stage.run(&["bench", "--generate", "1200", "wire", "--seed", "7"]).code, 0);
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    let of_index =
        |command: &[&str]| stage.run(&[command, &["--index", "wire/.onrecord"]].concat());
    // Every record is read for its passages: none is lost, packed or not.
    let search = ["search", "the", "--limit", "0", "--format", "jsonl"];
    let found = of_index(&search).stdout;
    assert!(found.lines().count() > 1000, "{}", found.lines().count());
    let dictionary = stage.path("wire/.onrecord/index/dictionary.zstd");
    let whole = fs::read(&dictionary).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for damage in [Some(flipped), Some(Vec::new()), None] {
        match damage {
            Some(bytes) => fs::write(&dictionary, bytes).unwrap(),
            None => fs::remove_file(&dictionary).unwrap(),
        }
        let checked = of_index(&["check"]);
        assert_eq!(checked.code, 2, "{}", checked.stdout);
        assert!(checked.stdout.contains("dictionary.zstd"), "{}", checked.stdout);
        let output = of_index(&search);
        assert_eq!(output.code, 2, "{}", output.stdout);
        assert!(output.stderr.contains("dictionary") && output.stderr.contains("hint: "));
        assert_eq!(stage.run(&["repair", "wire"]).code, 0);
        assert_eq!(of_index(&["check"]).code, 0);
        assert_eq!(of_index(&search).stdout, found);
    }
}

#[test]
fn an_index_of_another_version_is_made_anew() {
    let stage = indexed();
    let label = stage.path("wire/.onrecord/label.json");
    let text = fs::read_to_string(&label).unwrap();
    fs::write(&label, text.replace("\"words\":", "\"words\":9")).unwrap();
    let refused = stage.run(&["index", "wire"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("onrecord repair"), "{}", refused.stderr);
    assert_eq!(stage.run(&["index", "wire", "--rebuild"]).code, 0);
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 30);
}
