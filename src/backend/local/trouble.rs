//! What goes wrong with an index, told so that its reader knows what is safe and what to do.

use std::fs;
use std::io::{ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::TantivyError;

use super::place;
use crate::error::{Error, Kind, Result};

/// How much is written to see whether the disk takes anything.
const PROBE: usize = 256 << 10;

/// Runs what reads the index's files; where tantivy panics over what it finds there, the index is
/// damaged.
pub(super) fn guarded<T>(place: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(place::damaged(place, "its files are not what was written")))
}

/// The error that one of tantivy's is to a reader.
pub(super) fn failed(place: &Path, cause: TantivyError) -> Error {
    match cause {
        TantivyError::IoError(cause) => refused(place, cause.kind(), cause.to_string()),
        // Which of its threads met what, tantivy does not tell: the disk does.
        TantivyError::ErrorInThread(message) => match probe(place) {
            Err(cause) => refused(place, cause.kind(), cause.to_string()),
            Ok(()) => refused(place, ErrorKind::Other, message),
        },
        TantivyError::InvalidArgument(message) => Error::new(Kind::Query, message),
        other => place::damaged(place, other),
    }
}

fn refused(place: &Path, kind: ErrorKind, cause: String) -> Error {
    let (what, then) = match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("the disk is full", "make room and run the same command again")
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            ("the index may not be written", "mend the rights, or name another place with --index")
        }
        _ => ("the index cannot be used", "run the same command again"),
    };
    Error::new(Kind::Io, what)
        .at(place.to_string_lossy())
        .because(std::io::Error::new(kind, cause))
        .hint(format!("what was committed is safe: {then}"))
}

/// Writes something beside the index and takes it away again.
fn probe(place: &Path) -> std::io::Result<()> {
    let path = place.join("probe.new");
    let written = fs::File::create(&path)
        .and_then(|mut file| file.write_all(&vec![0; PROBE]).and_then(|()| file.sync_all()));
    // It may not be there.
    let _ = fs::remove_file(&path);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_one_and_what_is_safe_is_said() {
        let full = std::io::Error::from(ErrorKind::StorageFull);
        let error = failed(Path::new("ix"), TantivyError::IoError(full.into()));
        assert!(error.to_string().contains("the disk is full"), "{error}");
        assert!(error.advice().contains("safe"), "{}", error.advice());
    }

    #[test]
    fn a_thread_that_ended_on_a_disk_with_room_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        let error = failed(folder.path(), TantivyError::ErrorInThread("killed".to_owned()));
        assert!(!error.to_string().contains("damaged"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
