//! The bundled corpus repeated to a useful size, its words varied so that no two stories are alike.

#![allow(dead_code, reason = "each bench uses its own part")]

pub(crate) mod wires;

use std::path::Path;

use onrecord::ingest::{self, Request};
use onrecord::model::{Entry, Record, Story};

/// How many stories the benches work on.
pub(crate) const STORIES: usize = 2000;

/// The corpus's files, as they are.
pub(crate) fn entries() -> Vec<Entry> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let request = Request { paths: vec![corpus], ..Request::default() };
    ingest::entries(&request).expect("the bundled corpus is there")
}

/// So many stories made from the corpus: in each copy a third of the long words are changed, so that
/// the index meets new words at about the rate at which a growing archive has them.
pub(crate) fn stories() -> Vec<Story> {
    let mut originals = Vec::new();
    for entry in entries() {
        let read = onrecord::format::read(&entry, None, &mut |story| originals.extend(story.ok()));
        read.expect("the bundled corpus can be read");
    }
    (0..STORIES).map(|number| varied(&originals[number % originals.len()], number)).collect()
}

/// The stories with what was found in them.
pub(crate) fn records() -> Vec<Record> {
    let annotated = |story: Story| {
        let annotations = ingest::annotations(&story);
        Record { story, annotations }
    };
    stories().into_iter().map(annotated).collect()
}

fn varied(story: &Story, number: usize) -> Story {
    let mut copy = story.clone();
    copy.path = format!("{number}/{}", story.path);
    copy.body = String::with_capacity(story.body.len() + 64);
    for (at, word) in story.body.split_inclusive(' ').enumerate() {
        let plain = word.trim_end();
        let long = plain.len() > 6 && plain.bytes().all(|byte| byte.is_ascii_lowercase());
        if long && (at + number).is_multiple_of(3) {
            copy.body.push_str(&format!("{plain}{} ", (at * 31 + number) % 97));
        } else {
            copy.body.push_str(word);
        }
    }
    copy
}
