//! What the system tells of a process, and folders that go with it.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A folder that is deleted when it is dropped.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new(name: &str) -> Result<Self> {
        let folder = format!("onrecord-bench-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&path)
            .map_err(|cause| Error::io(&path, "cannot be made", cause))?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder left in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The most memory this process has held, in bytes, where the system tells (Linux).
pub(super) fn peak_memory() -> Option<u64> {
    const KILOBYTE: u64 = 1024;
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * KILOBYTE)
}

/// The seconds that all processors have spent on this process, where the system tells (Linux).
pub(super) fn cpu_seconds() -> Option<f64> {
    cpu_of(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// Reads the 14th and 15th value, user and system time. The second, a name in brackets, may hold
/// blanks.
fn cpu_of(stat: &str) -> Option<f64> {
    // Linux gives user space hundredths of a second, whatever its clock.
    const TICKS_A_SECOND: f64 = 100.0;
    let (_, behind_name) = stat.rsplit_once(')')?;
    let mut values = behind_name.split_whitespace().skip(11);
    let mut ticks = || values.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS_A_SECOND)
}

/// How many threads this machine runs at once.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The path of this program.
pub(super) fn program() -> Result<PathBuf> {
    std::env::current_exe()
        .map_err(|cause| Error::io(Path::new("onrecord"), "its own program is not found", cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_process_may_hold_brackets_and_blanks() {
        let stat = "7 (a) b (c) R 1 7 7 0 -1 4194304 90 0 0 0 250 50 0 0 20 0 1 0";
        assert_eq!(cpu_of(stat), Some(3.0));
        assert_eq!(cpu_of("7 (a) R 1"), None);
    }
}
