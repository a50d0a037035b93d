//! Words and an index to results.
//!
//! Comes in: a query and an open index. Goes out: stories or statements, each with the passages
//! that match and exactly the matched words marked. Writes nothing and opens nothing.

mod collocates;
mod concordance;
mod facets;
mod find;
mod forms;
mod groups;
mod kin;
mod marks;
mod nearest;
mod passages;
mod people;
mod timeline;
mod watch;
mod why;

use std::time::Instant;

use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{FoundHit, Hit, Query, Record, Results, Said, Scope, Sort, Statement};
use crate::text::editions::kinds;
use crate::text::offsets::CodePoints;

pub use collocates::{CollocatesOf, collocates};
pub use concordance::concordance;
pub use facets::facet;
pub use find::{find, handle};
pub use groups::{GroupBy, Grouping, group_counts};
pub use kin::{Told, history};
pub use nearest::nearest_speakers;
pub use people::{
    Bearer, Known, Meant, Portrait, Role, Speaking, by_every_name, everybody, people_named,
    portrait, speaking,
};
pub use timeline::{OTHERS, TimelineOf, timeline};
pub use watch::{matching, of_editions, unseen};
pub use why::{Verdict, why};

use groups::grouped;
use marks::Wanted;

/// Which part of an answer is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The order.
    pub sort: Sort,
    /// From where.
    pub start: Start,
    /// How many to give; 0 for all.
    pub limit: usize,
}

impl Page {
    fn request<'a>(&self, query: &'a Query, scope: Scope) -> Request<'a> {
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        Request { query: &query.root, scope, sort: self.sort, start: self.start, limit }
    }
}

/// Answers with stories.
///
/// # Errors
/// Where the index is damaged.
pub fn stories(index: &dyn Index, query: &Query, page: &Page) -> Result<Results<Hit>> {
    let wanted = Wanted::of(&query.root);
    answer(index, query, page, Scope::Stories, |found| story_hit(index, found, &wanted))
}

/// Answers with statements.
///
/// # Errors
/// Where the index is damaged.
pub fn statements(index: &dyn Index, query: &Query, page: &Page) -> Result<Results<Said>> {
    let wanted = Wanted::of(&query.root);
    answer(index, query, page, Scope::Statements, |found| said(index, found, &wanted))
}

/// Answers with stories, group by group: `page` is of each group, `most` is how many groups there
/// are at most; 0 for all.
///
/// # Errors
/// Where the index is damaged.
pub fn grouped_stories(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    grouping: &Grouping<'_>,
) -> Result<Results<Hit>> {
    let wanted = Wanted::of(&query.root);
    let hit = |found: &FoundHit| story_hit(index, found, &wanted);
    grouped(index, query, page, Scope::Stories, grouping, hit)
}

/// Answers with statements, group by group, as [`grouped_stories`].
///
/// # Errors
/// Where the index is damaged.
pub fn grouped_statements(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    grouping: &Grouping<'_>,
) -> Result<Results<Said>> {
    let wanted = Wanted::of(&query.root);
    let hit = |found: &FoundHit| said(index, found, &wanted);
    grouped(index, query, page, Scope::Statements, grouping, hit)
}

/// Counts what matches.
///
/// # Errors
/// Where the index is damaged.
pub fn count(index: &dyn Index, query: &Query, scope: Scope) -> Result<u64> {
    let sort = Sort::Newest;
    let request = Request { query: &query.root, scope, sort, start: Start::FRONT, limit: 0 };
    Ok(index.search(&request)?.total)
}

/// Hands over an answer of stories hit by hit, so that it may be of any length; gives how many match.
///
/// # Errors
/// Where the index is damaged, and those of the sink.
pub fn each_story(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    sink: &mut dyn FnMut(Hit) -> Result<()>,
) -> Result<u64> {
    let wanted = Wanted::of(&query.root);
    let request = page.request(query, Scope::Stories);
    index.each(&request, &mut |found| sink(story_hit(index, &found, &wanted)?))
}

/// Hands over an answer of statements, as [`each_story`] does of stories.
///
/// # Errors
/// As [`each_story`].
pub fn each_statement(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    sink: &mut dyn FnMut(Said) -> Result<()>,
) -> Result<u64> {
    let wanted = Wanted::of(&query.root);
    let request = page.request(query, Scope::Statements);
    index.each(&request, &mut |found| sink(said(index, &found, &wanted)?))
}

/// Asks for a page, and turns what was found into hits.
fn answer<T>(
    index: &dyn Index,
    query: &Query,
    page: &Page,
    scope: Scope,
    hit: impl Fn(&FoundHit) -> Result<T>,
) -> Result<Results<T>> {
    let started = Instant::now();
    let (mut hits, mut last) = (Vec::new(), None);
    let total = index.each(&page.request(query, scope), &mut |found| {
        hits.push(hit(&found)?);
        last = Some(found.cursor);
        Ok(())
    })?;
    let next = last.filter(|cursor| cursor.rank + 1 < total);
    Ok(Results {
        query: query.typed.clone(),
        total,
        stories: total + index.folded(&query.root, scope)?,
        took_ms: started.elapsed().as_secs_f64() * 1000.0,
        next: next.map(|cursor| cursor.to_string()),
        hits,
        groups: Vec::new(),
        facets: Vec::new(),
    })
}

fn story_hit(index: &dyn Index, found: &FoundHit, wanted: &Wanted) -> Result<Hit> {
    let mut hit = bare_hit(found);
    hit.family = kin::family(index, found.story)?;
    let marks = wanted.marks_in_story(&found.record);
    hit.title_marks = points(&hit.title, &wanted.marks_in_title(&found.record));
    hit.passages = passages::of(&found.record.story.body, &marks);
    Ok(hit)
}

fn said(index: &dyn Index, found: &FoundHit, wanted: &Wanted) -> Result<Said> {
    let body = found.record.story.body.as_str();
    let number = found.statement.unwrap_or_default() as usize;
    let mut story = bare_hit(found);
    story.family = kin::family(index, found.story)?;
    let Some(statement) = found.record.annotations.statements.get(number) else {
        return Ok(Said::nothing(story));
    };
    let marks = wanted.marks_in_statement(&found.record, statement);
    story.passages = passages::around(body, statement.span, &marks);
    let text = statement.span.of(body);
    let inside: Vec<_> =
        marks.iter().map(|mark| mark.span.back_by(statement.span.start())).collect();
    let [start, end] = CodePoints::new(body).of(statement.span);
    let (speaker, named, role) = speaker(body, statement);
    let cue = statement.cue.map(|cue| cue.of(body).to_owned()).unwrap_or_default();
    Ok(Said {
        speaker,
        named,
        role,
        text: text.to_owned(),
        marks: points(text, &inside),
        kind: statement.kind,
        cue,
        start,
        end,
        story,
    })
}

fn speaker(body: &str, statement: &Statement) -> (String, String, String) {
    let Some(speaker) = &statement.speaker else { return Default::default() };
    let named = speaker.span.of(body).to_owned();
    (speaker.name.clone().unwrap_or_default(), named, speaker.role.clone().unwrap_or_default())
}

/// A hit without its passages.
fn bare_hit(found: &FoundHit) -> Hit {
    let story = &found.record.story;
    Hit {
        story: handle(found.story),
        path: story.path.clone(),
        member: story.member.clone(),
        id: story.id.clone(),
        title: story.title.clone(),
        title_marks: Vec::new(),
        source: story.source.clone(),
        credit: story.credit.clone(),
        place: story.place.clone(),
        kinds: kinds(story),
        embargo: story.embargo,
        family: None,
        published: story.published,
        score: found.score,
        passages: Vec::new(),
        speakers: speakers(&found.record),
    }
}

/// Who speaks in a story, by fullest name, in order of first statement.
fn speakers(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let speakers = record.annotations.statements.iter().filter_map(|said| said.speaker.as_ref());
    for name in speakers.filter_map(|speaker| speaker.name.as_ref()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Spans of a text in code points.
fn points(text: &str, spans: &[crate::model::Span]) -> Vec<[usize; 2]> {
    let mut points = CodePoints::new(text);
    spans.iter().map(|span| points.of(*span)).collect()
}
