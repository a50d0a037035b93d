//! What flows, in which order, and who hears of it.

use super::*;
use crate::ingest::manifest::Seen;

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
fn an_index_that_refuses_ends_the_ingest_with_its_error() {
    let archive = mixed();
    let mut memory = Memory { refuses: true, ..Memory::default() };
    let error = index_as(
        Some(&TAKES),
        &archive.request(),
        &mut memory,
        &Silent,
        &AtomicBool::new(false),
        &mut Nothing,
    );
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
            &mut Nothing,
        )
        .unwrap();
        let [files, bytes, done, read] = *counted.0.borrow();
        assert_eq!((files, bytes), (done, read));
        assert_eq!(files, summary.files + summary.unchanged + summary.without_story());
    }
}

#[test]
fn large_files_are_read_last_and_the_others_in_their_order() {
    let archive = Archive::with(&[("a", FERRY), ("b", TALKS), ("c", FERRY), ("d", TALKS)]);
    let request = Request { large: FERRY.len() as u64, ..archive.request() };
    let mut memory = Memory::default();
    assert!(TALKS.len() < FERRY.len());
    ingest(&request, &mut memory);
    let read = memory.log.iter().filter_map(|line| line.strip_prefix("note "));
    assert_eq!(read.collect::<Vec<_>>(), ["b", "d", "a", "c"]);
}

#[test]
fn what_was_read_before_a_large_file_is_committed_before_it() {
    let found = |file: &str, size| Found { file: file.to_owned(), size, ..Found::default() };
    let files = [found("a", 1), found("b", 2)];
    let (mut memory, manifest) = (Memory::default(), Manifest::default());
    let report = Report::create(None).unwrap();
    let request = Request { large: 2, commit_bytes: u64::MAX, ..Request::default() };
    let known = Known { files: &files, manifest: &manifest };
    let mut meanwhile = Nothing;
    let mut desk = Desk::new(&mut memory, &request, known, &Silent, report, &mut meanwhile);
    let story = |file: usize| Event::Gave(made(&files[file], Story::default()));
    let small = [Event::Begins(0), story(0), Event::Ends(Seen::in_part(1))];
    desk.take(small.into_iter().chain([Event::Begins(1), story(1)]).collect()).unwrap();
    drop(desk);
    let commits: Vec<usize> =
        (0..memory.log.len()).filter(|at| memory.log[*at] == "commit").collect();
    assert_eq!((commits, memory.log.len()), (vec![2], 4), "{:?}", memory.log);
}

#[test]
fn a_story_that_cannot_be_made_ready_costs_itself_alone() {
    let prepare: Prepare = Arc::new(|_, key, record: &Record| {
        assert_ne!(record.story.title, "Bad");
        Prepared::new((key, record.clone()))
    });
    let filing = Filing { prepare, today: jiff::civil::date(2025, 3, 18) };
    let mut made = Vec::new();
    for title in ["Good", "Bad", "Better"] {
        let story = Story { title: title.to_owned(), ..Story::default() };
        filing.file(&Found::default(), story, &mut made);
    }
    let [Ok(_), Err(problem), Ok(_)] = made.as_slice() else { panic!("{}", made.len()) };
    assert_eq!(problem.kind, Cause::Crash);
    assert!(problem.reason.contains("making it ready"), "{}", problem.reason);
}
