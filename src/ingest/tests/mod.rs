//! The whole of ingest, against an index in memory.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::contract::{
    CountRequest, HitSink, Likeness, Prepare, Prepared, Request as Asked, StorySink,
};
use crate::model::{
    Counted, Edition, Entry, Fault, Field, FileNote, Folding, Kin, Moment, Naming, Node, Outcome,
    Record, Scope, Share, StoryKey, Tally,
};

mod changes;
mod flow;
mod inputs;
mod meanwhile;

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
    fn preparing(&mut self) -> Result<Prepare> {
        Ok(Arc::new(|_, key, record| Prepared::new((key, record.clone()))))
    }

    fn put(&mut self, file: &str, story: Prepared) -> Result<()> {
        if self.refuses {
            return Err(Error::new(Kind::Io, "the disk is full"));
        }
        let (key, record): (StoryKey, Record) = story.into().unwrap();
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

    fn settle(&mut self) -> Result<()> {
        Ok(())
    }

    fn fold(&mut self, _: Folding) {}

    fn kin(&self, _: StoryKey) -> Result<Kin> {
        Ok(Kin::default())
    }

    fn folded(&self, _: &Node, _: Scope) -> Result<u64> {
        Ok(0)
    }

    fn hold_back(&mut self, _: Moment) {}

    fn each(&self, _: &Asked<'_>, _: &mut HitSink<'_>) -> Result<u64> {
        Ok(0)
    }

    fn rank(&self, _: &Asked<'_>) -> Result<u64> {
        Ok(0)
    }

    fn shares(&self, _: &Node, _: StoryKey) -> Result<Vec<Share>> {
        Ok(Vec::new())
    }

    fn stories_of(&self, file: &str) -> Result<Vec<Record>> {
        let of_file = self.stories.values().filter(|(from, _)| from == file);
        Ok(of_file.map(|(_, record)| record.clone()).collect())
    }

    fn story(&self, key: StoryKey) -> Result<Option<Record>> {
        Ok(self.stories.get(&key).map(|(_, record)| record.clone()))
    }

    fn count_by_day(&self, _: &CountRequest<'_>) -> Result<Counted> {
        Ok(Counted::default())
    }

    fn tally(&self, _: &Node, _: Scope, _: Field) -> Result<Vec<Tally>> {
        Ok(Vec::new())
    }

    fn word_counts(&self, words: &[String]) -> Result<(Vec<u64>, u64)> {
        Ok((vec![0; words.len()], 0))
    }

    fn editions(&self, _: &Node) -> Result<Vec<Edition>> {
        Ok(Vec::new())
    }

    fn namings(&self, _: Option<&[String]>) -> Result<Vec<Naming>> {
        Ok(Vec::new())
    }

    fn files(&self) -> Result<Vec<FileNote>> {
        Ok(self.notes.values().cloned().collect())
    }

    fn check(&self) -> Result<Vec<Fault>> {
        Ok(Vec::new())
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
const TAKES: Format = Format {
    name: "takes",
    doc: "stories for tests",
    signs: "anything",
    sniff: |_| Likeness::Certain,
    read: takes,
};

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
        index_as(Some(&TAKES), request, into, &reported, &AtomicBool::new(false), &mut Nothing)
            .unwrap();
    (summary, reported)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

const TALKS: &str = "Talks end\nThe talks in Varnholm ended on Monday.\n";
const FERRY: &str = "Ferry late\nThe ferry to the island was late again.\n";

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

/// What goes to the desk of a story.
fn made(found: &Found, story: Story) -> Made<Filed> {
    let prepare = Memory::default().preparing().unwrap();
    let mut made = Vec::new();
    Filing { prepare, today: jiff::civil::date(2025, 3, 18) }.file(found, story, &mut made);
    made
}
