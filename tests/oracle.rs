//! The index against a slow, plain look at the same stories: they agree on every query, and on every
//! mark.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "oracle/plain.rs"]
mod plain;

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex};

use onrecord::backend::LOCAL;
use onrecord::contract::{Index, Request, Start};
use onrecord::model::{
    Capitals, Field, Front, LineOrder, Near, Node, Pattern, Person, Query, Record, Scope, Sort,
    Span, Speaker, Statement, StatementKind, Story, StoryKey, Who, Within,
};
use onrecord::search::{concordance, handle};
use plain::{Known, Placed, marks, matches};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use tempfile::TempDir;

/// Few words, so that most queries find something; some share their beginnings.
const WORDS: &[&str] = &["port", "ports", "sea", "seal", "ship", "truce", "tide", "quay"];
const SPEAKERS: &[&str] = &["Ada Orlo", "Ivan Vane", "Ada Vane"];
/// How many stories an index holds before some are deleted again.
const STORIES: usize = 80;
/// How many queries are asked of the archives of each kind; each is decided for every story.
const QUERIES: u32 = 10_000;
/// Memory with which an index is written by one thread, and by two.
const MEMORY: [usize; 2] = [16 << 20, 64 << 20];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A story of known words in known sentences and paragraphs.
fn story(dice: &mut Dice) -> (Record, Known) {
    let mut known = Known::default();
    let mut record = Record::default();
    let title = sentence(dice);
    known.title = placed(&title, 0, (0, 0), 0);
    record.story = Story { title: shown(&title), ..Story::default() };
    let (mut position, mut sentences) = (0, 0);
    for paragraph in 0..1 + dice.below(4) {
        if paragraph > 0 {
            record.story.body.push_str("\n\n");
            position += 1;
        }
        for number in 0..1 + dice.below(3) {
            let words = sentence(dice);
            if number > 0 {
                record.story.body.push(' ');
            }
            let start = record.story.body.len();
            record.story.body.push_str(&shown(&words));
            let span = Span::new(start, record.story.body.len());
            let naming = naming(dice, &words);
            let mut known_words = placed(&words, position, (sentences, paragraph), start);
            let mut said_words = placed(&words, 0, (0, 0), start);
            if let Some((first, length, name)) = naming {
                let named = Some((name.to_lowercase(), length as u32));
                known_words[first].named.clone_from(&named);
                said_words[first].named = named;
                let end = known_words[first + length - 1].span.1;
                let place = Span::new(known_words[first].span.0, end);
                add_naming(&mut record.annotations.people, name, place);
            }
            known.body.extend(known_words);
            if dice.below(3) == 0 {
                let name = SPEAKERS[dice.below(SPEAKERS.len())];
                record.annotations.statements.push(said(span, start, &words, name));
                let mut names = vec![words[0].to_lowercase(), "-".to_owned()];
                names.extend(name.to_lowercase().split(' ').map(str::to_owned));
                known.said.push((said_words, names));
            }
            position += words.len() as u32;
            sentences += 1;
        }
    }
    (record, known)
}

/// Which words of a sentence name somebody, if any: the first, how many, and who.
fn naming(dice: &mut Dice, words: &[String]) -> Option<(usize, usize, &'static str)> {
    if dice.below(3) > 0 {
        return None;
    }
    let first = dice.below(words.len());
    let length = 1 + dice.below(2).min(words.len() - first - 1);
    Some((first, length, SPEAKERS[dice.below(SPEAKERS.len())]))
}

fn add_naming(people: &mut Vec<Person>, name: &str, place: Span) {
    match people.iter_mut().find(|person| person.name == name) {
        Some(person) => person.mentions.push(place),
        None => people.push(Person {
            name: name.to_owned(),
            aliases: Vec::new(),
            role: None,
            mentions: vec![place],
        }),
    }
}

/// Words as they are written: some with a capital, some in capitals, the first with one at least.
fn sentence(dice: &mut Dice) -> Vec<String> {
    let words = (0..1 + dice.below(6)).map(|number| {
        let word = WORDS[dice.below(WORDS.len())];
        match (dice.below(8), number) {
            (0, _) => word.to_uppercase(),
            (1, _) | (_, 0) => format!("{}{}", word[..1].to_uppercase(), &word[1..]),
            _ => word.to_owned(),
        }
    });
    words.collect()
}

fn placed(
    words: &[String],
    from: u32,
    (sentence, paragraph): (usize, usize),
    mut start: usize,
) -> Vec<Placed> {
    let mut all = Vec::new();
    for (position, written) in (from..).zip(words) {
        all.push(Placed {
            word: written.to_lowercase(),
            written: written.clone(),
            span: (start, start + written.len()),
            named: None,
            position,
            sentence,
            paragraph,
        });
        start += written.len() + 1;
    }
    all
}

/// The words as a sentence: "Port sea truce."
fn shown(words: &[String]) -> String {
    format!("{}.", words.join(" "))
}

/// A statement that is a sentence; its first word names the speaker there.
fn said(span: Span, start: usize, words: &[String], name: &str) -> Statement {
    Statement {
        kind: StatementKind::Indirect,
        span,
        rule: "",
        quotes: Vec::new(),
        cue: None,
        speaker: Some(Speaker {
            span: Span::new(start, start + words[0].len()),
            name: Some(name.to_owned()),
            role: None,
        }),
    }
}

/// An index of stories in several segments, some deleted again, and what is known of those left.
struct Archive {
    _folder: TempDir,
    index: Mutex<Box<dyn Index>>,
    known: Vec<(StoryKey, Known)>,
}

static BY_ONE_THREAD: LazyLock<[Archive; 2]> =
    LazyLock::new(|| [1, 2].map(|seed| archive(seed, MEMORY[0])));
static BY_TWO_THREADS: LazyLock<[Archive; 2]> =
    LazyLock::new(|| [3, 4].map(|seed| archive(seed, MEMORY[1])));

fn archive(seed: u64, memory: usize) -> Archive {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("index");
    let mut writer = (LOCAL.write)(&place, memory).unwrap();
    let mut dice = Dice(seed);
    let mut known = Vec::new();
    for number in 0..STORIES {
        let (record, story) = story(&mut dice);
        let key = StoryKey(number as u64 + 1);
        writer.add(&format!("{number}.txt"), key, &record).unwrap();
        known.push((key, story));
        if number % 23 == 22 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    let mut left = Vec::new();
    for (number, story) in known.into_iter().enumerate() {
        if dice.below(6) == 0 {
            writer.delete(&format!("{number}.txt")).unwrap();
        } else {
            left.push(story);
        }
    }
    writer.commit().unwrap();
    drop(writer);
    let index = Mutex::new((LOCAL.open)(&place).unwrap());
    Archive { _folder: folder, index, known: left }
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(WORDS).prop_map(str::to_owned)
}

/// A word, a phrase or a pattern of a field.
fn leaf(field: Field) -> BoxedStrategy<Node> {
    let regular = prop::sample::select(vec!["ports?", "se.*", "(tide|quay)", "[st]ea?l?", "xyz"]);
    let glob = prop::sample::select(vec!["port*", "se*", "*e", "s*p", "q*y*"]);
    let glob = glob.prop_filter("one star", |glob| glob.matches('*').count() == 1);
    prop_oneof![
        4 => word().prop_map(move |word| Node::Term(field, word)),
        1 => prop::collection::vec(word(), 2..4).prop_map(move |words| Node::Phrase(field, words)),
        1 => (word(), word()).prop_map(move |(a, b)| Node::Phrase(field, vec![a, String::new(), b])),
        1 => regular.prop_map(move |expression| {
            Node::Like(field, Pattern::Regular(expression.to_owned()))
        }),
        1 => prop::sample::select(vec!["port", "tide"])
            .prop_map(move |word| Node::Like(field, Pattern::Forms(word.to_owned(), "en"))),
        1 => glob.prop_map(move |glob| Node::Like(field, Pattern::Glob(glob.to_owned()))),
    ]
    .boxed()
}

/// The same, some of them in capitals or not, or somebody who is named there.
fn written(field: Field) -> BoxedStrategy<Node> {
    let capitals = prop::sample::select(vec![Capitals::Some, Capitals::All, Capitals::None]);
    let cased = (capitals, leaf(field)).prop_map(|(how, leaf)| Node::Cased(how, Box::new(leaf)));
    let words = prop::sample::select(vec!["ada", "vane", "ada vane", "port"]);
    let words = words.prop_map(|w| Who::Words(w.split(' ').map(str::to_owned).collect()));
    let names = prop::sample::subsequence(vec!["ada orlo", "ivan vane", "ada vane"], 1..3);
    let names = names.prop_map(|n| Who::Names(n.into_iter().map(str::to_owned).collect()));
    let named = prop_oneof![words, names].prop_map(move |who| Node::Named(field, who));
    prop_oneof![5 => leaf(field), 1 => cased, 1 => named].boxed()
}

/// What has a place in a field, nested up to a depth.
fn placeable(field: Field) -> BoxedStrategy<Node> {
    written(field)
        .prop_recursive(3, 12, 3, |inner| {
            let within = prop_oneof![
                (1u32..8).prop_map(Within::Words),
                Just(Within::Sentence),
                Just(Within::Paragraph),
                Just(Within::Field),
            ];
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..3).prop_map(Node::Or),
                (inner.clone(), inner.clone(), within, any::<bool>(), prop::bool::weighted(0.2))
                    .prop_map(|(left, right, within, ordered, without)| {
                        Node::Near(Box::new(Near { left, right, within, ordered, without }))
                    }),
                (1u32..12, inner.clone())
                    .prop_map(|(words, inner)| Node::Front(Front::Words(words), Box::new(inner))),
                (1u32..3, inner)
                    .prop_map(|(n, inner)| Node::Front(Front::Paragraphs(n), Box::new(inner))),
            ]
        })
        .boxed()
}

/// A part of a query that a story is or is not.
fn part() -> BoxedStrategy<Node> {
    let in_field = prop::sample::select(vec![Field::Text, Field::Body, Field::Title]);
    let placed = in_field.prop_flat_map(placeable);
    let speaker = prop::sample::select(vec!["ada", "orlo", "vane", "port"]);
    let speaker = speaker.prop_map(|name| Node::Term(Field::Speaker, name.to_owned()));
    let said =
        (speaker, placeable(Field::Text), any::<bool>()).prop_map(|(speaker, words, not)| {
            let words = if not { Node::Not(Box::new(words)) } else { words };
            Node::Said(Box::new(Node::And(vec![speaker, words])))
        });
    let least = (1u32..5, prop::sample::select(vec![Field::Text, Field::Body]))
        .prop_flat_map(|(least, field)| (Just(least), placeable(field)))
        .prop_map(|(least, inner)| Node::AtLeast(least, Box::new(inner)));
    prop_oneof![6 => placed, 1 => said, 2 => least].boxed()
}

fn query() -> impl Strategy<Value = Node> {
    part().prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Or),
            inner.prop_map(|inner| Node::Not(Box::new(inner))),
        ]
    })
}

/// What is marked in each story that a query finds: in the headline or the body, from where to where.
type Marked = BTreeSet<(String, &'static str, [usize; 2])>;

fn marked(archive: &Archive, query: &Node) -> Marked {
    let query = Query { typed: String::new(), root: query.clone(), notes: Vec::new() };
    let index = archive.index.lock().unwrap();
    let orders = (Sort::Relevance, LineOrder::Story);
    let lines = concordance(index.as_ref(), &query, Scope::Stories, orders, 0).unwrap();
    lines.hits.into_iter().map(|line| (line.story, line.field, line.at)).collect()
}

fn plainly_marked(archive: &Archive, query: &Node) -> Marked {
    let mut all = Marked::new();
    for (key, story) in archive.known.iter().filter(|(_, story)| matches(story, query)) {
        let handle = handle(*key);
        let (title, body) = marks(story, query);
        all.extend(title.into_iter().map(|at| (handle.clone(), "title", at)));
        all.extend(body.into_iter().map(|at| (handle.clone(), "body", at)));
    }
    all
}

/// Whether the index and the slow look agree on what a query finds, on how many, and on every mark.
fn agree(archive: &Archive, query: &Node) -> Result<(), TestCaseError> {
    let request = Request {
        query,
        scope: Scope::Stories,
        sort: Sort::Relevance,
        start: Start::FRONT,
        limit: STORIES,
    };
    let found = archive.index.lock().unwrap().search(&request).unwrap();
    let mut keys: Vec<StoryKey> = found.hits.iter().map(|hit| hit.story).collect();
    keys.sort();
    let is_it = |(_, story): &&(StoryKey, Known)| matches(story, query);
    let wanted: Vec<StoryKey> = archive.known.iter().filter(is_it).map(|(key, _)| *key).collect();
    prop_assert_eq!(found.total, wanted.len() as u64);
    prop_assert_eq!(keys, wanted);
    prop_assert_eq!(marked(archive, query), plainly_marked(archive, query));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: QUERIES, ..ProptestConfig::default() })]

    #[test]
    fn an_index_by_one_thread_is_what_a_slow_look_finds(number in 0usize..2, query in query()) {
        agree(&BY_ONE_THREAD[number], &query)?;
    }

    #[test]
    fn an_index_by_two_threads_is_what_a_slow_look_finds(number in 0usize..2, query in query()) {
        agree(&BY_TWO_THREADS[number], &query)?;
    }
}
