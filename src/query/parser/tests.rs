//! The language as pairs of what is typed and how it is read, and the errors with their carets.

use super::*;
use proptest::prelude::*;

fn read(typed: &str) -> Result<Query> {
    parse(typed, jiff::civil::date(2025, 3, 18))
}

fn explained(typed: &str) -> String {
    match read(typed) {
        Ok(query) => print(&query.root),
        Err(error) => format!("{error}"),
    }
}

/// What was typed, and how it is read.
const READ: &[(&str, &str)] = &[
    ("strike", "strike"),
    ("port strike", "port AND strike"),
    ("port AND strike", "port AND strike"),
    ("port && strike", "port AND strike"),
    ("port and strike", "port AND strike"),
    ("port OR strike", "port OR strike"),
    ("port or strike", "port OR strike"),
    ("port | strike", "port OR strike"),
    ("port||strike", "port OR strike"),
    ("port NOT strike", "port AND NOT strike"),
    ("port -strike", "port AND NOT strike"),
    ("port !strike", "port AND NOT strike"),
    ("port and not strike", "port AND NOT strike"),
    ("port AND NOT strike", "port AND NOT strike"),
    ("+port +strike", "port AND strike"),
    ("NOT NOT strike", "strike"),
    ("-strike", "NOT strike"),
    ("a b OR c", "(a AND b) OR c"),
    ("a OR b c", "a OR (b AND c)"),
    ("a (b OR c)", "a AND (b OR c)"),
    ("((a))", "a"),
    ("(a AND b) AND c", "a AND b AND c"),
    ("a OR (b OR c)", "a OR b OR c"),
    ("NOT (a OR b)", "NOT (a OR b)"),
    ("\"quiet understanding\"", "\"quiet understanding\""),
    ("“quiet understanding”", "\"quiet understanding\""),
    ("«quiet»", "quiet"),
    ("\"or\"", "\"or\""),
    ("e-mail", "\"e mail\""),
    ("U.S.", "us"),
    ("Café", "cafe"),
    ("O'Neill's", "oneill"),
    ("AT&T", "\"at t\""),
    ("10:30", "\"10 30\""),
    ("https://example.org/a", "\"https example org a\""),
    ("speaker:derwin", "speaker:derwin"),
    ("SPEAKER:Derwin", "speaker:derwin"),
    ("speaker: derwin", "speaker:derwin"),
    ("speaker:\"Ada Derwin\"", "speaker:\"ada derwin\""),
    ("speaker:derwin \"quiet understanding\"", "speaker:derwin AND \"quiet understanding\""),
    ("person(derwin)", "person:derwin"),
    ("headline(strike)", "title:strike"),
    ("hd=strike", "title:strike"),
    ("intitle:strike", "title:strike"),
    ("title:(strike OR walkout)", "title:strike OR title:walkout"),
    ("title:(strike -port)", "title:strike AND NOT title:port"),
    ("rst=reuters", "source:reuters"),
    ("publication(nordwire)", "source:nordwire"),
    ("by=quist", "byline:quist"),
    ("dateline:\"port azure\"", "place:\"port azure\""),
    ("lang:en", "language:en"),
    ("path:2025/03", "path:\"2025 03\""),
    ("published:2025-03-18", "published:2025-03-18"),
    ("published:2025-03", "published:2025-03-01..2025-03-31"),
    ("published:2025", "published:2025-01-01..2025-12-31"),
    ("published:2025-03-01..2025-03-18", "published:2025-03-01..2025-03-18"),
    ("published:..2024", "published:..2024-12-31"),
    ("published:>2025-03-01", "published:2025-03-02.."),
    ("published>=2025-03-01", "published:2025-03-01.."),
    ("published:[2025-03-01 TO 2025-03-18]", "published:2025-03-01..2025-03-18"),
    (
        "published:(2024 OR 2025)",
        "published:2024-01-01..2024-12-31 OR published:2025-01-01..2025-12-31",
    ),
    ("after:2025-03-01", "published:2025-03-02.."),
    ("since:2025-03-01", "published:2025-03-01.."),
    ("before:2025", "published:..2024-12-31"),
    ("until:2025-03", "published:..2025-03-31"),
    ("on:2025-03-18", "published:2025-03-18"),
    ("last:7d", "published:2025-03-12..2025-03-18"),
    ("published:yesterday", "published:2025-03-17"),
    ("date from 20250301 to 20250318", "published:2025-03-01..2025-03-18"),
    ("strike date after 20250301", "strike AND published:2025-03-02.."),
    ("date before 20250301 strike", "published:..2025-02-28 AND strike"),
    ("date palm", "\"date\" AND palm"),
    ("mentions:2025-02-12", "mentions:2025-02-12"),
    ("mentions:2025-02", "mentions:2025-02-01..2025-02-28"),
    ("wc>1000", "length:1001.."),
    ("length > 1,200", "length:1201.."),
    ("length:100..200", "length:100..200"),
    ("wc <= 30", "length:..30"),
    ("*:*", "*:*"),
    ("*:* -strike", "*:* AND NOT strike"),
    ("and", "\"and\""),
    ("sturm und drang", "sturm AND und AND drang"),
];

#[test]
fn what_is_typed_is_read_as_newsrooms_mean_it() {
    for (typed, expected) in READ {
        assert_eq!(explained(typed), *expected, "{typed}");
    }
}

/// What is typed, the message, and the part that the carets stand below.
const WRONG: &[(&str, &str, &str)] = &[
    ("", "the query is empty", ""),
    ("speeker:derwin", "there is no field `speeker`", "speeker"),
    ("colour(red)", "there is no field `colour`", "colour"),
    ("a AND", "a word is missing behind this", "AND"),
    ("OR a", "a word is missing before this", "OR"),
    ("a OR OR b", "a word is missing behind this", "OR"),
    ("a AND OR b", "a word is missing behind this", "AND"),
    ("(a OR b", "this bracket is never closed", "("),
    ("a)", "this bracket closes none", ")"),
    ("()", "nothing stands in these brackets", "("),
    ("(OR a)", "a word is missing before this", "OR"),
    ("a \"b c", "this quotation mark is never closed", "\""),
    ("\" \"", "this phrase is empty", "\" \""),
    ("speaker:", "`speaker:` has no value", "speaker:"),
    ("(speaker:)", "`speaker:` has no value", "speaker:"),
    ("...", "there is no word in this", "..."),
    ("NOT", "a word is missing behind this", "NOT"),
    ("title:(speaker:x)", "a field cannot stand inside another field", "speaker:"),
    (
        "published:soon",
        "write it as 2025-03-18, 2025-03, 2025 or 2025-03-01..2025-03-18",
        "published:soon",
    ),
    (
        "published:3/4/2025",
        "this day could be read in two ways; write it as 2025-03-18",
        "published:3/4/2025",
    ),
    ("title>3", "this field holds words, and words have no order", "title>3"),
];

#[test]
fn what_cannot_be_read_is_pointed_at() {
    for (typed, message, part) in WRONG {
        let error = read(typed).expect_err(typed);
        assert_eq!(error.message(), *message, "{typed}");
        let shown = error.excerpt().map_or("", |e| &e.text[e.start..e.end]);
        assert_eq!(shown, *part, "{typed}");
    }
}

#[test]
fn what_is_not_answered_yet_is_never_read_as_a_word() {
    for typed in [
        "a near5 b",
        "a NEAR/5 b",
        "a w/5 b",
        "a /5 b",
        "a AROUND(5) b",
        "a pre/3 b",
        "a adj3 b",
        "a +3 b",
        "a w/s b",
        "a /s b",
        "a w/p b",
        "a /p b",
        "a same b",
        "a not w/5 b",
        "\"a b\"~5",
        "atleast3 a",
        "atleast3(a)",
        "caps(NATO)",
        "allcaps(x)",
        "nocaps(x)",
        "normali*",
        "organi?ation",
        "crimea!",
        "zelensky~1",
        "/re[gx]/",
        "lead:x",
        "lp=x",
        "hlp=x",
        "hlead(x)",
        "said(a, b)",
        "speaker:pesk*",
        "title:x~",
    ] {
        let error = read(typed).expect_err(typed);
        assert!(error.message().ends_with("cannot be asked for yet"), "{typed}: {error}");
        assert!(!error.advice().is_empty() && error.excerpt().is_some(), "{typed}");
    }
}

#[test]
fn a_near_miss_is_suggested() {
    let hint = |typed| read(typed).expect_err(typed).advice().to_owned();
    assert_eq!(hint("speeker:x"), "did you mean `speaker:`?");
    assert_eq!(hint("headlin(x)"), "did you mean `headline(`?");
}

#[test]
fn mixed_operators_and_a_small_not_draw_a_note() {
    assert!(read("a OR b c").unwrap().notes[0].ends_with("a OR (b AND c)"));
    assert!(read("a OR (b c)").unwrap().notes.is_empty());
    assert_eq!(explained("pleaded not guilty"), "pleaded AND \"not\" AND guilty");
    assert!(read("pleaded not guilty").unwrap().notes[0].contains("read as a word"));
}

#[test]
fn depth_length_and_clauses_are_bounded() {
    assert!(read(&format!("{}a{}", "(".repeat(64), ")".repeat(64))).is_ok());
    let deep = read(&format!("{}a", "(".repeat(60_000))).expect_err("too deep");
    assert!(deep.message().contains("brackets deep"));
    assert!(read(&"NOT ".repeat(10_000)).is_err());
    assert!(read(&"a ".repeat(1025)).expect_err("too many").message().contains("more than 1024"));
    assert!(read(&"a".repeat(70_000)).expect_err("too long").message().contains("longer than 64"));
}

fn query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "port",
        "strike",
        "\"quiet understanding\"",
        "speaker:derwin",
        "title:\"a b\"",
        "\"or\"",
        "published:2025-03",
        "mentions:..2024",
        "length>40",
        "*:*",
        "e-mail",
        "U.S.",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.join(" OR ")),
            inner.clone().prop_map(|part| format!("({part})")),
            inner.prop_map(|part| format!("NOT ({part})")),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_tree(typed in query()) {
        let query = read(&typed).unwrap();
        let printed = print(&query.root);
        prop_assert_eq!(&read(&printed).unwrap().root, &query.root, "{}", printed);
    }

    #[test]
    fn any_text_gives_a_tree_or_an_error_that_points_inside_it(typed in "\\PC{0,40}|[a-c:()\"|&!~*?/+<>=\\-\\[\\] .“”0-9]{0,40}") {
        if let Err(error) = read(&typed)
            && let Some(excerpt) = error.excerpt()
        {
            prop_assert!(excerpt.text.get(excerpt.start..excerpt.end).is_some(), "{:?}", excerpt);
        }
    }
}
