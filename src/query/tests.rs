//! The language as tables: what was typed, and how it is read or refused.

mod dialects;
mod refused;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Dialect, FIELDS, explain, named, parse, parse_as};
use crate::model::{Bound, Field, Node};
use crate::text::words::words;

/// A Tuesday.
const TODAY: Date = date(2025, 3, 18);

fn printed(typed: &str) -> String {
    match parse(typed, TODAY) {
        Ok(query) => explain(&query),
        Err(error) => format!("{error}"),
    }
}

fn notes(typed: &str) -> Vec<String> {
    parse(typed, TODAY).unwrap().notes
}

const READ: &[(&str, &str)] = &[
    // regular expressions
    ("ferry /gr[ae]y(er)?/", "ferry AND /gr[ae]y(er)?/"),
    ("title:/x+/ or (/a|b/)", "title:/x+/ OR /a|b/"),
    ("tide near5 /se.*/", "tide near5 /se.*/"),
    // words
    ("truce", "truce"),
    ("Zelenskiy's", "zelenskiy"),
    ("the U.S. navy", "the AND us AND navy"),
    ("e-mail", "\"e mail\""),
    ("10:30", "\"10 30\""),
    ("24/7", "\"24 7\""),
    ("AT&T", "\"at t\""),
    ("2,500", "2500"),
    ("C++", "c"),
    ("[sic]", "sic"),
    ("東京", "\"東 京\""),
    ("*", "*"),
    ("*:*", "*"),
    // all, any, not
    ("a b", "a AND b"),
    ("a AND b", "a AND b"),
    ("a and b", "a AND b"),
    ("a And b", "a AND b"),
    ("a && b", "a AND b"),
    ("a & b", "a AND b"),
    ("+a +b", "a AND b"),
    ("a OR b", "a OR b"),
    ("a or b", "a OR b"),
    ("a | b", "a OR b"),
    ("a|b", "a OR b"),
    ("a || b", "a OR b"),
    ("-a", "NOT a"),
    ("–a −b", "NOT a AND NOT b"),
    ("!a", "NOT a"),
    ("NOT a", "NOT a"),
    ("not a", "NOT a"),
    ("a -b", "a AND NOT b"),
    ("a NOT b", "a AND NOT b"),
    ("a not b", "a AND NOT b"),
    ("a and not b", "a AND NOT b"),
    ("a AND NOT b", "a AND NOT b"),
    ("a OR -b", "a OR NOT b"),
    ("NOT NOT a", "a"),
    ("--a", "a"),
    ("-(a b)", "NOT (a AND b)"),
    ("not(a or b)", "NOT (a OR b)"),
    ("a AND(b)", "a AND b"),
    // brackets, precedence and normal form
    ("(a)", "a"),
    ("((a b))", "a AND b"),
    ("a (b c)", "a AND b AND c"),
    ("a or (b or c)", "a OR b OR c"),
    ("(a OR b) c", "(a OR b) AND c"),
    ("a OR b c", "a OR (b AND c)"),
    ("a b OR c d", "(a AND b) OR (c AND d)"),
    ("-a b", "NOT a AND b"),
    ("-(-a)", "a"),
    ("* a", "a"),
    ("a * b", "a AND b"),
    ("* -a", "NOT a"),
    // phrases
    ("\"a b\"", "\"a b\""),
    ("“certain understanding”", "\"certain understanding\""),
    ("„a b“ «c d»", "\"a b\" AND \"c d\""),
    ("\"and\"", "\"and\""),
    ("\"a and b\"", "\"a and b\""),
    ("\"truce\"", "truce"),
    ("\"same\" \"near5\"", "\"same\" AND \"near5\""),
    ("\"what now?\"", "\"what now\""),
    ("a\"b c\"", "a AND \"b c\""),
    // words that are operators elsewhere
    ("and", "\"and\""),
    ("truce or", "truce AND \"or\""),
    ("or else", "\"or\" AND else"),
    ("truce not", "truce AND \"not\""),
    ("title:and", "title:\"and\""),
    ("same day", "\"same\" AND day"),
    ("near miss", "near AND miss"),
    // fields
    ("title:x", "title:x"),
    ("Title:X", "title:x"),
    ("hd=x", "title:x"),
    ("hd = x", "title:x"),
    ("title: x", "title:x"),
    ("headline(x)", "title:x"),
    ("intitle:x", "title:x"),
    ("title:\"x y\"", "title:\"x y\""),
    ("title:(a OR b)", "title:a OR title:b"),
    ("title:(a -b)", "title:a AND NOT title:b"),
    ("title:(a body:b)", "title:a AND body:b"),
    ("-title:x", "NOT title:x"),
    ("title:e-mail", "title:\"e mail\""),
    ("body:x", "body:x"),
    ("text:x", "x"),
    ("source:reuters rst=afp publication(ap)", "source:reuters AND source:afp AND source:ap"),
    ("by=quist or byline(quist)", "byline:quist OR byline:quist"),
    ("dateline:moscow place:moscow", "place:moscow AND place:moscow"),
    ("slug:strait section:world se=world", "slug:strait AND section:world AND section:world"),
    ("keyword:x lang:en la=en", "keyword:x AND language:en AND language:en"),
    ("format:reuters-sgml", "format:\"reuters sgml\""),
    ("id:L5N", "id:l5n"),
    ("path:2025/03/18", "path:\"2025 03 18\""),
    ("path:/wires/a?b/", "path:\"wires a b\""),
    ("speaker:peskov \"certain understanding\"", "speaker:peskov AND \"certain understanding\""),
    ("speaker:\"Vladimir Putin\"", "speaker:\"vladimir putin\""),
    ("person(putin)", "person:putin"),
    ("person:(korda OR vasht)", "person:korda OR person:vasht"),
    ("person:(korda AND vasht)", "person:korda AND person:vasht"),
    ("speaker:O’Neill", "speaker:oneill"),
    // days
    ("published:2025-03-18", "published:2025-03-18"),
    ("published:2025-03", "published:2025-03-01..2025-03-31"),
    ("published:2025", "published:2025-01-01..2025-12-31"),
    ("published:2025-03-01..2025-03-18", "published:2025-03-01..2025-03-18"),
    ("published:..2025", "published:..2025-12-31"),
    ("published:2025-03..", "published:2025-03-01.."),
    ("published:>2025-03-01", "published:2025-03-02.."),
    ("published:>=2025-03-01", "published:2025-03-01.."),
    ("published<2025-03-01", "published:..2025-02-28"),
    ("published <= 2025-03-01", "published:..2025-03-01"),
    ("published:(2024 OR >2025)", "published:2024-01-01..2024-12-31 OR published:2026-01-01.."),
    ("published:\"last week\"", "published:2025-03-09..2025-03-15"),
    ("published:today", "published:2025-03-18"),
    ("published:[2025-03-01 TO 2025-03-18]", "published:2025-03-01..2025-03-18"),
    ("published:[* TO 2025]", "published:..2025-12-31"),
    ("date:yesterday", "published:2025-03-17"),
    ("after:2025-03-01", "published:2025-03-02.."),
    ("before:2025-03", "published:..2025-02-28"),
    ("since:2025-03 until:2025-04", "published:2025-03-01.. AND published:..2025-04-30"),
    ("on:2025-03-18", "published:2025-03-18"),
    ("last:7d", "published:2025-03-12..2025-03-18"),
    ("date from 20250301 to 20250318", "published:2025-03-01..2025-03-18"),
    ("truce date from 20250301", "truce AND published:2025-03-01.."),
    ("date after 20250301 and truce", "published:2025-03-02.. AND truce"),
    ("date before 20250301", "published:..2025-02-28"),
    ("date from hell", "date AND from AND hell"),
    ("mentions:2025-02-12", "mentions:2025-02-12"),
    ("mentions:>2025", "mentions:2026-01-01.."),
    // lengths
    ("wc>1000", "length:1001.."),
    ("length > 1200", "length:1201.."),
    ("wc<=300", "length:..300"),
    ("length:500..1,000", "length:500..1000"),
    ("length:[5 TO 10]", "length:5..10"),
    ("wc=7", "length:7"),
    // where things stand to each other
    ("a near5 b", "a near5 b"),
    ("a NEAR/5 b", "a near5 b"),
    ("a w/5 b /3 c", "(a near5 b) near3 c"),
    ("a AROUND(5) b", "a near5 b"),
    ("a /n5/ b", "a near5 b"),
    ("a pre/3 b", "a pre/3 b"),
    ("a adj3 b", "a pre/3 b"),
    ("a +3 b", "a pre/3 b"),
    ("a w/s b", "a w/s b"),
    ("a /s b", "a w/s b"),
    ("a w/p b OR c same d", "(a w/p b) OR (c w/p d)"),
    ("a not w/5 b", "a not near5 b"),
    ("a NOT near5 b", "a not near5 b"),
    ("-a near5 b", "NOT (a near5 b)"),
    ("\"a b\" near5 (c OR \"d e\")", "\"a b\" near5 (c OR \"d e\")"),
    ("title:a near5 b", "title:a near5 title:b"),
    ("title:(a near5 b)", "title:a near5 title:b"),
    ("x a near5 b y", "x AND (a near5 b) AND y"),
    ("\"near5\" b", "\"near5\" AND b"),
    ("the same", "the AND \"same\""),
    // how often, and at the front
    ("atleast3 a", "atleast3(a)"),
    ("ATLEAST3(\"a b\" or c)", "atleast3(\"a b\" OR c)"),
    ("atleast2 a near5 b", "atleast2(a near5 b)"),
    ("atl4 a b", "atleast4(a) AND b"),
    ("lead:a", "lead:(body:a)"),
    ("lp=(a b)", "lead:(body:a) AND lead:(body:b)"),
    ("hlp=a", "title:a OR lead:(body:a)"),
    ("hlead(a near5 b)", "(title:a near5 title:b) OR lead:(body:a near5 body:b)"),
    ("toyota/F50/", "first50(toyota)"),
    ("first10(a OR b)", "first10(a) OR first10(b)"),
    ("boeing/n30/british", "boeing near30 british"),
    ("a w/seg b", "a w/seg b"),
    // people beside words
    ("person(a) w/s truce", "person:a w/s truce"),
    ("body:x near5 person:\"a b\"", "body:x near5 person:\"a b\""),
    ("(person:a or truce) pre/3 person:b", "(person:a OR truce) pre/3 person:b"),
    ("atleast3 person:a", "atleast3(person:a)"),
    ("lead(person:a)", "lead:(person:a)"),
    // capitals
    ("caps(NATO)", "caps(nato)"),
    ("allcaps(who) near5 title", "allcaps(who) near5 title"),
    ("title:(nocaps(turkey or march*))", "nocaps(title:turkey) OR nocaps(title:march*)"),
    ("caps(\"bank of england\" w/s rate)", "caps(\"bank of england\") w/s caps(rate)"),
    ("caps", "caps"),
    ("title:caps(may) near5 march", "caps(title:may) near5 title:march"),
    ("hd=allcaps(who) truce", "allcaps(title:who) AND truce"),
    // patterns
    ("normali*", "normali*"),
    ("Organi?ation", "organi?ation"),
    ("Crimea!", "crimea*"),
    ("Zelensky~1", "zelensky~1"),
    ("zelensky~", "zelensky~"),
    ("title:(strikes~ or port)", "title:strikes~ OR title:port"),
    ("title:Ré*", "title:re*"),
    ("e-mail*", "e pre/1 mail*"),
    ("\"martial law*\"", "martial pre/1 law*"),
    ("\"a * b\"", "\"a * b\""),
    ("\"a b\"~5", "\"a b\"~5"),
    // one statement
    ("said(orsenko, \"quiet understanding\")", "said(speaker:orsenko AND \"quiet understanding\")"),
    ("said(Mikhal Orsenko, a b)", "said(speaker:\"mikhal orsenko\" AND a AND b)"),
    ("said(speaker:orsenko truce)", "said(speaker:orsenko AND truce)"),
];

#[test]
fn what_is_typed_is_read_as_printed() {
    for (typed, wanted) in READ {
        assert_eq!(printed(typed), *wanted, "{typed}");
    }
}

#[test]
fn what_is_printed_is_read_back_the_same() {
    for (typed, _) in READ {
        let query = parse(typed, TODAY).unwrap();
        let again = parse(&explain(&query), TODAY).unwrap();
        assert_eq!(again.root, query.root, "{typed} printed {}", explain(&query));
    }
}

#[test]
fn every_example_of_help_is_read_and_every_name_finds_its_field() {
    for field in FIELDS {
        assert!(parse(field.example, TODAY).is_ok(), "{}", field.example);
        for name in field.aliases.iter().chain([&field.name]) {
            assert_eq!(named(name).map(|found| found.field), Some(field.field), "{name}");
        }
    }
    for day in super::day_fields::DAY_NAMES {
        assert!(named(day.name).is_none());
        assert!(parse(day.example, TODAY).is_ok(), "{}", day.example);
    }
    for pending in super::pending::PENDING {
        let forms = match pending.form {
            one if one.starts_with("said") => vec![one],
            several => several.split(", ").collect(),
        };
        for form in forms.into_iter().filter(|form| !form.ends_with("()")) {
            let said = printed(form);
            assert!(said.contains("not answered yet"), "{form}: {said}");
        }
    }
}

#[test]
fn what_may_surprise_is_noted() {
    for (typed, wanted) in [
        ("a b OR c", "AND binds before OR: read as (a AND b) OR c"),
        ("a or b -c", "AND binds before OR: read as a OR (b AND NOT c)"),
        ("not guilty", "`not` is read as NOT; to find the word itself write `\"not\"`"),
        ("pleads not guilty", "`not` is read as NOT; to find the word itself write `\"not\"`"),
        ("truce or", "`or` is searched as a word here, for it joins nothing"),
        (
            "‘quiet understanding’",
            "single quotation marks are read as apostrophes; a phrase stands in double ones",
        ),
        (
            "speaker:Ilsa Marrend",
            "only `Ilsa` is looked for as speaker; for the whole name write `speaker:\"Ilsa Marrend\"`",
        ),
        (
            "headline (a or b)",
            "`headline` is searched as a word, for a blank parts it from its bracket; \
             the field is `headline(...)`",
        ),
    ] {
        assert_eq!(notes(typed), [wanted], "{typed}");
    }
    for typed in
        ["a b", "(a b) OR c", "a OR b OR c", "a and not b", "speaker:vane port", "ministers’ homes"]
    {
        assert!(notes(typed).is_empty(), "{typed}: {:?}", notes(typed));
    }
}

fn word() -> impl Strategy<Value = String> {
    "[a-z]{1,6}|and|or|not|same|near5|adj3|date|from|to|[0-9]{1,4}".prop_map(|word| word)
}

fn leaf() -> impl Strategy<Value = Node> {
    let fields = vec![Field::Text, Field::Title, Field::Speaker, Field::Path, Field::Language];
    let field = proptest::sample::select(fields);
    let day = (0i16..9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Bound::Day(date(y, m, d)));
    prop_oneof![
        (field.clone(), word()).prop_map(|(field, word)| Node::Term(field, word)),
        (field, proptest::collection::vec(word(), 2..5))
            .prop_map(|(field, words)| Node::Phrase(field, words)),
        day.clone().prop_map(|day| Node::Range(Field::Mentions, day, Bound::Open)),
        day.prop_map(|day| Node::Range(Field::Published, day, day)),
        (0u64..9999).prop_map(|n| Node::Range(Field::Length, Bound::Open, Bound::Number(n))),
    ]
}

fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| super::normal::and(a, b)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| super::normal::or(a, b)),
            inner.prop_map(super::normal::not),
        ]
    })
}

/// A query put together from the pieces that the language is made of.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = proptest::sample::select(vec![
        "a",
        "Korda",
        "e-mail",
        "and",
        "OR",
        "not",
        "-",
        "!",
        "|",
        "&&",
        "(",
        ")",
        "\"",
        "“",
        "title:",
        "speaker(",
        "published:",
        "2025-03",
        "..",
        ">",
        "[2025 TO 2026]",
        "[",
        "]",
        "date",
        "from",
        "to",
        "20250301",
        "last:",
        "7d",
        "*",
        "?",
        "~1",
        "/",
        "w/5",
        "near5",
        "same",
        ":",
        "=",
        "é",
        "東京",
        "'",
        "’s",
        ",",
        ".",
        "^",
        " ",
        " ",
        " ",
    ]);
    proptest::collection::vec(scrap, 0..14).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn a_printed_tree_is_read_back(node in tree()) {
        let typed = super::print::print(&node);
        let read = parse(&typed, TODAY).map_err(|error| TestCaseError::fail(format!("{typed}: {error}")))?;
        prop_assert_eq!(read.root, node, "{}", typed);
    }

    #[test]
    fn any_text_is_read_or_refused_in_every_dialect(typed in prop_oneof![scraps(), "[-+a-c()\"*/ w5:]{0,24}"]) {
        for dialect in [Dialect::Factiva, Dialect::Nexis, Dialect::Lucene] {
            if let Ok(query) = parse_as(&typed, TODAY, dialect) {
                // What was read is read again by its print.
                let printed = super::print::print(&query.root);
                prop_assert!(parse(&printed, TODAY).is_ok(), "{typed}: {printed}");
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(typed in prop_oneof![scraps(), "\\PC{0,40}", any::<String>()]) {
        match parse(&typed, TODAY) {
            Ok(query) => {
                // A few ligatures of scripts without spaces (Lao "ໜ") fold to one word of two
                // letters; written out, those are two words.
                if words(&typed).all(|word| words(&word.folded).count() == 1) {
                    let again = parse(&explain(&query), TODAY);
                    prop_assert_eq!(again.ok().map(|again| again.root), Some(query.root));
                }
            }
            Err(error) => {
                let excerpt = error.excerpt().expect("every refusal points");
                prop_assert!(typed.get(excerpt.start..excerpt.end).is_some(), "{excerpt:?}");
                prop_assert!(error.message().starts_with(|c: char| !c.is_uppercase()));
            }
        }
    }
}

#[test]
fn a_mark_on_no_letter_is_no_part_of_a_pattern() {
    assert_eq!(
        parse("?\u{ce2}\u{1e8d0}a", TODAY).unwrap().root,
        Node::Term(Field::Text, "a".into())
    );
}

#[test]
fn the_longest_queries_are_read() {
    // So long that a scan which takes the square of it would keep this test for minutes.
    const LONGEST: usize = 64 * 1024;
    for scrap in [
        "a",
        "a ",
        "(",
        ")",
        "-",
        "a:",
        "title:",
        "\"",
        "\"a\"",
        "a.",
        "a'",
        "1,",
        "/a(",
        "[",
        "not ",
        "and ",
        "a and ",
        "a or (",
        "date from ",
        "date ",
        "é",
        "東",
        "a   ",
        "a|",
        "&",
        "/",
        "/f1",
        "*",
        "~",
        "\"a\"~",
        "speaker:(a ",
        "published:..",
        ". ",
        "１",
        "\u{AD}",
        "a\u{301}",
        "same ",
    ] {
        let typed: String = scrap.repeat(LONGEST / scrap.len());
        if let Err(error) = parse(&typed, TODAY) {
            assert!(error.excerpt().is_some(), "{scrap:?}");
        }
    }
}

#[test]
fn depth_clauses_and_length_are_capped() {
    let nested = |depth| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(printed(&nested(64)), "a");
    assert_eq!(printed(&nested(65)), "brackets stand more than 64 deep");
    assert!(parse(&"a ".repeat(1024), TODAY).is_ok());
    let said = printed(&"a ".repeat(1025));
    assert_eq!(said, "the query asks for more than 1024 words and values");
    let said = printed(&"a".repeat(64 * 1024 + 1));
    assert_eq!(said, "the query is 65537 bytes long, and 65536 are the most");
}
