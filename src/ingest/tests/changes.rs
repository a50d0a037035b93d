//! What another run reads: only what changed.

use super::*;

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
    assert_eq!((summary.deleted, summary.moved, summary.files), (1, 1, 0));
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), ["c.txt"]);
    assert_eq!(memory.titles(), ["Ferry late"].into());
}

#[test]
fn a_moved_file_is_read_again_where_its_day_may_hang_on_its_path_or_time() {
    let day = |memory: &Memory| {
        let (_, record) = memory.stories.values().next().unwrap();
        record.story.published.unwrap().to_string()
    };
    let archive = Archive::with(&[("2020/03/04/a.txt", TALKS)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::create_dir_all(archive.path("2021/05/06")).unwrap();
    fs::rename(archive.path("2020/03/04/a.txt"), archive.path("2021/05/06/a.txt")).unwrap();
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.moved, summary.files), (0, 1));
    assert_eq!(day(&memory), "2021-05-06");
    fs::rename(archive.path("2021/05/06/a.txt"), archive.path("2021/05/06/b.txt")).unwrap();
    archive.age("2021/05/06/b.txt", 7200);
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.moved, summary.files), (0, 1));
    fs::rename(archive.path("2021/05/06/b.txt"), archive.path("2021/05/06/c.txt")).unwrap();
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.moved, summary.files, day(&memory).as_str()), (1, 0, "2021-05-06"));
    let (_, record) = memory.stories.values().next().unwrap();
    assert!(record.story.path.ends_with("2021/05/06/c.txt"));
}

#[test]
fn a_folder_that_was_emptied_is_kept_unless_its_files_are_elsewhere() {
    let archive =
        Archive::with(&[("new/a.txt", TALKS), ("new/b.txt", FERRY), ("c.txt", "C\nSea.\n")]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::create_dir_all(archive.path("2025/03/04")).unwrap();
    fs::rename(archive.path("new/a.txt"), archive.path("2025/03/04/a.txt")).unwrap();
    fs::rename(archive.path("new/b.txt"), archive.path("b.txt")).unwrap();
    // The day of a.txt may hang on its path, so that it is read again.
    let (summary, _) = archive.ingest(&mut memory);
    let told = (summary.files, summary.moved, summary.deleted, summary.away);
    assert_eq!(told, (1, 1, 1, 0));
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), ["2025/03/04/a.txt", "b.txt", "c.txt"]);
    fs::write(archive.path("2025/03/04/d.txt"), "D\nSea again.\n").unwrap();
    archive.ingest(&mut memory);
    for file in ["2025/03/04/a.txt", "2025/03/04/d.txt"] {
        fs::remove_file(archive.path(file)).unwrap();
    }
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.deleted, summary.away), (0, 2));
    assert_eq!(summary.away_from.as_deref(), Some("2025/03/04"));
    fs::remove_dir_all(archive.path("2025")).unwrap();
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.deleted, summary.away), (2, 0));
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), ["b.txt", "c.txt"]);
}

#[test]
fn a_file_that_was_alone_in_its_folder_is_dropped_with_the_folder_left() {
    let archive = Archive::with(&[("001/a.txt", TALKS), ("002/b.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::remove_file(archive.path("001/a.txt")).unwrap();
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.deleted, summary.away), (1, 0));
}

#[test]
fn files_that_are_read_in_another_way_leave_an_emptied_folder_too() {
    let archive = Archive::with(&[("new/a.txt", TALKS), ("b.txt", FERRY)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::rename(archive.path("new/a.txt"), archive.path("a.txt")).unwrap();
    let published = Some(jiff::civil::date(2025, 3, 4));
    let (summary, _) = ingest(&Request { published, ..archive.request() }, &mut memory);
    assert_eq!((summary.files, summary.deleted, summary.away), (1, 1, 0));
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), ["a.txt", "b.txt"]);
}

/// Moved and changed, a file is another file.
#[test]
fn a_moved_file_of_the_same_size_and_other_words_is_read() {
    let archive = Archive::with(&[("a.txt", TALKS)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::remove_file(archive.path("a.txt")).unwrap();
    archive.put("b.txt", TALKS.replace("end\n", "on!\n").as_bytes());
    let (summary, _) = archive.ingest(&mut memory);
    assert_eq!((summary.moved, summary.files, summary.deleted), (0, 1, 1));
    assert_eq!(memory.titles(), ["Talks on!"].into());
}

#[test]
fn a_gone_file_outside_the_given_paths_stays() {
    let archive = Archive::with(&[
        ("old/a.txt", TALKS),
        ("old/d.txt", FERRY),
        ("older/b.txt", TALKS),
        ("new/c.txt", FERRY),
    ]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    fs::remove_file(archive.path("old/a.txt")).unwrap();
    fs::remove_file(archive.path("older/b.txt")).unwrap();
    let request = Request { paths: vec![archive.path("old")], ..archive.request() };
    let (summary, _) = ingest(&request, &mut memory);
    assert_eq!((summary.deleted, summary.away), (1, 0));
    let stay = ["new/c.txt", "old/d.txt", "older/b.txt"];
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), stay);
    // A folder that was given and is empty may be that of a disk that is away.
    fs::remove_file(archive.path("old/d.txt")).unwrap();
    let (summary, _) = ingest(&request, &mut memory);
    assert_eq!((summary.deleted, summary.away), (0, 1));
    assert_eq!(memory.notes.keys().collect::<Vec<_>>(), stay);
}

#[test]
fn a_stop_commits_what_is_done_and_the_next_run_completes_it() {
    static STOP: AtomicBool = AtomicBool::new(false);
    let archive = mixed();
    let mut memory = Memory { stop_at: Some((3, &STOP)), ..Memory::default() };
    let request = Request { memory: 1 << 10, threads: 1, ..archive.request() };
    let summary =
        index_as(Some(&TAKES), &request, &mut memory, &Silent, &STOP, &mut Nothing).unwrap();
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
fn a_stop_inside_a_file_leaves_a_note_that_has_it_read_again() {
    static STOP: AtomicBool = AtomicBool::new(false);
    let archive = Archive::new();
    let stories = (0..30_000).map(|n| format!("Story {n}\nBody {n} of a long file\n%%\n"));
    archive.put("a.gz", &gz(stories.collect::<String>().as_bytes()));
    let found = walk(&archive.request()).unwrap().files;
    let mut memory = Memory::default();
    let manifest = Manifest::default();
    let known = Known { files: &found, manifest: &manifest };
    let (request, report) = (archive.request(), Report::create(None).unwrap());
    let mut nothing = Nothing;
    let mut desk = Desk::new(&mut memory, &request, known, &Silent, report, &mut nothing);
    let half = Story { title: "Half".to_owned(), ..Story::default() };
    desk.take(vec![Event::Begins(0), Event::Gave(made(&found[0], half))]).unwrap();
    assert!(desk.finish(true).unwrap().stopped);
    assert_eq!(memory.titles(), ["Half"].into());
    assert!(memory.notes["a.gz"].hash.is_empty());
    let summary =
        index_as(Some(&TAKES), &archive.request(), &mut memory, &Silent, &STOP, &mut Nothing)
            .unwrap();
    assert_eq!((summary.stories, memory.stories.len()), (30_000, 30_000));
    assert_eq!(memory.notes["a.gz"].outcome, Outcome::Stories(30_000));
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

#[cfg(unix)]
#[test]
fn a_changed_file_that_may_not_be_read_keeps_its_stories_for_now() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::with(&[("a.txt", TALKS)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    archive.put("a.txt", FERRY.as_bytes());
    let allow = |mode| {
        fs::set_permissions(archive.path("a.txt"), fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o000);
    if fs::File::open(archive.path("a.txt")).is_ok() {
        eprintln!("not tested: this user may read everything");
        return;
    }
    let (summary, reported) = archive.ingest(&mut memory);
    assert_eq!(reported.of("a.txt").reason, "no right to read it");
    assert_eq!(
        (&summary.skipped, memory.titles()),
        (&[(Cause::Unreadable, 1)].into(), ["Talks end"].into())
    );
    allow(0o600);
    archive.ingest(&mut memory);
    assert_eq!(memory.titles(), ["Ferry late"].into());
}

#[test]
fn a_file_that_vanishes_between_walk_and_opening_is_dropped() {
    let archive = Archive::with(&[("a.txt", TALKS)]);
    let mut memory = Memory::default();
    archive.ingest(&mut memory);
    archive.put("a.txt", FERRY.as_bytes());
    let walked = walk(&archive.request()).unwrap();
    fs::remove_file(archive.path("a.txt")).unwrap();
    let manifest = Manifest::new(memory.files().unwrap());
    let stop = AtomicBool::new(false);
    let report = Report::create(None).unwrap();
    let known = Known { files: &walked.files, manifest: &manifest };
    let (request, mut nothing) = (archive.request(), Nothing);
    let mut desk = Desk::new(&mut memory, &request, known, &Silent, report, &mut nothing);
    let make = |found: &Found, story, filed: &mut Made<Filed>| filed.extend(made(found, story));
    let work = work(&request, Some(&TAKES), &walked, &manifest, &stop, &make);
    batch::run(&work, &mut |events| desk.take(events)).unwrap();
    let summary = desk.finish(false).unwrap();
    assert_eq!(summary.skipped, [(Cause::Vanished, 1)].into());
    assert!(memory.stories.is_empty() && memory.notes.is_empty());
}

#[test]
fn a_container_whose_member_was_too_large_is_tried_again_under_another_limit() {
    let archive = Archive::new();
    archive.put("a.gz", &gz(TALKS.repeat(200).as_bytes()));
    let mut memory = Memory::default();
    let small = Request { max_file_size: 1000, ..archive.request() };
    assert_eq!(ingest(&small, &mut memory).0.skipped, [(Cause::TooLarge, 1)].into());
    assert_eq!(ingest(&small, &mut memory).0.skipped, [(Cause::TooLarge, 1)].into());
    assert_eq!(archive.ingest(&mut memory).0.files, 1);
    assert_eq!(archive.ingest(&mut memory).0.unchanged, 1);
}
