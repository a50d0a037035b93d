//! Answers.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::{Cursor, Field, Moment, Node, Record, Span, StatementKind, StoryKey};

/// What a backend found: the best, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// How many match, whatever was asked for.
    pub total: u64,
    /// Those asked for, in order.
    pub hits: Vec<FoundHit>,
}

/// One match of a backend.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundHit {
    /// The story.
    pub story: StoryKey,
    /// Which of its statements, when statements were asked for.
    pub statement: Option<u32>,
    /// How well it matches; 0 where the order is by date.
    pub score: f32,
    /// Its place in the answer.
    pub cursor: Cursor,
    /// The story itself, with its annotations; statements of one story share it.
    pub record: Arc<Record>,
}

/// The order of an answer. Equals are put in the order of their keys, so that two runs agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best match first.
    #[default]
    Relevance,
    /// The best match first, a story that was published so many days before a day counting for half.
    Fresh {
        /// The day.
        today: Date,
        /// How many days, at least 1.
        days: u32,
    },
    /// The latest first; stories without a day last.
    Newest,
    /// The earliest first; stories without a day last.
    Oldest,
}

/// An answer: stories or statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Results<T> {
    /// The query as typed.
    pub query: String,
    /// How many match in all, of those that stand for others and those that have none.
    pub total: u64,
    /// How many match, with every version and copy for which one of these stands.
    pub stories: u64,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// The matches asked for.
    pub hits: Vec<T>,
    /// From where the answer goes on, where it does: a [`Cursor`], written.
    pub next: Option<String>,
    /// The groups that the hits stand in, one behind the other, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// How many there are of each value of some fields, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
}

impl<T> Results<T> {
    /// Nothing but hits.
    pub fn of(hits: Vec<T>) -> Self {
        Self {
            query: String::new(),
            total: hits.len() as u64,
            stories: hits.len() as u64,
            took_ms: 0.0,
            hits,
            next: None,
            groups: Vec::new(),
            facets: Vec::new(),
        }
    }
}

/// How many of all matches there are of each value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The field.
    pub field: &'static str,
    /// The most frequent values, the most frequent first.
    pub values: Vec<Tally>,
}

/// A group of hits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they have in common: a speaker, a source, a day; empty for those that have none, of
    /// which no hits are given.
    pub name: String,
    /// How many match in all.
    pub total: u64,
    /// How many of them are among the hits.
    pub hits: usize,
}

/// What a part of a query gives to a story's score.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The part; of several words, also what they are to each other.
    pub part: Node,
    /// The field in which it was found.
    pub field: Field,
    /// How much it gives.
    pub score: f32,
}

/// What other stories of the archive are to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Family {
    /// How many versions its item has; 0 where only this one is known.
    pub versions: usize,
    /// Which of them it is, from 1 in the order of time; 0 where only this one is known.
    pub version: usize,
    /// The handle of the latest version, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// How many others carry the same text.
    pub copies: usize,
    /// Who publishes these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outlets: Vec<String>,
}

/// A story that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The handle by which `show` finds it.
    pub story: String,
    /// The file, below the folder that was given.
    pub path: String,
    /// The member of an archive.
    pub member: String,
    /// The agency's own identifier.
    pub id: String,
    /// The headline.
    pub title: String,
    /// The matched words in the headline, in code points, the end exclusive.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_marks: Vec<[usize; 2]>,
    /// Who publishes it.
    pub source: String,
    /// The agency it came from, if another.
    pub credit: String,
    /// The place of the dateline.
    pub place: String,
    /// What it is among the stories of its event: `kill`, `correction`, `alert` ...
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<&'static str>,
    /// Until when it is held back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargo: Option<Moment>,
    /// What other stories are to it, where any are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// When it was published.
    pub published: Option<Moment>,
    /// How well it matches.
    pub score: f32,
    /// The passages that match.
    pub passages: Vec<Passage>,
    /// Who speaks in it.
    pub speakers: Vec<String>,
}

/// A statement that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// Who said it, by their fullest name; empty where the story does not name them.
    pub speaker: String,
    /// How the story names them there.
    pub named: String,
    /// What the story calls them.
    pub role: String,
    /// The words.
    pub text: String,
    /// The matched words in `text`, in code points.
    pub marks: Vec<[usize; 2]>,
    /// In quotation marks, reported, or both.
    pub kind: StatementKind,
    /// The words that attribute it.
    pub cue: String,
    /// Where it stands in the story's body, in code points.
    pub start: usize,
    /// Its end there, exclusive.
    pub end: usize,
    /// The story it stands in.
    #[serde(flatten)]
    pub story: Hit,
}

impl Said {
    /// A story's hit with no statement in it.
    pub fn nothing(story: Hit) -> Self {
        Self {
            speaker: String::new(),
            named: String::new(),
            role: String::new(),
            text: String::new(),
            marks: Vec::new(),
            kind: StatementKind::Indirect,
            cue: String::new(),
            start: 0,
            end: 0,
            story,
        }
    }
}

/// A line of a concordance: a match with what stands around it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What stands before it, ends of lines as spaces.
    pub left: String,
    /// The match.
    pub hit: String,
    /// What stands behind it.
    pub right: String,
    /// Where it stands: `title` or `body`.
    pub field: &'static str,
    /// Its start and end there, in code points, the end exclusive.
    pub at: [usize; 2],
    /// The handle by which `show` finds the story.
    pub story: String,
    /// The file, below the folder that was given.
    pub path: String,
    /// The member of an archive.
    pub member: String,
    /// The headline.
    pub title: String,
    /// Who publishes it.
    pub source: String,
    /// When it was published.
    pub published: Option<Moment>,
}

/// The order of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineOrder {
    /// As the stories come.
    #[default]
    Story,
    /// By the words before the match, the nearest first.
    Left,
    /// By the match and the words behind it.
    Right,
}

/// A part of a story that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// The matched words in `text`, in code points, the end exclusive.
    pub marks: Vec<[usize; 2]>,
    /// The same in bytes, for writing on a terminal.
    #[serde(skip)]
    pub spans: Vec<Span>,
}

/// A word that stands near matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Collocate {
    /// The word, folded.
    pub word: String,
    /// How often it stands near a match.
    pub together: u64,
    /// How often it stands in all bodies.
    pub in_all: u64,
    /// Log-dice of the two.
    pub log_dice: f64,
    /// Pointwise mutual information of the two, in bits.
    pub pmi: f64,
}

/// How often a value occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The value.
    pub value: String,
    /// How many documents hold it.
    pub count: u64,
}
