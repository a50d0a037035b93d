//! `search --why`: why a story is an answer to a query, or is none; `--explain`: how a query was read,
//! and what gives a story its score.

use std::io::Write;

use super::archive::Archive;
use super::{Outcome, kit};
use crate::error::{Error, Kind, Result};
use crate::model::{Field, Query, Share};
use crate::output::safe;
use crate::query;
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

/// Prints how a query was read.
///
/// # Errors
/// Where a story is named too: only `search` has scores of stories.
pub(super) fn explain(query: &Query, story: &str) -> Result<Outcome> {
    if !story.is_empty() {
        return Err(Error::new(Kind::Usage, "only the score of a story is explained")
            .hint("`onrecord search --explain=STORY QUERY` tells what gives it"));
    }
    writeln!(kit::page(), "{}", query::explain(query)).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

/// Prints what gives a story its score by relevance, part by part.
pub(super) fn score(archive: &Archive, query: &Query, story: &str) -> Result<Outcome> {
    let index = archive.index.as_ref();
    let (key, record) = super::show::one(index, story)?;
    let shares = index.shares(&query.root, key)?;
    let place = record.story.place_on_disk();
    if shares.is_empty() {
        kit::tell(&format!(
            "{} has no score for {}; `--why` tells more",
            safe(&place),
            query.typed
        ));
        return Ok(Outcome::Nothing);
    }
    let total: f32 = shares.iter().map(|share| share.score).sum();
    let mut page = kit::page();
    writeln!(page, "{total:8.2}  {}", safe(&place))
        .and_then(|()| shares.iter().try_for_each(|share| write_share(share, &mut page)))
        .and_then(|()| page.flush())
        .map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

fn write_share(share: &Share, page: &mut dyn Write) -> std::io::Result<()> {
    let part = query::explain(&Query {
        typed: String::new(),
        root: share.part.clone(),
        notes: Vec::new(),
    });
    let place = match share.field {
        Field::Title => "in the headline",
        Field::Body => "in the body",
        Field::Speaker => "among its speakers",
        Field::Person => "among its people",
        Field::Keyword => "among its keywords",
        _ => "",
    };
    writeln!(page, "{:8.2}    {}  {place}", share.score, safe(&part))
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
