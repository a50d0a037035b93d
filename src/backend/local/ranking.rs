//! What makes one story a better answer than another beside the words themselves: that they stand
//! beside or near each other, and in the opening.
//!
//! It is asked of the best only, so that it costs no more in a large archive than in a small one.

use tantivy::collector::TopDocs;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Score, Searcher};

use super::ask::Asking;
use super::best::{Rise, Scored, put_in_order};
use super::close::{Close, Way};
use super::fresh;
use super::prose::WordIn;
use super::schema::DAY;
use super::standing::Columns;
use super::statements::ToStory;
use super::words::OPENING_PARAGRAPHS;
use crate::model::{Field, Front, Near, Node, Pattern, Scope, Share, Sort, StoryKey, Within};

/// How many of the best are put in order again.
pub(super) const RANKED_AGAIN: usize = 200;

/// How many openings are looked at before it is asked whether that is enough.
const LOOKED_AT_ONCE: usize = 3;
/// So many times as many are looked at next.
const MORE: usize = 4;
/// The most words that are asked how they stand to each other.
const MOST_WORDS: usize = 8;
/// How far apart words are that are near each other.
const NEAR: u32 = 8;

/// What each counts for, beside a word in the body. Measured on the judged questions of
/// `tests/ranking.rs`.
const BESIDE_WEIGHT: Score = 1.0;
const NEAR_WEIGHT: Score = 0.5;
const OPENING_WEIGHT: Score = 0.25;

/// How two words stand together, and what each counts for.
const WAYS: [Way; 2] = [Way { within: 1, ordered: true }, Way { within: NEAR, ordered: false }];
/// See [`WAYS`].
const WAY_WEIGHTS: [Score; 2] = [BESIDE_WEIGHT, NEAR_WEIGHT];

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
        let ways = WAYS.into_iter().zip(WAY_WEIGHTS);
        boosts.extend(
            ways.map(|(way, weight)| (near(Within::Words(way.within), way.ordered), weight)),
        );
    }
    if scope == Scope::Stories {
        boosts.extend(words.into_iter().map(|word| (in_opening(word), OPENING_WEIGHT)));
    }
    boosts
}

/// The words that [`boosts`] asks about, where they are plain ones and each comes once.
pub(super) fn plain_words(query: &Node) -> Option<Vec<&str>> {
    let parts = match query {
        Node::And(parts) => parts.as_slice(),
        word => std::slice::from_ref(word),
    };
    let mut words: Vec<&str> = Vec::new();
    for part in parts {
        match part {
            Node::Term(Field::Text, word) if !words.contains(&word.as_str()) => words.push(word),
            other if is_word(other) => return None,
            _ => {}
        }
    }
    (1..=MOST_WORDS).contains(&words.len()).then_some(words)
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
    Node::Front(Front::Paragraphs(OPENING_PARAGRAPHS), Box::new(word))
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

/// By how much words may raise a score that stand in the opening: they stand there no more often than in
/// the body, the last of their fields.
pub(super) fn rise_by_opening(words: &[Vec<WordIn>]) -> Rise {
    let of_body = words.iter().filter_map(|fields| fields.last());
    Rise { share: OPENING_WEIGHT, of_most: of_body.map(WordIn::most).sum() }
}

/// The second look at the best, for what else speaks for them.
pub(super) struct Second<'a> {
    pub(super) asking: &'a Asking<'a>,
    pub(super) boosts: &'a [(Node, Score)],
    /// The words that the boosts ask about, where all are plain ones.
    pub(super) words: &'a [Vec<WordIn>],
    pub(super) sort: Sort,
    pub(super) columns: &'a [Columns],
}

impl Second<'_> {
    /// Adds to the best what else speaks for each, and puts them in order as far as the first `enough`
    /// of them go. More than are looked at are in order already behind these.
    pub(super) fn look(&self, best: &mut Vec<Scored>, enough: usize) -> tantivy::Result<()> {
        let again = RANKED_AGAIN.min(best.len());
        if self.words.is_empty() {
            self.add(&mut best[..again])?;
            put_in_order(self.columns, &mut best[..again]);
            return Ok(());
        }
        let behind = best.split_off(again);
        let mut first =
            self.look_at_words(&Close::of(self.words)?, std::mem::take(best), enough)?;
        put_in_order(self.columns, &mut first);
        first.extend(behind);
        *best = first;
        Ok(())
    }

    /// Adds what plain words give, and leaves out those that cannot come among the first `enough`.
    fn look_at_words(
        &self,
        close: &Close<'_>,
        mut best: Vec<Scored>,
        enough: usize,
    ) -> tantivy::Result<Vec<Scored>> {
        if self.words.len() > 1 {
            best.sort_unstable_by_key(|(_, at)| *at);
            self.add_words(close, &mut best)?;
            return Ok(best);
        }
        // A word alone gives no more than it can in the opening: the highest are looked at first.
        let rise = rise_by_opening(self.words);
        best.sort_unstable_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut looked = 0;
        while let Some((next, _)) = best.get(looked)
            && best[..looked].iter().filter(|(score, _)| *score > rise.most(*next)).count() < enough
        {
            let until = (looked * MORE).max(enough).max(LOOKED_AT_ONCE).min(best.len());
            let portion = &mut best[looked..until];
            portion.sort_unstable_by_key(|(_, at)| *at);
            self.add_words(close, portion)?;
            looked = until;
        }
        best.truncate(looked);
        Ok(best)
    }

    /// Adds to documents, which stand in order, what plain words give to each.
    fn add_words(&self, close: &Close<'_>, best: &mut [Scored]) -> tantivy::Result<()> {
        let openings = self.asking.kept.openings(self.asking.searcher)?;
        let documents: Vec<DocAddress> = best.iter().map(|(_, at)| *at).collect();
        let given = close.given(&documents, &WAYS, openings)?;
        let (words, of_pairs) = (self.words.len(), (self.words.len() - 1) * WAYS.len());
        let of_ways = WAY_WEIGHTS.iter().cycle().take(of_pairs);
        let weights: Vec<Score> =
            of_ways.copied().chain(std::iter::repeat_n(OPENING_WEIGHT, words)).collect();
        for ((score, at), given) in best.iter_mut().zip(given.chunks_exact(weights.len())) {
            for (given, weight) in given.iter().zip(&weights) {
                if *given > 0.0 {
                    *score += weight * given * fading(self.asking, self.sort, *at)?;
                }
            }
        }
        Ok(())
    }

    fn add(&self, best: &mut [Scored]) -> tantivy::Result<()> {
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
}

/// By how much the score of a document fades with its age, where the order asks for it.
fn fading(asking: &Asking<'_>, sort: Sort, at: DocAddress) -> tantivy::Result<Score> {
    let Sort::Fresh { today, days } = sort else { return Ok(1.0) };
    let segment = asking.searcher.segment_reader(at.segment_ord);
    let story = ToStory::of(asking.scope, segment)?.story(at.doc_id);
    let day = segment.fast_fields().i64(DAY)?.first(story);
    Ok(fresh::fading(day, today, days))
}

/// What a query gives to a document; 0 where it does not match.
fn score(searcher: &Searcher, query: &dyn Query, at: DocAddress) -> tantivy::Result<Score> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut scorer = weight.scorer(searcher.segment_reader(at.segment_ord), 1.0)?;
    let doc = if scorer.doc() < at.doc_id { scorer.seek(at.doc_id) } else { scorer.doc() };
    Ok(if doc == at.doc_id { scorer.score() } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use std::sync::{LazyLock, Mutex};

    use jiff::civil::date;
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;
    use crate::backend::local::LocalIndex;
    use crate::contract::Index;
    use crate::model::{Annotations, Record, Story};

    const STORIES: u64 = 500;
    const WORDS: &[&str] = &["port", "tide", "quay", "seal", "none"];

    /// Some words of few, in paragraphs of few.
    fn text(number: u64, length: u64) -> String {
        let mut seed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ length;
        let mut text = String::new();
        for _ in 0..length {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            text.push_str(WORDS.get((seed >> 40) as usize % 9).unwrap_or(&"other"));
            text.push_str(if (seed >> 50).is_multiple_of(7) { "\n\n" } else { " " });
        }
        text
    }

    /// An index of several segments.
    static INDEX: LazyLock<(TempDir, Mutex<LocalIndex>)> = LazyLock::new(|| {
        let folder = TempDir::new().unwrap();
        let mut index = LocalIndex::write(folder.path(), 64 << 20).unwrap();
        for number in 0..STORIES {
            let (title, body) = (text(number, number % 5), text(!number, 1 + number % 90));
            let published = (number % 3 > 0).then(|| "2025-03-18".parse().unwrap());
            let story =
                Story { title: title.replace("\n\n", " "), body, published, ..Story::default() };
            let record = Record { story, annotations: Annotations::default() };
            index.add(&format!("{number}.txt"), StoryKey(number), &record).unwrap();
            if number % 170 == 169 {
                index.commit().unwrap();
            }
        }
        index.commit().unwrap();
        (folder, Mutex::new(index))
    });

    proptest! {
        #[test]
        fn plain_words_are_looked_at_as_other_parts_are(
            words in prop::sample::subsequence(WORDS, 1..4).prop_shuffle(),
            fresh in any::<bool>(),
            enough in prop_oneof![1..20_usize, Just(usize::MAX)],
        ) {
            let parts = words.iter().map(|word| Node::Term(Field::Text, (*word).to_owned()));
            let query = Node::And(parts.collect());
            let sort = match fresh {
                true => Sort::Fresh { today: date(2025, 4, 1), days: 7 },
                false => Sort::Relevance,
            };
            let index = INDEX.1.lock().unwrap();
            let searcher = index.reader.searcher();
            let asking = index.asking(&searcher, Scope::Stories);
            let top = TopDocs::with_limit(RANKED_AGAIN).order_by_score();
            let best = searcher.search(&asking.query(&query).unwrap(), &top).unwrap();
            let (boosts, looked_up) = (boosts(&query, Scope::Stories), asking.words(&words).unwrap());
            let columns = asking.kept.columns(&searcher, Scope::Stories).unwrap();
            let asking = &asking;
            let look = |words, enough| {
                let mut best = best.clone();
                let second = Second { asking, boosts: &boosts, words, sort, columns };
                second.look(&mut best, enough).unwrap();
                best.into_iter().map(|(score, at)| (score.to_bits(), at)).collect::<Vec<_>>()
            };
            let (plainly, asked) = (look(looked_up.as_slice(), enough), look(&[], usize::MAX));
            let enough = enough.min(asked.len());
            prop_assert_eq!(&plainly[..enough], &asked[..enough]);
        }
    }
}
