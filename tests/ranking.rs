//! Which stories stand first, on questions judged by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod stage;

use std::collections::BTreeMap;

use jiff::civil::date;
use onrecord::backend::LOCAL;
use onrecord::contract::{Index, Request, Start};
use onrecord::model::{FoundHit, Scope, Sort};
use onrecord::query;
use stage::Stage;

/// What is asked, and the stories that answer: 3 the story that is meant, 2 about it, 1 of some use.
/// Judged by reading; every other story is of no use.
const JUDGED: &[(&str, &[(&str, u32)])] = &[
    (
        "port strike",
        &[
            ("strike-day.txt", 3),
            ("dockers-vote.txt", 3),
            ("strike-vote-clouds-recovery.txt", 3),
            ("harbour-to-fall-silent.txt", 3),
            ("alert-quay.anpa", 1),
        ],
    ),
    (
        "lady isolde",
        &[
            ("isolde-trial.txt", 3),
            ("isolde-verdict.txt", 3),
            ("isolde-1-alert.txt", 3),
            ("isolde-2-urgent.txt", 3),
            ("isolde-3-lead.txt", 3),
            ("isolde-4-writethru.txt", 3),
            ("isolde-5-correction.txt", 3),
            ("isolde-6-kill.txt", 3),
            ("isolde-web.txt", 3),
            ("brannigans.txt", 2),
            ("funeral-column.txt", 2),
            ("senate-hearing.txt", 2),
            ("castellane-kroll.txt", 1),
            ("ferry-launch.txt", 1),
        ],
    ),
    (
        "strait truce",
        &[
            ("strait-lead.txt", 3),
            ("strait-update2.txt", 3),
            ("strait-corrected.txt", 3),
            ("strait-call.txt", 2),
            ("orsenko-quits.txt", 2),
            ("orsenko-kill.txt", 2),
            ("dates-almanac.txt", 2),
            ("poll.txt", 2),
            ("vasht-interview.txt", 1),
            ("strait-year.txt", 1),
        ],
    ),
    (
        "korda vasht truce",
        &[
            ("strait-lead.txt", 3),
            ("strait-update2.txt", 3),
            ("strait-corrected.txt", 3),
            ("strait-urgent.txt", 3),
            ("strait-call.txt", 2),
        ],
    ),
    (
        "kelp study",
        &[
            ("kelp-forests.txt", 3),
            ("kelp-loss.txt", 3),
            ("forest-beneath-the-ferry.txt", 2),
            ("nordwire-science.atom", 3),
        ],
    ),
    ("rate cut", &[("rate-cut.txt", 3), ("may-candle.txt", 1)]),
    ("adelaar candle", &[("rate-cut.txt", 3), ("may-candle.txt", 3), ("rate-hold.txt", 2)]),
    (
        "herring",
        &[
            ("herring-dues.xml", 3),
            ("undated-recipe.txt", 3),
            ("1988-04.sgm", 3),
            ("marrend-memoirs.xml", 1),
        ],
    ),
    ("marrend speech", &[("marrend-speech.txt", 3)]),
    ("night train", &[("marrend-visit.anpa", 3), ("harbour.zip", 3)]),
    (
        "lighthouse keeper",
        &[("lighthouse-tender.xml", 3), ("keeper-keeps-key.html", 3), ("lighthouse-utf16.txt", 2)],
    ),
    (
        "dockers vote",
        &[
            ("dockers-vote.txt", 3),
            ("harbour-to-fall-silent.txt", 3),
            ("strike-vote-clouds-recovery.txt", 2),
        ],
    ),
    (
        "rovers halvik",
        &[
            ("rovers-reuters.txt", 3),
            ("rovers-ap.txt", 3),
            ("scores.txt", 2),
            ("okonte-fined.txt", 1),
        ],
    ),
    (
        "pilotage accord",
        &[("treaty-marks.txt", 3), ("assembly-vote.txt", 3), ("1st-ld-marrend.txt", 1)],
    ),
    ("orsenko quits", &[("orsenko-quits.txt", 3), ("orsenko-kill.txt", 3)]),
    ("may march", &[("march-or-may.txt", 3), ("may-day.txt", 3)]),
    ("mines strait", &[("mines-found.txt", 3), ("marrend-speech.txt", 1)]),
    (
        "grain ships",
        &[("strait-call.txt", 3), ("strait-anniversary.txt", 2), ("ums-report.txt", 2)],
    ),
    (
        "strait open",
        &[
            ("strait-lead.txt", 3),
            ("strait-update2.txt", 3),
            ("strait-corrected.txt", 3),
            ("strait-year.txt", 2),
            ("treaty-marks.txt", 1),
            ("dates-almanac.txt", 2),
        ],
    ),
];

/// How many of the first answers are looked at.
const LOOKED_AT: usize = 10;

fn indexed_corpus() -> (Stage, Box<dyn Index>) {
    let stage = Stage::with_corpus();
    let index = (LOCAL.open)(&stage.path("index")).unwrap();
    (stage, index)
}

fn ask(index: &dyn Index, typed: &str, sort: Sort) -> Vec<FoundHit> {
    let query = query::parse(typed, date(2025, 11, 30)).unwrap().root;
    let (scope, start) = (Scope::Stories, Start::FRONT);
    index.search(&Request { query: &query, scope, sort, start, limit: 500 }).unwrap().hits
}

/// Discounted gain of the first answers over that of the best order (Järvelin and Kekäläinen 2002),
/// among the judged stories that match at all.
fn gain(hits: &[FoundHit], judged: &[(&str, u32)]) -> f64 {
    let grade = |hit: &FoundHit| {
        let path = hit.record.story.path.as_str();
        let judged = judged.iter().find(|(name, _)| path.ends_with(name));
        judged.map_or(0, |(_, grade)| *grade)
    };
    let discounted = |grades: &[u32]| -> f64 {
        let ranked = (2u32..).zip(grades.iter().take(LOOKED_AT));
        ranked.map(|(rank, grade)| f64::from(2u32.pow(*grade) - 1) / f64::from(rank).log2()).sum()
    };
    let grades: Vec<u32> = hits.iter().map(grade).collect();
    let mut best = grades.clone();
    best.sort_unstable_by(|a, b| b.cmp(a));
    discounted(&grades) / discounted(&best)
}

#[test]
fn what_is_meant_stands_first() {
    let (_stage, index) = indexed_corpus();
    let (mut ranked, mut by_words) = (Vec::new(), Vec::new());
    for (typed, judged) in JUDGED {
        let all = ask(index.as_ref(), typed, Sort::Relevance);
        for (name, _) in *judged {
            // A judgement of a story that is not there would say nothing.
            let known = ask(index.as_ref(), "*", Sort::Newest);
            assert!(known.iter().any(|hit| hit.record.story.path.ends_with(name)), "{name}");
        }
        ranked.push(gain(&all, judged));
        // Of either of two like things, only the words count.
        let words = ask(index.as_ref(), &format!("({typed}) OR ({typed})"), Sort::Relevance);
        by_words.push(gain(&words, judged));
        println!("{typed:20} {:.3} {:.3}", ranked[ranked.len() - 1], by_words[by_words.len() - 1]);
    }
    let mean = |gains: &[f64]| gains.iter().sum::<f64>() / gains.len() as f64;
    let (ranked, by_words) = (mean(&ranked), mean(&by_words));
    println!("all {ranked:.4}, by words alone {by_words:.4}");
    assert!(ranked > by_words, "{ranked} {by_words}");
    assert!(ranked > 0.95, "{ranked}");
}

#[test]
fn a_score_is_the_sum_of_what_is_told_of_it() {
    let (_stage, index) = indexed_corpus();
    let queries =
        ["port strike", "truce", "\"foreign minister\" marrend", "strike OR speaker:korda"];
    for typed in
        queries.into_iter().chain(["korda vasht truce mentions:2025-03", "truce~ w/s strait"])
    {
        let query = query::parse(typed, date(2025, 3, 18)).unwrap().root;
        let hits = ask(index.as_ref(), typed, Sort::Relevance);
        assert!(!hits.is_empty(), "{typed}");
        for hit in hits {
            let shares = index.shares(&query, hit.story).unwrap();
            let sum: f32 = shares.iter().map(|share| share.score).sum();
            let path = &hit.record.story.path;
            assert!(
                (sum - hit.score).abs() < 0.001 * hit.score.max(1.0),
                "{typed} {path}: {sum} {}",
                hit.score
            );
        }
    }
}

#[test]
fn fresh_stories_stand_before_old_ones_that_match_as_well() {
    let (_stage, index) = indexed_corpus();
    let today = date(2025, 11, 30);
    let plain: BTreeMap<_, f32> = ask(index.as_ref(), "ferry OR ship", Sort::Relevance)
        .iter()
        .map(|h| (h.story, h.score))
        .collect();
    for days in [7, 365] {
        let fresh = ask(index.as_ref(), "ferry OR ship", Sort::Fresh { today, days });
        assert_eq!(fresh.len(), plain.len());
        for hit in fresh {
            let age = hit.record.story.published.map_or(20.0 * days as f32, |published| {
                (today - published.day()).get_days().max(0) as f32
            });
            let wanted = plain[&hit.story] / (1.0 + age / days as f32);
            assert!((hit.score - wanted).abs() < 0.001, "{} {wanted}", hit.score);
        }
    }
}
