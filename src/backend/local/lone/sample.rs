//! A score that enough documents of a frequent word are likely to reach, from a sample of its postings:
//! what is below it need not be held before so many have been met.

use tantivy::Score;
use tantivy::schema::IndexRecordOption;

use crate::backend::local::prose::WordIn;

/// How many blocks of postings are looked at, of all segments.
const BLOCKS: u32 = 16;
/// How many documents a whole block of postings holds.
const BLOCK: u32 = 128;
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
    if word.documents < TIMES_LONGER * u64::from(BLOCKS * BLOCK) {
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
    let mut scores = Vec::with_capacity((BLOCKS * BLOCK) as usize);
    for segment in 0..word.prose.segments() {
        let share = u64::from(BLOCKS) * u64::from(word.frequency(segment)) / word.documents;
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
