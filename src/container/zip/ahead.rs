//! A stream that can be looked into before it is read.

use std::io::{self, BufRead, Read};

/// How many bytes are read at a time.
const BLOCK: usize = 32 * 1024;

/// A stream and the bytes of it that were looked at.
pub(super) struct Ahead<'a> {
    inner: &'a mut dyn Read,
    buffer: Vec<u8>,
    /// Where in the buffer the stream goes on.
    at: usize,
    /// How many bytes of the stream were read, for messages.
    pub(super) offset: u64,
}

impl<'a> Ahead<'a> {
    pub(super) fn new(inner: &'a mut dyn Read) -> Self {
        Self { inner, buffer: Vec::new(), at: 0, offset: 0 }
    }

    /// The next bytes, at least so many where there are so many.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count {
            self.buffer.drain(..self.at);
            self.at = 0;
            let filled = self.buffer.len();
            self.buffer.resize(filled + BLOCK, 0);
            let read = self.inner.read(&mut self.buffer[filled..]);
            self.buffer.truncate(filled + read.as_ref().copied().unwrap_or(0));
            if read? == 0 {
                break;
            }
        }
        Ok(&self.buffer[self.at..])
    }

    /// Takes so many bytes, all of which must be there.
    pub(super) fn take_exact(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let there = self.peek(count)?;
        let taken = there.get(..count).ok_or(io::ErrorKind::UnexpectedEof)?.to_vec();
        self.consume(count);
        Ok(taken)
    }
}

impl Read for Ahead<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let count = there.len().min(buffer.len());
        buffer[..count].copy_from_slice(&there[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Ahead<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.buffer.len());
        self.offset += count as u64;
    }
}
