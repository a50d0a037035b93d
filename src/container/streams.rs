//! Streams that members are read through: of a known length, and such as fail.

use std::io::{self, Read};

/// A reader of exactly so many bytes.
pub(super) struct Exact<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Exact<R> {
    pub(super) fn new(inner: R, length: u64) -> Self {
        Self { inner, left: length }
    }

    /// Reads what is left, and gives whether all of it was there.
    pub(super) fn skip(&mut self) -> bool {
        io::copy(self, &mut io::sink()).is_ok()
    }
}

impl<R: Read> Read for Exact<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let read = self.inner.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

/// Gives its cause once, and then nothing.
pub(super) struct Failing(Option<io::Error>);

impl Failing {
    /// A member that cannot be read, and why.
    pub(super) fn because(why: impl Into<String>) -> Self {
        Self(Some(io::Error::new(io::ErrorKind::InvalidData, why.into())))
    }

    /// What broke a stream off.
    pub(super) fn of(cause: io::Error) -> Self {
        Self(Some(cause))
    }

    /// No failure: the end of a stream.
    pub(super) fn never() -> Self {
        Self(None)
    }
}

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
