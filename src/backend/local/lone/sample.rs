//! A score that enough documents of a frequent word are likely to reach, from a sample of its postings:
//! what is below it need not be held before so many have been met.

use tantivy::Score;
use tantivy::schema::IndexRecordOption;

use crate::backend::local::prose::{BLOCK, WordIn};

/// How many blocks of postings are looked at, of all segments.
const BLOCKS: usize = 16;
/// A sample of a list that is not so many times as long saves less than it takes.
const TIMES_LONGER: u64 = 4;
/// So many standard deviations more than expected are taken of a sample to be the best, and so many
/// more besides, where few are expected.
const DEVIATIONS: f64 = 3.0;
/// See [`DEVIATIONS`].
const BESIDES: f64 = 2.0;

/// A score that so many documents are likely to reach by a word, and not many more; none where that is
/// not to be told.
///
/// It is likely only: who gets fewer has to look at all.
pub(super) fn reached_by(word: &WordIn, needed: usize) -> tantivy::Result<Option<Score>> {
    if word.documents < TIMES_LONGER * (BLOCKS * BLOCK) as u64 {
        return Ok(None);
    }
    let mut scores = sample(word)?;
    let expected = needed as f64 * scores.len() as f64 / word.documents as f64;
    let at = (expected + DEVIATIONS * expected.sqrt() + BESIDES) as usize;
    if at >= scores.len() {
        return Ok(None);
    }
    let (_, score, _) = scores.select_nth_unstable_by(at, |one, other| other.total_cmp(one));
    Ok(Some(*score))
}

/// The scores by a word of documents of all parts of its lists.
fn sample(word: &WordIn) -> tantivy::Result<Vec<Score>> {
    let mut scores = Vec::with_capacity(BLOCKS * BLOCK);
    for segment in 0..word.prose.segments() {
        let share = BLOCKS as u64 * u64::from(word.frequency(segment)) / word.documents;
        let norms = word.prose.norms(segment);
        let Some(mut block) = word.blocks(segment, IndexRecordOption::WithFreqs)? else { continue };
        for part in 0..share {
            block.seek((part * u64::from(norms.num_docs()) / share) as u32);
            let documents = block.docs().iter().zip(block.freqs());
            scores.extend(
                documents
                    .map(|(doc, times)| word.similarity().score(norms.fieldnorm_id(*doc), *times)),
            );
        }
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::local::LocalIndex;
    use crate::contract::{Index, Request, Start};
    use crate::model::{Field, Node, Record, Scope, Sort, Story, StoryKey};

    /// Enough for a sample.
    const STORIES: usize = 9_000;
    /// How many are looked at for a page.
    const NEEDED: usize = 200;

    /// Whether the sample meets a story of one segment, where all hold the word.
    fn is_met(number: usize) -> bool {
        (0..BLOCKS).any(|part| part * STORIES / BLOCKS / BLOCK == number / BLOCK)
    }

    /// The score of the sample, how many stories reach it, and whether the best are those that are found
    /// where each story is looked at; the word stands in each as often as is told.
    fn asked(times: impl Fn(usize) -> usize) -> (Option<Score>, usize, bool) {
        let folder = tempfile::tempdir().unwrap();
        let mut index = LocalIndex::write(folder.path(), 64 << 20).unwrap();
        for number in 0..STORIES {
            let body = "port ".repeat(times(number)) + &"tide ".repeat(number * 7 % 31);
            let record = Record { story: Story { body, ..Story::default() }, ..Record::default() };
            index.add("a.txt", StoryKey(number as u64), &record).unwrap();
        }
        index.commit().unwrap();
        let word = Node::Term(Field::Text, "port".to_owned());
        let hits = |query: &Node, limit| {
            let (scope, sort, start) = (Scope::Stories, Sort::Relevance, Start::FRONT);
            let mut hits = Vec::new();
            let request = Request { query, scope, sort, start, limit };
            let mut take = |story: StoryKey, score: Score| hits.push((story, score.to_bits()));
            let total = index.each(&request, &mut |hit| {
                take(hit.story, hit.score);
                Ok(())
            });
            (total.unwrap(), hits)
        };
        // To the same question in another form no shortcut is taken.
        let each = Node::And(vec![word.clone(), Node::All]);
        let is_alike = [1, 10, 300].iter().all(|limit| hits(&word, *limit) == hits(&each, *limit));
        let searcher = index.reader.searcher();
        let asking = index.asking(&searcher, Scope::Stories);
        let body = asking.word(Field::Body, "port").unwrap().unwrap().remove(0);
        let likely = reached_by(&body, NEEDED).unwrap();
        let norms = body.prose.norms(0);
        let score = |number: usize| {
            body.similarity().score(norms.fieldnorm_id(number as u32), times(number) as u32)
        };
        let reach =
            (0..STORIES).filter(|number| likely.is_some_and(|least| score(*number) >= least));
        (likely, reach.count(), is_alike)
    }

    #[test]
    fn enough_reach_the_score_and_not_many_more() {
        let (likely, reach, is_alike) = asked(|number| 1 + number * 13 % 17);
        assert!(likely.is_some());
        assert!((NEEDED..3 * NEEDED).contains(&reach), "{reach} reach it");
        assert!(is_alike);
    }

    #[test]
    fn where_the_sample_misleads_all_are_looked_at() {
        let (likely, reach, is_alike) =
            asked(|number| if is_met(number) && number % BLOCK < 8 { 40 } else { 1 });
        assert!(likely.is_some());
        assert!(reach < NEEDED, "{reach} reach it");
        assert!(is_alike);
    }
}
