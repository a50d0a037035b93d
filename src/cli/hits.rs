//! Answers with hits: what `search` does with stories, and `said` with statements.

use std::io::Write;

use super::answer::{AnswerFlags, HELD};
use super::archive::Archive;
use super::{Outcome, kit};
use crate::contract::{Index, Look, Output};
use crate::error::Result;
use crate::model::{Hit, Query, Results, Said, Scope};
use crate::search::{self, Grouping, Page};

/// Hands over hits one by one.
type Each<T> = fn(&dyn Index, &Query, &Page, &mut dyn FnMut(T) -> Result<()>) -> Result<u64>;

/// Writes hits.
type WriteHits<T> = fn(&Results<T>, &Look, &mut dyn Write) -> std::io::Result<()>;

/// How a command gets its hits, and writes them.
pub(super) struct Hits<T> {
    scope: Scope,
    /// What a hit is, for who finds none.
    name: &'static str,
    page: fn(&dyn Index, &Query, &Page) -> Result<Results<T>>,
    grouped: fn(&dyn Index, &Query, &Page, &Grouping<'_>) -> Result<Results<T>>,
    each: Each<T>,
    write: fn(&Output) -> WriteHits<T>,
}

/// Stories.
pub(super) const STORIES: Hits<Hit> = Hits {
    scope: Scope::Stories,
    name: "story",
    page: search::stories,
    grouped: search::grouped_stories,
    each: search::each_story,
    write: |output| output.stories,
};

/// Statements.
pub(super) const STATEMENTS: Hits<Said> = Hits {
    scope: Scope::Statements,
    name: "statement",
    page: search::statements,
    grouped: search::grouped_statements,
    each: search::each_statement,
    write: |output| output.statements,
};

impl<T> Hits<T> {
    /// Answers a query, in the way that the flags ask for.
    pub(super) fn answer(
        &self,
        archive: &Archive,
        query: &Query,
        flags: &AnswerFlags,
    ) -> Result<Outcome> {
        if let Some(outcome) = flags.answer_otherwise(archive, query, self.scope)? {
            return Ok(outcome);
        }
        let total = match flags.is_streamed() {
            true => self.stream(archive, query, flags)?,
            false => self.write_page(archive, query, flags)?,
        };
        if total == 0 {
            kit::tell_nothing(archive.index.as_ref(), query, self.name)?;
        }
        Ok(kit::outcome(total))
    }

    /// Writes a page of hits; gives how many match.
    fn write_page(&self, archive: &Archive, query: &Query, flags: &AnswerFlags) -> Result<u64> {
        let (index, asked) = (archive.index.as_ref(), flags.page()?);
        let mut results = match flags.grouping(&archive.known) {
            Some(grouping) => (self.grouped)(index, query, &asked, &grouping)?,
            None => (self.page)(index, query, &asked)?,
        };
        results.facets = flags.facets(archive, query, self.scope)?;
        let mut page = kit::page();
        (self.write)(flags.output()?)(&results, &flags.colour.look(), &mut page)
            .and_then(|()| page.flush())
            .map_err(kit::unwritten)?;
        Ok(results.total)
    }

    /// Writes hits while they are read, some at a time; gives how many match.
    fn stream(&self, archive: &Archive, query: &Query, flags: &AnswerFlags) -> Result<u64> {
        let (write, mut look) = ((self.write)(flags.output()?), flags.colour.look());
        let mut page = kit::page();
        let mut write_held = |held: &mut Vec<T>| {
            let results = Results::of(std::mem::take(held));
            write(&results, &look, &mut page)
                .and_then(|()| page.flush())
                .map_err(kit::unwritten)?;
            look.goes_on = true;
            Ok(())
        };
        let mut held = Vec::with_capacity(HELD);
        let total = (self.each)(archive.index.as_ref(), query, &flags.page()?, &mut |hit| {
            held.push(hit);
            if held.len() < HELD { Ok(()) } else { write_held(&mut held) }
        })?;
        write_held(&mut held)?;
        Ok(total)
    }
}
