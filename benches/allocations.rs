//! How often each step asks for memory, and for how much: counted, so the same on every run.

#![allow(clippy::print_stdout, reason = "what was counted is printed")]

mod stories;

use std::alloc::System;
use std::hint::black_box;

use onrecord::annotate::ANNOTATORS;
use onrecord::backend::LOCAL;
use onrecord::contract::Text;
use onrecord::format;
use onrecord::model::{Annotations, Record, Story, StoryKey};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The memory given to the writer, in bytes.
const MEMORY: usize = 256 << 20;

fn main() {
    let entries = stories::entries();
    let stories = stories::stories();
    println!("{:<14} {:>12} {:>12} {:>14}", "for a story", "allocations", "grown", "bytes asked");
    let mut read = 0;
    let parsing = Region::new(ALLOCATOR);
    for entry in &entries {
        let read =
            format::read(entry, None, &mut |story| read += usize::from(black_box(story).is_ok()));
        read.expect("the bundled corpus can be read");
    }
    print("parse", read, &parsing);
    annotate(&stories);
    let records = stories::records();
    drop(stories);
    let indexing = Region::new(ALLOCATOR);
    index(&records);
    print("index", records.len(), &indexing);
}

/// Each annotator by itself, on what those before it found.
fn annotate(stories: &[Story]) {
    let texts: Vec<Text<'_>> = stories.iter().map(Text::from).collect();
    let mut found: Vec<Annotations> = texts.iter().map(|_| Annotations::default()).collect();
    for annotator in ANNOTATORS {
        let annotating = Region::new(ALLOCATOR);
        for (text, found) in texts.iter().zip(&mut found) {
            (annotator.annotate)(text, found);
        }
        print(annotator.name, stories.len(), &annotating);
    }
}

fn index(records: &[Record]) {
    let folder = TempDir::new().expect("a temporary folder");
    let mut writer = (LOCAL.write)(folder.path(), MEMORY).expect("a new index");
    for (number, record) in records.iter().enumerate() {
        writer.add(&record.story.path, StoryKey(number as u64), record).expect("added");
    }
    writer.commit().expect("committed");
}

fn print(step: &str, stories: usize, region: &Region<'_, System>) {
    let counted = region.change();
    let each = |count: usize| count as f64 / stories.max(1) as f64;
    println!(
        "{step:<14} {:>12.1} {:>12.1} {:>14.0}",
        each(counted.allocations),
        each(counted.reallocations),
        each(counted.bytes_allocated),
    );
}
