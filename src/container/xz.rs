//! xz: one file of any number of streams.

use std::io::{BufReader, Read};

use lzma_rust2::XzReader;

use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::Result;

/// The first bytes of a stream.
const MAGIC: &[u8] = b"\xFD7zXZ\0";
/// The most memory that a stream may ask for, in KiB: twice what `xz -9` needs.
const MOST_MEMORY: u32 = 128 << 10;

/// xz.
pub(super) const XZ: Container = Container {
    name: "xz",
    doc: "a file compressed with xz (.xz), of one stream or many",
    signs: "the bytes FD 37 7A 58 5A 00 at its start",
    sniff,
    open,
};

fn sniff(head: &[u8]) -> Likeness {
    if head.starts_with(MAGIC) { Likeness::Certain } else { Likeness::No }
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    let mut reader = XzReader::new_mem_limit(BufReader::new(content), true, MOST_MEMORY);
    sink(&Member::default(), &mut reader)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::container::tests::unpacked;

    /// "Talks in Varnholm end early\n", compressed.
    const PACKED: &[u8] = include_bytes!("xz/talks.xz");

    #[test]
    fn streams_one_behind_the_other_are_read_as_one() {
        let twice = [PACKED, PACKED].concat();
        assert_eq!(sniff(&twice), Likeness::Certain);
        let read = unpacked(&XZ, &twice);
        assert_eq!(read[0].1, "Talks in Varnholm end early\n".repeat(2).into_bytes());
    }

    proptest! {
        #[test]
        fn broken_streams_are_read(at in 0..PACKED.len(), with: u8) {
            let mut bytes = PACKED.to_vec();
            bytes[at] = with;
            unpacked(&XZ, &bytes);
        }
    }
}
