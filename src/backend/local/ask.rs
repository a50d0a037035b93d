//! The core tree as tantivy's queries.
//!
//! Asked of stories, every field is a field of the story documents. Asked of statements, words and
//! speaker are the statement's own; every other field is asked of the stories first, and the
//! statements of those stories match.

use std::ops::Bound as Edge;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentReader, Term};

use super::collect::KeySet;
use super::days;
use super::documents::day_number;
use super::families::{Behind, Matching, Members};
use super::patterns;
use super::placed::{Part, Placed, Sought, SoughtNear};
use super::prose::WordIn;
use super::schema::{DAY, EMBARGO, Fields, KEY, SAID_DAY, STATEMENT, STORY};
use super::standing::Kept;
use crate::model::{Bound, Capitals, Field, Node, Scope};
use crate::text::words::lettered;

/// How much a word in the headline counts for beside one in the body.
const TITLE_WEIGHT: f32 = 2.0;

/// Up to how many stories are looked up one by one; of more, all documents are asked for theirs.
const FEW_STORIES: usize = 100;

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
    /// Compiles a whole query: what is held back does not match, nor that for which others stand.
    pub(super) fn whole_query(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        self.query_without(node, self.behind(node)?)
    }

    /// Those that match for which others stand.
    pub(super) fn behind(&self, node: &Node) -> tantivy::Result<Matching> {
        let Some(families) = &self.families else { return Ok(Matching::default()) };
        self.searcher.search(&self.shown(node)?, families)
    }

    /// Compiles a whole query of which it is known for which of its matches others stand.
    pub(super) fn query_without(
        &self,
        node: &Node,
        behind: Matching,
    ) -> tantivy::Result<Box<dyn Query>> {
        let query = self.shown(node)?;
        Ok(if behind.is_empty() { query } else { without(query, behind) })
    }

    /// How many of those that match are not shown because others stand for them.
    pub(super) fn folded(&self, node: &Node) -> tantivy::Result<u64> {
        let behind = self.behind(node)?;
        if behind.is_empty() || self.scope == Scope::Stories {
            // A story is one document.
            return Ok(behind.len() as u64);
        }
        let all = self.shown(node)?.count(self.searcher)?;
        Ok((all - self.query_without(node, behind)?.count(self.searcher)?) as u64)
    }

    /// Compiles a whole query without what is held back.
    fn shown(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        let query = self.query(node)?;
        let Some(now) = self.held_at else { return Ok(query) };
        let later = Edge::Excluded(Term::from_field_i64(self.fields.embargo, now));
        let held: Box<dyn Query> = Box::new(RangeQuery::new(later, Edge::Unbounded));
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
                let of_story = TermQuery::new(term, IndexRecordOption::Basic);
                let both = vec![self.everything(), Box::new(of_story) as Box<dyn Query>];
                Ok(filter(Box::new(BooleanQuery::intersection(both))))
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
                Scope::Stories => self.of_others(inner, Scope::Statements),
            },
        }
    }

    /// The column that holds the days of this scope's documents.
    pub(super) fn day_column(&self) -> &'static str {
        match self.scope {
            Scope::Stories => DAY,
            Scope::Statements => SAID_DAY,
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
        let Some(handles) = self.handles(field) else {
            let other = match self.scope {
                Scope::Stories => Scope::Statements,
                Scope::Statements => Scope::Stories,
            };
            return match least {
                1 => self.of_others(node, other),
                _ => self.of_others(&Node::AtLeast(least, Box::new(node.clone())), other),
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
        Ok(Placed { parts: Arc::new(parts), least })
    }

    /// A word of running text in the fields it is sought in; none where the field is another.
    pub(super) fn word(&self, field: Field, word: &str) -> tantivy::Result<Option<Vec<WordIn>>> {
        if !matches!(field, Field::Text | Field::Title | Field::Body) {
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

    /// Words of the text as a whole, each in the fields it is sought in.
    pub(super) fn words(&self, words: &[&str]) -> tantivy::Result<Vec<Vec<WordIn>>> {
        let look_up = |word: &&str| Ok(self.word(Field::Text, word)?.unwrap_or_default());
        words.iter().map(look_up).collect()
    }

    /// The fields of this scope's documents in which the words of a field stand, and how much each
    /// counts for; none where they stand in the documents of the other scope.
    pub(super) fn handles(&self, field: Field) -> Option<Vec<(Handle, Score)>> {
        let fields = self.fields;
        match (self.scope, field) {
            (Scope::Statements, Field::Text | Field::Body) => Some(vec![(fields.said, 1.0)]),
            (Scope::Statements, Field::Speaker) => Some(vec![(fields.said_by, 1.0)]),
            (Scope::Statements, Field::Role) => Some(vec![(fields.said_role, 1.0)]),
            (Scope::Statements, Field::Kind) => Some(vec![(fields.said_how, 1.0)]),
            (Scope::Statements, _) | (Scope::Stories, Field::Role | Field::Kind) => None,
            (Scope::Stories, Field::Text) => {
                Some(vec![(fields.title, TITLE_WEIGHT), (fields.body, 1.0)])
            }
            (Scope::Stories, field) => {
                Some(fields.words_of_story(field).into_iter().map(|handle| (handle, 1.0)).collect())
            }
        }
    }

    /// What is sought in one field, every pattern being the words it stands for.
    fn sought(&self, node: &Node, handle: Handle) -> tantivy::Result<Sought> {
        Ok(match node {
            Node::Term(_, word) => Sought::Word(word.clone()),
            Node::Phrase(_, words) => Sought::Phrase(words.clone()),
            Node::Loose(_, words, slop) => Sought::Loose(words.clone(), *slop),
            Node::Like(_, pattern) => {
                Sought::Like(patterns::words(self.searcher, handle, pattern)?)
            }
            Node::Named(_, who) => Sought::Named(patterns::namings(self.searcher, handle, who)?),
            Node::Or(parts) => {
                let parts: tantivy::Result<Vec<Sought>> =
                    parts.iter().map(|part| self.sought(part, handle)).collect();
                Sought::Any(parts?)
            }
            Node::Near(near) => Sought::Near(Box::new(SoughtNear {
                left: self.sought(&near.left, handle)?,
                right: self.sought(&near.right, handle)?,
                within: near.within,
                ordered: near.ordered,
                without: near.without,
            })),
            Node::Front(front, inner) => {
                Sought::Front(*front, Box::new(self.sought(inner, handle)?))
            }
            Node::Cased(capitals, inner) => cased(*capitals, self.sought(inner, handle)?),
            Node::All
            | Node::Range(..)
            | Node::Whole(..)
            | Node::Story(_)
            | Node::And(_)
            | Node::Not(_)
            | Node::AtLeast(..)
            | Node::Said(_) => {
                return Err(tantivy::TantivyError::InvalidArgument(
                    "near, at least and at the front take words, phrases and groups of them by OR"
                        .to_owned(),
                ));
            }
        })
    }

    fn everything(&self) -> Box<dyn Query> {
        let kind = match self.scope {
            Scope::Stories => STORY,
            Scope::Statements => STATEMENT,
        };
        filter(term(self.fields.kind, kind))
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
            (Scope::Statements, Field::Text | Field::Body) => Ok(side_by_side(fields.said, words)),
            (Scope::Statements, Field::Speaker) => Ok(side_by_side(fields.said_by, words)),
            (Scope::Statements, Field::Role) => Ok(filter(side_by_side(fields.said_role, words))),
            (Scope::Statements, Field::Kind) => Ok(filter(side_by_side(fields.said_how, words))),
            (Scope::Statements, _) => self.of_stories(&Node::Phrase(field, words.to_vec())),
            (Scope::Stories, Field::Role | Field::Kind) => {
                self.of_others(&Node::Phrase(field, words.to_vec()), Scope::Statements)
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
        let handle = match (self.scope, field) {
            (_, Field::Source) => tallies.source,
            (Scope::Stories, Field::Speaker) => tallies.speaker,
            (Scope::Stories, Field::Language) => self.fields.language,
            (Scope::Stories, _) => tallies.person,
            (Scope::Statements, Field::Speaker) => tallies.said_by,
            (Scope::Statements, _) => {
                return self.of_stories(&Node::Whole(field, names.to_vec()));
            }
        };
        let any = names.iter().map(|name| term(handle, name)).collect();
        let any = BooleanQuery::union(any);
        // Statements hold their story's source, and are none of the stories asked for.
        if field == Field::Source {
            let both = BooleanQuery::intersection(vec![self.everything(), Box::new(any)]);
            return Ok(filter(Box::new(both)));
        }
        Ok(Box::new(any))
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
            (Scope::Statements, Field::Published) => Ok(between(fields.said_day, from, to)),
            (Scope::Statements, _) => self.of_stories(&Node::Range(field, from, to)),
        }
    }

    /// This scope's documents of a few stories, by their keys.
    fn of_keys(&self, stories: FxHashSet<u64>) -> Box<dyn Query> {
        let key = |story: &u64| -> Box<dyn Query> {
            let term = Term::from_field_u64(self.fields.key, *story);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        let any = Box::new(BooleanQuery::union(stories.iter().map(key).collect()));
        filter(Box::new(BooleanQuery::intersection(vec![any, self.everything()])))
    }

    /// The statements of all stories that a part of the query matches.
    fn of_stories(&self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        self.of_others(node, Scope::Stories)
    }

    /// This scope's documents of all stories of which a document of another scope matches.
    fn of_others(&self, node: &Node, scope: Scope) -> tantivy::Result<Box<dyn Query>> {
        let asking = Asking { scope, families: None, ..*self };
        let stories = self.searcher.search(&asking.query(node)?, &KeySet)?;
        if stories.len() <= FEW_STORIES {
            return Ok(self.of_keys(stories));
        }
        let stories = Arc::new(stories);
        let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
            let keys = segment.fast_fields().u64(KEY)?;
            let stories: Arc<FxHashSet<u64>> = Arc::clone(&stories);
            Ok(move |document: DocId| {
                keys.first(document).is_some_and(|key| stories.contains(&key))
            })
        });
        let same_story: Box<dyn Query> = Box::new(DocPredicateQuery::from(predicate));
        let both = BooleanQuery::intersection(vec![self.everything(), same_story]);
        Ok(filter(Box::new(both)))
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

/// What is sought, in capitals or not: each word of those that a pattern stands for by itself.
fn cased(capitals: Capitals, sought: Sought) -> Sought {
    match sought {
        Sought::Like(words) => {
            Sought::Any(words.into_iter().map(|word| cased(capitals, Sought::Word(word))).collect())
        }
        Sought::Phrase(words) => {
            let places = lettered(&words);
            Sought::Cased(capitals, places, Box::new(Sought::Phrase(words)))
        }
        Sought::Word(word) => {
            let places = lettered(std::slice::from_ref(&word));
            Sought::Cased(capitals, places, Box::new(Sought::Word(word)))
        }
        other => other,
    }
}

/// Whether matches of a field tell one story from another as an answer; the others only choose.
fn ranks(field: Field) -> bool {
    matches!(field, Field::Title | Field::Body | Field::Speaker | Field::Person | Field::Keyword)
}

/// A query without those for which others stand.
fn without(query: Box<dyn Query>, behind: Matching) -> Box<dyn Query> {
    let behind = Arc::new(behind);
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let members = Members::of(segment)?;
        let behind: Arc<Matching> = Arc::clone(&behind);
        Ok(move |document: DocId| !members.is_among(&behind, document))
    });
    let others: Box<dyn Query> = Box::new(DocPredicateQuery::from(predicate));
    Box::new(BooleanQuery::intersection(vec![query, filter(others)]))
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
