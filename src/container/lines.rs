//! JSON lines: a record a line, however many.
//!
//! A file that is read as a whole takes the memory of a whole; in pieces it takes that of a piece.
//! Each piece is a member, named by its first line; a file of one piece is its own member.

use std::io::{self, BufRead, BufReader, Read};

use super::streams::Failing;
use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::{Error, Kind, Result};

/// JSON lines.
pub(super) const LINES: Container = Container {
    name: "lines",
    doc: "JSON lines (.jsonl), read in pieces so that a file may have any size",
    signs: "a first line that is a JSON object, and another behind it",
    sniff,
    open,
};

/// A piece has so many bytes, and the rest of its last line.
const PIECE: usize = 512 << 10;
/// The longest line that is read, in bytes.
const LONGEST: usize = 32 << 20;

fn sniff(head: &[u8]) -> Likeness {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if !text.starts_with(b"{") {
        return Likeness::No;
    }
    let Some(end) = memchr::memchr(b'\n', text) else {
        // The first line is longer than can be seen: if it is the only one, nothing is parted.
        return if head.len() >= crate::contract::HEAD { Likeness::Likely } else { Likeness::No };
    };
    let first = text[..end].trim_ascii_end();
    let behind = text[end..].trim_ascii_start();
    let is_record = first.ends_with(b"}") && first.len() > 2;
    if is_record && behind.starts_with(b"{") { Likeness::Certain } else { Likeness::No }
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    let mut content = BufReader::with_capacity(256 << 10, content);
    let mut piece = Vec::with_capacity(64 << 10);
    let (mut first, mut line) = (1u64, 1u64);
    loop {
        let read = read_line(&mut content, &mut piece);
        if let Line::Broken(cause) = read {
            let name = name_of(first);
            return sink(&piece_named(&name), &mut piece.as_slice().chain(Failing::of(cause)));
        }
        let is_end = matches!(read, Line::None);
        if let Line::TooLong = read {
            let name = name_of(line);
            let why = format!("line {line} is longer than {} MiB", LONGEST >> 20);
            sink(&piece_named(&name), &mut Failing::because(why))?;
        }
        line += u64::from(!is_end);
        let is_whole = is_end && first == 1;
        if is_whole {
            return sink(&piece_named(""), &mut piece.as_slice());
        }
        if is_end || piece.len() >= PIECE && has_more(&mut content)? {
            let name = name_of(first);
            sink(&piece_named(&name), &mut piece.as_slice())?;
            piece.clear();
            first = line;
        }
        if is_end {
            return Ok(());
        }
    }
}

/// A piece is JSON lines too, and not to be parted again.
fn piece_named(name: &str) -> Member<'_> {
    Member { is_piece: true, ..Member::named(name) }
}

fn name_of(line: u64) -> String {
    format!("line {line}")
}

fn has_more(content: &mut impl BufRead) -> Result<bool> {
    let more = content.fill_buf().map(|bytes| !bytes.is_empty());
    more.map_err(|cause| {
        Error::new(Kind::Input, "the file cannot be read on").because(cause.to_string())
    })
}

/// What came of reading a line.
enum Line {
    None,
    Some,
    TooLong,
    Broken(io::Error),
}

/// Adds a line to a piece; one that is too long is passed over.
fn read_line(content: &mut impl BufRead, piece: &mut Vec<u8>) -> Line {
    let start = piece.len();
    let mut long = false;
    loop {
        let there = match content.fill_buf() {
            Ok(there) => there,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => return Line::Broken(cause),
        };
        if there.is_empty() {
            return match (long, piece.len() > start) {
                (true, _) => Line::TooLong,
                (_, true) => Line::Some,
                _ => Line::None,
            };
        }
        let end = memchr::memchr(b'\n', there).map(|at| at + 1);
        let taken = end.unwrap_or(there.len());
        if !long {
            piece.extend_from_slice(&there[..taken]);
            if piece.len() - start > LONGEST {
                piece.truncate(start);
                long = true;
            }
        }
        content.consume(taken);
        if end.is_some() {
            return if long { Line::TooLong } else { Line::Some };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::tests::unpacked;

    #[test]
    fn a_small_file_is_one_member_without_a_name() {
        let text = "{\"title\":\"a\"}\n{\"title\":\"b\"}\n";
        assert_eq!(sniff(text.as_bytes()), Likeness::Certain);
        assert_eq!(unpacked(&LINES, text.as_bytes()), [(String::new(), text.as_bytes().to_vec())]);
    }

    #[test]
    fn a_large_file_is_parted_between_lines_and_nothing_is_lost() {
        let line = |number: usize| {
            format!("{{\"title\":\"{number}\",\"body\":\"{}\"}}\n", "x".repeat(900))
        };
        let text: String = (0..12_000).map(line).collect();
        let read = unpacked(&LINES, text.as_bytes());
        assert!(read.len() > 2, "{}", read.len());
        assert!(read.iter().all(|(_, piece)| piece.len() < PIECE + 2000 && piece.ends_with(b"\n")));
        let all: Vec<u8> = read.iter().flat_map(|(_, piece)| piece.clone()).collect();
        assert!(all == text.as_bytes());
        let mut lines = 1;
        for (name, piece) in &read {
            assert_eq!(name, &name_of(lines));
            lines += memchr::memchr_iter(b'\n', piece).count() as u64;
        }
    }

    #[test]
    fn a_document_over_several_lines_is_no_lines() {
        for text in ["{\n \"title\": \"a\"\n}\n", "[{\"a\":1},\n{\"b\":2}]", "{\"a\":1}\n", "text"]
        {
            assert_eq!(sniff(text.as_bytes()), Likeness::No, "{text}");
        }
    }
}
