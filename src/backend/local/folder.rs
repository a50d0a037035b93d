//! Tantivy's folder of files, one that can be read where nothing can be written, that seals the files
//! which say what there is, and that remembers what the machine refused.
//!
//! A reader locks the list of segments while it opens them, so that a writer takes none of them away
//! meanwhile; for that it makes a file. On a disk that takes no files there is no writer either, and no
//! need for the lock.
//!
//! Tantivy puts a check behind every file but the two that are replaced at once, the list of segments
//! and the list of files: these end here in a line with a check of what stands before.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory,
    TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use super::trouble::innermost;
use super::unmapped::Unmapped;

/// The length of a seal: a line's end, BLAKE3 in hexadecimal, a line's end.
const SEAL: usize = 66;

/// A folder on this machine.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    at: PathBuf,
    files: MmapDirectory,
    met: Met,
    /// How a writer reads; a reader maps all files.
    unmapped: Option<Arc<Unmapped>>,
}

impl Folder {
    pub(super) fn open(at: &Path) -> Result<Self, OpenDirectoryError> {
        let files = MmapDirectory::open(at)?;
        Ok(Self { at: at.to_owned(), files, met: Met::default(), unmapped: None })
    }

    /// The same for who writes: what is read of it does not stay in memory.
    pub(super) fn for_writing(self) -> Self {
        Self { unmapped: Some(Arc::default()), ..self }
    }

    /// What will tell what was refused from here on.
    pub(super) fn met(&self) -> Met {
        self.met.clone()
    }

    /// Replaces a file at once, readable for whom the folder is: tantivy's own way leaves it to its
    /// owner alone.
    fn replace(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let path = self.at.join(path);
        let beside = path.with_extension("new");
        let mut file = File::create(&beside)?;
        file.write_all(content)?;
        file.sync_all()?;
        std::fs::rename(&beside, &path)?;
        self.files.sync_directory()
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if let Some(unmapped) = &self.unmapped
            && let Some(file) = unmapped.open(&self.at, path, &self.files)?
        {
            return Ok(file);
        }
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = self.files.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.met.note(io_error);
            }
        });
        Ok(BufWriter::new(Box::new(Heard { file: opened?, met: self.met.clone() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let mut bytes = self.files.atomic_read(path)?;
        let length = bytes.len().saturating_sub(SEAL);
        if bytes[length..] != seal(&bytes[..length]) {
            let broken = io::Error::new(ErrorKind::InvalidData, "it is not as it was written");
            return Err(OpenReadError::wrap_io_error(broken, path.to_owned()));
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let sealed = [data, &seal(data)].concat();
        self.replace(path, &sealed).inspect_err(|cause| self.met.note(cause))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(cause))
                if lock.filepath == META_LOCK.filepath && takes_no_files(&cause) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn seal(content: &[u8]) -> Vec<u8> {
    format!("\n{}\n", blake3::hash(content).to_hex()).into_bytes()
}

fn takes_no_files(cause: &io::Error) -> bool {
    use ErrorKind::{PermissionDenied, ReadOnlyFilesystem, StorageFull};
    matches!(cause.kind(), ReadOnlyFilesystem | PermissionDenied | StorageFull)
}

/// What the machine refused first; tantivy's threads tell nothing but that they ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Met(Arc<Mutex<Option<io::Error>>>);

impl Met {
    fn note(&self, cause: &io::Error) {
        let cause = innermost(cause);
        let copy = match cause.raw_os_error() {
            Some(number) => io::Error::from_raw_os_error(number),
            None => io::Error::new(cause.kind(), cause.to_string()),
        };
        if let Ok(mut met) = self.0.lock() {
            met.get_or_insert(copy);
        }
    }

    /// Gives it, once.
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.lock().ok()?.take()
    }
}

/// A file that is written, and whose refusals are remembered.
struct Heard {
    file: WritePtr,
    met: Met,
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).inspect_err(|cause| self.met.note(cause))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().inspect_err(|cause| self.met.note(cause))
    }
}

impl TerminatingWrite for Heard {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.file.terminate_ref(token).inspect_err(|cause| self.met.note(cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_not_as_it_was_written_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        let (name, list) = (Path::new("meta.json"), b"{\"segments\":[]}".as_slice());
        folder.atomic_write(name, list).unwrap();
        assert_eq!(folder.atomic_read(name).unwrap(), list);
        let path = home.path().join(name);
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bent = whole.clone();
            bent[at] ^= 1;
            std::fs::write(&path, &bent).unwrap();
            assert!(folder.atomic_read(name).is_err(), "bent at {at}");
            std::fs::write(&path, &whole[..at]).unwrap();
            assert!(folder.atomic_read(name).is_err(), "cut at {at}");
        }
    }
}
