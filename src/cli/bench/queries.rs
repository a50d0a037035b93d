//! How fast an index answers: queries of each kind, of words that it holds.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::fresh::Search;
use crate::backend::LOCAL;
use crate::contract::{Index, Request, Start};
use crate::error::{Error, Kind, Result};
use crate::model::{Field, Node, Query, Record, Scope, Sort};
use crate::query;
use crate::search::{Page, stories};
use crate::text::words::words;

/// How many hits are asked for.
const TEN: usize = 10;
/// How many stories words are taken from.
const LOOKED_AT: usize = 400;
/// A rare word is in one of so many stories.
const STORIES_A_RARE_WORD: u64 = 2000;
/// So many words are asked how rare they are.
const RARE_WORDS_ASKED: usize = 200;

/// How long a kind of query takes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) kind: String,
    pub(super) query: String,
    /// How many stories match.
    pub(super) matches: u64,
    /// Which ten are the best and how many match, or what else the kind names, in microseconds: the median,
    /// and what one in a hundred exceeds. It is asked again and again, and no story is read.
    pub(super) best_p50: f64,
    pub(super) best_p99: f64,
    /// The ten best with their passages, in microseconds.
    pub(super) page_p50: f64,
    pub(super) page_p99: f64,
    /// Ranking every match, over the same for the plain AND of the same words.
    pub(super) over_and: Option<f64>,
    /// From the start of a fresh process to its end, in milliseconds: the median.
    #[serde(default)]
    pub(super) fresh_p50_ms: Option<f64>,
    /// The same with nothing of the disk in memory.
    #[serde(default)]
    pub(super) cold_p50_ms: Option<f64>,
}

/// Asks an index queries of each kind, each so many times; `cold` has fresh processes meet nothing of
/// the disk in memory, too.
pub(super) fn measure(place: &Path, runs: u32, cold: bool) -> Result<Vec<Asked>> {
    let index = (LOCAL.open)(place)?;
    let words = Chosen::of(index.as_ref())?;
    words.queries().into_iter().map(|asked| asked.ask(index.as_ref(), place, runs, cold)).collect()
}

/// A query of a kind.
struct Question {
    name: &'static str,
    typed: String,
    /// The plain AND of its words, where it is measured by that.
    plain: Option<String>,
    wanted: Wanted,
}

/// What of an answer is timed, besides its page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All that match, ranked.
    Best,
    /// The ten latest.
    Newest,
    /// How many stories each source has of those that match.
    Sources,
}

impl Question {
    fn best(name: &'static str, typed: String, plain: Option<String>) -> Self {
        Self { name, typed, plain, wanted: Wanted::Best }
    }

    fn ask(self, index: &dyn Index, place: &Path, runs: u32, cold: bool) -> Result<Asked> {
        let root = read(&self.typed)?;
        let plain = self.plain.as_deref().map(read).transpose()?;
        let (mut bests, mut plains, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        let mut matches = 0;
        // One behind the other, as an engine is measured; one and its plain AND in turn, so that both meet
        // the same weather.
        for _ in 0..runs {
            bests.push(timed(|| {
                matches = self.wanted.answer(index, &root)?;
                Ok(())
            })?);
            if let Some(plain) = &plain {
                plains.push(timed(|| self.wanted.answer(index, plain).map(|_| ()))?);
            }
        }
        for _ in 0..runs {
            pages.push(timed(|| page(index, &root, self.wanted.sort()))?);
        }
        let (best_p50, best_p99) = percentiles(bests);
        let (page_p50, page_p99) = percentiles(pages);
        let milliseconds = |times| percentiles(times).0 / 1e3;
        let search = Search { place, query: &self.typed, flags: self.wanted.flags() };
        let cold = cold.then(|| search.cold()).transpose()?;
        Ok(Asked {
            kind: self.name.to_owned(),
            matches,
            best_p50,
            best_p99,
            page_p50,
            page_p99,
            over_and: plain.map(|_| best_p50 / percentiles(plains).0),
            fresh_p50_ms: Some(milliseconds(search.fresh()?)),
            cold_p50_ms: cold.map(milliseconds),
            query: self.typed,
        })
    }
}

impl Wanted {
    fn sort(self) -> Sort {
        if self == Self::Newest { Sort::Newest } else { Sort::Relevance }
    }

    /// What is typed to have it of a search.
    fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Best => &[],
            Self::Newest => &["--sort", "newest"],
            Self::Sources => &["--facet", "source"],
        }
    }

    /// Answers, and gives how many stories match.
    fn answer(self, index: &dyn Index, query: &Node) -> Result<u64> {
        if self == Self::Sources {
            let tallies = index.tally(query, Scope::Stories, Field::Source)?;
            return Ok(tallies.iter().map(|tally| tally.count).sum());
        }
        let (sort, limit) = (self.sort(), TEN);
        let request = Request { query, scope: Scope::Stories, sort, start: Start::FRONT, limit };
        index.rank(&request)
    }
}

impl Asked {
    /// Writes a line for people.
    pub(super) fn write(&self, page: &mut dyn Write) -> io::Result<()> {
        write!(
            page,
            "{:<25} {:>8} ranked {:>8.0} µs ({:>7.0}) ten best {:>7.0} µs ({:>7.0})",
            self.kind, self.matches, self.best_p50, self.best_p99, self.page_p50, self.page_p99
        )?;
        for (name, time) in [("fresh", self.fresh_p50_ms), ("cold", self.cold_p50_ms)] {
            if let Some(time) = time {
                write!(page, " {name} {time:>6.1} ms")?;
            }
        }
        match self.over_and {
            Some(over) => writeln!(page, "  {over:.2} of plain AND"),
            None => writeln!(page),
        }
    }
}

fn read(typed: &str) -> Result<Node> {
    Ok(query::parse(typed, jiff::Zoned::now().date())?.root)
}

fn page(index: &dyn Index, root: &Node, sort: Sort) -> Result<()> {
    let query = Query { typed: String::new(), root: root.clone(), notes: Vec::new() };
    let page = Page { sort, start: Start::FRONT, limit: TEN };
    black_box(stories(index, &query, &page)?);
    Ok(())
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

/// The median, and what one in a hundred exceeds, in microseconds.
fn percentiles(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() - 1) as f64 * share).round() as usize;
        times[place].as_secs_f64() * 1e6
    };
    (at(0.5), at(0.99))
}

/// Words of an index, by how often they come.
struct Chosen {
    rare: String,
    common: String,
    /// Two that come in some part of the stories, and stand in one sentence in one of them.
    pair: [String; 2],
    phrase: String,
    speaker: String,
    said: String,
}

impl Chosen {
    fn of(index: &dyn Index) -> Result<Self> {
        let mut records: Vec<Record> = Vec::new();
        let (query, scope, sort) = (&Node::All, Scope::Stories, Sort::Newest);
        let request = Request { query, scope, sort, start: Start::FRONT, limit: LOOKED_AT };
        let total = index.each(&request, &mut |hit| {
            records.push((*hit.record).clone());
            Ok(())
        })?;
        let mut held: BTreeMap<String, usize> = BTreeMap::new();
        for record in &records {
            let mut once: Vec<String> =
                words(&record.story.body).map(|word| word.folded.into_owned()).collect();
            once.sort_unstable();
            once.dedup();
            once.retain(|word| word.len() > 3 && word.chars().all(char::is_alphabetic));
            once.into_iter().for_each(|word| *held.entry(word).or_default() += 1);
        }
        let few = || {
            Error::new(Kind::Input, "too few stories to choose words from")
                .hint("index a folder of some hundred stories, or `bench --generate` some")
        };
        let nearest = |share: f64| {
            let wanted = share * records.len() as f64;
            let distance = |count: usize| (count as f64 - wanted).abs();
            let best = held.iter().min_by(|a, b| distance(*a.1).total_cmp(&distance(*b.1)));
            best.map(|(word, _)| word.clone()).ok_or_else(few)
        };
        let one = nearest(0.2)?;
        let other = records.iter().find_map(|record| beside(&record.story.body, &one, &held));
        let said = records.iter().find_map(|record| {
            let statement = record.annotations.statements.iter().find(|statement| {
                statement.speaker.as_ref().is_some_and(|speaker| speaker.name.is_some())
            })?;
            let name = statement.speaker.as_ref()?.name.as_deref()?;
            let surname = words(name).last()?.folded.into_owned();
            let word = words(statement.span.of(&record.story.body)).nth(1)?.folded.into_owned();
            Some((surname, word))
        });
        let phrase = records.iter().find_map(|record| {
            let all: Vec<_> = words(&record.story.body).map(|word| word.folded).collect();
            let at = all.windows(3).find(|three| three[0].len() > 3 && three[1].len() < 4)?;
            Some(at.join(" "))
        });
        let (speaker, said) = said.ok_or_else(few)?;
        if total < LOOKED_AT as u64 / 4 {
            return Err(few());
        }
        Ok(Self {
            rare: rare(index, &held, total)?.ok_or_else(few)?,
            common: nearest(0.8)?,
            pair: [one, other.ok_or_else(few)?],
            phrase: phrase.ok_or_else(few)?,
            speaker,
            said,
        })
    }

    fn queries(&self) -> Vec<Question> {
        let Self { rare, common, pair: [a, b], phrase, speaker, said } = self;
        let both = Some(format!("body:{a} body:{b}"));
        let words_of = |phrase: &str| {
            let words: Vec<String> =
                phrase.split(' ').map(|word| format!("body:\"{word}\"")).collect();
            Some(words.join(" "))
        };
        let frequent =
            |name, wanted| Question { wanted, ..Question::best(name, common.clone(), None) };
        vec![
            Question::best("rare word", rare.clone(), None),
            Question::best("common word", common.clone(), None),
            frequent("common word, newest ten", Wanted::Newest),
            frequent("common word, sources", Wanted::Sources),
            Question::best("two words", format!("{a} {b}"), None),
            Question::best("near", format!("body:{a} near5 {b}"), both.clone()),
            Question::best("in order", format!("body:{a} pre/5 {b}"), both.clone()),
            Question::best("same sentence", format!("body:{a} w/s {b}"), both),
            Question::best(
                "phrase with a small word",
                format!("body:\"{phrase}\""),
                words_of(phrase),
            ),
            Question::best(
                "said",
                format!("said({speaker}, {said})"),
                Some(format!("speaker:{speaker} body:{said}")),
            ),
            Question::best("days", "mentions:2020-03".to_owned(), None),
            Question::best("either, without", format!("({a} OR {b}) -{common}"), None),
        ]
    }
}

/// Of some words that one of the stories looked at has, the one that comes nearest to being in a story of
/// two thousand of the whole index.
fn rare(index: &dyn Index, held: &BTreeMap<String, usize>, total: u64) -> Result<Option<String>> {
    let wanted = total / STORIES_A_RARE_WORD;
    let mut nearest = None;
    for (word, _) in held.iter().filter(|(_, count)| **count == 1).take(RARE_WORDS_ASKED) {
        let query = &Node::Term(Field::Text, word.clone());
        let (scope, sort) = (Scope::Stories, Sort::Relevance);
        let request = Request { query, scope, sort, start: Start::FRONT, limit: 0 };
        let away = index.rank(&request)?.abs_diff(wanted);
        if nearest.as_ref().is_none_or(|(least, _)| away < *least) {
            nearest = Some((away, word.clone()));
        }
    }
    Ok(nearest.map(|(_, word)| word))
}

/// A word that stands near another in a body, and comes about as often.
fn beside(body: &str, one: &str, held: &BTreeMap<String, usize>) -> Option<String> {
    let all: Vec<_> = words(body).map(|word| word.folded).collect();
    let at = all.iter().position(|word| word == one)?;
    let near = &all[at.saturating_sub(4)..(at + 5).min(all.len())];
    let often = held.get(one)?;
    let alike = |word: &&std::borrow::Cow<'_, str>| {
        let count = held.get(word.as_ref()).copied().unwrap_or_default();
        *word != one && count * 3 > *often && count < often * 3
    };
    near.iter().find(alike).map(|word| word.clone().into_owned())
}
