//! mbox: letters one behind the other, each below a line that begins with "From ".
//!
//! RFC 4155 and what mail programs do: a line of a letter that begins so is written with `>` before
//! it.

use std::io::{BufRead, BufReader, Read};

use super::streams::Failing;
use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::{Error, Kind, Result};

/// mbox.
pub(super) const MBOX: Container = Container {
    name: "mbox",
    doc: "a mailbox (.mbox) of letters one behind the other",
    signs: "a first line `From ` with a time, and a line of a mail's head below it",
    sniff,
    open,
};

const START: &[u8] = b"From ";
/// The largest letter that is read, in bytes.
const LARGEST: usize = 32 << 20;

fn sniff(head: &[u8]) -> Likeness {
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii_end();
    let timed = first.starts_with(START)
        && first.contains(&b':')
        && first
            .get(first.len().saturating_sub(4)..)
            .is_some_and(|year| year.iter().all(u8::is_ascii_digit));
    let second = lines.next().unwrap_or_default();
    let is_head = memchr::memchr(b':', second).is_some_and(|at| {
        at > 0 && second[..at].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    });
    if timed && is_head { Likeness::Certain } else { Likeness::No }
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    let mut content = BufReader::with_capacity(64 << 10, content);
    let (mut letter, mut line) = (Vec::new(), Vec::new());
    let (mut number, mut after_blank, mut long) = (0u64, true, false);
    loop {
        line.clear();
        let read = (&mut content).take(LARGEST as u64).read_until(b'\n', &mut line);
        let ended = match &read {
            Ok(read) => *read == 0,
            Err(_) => true,
        };
        if ended || after_blank && line.starts_with(START) {
            hand_over(&letter, number, long, sink)?;
            letter.clear();
            long = false;
            number += 1;
        } else if letter.len() + line.len() > LARGEST {
            long = true;
        } else if !long {
            letter.extend_from_slice(unquoted(&line));
        }
        if ended {
            return read.map(|_| ()).map_err(|cause| {
                Error::new(Kind::Input, "the mailbox breaks off").because(cause.to_string())
            });
        }
        after_blank = line.trim_ascii().is_empty();
    }
}

fn hand_over(letter: &[u8], number: u64, long: bool, sink: &mut MemberSink<'_>) -> Result<()> {
    if letter.is_empty() {
        return Ok(());
    }
    let name = format!("letter {number}");
    let end = match long {
        true => Failing::because(format!("larger than {} MiB", LARGEST >> 20)),
        false => Failing::never(),
    };
    sink(&Member::named(&name), &mut letter.chain(end))
}

/// A line without the `>` that keeps it from being taken for the start of a letter.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    if marks > 0 && line[marks..].starts_with(START) { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::container::tests::unpacked;

    const BOX: &str = "From desk@wire.example Tue Mar 18 09:00:00 2025\nSubject: a\n\nOne.\n>From here\n\n\
                       From desk@wire.example Tue Mar 18 10:00:00 2025\nSubject: b\n\nTwo.\n";

    #[test]
    fn letters_are_parted_and_unquoted() {
        assert_eq!(sniff(BOX.as_bytes()), Likeness::Certain);
        let read = unpacked(&MBOX, BOX.as_bytes());
        assert_eq!(read[0].0, "letter 1");
        assert_eq!(read[0].1, b"Subject: a\n\nOne.\nFrom here\n\n");
        assert_eq!(read[1].1, b"Subject: b\n\nTwo.\n");
        assert_eq!(sniff(b"From our correspondent\n\nThe port opened."), Likeness::No);
    }

    proptest! {
        #[test]
        fn broken_boxes_are_read(at in 0..BOX.len(), with: u8) {
            let mut bytes = BOX.as_bytes().to_vec();
            bytes[at] = with;
            unpacked(&MBOX, &bytes);
        }
    }
}
