//! The head of a mail: what it is told by, and what of it fills a story's fields.

use mail_parser::{HeaderName, Message};

use crate::contract::Likeness;
use crate::model::{Entry, Moment, PublishedFrom, Story};
use crate::text::markup::one_line;
use crate::text::moments::moment;
use crate::text::{agencies, copy, feed};

/// How much of a head is looked at: the signatures of relays make some long.
const LOOKED_AT: usize = 1 << 16;
/// Fields that every mail has some of.
const COMMON: &[&str] =
    &["from", "date", "subject", "to", "message-id", "received", "mime-version", "return-path"];
/// Fields that only mail has.
const TECHNICAL: &[&str] =
    &["message-id", "received", "mime-version", "return-path", "delivered-to"];

/// Tells mail by its head: lines that are all fields, and among them one that wire copy with a
/// "Subject:" and a "Date:" has not.
pub(super) fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(LOOKED_AT)];
    let (mut common, mut technical) = (0, 0);
    let mut lines = head.split(|byte| *byte == b'\n').peekable();
    lines.next_if(|line| line.starts_with(b"From "));
    while let Some(line) = lines.next().map(<[u8]>::trim_ascii_end).filter(|line| !line.is_empty())
    {
        if line[0] == b' ' || line[0] == b'\t' {
            continue;
        }
        let Some((name, value)) = field(line) else {
            // A head that is cut off by the limit ends in the middle of a line.
            if lines.peek().is_none() {
                break;
            }
            return Likeness::No;
        };
        let is = |known: &&str| known.as_bytes().eq_ignore_ascii_case(name);
        common += usize::from(COMMON.iter().any(is));
        let sender = is(&"from") && memchr::memchr(b'@', value).is_some();
        technical += usize::from(sender || TECHNICAL.iter().any(is));
    }
    match (common, technical) {
        (0 | 1, _) | (_, 0) => Likeness::No,
        (2, 1) => Likeness::Likely,
        _ => Likeness::Certain,
    }
}

/// A field's name and value.
fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    const LONGEST: usize = 64;
    let at = memchr::memchr(b':', &line[..line.len().min(LONGEST)])?;
    let name = &line[..at];
    let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    is_name.then_some((name, &line[at + 1..]))
}

/// Fills what the head tells, and gives the people who sent it for somebody else.
pub(super) fn take(story: &mut Story, message: &Message<'_>) -> Vec<String> {
    let subject = message.subject().map(one_line).unwrap_or_default();
    let title = without_prefixes(&subject);
    if !title.is_empty() {
        title.clone_into(&mut story.title);
        story.origins.tell("title", "Subject");
    }
    if let Some(id) = message.message_id() {
        id.clone_into(&mut story.id);
        story.origins.tell("id", "Message-ID");
    }
    take_date(story, message);
    if let Some(list) = message.keywords().as_text_list() {
        list.iter().for_each(|keyword| copy::add(&mut story.keywords, keyword));
        story.origins.tell("keywords", "Keywords");
    }
    if let Some(tag) = message.header(HeaderName::ContentLanguage).and_then(|tag| tag.as_text()) {
        story.language = copy::language(tag);
        story.origins.tell("language", "Content-Language");
    }
    take_sender(story, message)
}

/// What mail programs put before the subject of an answer and of what is passed on.
const PREFIXES: &[&str] = &["re:", "fwd:", "fw:", "aw:", "wg:", "tr:", "rv:", "sv:", "vs:"];

/// A subject without "Re:" and "Fwd:".
pub(super) fn without_prefixes(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(prefix) = PREFIXES.iter().find(|prefix| {
        rest.get(..prefix.len()).is_some_and(|front| front.eq_ignore_ascii_case(prefix))
    }) {
        rest = rest[prefix.len()..].trim_start();
    }
    rest
}

/// The organisation is the source, else the sender's name. Gives the people who sent it for the
/// source: "Ada Orlo via Nordwire" and "Ada Orlo, Nordwire" name both.
fn take_sender(story: &mut Story, message: &Message<'_>) -> Vec<String> {
    let organisation = ["Organization", "Organisation"]
        .iter()
        .find_map(|name| message.header_raw(*name))
        .map(one_line)
        .unwrap_or_default();
    let from = message.from().and_then(|from| from.first());
    let name = from.and_then(|from| from.name()).map(one_line).unwrap_or_default();
    let name = feed::without_mail(&name);
    if !organisation.is_empty() {
        story.source = organisation;
        story.origins.tell("source", "Organization");
        return people(&name, &story.source);
    }
    let parted = [" via ", ", ", " | ", " - "].iter().find_map(|sign| name.rsplit_once(sign));
    let both = parted.map(|(person, house)| (people(person, house), house));
    let (people, source) =
        match both.filter(|(people, house)| !people.is_empty() && !house.is_empty()) {
            Some((people, house)) => (people, house),
            None => (Vec::new(), name.as_str()),
        };
    source.clone_into(&mut story.source);
    if !story.source.is_empty() {
        story.origins.tell("source", "From");
    }
    people
}

/// Words that a desk's name has and a person's has not.
const DESKS: &[&str] = &[
    "desk",
    "team",
    "newsroom",
    "alerts",
    "alert",
    "wire",
    "wires",
    "service",
    "office",
    "redaktion",
];

/// The people that a sender's name names, not the house or one of its desks.
fn people(name: &str, house: &str) -> Vec<String> {
    let mut people = copy::writers(name);
    let first = house.split_whitespace().next().unwrap_or_default();
    people.retain(|name| {
        let mut words = name.split_whitespace();
        let is_desk =
            words.any(|word| word == first || DESKS.contains(&word.to_lowercase().as_str()));
        !is_desk && agencies::agency(name).is_none()
    });
    people
}

/// The date of the mail; where it has none, that of the first relay it passed.
fn take_date(story: &mut Story, message: &Message<'_>) {
    let told = message.header_raw(HeaderName::Date).and_then(date);
    let passed = || {
        let relays =
            message.headers_raw().filter(|(name, _)| name.eq_ignore_ascii_case("received"));
        let first = relays.last().map(|(_, value)| value)?;
        date(first.rsplit_once(';')?.1)
    };
    let (time, place) = match told {
        Some(time) => (Some(time), "Date"),
        None => (passed(), "Received"),
    };
    if let Some(time) = time {
        story.published = Some(time);
        story.published_from = Some(PublishedFrom::Metadata);
        story.origins.tell("published", place);
    }
}

/// A date of mail, without the comment behind it. Read by the house's own rules, because a zone whose
/// name is unknown or means two things must not be taken for UTC.
pub(super) fn date(field: &str) -> Option<Moment> {
    let plain = field.split('(').next().unwrap_or(field);
    moment(&one_line(plain))
}
