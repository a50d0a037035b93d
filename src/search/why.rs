//! Why a story is an answer to a query, or is none: clause by clause.

use super::people::{Known, by_every_name};
use super::speakers;
use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{Bound, Field, Node, Query, Record, Scope, Sort, StoryKey};
use crate::query;
use crate::text::editions::kinds;

/// Whether a story is what a clause asks for, and what it holds instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The clause, in the language.
    pub clause: String,
    /// Whether the story is what it asks for.
    pub holds: bool,
    /// What the story holds there, where it can be said in a line; else empty.
    pub instead: String,
    /// The clauses inside.
    pub parts: Vec<Verdict>,
}

/// Judges a story by each clause of a query.
///
/// # Errors
/// Where the index is damaged.
pub fn why(
    index: &dyn Index,
    query: &Query,
    known: &Known,
    (key, record): (StoryKey, &Record),
) -> Result<Verdict> {
    Judge { index, known, key, record }.judge(&query.root)
}

struct Judge<'a> {
    index: &'a dyn Index,
    known: &'a Known,
    key: StoryKey,
    record: &'a Record,
}

impl Judge<'_> {
    fn judge(&self, node: &Node) -> Result<Verdict> {
        let holds = self.holds(node)?;
        let parts: Result<Vec<Verdict>> =
            inside(node).iter().map(|part| self.judge(part)).collect();
        Ok(Verdict {
            clause: printed(node),
            holds,
            instead: if holds { String::new() } else { self.instead(node) },
            parts: parts?,
        })
    }

    /// Asks the index, so that what is told is what a search would find.
    fn holds(&self, node: &Node) -> Result<bool> {
        let (asked, _) = by_every_name(self.index, node, self.known)?;
        let query = &Node::And(vec![Node::Story(self.key), asked]);
        let (scope, sort) = (Scope::Stories, Sort::Newest);
        Ok(self.index.search(&Request { query, scope, sort, start: Start::FRONT, limit: 0 })?.total
            > 0)
    }

    /// What the story holds in the field that a clause asks.
    fn instead(&self, node: &Node) -> String {
        let story = &self.record.story;
        let people = || self.record.annotations.people.iter().map(|person| person.name.clone());
        match node {
            Node::Term(field, _)
            | Node::Phrase(field, _)
            | Node::Like(field, _)
            | Node::Loose(field, ..)
            | Node::Range(field, ..) => match field {
                Field::Published => match story.published {
                    Some(time) => format!("it was published {}", time.day()),
                    None => "no day of publication is known".to_owned(),
                },
                Field::Mentions => listed("it speaks of", self.days()),
                Field::Speaker => listed("in it speak", speakers(self.record).into_iter()),
                Field::Person => listed("it names", people()),
                Field::Source => one("its source is", &story.source),
                Field::Place => one("its place is", &story.place),
                Field::Slug => one("its slug is", &story.slug),
                Field::Section => one("its section is", &story.section),
                Field::Language => one("its language is", &story.language),
                Field::Format => one("its format is", &story.format),
                Field::Version => listed("it is", kinds(story).into_iter().map(str::to_owned)),
                Field::Id => one("its identifier is", &story.id),
                Field::Path => one("its path is", &story.place_on_disk()),
                Field::Title => one("its headline is", &story.title),
                Field::Byline => listed("it is by", story.bylines.iter().cloned()),
                Field::Keyword => listed("its keywords are", story.keywords.iter().cloned()),
                _ => String::new(),
            },
            _ => String::new(),
        }
    }

    fn days(&self) -> impl Iterator<Item = String> {
        let mut days: Vec<String> =
            self.record.annotations.dates.iter().map(|date| date.value.to_string()).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter()
    }
}

/// The clauses of a clause.
fn inside(node: &Node) -> Vec<Node> {
    match node {
        Node::And(parts) | Node::Or(parts) => parts.clone(),
        Node::Not(inner) | Node::AtLeast(_, inner) | Node::Front(_, inner) => match **inner {
            // What is asked for so many times, or at the front, is worth asking for at all.
            Node::Term(..) if matches!(node, Node::Not(_)) => Vec::new(),
            _ => vec![(**inner).clone()],
        },
        Node::Near(near) => vec![near.left.clone(), near.right.clone()],
        Node::Phrase(field, words) if words.iter().all(|word| !word.is_empty()) => {
            words.iter().map(|word| Node::Term(*field, word.clone())).collect()
        }
        Node::Range(field, from, to)
            if *from != Bound::Open && *to != Bound::Open && from != to =>
        {
            match field {
                Field::Published => vec![
                    Node::Range(*field, *from, Bound::Open),
                    Node::Range(*field, Bound::Open, *to),
                ],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn printed(node: &Node) -> String {
    query::explain(&Query { typed: String::new(), root: node.clone(), notes: Vec::new() })
}

fn one(what: &str, value: &str) -> String {
    if value.is_empty() { "it has none".to_owned() } else { format!("{what} {value}") }
}

/// How many values are named at most.
const MOST: usize = 8;

fn listed(what: &str, values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
    let more = if values.len() > MOST { ", ..." } else { "" };
    match values.as_slice() {
        [] => "it has none".to_owned(),
        _ => format!("{what} {}{more}", values[..MOST.min(values.len())].join(", ")),
    }
}
