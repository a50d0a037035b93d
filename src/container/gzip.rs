//! gzip: one member of any number of pieces, as RFC 1952 has it.
//!
//! Many writers append piece to piece (a WARC has one a record), so that the pieces are read as one.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::Result;

/// The two bytes of identification and the only method there is, deflate.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// gzip.
pub(super) const GZIP: Container = Container {
    name: "gzip",
    doc: "a file compressed with gzip (.gz), of one piece or many",
    signs: "the bytes 1F 8B 08 at its start",
    sniff,
    open,
};

fn sniff(head: &[u8]) -> Likeness {
    if head.starts_with(&MAGIC) { Likeness::Certain } else { Likeness::No }
}

/// The name that gzip may keep of the file is a label, not a place: it is not shown.
fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    sink(&Member::default(), &mut MultiGzDecoder::new(content))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gz(text: &str) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(text.as_bytes()).unwrap();
        writer.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> (String, bool) {
        let (mut text, mut whole) = (Vec::new(), true);
        (GZIP.open)(&mut &bytes[..], &mut |_, content| {
            whole = content.read_to_end(&mut text).is_ok();
            Ok(())
        })
        .unwrap();
        (String::from_utf8(text).unwrap(), whole)
    }

    #[test]
    fn pieces_one_behind_the_other_are_read_as_one() {
        let both = [gz("Talks in Varnholm "), gz("end early")].concat();
        assert_eq!(read(&both), ("Talks in Varnholm end early".to_owned(), true));
    }

    #[test]
    fn a_cut_file_gives_what_stands_before_the_cut() {
        let text = (0..2000).map(|n| format!("line {n}\n")).collect::<String>();
        let bytes = gz(&text);
        let (start, whole) = read(&bytes[..bytes.len() / 2]);
        assert!(!whole && !start.is_empty() && text.starts_with(&start));
    }

    #[test]
    fn text_is_no_gzip() {
        assert_eq!(sniff(b"1F 8B"), Likeness::No);
        assert_eq!(sniff(&[0x1F]), Likeness::No);
    }
}
