//! The one thread that owns the index: it files what came of each file, notes it, and commits.

use std::time::{Duration, Instant};

use super::Request;
use super::batch::{Event, Made};
use super::filing::Filed;
use super::manifest::{Manifest, Seen};
use super::meanwhile::Meanwhile;
use super::progress::Watcher;
use super::report::{Cause, NO_STORY, Problem, Report, Summary};
use super::walk::Found;
use crate::contract::Index;
use crate::error::Result;
use crate::model::{FileNote, Outcome};

/// A commit is made after so long, if there is anything to commit.
const COMMIT_EVERY: Duration = Duration::from_secs(60);

/// The files, and what was known of them before.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) files: &'a [Found],
    pub(super) manifest: &'a Manifest,
}

/// Files what came of each file.
pub(super) struct Desk<'a> {
    index: &'a mut dyn Index,
    files: &'a [Found],
    manifest: &'a Manifest,
    meanwhile: &'a mut dyn Meanwhile,
    watcher: &'a dyn Watcher,
    report: Report,
    summary: Summary,
    open: Option<Open>,
    uncommitted: Uncommitted,
    /// A commit is made after so many bytes of files: what a crash may cost. Each cuts segments,
    /// which have to be merged again.
    commit_bytes: u64,
    /// From how many bytes on a file is large.
    large: u64,
}

/// The file that is being read.
struct Open {
    number: usize,
    stories: u32,
    problems: u64,
    first_problem: Option<Problem>,
    /// How many of its bytes the watcher was told of.
    reached: u64,
}

/// What was done since the last commit.
struct Uncommitted {
    anything: bool,
    bytes: u64,
    since: Instant,
}

impl Uncommitted {
    fn nothing() -> Self {
        Self { anything: false, bytes: 0, since: Instant::now() }
    }

    fn is_due(&self, commit_bytes: u64) -> bool {
        self.anything && (self.bytes >= commit_bytes || self.since.elapsed() >= COMMIT_EVERY)
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        index: &'a mut dyn Index,
        request: &Request,
        known: Known<'a>,
        watcher: &'a dyn Watcher,
        report: Report,
        meanwhile: &'a mut dyn Meanwhile,
    ) -> Self {
        let (summary, uncommitted) = (Summary::default(), Uncommitted::nothing());
        let Known { files, manifest } = known;
        Self {
            index,
            files,
            manifest,
            meanwhile,
            watcher,
            report,
            summary,
            open: None,
            uncommitted,
            commit_bytes: request.commit_bytes,
            large: request.large,
        }
    }

    /// Counts files whose stories have followed them to other names.
    pub(super) fn follow(&mut self, files: u64) {
        self.summary.moved = files;
        self.uncommitted.anything |= files > 0;
    }

    /// Takes what is passed over; stories of a file that is none any more are dropped, those of one
    /// that cannot be read for now stay.
    pub(super) fn pass_over(&mut self, problem: &Problem) -> Result<()> {
        let no_file =
            matches!(problem.kind, Cause::Empty | Cause::Link | Cause::Special | Cause::Vanished);
        if no_file && self.manifest.knows(&problem.path) {
            self.delete(&problem.path)?;
        }
        self.skip(problem)
    }

    /// Counts files that stay though they are not there, and names the folder of the first.
    pub(super) fn keep(&mut self, files: u64, folder: Option<&str>) {
        self.summary.away = files;
        self.summary.away_from = folder.map(str::to_owned);
    }

    /// Drops what is known of a file that is read anew.
    pub(super) fn drop_known(&mut self, file: &str) -> Result<()> {
        self.delete(file)
    }

    /// Drops a file that is gone.
    pub(super) fn drop_gone(&mut self, file: &str) -> Result<()> {
        self.summary.deleted += 1;
        self.delete(file)
    }

    /// Takes a batch of events.
    pub(super) fn take(&mut self, events: Vec<Event<Filed>>) -> Result<()> {
        for event in events {
            match event {
                Event::Begins(number) => self.begin(number)?,
                Event::Gave(stories) => self.file_away(stories)?,
                Event::Reached(bytes) => self.reach(bytes),
                Event::Ends(seen) => self.end(seen)?,
                Event::Unread(number, problem) => {
                    self.pass_over(&problem)?;
                    self.watcher.advance(1, self.files[number].size);
                }
                Event::Unchanged(number) => self.unchanged(number)?,
                Event::Touched(number, note) => {
                    self.note(&note)?;
                    self.unchanged(number)?;
                }
            }
        }
        if self.uncommitted.is_due(self.commit_bytes) {
            self.commit()?;
        }
        if self.is_in_large() && self.meanwhile.is_any()? {
            self.commit()?;
            self.meanwhile.take(self.index)?;
        }
        Ok(())
    }

    /// Whether a large file is being read.
    fn is_in_large(&self) -> bool {
        self.open.as_ref().is_some_and(|open| self.files[open.number].size >= self.large)
    }

    /// Commits what is left, and gives the sums.
    ///
    /// `stopped` says whether somebody wanted it to end early.
    pub(super) fn finish(mut self, stopped: bool) -> Result<Summary> {
        self.summary.stopped = stopped;
        self.commit()?;
        self.index.settle()?;
        self.report.finish()?;
        Ok(self.summary)
    }

    fn begin(&mut self, number: usize) -> Result<()> {
        // What was read before a large file is not to wait for it.
        if self.files[number].size >= self.large {
            self.commit()?;
        }
        let fresh = Open { number, stories: 0, problems: 0, first_problem: None, reached: 0 };
        self.open = Some(fresh);
        let file = &self.files[number].file;
        if self.manifest.knows(file) {
            self.delete(file)?;
        }
        Ok(())
    }

    fn file_away(&mut self, stories: Made<Filed>) -> Result<()> {
        for story in stories {
            match story {
                Ok(story) => self.add(story)?,
                Err(problem) => self.trouble(problem)?,
            }
        }
        Ok(())
    }

    fn add(&mut self, story: Filed) -> Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.stories += 1;
        self.index.put(&self.files[open.number].file, story.story)?;
        self.uncommitted.anything = true;
        self.summary.stories += 1;
        self.summary.statements += story.statements;
        if let Some(doubt) = story.doubt {
            self.summary.doubtful += 1;
            self.report.write(&doubt)?;
        }
        Ok(())
    }

    /// Reports a problem with a part of the open file.
    fn trouble(&mut self, problem: Problem) -> Result<()> {
        self.tell(&problem)?;
        if let Some(open) = &mut self.open {
            open.problems += 1;
            open.first_problem.get_or_insert(problem);
        }
        Ok(())
    }

    fn reach(&mut self, bytes: u64) {
        if let Some(open) = &mut self.open {
            // A file may have grown since its size was taken for the whole.
            let bytes = bytes.min(self.files[open.number].size).max(open.reached);
            self.watcher.advance(0, bytes - open.reached);
            open.reached = bytes;
        }
    }

    /// Closes the open file: notes what came of it.
    fn end(&mut self, seen: Seen) -> Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let found = &self.files[open.number];
        let outcome = self.outcome(&open, &found.file)?;
        self.summary.bytes += seen.size;
        self.uncommitted.bytes += seen.size;
        self.note(&seen.note(&found.file, outcome))?;
        self.watcher.advance(1, found.size - open.reached);
        Ok(())
    }

    /// Says what came of a file, and counts it.
    fn outcome(&mut self, open: &Open, file: &str) -> Result<Outcome> {
        if open.stories > 0 {
            self.summary.files += 1;
            self.summary.parts += open.problems;
            return Ok(Outcome::Stories(open.stories));
        }
        if let Some(problem) = &open.first_problem {
            *self.summary.skipped.entry(problem.kind).or_default() += 1;
            return Ok(Outcome::Nothing(problem.reason.clone()));
        }
        self.skip(&Problem::new(file, Cause::NoStory, NO_STORY))?;
        Ok(Outcome::Nothing(NO_STORY.to_owned()))
    }

    fn unchanged(&mut self, number: usize) -> Result<()> {
        let found = &self.files[number];
        match self.manifest.outcome(&found.file) {
            Some(Outcome::Nothing(reason)) => {
                self.skip(&Problem::remembered(&found.file, reason))?;
            }
            _ => self.summary.unchanged += 1,
        }
        self.watcher.advance(1, found.size);
        Ok(())
    }

    /// Reports and counts a file that gave no story.
    fn skip(&mut self, problem: &Problem) -> Result<()> {
        *self.summary.skipped.entry(problem.kind).or_default() += 1;
        self.tell(problem)
    }

    fn tell(&mut self, problem: &Problem) -> Result<()> {
        self.watcher.trouble(problem);
        self.report.write(problem)
    }

    fn delete(&mut self, file: &str) -> Result<()> {
        self.uncommitted.anything = true;
        self.index.delete(file)
    }

    fn note(&mut self, note: &FileNote) -> Result<()> {
        self.uncommitted.anything = true;
        self.index.note(note)
    }

    /// Commits. A file that is still being read is noted as such first, so that a crash, or a stop,
    /// has the next run drop its stories and read it again.
    fn commit(&mut self) -> Result<()> {
        if let Some(open) = &self.open {
            let found = &self.files[open.number];
            let outcome = Outcome::Nothing("not read to its end".to_owned());
            self.index.note(&Seen::in_part(found.size).note(&found.file, outcome))?;
            self.uncommitted.anything = true;
        }
        if self.uncommitted.anything {
            self.index.commit()?;
        }
        self.uncommitted = Uncommitted::nothing();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_due_after_many_bytes_or_a_long_time_but_not_for_nothing() {
        let due = |anything, bytes, ago| {
            let since = Instant::now().checked_sub(Duration::from_secs(ago)).unwrap();
            Uncommitted { anything, bytes, since }.is_due(1000)
        };
        assert!(due(true, 1000, 0) && due(true, 1, 60));
        assert!(!due(false, 1000, 90) && !due(true, 999, 1));
    }
}
