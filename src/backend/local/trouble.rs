//! What goes wrong with an index, told so that its reader knows what is safe and what to do.

use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use super::place;
use crate::error::{Error, Kind, Result};

/// What to do about an index that cannot be used.
const MAKE_ANEW: &str = "the stories are safe: `onrecord repair PATH...`, with the folders that it is of, makes it anew";
/// What is wrong with files that cannot be understood.
const NOT_AS_WRITTEN: &str = "its files are not what was written";

/// The machine's numbers for too many open files, in a program and in all, on every Unix.
const OPEN_FILES: [i32; 2] = [24, 23];

/// How zstd's library begins to tell, in a panic and no other way, that it gets no memory.
const ZSTD_WITHOUT_MEMORY: &str = "zstd returned null pointer";

/// Runs what reads the index's files; where tantivy panics over what it finds there, the index is
/// damaged.
pub(super) fn guarded<T>(place: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let told = panic.downcast_ref::<String>().map_or("", String::as_str);
        Err(match told.starts_with(ZSTD_WITHOUT_MEMORY) {
            true => refused(place, &ErrorKind::OutOfMemory.into()),
            false => damaged(place, NOT_AS_WRITTEN),
        })
    })
}

/// The error that one of tantivy's is to a reader.
pub(super) fn failed(place: &Path, cause: TantivyError) -> Error {
    if let Some(cause) = machine(&cause) {
        return refused(place, cause);
    }
    match cause {
        TantivyError::OpenReadError(_) | TantivyError::OpenDirectoryError(_)
            if !place::is_index(place) =>
        {
            refused(place, &ErrorKind::NotFound.into())
        }
        TantivyError::InvalidArgument(message) => Error::new(Kind::Query, message),
        TantivyError::ErrorInThread(message) | TantivyError::SystemError(message) => {
            refused(place, &io::Error::other(message))
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            damaged(place, format!("its file {} is gone", file.display()))
        }
        TantivyError::OpenDirectoryError(_) => damaged(place, "its files are gone"),
        // The others are tantivy's own talk, for those who mend it.
        _ => damaged(place, NOT_AS_WRITTEN),
    }
}

/// The error of a thread that panicked.
pub(super) fn broken_off() -> TantivyError {
    TantivyError::ErrorInThread("it broke off".to_owned())
}

/// What the machine said, where it was the machine.
fn machine(cause: &TantivyError) -> Option<&io::Error> {
    let cause = match cause {
        TantivyError::IoError(cause)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: cause, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
            io_error: cause, ..
        })
        | TantivyError::LockFailure(LockError::IoError(cause), _) => innermost(cause),
        _ => return None,
    };
    // These are said of content that was read.
    let of_content = matches!(cause.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof);
    (!of_content).then_some(cause)
}

/// The machine's own error, below those that were made around it.
pub(super) fn innermost(cause: &io::Error) -> &io::Error {
    let below = cause.get_ref().and_then(|below| below.downcast_ref::<io::Error>());
    below.map_or(cause, innermost)
}

/// An error for files that are missing or not what was written.
pub(super) fn damaged(place: &Path, why: impl std::fmt::Display) -> Error {
    let error = Error::new(Kind::Index, "the index is damaged").at(place.to_string_lossy());
    error.because(why.to_string()).hint(MAKE_ANEW)
}

/// An error for an index that another version wrote.
pub(super) fn other_version(place: &Path) -> Error {
    Error::new(Kind::Index, "the index was written by another version of onrecord")
        .at(place.to_string_lossy())
        .hint(MAKE_ANEW)
}

/// An error for what the machine refuses.
pub(super) fn refused(place: &Path, cause: &io::Error) -> Error {
    let (what, then) = told(cause);
    Error::new(Kind::Io, what)
        .at(place.to_string_lossy())
        .because(cause.to_string())
        .hint(format!("what was committed is safe: {then}"))
}

/// What the machine refuses, and what to do.
fn told(cause: &io::Error) -> (&'static str, &'static str) {
    match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            ("the disk is full", "make room and run the same command again")
        }
        ErrorKind::ReadOnlyFilesystem => (
            "the index may not be written",
            "it can be searched; to write, mount its disk for writing, or name another place with --index",
        ),
        ErrorKind::PermissionDenied => (
            "no right to the index",
            "searching takes the right to read it, indexing the right to write it",
        ),
        ErrorKind::OutOfMemory => (
            "there is not enough memory",
            "close other programs, or raise the limit (`ulimit -v`), and run the same command again",
        ),
        ErrorKind::NotFound | ErrorKind::StaleNetworkFileHandle | ErrorKind::NotConnected => (
            "the index is not where it was",
            "if its disk is away, run the same command again when it is back",
        ),
        _ if cause.raw_os_error().is_some_and(|number| OPEN_FILES.contains(&number)) => (
            "too many files are open",
            "raise the limit (`ulimit -n 1024`) and run the same command again",
        ),
        _ => ("the index cannot be used", "run the same command again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: ErrorKind) -> Error {
        failed(Path::new("ix"), TantivyError::IoError(io::Error::from(kind).into()))
    }

    #[test]
    fn a_full_disk_is_called_one_and_what_is_safe_is_said() {
        let error = of(ErrorKind::StorageFull);
        assert!(error.to_string().contains("the disk is full"), "{error}");
        assert!(error.advice().contains("safe"), "{}", error.advice());
    }

    #[test]
    fn the_machines_own_error_is_found_below_others() {
        let wrapped = io::Error::other(io::Error::other(io::Error::from(ErrorKind::StorageFull)));
        let error = failed(Path::new("ix"), TantivyError::IoError(wrapped.into()));
        assert!(error.to_string().contains("the disk is full"), "{error}");
    }

    #[test]
    fn content_that_cannot_be_understood_is_damage_and_what_the_machine_refuses_is_not() {
        assert!(of(ErrorKind::InvalidData).to_string().contains("damaged"));
        assert!(of(ErrorKind::InvalidData).advice().contains("onrecord repair"));
        for kind in [ErrorKind::PermissionDenied, ErrorKind::OutOfMemory, ErrorKind::NotFound] {
            assert!(!of(kind).to_string().contains("damaged"), "{kind}");
        }
        let without = || panic!("{ZSTD_WITHOUT_MEMORY} when creating new context");
        let error = guarded::<()>(Path::new("ix"), without).unwrap_err();
        assert!(error.to_string().contains("not enough memory"), "{error}");
        let error = guarded::<()>(Path::new("ix"), || panic!("{}", 1)).unwrap_err();
        assert!(error.to_string().contains("damaged"), "{error}");
        let killed = failed(Path::new("ix"), TantivyError::ErrorInThread("killed".to_owned()));
        assert!(!killed.to_string().contains("damaged"));
    }
}
