//! A table for a spreadsheet, with a line of headings.

use std::io::{Result, Write};

use csv::Writer;

use crate::contract::{Look, Output};
use crate::model::{Hit, Line, Moment, Results, Said};

/// A table for a spreadsheet.
pub(super) const CSV: Output = Output {
    name: "csv",
    doc: "a table with headings, a row for each hit",
    stories,
    statements,
    lines,
};

fn stories(results: &Results<Hit>, look: &Look, page: &mut dyn Write) -> Result<()> {
    let mut table = Writer::from_writer(page);
    let headings = [
        "published",
        "source",
        "place",
        "title",
        "speakers",
        "passage",
        "kinds",
        "path",
        "member",
        "id",
        "score",
    ];
    if !look.goes_on {
        table.write_record(headings)?;
    }
    for hit in &results.hits {
        let passage = hit.passages.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>();
        table.write_record([
            &day(hit.published.as_ref()),
            &hit.source,
            &hit.place,
            &hit.title,
            &hit.speakers.join("; "),
            &passage.join(" … "),
            &hit.kinds.join(" "),
            &hit.path,
            &hit.member,
            &hit.id,
            &hit.score.to_string(),
        ])?;
    }
    table.flush()
}

fn statements(results: &Results<Said>, look: &Look, page: &mut dyn Write) -> Result<()> {
    let mut table = Writer::from_writer(page);
    let headings = [
        "published",
        "speaker",
        "named",
        "role",
        "kind",
        "cue",
        "text",
        "source",
        "title",
        "path",
        "member",
        "start",
        "end",
    ];
    if !look.goes_on {
        table.write_record(headings)?;
    }
    for said in &results.hits {
        let kind = serde_json::to_value(said.kind)?;
        table.write_record([
            &day(said.story.published.as_ref()),
            &said.speaker,
            &said.named,
            &said.role,
            kind.as_str().unwrap_or_default(),
            &said.cue,
            &said.text,
            &said.story.source,
            &said.story.title,
            &said.story.path,
            &said.story.member,
            &said.start.to_string(),
            &said.end.to_string(),
        ])?;
    }
    table.flush()
}

fn lines(results: &Results<Line>, look: &Look, page: &mut dyn Write) -> Result<()> {
    let mut table = Writer::from_writer(page);
    let headings = [
        "published",
        "source",
        "left",
        "hit",
        "right",
        "field",
        "start",
        "end",
        "title",
        "path",
        "member",
    ];
    if !look.goes_on {
        table.write_record(headings)?;
    }
    for line in &results.hits {
        table.write_record([
            &day(line.published.as_ref()),
            &line.source,
            &line.left,
            &line.hit,
            &line.right,
            line.field,
            &line.at[0].to_string(),
            &line.at[1].to_string(),
            &line.title,
            &line.path,
            &line.member,
        ])?;
    }
    table.flush()
}

fn day(published: Option<&Moment>) -> String {
    published.map(Moment::to_string).unwrap_or_default()
}
