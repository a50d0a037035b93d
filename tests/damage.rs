//! Whatever happens to the files of an index, the next command says so, and `repair` makes it good.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use stage::{Output, Stage, stories_in};

/// How often an index is damaged.
const ROUNDS: u64 = 32;
/// Every so many rounds, the ingest before is killed.
const KILL_EVERY: u64 = 4;

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn an_index_damaged_at_random_is_repaired_to_what_it_was() {
    let stage = Stage::with_corpus();
    let undisturbed = stage.whole_answers();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut told = 0;
    for round in 0..ROUNDS {
        if round % KILL_EVERY == 0 {
            kill_an_ingest(&stage, &mut random);
        }
        let what = damage(&stage, &mut random);
        for command in [&["search", "*", "--limit", "0"][..], &["said", "*"], &["stats"]] {
            assert_told(&stage.run(&[command, &["--index", "index"]].concat()), &what);
        }
        let checked = stage.run(&["check", "--index", "index"]);
        assert_told(&checked, &what);
        told += u64::from(checked.code == 2);
        let repaired = on_corpus(&stage, "repair");
        assert_eq!(repaired.code, 0, "{what}: {}", repaired.stderr);
        let completed = on_corpus(&stage, "index");
        assert_eq!(completed.code, 0, "{what}: {}", completed.stderr);
        assert_eq!(stage.run(&["check", "--index", "index"]).code, 0, "{what}");
        assert_eq!(stage.whole_answers(), undisturbed, "{what}");
    }
    assert!(told > ROUNDS / 2, "{told}");
}

fn on_corpus(stage: &Stage, command: &str) -> Output {
    let corpus = stage::corpus().to_string_lossy().into_owned();
    stage.run(&[command, &corpus, "--index", "index"])
}

/// Holds that a command answers, or says in a line what is wrong and in another what to do.
fn assert_told(run: &Output, what: &str) {
    assert!((0..=2).contains(&run.code), "{what}: {}: {}", run.code, run.stderr);
    for internal in ["panicked", "Error", "fault of its own", "Os {"] {
        assert!(!run.stderr.contains(internal), "{what}: {}", run.stderr);
    }
    if run.code == 2 {
        assert!(run.stderr.contains("\nhint: "), "{what}: {}", run.stderr);
    }
}

fn kill_an_ingest(stage: &Stage, random: &mut Random) {
    fs::remove_dir_all(stage.path("index")).unwrap();
    let corpus = stage::corpus().to_string_lossy().into_owned();
    let command = ["index", corpus.as_str(), "--index", "index", "--commit-every", "0"];
    let mut child = { stage.command(&command) }.stderr(Stdio::null()).spawn().unwrap();
    while !stage.path("index/label.json").try_exists().unwrap() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_micros(random.below(400_000)));
    // SIGKILL on Unix; one that has ended already is no error.
    let _ = child.kill();
    child.wait().unwrap();
}

/// Damages one to three files; says how.
fn damage(stage: &Stage, random: &mut Random) -> String {
    let mut files: Vec<PathBuf> = vec![stage.path("index/label.json")];
    let below = fs::read_dir(stage.path("index/index")).unwrap();
    files.extend(below.map(|file| file.unwrap().path()));
    files.retain(|file| file.metadata().unwrap().len() > 0);
    files.sort();
    let mut done = Vec::new();
    for _ in 0..=random.below(3) {
        let file = &files[random.below(files.len() as u64) as usize];
        if file.try_exists().unwrap() {
            let name = file.file_name().unwrap().to_string_lossy();
            done.push(format!("{} of {name}", harm(file, random)));
        }
    }
    done.join(", ")
}

fn harm(file: &Path, random: &mut Random) -> String {
    let mut bytes = fs::read(file).unwrap();
    let at = random.below(bytes.len().max(1) as u64) as usize;
    let how = match random.below(6) {
        0 => {
            fs::remove_file(file).unwrap();
            return "the loss".to_owned();
        }
        1 => {
            bytes.truncate(at);
            "the end"
        }
        2 => {
            let end = bytes.len().min(at + 512);
            bytes[at..end].fill(0);
            "a block"
        }
        3 => {
            bytes.extend_from_slice(&[0xA5; 40]);
            "what is behind the end"
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
            "a bit"
        }
    };
    fs::write(file, bytes).unwrap();
    format!("{how} at {at}")
}

/// Where stories of one file are not all in the index, this file alone is read again.
#[test]
fn what_is_lost_of_one_file_is_read_again() {
    use onrecord::backend::LOCAL;

    let stage = Stage::new();
    stage.write_many("wire", 40);
    assert_eq!(stage.run(&["index", "wire"]).code, 0);
    let add = ["watchlist", "add", "ports", "port", "--index", "wire/.onrecord"];
    assert_eq!(stage.run(&add).code, 0);
    let place = stage.path("wire/.onrecord");
    let mut index = (LOCAL.write)(&place, 64 << 20).unwrap();
    let note = index.files().unwrap().into_iter().find(|note| note.file == "001/00001.txt");
    index.delete("001/00001.txt").unwrap();
    index.note(&note.unwrap()).unwrap();
    index.commit().unwrap();
    index.settle().unwrap();
    drop(index);
    let checked = stage.run(&["check", "--index", "wire/.onrecord"]);
    assert_eq!(checked.code, 2, "{}", checked.stdout);
    assert!(checked.stderr.contains("onrecord repair"), "{}", checked.stderr);
    let repaired = stage.run(&["repair", "--index", "wire/.onrecord"]);
    assert_eq!(repaired.code, 0, "{}", repaired.stderr);
    assert!(repaired.stderr.contains("1 story from 1 file"), "{}", repaired.stderr);
    assert_eq!(stories_in(&stage, "wire/.onrecord"), 40);
    let again = stage.run(&["repair", "--index", "wire/.onrecord"]);
    assert!(again.stderr.contains("nothing to repair"), "{}", again.stderr);
    let kept = stage.run(&["watchlist", "list", "--index", "wire/.onrecord"]);
    assert!(kept.stdout.contains("ports") || kept.stderr.contains("ports"), "{}", kept.stdout);
    assert_eq!(stage.run(&["index", "wire"]).stderr.matches("40 files unchanged").count(), 1);
}

#[test]
fn damaged_families_are_found_again_without_the_sources() {
    let stage = Stage::with_corpus();
    let before = stage.whole_answers();
    let families = || {
        let mut files =
            fs::read_dir(stage.path("index/index")).unwrap().map(|file| file.unwrap().path());
        let named = |path: &PathBuf| path.to_string_lossy().contains("family-");
        files.find(named).unwrap()
    };
    for command in
        [&["repair", "more", "--index", "index"][..], &["index", "more", "--index", "index"]]
    {
        for is_lost in [true, false] {
            let file = families();
            if is_lost {
                fs::remove_file(&file).unwrap()
            } else {
                fs::write(&file, "bent").unwrap()
            }
            assert_eq!(stage.run(&["search", "port", "--index", "index"]).code, 2);
            stage.write("more/a.txt", "");
            let run = stage.run(command);
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert!(!run.stderr.contains("made anew"), "{}", run.stderr);
            assert_eq!(stage.whole_answers(), before);
        }
    }
    assert_eq!(stage.run(&["check", "--index", "index"]).code, 0);
}

#[test]
fn a_label_that_is_no_text_is_damage() {
    let stage = Stage::with_corpus();
    fs::write(stage.path("index/label.json"), [0xFF, 0xFE]).unwrap();
    let searched = stage.run(&["search", "port", "--index", "index"]);
    assert!(searched.stderr.contains("the index is damaged"), "{}", searched.stderr);
    assert_eq!(on_corpus(&stage, "repair").code, 0);
    assert_eq!(stage.run(&["check", "--index", "index"]).code, 0);
}
