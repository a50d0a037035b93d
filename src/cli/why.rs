//! `search --why`: why a story is an answer to a query, or is none.

use std::io::Write;

use super::archive::Archive;
use super::{Outcome, kit};
use crate::error::Result;
use crate::model::Query;
use crate::output::safe;
use crate::search::{Verdict, why};

/// Prints the clauses of a query, each with whether the story is what it asks for.
pub(super) fn answer(archive: &Archive, query: &Query, story: &str) -> Result<Outcome> {
    let index = archive.index.as_ref();
    let (key, record) = super::show::one(index, story)?;
    let verdict = why(index, query, &archive.known, (key, &record))?;
    let mut page = kit::page();
    let place = record.story.place_on_disk();
    let answer = if verdict.holds { "is an answer" } else { "is no answer" };
    writeln!(page, "{} {answer}", safe(&place))
        .and_then(|()| write(&verdict, 1, &mut page))
        .and_then(|()| page.flush())
        .map_err(kit::unwritten)?;
    Ok(if verdict.holds { Outcome::Found } else { Outcome::Nothing })
}

fn write(verdict: &Verdict, depth: usize, page: &mut dyn Write) -> std::io::Result<()> {
    let holds = if verdict.holds { "yes" } else { "no " };
    let instead = match verdict.instead.as_str() {
        "" => String::new(),
        told => format!(": {}", safe(told)),
    };
    let indent = depth * 2;
    writeln!(page, "{:indent$}{holds}  {}{instead}", "", safe(&verdict.clause))?;
    verdict.parts.iter().try_for_each(|part| write(part, depth + 1, page))
}
