//! What other systems' readers type by habit: the examples of their public tables of operators.

use jiff::civil::date;

use crate::query::Dialect::{self, Factiva, Lucene, Newsroom, Nexis};
use crate::query::{explain, parse_as};

fn read(dialect: Dialect, table: &[(&str, &str)]) {
    for (typed, wanted) in table {
        let read = match parse_as(typed, date(2025, 3, 18), dialect) {
            Ok(query) => explain(&query),
            Err(error) => format!("{error}"),
        };
        assert_eq!(read, *wanted, "{dialect:?}: {typed}");
    }
}

#[test]
fn factiva() {
    read(
        Factiva,
        &[
            // connectors
            ("technology spending and canada", "(technology pre/1 spending) AND canada"),
            ("merger or acquisition", "merger OR acquisition"),
            ("not software not spreadsheets", "NOT software AND NOT spreadsheets"),
            ("wireless not cellular", "wireless AND NOT cellular"),
            (
                "select releases and (university or instruction or courses)",
                "(select pre/1 releases) AND (university OR instruction OR courses)",
            ),
            (
                "select releases and [university or courses]",
                "(select pre/1 releases) AND (university OR courses)",
            ),
            (
                "online banking and (retail or consumer)",
                "(online pre/1 banking) AND (retail OR consumer)",
            ),
            // so many times
            ("atleast5 microsoft", "atleast5(microsoft)"),
            (
                "atleast10 olympics and atleast10 winter games",
                "atleast10(olympics) AND atleast10(winter pre/1 games)",
            ),
            // near
            ("vodafone same telecommunications", "vodafone w/p telecommunications"),
            ("president w/2 bush", "president pre/2 bush"),
            ("president w/ bush", "president pre/1 bush"),
            ("world cup adj5 rugby", "(world pre/1 cup) pre/5 rugby"),
            ("world adj cup", "world pre/1 cup"),
            ("x adj5 y", "x pre/5 y"),
            ("carrefour near5 retail sales", "carrefour near5 (retail pre/1 sales)"),
            ("carrefour near sales", "carrefour near1 sales"),
            ("boeing 747/N30/british airways", "(boeing pre/1 747) near30 (british pre/1 airways)"),
            ("toyota/F50/", "first50(toyota)"),
            ("toyota /f50/", "first50(toyota)"),
            ("calm near5 sea", "calm near5 sea"),
            // parts of words
            ("telephon$3", "/telephon.{0,3}/"),
            ("earn*", "earn*"),
            ("wom?n", "wom?n"),
            ("communicat* and (cell* or phone)", "communicat* AND (cell* OR phone)"),
            // lengths and days
            ("general electric and wc>1000", "(general pre/1 electric) AND length:1001.."),
            ("general electric and wc<3000", "(general pre/1 electric) AND length:..2999"),
            ("date from 20250301 to 20250318", "published:2025-03-01..2025-03-18"),
            ("date after 20250301", "published:2025-03-02.."),
            ("pd=20250301", "published:2025-03-01"),
            // fields
            ("hd=europe", "title:europe"),
            (
                "hd=port strike and rst=nordwire",
                "(title:port pre/1 title:strike) AND source:nordwire",
            ),
            ("hlp=(oil or gas)", "title:oil OR title:gas OR lead:(body:oil) OR lead:(body:gas)"),
            ("by=smith", "byline:smith"),
            ("la=en", "language:en"),
            ("la=english", "language:en"),
            ("sn=nordwire", "source:nordwire"),
            // statements as wholes
            ("bill clinton", "bill pre/1 clinton"),
            (
                "bill clinton or gore and george bush",
                "(bill pre/1 clinton) OR (gore AND (george pre/1 bush))",
            ),
            (
                "c++ and object-oriented programming",
                "c AND (\"object oriented\" pre/1 programming)",
            ),
            ("\"peas and carrots\"", "\"peas and carrots\""),
            ("bill clinton's 'economic plan'", "((bill pre/1 clinton) pre/1 economic) pre/1 plan"),
            ("hd=a or lp=b", "title:a OR lead:(body:b)"),
        ],
    );
}

#[test]
fn nexis() {
    read(
        Nexis,
        &[
            // connectors, OR before all others
            ("cat and dog", "cat AND dog"),
            ("land trust and ohio", "(land pre/1 trust) AND ohio"),
            ("doctor or physician", "doctor OR physician"),
            ("rico and not puerto", "rico AND NOT puerto"),
            (
                "bankrupt! w/25 discharg! and student or college or education! w/5 loan",
                "(bankrupt* near25 discharg*) AND ((student OR college OR education*) near5 loan)",
            ),
            (
                "recycl! w/10 packag! or container and fast",
                "(recycl* near10 (packag* OR container)) AND fast",
            ),
            ("a w/25 b w/5 c", "a near25 (b near5 c)"),
            ("a w/s b w/3 c", "a w/s (b near3 c)"),
            // near
            (
                "business loss w/10 tax deduction",
                "(business pre/1 loss) near10 (tax pre/1 deduction)",
            ),
            ("marvin w/5 marvin", "marvin near5 marvin"),
            ("marvin w/seg marvin", "marvin w/seg marvin"),
            ("marvin /seg marvin", "marvin w/seg marvin"),
            ("market near/5 share", "market near5 share"),
            ("market onear/5 share", "market pre/5 share"),
            ("market pre/5 share", "market pre/5 share"),
            ("market /5 share", "market near5 share"),
            ("pollut! w/s control", "pollut* w/s control"),
            ("pollut! w/sent control", "pollut* w/s control"),
            ("pollut! /s control", "pollut* w/s control"),
            ("pollut! w/p control", "pollut* w/p control"),
            ("pollut! w/para control", "pollut* w/p control"),
            ("rico not w/10 puerto", "rico not near10 puerto"),
            ("rico not/10 puerto", "rico not near10 puerto"),
            ("rico not w/p puerto", "rico not w/p puerto"),
            ("rico not/seg puerto", "rico not w/seg puerto"),
            // commands
            ("caps(aid)", "caps(aid)"),
            ("allcaps(aids)", "allcaps(aids)"),
            ("nocaps(aid)", "nocaps(aid)"),
            ("caps(era) and allcaps(nato)", "caps(era) AND allcaps(nato)"),
            ("atleast5(cercla)", "atleast5(cercla)"),
            ("atl5(cercla)", "atleast5(cercla)"),
            // parts of words
            ("wom*n", "wom?n"),
            ("norm!", "norm*"),
            // segments and days
            ("headline(port strike)", "title:port pre/1 title:strike"),
            ("hlead(merger)", "title:merger OR lead:(body:merger)"),
            ("byline(smith)", "byline:smith"),
            ("publication(times)", "source:times"),
            ("section(sports)", "section:sports"),
            ("dateline(moscow)", "place:moscow"),
            ("language(english)", "language:en"),
            ("length > 500", "length:501.."),
            ("date > 2025", "published:2026-01-01.."),
            ("date is 2025", "published:2025-01-01..2025-12-31"),
        ],
    );
}

#[test]
fn lucene_and_our_own() {
    read(
        Lucene,
        &[
            ("calm sea", "calm OR sea"),
            ("calm sea -tide", "(calm OR sea) AND NOT tide"),
            ("+calm sea", "calm OR (calm AND sea)"),
            ("(calm sea) AND tide", "(calm OR sea) AND tide"),
            ("title:calm AND sea tide", "(title:calm AND sea) OR tide"),
            ("NOT tide", "NOT tide"),
            ("zelensky~", "zelensky~2"),
        ],
    );
    read(Newsroom, &[("calm sea w/5 tide", "calm AND (sea near5 tide)")]);
    assert!(parse_as("calm )", date(2025, 3, 18), Lucene).is_err());
    assert!(parse_as("()", date(2025, 3, 18), Lucene).is_err());
}
