//! A sketch of a text's words, small and fixed in size, from which two texts are known to be alike.
//!
//! Every four words in a row (a shingle) are hashed, and the least hashes kept: Broder, "On the
//! resemblance and containment of documents" (1997), with the one order of hashes for all texts that
//! makes the least of two texts together the least of both.

/// How many words in a row are one shingle.
const SHINGLE: usize = 4;
/// How many hashes are kept at most.
pub const SKETCH: usize = 32;
/// Of fewer figures nothing is to be told.
const LEAST_FIGURES: u32 = 1;
/// Spreads a hash over all bits.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;
/// A text of fewer words has no sketch: what so few have in common is chance.
const LEAST_WORDS: usize = 30;

/// What is kept of a text to know others like it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The least hashes of its shingles, in order; none of a short text.
    pub hashes: Vec<u32>,
    /// A bit for each of its numbers: reports of one form on other days differ in these, copies do not.
    pub figures: u64,
}

/// Sketches a text by the signs of its words; gives also how many it has.
///
/// ```
/// use onrecord::text::sketch::{sketch, word_sign};
/// use onrecord::text::words::words;
/// let (sketch, words) = sketch(words("The ferry was late again.").map(|word| word_sign(&word.folded)));
/// assert_eq!((sketch.hashes.len(), words), (0, 5));
/// ```
pub fn sketch(words: impl Iterator<Item = WordSign>) -> (Sketch, usize) {
    let mut least = Vec::with_capacity(SKETCH + 1);
    let mut shingle = Shingle::default();
    let (mut count, mut figures) = (0, 0);
    for WordSign { number, is_figure } in words {
        shingle.add(number);
        count += 1;
        if count >= SHINGLE {
            keep(&mut least, shingle.hash());
        }
        if is_figure {
            figures |= 1 << (number.wrapping_mul(MIXER) >> 58);
        }
    }
    let hashes = if count >= LEAST_WORDS { least } else { Vec::new() };
    (Sketch { hashes, figures }, count)
}

/// What a word is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordSign {
    /// A number made of it.
    pub number: u64,
    /// Whether it is a number itself.
    pub is_figure: bool,
}

/// What a folded word is known by.
pub fn word_sign(folded: &str) -> WordSign {
    let bytes = folded.as_bytes();
    WordSign { number: word_hash(bytes), is_figure: bytes.first().is_some_and(u8::is_ascii_digit) }
}

/// A number made of the signs of a text's words, whatever its marks and capitals; never 0.
///
/// ```
/// use onrecord::text::sketch::{word_sign, words_sign};
/// use onrecord::text::words::words;
/// let sign = |text| words_sign(words(text).map(|word| word_sign(&word.folded).number));
/// assert_eq!(sign("No, never."), sign("no never"));
/// ```
pub fn words_sign(signs: impl Iterator<Item = u64>) -> u32 {
    let mixed = signs.fold(0, mix);
    ((mixed >> 32) as u32).max(1)
}

/// How much of the figures of the text with fewer the other has too, 0 to 1; 1 where that has too few to
/// tell.
pub fn figures_in_common(one: &Sketch, other: &Sketch) -> f32 {
    let fewer = one.figures.count_ones().min(other.figures.count_ones());
    if fewer < LEAST_FIGURES {
        return 1.0;
    }
    (one.figures & other.figures).count_ones() as f32 / fewer as f32
}

/// Keeps a hash among the least, which stand in order.
fn keep(least: &mut Vec<u32>, hash: u32) {
    if least.len() == SKETCH && least.last().is_some_and(|largest| hash >= *largest) {
        return;
    }
    if let Err(place) = least.binary_search(&hash) {
        least.insert(place, hash);
        least.truncate(SKETCH);
    }
}

/// Mixes one more hash into a number in which the order counts.
fn mix(mixed: u64, hash: u64) -> u64 {
    (mixed.rotate_left(23) ^ hash).wrapping_mul(MIXER)
}

/// A number made of some texts in their order; never 0.
pub fn sign_of(parts: &[&str]) -> u32 {
    let mixed = parts.iter().fold(0, |mixed, part| {
        let mixed = mix(mixed, word_hash(part.as_bytes()));
        mixed ^ (mixed >> 29)
    });
    ((mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32).max(1)
}

/// A number made of bytes, eight of them at a time: most words are one step.
fn word_hash(word: &[u8]) -> u64 {
    let step = |hash: u64, part: u64| {
        let mixed = (hash ^ part).wrapping_mul(MIXER);
        mixed ^ (mixed >> 32)
    };
    let (eights, rest) = word.as_chunks::<8>();
    let hash =
        eights.iter().fold(word.len() as u64, |hash, part| step(hash, u64::from_le_bytes(*part)));
    let rest = rest.iter().fold(0, |part, byte| part << 8 | u64::from(*byte));
    step(step(hash, rest), rest)
}

/// What the numbers of words in a shingle are multiplied by for each place that they stand before its end.
const PLACE: u64 = 0xd6e8_feb8_6659_fd93;

/// The last four words, mixed so that the order counts: a word that comes in takes one out.
#[derive(Default)]
struct Shingle {
    last: [u64; SHINGLE],
    mixed: u64,
}

impl Shingle {
    fn add(&mut self, word: u64) {
        const OUT: u64 = PLACE.wrapping_mul(PLACE).wrapping_mul(PLACE);
        let kept = self.mixed.wrapping_sub(self.last[0].wrapping_mul(OUT));
        self.mixed = kept.wrapping_mul(PLACE).wrapping_add(word);
        self.last.rotate_left(1);
        self.last[SHINGLE - 1] = word;
    }

    /// A number in which every bit hangs on every other.
    fn hash(&self) -> u32 {
        let mixed = (self.mixed ^ (self.mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 32)).wrapping_mul(MIXER) >> 32) as u32
    }
}

/// How alike two texts are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// The share of their shingles that both have, of all that either has; 0 to 1.
    pub resemblance: f32,
    /// The share of the shorter's shingles that the longer has; 0 to 1.
    pub containment: f32,
}

/// Judges from two sketches how alike their texts are; not at all where one has none.
///
/// ```
/// use onrecord::text::sketch::{likeness, sketch, word_sign};
/// use onrecord::text::words::words;
/// let text = "one two three four five six seven eight nine ten ".repeat(3) + "and that was all of it";
/// let (one, _) = sketch(words(&text).map(|word| word_sign(&word.folded)));
/// assert_eq!(likeness(&one, &one).resemblance, 1.0);
/// assert_eq!(likeness(&one, &Default::default()).resemblance, 0.0);
/// ```
pub fn likeness(one: &Sketch, other: &Sketch) -> Likeness {
    let (one, other) = (one.hashes.as_slice(), other.hashes.as_slice());
    if one.is_empty() || other.is_empty() {
        return Likeness::default();
    }
    let (mut in_both, mut looked_at) = (0, 0);
    let (mut a, mut b) = (one.iter().peekable(), other.iter().peekable());
    // A sketch that is not full is all there is of its text.
    let whole = one.len().max(other.len());
    while looked_at < whole.max(SKETCH) {
        let (Some(left), Some(right)) = (a.peek(), b.peek()) else {
            let full = one.len().min(other.len()) == SKETCH;
            if full || a.next().or_else(|| b.next()).is_none() {
                break;
            }
            looked_at += 1;
            continue;
        };
        let (left, right) = (**left, **right);
        in_both += usize::from(left == right);
        looked_at += 1;
        if left <= right {
            a.next();
        }
        if right <= left {
            b.next();
        }
    }
    let resemblance = in_both as f32 / looked_at.max(1) as f32;
    let (sizes, least) = (size(one) + size(other), size(one).min(size(other)));
    let shared = resemblance * sizes / (1.0 + resemblance);
    Likeness { resemblance, containment: (shared / least).min(1.0) }
}

/// How many different shingles a text has, as its sketch tells.
fn size(sketch: &[u32]) -> f32 {
    match sketch.last() {
        Some(largest) if sketch.len() == SKETCH => {
            (SKETCH - 1) as f32 * (u32::MAX as f32 / (*largest).max(1) as f32)
        }
        _ => sketch.len() as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn sketched(text: &str) -> (Sketch, usize) {
        sketch(words(text).map(|word| word_sign(&word.folded)))
    }

    /// So many different words from a number on, in one order.
    fn text(from: usize, count: usize) -> String {
        (from..from + count)
            .map(|number| format!("w{}", number * 7919 % 100_003))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn alike(one: &str, other: &str) -> Likeness {
        likeness(&sketched(one).0, &sketched(other).0)
    }

    #[test]
    fn a_text_cut_at_its_end_is_contained() {
        for kept in [150, 250, 350] {
            let likeness = alike(&text(0, 500), &text(0, kept));
            assert!(likeness.containment > 0.6, "{kept}: {likeness:?}");
            let expected = kept as f32 / 500.0;
            assert!((likeness.resemblance - expected).abs() < 0.25, "{kept}: {likeness:?}");
        }
    }

    #[test]
    fn texts_of_other_words_and_of_the_same_in_another_order_are_not_alike() {
        assert_eq!(alike(&text(0, 400), &text(1000, 400)).resemblance, 0.0);
        let words = text(0, 400);
        let turned: Vec<&str> = words.split(' ').rev().collect();
        assert_eq!(alike(&words, &turned.join(" ")).resemblance, 0.0);
    }

    #[test]
    fn a_sketch_that_is_not_full_is_exact() {
        let (short, count) = sketched(&text(0, 34));
        assert_eq!((short.hashes.len(), count), (31, 34));
        let likeness = likeness(&short, &short);
        assert_eq!((likeness.resemblance, likeness.containment), (1.0, 1.0));
    }

    #[test]
    fn capitals_accents_and_marks_make_no_difference() {
        let small = text(0, 60);
        let large = small.to_uppercase().replace(' ', ", ");
        assert_eq!(sketched(&small), sketched(&large));
    }
}
