//! WARC: the answers of the web as archives keep them (ISO 28500), versions 0.17 to 1.1.
//!
//! Each record that holds a page or a text is a member, with its address and the time it was
//! fetched; of an answer of HTTP its body, unchunked and unpacked. Pictures, scripts, requests and
//! what was not found are passed over. Behind a record that is broken the next one is looked for.

mod http;

use std::io::{self, BufRead, BufReader, Read};

use super::streams::Exact;
use crate::contract::{Container, Likeness, Member, MemberSink};
use crate::error::{Error, Kind, Result};
use crate::text::iso_times::iso;
use http::Answer;

/// WARC.
pub(super) const WARC: Container = Container {
    name: "warc",
    doc: "a web archive (.warc, .warc.gz): the pages and texts among its records",
    signs: "`WARC/` and a version at its start",
    sniff,
    open,
};

/// The longest line of a head, and the most bytes and lines that one has.
const LONGEST_LINE: u64 = 16 << 10;
/// See [`LONGEST_LINE`].
const MOST_LINES: usize = 1000;

fn sniff(head: &[u8]) -> Likeness {
    if is_start(head.trim_ascii_start()) { Likeness::Certain } else { Likeness::No }
}

/// Whether a record begins with a line.
fn is_start(line: &[u8]) -> bool {
    line.strip_prefix(b"WARC/")
        .is_some_and(|version| version.first().is_some_and(u8::is_ascii_digit))
}

fn open(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()> {
    let mut content = BufReader::with_capacity(64 << 10, content);
    let mut line = Vec::new();
    let mut lost = false;
    while next_line(&mut content, &mut line).map_err(broken)? {
        if !is_start(&line) {
            // Two blank lines stand behind each record; anything else is the rest of a broken one.
            lost |= !line.trim_ascii().is_empty();
            continue;
        }
        let head = Head::read(&mut content).map_err(broken)?;
        read_record(&mut content, &head, sink)?;
    }
    if lost {
        return Err(Error::new(
            Kind::Input,
            "the WARC is damaged: bytes stand between its records",
        ));
    }
    Ok(())
}

fn broken(cause: io::Error) -> Error {
    Error::new(Kind::Input, "the WARC breaks off").because(cause.to_string())
}

/// Reads a line of bounded length; tells whether there was one.
fn next_line(content: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    Ok(content.take(LONGEST_LINE).read_until(b'\n', line)? > 0)
}

/// The named fields of a record or of an answer, as far as they are of use.
struct Head {
    fields: Vec<(String, String)>,
}

impl Head {
    /// Reads as far as the blank line behind it.
    fn read(content: &mut impl BufRead) -> io::Result<Self> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut line = Vec::new();
        for _ in 0..MOST_LINES {
            if !next_line(content, &mut line)? || line.trim_ascii().is_empty() {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            match text.split_once(':') {
                Some((name, value)) if !text.starts_with([' ', '\t']) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
        Ok(Self { fields })
    }

    /// A field's value; empty where there is none.
    fn of(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

fn read_record(content: &mut impl BufRead, head: &Head, sink: &mut MemberSink<'_>) -> Result<()> {
    let Ok(length) = head.of("content-length").parse::<u64>() else { return Ok(()) };
    let mut block = Exact::new(content, length);
    let url = head.of("warc-target-uri").trim_matches(['<', '>']);
    let name =
        if url.is_empty() { head.of("warc-record-id").trim_matches(['<', '>']) } else { url };
    let captured = iso(head.of("warc-date"));
    let kind = head.of("content-type");
    match head.of("warc-type").to_ascii_lowercase().as_str() {
        "response" if kind.starts_with("application/http") || kind.is_empty() => {
            let mut block = BufReader::new(&mut block);
            if let Some(answer) = Answer::read(&mut block).map_err(broken)? {
                let charset = answer.charset();
                let member = Member { name, url, captured, charset: &charset, is_piece: false };
                sink(&member, &mut *answer.body(&mut block))?;
            }
        }
        "response" | "resource" | "conversion" if http::is_text(kind) => {
            let charset = http::charset(kind);
            sink(&Member { name, url, captured, charset: &charset, is_piece: false }, &mut block)?;
        }
        _ => {}
    }
    if block.skip() {
        return Ok(());
    }
    Err(Error::new(Kind::Input, "the WARC breaks off in a record").because(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::container::tests::unpacked;

    fn record(kind: &str, content_type: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://wire.example/a\r\n\
             WARC-Date: 2025-03-18T09:00:00Z\r\nContent-Type: {content_type}\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn warc() -> String {
        let http = "application/http; msgtype=response";
        [
            record("warcinfo", "application/warc-fields", "software: none"),
            record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>One</p>"),
            record("response", http, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nNo"),
            record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG"),
            record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nTwo\r\n4;x=1\r\n,\r\n3\r\n0\r\n\r\n"),
            record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
            record("resource", "text/plain", "Three"),
        ]
        .concat()
    }

    #[test]
    fn pages_and_texts_are_members_and_the_rest_is_passed_over() {
        assert_eq!(sniff(warc().as_bytes()), Likeness::Certain);
        let read = unpacked(&WARC, warc().as_bytes());
        let texts: Vec<&[u8]> = read.iter().map(|(_, text)| text.as_slice()).collect();
        assert_eq!(texts, [&b"<p>One</p>"[..], b"Two,\r\n3", b"Three"]);
        assert_eq!(read[0].0, "https://wire.example/a");
    }

    #[test]
    fn what_the_record_tells_goes_with_the_member() {
        let text = warc();
        let mut told = Vec::new();
        (WARC.open)(&mut text.as_bytes(), &mut |member, _| {
            let captured = member.captured.map(|moment| moment.to_string());
            told.push((member.url.to_owned(), captured, member.charset.to_owned()));
            Ok(())
        })
        .unwrap();
        let captured = Some("2025-03-18T09:00:00Z".to_owned());
        assert_eq!(told[0], ("https://wire.example/a".to_owned(), captured, "utf-8".to_owned()));
    }

    #[test]
    fn a_record_that_is_broken_costs_no_other() {
        let broken = warc().replace("WARC-Type: resource", "WARC-Type resource");
        let text = format!("{broken}WARC/1.0\r\nContent-Length: x\r\n\r\nrest of it\r\n{}", warc());
        assert_eq!(
            unpacked(&WARC, text.as_bytes())
                .iter()
                .filter(|(name, _)| !name.starts_with('!'))
                .count(),
            5
        );
    }

    #[test]
    fn a_cut_file_gives_the_records_before_the_cut() {
        let text = warc();
        let read = unpacked(&WARC, &text.as_bytes()[..text.len() - 8]);
        assert_eq!(read.len(), 3);
        assert_eq!(read[2], ("! https://wire.example/a".to_owned(), b"T".to_vec()));
    }

    proptest! {
        #[test]
        fn broken_archives_are_read(at in 0usize..1500, with: u8) {
            let mut bytes = warc().into_bytes();
            bytes[at] = with;
            unpacked(&WARC, &bytes);
        }
    }
}
