//! Concordances: every match with what stands to its left and right.

use std::time::Instant;

use super::marks::Wanted;
use super::{bare_hit, points};
use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{FoundHit, Line, LineOrder, Query, Results, Scope, Sort, Span};

/// How many code points of context a line has on each side.
const CONTEXT: usize = 100;

/// Gives a line for every match of every hit. `limit` is of lines; 0 for all.
///
/// # Errors
/// Where the index is damaged.
pub fn concordance(
    index: &dyn Index,
    query: &Query,
    scope: Scope,
    (sort, order): (Sort, LineOrder),
    limit: usize,
) -> Result<Results<Line>> {
    let started = Instant::now();
    let wanted = Wanted::of(&query.root);
    let mut lines = Vec::new();
    let all = Request { query: &query.root, scope, sort, start: Start::FRONT, limit: usize::MAX };
    index.each(&all, &mut |hit| {
        lines.extend(lines_of(&hit, &wanted));
        Ok(())
    })?;
    put_in(order, &mut lines);
    let total = lines.len() as u64;
    lines.truncate(if limit == 0 { lines.len() } else { limit });
    Ok(Results {
        query: query.typed.clone(),
        total,
        stories: total,
        took_ms: started.elapsed().as_secs_f64() * 1000.0,
        hits: lines,
        next: None,
        groups: Vec::new(),
        facets: Vec::new(),
    })
}

/// The lines of one hit: those of the headline, then those of the body.
fn lines_of(found: &FoundHit, wanted: &Wanted) -> Vec<Line> {
    let story = bare_hit(found);
    let body = found.record.story.body.as_str();
    let statement =
        found.statement.and_then(|number| found.record.annotations.statements.get(number as usize));
    let line = |text: &str, field: &'static str, span: Span| Line {
        left: last_of(&text[..span.start()]),
        hit: on_one_line(span.of(text)),
        right: first_of(&text[span.end()..]),
        field,
        at: points(text, &[span])[0],
        story: story.story.clone(),
        path: story.path.clone(),
        member: story.member.clone(),
        title: story.title.clone(),
        source: story.source.clone(),
        published: story.published,
    };
    if let Some(statement) = statement {
        let marks = wanted.marks_in_statement(&found.record, statement);
        return marks.iter().map(|mark| line(body, "body", mark.span)).collect();
    }
    let title = found.record.story.title.as_str();
    let in_title = wanted.marks_in_title(&found.record);
    let in_title = in_title.into_iter().map(|span| line(title, "title", span));
    let in_body = wanted.marks_in_story(&found.record);
    in_title.chain(in_body.iter().map(|mark| line(body, "body", mark.span))).collect()
}

fn last_of(text: &str) -> String {
    let start = text.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    on_one_line(&text[start..])
}

fn first_of(text: &str) -> String {
    let end = text.char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| at);
    on_one_line(&text[..end])
}

/// The ends of lines and paragraphs as single spaces.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if letter != ' ' || !line.ends_with(' ') {
            line.push(letter);
        }
    }
    line
}

/// Puts lines in order; those that are equal stay as they stood.
fn put_in(order: LineOrder, lines: &mut [Line]) {
    match order {
        LineOrder::Story => {}
        LineOrder::Left => lines.sort_by_cached_key(|line| {
            let words = line.left.split_whitespace().rev().map(str::to_lowercase);
            (words.collect::<Vec<_>>(), line.right.to_lowercase())
        }),
        LineOrder::Right => lines.sort_by_cached_key(|line| {
            let words = line.right.split_whitespace().map(str::to_lowercase);
            (line.hit.to_lowercase(), words.collect::<Vec<_>>())
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_at_letters_and_stands_on_one_line() {
        let text = "é".repeat(150) + "\n\nport";
        assert_eq!(last_of(&text).chars().count(), CONTEXT - 1);
        assert!(last_of(&text).ends_with(" port"));
        assert_eq!(first_of("a\n\n b"), "a b");
        assert_eq!((last_of("").as_str(), first_of("").as_str()), ("", ""));
    }
}
