//! What must hold whatever the bytes: nothing panics, and what comes out keeps its promises.

use onrecord::contract::Text;
use onrecord::format::{FORMATS, named};
use onrecord::model::{Entry, Span, Story};
use onrecord::{annotate, container, query};

/// The most of a member that is looked at: a bomb is stopped by who reads, not by the container.
const MOST: u64 = 1 << 20;

/// Reads bytes as a format, however unlike it they are.
pub fn read(format: &str, bytes: &[u8]) {
    let format = named(format).expect("the register has it");
    let entry = Entry { path: "a".to_owned(), bytes: bytes.to_vec(), ..Entry::default() };
    for other in FORMATS {
        (other.sniff)(&entry);
    }
    let _ = (format.read)(&entry, &mut |story| story.iter().for_each(check));
}

/// A story's body is paragraphs; its fields are lines.
fn check(story: &Story) {
    assert_eq!(story.body, story.body.trim(), "a body has no blanks around it");
    assert!(!story.title.contains('\n'), "a headline is one line");
    assert!(story.published_from.is_some() || story.published.is_none());
}

/// Opens bytes as a container and reads what is in it.
pub fn open(name: &str, bytes: &[u8]) {
    let known = container::CONTAINERS.iter().find(|container| container.name == name);
    let container = known.expect("the register has it");
    let mut left = MOST;
    let _ = (container.open)(&mut &bytes[..], &mut |_, content| {
        let read = std::io::copy(&mut std::io::Read::take(content, left), &mut std::io::sink());
        left = left.saturating_sub(read.unwrap_or_default());
        Ok(())
    });
}

/// Annotates a text; every span must be of it.
pub fn annotate(text: &str) {
    let found = annotate::annotate(&Text { body: text, ..Text::default() });
    let is_of_it = |span: Span| text.get(span.start()..span.end()).is_some();
    for statement in &found.statements {
        assert!(is_of_it(statement.span) && statement.cue.is_none_or(is_of_it));
        assert!(statement.quotes.iter().all(|quote| is_of_it(*quote)));
        assert!(statement.speaker.iter().all(|speaker| is_of_it(speaker.span)));
    }
    assert!(found.dates.iter().all(|date| is_of_it(date.span)));
    assert!(found.people.iter().flat_map(|person| &person.mentions).all(|span| is_of_it(*span)));
}

/// Reads a query; what is printed of it is read as the same.
pub fn query(typed: &str) {
    let today = "2025-03-18".parse().expect("a day");
    if let Ok(read) = query::parse(typed, today) {
        let printed = query::explain(&read);
        let again = query::parse(&printed, today).expect("what is printed can be read");
        assert_eq!(again.root, read.root, "{printed}");
    }
}
