//! How long a query takes from the start of a process to its end, its page of passages written.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::process::program;
use crate::error::{Error, Kind, Result};

/// How often each query is asked of a fresh process.
const ASKED: usize = 11;
/// How often with nothing of the disk in memory, which takes long.
const ASKED_COLD: usize = 5;
/// Where Linux is told to forget what it holds of the disk.
const CACHES: &str = "/proc/sys/vm/drop_caches";

/// A search as it is typed.
pub(super) struct Search<'a> {
    pub(super) place: &'a Path,
    pub(super) query: &'a str,
    pub(super) flags: &'a [&'a str],
}

impl Search<'_> {
    /// The time of each of some fresh processes.
    pub(super) fn fresh(&self) -> Result<Vec<Duration>> {
        (0..ASKED).map(|_| self.once()).collect()
    }

    /// The same, with nothing of the disk in memory.
    pub(super) fn cold(&self) -> Result<Vec<Duration>> {
        let asked = |_| {
            forget_disk()?;
            self.once()
        };
        (0..ASKED_COLD).map(asked).collect()
    }

    fn once(&self) -> Result<Duration> {
        let mut search = Command::new(program()?);
        search.args(["search", "--color", "always", "--index"]).arg(self.place).args(self.flags);
        search.args(["--", self.query]);
        let started = Instant::now();
        let ended =
            search.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let took = started.elapsed();
        let failed = || Error::new(Kind::Index, "a search in a process of its own failed");
        match ended.map_err(|cause| failed().because(cause))?.code() {
            // Nothing found is an answer, too.
            Some(0 | 1) => Ok(took),
            _ => Err(failed().hint(format!("see what `onrecord search '{}'` says", self.query))),
        }
    }
}

/// Has the system forget what it holds of the disk.
pub(super) fn forget_disk() -> Result<()> {
    // Pages, and the names of files.
    fs::write(CACHES, "3\n").map_err(|cause| {
        Error::io(Path::new(CACHES), "what is held of the disk cannot be dropped", cause)
            .hint("only the administrator of a Linux machine may")
    })
}
