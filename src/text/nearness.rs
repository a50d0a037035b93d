//! Stretches of a text, counted in words, and which of them are near each other.
//!
//! The index asks with it of its postings, and the marking of what matched asks with it of the text,
//! so that the two cannot disagree. What two operands that are near each other match is the least
//! stretches that hold one of each: those that hold no other (Clarke, Cormack and Burkowski, "An
//! algebra for structured text search", 1995).

use crate::model::Capitals;

/// A stretch of positions, both ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// The position of its first word.
    pub first: u32,
    /// The position of its last word.
    pub last: u32,
}

impl Stretch {
    /// A stretch of one word.
    pub fn of_word(position: u32) -> Self {
        Self { first: position, last: position }
    }

    /// Whether another lies in it.
    pub fn holds(self, other: Stretch) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// How near two stretches must be.
#[derive(Clone, Copy, Debug)]
pub enum Reach<'a> {
    /// At most so many words apart.
    Words(u32),
    /// In one part of the text; the positions at which its parts begin, in order.
    Part(&'a [u32]),
}

impl Reach<'_> {
    /// The last position that is near enough behind a stretch.
    fn end_behind(self, stretch: Stretch) -> u32 {
        match self {
            Self::Words(most) => stretch.last.saturating_add(most),
            Self::Part(starts) => {
                let next = starts.partition_point(|start| *start <= stretch.first);
                starts.get(next).map_or(u32::MAX, |start| start.saturating_sub(1))
            }
        }
    }

    /// Whether `right`, which begins behind `left`, is near enough to it.
    fn reaches(self, end_behind: u32, right: Stretch) -> bool {
        match self {
            Self::Words(_) => right.first <= end_behind,
            Self::Part(_) => right.last <= end_behind,
        }
    }
}

/// The least stretches that hold one of `left` and, behind it, one of `right` near enough to it.
///
/// Both are in order; what is found is added to `found`, not yet [`least`].
pub fn in_order(left: &[Stretch], right: &[Stretch], reach: Reach<'_>, found: &mut Vec<Stretch>) {
    for one in left {
        let end = reach.end_behind(*one);
        let from = right.partition_point(|other| other.first <= one.last);
        let mut nearest: Option<u32> = None;
        for other in &right[from..] {
            if other.first > end || nearest.is_some_and(|last| other.first > last) {
                break;
            }
            if reach.reaches(end, *other) {
                nearest = Some(nearest.map_or(other.last, |last| last.min(other.last)));
            }
        }
        found.extend(nearest.map(|last| Stretch { first: one.first, last }));
    }
}

/// The same for single words, given by their positions, in one pass: what is found is [`least`] and in
/// order. Without an order of the two, `left` may stand behind `right` too.
///
/// Gives nothing where a position is in both: one word is not near itself, and what is then least takes
/// more than neighbours to tell.
pub fn words(
    left: &[u32],
    right: &[u32],
    reach: Reach<'_>,
    ordered: bool,
    found: &mut Vec<Stretch>,
) -> Option<()> {
    let before = found.len();
    let (mut at_left, mut at_right, mut begun) = (0, 0, 0);
    // The word before, and whether it is of the left.
    let mut last: Option<(u32, bool)> = None;
    loop {
        let (position, is_left) = match (left.get(at_left), right.get(at_right)) {
            (Some(one), Some(other)) if one == other => {
                found.truncate(before);
                return None;
            }
            (Some(one), Some(other)) if one < other => (*one, true),
            (Some(one), None) => (*one, true),
            (_, Some(other)) => (*other, false),
            (None, None) => return Some(()),
        };
        // Only neighbours in the text can be least: whatever lies between is nearer to one of them.
        if let Some((first, was_left)) = last
            && was_left != is_left
            && (was_left || !ordered)
        {
            let is_near = match reach {
                Reach::Words(most) => position - first <= most,
                Reach::Part(starts) => {
                    while starts.get(begun).is_some_and(|start| *start <= first) {
                        begun += 1;
                    }
                    starts.get(begun).is_none_or(|start| *start > position)
                }
            };
            if is_near {
                found.push(Stretch { first, last: position });
            }
        }
        last = Some((position, is_left));
        if is_left { at_left += 1 } else { at_right += 1 }
    }
}

/// Those of `left` that have none of `right` near them or in common with them.
pub fn apart(left: &[Stretch], right: &[Stretch], reach: Reach<'_>, found: &mut Vec<Stretch>) {
    let longest = right.iter().map(|other| other.last - other.first).max().unwrap_or_default();
    let is_apart = |one: &&Stretch| {
        let before = match reach {
            Reach::Words(most) => one.first.saturating_sub(most.saturating_add(longest)),
            Reach::Part(starts) => {
                let begun = starts.partition_point(|start| *start <= one.first);
                begun.checked_sub(1).map_or(0, |at| starts[at]).saturating_sub(longest)
            }
        };
        let end = reach.end_behind(**one);
        let from = right.partition_point(|other| other.first < before);
        let around = right[from..].iter().take_while(|other| other.first <= end.max(one.last));
        !around.copied().any(|other| touches(**one, other, reach, end))
    };
    found.extend(left.iter().filter(is_apart));
}

/// Whether two stretches have words in common, or are near enough in either order.
fn touches(one: Stretch, other: Stretch, reach: Reach<'_>, end_behind_one: u32) -> bool {
    if other.first > one.last {
        reach.reaches(end_behind_one, other)
    } else if other.last < one.first {
        reach.reaches(reach.end_behind(other), one)
    } else {
        true
    }
}

/// The words of a phrase moved by at most so many places in all, as Lucene counts its slop.
///
/// `words` has for each word of the phrase its positions, in order; all words are different.
pub fn loose(words: &[Vec<u32>], slop: u32, found: &mut Vec<Stretch>) {
    let mut at = vec![0; words.len()];
    loop {
        let here: Option<Vec<u32>> =
            words.iter().zip(&at).map(|(positions, at)| positions.get(*at).copied()).collect();
        let Some(here) = here else { return };
        // How far each stands from where the phrase would have it.
        let moved =
            || here.iter().zip(0i64..).map(|(position, place)| i64::from(*position) - place);
        let (least, most) = (moved().min().unwrap_or(0), moved().max().unwrap_or(0));
        if most - least <= i64::from(slop) {
            let first = here.iter().copied().min().unwrap_or(0);
            let last = here.iter().copied().max().unwrap_or(0);
            found.push(Stretch { first, last });
        }
        let behind = moved().position(|moved| moved == least).unwrap_or(0);
        at[behind] += 1;
    }
}

/// Whether a stretch lies in one part of a text whose parts begin at these positions.
pub fn in_one_part(stretch: Stretch, starts: &[u32]) -> bool {
    let begun = |position: u32| starts.partition_point(|start| *start <= position);
    begun(stretch.first) == begun(stretch.last)
}

/// Whether the words at some places of a stretch are written as asked for; `mixed` and `all` are the
/// positions of words with a capital and a small letter, and of those with capitals alone, in order.
pub fn is_written(
    capitals: Capitals,
    stretch: Stretch,
    places: &[u32],
    mixed: &[u32],
    all: &[u32],
) -> bool {
    let stands =
        |positions: &[u32], place: u32| positions.binary_search(&(stretch.first + place)).is_ok();
    let has_capital = |place: &u32| stands(mixed, *place) || stands(all, *place);
    match capitals {
        Capitals::Some => places.iter().any(has_capital),
        Capitals::All => !places.is_empty() && places.iter().all(|place| stands(all, *place)),
        Capitals::None => !places.iter().any(has_capital),
    }
}

/// Puts stretches in order, each once.
pub fn in_text_order(stretches: &mut Vec<Stretch>) {
    stretches.sort_unstable();
    stretches.dedup();
}

/// Keeps the least stretches, in order: those that hold no other.
pub fn least(stretches: &mut Vec<Stretch>) {
    // Of those that begin together the longest first: walked from the back, it comes last.
    stretches.sort_unstable_by_key(|stretch| (stretch.first, std::cmp::Reverse(stretch.last)));
    let mut kept: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches.iter().rev() {
        if kept.last().is_none_or(|next| !stretch.holds(*next)) {
            kept.push(*stretch);
        }
    }
    kept.reverse();
    *stretches = kept;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretch((first, length): (u32, u32)) -> Stretch {
        Stretch { first, last: first + length }
    }

    fn some() -> impl Strategy<Value = Vec<Stretch>> {
        prop::collection::vec((0u32..40, 0u32..3).prop_map(stretch), 0..9).prop_map(|mut all| {
            in_text_order(&mut all);
            all
        })
    }

    fn starts() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(1u32..40, 0..6)
            .prop_map(|starts| [0].into_iter().chain(starts).collect())
    }

    /// Whether two stretches that have no word in common are near, said as plainly as can be.
    fn near(one: Stretch, other: Stretch, reach: Reach<'_>) -> bool {
        let (before, behind) = if one.last < other.first { (one, other) } else { (other, one) };
        match reach {
            Reach::Words(most) => behind.first - before.last <= most,
            Reach::Part(starts) => {
                !starts.iter().any(|start| before.first < *start && *start <= behind.last)
            }
        }
    }

    fn slowly(left: &[Stretch], right: &[Stretch], reach: Reach<'_>) -> Vec<Stretch> {
        let mut all = Vec::new();
        for one in left {
            for other in right {
                if one.last < other.first && near(*one, *other, reach) {
                    all.push(Stretch { first: one.first, last: other.last });
                }
            }
        }
        all.sort();
        all.dedup();
        let least = |one: &Stretch| !all.iter().any(|other| other != one && one.holds(*other));
        all.iter().copied().filter(least).collect()
    }

    proptest! {
        #[test]
        fn the_least_stretches_are_those_that_a_slow_look_finds(
            left in some(), right in some(), starts in starts(), most in 1u32..9, by_words: bool,
        ) {
            let reach = if by_words { Reach::Words(most) } else { Reach::Part(&starts) };
            let mut found = Vec::new();
            in_order(&left, &right, reach, &mut found);
            least(&mut found);
            prop_assert_eq!(found, slowly(&left, &right, reach));
        }

        #[test]
        fn single_words_are_near_as_stretches_of_one_word_are(
            left in prop::collection::btree_set(0u32..40, 0..9),
            right in prop::collection::btree_set(0u32..40, 0..9),
            starts in starts(), most in 1u32..9, by_words: bool, ordered: bool,
        ) {
            let reach = if by_words { Reach::Words(most) } else { Reach::Part(&starts) };
            let share = !left.is_disjoint(&right);
            let (left, right): (Vec<u32>, Vec<u32>) =
                (left.into_iter().collect(), right.into_iter().collect());
            let mut found = Vec::new();
            let told = words(&left, &right, reach, ordered, &mut found);
            prop_assert_eq!(told.is_none(), share);
            if told.is_some() {
                let stretches = |words: &[u32]| -> Vec<Stretch> {
                    words.iter().copied().map(Stretch::of_word).collect()
                };
                let (left, right) = (stretches(&left), stretches(&right));
                let mut wanted = Vec::new();
                in_order(&left, &right, reach, &mut wanted);
                if !ordered {
                    in_order(&right, &left, reach, &mut wanted);
                }
                least(&mut wanted);
                prop_assert_eq!(found, wanted);
            }
        }

        #[test]
        fn what_is_apart_has_nothing_near(
            left in some(), right in some(), starts in starts(), most in 1u32..9, by_words: bool,
        ) {
            let reach = if by_words { Reach::Words(most) } else { Reach::Part(&starts) };
            let overlap = |a: &Stretch, b: &Stretch| a.first <= b.last && b.first <= a.last;
            let alone = |one: &&Stretch| {
                !right.iter().any(|other| overlap(one, other) || near(**one, *other, reach))
            };
            let wanted: Vec<Stretch> = left.iter().filter(alone).copied().collect();
            let mut found = Vec::new();
            apart(&left, &right, reach, &mut found);
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn a_loose_phrase_is_found_where_some_choice_of_its_words_fits(
            a in prop::collection::btree_set(0u32..30, 0..6),
            b in prop::collection::btree_set(30u32..60, 0..6),
            c in prop::collection::btree_set(60u32..90, 0..6),
            slop in 0u32..60,
        ) {
            let mix = |set: std::collections::BTreeSet<u32>, by: u32| {
                let mut all: Vec<u32> = set.into_iter().map(|n| n * 7 % 30 * 3 + by).collect();
                all.sort_unstable();
                all
            };
            let words = [mix(a, 0), mix(b, 1), mix(c, 2)];
            let mut found = Vec::new();
            loose(&words, slop, &mut found);
            let mut fits = false;
            for x in &words[0] {
                for y in &words[1] {
                    for z in &words[2] {
                        let moved = [i64::from(*x), i64::from(*y) - 1, i64::from(*z) - 2];
                        let spread = moved.iter().max().unwrap() - moved.iter().min().unwrap();
                        fits |= spread <= i64::from(slop);
                    }
                }
            }
            prop_assert_eq!(!found.is_empty(), fits);
        }
    }
}
