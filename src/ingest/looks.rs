//! Looks at folders one after the other: which files have changed since, and which of these are whole.
//!
//! A look compares names, sizes and times, so that it works on any file system, network disks too; it
//! opens nothing.

use std::path::PathBuf;
use std::time::SystemTime;

use rustc_hash::FxHashMap;

use super::Request;
use super::walk::{since_1970, walk};
use crate::error::Result;

/// How long a file must have rested to be taken for whole at the first look, in nanoseconds: no program
/// leaves one it is writing alone for so long.
const REST: i128 = 2_000_000_000;

/// A file's size and its time of modification.
type State = (u64, i128);

/// What is remembered of a folder between two looks.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    /// The files as they were at the last look.
    last: FxHashMap<PathBuf, State>,
    /// The files as they were when the index last took them.
    taken: FxHashMap<PathBuf, State>,
}

/// What a look told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Whether there is anything for an index to take: a new, changed or deleted file.
    pub any: bool,
    /// The files that are left for later: those that may still be being written, since they changed after
    /// the look before, and large ones where only small ones are asked for.
    pub unfinished: Vec<PathBuf>,
}

impl Looks {
    /// Looks at the files of a request.
    ///
    /// # Errors
    /// Where a path of the request is not there.
    pub fn look(&mut self, request: &Request) -> Result<Change> {
        let now = since_1970(SystemTime::now());
        let mut seen: FxHashMap<PathBuf, State> = FxHashMap::default();
        let mut change = Change::default();
        for found in walk(request)?.files {
            let state = (found.size, found.modified);
            if self.taken.get(&found.path) != Some(&state) {
                let rested = now - found.modified > REST && !self.last.contains_key(&found.path);
                let is_whole = rested || self.last.get(&found.path) == Some(&state);
                let is_wanted = !request.small_only || found.size < request.large;
                if is_whole && is_wanted {
                    change.any = true;
                } else {
                    change.unfinished.push(found.path.clone());
                }
            }
            seen.insert(found.path, state);
        }
        for (path, (size, _)) in self.taken.iter().filter(|(path, _)| !seen.contains_key(*path)) {
            if request.small_only && *size >= request.large {
                change.unfinished.push(path.clone());
            } else {
                change.any = true;
            }
        }
        self.last = seen;
        Ok(change)
    }

    /// Notes that the index has taken all that the last look saw, but what was not finished.
    pub fn taken(&mut self, change: &Change) {
        let earlier = std::mem::replace(&mut self.taken, self.last.clone());
        for path in &change.unfinished {
            match earlier.get(path) {
                Some(state) => self.taken.insert(path.clone(), *state),
                None => self.taken.remove(path),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::*;

    fn request(folder: &TempDir) -> Request {
        Request { paths: vec![folder.path().to_owned()], ..Request::default() }
    }

    fn set_age(path: &std::path::Path, seconds: u64) {
        let time = SystemTime::now() - Duration::from_secs(seconds);
        fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
    }

    #[test]
    fn a_file_is_taken_when_it_has_not_changed_between_two_looks() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().canonicalize().unwrap().join("a.txt");
        let mut looks = Looks::default();
        assert_eq!(looks.look(&request(&folder)).unwrap(), Change::default());
        for text in ["one", "one two", "one two three"] {
            fs::write(&file, text).unwrap();
            let change = looks.look(&request(&folder)).unwrap();
            assert_eq!(change, Change { any: false, unfinished: vec![file.clone()] });
        }
        let change = looks.look(&request(&folder)).unwrap();
        assert_eq!(change, Change { any: true, unfinished: Vec::new() });
        looks.taken(&change);
        assert_eq!(looks.look(&request(&folder)).unwrap(), Change::default());
        fs::remove_file(&file).unwrap();
        let change = looks.look(&request(&folder)).unwrap();
        assert!(change.any);
        looks.taken(&change);
        assert_eq!(looks.look(&request(&folder)).unwrap(), Change::default());
    }

    #[test]
    fn a_file_that_has_rested_is_taken_at_once_and_one_being_written_does_not_hold_it_up() {
        let folder = TempDir::new().unwrap();
        let (old, fresh) = (folder.path().join("old.txt"), folder.path().join("fresh.txt"));
        fs::write(&old, "old").unwrap();
        set_age(&old, 60);
        fs::write(&fresh, "fresh").unwrap();
        let mut looks = Looks::default();
        let change = looks.look(&request(&folder)).unwrap();
        assert!(change.any);
        assert_eq!(change.unfinished, [fresh.canonicalize().unwrap()]);
        looks.taken(&change);
        let change = looks.look(&request(&folder)).unwrap();
        assert_eq!(change, Change { any: true, unfinished: Vec::new() });
    }

    #[test]
    fn large_files_wait_where_small_ones_are_asked_for_gone_ones_too() {
        let folder = TempDir::new().unwrap();
        let large = folder.path().canonicalize().unwrap().join("large.txt");
        fs::write(&large, "more than ten bytes").unwrap();
        set_age(&large, 60);
        let whole = Request { large: 10, ..request(&folder) };
        let small = Request { small_only: true, ..whole.clone() };
        let mut looks = Looks::default();
        let waits = Change { any: false, unfinished: vec![large.clone()] };
        assert_eq!(looks.look(&small).unwrap(), waits);
        looks.taken(&waits);
        let change = looks.look(&whole).unwrap();
        assert!(change.any);
        looks.taken(&change);
        fs::remove_file(&large).unwrap();
        assert_eq!(looks.look(&small).unwrap(), waits);
        looks.taken(&waits);
        assert!(looks.look(&whole).unwrap().any);
    }

    #[test]
    fn a_folder_that_is_gone_is_an_error_and_nothing_is_forgotten() {
        let folder = TempDir::new().unwrap();
        let inner = folder.path().join("wires");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("a.txt"), "a").unwrap();
        set_age(&inner.join("a.txt"), 60);
        let request = Request { paths: vec![inner.clone()], ..Request::default() };
        let mut looks = Looks::default();
        let change = looks.look(&request).unwrap();
        looks.taken(&change);
        fs::rename(&inner, folder.path().join("away")).unwrap();
        assert!(looks.look(&request).is_err());
        fs::rename(folder.path().join("away"), &inner).unwrap();
        assert_eq!(looks.look(&request).unwrap(), Change::default());
    }
}
