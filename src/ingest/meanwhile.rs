//! What is done between the parts of a large file, so that nothing waits for its end.

use crate::contract::Index;
use crate::error::Result;

/// Takes turns with a large file. Called from the thread that owns the index, between two parts of a
/// file of [`Request::large`](super::Request::large) bytes and more.
pub trait Meanwhile {
    /// Whether there is anything to do now. Asked after every half megabyte or so.
    ///
    /// # Errors
    /// Those that end the ingest.
    fn is_any(&mut self) -> Result<bool>;

    /// Does it. What was read so far of the large file is committed, and noted as not read to its end.
    ///
    /// # Errors
    /// Those that end the ingest.
    fn take(&mut self, index: &mut dyn Index) -> Result<()>;
}

/// Nothing is done.
pub(super) struct Nothing;

impl Meanwhile for Nothing {
    fn is_any(&mut self) -> Result<bool> {
        Ok(false)
    }

    fn take(&mut self, _: &mut dyn Index) -> Result<()> {
        Ok(())
    }
}
