//! Stories without meaning at any number, whose words, names and days are spread as those of real news.
//!
//! Words repeat by Simon's process ("On a class of skew distribution functions", 1955): each next word
//! is a new one, or one drawn from all that stand already, which gives Zipf's law; new ones come at the
//! rate of Heaps' law. Statements, names and days come at about the rates of 1,627 agency stories, which
//! have 7 statements and 5 people each in 286 words; a story of twice the words has twice the statements
//! and days, and as many people.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::json;

use crate::error::{Error, Result};

/// Heaps' law: a text of n words has about K·n^β different ones (Manning and others, "Introduction to
/// Information Retrieval", 2008, for Reuters' stories).
const HEAPS_K: f64 = 44.0;
const HEAPS_BETA: f64 = 0.49;
/// How many words a story has on the mean, where nothing else is asked for.
pub(super) const USUAL_WORDS: u32 = 233;
/// How many of the words that stand already are drawn from.
const HELD: usize = 1 << 20;
/// How many stories a folder holds.
const IN_A_FOLDER: usize = 1000;

/// Words that hold sentences together, the commonest first.
const SMALL: &[&str] = &[
    "the", "of", "to", "in", "a", "and", "for", "on", "that", "was", "with", "by", "at", "from",
    "it", "as", "its", "has", "be", "is", "will", "not", "were", "which", "an", "this", "would",
    "had", "but", "or", "after", "have", "more", "one", "two", "between", "over", "their", "than",
];
const CITIES: &[&str] =
    &["PORT AZURE", "VELMARK CITY", "ALTENFELS", "KESTREL BAY", "HALVIK", "SKARN", "CORVANE"];
const SOURCES: &[&str] = &["Nordwire", "Costa", "Gazette", "Courier", "Strait Press"];
const ROLES: &[&str] = &["minister", "spokesman", "mayor", "analyst", "judge", "director"];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const ONSETS: &[&str] = &[
    "b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r",
    "s", "st", "t", "tr", "v", "w",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const ENDS: &[&str] = &["", "n", "r", "l", "t", "s", "nd", "rk", "m"];

/// How the stories are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Shape {
    /// One file of JSON lines
    Jsonl,
    /// A file for each story, a thousand in a folder
    Text,
}

/// What stories are to be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) shape: Shape,
    /// About how many words a story has.
    pub(super) words: u32,
    pub(super) seed: u64,
}

/// Writes so many stories below a folder; the same for the same seed.
pub(super) fn generate(count: usize, folder: &Path, made: Made) -> Result<()> {
    let unwritten = |cause| Error::io(folder, "the stories cannot be written", cause);
    fs::create_dir_all(folder).map_err(unwritten)?;
    let mut maker = Maker::new(made);
    match made.shape {
        Shape::Jsonl => {
            let file = File::create(folder.join("stories.jsonl")).map_err(unwritten)?;
            let mut lines = BufWriter::new(file);
            for number in 0..count {
                let OneMade { title, body, source, day, .. } = maker.story();
                let line = json!({
                    "id": format!("made-{number}"), "title": title, "source": source,
                    "published": day, "body": body,
                });
                writeln!(lines, "{line}").map_err(unwritten)?;
            }
            lines.flush().map_err(unwritten)
        }
        Shape::Text => {
            for number in 0..count {
                let below = folder.join(format!("{:05}", number / IN_A_FOLDER));
                if number % IN_A_FOLDER == 0 {
                    fs::create_dir_all(&below).map_err(unwritten)?;
                }
                let OneMade { title, body, source, city, dated, .. } = maker.story();
                let text = format!("{title}\n\n{city}, {dated} ({source})\n\n{body}\n");
                fs::write(below.join(format!("{number:07}.txt")), text).map_err(unwritten)?;
            }
            Ok(())
        }
    }
}

/// A story that was made.
struct OneMade {
    title: String,
    body: String,
    source: &'static str,
    city: &'static str,
    /// The day of publication, as a standard writes it.
    day: String,
    /// The day of publication, as a dateline writes it.
    dated: String,
}

struct Maker {
    dice: Dice,
    words: Repeated,
    people: Repeated,
    /// How many words were made in all.
    made: usize,
    /// About how many words a story has.
    story_words: u32,
}

impl Maker {
    fn new(made: Made) -> Self {
        Self {
            dice: Dice(made.seed),
            words: Repeated::default(),
            people: Repeated::default(),
            made: 0,
            story_words: made.words,
        }
    }

    /// Seven to twelve for a story of the usual length.
    fn paragraphs(&mut self) -> usize {
        let usual = 7 + self.dice.below(6);
        (usual * self.story_words as usize).div_ceil(USUAL_WORDS as usize)
    }

    fn story(&mut self) -> OneMade {
        let (year, month, day) =
            (2015 + self.dice.below(10), self.dice.below(12), 1 + self.dice.below(28));
        let mut title = String::new();
        for number in 0..6 + self.dice.below(4) {
            let word = self.content_word();
            let word = if number == 0 { capitalised(&word) } else { word };
            let space = if number == 0 { "" } else { " " };
            title.push_str(space);
            title.push_str(&word);
        }
        let mut body = String::new();
        let speakers: Vec<String> = (0..2 + self.dice.below(3)).map(|_| self.person()).collect();
        for paragraph in 0..self.paragraphs() {
            if paragraph > 0 {
                body.push_str("\n\n");
            }
            self.paragraph(&speakers, &mut body);
        }
        let name = MONTHS[month];
        OneMade {
            title,
            body,
            source: self.dice.one_of(SOURCES),
            city: self.dice.one_of(CITIES),
            day: format!("{year}-{:02}-{day:02}", month + 1),
            dated: format!("{name} {day}, {year}"),
        }
    }

    fn paragraph(&mut self, speakers: &[String], body: &mut String) {
        for sentence in 0..1 + self.dice.below(2) {
            if sentence > 0 {
                body.push(' ');
            }
            let speaker = &speakers[self.dice.below(speakers.len())];
            let surname = speaker.rsplit(' ').next().unwrap_or(speaker).to_owned();
            // Writing to a string cannot fail.
            let _ = match self.dice.below(9) {
                0 => write!(body, "\"{},\" said {speaker}, the {}.", self.clause(8), self.role()),
                1 => write!(body, "\"{},\" {surname} said.", self.clause(10)),
                2 => write!(body, "{surname} said {}.", self.clause(12).to_lowercase()),
                3 => {
                    let day = self.dice.one_of(WEEKDAYS);
                    write!(body, "{} on {day}, {speaker} told reporters.", self.clause(10))
                }
                4 => {
                    let (month, day) = (self.dice.one_of(MONTHS), 1 + self.dice.below(28));
                    write!(body, "{} on {month} {day}.", self.clause(14))
                }
                _ => write!(body, "{}.", self.clause(18)),
            };
        }
    }

    fn role(&mut self) -> &'static str {
        self.dice.one_of(ROLES)
    }

    /// About so many words, the first with a capital.
    fn clause(&mut self, about: usize) -> String {
        let mut clause = String::new();
        for number in 0..about / 2 + self.dice.below(about) + 1 {
            let word = match self.dice.below(20) {
                // Small words are nearly half of a text.
                0..=8 => self.small_word().to_owned(),
                9 => (1 + self.dice.below(500)).to_string(),
                _ => self.content_word(),
            };
            if number > 0 {
                clause.push(' ');
            }
            clause.push_str(&if number == 0 { capitalised(&word) } else { word });
        }
        clause
    }

    fn small_word(&mut self) -> &'static str {
        // The product of two draws is low more often than high, as ranks are.
        let (one, other) = (self.dice.below(SMALL.len()), self.dice.below(SMALL.len()));
        SMALL[one * other / SMALL.len()]
    }

    fn content_word(&mut self) -> String {
        self.made += 1;
        let new = HEAPS_K * HEAPS_BETA * (self.made as f64).powf(HEAPS_BETA - 1.0);
        let make = |dice: &mut Dice| {
            let syllables = 1 + dice.below(3);
            let word: String = (0..syllables).map(|_| syllable(dice)).collect();
            word + dice.one_of(ENDS)
        };
        self.words.next(new.min(0.5), &mut self.dice, make)
    }

    fn person(&mut self) -> String {
        // In an archive of news about one name in seven is new.
        self.people.next(0.15, &mut self.dice, |dice| {
            let first = capitalised(&(syllable(dice) + &syllable(dice)));
            let last = capitalised(&(syllable(dice) + &syllable(dice) + dice.one_of(ENDS)));
            format!("{first} {last}")
        })
    }
}

/// Things that come again the oftener, the oftener they came.
#[derive(Default)]
struct Repeated {
    held: Vec<String>,
    at: usize,
}

impl Repeated {
    /// A new thing at this rate, else one that came before.
    fn next(&mut self, new: f64, dice: &mut Dice, make: impl Fn(&mut Dice) -> String) -> String {
        let is_new = self.held.is_empty() || dice.share() < new;
        let next = if is_new { make(dice) } else { self.held[dice.below(self.held.len())].clone() };
        if self.held.len() < HELD {
            self.held.push(next.clone());
        } else {
            self.held[self.at].clone_from(&next);
            self.at = (self.at + 1) % HELD;
        }
        next
    }
}

/// Numbers that are the same for the same seed (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    /// A number from 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn one_of(&mut self, all: &'static [&'static str]) -> &'static str {
        all[self.below(all.len())]
    }

    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0
    }
}

fn syllable(dice: &mut Dice) -> String {
    format!("{}{}", dice.one_of(ONSETS), dice.one_of(VOWELS))
}

fn capitalised(word: &str) -> String {
    let first = word.chars().next().map_or(0, char::len_utf8);
    word[..first].to_uppercase() + &word[first..]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stories() {
        let made = |seed| maker(USUAL_WORDS, seed).story().body;
        assert_eq!(made(7), made(7));
        assert_ne!(made(7), made(8));
    }

    #[test]
    fn stories_have_about_as_many_words_as_asked_for() {
        for asked in [USUAL_WORDS, 2 * USUAL_WORDS] {
            let mut maker = maker(asked, 1);
            let words: usize =
                (0..1000).map(|_| maker.story().body.split_whitespace().count()).sum();
            let mean = words as u32 / 1000;
            assert!(mean.abs_diff(asked) < asked / 20, "{mean} of {asked}");
        }
    }

    fn maker(words: u32, seed: u64) -> Maker {
        Maker::new(Made { shape: Shape::Jsonl, words, seed })
    }

    /// Zipf: the hundredth word comes about a tenth as often as the tenth. Heaps: four times the words
    /// are about twice the different ones.
    #[test]
    fn words_are_spread_as_a_language_spreads_them() {
        let mut maker = maker(USUAL_WORDS, 1);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut different = Vec::new();
        for number in 1..=200_000 {
            *counts.entry(maker.content_word()).or_default() += 1;
            if [50_000, 200_000].contains(&number) {
                different.push(counts.len() as f64);
            }
        }
        let mut ranked: Vec<usize> = counts.into_values().collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let slope = (ranked[999] as f64 / ranked[99] as f64).log10();
        assert!((-1.6..-0.6).contains(&slope), "{slope}");
        let growth = different[1] / different[0];
        assert!((1.6..2.4).contains(&growth), "{growth}");
    }
}
