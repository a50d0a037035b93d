//! What tells that two stories are versions of one: the agency's identifier, the slug, the headline.
//!
//! Each is a number made of it and of who publishes the story; 0 where it is not told. Equal numbers
//! make two stories candidates, and [`kinship`] decides.

use super::editions::{kinds, stem};
use super::namings::folded;
use super::sketch::{Likeness, Sketch, figures_in_common, likeness, sign_of};
use crate::model::Story;

/// What is known of a story's descent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// Of who publishes it.
    pub source: u32,
    /// Of the agency's identifier.
    pub id: u32,
    /// Of the slug without the words that tell takes apart.
    pub slug: u32,
    /// Of the headline without its front ("UPDATE 1-").
    pub headline: u32,
    /// Of the longest words of the headline, in order.
    pub words: Vec<u32>,
    /// Where it stands among versions of one time: by number, then by kind, an alert first and a kill
    /// last.
    pub rank: u32,
    /// The time of this version, in seconds from 1970.
    pub time: i64,
    /// Of its words.
    pub sketch: Sketch,
}

/// The rank of a story that says nothing of what it is.
const PLAIN: u32 = 2;
/// The ranks of one version's number.
const RANKS: u32 = 16;
/// The largest number of a version.
const LARGEST: u32 = u32::MAX / RANKS - 1;
/// Kinds beyond this rank are about a story that was sent before.
const LAST_WORD: u32 = 5;
/// How long after a story its versions come, by slug, headline and words, in seconds.
const WITHIN: i64 = 4 * 24 * 3600;
/// How much of the shorter text two versions have in common at least, where the slug or the headline is
/// the same.
const ALIKE: f32 = 0.4;
/// How much of the shorter text a copy has in common with the longer.
const COPIED: f32 = 0.5;
/// How much of the figures of the one with fewer two tellings of one event have in common.
const FIGURES: f32 = 0.5;
/// The same, and how much of the shorter text, where one agency sent both under two headlines.
const SURE: f32 = 0.8;
/// So many words two headlines of one event have in common at least.
const SAME_WORDS: usize = 3;
/// How long after an alert its story comes with other words in its headline, in seconds.
const SOON: i64 = 12 * 3600;
/// How long after a story one comes that is known by words of the headline alone, in seconds.
const NEXT_DAY: i64 = 36 * 3600;
/// How many words of a headline are kept.
const HEADLINE_WORDS: usize = 8;
/// A headline's words are longer.
const SHORT_WORD: usize = 3;
/// Longer words that tell nothing of an event.
const COMMON_WORDS: &[&str] = &[
    "about", "after", "against", "amid", "from", "into", "over", "said", "says", "that", "this",
    "under", "will", "with",
];
/// How long others carry a story, in seconds.
const CARRIED: i64 = 30 * 24 * 3600;
/// How much of both texts: a roundup holds stories, and is none of them.
const LARGE_ENOUGH: f32 = 0.18;
/// Identifiers so long are no row's number.
const LONG_ID: usize = 12;

/// What two stories are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Two stories.
    None,
    /// One item, twice told.
    Versions,
    /// One text, twice carried.
    Copies,
}

impl Lineage {
    /// Reads a story's descent; `sketch` is that of its body.
    pub fn of(story: &Story, sketch: Sketch) -> Self {
        let source = folded(&story.source);
        let sign = |kind: &str, value: &str| match value {
            "" => 0,
            value => sign_of(&[kind, &source, value]),
        };
        let time = story.updated.or(story.published).map_or(0, |time| time.order());
        Self {
            source: sign_of(&["source", &source]),
            id: sign("id", if says_all(&story.id) { &story.id } else { "" }),
            slug: sign("slug", &folded(stem_of_slug(&story.slug))),
            headline: sign("headline", &folded(stem(&story.title))),
            words: headline_words(&source, stem(&story.title)),
            rank: rank(story),
            time,
            sketch,
        }
    }

    /// Whether the story says what it is among versions.
    fn is_labelled(&self) -> bool {
        is_labelled(self.rank)
    }

    /// Whether most of the words of the shorter headline stand in the other too: the more, the longer one
    /// came after the other. An alert is all headline, and its story has another.
    fn is_titled_like(&self, other: &Self) -> bool {
        let fewer = self.words.len().min(other.words.len());
        let common = self.words.iter().filter(|word| other.words.contains(word)).count();
        let kinds = [self.rank % RANKS, other.rank % RANKS];
        let apart = (self.time - other.time).abs();
        let is_notice = kinds.iter().any(|kind| *kind > LAST_WORD);
        let is_alert = kinds.iter().any(|kind| *kind < PLAIN) && apart <= SOON;
        let most = if is_alert { 2 * common >= fewer } else { 3 * common >= 2 * fewer };
        common >= SAME_WORDS && most && (is_notice || apart <= NEXT_DAY)
    }
}

/// Whether a rank is that of a story which says what it is among versions.
pub fn is_labelled(rank: u32) -> bool {
    rank % RANKS != PLAIN
}

/// Says what two stories are to each other.
pub fn kinship(one: &Lineage, other: &Lineage) -> Kinship {
    let same = |a: u32, b: u32| a != 0 && a == b;
    if same(one.id, other.id) {
        return Kinship::Versions;
    }
    let Likeness { resemblance, containment } = likeness(&one.sketch, &other.sketch);
    let figures = figures_in_common(&one.sketch, &other.sketch);
    let of_one_day = figures >= FIGURES;
    let is_copy = of_one_day && containment >= COPIED && resemblance >= LARGE_ENOUGH;
    let apart = (one.time - other.time).abs();
    if one.source == other.source {
        if apart > WITHIN {
            return Kinship::None;
        }
        let labelled = one.is_labelled() || other.is_labelled();
        let named_alike = same(one.slug, other.slug) || same(one.headline, other.headline);
        let alike = of_one_day && containment >= ALIKE;
        let titled_alike = one.is_titled_like(other);
        if named_alike && (labelled || alike) || labelled && (is_copy || titled_alike) {
            return Kinship::Versions;
        }
        // One agency writes many reports of one form on one day.
        if figures < SURE || containment < SURE {
            return Kinship::None;
        }
    }
    if is_copy && apart <= CARRIED { Kinship::Copies } else { Kinship::None }
}

/// Where a story stands among versions of one time.
fn rank(story: &Story) -> u32 {
    const ORDER: &[(&str, u32)] = &[
        ("kill", 9),
        ("correction", 8),
        ("repeat", 7),
        ("refile", 6),
        ("writethru", 5),
        ("lead", 4),
        ("update", 3),
        ("urgent", 1),
        ("alert", 0),
    ];
    let kinds = kinds(story);
    let kind = ORDER.iter().find(|(name, _)| kinds.contains(name)).map_or(PLAIN, |(_, rank)| *rank);
    let said =
        [story.version.as_str(), &story.title[..story.title.len() - stem(&story.title).len()]];
    let number = said.into_iter().find_map(first_number);
    // What takes back or corrects, and gives no number, is about what came before it.
    let unnumbered = if kind > LAST_WORD { LARGEST } else { 0 };
    number.unwrap_or(unnumbered).min(LARGEST) * RANKS + kind
}

/// The first number of a text: "3rd Ld-Writethru", "UPDATE 2-", "11".
fn first_number(text: &str) -> Option<u32> {
    let digits =
        text.split(|letter: char| !letter.is_ascii_digit()).find(|part| !part.is_empty())?;
    digits.parse().ok()
}

/// Whether an identifier is one of its own in the world, and no number of a row in a file.
fn says_all(id: &str) -> bool {
    id.len() >= LONG_ID || id.contains([':', '/', '@'])
}

/// A slug without what tells its takes apart: "BC-AS--China-Escape, 1st Ld", "GLOBAL-GOLD/ (UPDATE 1)".
fn stem_of_slug(slug: &str) -> &str {
    let end = slug.find([',', '(']).unwrap_or(slug.len());
    slug[..end].trim_end_matches([' ', '/', '-'])
}

/// The longest words of a headline, each with its source.
fn headline_words(source: &str, headline: &str) -> Vec<u32> {
    let folded = folded(headline);
    let tells = |word: &&str| word.len() > SHORT_WORD && !COMMON_WORDS.contains(word);
    let mut words: Vec<&str> = folded.split(' ').filter(tells).collect();
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.dedup();
    words.truncate(HEADLINE_WORDS);
    let mut numbers: Vec<u32> =
        words.into_iter().map(|word| sign_of(&["word", source, word])).collect();
    numbers.sort_unstable();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sketch::{sketch, word_sign};
    use crate::text::words::words;

    const BODY: &str = "The ferry Calda left the port of Orrin at dawn with two hundred people on \
        board and came back an hour later because of a leak in its engine room, the harbour \
        master Lena Vost said on Tuesday, adding that nobody was hurt and that another boat would \
        sail in the evening.";

    fn lineage(title: &str, slug: &str, source: &str, body: &str) -> Lineage {
        let story = Story {
            title: title.into(),
            slug: slug.into(),
            source: source.into(),
            body: body.into(),
            ..Story::default()
        };
        Lineage::of(&story, sketch(words(body).map(|word| word_sign(&word.folded))).0)
    }

    fn between(one: (&str, &str, &str, &str), other: (&str, &str, &str, &str)) -> Kinship {
        let lineage = |(title, slug, source, body)| lineage(title, slug, source, body);
        let (one, other) = (lineage(one), lineage(other));
        assert_eq!(kinship(&one, &other), kinship(&other, &one));
        kinship(&one, &other)
    }

    #[test]
    fn slugs_and_headlines_with_a_label_make_versions() {
        let first = ("Ferry turns back", "Ferry", "Nordwire", BODY);
        assert_eq!(
            between(first, ("KILL: Ferry turns back", "", "Nordwire", "")),
            Kinship::Versions
        );
        assert_eq!(
            between(first, ("Boat leaks", "Ferry, 1st Ld", "Nordwire", BODY)),
            Kinship::Versions
        );
        assert_eq!(
            between(first, ("UPDATE 1-Ferry leak", "", "Nordwire", BODY)),
            Kinship::Versions
        );
    }

    #[test]
    fn another_outlet_makes_copies_and_never_versions() {
        let first = ("Ferry turns back", "Ferry", "Nordwire", BODY);
        let paper = ("Ferry turns back", "Ferry", "Harbour Herald", BODY);
        assert_eq!(between(first, paper), Kinship::Copies);
        assert_eq!(
            between(first, ("Ferry turns back", "Ferry", "Harbour Herald", "")),
            Kinship::None
        );
    }

    #[test]
    fn a_headline_that_comes_back_with_other_words_is_another_story() {
        let other = "Shares on the exchange of Vasht closed higher on Wednesday after the central bank \
            left its rate where it was and promised to look at it again in the spring, when the \
            budget of the next year will be known to all who trade there and elsewhere.";
        let first = ("Stocks close higher", "", "Nordwire", BODY);
        assert_eq!(between(first, ("Stocks close higher", "", "Nordwire", other)), Kinship::None);
    }

    #[test]
    fn numbers_of_rows_are_no_identifiers() {
        let with_id =
            |id: &str| Lineage::of(&Story { id: id.into(), ..Story::default() }, Sketch::default());
        assert_eq!(with_id("17").id, 0);
        assert_eq!(kinship(&with_id("17"), &with_id("17")), Kinship::None);
        let one = with_id("urn:newsml:nordwire.example:20250318:17");
        assert_eq!(kinship(&one, &one.clone()), Kinship::Versions);
    }

    #[test]
    fn ranks_go_by_number_then_kind() {
        let rank = |title: &str| lineage(title, "", "", "").rank;
        let order = [
            "ALERT: Ferry sinks",
            "Ferry sinks",
            "1st Ld: Ferry sinks",
            "1st Ld-Writethru: Ferry sinks",
            "2nd Ld: Ferry sinks",
        ];
        assert!(order.windows(2).all(|pair| rank(pair[0]) < rank(pair[1])));
        assert!(rank("CORRECTED-Ferry sinks") > rank("2nd Ld: Ferry sinks"));
        assert!(rank("KILL: Ferry sinks") > rank("CORRECTED-Ferry sinks"));
    }
}
