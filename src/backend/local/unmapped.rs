//! Files of the index read piece by piece, for the program that writes.
//!
//! A merge reads all of its segments from their beginnings to their ends. Mapped, what was read stays in
//! the program's memory for as long as the system likes, and a limit on memory counts it; read into
//! windows it is the windows. What is asked for at once and larger than [`MOST_COPIED`], a segment's stored
//! stories as a merge takes them over, is mapped for as long as it is used.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use rustc_hash::FxHashMap;
use tantivy::HasLen;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, FileHandle, MmapDirectory, OwnedBytes};

/// How much is read at once where less is asked for, in bytes: neighbours are asked for next.
const WINDOW: usize = 32 << 10;
/// The most that is copied for one question, in bytes.
const MOST_COPIED: usize = 4 << 20;
/// How many files are kept open; the rest are mapped. Of 1,024, which is what most systems give, the
/// stories' own files and the segments being written need some, too.
const MOST_OPEN: usize = 256;

/// The files of a folder that are open.
#[derive(Debug, Default)]
pub(super) struct Unmapped {
    open: Mutex<FxHashMap<PathBuf, Weak<Windowed>>>,
}

impl Unmapped {
    /// Opens a file, once for all who read it at a time; none where as many are open as may be.
    pub(super) fn open(
        &self,
        at: &Path,
        path: &Path,
        files: &MmapDirectory,
    ) -> Result<Option<Arc<dyn FileHandle>>, OpenReadError> {
        let mut open = held(&self.open);
        if let Some(file) = open.get(path).and_then(Weak::upgrade) {
            return Ok(Some(file));
        }
        open.retain(|_, file| file.strong_count() > 0);
        if open.len() >= MOST_OPEN {
            return Ok(None);
        }
        let file = Windowed::open(&at.join(path), path, files).map_err(|cause| {
            if cause.kind() == io::ErrorKind::NotFound {
                OpenReadError::FileDoesNotExist(path.to_owned())
            } else {
                OpenReadError::wrap_io_error(cause, path.to_owned())
            }
        })?;
        let file = Arc::new(file);
        open.insert(path.to_owned(), Arc::downgrade(&file));
        Ok(Some(file))
    }
}

/// A file, with the part of it that was read last.
struct Windowed {
    path: PathBuf,
    files: MmapDirectory,
    len: usize,
    reading: Mutex<Reading>,
}

struct Reading {
    file: File,
    /// Where in the file the window begins.
    start: usize,
    window: Vec<u8>,
}

impl Windowed {
    fn open(whole: &Path, path: &Path, files: &MmapDirectory) -> io::Result<Self> {
        let file = File::open(whole)?;
        let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let reading = Mutex::new(Reading { file, start: 0, window: Vec::new() });
        Ok(Self { path: path.to_owned(), files: files.clone(), len, reading })
    }

    /// Maps the file for one question; not where a merge has taken it away meanwhile, and another keeps
    /// it open.
    fn mapped(&self, range: &Range<usize>) -> Option<OwnedBytes> {
        let file = self.files.get_file_handle(&self.path).ok()?;
        if file.len() == self.len { file.read_bytes(range.clone()).ok() } else { None }
    }
}

impl Reading {
    fn read(&mut self, range: Range<usize>, len: usize) -> io::Result<Vec<u8>> {
        if range.len() >= WINDOW {
            return self.exactly(range);
        }
        let end = self.start + self.window.len();
        if range.start < self.start || range.end > end {
            // What is behind is read along: nearly all reading goes forward.
            let read = range.start..len.min(range.start + WINDOW);
            self.window = self.exactly(read)?;
            self.start = range.start;
        }
        let at = range.start - self.start;
        Ok(self.window[at..at + range.len()].to_vec())
    }

    fn exactly(&mut self, range: Range<usize>) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        let mut bytes = vec![0; range.len()];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > MOST_COPIED
            && let Some(mapped) = self.mapped(&range)
        {
            return Ok(mapped);
        }
        if range.start > range.end || range.end > self.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(OwnedBytes::new(held(&self.reading).read(range, self.len)?))
    }
}

impl fmt::Debug for Windowed {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}, {} bytes", self.path.display(), self.len)
    }
}

/// What a lock guards. A thread that panicked while it held one left nothing half done: a window is
/// replaced at once.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: &str = "some.pos";

    fn folder(content: &[u8]) -> (tempfile::TempDir, MmapDirectory) {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(NAME), content).unwrap();
        let files = MmapDirectory::open(home.path()).unwrap();
        (home, files)
    }

    /// Bytes of which no stretch is as another.
    fn content(len: usize) -> Vec<u8> {
        (0..len as u32 / 4).flat_map(u32::to_le_bytes).collect()
    }

    fn open(home: &tempfile::TempDir, files: &MmapDirectory) -> Arc<dyn FileHandle> {
        Unmapped::default().open(home.path(), Path::new(NAME), files).unwrap().unwrap()
    }

    proptest! {
        #[test]
        fn what_is_asked_for_is_read(asked in prop::collection::vec((0usize..200_000, 0usize..90_000), 1..20)) {
            let content = content(200_000);
            let (home, files) = folder(&content);
            let file = open(&home, &files);
            for (start, len) in asked {
                let range = start..(start + len).min(content.len());
                let read = file.read_bytes(range.clone()).unwrap();
                prop_assert_eq!(read.as_slice(), &content[range]);
            }
        }
    }

    #[test]
    fn a_file_is_read_to_its_end_though_a_merge_has_taken_it_away() {
        let content = content(MOST_COPIED + WINDOW);
        let (home, files) = folder(&content);
        let file = open(&home, &files);
        assert_eq!(file.read_bytes(0..content.len()).unwrap().as_slice(), content);
        std::fs::remove_file(home.path().join(NAME)).unwrap();
        assert_eq!(file.read_bytes(0..content.len()).unwrap().as_slice(), content);
        assert_eq!(file.read_bytes(5..9).unwrap().as_slice(), &content[5..9]);
    }

    #[test]
    fn what_lies_behind_the_end_is_an_error() {
        let (home, files) = folder(b"few");
        let file = open(&home, &files);
        assert_eq!(file.len(), 3);
        assert!(file.read_bytes(0..4).is_err());
        assert!(file.read_bytes(2..WINDOW).is_err());
    }

    #[test]
    fn a_file_is_opened_once_and_only_so_many_at_a_time() {
        let home = tempfile::tempdir().unwrap();
        let files = MmapDirectory::open(home.path()).unwrap();
        let unmapped = Unmapped::default();
        let opened = |number: usize| {
            let name = format!("{number}.pos");
            std::fs::write(home.path().join(&name), b"few").unwrap();
            unmapped.open(home.path(), Path::new(&name), &files).unwrap()
        };
        let mut held: Vec<_> = (0..MOST_OPEN).map(|number| opened(number).unwrap()).collect();
        assert!(opened(MOST_OPEN).is_none());
        assert!(Arc::ptr_eq(&opened(0).unwrap(), &held[0]));
        held.clear();
        assert!(opened(MOST_OPEN).is_some());
    }
}
