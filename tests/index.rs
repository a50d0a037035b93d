//! The index as a user meets it: found from below, refused when it cannot be used, locked while it
//! is written.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::fs;

use stage::{Stage, stories_in};

fn indexed() -> Stage {
    let stage = Stage::new();
    stage.write_many("wire", 12);
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    stage
}

#[test]
fn an_index_is_found_from_a_folder_below() {
    let stage = indexed();
    let output = stage.command(&["stats", "--json"]).current_dir(stage.path("wire/003")).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output =
        stage.command(&["index", "."]).current_dir(stage.path("wire/003")).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 file unchanged"));
    assert!(!stage.path("wire/003/.onrecord").try_exists().unwrap());
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 12);
}

#[test]
fn the_environment_names_an_index_and_the_flag_overrules_it() {
    let stage = indexed();
    let run = |arguments: &[&str]| {
        let output = stage.command(arguments).env("ONRECORD_INDEX", "nowhere").output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&["stats"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("nowhere: there is no index here") && said.contains("hint: "), "{said}");
    assert_eq!(run(&["stats", "--index", "wire/.onrecord"]).0, Some(0));
}

#[test]
fn a_missing_index_says_what_to_do() {
    let stage = Stage::new();
    let output = stage.run(&["search", "port"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("no index here or in a folder above"), "{}", output.stderr);
    assert!(output.stderr.contains("onrecord index DIR"));
}

#[test]
fn another_versions_index_is_refused_with_what_to_do() {
    let stage = indexed();
    let label = stage.path("wire/.onrecord/label.json");
    let text = fs::read_to_string(&label).unwrap();
    fs::write(&label, text.replace("\"words\":", "\"words\":9")).unwrap();
    for arguments in [&["search", "port", "--index", "wire/.onrecord"][..], &["index", "wire"]] {
        let output = stage.run(arguments);
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains("another version of onrecord"), "{}", output.stderr);
        assert!(output.stderr.contains("onrecord repair"), "{}", output.stderr);
    }
}

#[test]
fn a_damaged_index_is_an_error_that_names_it() {
    let stage = indexed();
    let files: Vec<_> = fs::read_dir(stage.path("wire/.onrecord/index"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    for file in files {
        let content = fs::read(&file).unwrap();
        if content.is_empty() {
            continue;
        }
        for damaged in
            [Vec::new(), content[..content.len() / 2].to_vec(), vec![0xA5; content.len()]]
        {
            fs::write(&file, &damaged).unwrap();
            for query in ["port", "\"calm seas\"", "mentions:2025"] {
                let output = stage.run(&["search", "--index", "wire/.onrecord", query]);
                let name = file.display();
                assert!(output.code >= 0, "{name}: killed by a signal: {}", output.stderr);
                assert!(!output.stderr.contains("panicked"), "{name}: {}", output.stderr);
                if output.code == 2 {
                    assert!(output.stderr.contains("wire/.onrecord"), "{name}: {}", output.stderr);
                }
            }
        }
        fs::write(&file, &content).unwrap();
    }
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 12);
}

#[test]
fn a_second_writer_says_who_holds_the_index() {
    let stage = indexed();
    let path = stage.path("wire/.onrecord/writer.lock");
    let lock = fs::File::options().write(true).open(&path).unwrap();
    lock.lock().unwrap();
    fs::write(&path, "process 1312, since noon").unwrap();
    let output = stage.run(&["index", "wire"]);
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("another run is writing to this index (process 1312"),
        "{}",
        output.stderr
    );
    let output = stage.run(&["search", "--index", "wire/.onrecord", "port"]);
    assert_eq!(output.code, 0, "searching goes on: {}", output.stderr);
}

#[test]
fn several_places_go_into_an_index_of_their_own() {
    let stage = Stage::new();
    stage.write_many("a", 3);
    stage.write_many("b", 4);
    let output = stage.run(&["index", "a", "b"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("--index DIR"), "{}", output.stderr);
    assert_eq!(stage.run(&["index", "a", "b", "--index", "both"]).code, 0);
    assert_eq!(stories_in(&stage, "both"), 7);
    assert_eq!(stage.run(&["index", "a", "--index", "both"]).code, 0);
    assert_eq!(stories_in(&stage, "both"), 7, "what was not given this time stays");
}

#[test]
fn a_retry_reads_only_what_gave_no_story() {
    let stage = indexed();
    // A file that nobody may read gives no story; the same file, mended, does.
    stage.write("wire/late.html", "<html><title>404</title><body>not found</body></html>");
    let told = |arguments: &[&str]| stage.run(arguments).stderr;
    assert!(told(&["index", "wire"]).contains("1 file gave none"));
    fs::remove_file(stage.path("wire/000/00000.txt")).unwrap();
    stage.write("wire/new.txt", "A new one\n\nThe ferry was late again, said Ivan Orlo.\n");
    let said = told(&["index", "wire", "--retry"]);
    assert!(said.contains("0 stories from 0 files") && said.contains("1 file gave none"), "{said}");
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 12);
    stage.write("wire/late.html", stage::story(77));
    assert!(told(&["index", "wire", "--retry"]).contains("1 story from 1 file"));
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 13);
    assert!(told(&["index", "wire"]).contains("1 story from 1 file"));
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 13);
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let stage = Stage::new();
    for command in ["index", "watch"] {
        let output = stage.run(&[command, "nothere"]);
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains("nothere: no such file or folder"), "{}", output.stderr);
    }
}
