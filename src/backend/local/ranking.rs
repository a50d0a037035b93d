//! What makes one story a better answer than another beside the words themselves: that they stand
//! beside or near each other, and in the opening.
//!
//! It is asked of the best only, so that it costs no more in a large archive than in a small one.

use tantivy::collector::TopDocs;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Score, Searcher};

use super::ask::Asking;
use super::fresh;
use super::standing::{Columns, Higher};
use crate::model::{Field, Front, Near, Node, Pattern, Scope, Share, Sort, StoryKey, Within};

/// How many of the best are put in order again.
pub(super) const RANKED_AGAIN: usize = 200;

/// How many of them are looked at before it is asked whether that is enough.
const LOOKED_AT_ONCE: usize = 16;
/// What rounding may add to a score.
const ROUNDING: Score = 1.0001;

/// The most words that are asked how they stand to each other.
const MOST_WORDS: usize = 8;
/// How far apart words are that are near each other.
const NEAR: u32 = 8;
/// How many paragraphs the opening of a story has.
const OPENING: u32 = 2;

/// What each counts for, beside a word in the body. Measured on the judged questions of
/// `tests/ranking.rs`.
const BESIDE_WEIGHT: Score = 1.0;
const NEAR_WEIGHT: Score = 0.5;
const OPENING_WEIGHT: Score = 0.25;

/// What else speaks for a match of a query, and how much it counts for.
pub(super) fn boosts(query: &Node, scope: Scope) -> Vec<(Node, Score)> {
    let words: Vec<&Node> = match query {
        Node::And(parts) => parts.iter().filter(|part| is_word(part)).collect(),
        word if is_word(word) => vec![word],
        _ => Vec::new(),
    };
    if words.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut boosts = Vec::new();
    for pair in words.windows(2) {
        let near = |within, ordered| {
            let (left, right) = (pair[0].clone(), pair[1].clone());
            Node::Near(Box::new(Near { left, right, within, ordered, without: false }))
        };
        boosts.push((near(Within::Words(1), true), BESIDE_WEIGHT));
        boosts.push((near(Within::Words(NEAR), false), NEAR_WEIGHT));
    }
    if scope == Scope::Stories {
        boosts.extend(words.into_iter().map(|word| (in_opening(word), OPENING_WEIGHT)));
    }
    boosts
}

fn is_word(node: &Node) -> bool {
    matches!(node, Node::Term(Field::Text, _) | Node::Like(Field::Text, Pattern::Forms(..)))
}

fn in_opening(word: &Node) -> Node {
    let word = word.clone().with_leaves(&mut |leaf| match leaf {
        Node::Term(_, word) => Node::Term(Field::Body, word),
        Node::Like(_, pattern) => Node::Like(Field::Body, pattern),
        other => other,
    });
    Node::Front(Front::Paragraphs(OPENING), Box::new(word))
}

/// What the parts of a query, and what else speaks for a match, give to a story's score; none where
/// it does not match.
pub(super) fn shares(
    asking: &Asking<'_>,
    query: &Node,
    story: StoryKey,
) -> tantivy::Result<Vec<Share>> {
    let this = Node::And(vec![query.clone(), Node::Story(story)]);
    let found = asking
        .searcher
        .search(&asking.whole_query(&this)?, &TopDocs::with_limit(1).order_by_score())?;
    let Some((_, at)) = found.first().copied() else { return Ok(Vec::new()) };
    let mut parts = Vec::new();
    add_ranking(query, &mut parts);
    let weighed = parts.into_iter().map(|part| (part, 1.0));
    let mut shares = Vec::new();
    for (part, weight) in weighed.chain(boosts(query, asking.scope)) {
        let fields: &[Field] = match part.field() {
            Some(Field::Text) => &[Field::Title, Field::Body],
            Some(field) => &[field],
            None => &[],
        };
        for field in fields {
            let share = asking.share(&part, *field)?;
            let score = weight * score(asking.searcher, &*share, at)?;
            if score > 0.0 {
                shares.push(Share { part: part.clone(), field: *field, score });
            }
        }
    }
    Ok(shares)
}

/// Adds the parts of a query that give something to a score, each asked by itself.
fn add_ranking(node: &Node, parts: &mut Vec<Node>) {
    match node {
        Node::And(inner) | Node::Or(inner) => {
            inner.iter().for_each(|part| add_ranking(part, parts))
        }
        Node::Not(_) => {}
        leaf => parts.push(leaf.clone()),
    }
}

/// The second look at the best, for what else speaks for them.
pub(super) struct Second<'a> {
    pub(super) asking: &'a Asking<'a>,
    pub(super) boosts: &'a [(Node, Score)],
    pub(super) sort: Sort,
    pub(super) columns: &'a [Columns],
}

impl Second<'_> {
    /// Adds to the best, which stand in order, what else speaks for each, and puts them in order again
    /// as far as the first `enough` of them go.
    ///
    /// It looks from the front until no other can come among the first, where it is known what a second
    /// look gives at most.
    pub(super) fn look(
        &self,
        best: &mut Vec<(Score, DocAddress)>,
        enough: usize,
    ) -> tantivy::Result<()> {
        let again = RANKED_AGAIN.min(best.len());
        let most = self.most_added();
        let mut looked = if most.is_some() { LOOKED_AT_ONCE.min(again) } else { again };
        self.add(&mut best[..looked])?;
        while let Some(most) = most
            && looked < again
        {
            let ceiling = best[looked].0 * (1.0 + most) * ROUNDING;
            if best[..looked].iter().filter(|(score, _)| *score > ceiling).count() >= enough {
                best.truncate(looked);
                break;
            }
            let next = again.min(looked * 2);
            self.add(&mut best[looked..next])?;
            looked = next;
        }
        self.put_in_order(&mut best[..looked]);
        Ok(())
    }

    /// By what share of its score the second look can raise a story at most, where that is known: a word
    /// stands in the opening no more often than in the body.
    fn most_added(&self) -> Option<Score> {
        match self.boosts {
            [(Node::Front(_, word), weight)] => matches!(**word, Node::Term(..)).then_some(*weight),
            _ => None,
        }
    }

    fn add(&self, best: &mut [(Score, DocAddress)]) -> tantivy::Result<()> {
        let asking = self.asking;
        let mut order: Vec<usize> = (0..best.len()).collect();
        order.sort_unstable_by_key(|at| best[*at].1);
        for (part, weight) in self.boosts {
            let documents = order.iter().map(|at| best[*at].1);
            let scores = asking.boost(part)?.scores(asking.searcher, documents)?;
            for (at, score) in order.iter().zip(scores) {
                if score > 0.0 {
                    let fading = fading(asking, self.sort, best[*at].1)?;
                    best[*at].0 += weight * score * fading;
                }
            }
        }
        Ok(())
    }

    fn put_in_order(&self, best: &mut [(Score, DocAddress)]) {
        best.sort_by_cached_key(|(score, at)| {
            let standing = self.columns[at.segment_ord as usize].standing(at.doc_id);
            (Higher(*score), standing.place())
        });
    }
}

/// By how much the score of a document fades with its age, where the order asks for it.
fn fading(asking: &Asking<'_>, sort: Sort, at: DocAddress) -> tantivy::Result<Score> {
    let Sort::Fresh { today, days } = sort else { return Ok(1.0) };
    let segment = asking.searcher.segment_reader(at.segment_ord);
    let day = segment.fast_fields().i64(asking.day_column())?.first(at.doc_id);
    Ok(fresh::fading(day, today, days))
}

/// What a query gives to a document; 0 where it does not match.
fn score(searcher: &Searcher, query: &dyn Query, at: DocAddress) -> tantivy::Result<Score> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut scorer = weight.scorer(searcher.segment_reader(at.segment_ord), 1.0)?;
    let doc = if scorer.doc() < at.doc_id { scorer.seek(at.doc_id) } else { scorer.doc() };
    Ok(if doc == at.doc_id { scorer.score() } else { 0.0 })
}
