//! Bytes to text: which character set they are in, and the text itself.
//!
//! The order: a byte-order mark, then strict UTF-8, then what the content declares, then what it
//! looks like. A declaration that the bytes contradict is overruled. Line ends become `\n`.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// How many bytes from the front are looked at to tell text from anything else.
const LOOKED_AT: usize = 4096;
/// Of a hundred bytes, how many control characters text may have. Old wires carry a few.
const CONTROLS_PER_HUNDRED: usize = 10;

/// First bytes of what is no text, however it looks behind them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x7FELF", "a program"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed"),
    (b"BZh9", "bzip2-compressed"),
    (b"\xFD7zXZ", "xz-compressed"),
    (b"\x1F\x8B", "gzip-compressed"),
    (b"SQLite format 3", "a database"),
];

/// A text and the character set that it was read from.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte-order mark, its lines ended by `\n`.
    pub text: Cow<'a, str>,
    /// The character set's name ("UTF-8", "windows-1252").
    pub charset: &'static str,
}

/// Decodes bytes; `declared` is the character set that the content names, where it names one.
///
/// # Errors
/// Where the bytes are no text: the reason begins with "binary".
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok(Decoded { text: with_plain_lines(text), charset: encoding.name() });
    }
    refuse_binary(bytes)?;
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: with_plain_lines(Cow::Borrowed(text)), charset: "UTF-8" });
    }
    let encoding = declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != encoding_rs::UTF_8 && fits(encoding, bytes))
        .unwrap_or_else(|| detected(bytes));
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: with_plain_lines(text), charset: encoding.name() })
}

/// The first bytes of a content as a sniffer wants them: without a byte-order mark, and where it is of
/// UTF-16 as UTF-8.
///
/// ```
/// use onrecord::text::decode::head;
/// assert_eq!(head(b"\xEF\xBB\xBF{\"a\"", 64), &b"{\"a\""[..]);
/// assert_eq!(head(b"\xFF\xFE{\0a\0", 64), &b"{a"[..]);
/// assert_eq!(head(b"<rss>", 3), &b"<rs"[..]);
/// ```
pub fn head(bytes: &[u8], most: usize) -> Cow<'_, [u8]> {
    let head = &bytes[..bytes.len().min(most)];
    match Encoding::for_bom(head) {
        None => Cow::Borrowed(head),
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => Cow::Borrowed(&head[mark..]),
        Some((encoding, mark)) => {
            let (text, _) = encoding.decode_without_bom_handling(&head[mark..]);
            Cow::Owned(text.into_owned().into_bytes())
        }
    }
}

fn refuse_binary(bytes: &[u8]) -> Result<(), String> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(format!("binary: {what}"));
    }
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    if memchr::memchr(0, looked_at).is_some() {
        return Err("binary: it holds zero bytes".to_owned());
    }
    let too_many = |controls: usize| controls * 100 > looked_at.len() * CONTROLS_PER_HUNDRED;
    let is_low = |byte: u8| byte < 0x20;
    let is_control = |byte: u8| is_low(byte) && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    if too_many(count(looked_at, is_low)) && too_many(count(looked_at, is_control)) {
        return Err("binary: too many control characters for a text".to_owned());
    }
    Ok(())
}

/// How many bytes are of a kind: counted in bytes, which the machine does many at a time.
fn count(bytes: &[u8], is_it: impl Fn(u8) -> bool) -> usize {
    let among = |few: &[u8]| few.iter().map(|byte| u8::from(is_it(*byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|few| usize::from(among(few))).sum()
}

/// Whether an encoding decodes the bytes without a fault.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Turns `\r\n` and a lone `\r` into `\n`; a text that has neither is left alone.
fn with_plain_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.text.into_owned(), decoded.charset)
    }

    #[test]
    fn marks_and_bytes_tell_the_character_set() {
        assert_eq!(text("“Né”".as_bytes()), ("“Né”".to_owned(), "UTF-8"));
        assert_eq!(text(b"\xEF\xBB\xBFNews"), ("News".to_owned(), "UTF-8"));
        assert_eq!(text(b"\xFF\xFEN\0e\0"), ("Ne".to_owned(), "UTF-16LE"));
        assert_eq!(text(b"\xFE\xFF\0N\0e"), ("Ne".to_owned(), "UTF-16BE"));
        let (read, _) = text(b"Le pr\xE9sident a d\xE9clar\xE9 \x93non\x94");
        assert_eq!(read, "Le président a déclaré “non”");
    }

    #[test]
    fn a_declaration_that_the_bytes_contradict_is_overruled() {
        let utf8 = decode("é".as_bytes(), Some("iso-8859-1")).unwrap();
        assert_eq!((utf8.text.as_ref(), utf8.charset), ("é", "UTF-8"));
        let latin = decode(b"caf\xE9 au lait", Some("utf-8")).unwrap();
        assert_eq!(latin.text, "café au lait");
        let greek = decode(b"\xEA\xE1\xEB\xE7\xEC\xDD\xF1\xE1", Some("iso-8859-7")).unwrap();
        assert_eq!(greek.text, "καλημέρα");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"%PDF-1.7 text"[..], b"a\0b", b"\x01\x02\x03\x04\x05abc"] {
            assert!(decode(bytes, None).unwrap_err().starts_with("binary"));
        }
    }

    #[test]
    fn every_line_end_becomes_the_same() {
        assert_eq!(text(b"a\r\nb\rc\n").0, "a\nb\nc\n");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_text_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(decoded) = decode(&bytes, None) {
                prop_assert!(!decoded.text.contains('\r'));
            }
        }
    }
}
