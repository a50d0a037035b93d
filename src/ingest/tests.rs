//! The whole of ingest, against an index in memory.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::contract::{Likeness, Request as Asked, StorySink};
use crate::model::{
    Entry, Field, FileNote, Found as Hits, Node, Outcome, Record, Scope, StoryKey, Tally,
};

/// An index in memory, that keeps a log of what was done to it.
#[derive(Default)]
struct Memory {
    stories: BTreeMap<StoryKey, (String, Record)>,
    notes: BTreeMap<String, FileNote>,
    log: Vec<String>,
    /// Sets the flag at this story.
    stop_at: Option<(usize, &'static AtomicBool)>,
    refuses: bool,
}

impl Index for Memory {
    fn add(&mut self, file: &str, key: StoryKey, record: &Record) -> Result<()> {
        if self.refuses {
            return Err(Error::new(Kind::Io, "the disk is full"));
        }
        assert!(
            self.stories.insert(key, (file.to_owned(), record.clone())).is_none(),
            "{file} was added twice"
        );
        self.log.push(format!("add {file} {} {}", record.story.member, record.story.title));
        if let Some((at, flag)) = self.stop_at
            && self.stories.len() == at
        {
            flag.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn note(&mut self, note: &FileNote) -> Result<()> {
        self.log.push(format!("note {}", note.file));
        self.notes.insert(note.file.clone(), note.clone());
        Ok(())
    }

    fn delete(&mut self, file: &str) -> Result<()> {
        self.log.push(format!("delete {file}"));
        self.stories.retain(|_, (from, _)| from != file);
        self.notes.remove(file);
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        self.log.push("commit".to_owned());
        Ok(())
    }

    fn search(&self, _: &Asked<'_>) -> Result<Hits> {
        Ok(Hits::default())
    }

    fn story(&self, key: StoryKey) -> Result<Option<Record>> {
        Ok(self.stories.get(&key).map(|(_, record)| record.clone()))
    }

    fn tally(&self, _: &Node, _: Scope, _: Field) -> Result<Vec<Tally>> {
        Ok(Vec::new())
    }

    fn files(&self) -> Result<Vec<FileNote>> {
        Ok(self.notes.values().cloned().collect())
    }

    fn size(&self) -> Result<u64> {
        Ok(0)
    }
}

impl Memory {
    fn titles(&self) -> BTreeSet<&str> {
        self.stories.values().map(|(_, record)| record.story.title.as_str()).collect()
    }
}

/// A format for these tests only: stories are parted by a line `%%`, the first line of each is its
/// headline, and some headlines ask for trouble.
const TAKES: Format =
    Format { name: "takes", doc: "stories for tests", sniff: |_| Likeness::Certain, read: takes };

fn takes(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    if entry.bytes.contains(&0) {
        return Err(Error::new(Kind::Input, "binary, no text"));
    }
    for story in String::from_utf8_lossy(&entry.bytes).split("\n%%\n") {
        let (title, body) = story.split_once('\n').unwrap_or(("", story));
        assert!(title != "PANIC", "a fault on purpose");
        if title == "BAD" {
            sink(Err(Error::new(Kind::Input, "a bad record")));
        } else if !body.trim().is_empty() {
            let (title, body) = (title.to_owned(), body.to_owned());
            sink(Ok(Story { title, body, ..Story::default() }));
        }
    }
    Ok(())
}

/// Keeps what was reported.
#[derive(Default)]
struct Reported(RefCell<Vec<Problem>>);

impl Watcher for Reported {
    fn begin(&self, _: u64, _: u64) {}
    fn advance(&self, _: u64, _: u64) {}
    fn end(&self) {}
    fn trouble(&self, problem: &Problem) {
        self.0.borrow_mut().push(problem.clone());
    }
}

impl Reported {
    fn of(&self, file: &str) -> Problem {
        let all = self.0.borrow();
        let found = all.iter().find(|problem| problem.path == file);
        found.cloned().unwrap_or_else(|| panic!("{file} is not in {all:?}"))
    }
}

/// A folder of stories.
struct Archive(TempDir);

impl Archive {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(stories: &[(&str, &str)]) -> Self {
        let archive = Self::new();
        stories.iter().for_each(|(name, text)| archive.put(name, text.as_bytes()));
        archive
    }

    /// Writes a file that has rested for an hour.
    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        self.age(name, 3600);
    }

    fn age(&self, name: &str, seconds: u64) {
        let file = fs::File::options().append(true).open(self.path(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn request(&self) -> Request {
        Request {
            paths: vec![self.0.path().to_owned()],
            home: Some(self.0.path().to_owned()),
            threads: 2,
            ..Request::default()
        }
    }

    fn ingest(&self, into: &mut Memory) -> (Summary, Reported) {
        ingest(&self.request(), into)
    }
}

fn ingest(request: &Request, into: &mut Memory) -> (Summary, Reported) {
    let reported = Reported::default();
    into.log.clear();
    let summary =
        index_as(Some(&TAKES), request, into, &reported, &AtomicBool::new(false)).unwrap();
    (summary, reported)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

const TALKS: &str = "Talks end\nThe talks in Varnholm ended on Monday.\n";
const FERRY: &str = "Ferry late\nThe ferry to the island was late again.\n";

#[test]
fn every_story_is_added_and_every_file_noted() {
    let archive = Archive::with(&[("b/ferry.txt", FERRY), ("a.txt", TALKS)]);
    let mut memory = Memory::default();
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.files, summary.stories, summary.without_story()), (2, 2, 0));
    assert_eq!(summary.bytes, (TALKS.len() + FERRY.len()) as u64);
    assert_eq!(
        memory.log,
        [
            "add a.txt  Talks end",
            "note a.txt",
            "add b/ferry.txt  Ferry late",
            "note b/ferry.txt",
            "commit"
        ]
    );
    let note = &memory.notes["a.txt"];
    assert_eq!(note.outcome, Outcome::Stories(1));
    assert_eq!(note.hash, blake3::hash(TALKS.as_bytes()).to_hex().to_string());
    let (_, record) = &memory.stories[&key("b/ferry.txt", "", 0)];
    assert_eq!(record.story.path, "b/ferry.txt");
    assert!(record.story.published.is_some());
}

#[test]
fn a_second_run_over_the_same_files_does_nothing() {
    let archive = Archive::with(&[("a.txt", TALKS), ("b.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.files, summary.unchanged, summary.bytes), (0, 2, 0));
    assert!(memory.log.is_empty(), "{:?}", memory.log);
}

#[test]
fn a_changed_file_is_read_again_and_its_old_stories_go() {
    let archive = Archive::with(&[("a.txt", TALKS), ("b.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    archive.put("a.txt", b"Talks resume\nThe talks go on after all, it was said.\n");
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.files, summary.unchanged), (1, 1));
    assert_eq!(memory.titles(), ["Ferry late", "Talks resume"].into());
    assert_eq!(memory.log, ["delete a.txt", "add a.txt  Talks resume", "note a.txt", "commit"]);
}

#[test]
fn a_change_of_the_same_size_within_the_same_tick_is_seen() {
    let archive = Archive::with(&[("a.txt", TALKS)]);
    let now = SystemTime::now();
    let set =
        || fs::File::options().append(true).open(archive.path("a.txt")).unwrap().set_modified(now);
    set().unwrap();
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::write(archive.path("a.txt"), TALKS.replace("end\n", "on!\n")).unwrap();
    set().unwrap();
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.files, memory.titles()), (1, ["Talks on!"].into()));
}

#[test]
fn a_file_that_was_only_touched_is_not_parsed_again() {
    let archive = Archive::with(&[("a.txt", TALKS)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    archive.age("a.txt", 1800);
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.files, summary.unchanged), (0, 1));
    assert_eq!(memory.log, ["note a.txt", "commit"]);
    archive.ingest(&mut memory);
    assert!(memory.log.is_empty());
}

#[test]
fn a_deleted_file_is_dropped_and_a_renamed_one_follows() {
    let archive = Archive::with(&[("a.txt", TALKS), ("b.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::remove_file(archive.path("a.txt")).unwrap();
    fs::rename(archive.path("b.txt"), archive.path("c.txt")).unwrap();
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.deleted, summary.files), (2, 1));
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), ["c.txt"]);
    assert_eq!(memory.titles(), ["Ferry late"].into());
}

#[test]
fn a_gone_file_outside_the_given_paths_stays() {
    let archive =
        Archive::with(&[("old/a.txt", TALKS), ("older/b.txt", TALKS), ("new/c.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::remove_file(archive.path("old/a.txt")).unwrap();
    fs::remove_file(archive.path("older/b.txt")).unwrap();
    let request = Request { paths: vec![archive.path("old")], ..archive.request() };
    let (summary, _) = ingest(&request, &mut memory);
    assert_eq!(summary.deleted, 1);
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), ["new/c.txt", "older/b.txt"]);
}

#[test]
fn overlapping_paths_read_each_file_once() {
    let archive = Archive::with(&[("x/a.txt", TALKS)]);
    let request = Request {
        paths: vec![
            archive.path("x"),
            archive.path("x/a.txt"),
            archive.path("x/../x"),
            archive.path(""),
        ],
        ..archive.request()
    };
    let (summary, _) = ingest(&request, &mut Memory::default());
    assert_eq!((summary.files, summary.stories), (1, 1));
}

#[test]
fn hidden_files_are_named_and_the_index_is_not() {
    let archive = Archive::with(&[
        (".draft.txt", TALKS),
        (".desk/b.txt", TALKS),
        (".onrecord/c.txt", TALKS),
        ("d.txt", FERRY),
    ]);
    let (summary, reported) = archive.ingest(&mut Memory::default());
    assert_eq!((summary.files, &summary.skipped), (1, &[(Cause::Hidden, 2)].into()));
    assert!(reported.of(".desk").hint.contains("--hidden"));
    let request = Request { hidden: true, ..archive.request() };
    assert_eq!(ingest(&request, &mut Memory::default()).0.files, 3);
}

#[test]
fn each_file_that_gives_no_story_has_its_own_reason() {
    let archive = Archive::with(&[
        ("empty.txt", ""),
        ("binary.dat", "\0\0\0\u{1}"),
        ("large.txt", &"Large\nvery large indeed\n".repeat(200)),
        ("blank.txt", " \n \n"),
        ("ok.txt", FERRY),
    ]);
    let request = Request { max_file_size: 4000, ..archive.request() };
    let mut memory = Memory::default();
    let (summary, reported) = ingest(&request, &mut memory);
    assert_eq!(summary.files, 1);
    assert_eq!(
        summary.skipped,
        [(Cause::Empty, 1), (Cause::TooLarge, 1), (Cause::Binary, 1), (Cause::NoStory, 1)].into()
    );
    assert_eq!(reported.of("empty.txt").to_string(), "empty.txt: empty");
    assert_eq!(reported.of("large.txt").reason, "larger than the limit of 4.0 kB");
    assert!(reported.of("large.txt").hint.contains("--max-file-size"));
    assert_eq!(reported.of("blank.txt").kind, Cause::NoStory);
    assert!(reported.of("binary.dat").reason.contains("binary"));

    let (again, reported) = ingest(&request, &mut memory);
    assert_eq!((again.unchanged, &again.skipped), (1, &summary.skipped));
    assert_eq!(reported.of("blank.txt").kind, Cause::NoStory);
    let (raised, _) = ingest(&archive.request(), &mut memory);
    assert_eq!(raised.files, 1, "the limit was raised");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_unless_asked_and_loops_end() {
    use std::os::unix::fs::symlink;
    let archive = Archive::with(&[("in/a.txt", TALKS)]);
    let outside = Archive::with(&[("b.txt", FERRY)]);
    symlink(outside.path("b.txt"), archive.path("in/link.txt")).unwrap();
    symlink(archive.path("in"), archive.path("in/loop")).unwrap();
    symlink(archive.path("nowhere"), archive.path("in/dangling")).unwrap();
    symlink(archive.path("in/a.txt"), archive.path("in/twice.txt")).unwrap();
    let (summary, reported) = archive.ingest(&mut Memory::default());
    assert_eq!((summary.files, &summary.skipped), (1, &[(Cause::Link, 4)].into()));
    assert!(reported.of("in/link.txt").hint.contains("--follow-links"));

    let request = Request { follow_links: true, ..archive.request() };
    let (summary, reported) = ingest(&request, &mut Memory::default());
    assert_eq!(summary.files, 2, "the link to a file that was met gives none");
    assert_eq!(reported.of("in/loop").kind, Cause::Loop);
    assert_eq!(reported.of("in/dangling").reason, "a link that leads nowhere");
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_never_opened() {
    let archive = Archive::with(&[("a.txt", TALKS)]);
    let _socket = std::os::unix::net::UnixListener::bind(archive.path("s")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(archive.path("p")).status();
    let (summary, reported) = archive.ingest(&mut Memory::default());
    assert_eq!(reported.of("s").reason, "a socket, not a file");
    assert_eq!(summary.files, 1);
    if pipe.is_ok_and(|status| status.success()) {
        assert_eq!(reported.of("p").reason, "a pipe, not a file");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named_and_keeps_its_stories() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::with(&[("a.txt", TALKS), ("b/c.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    for name in ["a.txt", "b"] {
        fs::set_permissions(archive.path(name), fs::Permissions::from_mode(0)).unwrap();
    }
    if fs::File::open(archive.path("a.txt")).is_ok() {
        eprintln!("not tested: this user may read everything");
        return;
    }
    let (summary, reported) = archive.ingest(&mut memory);
    fs::set_permissions(archive.path("b"), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(reported.of("b").kind, Cause::Unreadable);
    assert_eq!((summary.deleted, memory.stories.len()), (0, 2));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_unicode_stay_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::new();
    for name in [b"caf\xE9.txt", b"caf\xE8.txt"] {
        fs::write(archive.0.path().join(OsStr::from_bytes(name)), TALKS).unwrap();
    }
    let mut memory = Memory::default();
    assert_eq!(archive.ingest(&mut memory).0.files, 2);
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), ["caf\\xE8.txt", "caf\\xE9.txt"]);
    assert_eq!(archive.ingest(&mut memory).0.deleted, 0);
}

#[test]
fn a_path_that_does_not_exist_is_an_error_that_names_it() {
    let archive = Archive::new();
    let request = Request { paths: vec![archive.path("wire")], ..archive.request() };
    let error =
        index(&request, &mut Memory::default(), &Silent, &AtomicBool::new(false)).unwrap_err();
    assert_eq!(error.kind(), Kind::Usage);
    assert!(error.to_string().ends_with("wire: no such file or folder"), "{error}");
}

#[test]
fn without_a_home_files_are_whole_paths_and_stories_show_them_below_the_folder() {
    let archive = Archive::with(&[("x/a.txt", TALKS)]);
    let request = Request { home: None, ..archive.request() };
    let mut memory = Memory::default();
    ingest(&request, &mut memory);
    let file = memory.notes.keys().next().unwrap();
    assert!(Path::new(file).is_absolute() && file.ends_with("/x/a.txt"));
    assert_eq!(memory.stories[&key(file, "", 0)].1.story.path, "x/a.txt");
    let alone = Request { paths: vec![archive.path("x/a.txt")], ..request };
    let mut stories = Vec::new();
    parse_as(Some(&TAKES), &alone, &AtomicBool::new(false), &mut |story| {
        stories.push(story.unwrap().path);
        Ok(())
    })
    .unwrap();
    assert_eq!(stories, ["a.txt"]);
}

#[test]
fn gzip_is_opened_and_nested_only_so_deep() {
    let archive = Archive::new();
    let mut bytes = TALKS.as_bytes().to_vec();
    for depth in 1..=5 {
        bytes = gz(&bytes);
        archive.put(&format!("{depth}.gz"), &bytes);
    }
    let mut memory = Memory::default();
    let (summary, reported) = archive.ingest(&mut memory);
    assert_eq!((summary.files, &summary.skipped), (4, &[(Cause::Damaged, 1)].into()));
    assert_eq!(reported.of("5.gz").reason, "gzip more than 4 containers deep");
    assert_eq!(memory.notes["1.gz"].hash, blake3::hash(&gz(TALKS.as_bytes())).to_hex().to_string());
}

#[test]
fn a_broken_gzip_gives_what_stands_before_the_break_and_a_problem() {
    let text =
        (0..400).map(|n| format!("Story {n}\nÜber {n} {}\n%%\n", n * 7919)).collect::<String>();
    let bytes = gz(text.as_bytes());
    let archive = Archive::new();
    archive.put("cut.gz", &bytes[..bytes.len() / 2]);
    let mut bent = bytes.clone();
    bent.truncate(bytes.len() - 8);
    bent.extend([0; 8]);
    archive.put("sum.gz", &bent);
    archive.put("head.gz", &[0x1F, 0x8B, 8, 0, 0]);
    archive.put("tail.gz", &[bytes.as_slice(), b"garbage behind"].concat());
    let mut memory = Memory::default();
    let (summary, reported) = archive.ingest(&mut memory);
    assert_eq!((summary.files, summary.parts), (3, 3));
    assert!(reported.of("cut.gz").reason.starts_with("damaged: breaks off at byte "));
    assert!(
        reported.of("sum.gz").reason.starts_with("damaged at byte "),
        "{:?}",
        reported.of("sum.gz")
    );
    assert_eq!(reported.of("head.gz").kind, Cause::Damaged);
    let from = |name: &str| memory.stories.values().filter(|(file, _)| file == name).count();
    assert!(from("cut.gz") > 100 && from("cut.gz") < 400);
    assert_eq!((from("sum.gz"), from("tail.gz")), (400, 400));
}

#[test]
fn a_bomb_is_refused_and_a_large_member_named() {
    let archive = Archive::new();
    archive.put("bomb.gz", &gz(&vec![b'a'; 50 << 20]));
    archive.put("nested.gz", &gz(&gz(&vec![b'a'; 50 << 20])));
    archive.put("large.gz", &gz("Long\nstory\n".repeat(2000).as_bytes()));
    let request = Request { max_file_size: 10_000, ..archive.request() };
    let (summary, reported) = ingest(&request, &mut Memory::default());
    assert_eq!(reported.of("large.gz").kind, Cause::TooLarge);
    assert_eq!(summary.files, 0);
    let (summary, reported) = archive.ingest(&mut Memory::default());
    assert_eq!(summary.skipped, [(Cause::Damaged, 2)].into());
    assert!(reported.of("bomb.gz").reason.contains("250 times"));
    assert!(reported.of("nested.gz").reason.contains("250 times"));
    assert_eq!(reported.0.borrow().len(), 2);
}

#[test]
fn a_bad_record_costs_its_neighbours_nothing_and_a_fault_is_named() {
    let archive = Archive::with(&[
        ("a.txt", &format!("{TALKS}\n%%\nBAD\nxx\n%%\n{FERRY}")),
        ("b.txt", "PANIC\nnow\n"),
        ("c.txt", FERRY),
    ]);
    let report = archive.path("../report.jsonl");
    let report = report.parent().unwrap().join(format!("{}.jsonl", std::process::id()));
    let request = Request { report: Some(report.clone()), ..archive.request() };
    let (summary, _) = ingest(&request, &mut Memory::default());
    assert_eq!((summary.files, summary.stories, summary.parts), (2, 3, 1));
    assert_eq!(summary.skipped, [(Cause::Crash, 1)].into());
    let lines = fs::read_to_string(&report).unwrap();
    fs::remove_file(&report).unwrap();
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["path"], &lines[0]["reason"]), (&"a.txt".into(), &"a bad record".into()));
    assert_eq!((&lines[1]["path"], &lines[1]["kind"]), (&"b.txt".into(), &"crash".into()));
}

/// Five hundred files of every size, some of them containers of many stories.
fn mixed() -> Archive {
    let archive = Archive::new();
    for number in 0..500_usize {
        let text =
            format!("Story {number}\n{}\n", "Words of the day. ".repeat(number * number % 997));
        match number % 50 {
            7 => archive
                .put(&format!("{number}.gz"), &gz(format!("{text}%%\n").repeat(9).as_bytes())),
            _ => archive.put(&format!("{}/{number}.txt", number % 7), text.as_bytes()),
        }
    }
    archive
}

#[test]
fn the_number_of_threads_and_the_memory_change_nothing() {
    let archive = mixed();
    let logs: Vec<_> = [(1, 512 << 20), (4, 512 << 20), (3, 1 << 10)]
        .map(|(threads, memory)| {
            let mut memory_index = Memory::default();
            let request = Request { threads, memory, ..archive.request() };
            ingest(&request, &mut memory_index);
            memory_index.log
        })
        .into();
    assert!(logs[0].len() > 1000);
    assert!(logs[0] == logs[1] && logs[0] == logs[2]);
}

#[test]
fn a_stop_commits_what_is_done_and_the_next_run_completes_it() {
    static STOP: AtomicBool = AtomicBool::new(false);
    let archive = mixed();
    let mut memory = Memory { stop_at: Some((3, &STOP)), ..Memory::default() };
    let request = Request { memory: 1 << 10, threads: 1, ..archive.request() };
    let summary = index_as(Some(&TAKES), &request, &mut memory, &Silent, &STOP).unwrap();
    assert!(summary.stopped && summary.files < 490, "{summary}");
    assert_eq!(memory.log.last().map(String::as_str), Some("commit"));
    memory.stop_at = None;
    let (rest, _) = archive.ingest(&mut memory);
    assert!(!rest.stopped);
    let mut whole = Memory::default();
    archive.ingest(&mut whole);
    assert_eq!(memory.stories, whole.stories);
    assert_eq!(memory.notes, whole.notes);
}

#[test]
fn an_index_that_refuses_ends_the_ingest_with_its_error() {
    let archive = mixed();
    let mut memory = Memory { refuses: true, ..Memory::default() };
    let error =
        index_as(Some(&TAKES), &archive.request(), &mut memory, &Silent, &AtomicBool::new(false));
    assert_eq!(error.unwrap_err().message(), "the disk is full");
}

#[test]
fn parse_gives_every_story_in_order_and_every_problem() {
    let archive =
        Archive::with(&[("a.txt", TALKS), ("b.txt", "BAD\nxx"), ("c.txt", FERRY), ("d", " ")]);
    let mut seen = Vec::new();
    parse_as(Some(&TAKES), &archive.request(), &AtomicBool::new(false), &mut |story| {
        seen.push(story.map_or_else(|problem| problem.to_string(), |story| story.title));
        Ok(())
    })
    .unwrap();
    assert_eq!(seen, ["Talks end", "b.txt: a bad record", "Ferry late", "d: no story in it"]);
}

#[test]
fn a_stop_inside_a_file_leaves_a_note_that_has_it_read_again() {
    static STOP: AtomicBool = AtomicBool::new(false);
    let archive = Archive::new();
    let stories = (0..30_000).map(|n| format!("Story {n}\nBody {n} of a long file\n%%\n"));
    archive.put("a.gz", &gz(stories.collect::<String>().as_bytes()));
    let found = walk(&archive.request()).unwrap().files;
    let mut memory = Memory::default();
    let manifest = Manifest::default();
    let mut desk =
        Desk::new(&mut memory, &found, &manifest, &Silent, Report::create(None).unwrap());
    let record = Record {
        story: Story { title: "Half".to_owned(), ..Story::default() },
        ..Record::default()
    };
    desk.take(vec![Event::Begins(0), Event::Gave(vec![Ok(record)])]).unwrap();
    assert!(desk.finish(true).unwrap().stopped);
    assert_eq!(memory.titles(), ["Half"].into());
    assert!(memory.notes["a.gz"].hash.is_empty());
    let summary = index_as(Some(&TAKES), &archive.request(), &mut memory, &Silent, &STOP).unwrap();
    assert_eq!((summary.stories, memory.stories.len()), (30_000, 30_000));
    assert_eq!(memory.notes["a.gz"].outcome, Outcome::Stories(30_000));
}

#[test]
fn the_index_and_the_report_are_passed_over_wherever_they_lie() {
    let archive = Archive::with(&[("index/meta.json", "{}"), ("a.txt", TALKS)]);
    let request = Request {
        own: vec![archive.path("index")],
        report: Some(archive.path("report.jsonl")),
        ..archive.request()
    };
    let mut memory = Memory::default();
    ingest(&request, &mut memory);
    let (summary, reported) = ingest(&request, &mut memory);
    assert_eq!((summary.unchanged, summary.files), (1, 0));
    assert!(archive.path("report.jsonl").is_file() && reported.0.borrow().is_empty());
}

#[test]
fn a_file_with_a_time_to_come_is_compared_but_not_written_again() {
    let archive = Archive::with(&[("a.txt", TALKS)]);
    let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
    let file = fs::File::options().append(true).open(archive.path("a.txt")).unwrap();
    file.set_modified(tomorrow).unwrap();
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.unchanged, memory.log.len()), (1, 0));
}

#[test]
fn a_file_that_became_a_link_or_was_emptied_loses_its_stories() {
    let archive = Archive::with(&[("a.txt", TALKS), ("b.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    archive.put("a.txt", b"");
    fs::remove_file(archive.path("b.txt")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/nowhere", archive.path("b.txt")).unwrap();
    archive.ingest(&mut memory);
    assert!(memory.stories.is_empty() && memory.notes.is_empty());
}

/// Counts what the watcher is told.
#[derive(Default)]
struct Counted(RefCell<[u64; 4]>);

impl Watcher for Counted {
    fn begin(&self, files: u64, bytes: u64) {
        self.0.borrow_mut()[..2].copy_from_slice(&[files, bytes]);
    }

    fn advance(&self, files: u64, bytes: u64) {
        let mut told = self.0.borrow_mut();
        told[2] += files;
        told[3] += bytes;
    }

    fn end(&self) {}
}

#[test]
fn the_watcher_hears_of_every_file_and_byte_once() {
    let archive = mixed();
    let mut memory = Memory::default();
    for _ in 0..2 {
        let counted = Counted::default();
        let summary = index_as(
            Some(&TAKES),
            &archive.request(),
            &mut memory,
            &counted,
            &AtomicBool::new(false),
        )
        .unwrap();
        let [files, bytes, done, read] = *counted.0.borrow();
        assert_eq!((files, bytes), (done, read));
        assert_eq!(files, summary.files + summary.unchanged + summary.without_story());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bent_gzip_is_accounted_for(
        cut in 0_usize..400,
        bends in prop::collection::vec((0_usize..400, any::<u8>()), 0..6),
    ) {
        let text = (0..60).map(|n| format!("Story {n}\nÜber {}\n%%\n", n * 7919));
        let mut bytes = gz(&gz(text.collect::<String>().as_bytes()));
        bytes.truncate(bytes.len().saturating_sub(cut));
        for (at, byte) in bends {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let archive = Archive::new();
        archive.put("bent.gz", &bytes);
        let (summary, _) = archive.ingest(&mut Memory::default());
        prop_assert_eq!(summary.files + summary.without_story(), 1);
    }
}
