//! Mail: what a wire service, an agency's alerts or a press office sends by e-mail.
//!
//! Comes in: one message (RFC 5322, MIME). Goes out: its story, and one for each message that is
//! attached to it: subject, sender and date fill the fields, the text loses signature, quoted reply
//! and footers. Folders of mail are a container's affair; attachments are named in the note.

mod head;
mod layout;
mod letter;

use std::borrow::Cow;

use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::contract::{Format, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, Story};
use crate::text::copy::{self, add_note};
use crate::text::decode::decode;
use crate::text::markup;

/// Mail.
pub(super) const MAIL: Format = Format {
    name: "mail",
    doc: "e-mail of wire services and press offices, with its character sets and attachments",
    signs: "a head of mail at its start: From, Date, Subject and a Message-ID or its like",
    sniff: head::sniff,
    read,
};

/// How many messages within messages are read, one in the other and in all.
const DEEPEST: usize = 3;
const MOST: usize = 1_000;
/// How many parts may themselves be of parts: each is searched for by its boundary.
const MOST_MULTIPARTS: usize = 200;
/// The longest field that describes a part, in bytes.
const LONGEST_FIELD: usize = 1 << 16;

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    refuse_bomb(&entry.bytes)?;
    let Some(message) = MessageParser::default().parse(&entry.bytes) else {
        return Err(Error::new(Kind::Input, "no head of a mail"));
    };
    let mut read = 0;
    read_message(&message, DEEPEST, &mut read, sink);
    if read == 0 {
        let mut error = Error::new(Kind::Input, "mail without a text");
        let names: Vec<String> = message.attachments().filter_map(name_of).collect();
        if !names.is_empty() {
            error = error.hint(format!("save what is attached and read it: {}", names.join(", ")));
        }
        return Err(error);
    }
    Ok(())
}

/// Refuses what takes longer to read the more of it there is, or more of the stack: parts within
/// parts without an end, messages within messages, fields with very many values.
fn refuse_bomb(bytes: &[u8]) -> Result<()> {
    let bomb = |why: String| Err(Error::new(Kind::Input, format!("a bomb: {why}")));
    let (mut multiparts, mut messages, mut field, mut describes) = (0, 0, 0, false);
    for line in bytes.split(|byte| *byte == b'\n') {
        let goes_on = line.first().is_some_and(|byte| b" \t".contains(byte));
        if !goes_on {
            describes = line.len() > 8 && line[..8].eq_ignore_ascii_case(b"content-");
            field = 0;
        }
        field += line.len();
        if describes && field > LONGEST_FIELD {
            return bomb(format!("a field longer than {LONGEST_FIELD} bytes"));
        }
        let looked_at = &line[..line.len().min(256)];
        let says = |word: &[u8]| {
            describes && looked_at.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
        };
        multiparts += usize::from(says(b"boundary"));
        messages += usize::from(says(b"message/"));
    }
    if messages > MOST {
        return bomb(format!("more than {MOST} messages in it"));
    }
    if multiparts > MOST_MULTIPARTS {
        return bomb(format!("more than {MOST_MULTIPARTS} parts of parts"));
    }
    Ok(())
}

/// Reads a message and those attached to it.
fn read_message(message: &Message<'_>, depth: usize, read: &mut usize, sink: &mut StorySink<'_>) {
    if *read == MOST {
        return;
    }
    if let Some(story) = story(message) {
        *read += 1;
        sink(Ok(story));
    }
    if depth == 0 {
        return;
    }
    for part in &message.parts {
        if let PartType::Message(inner) = &part.body {
            read_message(inner, depth - 1, read, sink);
        }
    }
}

/// The story of a message; none where it has no text. A text that is all notes ("Please kill ...") is
/// one too.
fn story(message: &Message<'_>) -> Option<Story> {
    let mut story = Story::default();
    let sender = head::take(&mut story, message);
    let (paragraphs, place) = paragraphs(message);
    let paragraphs = letter::opened(&mut story, paragraphs);
    if paragraphs.is_empty() {
        return None;
    }
    copy::set_body(&mut story, "", paragraphs);
    if !story.body.is_empty() {
        story.origins.tell("body", place);
    }
    // A byline in the copy comes before the name of who sent it.
    if story.bylines.is_empty() && !sender.is_empty() {
        story.bylines = sender;
        story.origins.tell("bylines", "From");
    }
    for part in message.attachments() {
        if let Some(name) = name_of(part) {
            add_note(&mut story, &format!("Attached: {name}"));
        }
    }
    story.found_in("what is attached");
    (!story.title.is_empty() || !story.body.is_empty()).then_some(story)
}

/// What is attached, where it may be a story: pictures and signatures are none.
fn name_of(part: &MessagePart<'_>) -> Option<String> {
    let kind = part.content_type().map(|kind| {
        format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
    });
    let kind = kind.unwrap_or_else(|| "message".to_owned());
    let other = ["image/", "audio/", "video/", "application/pgp", "application/pkcs7"];
    if other.iter().any(|other| kind.starts_with(other)) {
        return None;
    }
    let inner = match &part.body {
        PartType::Message(inner) => inner.subject(),
        _ => None,
    };
    let name = part.attachment_name().or(inner)?;
    Some(format!("{} ({kind})", markup::one_line(name)))
}

/// The paragraphs of the text, or of the HTML where the text only points to it; and which it was.
fn paragraphs(message: &Message<'_>) -> (Vec<String>, &'static str) {
    /// HTML that has so many times the words of the text is the story, the text a stub.
    const STUB: usize = 3;
    let mut plain = Vec::new();
    for part in message.text_bodies() {
        if let PartType::Text(text) = &part.body {
            plain.extend(letter::paragraphs(&decoded(message, part, text), is_flowed(part)));
        }
    }
    let html = || {
        let mut html = Vec::new();
        for part in message.html_bodies() {
            if let PartType::Html(text) = &part.body {
                html.extend(letter::without_footers(markup::html(&layout::plain(&decoded(
                    message, part, text,
                )))));
            }
        }
        html
    };
    let has_html = message.html_bodies().any(|part| matches!(part.body, PartType::Html(_)));
    if has_html && words(&plain) < words(&html()).div_ceil(STUB) {
        return (html(), "text/html");
    }
    if plain.is_empty() {
        let attached = message.attachments().find_map(|part| match &part.body {
            PartType::Text(text) if part.is_content_type("text", "plain") => Some(text),
            _ => None,
        });
        plain = attached.map(|text| letter::paragraphs(text, false)).unwrap_or_default();
    }
    (plain, "text/plain")
}

fn words(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(|paragraph| paragraph.split_whitespace().count()).sum()
}

/// Whether a line that ends in a blank goes on below (RFC 3676).
fn is_flowed(part: &MessagePart<'_>) -> bool {
    let format = part.content_type().and_then(|kind| kind.attribute("format"));
    format.is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

/// A part's text. Where the mail program wrote plain bytes, what they are counts for more than what it
/// called them: many write UTF-8 and say windows-1252, or say nothing.
fn decoded<'m>(message: &'m Message<'_>, part: &MessagePart<'_>, text: &'m str) -> Cow<'m, str> {
    if part.encoding == Encoding::None && !text.is_ascii() {
        let declared = part.content_type().and_then(|kind| kind.attribute("charset"));
        let range = part.offset_body as usize..part.offset_end as usize;
        let bytes = message.raw_message.get(range).unwrap_or_default();
        if let Ok(decoded) = decode(bytes, declared) {
            return decoded.text;
        }
    }
    text.into()
}

#[cfg(test)]
mod tests;
