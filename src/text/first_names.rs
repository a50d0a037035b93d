//! First names that are forms of one: short forms, and one name in several languages.
//!
//! Comes in: two names. Goes out: whether they are forms of one. Knows no surnames.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::{Key, Meanings, key};

/// First names that are forms of one, a line each: short forms, and one name in several languages.
const FORMS: &[&str] = &[
    "abdullah abdallah abdulla",
    "ahmed ahmad achmed",
    "aleksandr alexander oleksandr aleksander alexandre alex sasha",
    "aleksei alexei alexey aleksey oleksiy oleksii",
    "andrei andrey andriy andrii",
    "andrew andy",
    "anthony tony",
    "benjamin ben",
    "bernard bernie",
    "charles charlie chuck",
    "christopher chris",
    "daniel dan danny",
    "david dave",
    "dmitry dmitri dmitriy dmytro",
    "donald don",
    "edward ed ted eddie",
    "elizabeth liz beth",
    "gregory greg",
    "hassan hasan",
    "hussein husain hussain husein",
    "iosif joseph joe josef",
    "james jim jimmy jamie",
    "jeffrey jeff geoffrey geoff",
    "john johnny jack",
    "jonathan jon",
    "kenneth ken",
    "lawrence larry",
    "matthew matt",
    "michael mike mick mikhail mykhailo",
    "mohammed muhammad mohamed mohammad muhammed mohamad",
    "nicholas nick nicolas nikolai nikolay mykola",
    "osama usama",
    "patrick pat",
    "peter pete pyotr petro",
    "philip phil phillip",
    "richard dick rick rich",
    "robert bob rob bobby",
    "ronald ron",
    "samuel sam",
    "sergei sergey serhiy serhii",
    "steven stephen steve",
    "susan sue",
    "thomas tom tommy",
    "timothy tim",
    "viktor victor",
    "vladimir volodymyr wladimir vlad",
    "volodimir volodymyr vladimir",
    "william bill will billy",
    "yulia yuliya iuliia julia yuliia",
    "yusuf yousef yousuf youssef",
];

/// The lines of [`FORMS`] in which a name stands, a bit each.
static LINES: LazyLock<Meanings<u64>> = LazyLock::new(|| {
    const { assert!(FORMS.len() <= 64) };
    let mut lines: FxHashMap<Key, u64> = FxHashMap::default();
    for (line, forms) in FORMS.iter().enumerate() {
        for name in forms.split(' ') {
            *lines.entry(key(name.as_bytes())).or_default() |= 1 << line;
        }
    }
    Meanings::new(lines)
});

/// Whether two first names are forms of one, in small letters or large: "Bob" and "Robert".
///
/// ```
/// use onrecord::text::first_names::are_forms;
/// assert!(are_forms("Bobby", "robert") && !are_forms("Bobby", "William"));
/// ```
pub fn are_forms(one: &str, other: &str) -> bool {
    let lines = |name: &str| LINES.get(key(name.as_bytes())).copied().unwrap_or_default();
    lines(one) & lines(other) != 0
}
