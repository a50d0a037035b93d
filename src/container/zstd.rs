//! zstd: one file of any number of frames, as RFC 8878 has it.

use std::io::{self, BufRead, BufReader, Read};

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::Result;

/// The first bytes of a frame.
const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// The most that a frame may ask to be kept of what was written last, in bytes.
const LARGEST_WINDOW: u64 = 128 << 20;

/// zstd.
pub(super) const ZSTD: Container = Container {
    name: "zstd",
    doc: "a file compressed with Zstandard (.zst), of one frame or many",
    signs: "the bytes 28 B5 2F FD at its start",
    sniff,
    open,
};

fn sniff(head: &[u8]) -> Likeness {
    if head.starts_with(&MAGIC) { Likeness::Certain } else { Likeness::No }
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(LARGEST_WINDOW);
    let mut frames = Frames { content: BufReader::new(content), decoder, begun: false };
    sink(&Member::default(), &mut frames)
}

/// The frames of a file, read as one stream.
struct Frames<R> {
    content: BufReader<R>,
    decoder: FrameDecoder,
    /// Whether a frame was begun and not all of it was given.
    begun: bool,
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.begun {
                if self.content.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.decoder.init(&mut self.content).map_err(broken)?;
                self.begun = true;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let strategy = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.content, strategy).map_err(broken)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.begun = false;
        }
    }
}

fn broken(cause: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("its zstd frame is broken: {cause}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::container::tests::unpacked;

    /// "Talks in Varnholm end early\n", compressed.
    const PACKED: &[u8] = &[
        0x28, 0xB5, 0x2F, 0xFD, 0x24, 28, 0xE1, 0, 0, b'T', b'a', b'l', b'k', b's', b' ', b'i',
        b'n', b' ', b'V', b'a', b'r', b'n', b'h', b'o', b'l', b'm', b' ', b'e', b'n', b'd', b' ',
        b'e', b'a', b'r', b'l', b'y', b'\n',
    ];

    #[test]
    fn frames_one_behind_the_other_are_read_as_one() {
        let unsummed = [&PACKED[..4], &[0x20], &PACKED[5..]].concat();
        let twice = [unsummed.as_slice(), unsummed.as_slice()].concat();
        let read = unpacked(&ZSTD, &twice);
        assert_eq!(read[0].1, "Talks in Varnholm end early\n".repeat(2).into_bytes());
    }

    proptest! {
        #[test]
        fn broken_frames_are_read(at in 0..PACKED.len(), with: u8) {
            let mut bytes = PACKED.to_vec();
            bytes[at] = with;
            unpacked(&ZSTD, &bytes);
        }
    }
}
