//! Operators that newsrooms type and that are not answered yet.
//!
//! Each is an error that names it, so that none is ever read as a word or dropped. A line goes away
//! when its operator comes.

/// What an operator would do, and what can be asked instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coming {
    /// What it is called.
    pub(super) name: &'static str,
    /// The nearest form that is answered.
    pub(super) instead: &'static str,
}

const BOTH: &str = "ask for both words, or for a phrase in quotation marks";
const NEAR: Coming = Coming { name: "a distance between words", instead: BOTH };
const SENTENCE: Coming = Coming { name: "the same sentence or paragraph", instead: BOTH };
const OFTEN: Coming = Coming { name: "a number of times", instead: "ask for the word alone" };
const WILDCARD: Coming =
    Coming { name: "a wildcard", instead: "write the forms of the word with OR between them" };
const FUZZY: Coming =
    Coming { name: "a likeness or distance (~)", instead: "write the spellings with OR" };
const PATTERN: Coming =
    Coming { name: "a pattern between slashes", instead: "ask for the words themselves" };
const LEAD: Coming =
    Coming { name: "the opening of a story", instead: "use title: or body:, or leave it out" };
const CASE: Coming = Coming { name: "capital letters", instead: "ask for the word alone" };
const SAID: Coming = Coming {
    name: "words bound to their speaker",
    instead: "use the command `said` with speaker:NAME and the words",
};

/// Operators written as a word and a number: "near5", "NEAR/5", "w/5", "pre/3", "+3".
const NUMBERED: &[(&str, Coming)] = &[
    ("near/", NEAR),
    ("near", NEAR),
    ("onear", NEAR),
    ("pre/", NEAR),
    ("adj", NEAR),
    ("w/", NEAR),
    ("/n", NEAR),
    ("/", NEAR),
    ("+", NEAR),
    ("atleast", OFTEN),
];

/// Operators that are one word.
const WHOLE: &[(&str, Coming)] = &[
    ("w/s", SENTENCE),
    ("/s", SENTENCE),
    ("+s", SENTENCE),
    ("w/p", SENTENCE),
    ("/p", SENTENCE),
    ("same", SENTENCE),
];

/// Operators with brackets behind them, and fields that are not there yet.
const NAMED: &[(&str, Coming)] = &[
    ("around", NEAR),
    ("said", SAID),
    ("caps", CASE),
    ("allcaps", CASE),
    ("nocaps", CASE),
    ("lead", LEAD),
    ("lp", LEAD),
    ("hlp", LEAD),
    ("hlead", LEAD),
];

/// The operator that a run of letters is, standing by itself.
pub(super) fn of_word(run: &str) -> Option<Coming> {
    let lower = run.to_ascii_lowercase();
    if let Some((_, coming)) = WHOLE.iter().find(|(word, _)| *word == lower) {
        return Some(*coming);
    }
    let numbered = NUMBERED.iter().find(|(start, _)| {
        lower.strip_prefix(start).is_some_and(|rest| !rest.is_empty() && all_digits(rest))
    });
    if let Some((_, coming)) = numbered {
        return Some(*coming);
    }
    if lower.starts_with('/') && lower.len() > 2 && lower[1..].contains('/') {
        return Some(PATTERN);
    }
    of_marks(run)
}

/// The operator that stands before a colon, an equals sign or a bracket.
pub(super) fn of_name(name: &str) -> Option<Coming> {
    let lower = name.to_ascii_lowercase();
    let numbered = lower.strip_prefix("atleast").is_some_and(all_digits);
    if numbered {
        return Some(OFTEN);
    }
    NAMED.iter().find(|(word, _)| *word == lower).map(|(_, coming)| *coming)
}

/// The operator that marks inside or behind a word stand for: `*`, `?`, `!`, `~`.
pub(super) fn of_marks(run: &str) -> Option<Coming> {
    if run.contains(['*', '?']) || run.len() > 1 && run.ends_with('!') {
        return Some(WILDCARD);
    }
    run.contains('~').then_some(FUZZY)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
