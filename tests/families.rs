//! Versions and copies: on stories made with their truth, and on the corpus's running stories.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use onrecord::backend::LOCAL;
use onrecord::model::StoryKey;
use serde_json::{Value, json};
use stage::{Stage, every_story};

/// How many families are made.
const FAMILIES: usize = 5000;
/// Outlets that carry what agencies write.
const OUTLETS: &[&str] =
    &["Harbour Herald", "Coast Post", "Azure Gazette", "Varnholm Courier", "Kestrel Bay Mail"];

/// Numbers that look drawn by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<'a, T: ?Sized>(&mut self, some: &'a [&'a T]) -> &'a T {
        some[self.below(some.len())]
    }

    /// A word from a list that is used as words are: the nth is n times rarer than the first.
    fn word(&mut self) -> String {
        const LETTERS: &[&str] = &["ka", "lo", "mer", "tin", "su", "van", "pel", "or", "dis", "ga"];
        const COMMON: &[&str] = &["the", "of", "a", "to", "in", "and", "said", "that", "was", "on"];
        let reach = 1 + self.below(60);
        let number = self.below(reach * reach + 10);
        match COMMON.get(number) {
            Some(word) => (*word).to_owned(),
            None => {
                number.to_string().bytes().map(|digit| LETTERS[usize::from(digit - b'0')]).collect()
            }
        }
    }

    fn paragraph(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.below(3) {
            for _ in 0..8 + self.below(18) {
                let word = self.word();
                write!(text, "{word} ").unwrap();
            }
            if self.below(3) == 0 {
                write!(text, "{} ", self.below(5000)).unwrap();
            }
            text.truncate(text.trim_end().len());
            text.push_str(". ");
        }
        text.trim_end().to_owned()
    }

    fn headline(&mut self) -> String {
        (0..6).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// A story with the number of its family.
struct Made {
    family: usize,
    source: String,
    title: String,
    paragraphs: Vec<String>,
}

/// What desks do to a story that they carry.
fn edited(chance: &mut Chance, original: &Made) -> Made {
    let mut copy = Made {
        family: original.family,
        source: chance.of(OUTLETS).to_owned(),
        title: original.title.clone(),
        paragraphs: original.paragraphs.clone(),
    };
    if chance.below(2) == 0 {
        let kept = copy.paragraphs.len() * (4 + chance.below(7)) / 10;
        copy.paragraphs.truncate(kept.max(3));
    }
    if chance.below(3) == 0 {
        copy.paragraphs[0] = chance.paragraph();
    }
    if chance.below(2) == 0 {
        copy.title = chance.headline();
    }
    if chance.below(3) == 0 {
        let place = chance.word().to_uppercase();
        copy.paragraphs[0] = format!("{place} (Nordwire) - {}", copy.paragraphs[0]);
    }
    if chance.below(3) == 0 {
        copy.paragraphs.push("(Reporting by Mara Lund; Editing by Hugo Stern)".to_owned());
    }
    copy
}

/// Another agency's report of the same: its own words, and what was said.
fn rival(chance: &mut Chance, original: &Made, family: usize) -> Made {
    let mut paragraphs: Vec<String> = (0..6).map(|_| chance.paragraph()).collect();
    paragraphs[2] = original.paragraphs[1].clone();
    Made { family, source: "Ostpress".to_owned(), title: original.title.clone(), paragraphs }
}

/// The same form on the next day, with other numbers.
fn next_day(chance: &mut Chance, original: &Made, family: usize) -> Made {
    let renumbered = |chance: &mut Chance, text: &String| -> String {
        let words = text.split(' ').map(|word| match word.trim_end_matches('.').parse::<usize>() {
            Ok(_) => chance.below(5000).to_string(),
            Err(_) => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let figures = format!(
        "It closed at {} after {} and {}, with {} sold.",
        chance.below(9000),
        chance.below(9000),
        chance.below(9000),
        chance.below(9000)
    );
    let mut paragraphs: Vec<String> =
        original.paragraphs.iter().map(|text| renumbered(chance, text)).collect();
    paragraphs[0] = figures;
    Made { family, source: original.source.clone(), title: chance.headline(), paragraphs }
}

fn made() -> Vec<Made> {
    let mut chance = Chance(20_250_318);
    let mut all = Vec::new();
    let mut family = 0;
    for number in 0..FAMILIES {
        family += 1;
        let paragraphs = (0..5 + chance.below(9)).map(|_| chance.paragraph()).collect();
        let title = chance.headline();
        let original = Made { family, source: "Nordwire".to_owned(), title, paragraphs };
        for _ in 0..1 + chance.below(3) {
            all.push(edited(&mut chance, &original));
        }
        if number % 5 == 0 {
            family += 1;
            all.push(rival(&mut chance, &original, family));
        }
        if number % 10 == 0 {
            family += 1;
            all.push(next_day(&mut chance, &original, family));
        }
        all.push(original);
    }
    all
}

/// Copies that desks edit are found, and what only looks like them is not.
#[test]
fn nearly_all_copies_are_found_and_nearly_nothing_else() {
    let stage = Stage::new();
    let all = made();
    let mut lines = String::new();
    for (number, story) in all.iter().enumerate() {
        let line = json!({
            "id": number.to_string(),
            "title": story.title, "source": story.source, "published": "2025-03-18",
            "body": story.paragraphs.join("\n\n"),
        });
        writeln!(lines, "{line}").unwrap();
    }
    stage.write("wires/all.jsonl", lines);
    assert_eq!(stage.run(&["index", "wires", "--index", "index"]).code, 0);
    let index = (LOCAL.open)(&stage.path("index")).unwrap();
    let mut families: BTreeMap<usize, Vec<StoryKey>> = BTreeMap::new();
    let mut family_of = BTreeMap::new();
    for hit in every_story(index.as_ref()) {
        let made: usize = hit.record.story.id.parse().unwrap();
        let made = &all[made];
        families.entry(made.family).or_default().push(hit.story);
        family_of.insert(hit.story, made.family);
    }
    let (mut found, mut right, mut wanted) = (0u64, 0u64, 0u64);
    for (story, family) in &family_of {
        let kin: BTreeSet<StoryKey> = {
            let kin = index.kin(*story).unwrap();
            kin.copies.into_iter().chain(kin.versions).filter(|other| other != story).collect()
        };
        found += kin.len() as u64;
        right += kin.iter().filter(|other| family_of[other] == *family).count() as u64;
        wanted += families[family].len() as u64 - 1;
    }
    let (precision, recall) = (right as f64 / found as f64, right as f64 / wanted as f64);
    eprintln!("{} stories: precision {precision:.4}, recall {recall:.4}", all.len());
    assert!(precision >= 0.98, "precision {precision:.4}");
    assert!(recall >= 0.95, "recall {recall:.4}");
}

fn names(history: &Value, key: &str) -> Vec<String> {
    let paths =
        history[key].as_array().unwrap().iter().map(|version| version["path"].as_str().unwrap());
    paths.map(|path| path.rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn the_corpus_running_stories_are_told_in_order() {
    let stage = Stage::with_corpus();
    let history = |story: &str| stage.json(&["history", story, "--index", "index", "--json"]);
    let isolde = [
        "isolde-1-alert.txt",
        "isolde-2-urgent.txt",
        "isolde-3-lead.txt",
        "isolde-4-writethru.txt",
        "isolde-5-correction.txt",
    ];
    assert_eq!(names(&history("isolde-3-lead.txt"), "versions"), isolde);
    let strait = ["strait-lead.txt", "strait-update2.txt", "strait-corrected.txt"];
    let told = history("strait-update2.txt");
    assert_eq!(names(&told, "versions"), strait);
    let changes = told["versions"][2]["changes"].as_array().unwrap();
    let change = |kind: &str, text: &str| {
        let is_it =
            |part: &&Value| part["kind"] == kind && part["text"].as_str().unwrap().trim() == text;
        changes.iter().any(|part| is_it(&part))
    };
    assert!(change("gone", "eleven") && change("new", "seven"), "{changes:?}");
    assert_eq!(
        names(&history("orsenko-quits.txt"), "versions"),
        ["orsenko-quits.txt", "orsenko-kill.txt"]
    );
    assert_eq!(
        names(&history("altenfels-tunnel.iptc"), "versions"),
        ["altenfels-tunnel.iptc", "kill-tunnel.iptc"]
    );
    assert_eq!(names(&history("strait-call.txt"), "versions"), ["strait-call.txt"]);
    assert_eq!(names(&history("kelp-loss.txt"), "copies").len(), 2);
}

fn paths(answer: &Value) -> Vec<String> {
    names(answer, "hits")
}

#[test]
fn the_latest_that_matches_stands_for_the_others() {
    let stage = Stage::with_corpus();
    let ask = |query: &str, more: &[&str]| {
        let all =
            ["search", query, "--index", "index", "--json", "--limit", "0", "--sort", "oldest"];
        stage.json(&[&all[..], more].concat())
    };
    let convoy = "convoy derwin path:strait";
    let folded = ask(convoy, &[]);
    assert_eq!(paths(&folded), ["strait-corrected.txt"]);
    assert_eq!((folded["total"].as_u64(), folded["stories"].as_u64()), (Some(1), Some(3)));
    assert_eq!(folded["hits"][0]["family"]["versions"], 3);
    // Of one day, they stand in the order of their keys, which hang on where the corpus lies.
    let mut all = paths(&ask(convoy, &["--versions"]));
    all.sort_unstable();
    assert_eq!(all, ["strait-corrected.txt", "strait-lead.txt", "strait-update2.txt"]);
    // What only an earlier version says is found, and says what it is.
    let earlier = ask("\"eleven ships\" source:nordwire", &[]);
    assert_eq!(paths(&earlier), ["strait-update2.txt"]);
    let latest = earlier["hits"][0]["family"]["latest"].as_str().unwrap();
    assert_eq!(latest, folded["hits"][0]["story"]);
    let shown = stage.run(&["search", "\"eleven ships\"", "--index", "index"]);
    assert!(shown.stdout.contains(&format!("EARLIER VERSION of {latest}")), "{}", shown.stdout);
    let kelp = ask("kelp fishermen", &[]);
    let copies = ask("kelp fishermen", &["--copies"]);
    assert!(paths(&kelp).len() < paths(&copies).len());
    assert_eq!(kelp["stories"], copies["total"]);
}

/// What was said stands once however many carry it, and is lost with none of them.
#[test]
fn statements_of_versions_are_shown_once_and_all_of_them() {
    let stage = Stage::with_corpus();
    let said = |more: &[&str]| -> Vec<String> {
        let all = ["said", "*", "--index", "index", "--json", "--limit", "0"];
        let answer = stage.json(&[&all[..], more].concat());
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["text"].as_str().unwrap().to_lowercase()).collect()
    };
    let (folded, all) = (said(&[]), said(&["--versions", "--copies"]));
    assert!(folded.len() < all.len());
    let words = |texts: &[String]| texts.iter().cloned().collect::<BTreeSet<_>>();
    assert_eq!(words(&folded), words(&all));
}

/// The order of files and the number of threads change nothing, nor do many commits.
#[test]
fn families_hang_on_the_stories_alone() {
    let told = |more: &[&str]| -> Vec<String> {
        let stage = Stage::new();
        let corpus = stage::corpus().to_string_lossy().into_owned();
        let all = ["index", corpus.as_str(), "--index", "index"];
        assert_eq!(stage.run(&[&all[..], more].concat()).code, 0);
        let index = (LOCAL.open)(&stage.path("index")).unwrap();
        let mut told: Vec<String> = every_story(index.as_ref())
            .iter()
            .map(|hit| format!("{:?} {:?}", hit.story, index.kin(hit.story).unwrap()))
            .collect();
        told.sort();
        told
    };
    let once = told(&["--threads", "1"]);
    assert_eq!(told(&["--threads", "2"]), once);
    assert_eq!(told(&["--commit-every", "0"]), once);
}
