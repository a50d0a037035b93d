//! What is taken between the parts of a large file.

use super::*;

/// Puts a file beside the large one that is read, and takes it, once.
struct Newcomer<'a> {
    archive: &'a Archive,
    asked: usize,
}

impl Meanwhile for Newcomer<'_> {
    fn is_any(&mut self) -> Result<bool> {
        self.asked += 1;
        Ok(self.asked == 1)
    }

    fn take(&mut self, index: &mut dyn Index) -> Result<()> {
        self.archive.put("late.txt", FERRY.as_bytes());
        let small = Request { small_only: true, ..request(self.archive) };
        index_as(Some(&TAKES), &small, index, &Silent, &AtomicBool::new(false), &mut Nothing)?;
        Ok(())
    }
}

/// A folder in one file is large here.
fn request(archive: &Archive) -> Request {
    Request { large: 10_000, ..archive.request() }
}

/// Of more members than go into a batch.
fn bundle() -> Archive {
    let mut members = tar::Builder::new(Vec::new());
    for number in 0..1200 {
        let text = format!("Letter {number}\nIt came in the morning.\n");
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        members.append_data(&mut header, format!("{number}.txt"), text.as_bytes()).unwrap();
    }
    let archive = Archive::new();
    archive.put("letters.tar", &members.into_inner().unwrap());
    archive
}

#[test]
fn what_comes_while_a_large_file_is_read_does_not_wait_for_its_end() {
    let archive = bundle();
    let mut memory = Memory::default();
    let mut newcomer = Newcomer { archive: &archive, asked: 0 };
    let stop = AtomicBool::new(false);
    let whole = request(&archive);
    let summary =
        index_as(Some(&TAKES), &whole, &mut memory, &Silent, &stop, &mut newcomer).unwrap();
    assert!(newcomer.asked > 1, "the bundle went through at once");
    assert_eq!((summary.files, summary.stories), (1, 1200));
    let at = |what: &str| memory.log.iter().position(|line| line == what).unwrap();
    let last_letter =
        memory.log.iter().rposition(|line| line.starts_with("add letters.tar")).unwrap();
    let order = [
        at("add letters.tar 0.txt Letter 0"),
        at("note letters.tar"),
        at("add late.txt  Ferry late"),
        last_letter,
    ];
    assert!(order.is_sorted(), "{order:?}");

    let mut undisturbed = Memory::default();
    ingest(&request(&archive), &mut undisturbed);
    assert_eq!(memory.notes, undisturbed.notes);
    assert!(memory.stories == undisturbed.stories);
}

#[test]
fn large_files_are_left_for_later_where_small_ones_are_asked_for() {
    let archive = bundle();
    archive.put("a.txt", TALKS.as_bytes());
    let mut memory = Memory::default();
    ingest(&request(&archive), &mut memory);
    archive.put("b.txt", FERRY.as_bytes());
    archive.put("letters.tar", b"changed".repeat(10_000).as_slice());
    let small = Request { small_only: true, ..request(&archive) };
    ingest(&small, &mut memory);
    assert_eq!(memory.log, ["add b.txt  Ferry late", "note b.txt", "commit"]);
    fs::remove_file(archive.path("letters.tar")).unwrap();
    fs::remove_file(archive.path("b.txt")).unwrap();
    ingest(&small, &mut memory);
    assert_eq!(memory.log, ["delete b.txt", "commit"]);
    ingest(&request(&archive), &mut memory);
    assert_eq!(memory.log, ["delete letters.tar", "commit"]);
}
