//! Every kind of input that gives no story, or not all of them.

use super::*;

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
        fs::set_permissions(archive.path(name), fs::Permissions::from_mode(0o000)).unwrap();
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
