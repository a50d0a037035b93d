//! How far an ingest is, told to whoever watches.

use super::report::Problem;

/// Watches an ingest. Called from one thread only, in order.
pub trait Watcher {
    /// So much lies ahead, in files and in their bytes.
    fn begin(&self, files: u64, bytes: u64);

    /// So much more is done.
    fn advance(&self, files: u64, bytes: u64);

    /// A file, or a part of one, gave no story.
    fn trouble(&self, _problem: &Problem) {}

    /// All is done, or the ingest was stopped.
    fn end(&self);
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Watcher for Silent {
    fn begin(&self, _files: u64, _bytes: u64) {}
    fn advance(&self, _files: u64, _bytes: u64) {}
    fn end(&self) {}
}
