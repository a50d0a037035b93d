//! An answer of HTTP as a WARC keeps it: its head, and its body unchunked and unpacked.

use std::io::{self, BufRead, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::{Head, next_line};

/// An answer that holds a page or a text.
pub(super) struct Answer {
    head: Head,
}

impl Answer {
    /// Reads the head of an answer; none where it was an error or holds no text.
    pub(super) fn read(block: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = Vec::new();
        if !next_line(block, &mut line)? {
            return Ok(None);
        }
        let status = String::from_utf8_lossy(&line).split_whitespace().nth(1).map(str::to_owned);
        let head = Head::read(block)?;
        let is_wanted = status.as_deref() == Some("200") && is_text(head.of("content-type"));
        Ok(is_wanted.then_some(Self { head }))
    }

    /// The character set that the answer declares; empty where it declares none.
    pub(super) fn charset(&self) -> String {
        charset(self.head.of("content-type"))
    }

    /// The body; one that is packed in a way that is not known stays as it is.
    pub(super) fn body<'a, R: BufRead + 'a>(&self, block: &'a mut R) -> Box<dyn Read + 'a> {
        let chunked = self.head.of("transfer-encoding").to_ascii_lowercase().contains("chunked");
        let whole: Box<dyn Read + 'a> = if chunked {
            Box::new(Chunks { block, left: 0, ended: false })
        } else {
            Box::new(block)
        };
        match self.head.of("content-encoding").to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(whole)),
            "deflate" => Box::new(ZlibDecoder::new(whole)),
            _ => whole,
        }
    }
}

/// Whether a type of media is a page or a text; one that is not told may be.
pub(super) fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let other_text = ["css", "javascript", "ecmascript", "vtt", "calendar", "vcard"];
    kind.is_empty()
        || kind.starts_with("text/") && !other_text.iter().any(|other| kind.ends_with(other))
        || kind.ends_with("xml")
        || kind.ends_with("json")
}

/// The character set of a type of media; empty where it names none.
pub(super) fn charset(content_type: &str) -> String {
    let parameters = content_type.split(';').skip(1).filter_map(|part| part.split_once('='));
    let mut named = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    named.next().map(|(_, value)| value.trim().trim_matches('"').to_owned()).unwrap_or_default()
}

/// A body in chunks, each with its length before it (RFC 9112).
struct Chunks<R> {
    block: R,
    left: u64,
    ended: bool,
}

impl<R: BufRead> Chunks<R> {
    fn next_chunk(&mut self) -> io::Result<()> {
        let mut line = Vec::new();
        // The line end behind the chunk before.
        while line.trim_ascii().is_empty() {
            if !next_line(&mut self.block, &mut line)? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let text = String::from_utf8_lossy(&line);
        let digits = text.split(';').next().unwrap_or_default().trim();
        self.left = u64::from_str_radix(digits, 16).map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidData, "a chunk of its body has no length")
        })?;
        self.ended = self.left == 0;
        Ok(())
    }
}

impl<R: BufRead> Read for Chunks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.ended {
            self.next_chunk()?;
        }
        if self.ended {
            return Ok(0);
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.block.read(&mut buffer[..most])?;
        if read == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}
