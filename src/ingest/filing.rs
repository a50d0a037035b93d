//! A story made ready for the index, on the threads that read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;

use super::batch::{Made, crash};
use super::complete::annotations;
use super::key::key;
use super::report::{Cause, Problem};
use super::walk::Found;
use crate::contract::{Prepare, Prepared};
use crate::model::{Record, Story};
use crate::text::published::doubt;

/// A story that is ready for the index, and what is told of it.
pub(super) struct Filed {
    pub(super) story: Prepared,
    /// How many statements it has.
    pub(super) statements: u64,
    /// What is doubtful about its day.
    pub(super) doubt: Option<Problem>,
}

/// Makes stories ready.
pub(super) struct Filing {
    pub(super) prepare: Prepare,
    /// The day of the ingest, against which times are doubted.
    pub(super) today: Date,
}

impl Filing {
    /// Annotates a story of a file and makes it ready. Where an annotator has a fault, the story goes on
    /// without annotations.
    pub(super) fn file(&self, found: &Found, story: Story, made: &mut Made<Filed>) {
        let annotated = catch_unwind(AssertUnwindSafe(|| annotations(&story)));
        let is_broken = annotated.is_err();
        let record = Record { story, annotations: annotated.unwrap_or_default() };
        made.push(self.filed(found, &record));
        if is_broken {
            let work = "looking for speakers and dates";
            made.push(Err(crash(found, &record.story.member, work)));
        }
    }

    fn filed(&self, found: &Found, record: &Record) -> Result<Filed, Problem> {
        let (file, story) = (&found.file, &record.story);
        let key = key(file, &story.member, story.ordinal);
        let prepared = catch_unwind(AssertUnwindSafe(|| (self.prepare)(file, key, record)));
        let doubt = doubt(story, self.today).map(|reason| {
            Problem::new(file, Cause::Doubtful, reason)
                .in_member(&story.member)
                .hint("it is in the index as it says itself")
        });
        Ok(Filed {
            story: prepared.map_err(|_| crash(found, &story.member, "making it ready"))?,
            statements: record.annotations.statements.len() as u64,
            doubt,
        })
    }
}
