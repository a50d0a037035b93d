//! The core tree as tantivy's queries.
//!
//! Asked of stories, every field is a field of their documents. Asked of statements, words and speaker
//! are the statement's own; every other field is asked of the stories, and the statements of those that
//! match do. What matches statements has their numbers (see `statements`) where others have documents.

mod sought;

use std::ops::Bound as Edge;
use std::sync::Arc;

use tantivy::collector::Count;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{Score, Searcher, SegmentReader, Term};

use super::collect::collect_all;
use super::days;
use super::documents::day_number;
use super::families::{Behind, Matching, WithoutThose};
use super::placed::{Inside, Part, Placed};
use super::prose::WordIn;
use super::schema::{EMBARGO, Fields, STORY};
use super::standing::Kept;
use super::statements::{KINDS, Statements, StatementsOf, StoriesOf, Which};
use crate::model::{Bound, Field, Node, Scope};
use crate::text::patterns::Matcher;

/// How much a word in the headline counts for beside one in the body.
const TITLE_WEIGHT: f32 = 2.0;

/// What a compilation needs to look at.
pub(super) struct Asking<'a> {
    pub(super) fields: &'a Fields,
    pub(super) searcher: &'a Searcher,
    pub(super) scope: Scope,
    /// The time at which stories are held back whose time has not come, where there are any.
    pub(super) held_at: Option<i64>,
    /// Which of the stories that match stand for others, where any do.
    pub(super) families: Option<Behind<'a>>,
    pub(super) kept: &'a Kept,
}

impl Asking<'_> {
    /// More than this cannot match.
    pub(super) fn most(&self) -> tantivy::Result<usize> {
        if self.scope == Scope::Stories {
            return Ok(self.searcher.num_docs() as usize);
        }
        let count = |segment| Ok(Statements::of(segment)?.count() as usize);
        self.searcher.segment_readers().iter().map(count).sum()
    }

    /// Compiles a whole query: what is held back does not match, nor that for which others stand.
    pub(super) fn whole_query(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        self.query_without(node, self.behind(node)?)
    }

    /// Those that match for which others stand.
    pub(super) fn behind(&self, node: &Node) -> tantivy::Result<Matching> {
        let Some(families) = &self.families else { return Ok(Matching::default()) };
        collect_all(self.searcher, self.scope, &self.shown(node)?, families)
    }

    /// Compiles a whole query of which it is known for which of its matches others stand.
    pub(super) fn query_without(
        &self,
        node: &Node,
        behind: Matching,
    ) -> tantivy::Result<Box<dyn Query>> {
        let query = self.shown(node)?;
        Ok(if behind.is_empty() {
            query
        } else {
            Box::new(WithoutThose {
                query: query.into(),
                those: Arc::new(behind),
                scope: self.scope,
            })
        })
    }

    /// How many of those that match are not shown because others stand for them.
    pub(super) fn folded(&self, node: &Node) -> tantivy::Result<u64> {
        let behind = self.behind(node)?;
        if behind.is_empty() || self.scope == Scope::Stories {
            // A story is one document.
            return Ok(behind.len() as u64);
        }
        let count = |query: Box<dyn Query>| collect_all(self.searcher, self.scope, &query, &Count);
        Ok((count(self.shown(node)?)? - count(self.query_without(node, behind)?)?) as u64)
    }

    /// Compiles a whole query without what is held back.
    fn shown(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        let query = self.query(node)?;
        let Some(now) = self.held_at else { return Ok(query) };
        let later = Edge::Excluded(Term::from_field_i64(self.fields.embargo, now));
        let held: Box<dyn Query> = Box::new(RangeQuery::new(later, Edge::Unbounded));
        let held = match self.scope {
            Scope::Stories => held,
            Scope::Statements => statements_of(held),
        };
        Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, held)])))
    }

    /// Compiles a tree.
    pub(super) fn query(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        match node {
            Node::All => Ok(self.everything()),
            Node::And(parts) => self.all_of(parts),
            Node::Or(parts) => self.any_of(parts),
            Node::Not(inner) => {
                let without = (Occur::MustNot, self.query(inner)?);
                Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, self.everything()), without])))
            }
            Node::Term(field, word) => self.side_by_side(*field, std::slice::from_ref(word)),
            Node::Phrase(field, words) if words.iter().all(|word| !word.is_empty()) => {
                self.side_by_side(*field, words)
            }
            Node::Range(field, from, to) => self.range(*field, *from, *to),
            Node::Story(key) => {
                let term = Term::from_field_u64(self.fields.key, key.0);
                let story = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                Ok(match self.scope {
                    Scope::Stories => filter(story),
                    Scope::Statements => filter(statements_of(story)),
                })
            }
            Node::Whole(field, names) => self.whole(*field, names),
            Node::AtLeast(least, inner) => self.placed(inner, *least),
            Node::Phrase(..)
            | Node::Loose(..)
            | Node::Like(..)
            | Node::Near(_)
            | Node::Named(..)
            | Node::Cased(..)
            | Node::Front(..) => self.placed(node, 1),
            Node::Said(inner) => match self.scope {
                Scope::Statements => self.query(inner),
                Scope::Stories => self.of_others(inner),
            },
        }
    }

    /// A part of a query in one field by which answers are ranked: what it gives to a score.
    pub(super) fn share(&self, node: &Node, field: Field) -> tantivy::Result<Box<dyn Query>> {
        let of_field = node.clone().with_leaves(&mut |leaf| match leaf {
            Node::Term(Field::Text, word) => Node::Term(field, word),
            Node::Phrase(Field::Text, words) => Node::Phrase(field, words),
            Node::Loose(Field::Text, words, slop) => Node::Loose(field, words, slop),
            Node::Like(Field::Text, pattern) => Node::Like(field, pattern),
            Node::Named(Field::Text, who) => Node::Named(field, who),
            other => other,
        });
        let of_text = node.field() == Some(Field::Text) && field == Field::Title;
        let weight = if of_text { TITLE_WEIGHT } else { 1.0 };
        Ok(Box::new(BoostQuery::new(self.query(&of_field)?, weight)))
    }

    /// What must stand in its place, so many times in one document.
    fn placed(&self, node: &Node, least: u32) -> tantivy::Result<Box<dyn Query>> {
        let field = node.field().unwrap_or(Field::Text);
        if (self.scope, field) == (Scope::Statements, Field::Kind) {
            return self.of_kinds(node, least);
        }
        let Some(handles) = self.handles(field) else {
            return match least {
                1 => self.of_others(node),
                _ => self.of_others(&Node::AtLeast(least, Box::new(node.clone()))),
            };
        };
        let query: Box<dyn Query> = Box::new(self.places(node, handles, least)?);
        Ok(if ranks(field) || field == Field::Text { query } else { filter(query) })
    }

    /// What else speaks for a match: it stands in the words of this scope's documents.
    pub(super) fn boost(&self, node: &Node) -> tantivy::Result<Placed> {
        let handles = node.field().and_then(|field| self.handles(field)).unwrap_or_default();
        self.places(node, handles, 1)
    }

    fn places(
        &self,
        node: &Node,
        handles: Vec<(Handle, Score)>,
        least: u32,
    ) -> tantivy::Result<Placed> {
        let mut parts = Vec::with_capacity(handles.len());
        for (field, weight) in handles {
            parts.push(Part { field, weight, sought: self.sought(node, field)? });
        }
        let inside = match (self.scope, node.field()) {
            (Scope::Stories, _) => Inside::Story,
            (Scope::Statements, Some(Field::Speaker)) => Inside::SpeakerNames,
            (Scope::Statements, Some(Field::Role)) => Inside::SpeakerRoles,
            (Scope::Statements, _) => Inside::Statement,
        };
        Ok(Placed { parts: Arc::new(parts), least, inside })
    }

    /// The statements of the kinds whose name a part of the query matches.
    fn of_kinds(&self, node: &Node, least: u32) -> tantivy::Result<Box<dyn Query>> {
        let mut kinds = [false; KINDS.len()];
        for (kind, is_wanted) in KINDS.iter().zip(&mut kinds) {
            *is_wanted = least <= 1 && is_named(node, kind.name());
        }
        Ok(filter(self.which_of_all(Which::OfKinds(kinds))))
    }

    /// A word of running text in the fields of stories it is sought in; none where the field is another, or
    /// statements are asked for.
    pub(super) fn word(&self, field: Field, word: &str) -> tantivy::Result<Option<Vec<WordIn>>> {
        if self.scope == Scope::Statements
            || !matches!(field, Field::Text | Field::Title | Field::Body)
        {
            return Ok(None);
        }
        let Some(handles) = self.handles(field) else { return Ok(None) };
        let mut fields = Vec::with_capacity(handles.len());
        for (handle, weight) in handles {
            let prose = self.kept.prose(self.searcher, handle)?;
            fields.push(WordIn::look_up(prose, word, weight)?);
        }
        Ok(Some(fields))
    }

    /// Words of the text as a whole, each in the fields it is sought in; none where statements are asked
    /// for.
    pub(super) fn words(&self, words: &[&str]) -> tantivy::Result<Vec<Vec<WordIn>>> {
        let look_up = |word: &&str| self.word(Field::Text, word).transpose();
        words.iter().filter_map(look_up).collect()
    }

    /// The fields in which the words of a field stand, and how much each counts for; none where they are
    /// not this scope's own.
    pub(super) fn handles(&self, field: Field) -> Option<Vec<(Handle, Score)>> {
        let fields = self.fields;
        match (self.scope, field) {
            (Scope::Statements, Field::Text | Field::Body) => Some(vec![(fields.body, 1.0)]),
            (Scope::Statements, Field::Speaker) => Some(vec![(fields.speaker, 1.0)]),
            (Scope::Statements, Field::Role) => Some(vec![(fields.said_role, 1.0)]),
            (Scope::Statements, _) | (Scope::Stories, Field::Role | Field::Kind) => None,
            (Scope::Stories, Field::Text) => {
                Some(vec![(fields.title, TITLE_WEIGHT), (fields.body, 1.0)])
            }
            (Scope::Stories, field) => {
                Some(fields.words_of_story(field).into_iter().map(|handle| (handle, 1.0)).collect())
            }
        }
    }

    fn everything(&self) -> Box<dyn Query> {
        match self.scope {
            Scope::Stories => filter(term(self.fields.kind, STORY)),
            Scope::Statements => filter(self.which_of_all(Which::All)),
        }
    }

    /// Statements of any story.
    fn which_of_all(&self, which: Which) -> Box<dyn Query> {
        Box::new(StatementsOf { stories: Arc::new(AllQuery), which })
    }

    fn all_of(&self, parts: &[Node]) -> tantivy::Result<Box<dyn Query>> {
        let mut clauses = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            clauses.push(match part {
                Node::Not(inner) => (Occur::MustNot, self.query(inner)?),
                other => (Occur::Must, self.query(other)?),
            });
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, self.everything()));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn any_of(&self, parts: &[Node]) -> tantivy::Result<Box<dyn Query>> {
        let clauses: tantivy::Result<Vec<_>> =
            parts.iter().map(|part| Ok((Occur::Should, self.query(part)?))).collect();
        Ok(Box::new(BooleanQuery::new(clauses?)))
    }

    fn side_by_side(&self, field: Field, words: &[String]) -> tantivy::Result<Box<dyn Query>> {
        let fields = self.fields;
        match (self.scope, field) {
            (Scope::Statements, _) => self.placed(&Node::Phrase(field, words.to_vec()), 1),
            (Scope::Stories, Field::Role | Field::Kind) => {
                self.of_others(&Node::Phrase(field, words.to_vec()))
            }
            (Scope::Stories, Field::Text) => {
                let title = side_by_side(fields.title, words);
                let title = Box::new(BoostQuery::new(title, TITLE_WEIGHT)) as Box<dyn Query>;
                let body = side_by_side(fields.body, words);
                Ok(Box::new(BooleanQuery::union(vec![title, body])))
            }
            (Scope::Stories, field) => match fields.words_of_story(field) {
                Some(handle) if ranks(field) => Ok(side_by_side(handle, words)),
                Some(handle) => Ok(filter(side_by_side(handle, words))),
                None => Err(tantivy::TantivyError::InvalidArgument(format!(
                    "{field:?} holds days or numbers, not words"
                ))),
            },
        }
    }

    /// Whole values, as they stand in the columns.
    fn whole(&self, field: Field, names: &[String]) -> tantivy::Result<Box<dyn Query>> {
        let tallies = &self.fields.tallies;
        let handle = match field {
            Field::Source => tallies.source,
            Field::Speaker => tallies.speaker,
            Field::Language => self.fields.language,
            _ => tallies.person,
        };
        let any = names.iter().map(|name| term(handle, name)).collect();
        let any: Box<dyn Query> = Box::new(BooleanQuery::union(any));
        Ok(match (self.scope, field) {
            (Scope::Stories, Field::Source) => filter(any),
            (Scope::Stories, _) => any,
            (Scope::Statements, Field::Speaker) => {
                let which = Which::OfSpeakers(Arc::new(names.to_vec()));
                Box::new(StatementsOf { stories: any.into(), which })
            }
            (Scope::Statements, _) => filter(statements_of(any)),
        })
    }

    fn range(&self, field: Field, from: Bound, to: Bound) -> tantivy::Result<Box<dyn Query>> {
        let fields = self.fields;
        match (self.scope, field) {
            (Scope::Stories, Field::Mentions) => {
                let words = days::asked(from, to);
                let any = |words: &[String], score| -> Box<dyn Query> {
                    let any = words.iter().map(|word| term(fields.mentions, word)).collect();
                    Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), score))
                };
                // A story that names the day goes before one that names days around it, and this
                // before one that names the year.
                Ok(Box::new(BooleanQuery::union(vec![
                    any(&words.named, 0.25),
                    any(&words.inside, 0.5),
                    any(&words.around, 0.25),
                ])))
            }
            (Scope::Stories, Field::Published) => Ok(between(fields.day, from, to)),
            (Scope::Stories, _) => Ok(between(fields.length, from, to)),
            (Scope::Statements, _) => self.of_others(&Node::Range(field, from, to)),
        }
    }

    /// What belongs to that which a part of the query matches in the other scope: the statements of
    /// stories, the stories of statements.
    fn of_others(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        let of_scope = |scope| Asking { scope, families: None, ..*self }.query(node);
        Ok(filter(match self.scope {
            Scope::Stories => Box::new(StoriesOf(of_scope(Scope::Statements)?.into())),
            Scope::Statements => statements_of(of_scope(Scope::Stories)?),
        }))
    }
}

/// All statements of the stories that a query matches.
fn statements_of(stories: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(StatementsOf { stories: stories.into(), which: Which::All })
}

/// Whether a name of one word is what is sought.
fn is_named(node: &Node, name: &str) -> bool {
    match node {
        Node::Term(_, word) => word == name,
        Node::Phrase(_, words) => {
            matches!(words.as_slice(), [word] if word.is_empty() || word == name)
        }
        Node::Like(_, pattern) => Matcher::of(pattern).is_like(name),
        Node::Or(parts) => parts.iter().any(|part| is_named(part, name)),
        Node::Front(_, inner) => is_named(inner, name),
        _ => false,
    }
}

/// Whether any document is to be held back at a time.
pub(super) fn any_held_at(searcher: &Searcher, now: i64) -> bool {
    let latest = |segment: &SegmentReader| {
        let column = segment.fast_fields().i64(EMBARGO).ok()?;
        (column.values.num_vals() > 0).then(|| column.max_value())
    };
    searcher.segment_readers().iter().filter_map(latest).any(|latest| latest > now)
}

/// Whether matches of a field tell one story from another as an answer; the others only choose.
fn ranks(field: Field) -> bool {
    matches!(field, Field::Title | Field::Body | Field::Speaker | Field::Person | Field::Keyword)
}

fn filter(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn side_by_side(field: Handle, words: &[String]) -> Box<dyn Query> {
    match words {
        [word] => term(field, word),
        _ => {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            Box::new(PhraseQuery::new(terms))
        }
    }
}

fn term(field: Handle, word: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, word);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn between(field: Handle, from: Bound, to: Bound) -> Box<dyn Query> {
    let edge = |bound| match bound {
        Bound::Open => Edge::Unbounded,
        Bound::Day(day) => Edge::Included(Term::from_field_i64(field, day_number(day))),
        Bound::Number(number) => Edge::Included(Term::from_field_u64(field, number)),
    };
    filter(Box::new(RangeQuery::new(edge(from), edge(to))))
}
