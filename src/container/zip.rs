//! zip, read from its front: each member's own header says what it is, so that an archive of any size
//! is read as a stream, and one that breaks off gives what stands before the break.
//!
//! PKWARE's APPNOTE 6.3: local headers, ZIP64, data descriptors. The directory at the end is not
//! looked at.

mod ahead;

use std::io::{self, BufRead, Read};

use flate2::bufread::DeflateDecoder;

use super::streams::{Exact, Failing};
use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::{Error, Kind, Result};
use ahead::Ahead;

/// zip.
pub(super) const ZIP: Container = Container {
    name: "zip",
    doc: "a zip archive, of stored and deflated members, ZIP64 too",
    signs: "the bytes 50 4B 03 04 at its start",
    sniff,
    open,
};

const MEMBER: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// What may follow the last member: the directory, its end, its end in ZIP64, what stands before it.
const BEHIND: [&[u8]; 4] = [b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08"];
/// What an archive that was meant for several disks begins with.
const SPANNED: [&[u8]; 2] = [b"PK\x07\x08", b"PK00"];
/// The bytes of a local header before its name.
const HEADER: usize = 30;
/// The most that is expanded only to find the end of a member that nobody wanted, in bytes.
const MOST_SKIPPED: u64 = 1 << 30;

fn sniff(head: &[u8]) -> Likeness {
    let starts = |mark: &&[u8]| head.starts_with(mark);
    let spanned = SPANNED.iter().any(starts) && head.get(4..8) == Some(MEMBER);
    let empty = head.starts_with(BEHIND[1]) && head.len() < HEADER;
    if head.starts_with(MEMBER) || spanned || empty { Likeness::Certain } else { Likeness::No }
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    let mut archive = Ahead::new(content);
    if SPANNED.iter().any(|mark| archive.peek(4).is_ok_and(|bytes| bytes.starts_with(mark))) {
        archive.consume(4);
    }
    loop {
        let at = archive.offset;
        let next = archive.peek(4).map_err(broken)?;
        if BEHIND.iter().any(|mark| next.starts_with(mark)) {
            return Ok(());
        }
        if next.is_empty() {
            return Err(Error::new(Kind::Input, "the zip breaks off: its directory is missing"));
        }
        if !next.starts_with(MEMBER) {
            return Err(Error::new(
                Kind::Input,
                "the zip is broken: no member begins where one should",
            )
            .at_byte(at));
        }
        let header = Header::read(&mut archive).map_err(broken)?;
        read_member(&mut archive, &header, sink)?;
    }
}

fn broken(cause: io::Error) -> Error {
    match cause.kind() {
        io::ErrorKind::UnexpectedEof => Error::new(Kind::Input, "the zip breaks off"),
        _ => Error::new(Kind::Input, "the zip is broken").because(cause.to_string()),
    }
}

/// What a local header says of its member.
struct Header {
    name: String,
    method: u16,
    encrypted: bool,
    /// Its sizes stand behind it, and are not known here.
    described_behind: bool,
    crc: u32,
    packed: u64,
}

impl Header {
    fn read(archive: &mut Ahead<'_>) -> io::Result<Self> {
        let fixed = archive.take_exact(HEADER)?;
        let two = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let four = |at: usize| u32::from(two(at)) | u32::from(two(at + 2)) << 16;
        let name = archive.take_exact(usize::from(two(26)))?;
        let extra = archive.take_exact(usize::from(two(28)))?;
        let flags = two(6);
        let mut packed = u64::from(four(18));
        if four(18) == u32::MAX || four(22) == u32::MAX {
            packed = zip64_packed(&extra, four(22) == u32::MAX).unwrap_or(packed);
        }
        Ok(Self {
            name: String::from_utf8_lossy(&name).into_owned(),
            method: two(8),
            encrypted: flags & 1 != 0,
            described_behind: flags & 8 != 0,
            crc: four(14),
            packed,
        })
    }

    /// What keeps the member from being read.
    fn hindrance(&self) -> Option<String> {
        if self.encrypted {
            return Some("it is encrypted".to_owned());
        }
        match self.method {
            STORED if self.described_behind && self.packed == 0 => {
                Some("it is stored without its length".to_owned())
            }
            STORED | DEFLATED => None,
            method => Some(format!("it is compressed by method {method}")),
        }
    }
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// The packed size of ZIP64's extra field, which has the unpacked one before it where that is not in
/// the header.
fn zip64_packed(extra: &[u8], unpacked_there: bool) -> Option<u64> {
    let mut rest = extra;
    while rest.len() >= 4 {
        let length = usize::from(u16::from_le_bytes([rest[2], rest[3]]));
        let field = rest.get(4..4 + length)?;
        if rest.starts_with(&[1, 0]) {
            let at = if unpacked_there { 8 } else { 0 };
            return Some(u64::from_le_bytes(field.get(at..at + 8)?.try_into().ok()?));
        }
        rest = &rest[4 + length..];
    }
    None
}

fn read_member(archive: &mut Ahead<'_>, header: &Header, sink: &mut MemberSink<'_>) -> Result<()> {
    let member = Member::named(&header.name);
    let length_known = !header.described_behind || header.packed > 0;
    if let Some(why) = header.hindrance() {
        sink(&member, &mut Failing::because(why))?;
        if !length_known {
            return Err(Error::new(Kind::Input, "the zip cannot be read on")
                .because(format!("where `{}` ends is not said", header.name)));
        }
        return skip(archive, header.packed);
    }
    if header.name.ends_with('/') && header.packed == 0 && !header.described_behind {
        return Ok(());
    }
    if length_known && !header.described_behind {
        let mut packed = archive.take(header.packed);
        let read = match header.method {
            STORED => sink(
                &member,
                &mut Checked::new(Exact::new(&mut packed, header.packed), Some(header.crc)),
            ),
            _ => {
                sink(&member, &mut Checked::new(DeflateDecoder::new(&mut packed), Some(header.crc)))
            }
        };
        read?;
        let left = packed.limit();
        return skip(archive, left);
    }
    let mut inflated = DeflateDecoder::new(&mut *archive);
    sink(&member, &mut inflated)?;
    let skipped = io::copy(&mut (&mut inflated).take(MOST_SKIPPED), &mut io::sink());
    if skipped.map_err(broken)? == MOST_SKIPPED {
        return Err(Error::new(Kind::Input, "the zip is not read on behind a very large member"));
    }
    skip_descriptor(archive).map_err(broken)
}

/// Passes over so many bytes of the archive.
fn skip(archive: &mut Ahead<'_>, length: u64) -> Result<()> {
    let skipped = io::copy(&mut archive.take(length), &mut io::sink()).map_err(broken)?;
    if skipped < length { Err(broken(io::ErrorKind::UnexpectedEof.into())) } else { Ok(()) }
}

/// Passes over the sizes behind a member: with or without their mark, of four bytes or of eight.
fn skip_descriptor(archive: &mut Ahead<'_>) -> io::Result<()> {
    let next = archive.peek(28)?;
    let marked = if next.starts_with(DESCRIPTOR) { 4 } else { 0 };
    let is_end = |length: usize| {
        next.get(length..length + 4).is_some_and(|bytes| bytes == MEMBER || BEHIND.contains(&bytes))
    };
    let (short, long) = (marked + 12, marked + 20);
    let length = if !is_end(short) && is_end(long) { long } else { short };
    archive.take_exact(length).map(|_| ())
}

/// A member whose checksum is compared at its end.
struct Checked<R> {
    inner: R,
    crc: flate2::Crc,
    wanted: Option<u32>,
}

impl<R: Read> Checked<R> {
    fn new(inner: R, wanted: Option<u32>) -> Self {
        Self { inner, crc: flate2::Crc::new(), wanted }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(&buffer[..read]);
        if read == 0
            && !buffer.is_empty()
            && self.wanted.take().is_some_and(|wanted| wanted != self.crc.sum())
        {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong"));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::container::tests::unpacked;

    /// A member with its sizes before it or behind it.
    fn member(name: &str, text: &str, method: u16, flags: u16) -> Vec<u8> {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let mut packed = text.as_bytes().to_vec();
        if method == DEFLATED {
            let mut writer =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            writer.write_all(text.as_bytes()).unwrap();
            packed = writer.finish().unwrap();
        }
        let behind = flags & 8 != 0;
        let sizes: Vec<u8> = [crc.sum(), packed.len() as u32, text.len() as u32]
            .iter()
            .flat_map(|size| size.to_le_bytes())
            .collect();
        let mut bytes = [MEMBER, &[20, 0]].concat();
        bytes.extend(flags.to_le_bytes());
        bytes.extend(method.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(if behind { vec![0; 12] } else { sizes.clone() });
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        if behind {
            bytes.extend(DESCRIPTOR);
            bytes.extend(sizes);
        }
        bytes
    }

    fn packed() -> Vec<u8> {
        let mut bytes = member("wire/a.txt", "Talks begin", STORED, 0);
        bytes.extend(member("wire/b.txt", "Talks go on", DEFLATED, 0));
        bytes.extend(member("../../c.txt", "Talks end", DEFLATED, 8));
        bytes.extend(member("d.txt", "Talks were secret", STORED, 1));
        bytes.extend(member("e.txt", "All is told", STORED, 0));
        bytes.extend(BEHIND[1]);
        bytes
    }

    #[test]
    fn every_member_is_read_however_its_sizes_are_told() {
        let bytes = packed();
        assert_eq!(sniff(&bytes), Likeness::Certain);
        let read = unpacked(&ZIP, &bytes);
        let told: Vec<(&str, &str)> = read
            .iter()
            .map(|(name, text)| (name.as_str(), std::str::from_utf8(text).unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("wire/a.txt", "Talks begin"),
                ("wire/b.txt", "Talks go on"),
                ("../../c.txt", "Talks end"),
                ("! d.txt", ""),
                ("e.txt", "All is told"),
            ]
        );
    }

    #[test]
    fn a_wrong_checksum_is_told_behind_the_text() {
        let mut bytes = member("a.txt", "Talks begin", STORED, 0);
        bytes[14] ^= 1;
        bytes.extend(BEHIND[1]);
        assert_eq!(unpacked(&ZIP, &bytes), [("! a.txt".to_owned(), b"Talks begin".to_vec())]);
    }

    #[test]
    fn sizes_of_eight_bytes_are_passed_over_too() {
        let mut bytes = member("a.txt", "Talks begin", DEFLATED, 8);
        let end = bytes.len() - 12;
        let long =
            [&bytes[..end], &bytes[end..end + 4], &[9, 0, 0, 0, 0, 0, 0, 0], &[8; 8]].concat();
        bytes = [long, member("b.txt", "Talks end", STORED, 0), BEHIND[0].to_vec()].concat();
        assert_eq!(unpacked(&ZIP, &bytes).len(), 2);
    }

    #[test]
    fn a_size_beyond_four_bytes_stands_in_the_extra_field() {
        let field = [&[1, 0, 16, 0][..], &7u64.to_le_bytes(), &5u64.to_le_bytes()].concat();
        assert_eq!(zip64_packed(&field, true), Some(5));
        assert_eq!(zip64_packed(&[9, 9, 200, 0], true), None);
    }

    proptest! {
        #[test]
        fn broken_archives_are_read(at in 0usize..400, with: u8, end in 0usize..500) {
            let mut bytes = packed();
            let at = at % bytes.len();
            bytes[at] = with;
            unpacked(&ZIP, &bytes[..end.min(bytes.len())]);
        }
    }
}
