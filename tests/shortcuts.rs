//! A word alone and two words are answered by shortcuts: blocks of postings are passed over, totals come
//! from the lengths of lists, the latest from a list kept in order. Asked in another form, which has
//! none of these, they have the same answer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use onrecord::backend::LOCAL;
use onrecord::contract::{CountRequest, Index, Request, Start};
use onrecord::model::{Cursor, Field, Moment, Node, Record, Scope, Sort, Step, Story, StoryKey};
use proptest::prelude::*;
use tempfile::TempDir;

/// Enough for lists of many blocks in each of several segments.
const STORIES: u64 = 4_000;
/// How many stories come between two commits.
const BATCH: u64 = 700;
/// From the most frequent, which is in nearly all stories, to one that is in none.
const WORDS: &[&str] = &["port", "tide", "quay", "seal", "truce", "dune", "kelp", "none"];

/// The fields in which a word has a way of its own.
const FIELDS: [Field; 3] = [Field::Text, Field::Title, Field::Body];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A word, each half as often as the one before it, or one of many others.
    fn word(&mut self) -> String {
        let known = (0..WORDS.len() - 1).find(|_| self.below(2) == 0);
        match known {
            Some(at) if self.below(3) == 0 => WORDS[at].to_owned(),
            _ => format!("other{}", self.below(500)),
        }
    }

    fn words(&mut self, count: u64) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// A story of some paragraphs; those of later batches are longer, so that the segments differ in what
/// they take for the mean length. Many share a time, and some have none.
fn record(dice: &mut Dice, number: u64) -> Record {
    let mut body = Vec::new();
    for _ in 0..1 + dice.below(5) {
        let length = 1 + dice.below(4 + 8 * (number / BATCH));
        body.push(dice.words(length));
    }
    let published = (dice.below(20) > 0).then(|| {
        let day = 1 + dice.below(28);
        format!("2025-0{}-{day:02}", 1 + dice.below(3)).parse::<Moment>().unwrap()
    });
    // A word more often than a byte can tell.
    if number % 400 == 7 {
        body.push(vec![WORDS[(number / 400 % 3) as usize]; 250 + number as usize % 97].join(" "));
    }
    let title_length = 1 + dice.below(6);
    let title = dice.words(title_length);
    let source = ["", "AP", "Reuters", "dpa"][dice.below(4) as usize].to_owned();
    Record {
        story: Story { title, body: body.join("\n\n"), published, source, ..Story::default() },
        ..Record::default()
    }
}

struct Archive {
    _folder: TempDir,
    index: Mutex<Box<dyn Index>>,
}

/// An index of several segments, of which some stories are deleted again.
static ARCHIVE: LazyLock<Archive> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("index");
    let mut writer = (LOCAL.write)(&place, 64 << 20).unwrap();
    let mut dice = Dice(7);
    for number in 0..STORIES {
        let record = record(&mut dice, number);
        writer.add(&format!("{number}.txt"), StoryKey(number * 7919 % 4001 + 1), &record).unwrap();
        if number % BATCH == BATCH - 1 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    for number in 0..STORIES {
        if dice.below(40) == 0 {
            writer.delete(&format!("{number}.txt")).unwrap();
        }
    }
    writer.commit().unwrap();
    drop(writer);
    let index = Mutex::new((LOCAL.open)(&place).unwrap());
    Archive { _folder: folder, index }
});

/// How many match, and the page: each hit's story, its score to the bit, and its place.
type Answer = (u64, Vec<(StoryKey, u32, Cursor)>);

fn answer(query: &Node, sort: Sort, start: Start, limit: usize) -> Answer {
    let index = ARCHIVE.index.lock().unwrap();
    let mut hits = Vec::new();
    let request = Request { query, scope: Scope::Stories, sort, start, limit };
    let total = index
        .each(&request, &mut |hit| {
            hits.push((hit.story, hit.score.to_bits(), hit.cursor));
            Ok(())
        })
        .unwrap();
    (total, hits)
}

/// The whole answer, for which every story is looked at: it is asked for all of these words and any
/// story, which is the same question, and to which no shortcut is taken.
fn whole(words: &[Node], sort: Sort) -> Answer {
    static ANSWERED: Mutex<BTreeMap<String, Answer>> = Mutex::new(BTreeMap::new());
    let mut answered = ANSWERED.lock().unwrap();
    let of_any = || Node::And(words.iter().cloned().chain([Node::All]).collect());
    let asked = || answer(&of_any(), sort, Start::FRONT, usize::MAX);
    answered.entry(format!("{words:?} {sort:?}")).or_insert_with(asked).clone()
}

fn field() -> impl Strategy<Value = Field> {
    prop_oneof![3 => Just(Field::Text), 1 => Just(Field::Title), 1 => Just(Field::Body)]
}

fn sort() -> impl Strategy<Value = Sort> {
    prop_oneof![3 => Just(Sort::Relevance), 3 => Just(Sort::Newest), 1 => Just(Sort::Oldest)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_word_alone_is_answered_as_if_each_story_were_looked_at(
        word in prop::sample::select(WORDS),
        field in field(),
        sort in sort(),
        offset in prop_oneof![Just(0_usize), 0..40_usize, 150..260_usize],
        limit in prop_oneof![Just(0_usize), 1..30_usize, 150..260_usize, Just(usize::MAX)],
    ) {
        let word = Node::Term(field, word.to_owned());
        let (total, hits) = answer(&word, sort, Start::At(offset), limit);
        let (expected, whole) = whole(std::slice::from_ref(&word), sort);
        prop_assert_eq!(total, expected);
        let page = whole.iter().skip(offset).take(limit);
        prop_assert!(hits.iter().eq(page), "{:?}", hits);
        if let Some((.., cursor)) = hits.last() {
            let (_, next) = answer(&word, sort, Start::Behind(*cursor), 12);
            prop_assert!(next.iter().eq(whole.iter().skip(offset + hits.len()).take(12)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn two_words_are_answered_as_if_each_story_were_looked_at(
        words in [prop::sample::select(WORDS), prop::sample::select(WORDS)],
        fields in [field(), field()],
        sort in sort(),
        offset in prop_oneof![Just(0_usize), 0..40_usize, 150..260_usize],
        limit in prop_oneof![Just(0_usize), 1..30_usize, 150..260_usize, Just(usize::MAX)],
    ) {
        let words = [0, 1].map(|at| Node::Term(fields[at], words[at].to_owned()));
        let query = Node::And(words.to_vec());
        let (total, hits) = answer(&query, sort, Start::At(offset), limit);
        let (expected, whole) = whole(&words, sort);
        prop_assert_eq!(total, expected);
        let page = whole.iter().skip(offset).take(limit);
        prop_assert!(hits.iter().eq(page), "{:?}", hits);
        if let Some((.., cursor)) = hits.last() {
            let (_, next) = answer(&query, sort, Start::Behind(*cursor), 12);
            prop_assert!(next.iter().eq(whole.iter().skip(offset + hits.len()).take(12)));
        }
    }
}

#[test]
fn words_that_are_sought_in_different_fields_are_not_taken_for_alike() {
    let words = [Field::Body, Field::Text].map(|field| Node::Term(field, WORDS[0].to_owned()));
    let found = answer(&Node::And(words.to_vec()), Sort::Relevance, Start::FRONT, 150);
    let (total, mut expected) = whole(&words, Sort::Relevance);
    expected.truncate(150);
    assert_eq!(found, (total, expected));
}

#[test]
fn what_is_counted_of_a_word_is_what_is_counted_of_each_story() {
    let index = ARCHIVE.index.lock().unwrap();
    let (scope, step) = (Scope::Stories, Step::Month);
    for (word, field) in WORDS.iter().flat_map(|word| FIELDS.map(|field| (word, field))) {
        let word = Node::Term(field, (*word).to_owned());
        let each = Node::And(vec![word.clone(), Node::All]);
        // A column is spelt out when it is asked for again.
        for by in [Field::Source, Field::Language, Field::Source] {
            let tally = |query: &Node| index.tally(query, scope, by).unwrap();
            assert_eq!(tally(&word), tally(&each), "{word:?}");
            let by_day = |query: &Node| {
                let request =
                    CountRequest { query, scope, step, meant: false, by: Some(Field::Source) };
                index.count_by_day(&request).unwrap()
            };
            assert_eq!(by_day(&word), by_day(&each), "{word:?}");
        }
    }
}

#[test]
fn pages_by_time_are_together_the_whole_answer() {
    for sort in [Sort::Newest, Sort::Oldest] {
        let query = Node::Term(Field::Text, WORDS[1].to_owned());
        let (total, whole) = answer(&query, sort, Start::FRONT, usize::MAX);
        assert_eq!(total, whole.len() as u64);
        let mut paged = Vec::new();
        let mut start = Start::FRONT;
        loop {
            let (_, page) = answer(&query, sort, start, 97);
            let Some((.., cursor)) = page.last() else { break };
            start = Start::Behind(*cursor);
            paged.extend(page);
        }
        assert_eq!(paged, whole);
    }
}

#[test]
fn the_order_of_time_is_that_of_the_stories() {
    let query = Node::Term(Field::Text, WORDS[0].to_owned());
    for sort in [Sort::Newest, Sort::Oldest] {
        let (_, hits) = answer(&query, sort, Start::FRONT, usize::MAX);
        let mut sorted: Vec<_> = hits
            .iter()
            .map(|(story, _, cursor)| {
                let turned = |time: i64| if sort == Sort::Newest { -time } else { time };
                (cursor.time.is_none(), cursor.time.map(turned), *story)
            })
            .collect();
        let as_found = sorted.clone();
        sorted.sort();
        assert!(sorted == as_found, "{sort:?}");
    }
}
