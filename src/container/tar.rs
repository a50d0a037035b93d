//! tar: ustar, pax, GNU's and the oldest, one file behind the other.

use std::io::{self, Read};

use tar::{Archive, EntryType};

use super::streams::Exact;
use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::{Error, Kind, Result};

/// tar.
pub(super) const TAR: Container = Container {
    name: "tar",
    doc: "a tar archive (.tar), also of pax and GNU's kind; its regular files",
    signs: "`ustar` at byte 257, or a header whose checksum is right",
    sniff,
    open,
};

/// The bytes of a header.
const HEADER: usize = 512;
/// Where the checksum stands in it.
const CHECKSUM: std::ops::Range<usize> = 148..156;

fn sniff(head: &[u8]) -> Likeness {
    let Some(header) = head.get(..HEADER) else { return Likeness::No };
    // POSIX writes it with a NUL behind, GNU with two blanks and one: in a text it is a part of "mustard".
    if header[257..].starts_with(b"ustar\0") || header[257..].starts_with(b"ustar  \0") {
        return Likeness::Certain;
    }
    let named = header[0] != 0 && header[..100].iter().all(|byte| *byte == 0 || *byte >= b' ');
    if named && checksum(header) == written_checksum(header) {
        Likeness::Likely
    } else {
        Likeness::No
    }
}

/// The sum of a header's bytes, its checksum being blanks.
fn checksum(header: &[u8]) -> Option<u64> {
    let blanks = u64::from(b' ') * CHECKSUM.len() as u64;
    let bytes = header.iter().enumerate().filter(|(at, _)| !CHECKSUM.contains(at));
    Some(bytes.map(|(_, byte)| u64::from(*byte)).sum::<u64>() + blanks)
}

fn written_checksum(header: &[u8]) -> Option<u64> {
    let field = std::str::from_utf8(&header[CHECKSUM]).ok()?;
    let digits = field.trim_matches(['\0', ' ']);
    u64::from_str_radix(digits, 8).ok()
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    let mut archive = Archive::new(content);
    for entry in archive.entries().map_err(broken)? {
        let entry = entry.map_err(broken)?;
        if !matches!(entry.header().entry_type(), EntryType::Regular | EntryType::Continuous) {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        sink(&Member::named(&name), &mut Exact::new(entry, size))?;
    }
    Ok(())
}

fn broken(cause: io::Error) -> Error {
    Error::new(Kind::Input, "the tar archive is broken or breaks off").because(cause.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::container::tests::unpacked;

    fn packed() -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, text) in [("wire/a.txt", "Talks begin"), ("wire/b.txt", "Talks end")] {
            let mut header = tar::Header::new_ustar();
            header.set_size(text.len() as u64);
            builder.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn each_regular_file_is_a_member() {
        let bytes = packed();
        assert_eq!(sniff(&bytes), Likeness::Certain);
        let read = unpacked(&TAR, &bytes);
        assert_eq!(read[0], ("wire/a.txt".to_owned(), b"Talks begin".to_vec()));
        assert_eq!(read[1], ("wire/b.txt".to_owned(), b"Talks end".to_vec()));
        let mut oldest = bytes;
        oldest[257..265].fill(0);
        let sum = checksum(&oldest[..HEADER]).unwrap();
        oldest[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        assert_eq!(sniff(&oldest), Likeness::Likely);
    }

    #[test]
    fn a_text_about_mustard_is_no_archive() {
        let text =
            |behind: &str| format!("{}mustar{behind}", "A hot dog. ".repeat(24))[8..].to_owned();
        for behind in ["d, and more of it. ", " is a town. ", "  of old. "] {
            let text = text(behind) + &"It was sold at noon. ".repeat(20);
            assert_eq!(&text[257..262], "ustar");
            assert_eq!(sniff(text.as_bytes()), Likeness::No);
        }
    }

    #[test]
    fn a_cut_archive_gives_the_members_before_the_cut() {
        let bytes = packed();
        let read = unpacked(&TAR, &bytes[..HEADER * 3 + 4]);
        assert_eq!(read[0].0, "wire/a.txt");
        assert_eq!(read.last().map(|(name, _)| name.as_str()), Some("! wire/b.txt"));
    }

    proptest! {
        #[test]
        fn broken_archives_are_read(at in 0usize..2000, with: u8, end in 0usize..2600) {
            let mut bytes = packed();
            bytes[at] = with;
            unpacked(&TAR, &bytes[..end.min(bytes.len())]);
        }
    }
}
