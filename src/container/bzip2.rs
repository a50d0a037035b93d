//! bzip2: one file of any number of streams.

use std::io::{BufReader, Read};

use bzip2::bufread::MultiBzDecoder;

use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::Result;

/// bzip2.
pub(super) const BZIP2: Container = Container {
    name: "bzip2",
    doc: "a file compressed with bzip2 (.bz2), of one stream or many",
    signs: "BZh and a digit at its start, and the mark of a block",
    sniff,
    open,
};

/// How the first block of a stream begins, or the end of an empty one.
const BLOCKS: [&[u8]; 2] = [b"\x31\x41\x59\x26\x53\x59", b"\x17\x72\x45\x38\x50\x90"];

fn sniff(head: &[u8]) -> Likeness {
    let is_it = head.starts_with(b"BZh")
        && head.get(3).is_some_and(|size| (b'1'..=b'9').contains(size))
        && head.get(4..).is_some_and(|rest| BLOCKS.iter().any(|block| rest.starts_with(block)));
    if is_it { Likeness::Certain } else { Likeness::No }
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    sink(&Member::default(), &mut MultiBzDecoder::new(BufReader::new(content)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::container::tests::unpacked;

    fn packed(text: &str) -> Vec<u8> {
        let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        writer.write_all(text.as_bytes()).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn streams_one_behind_the_other_are_read_as_one() {
        let both = [packed("Talks in Varnholm "), packed("end early")].concat();
        assert_eq!(sniff(&both), Likeness::Certain);
        assert_eq!(unpacked(&BZIP2, &both)[0].1, b"Talks in Varnholm end early");
        assert_eq!(sniff(b"BZhello"), Likeness::No);
    }

    proptest! {
        #[test]
        fn broken_streams_are_read(at in 0usize..60, with: u8) {
            let mut bytes = packed("Talks in Varnholm end early");
            let at = at % bytes.len();
            bytes[at] = with;
            unpacked(&BZIP2, &bytes);
        }
    }
}
