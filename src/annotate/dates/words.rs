//! A text's words with the marks between them, as the rules for dates read them.

/// A word and what stands around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// As written, with the dot of a short form ("Feb.").
    pub(super) text: &'a str,
    /// The first byte.
    pub(super) start: usize,
    /// The byte behind the last.
    pub(super) end: usize,
    /// What stands between it and the word before.
    pub(super) gap: &'a str,
}

/// The words of a text: runs of letters, digits and apostrophes; a short month keeps its dot.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity(text.len() / 6);
    let (mut at, mut last) = (0, 0);
    while at < bytes.len() {
        if !is_letter(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && is_letter(bytes[at]) {
            at += 1;
        }
        let short =
            at - start <= 4 && bytes.get(at) == Some(&b'.') && bytes[start].is_ascii_uppercase();
        let end =
            at + usize::from(short && crate::text::calendar::month(&text[start..at]).is_some());
        words.push(Word { text: &text[start..end], start, end, gap: &text[last..start] });
        (at, last) = (end, end);
    }
    words
}

/// Letters beyond ASCII count as letters, so that no word is cut inside one.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}
