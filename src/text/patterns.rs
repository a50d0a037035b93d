//! Words that are like a pattern: `normali*`, `organi?ation`, `zelensky~1`, `/gr[ae]y/`.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};

use super::stems::{self, Forms};
use crate::model::Pattern;

/// Tells whether words are like a pattern; made once, asked of many words.
pub enum Matcher<'a> {
    /// See [`Pattern::Glob`].
    Glob(&'a str),
    /// See [`Pattern::Spelt`]: the word, how many letters it has, and how many may be wrong.
    Spelt(&'a str, usize, usize),
    /// See [`Pattern::Regular`]; none where the expression is none.
    Regular(Option<Regex>),
    /// See [`Pattern::Forms`].
    Forms(Forms),
}

impl<'a> Matcher<'a> {
    /// The matcher of a pattern.
    ///
    /// ```
    /// use onrecord::model::Pattern;
    /// use onrecord::text::patterns::Matcher;
    /// let is_like = |pattern: &Pattern, word| Matcher::of(pattern).is_like(word);
    /// assert!(is_like(&Pattern::Glob("organi?ation*".to_owned()), "organisations"));
    /// assert!(is_like(&Pattern::Spelt("zelensky".to_owned(), 1), "zelenskyy"));
    /// assert!(is_like(&Pattern::Regular("gr[ae]y(er)?".to_owned()), "greyer"));
    /// ```
    pub fn of(pattern: &'a Pattern) -> Self {
        match pattern {
            Pattern::Glob(glob) => Self::Glob(glob),
            Pattern::Spelt(spelt, most) => {
                Self::Spelt(spelt, spelt.chars().count(), usize::from(*most))
            }
            Pattern::Regular(expression) => Self::Regular(regular(expression).ok()),
            Pattern::Forms(word, language) => Self::Forms(Forms::of(word, language)),
        }
    }

    /// Whether a folded word is like the pattern.
    pub fn is_like(&self, word: &str) -> bool {
        match self {
            Self::Glob(glob) => matches_glob(glob, word),
            Self::Spelt(spelt, letters, most) => {
                letters.abs_diff(word.chars().count()) <= *most
                    && strsim::levenshtein(spelt, word) <= *most
            }
            Self::Forms(forms) => forms.has(word),
            Self::Regular(expression) => {
                expression.as_ref().is_some_and(|expression| expression.is_match(word))
            }
        }
    }
}

/// The most memory that a regular expression may take, in bytes: more is a mistake or an attack.
const MOST_MEMORY: usize = 1 << 20;

/// Reads a regular expression for whole words; capitals make no difference, as in folded words.
///
/// # Errors
/// What is wrong with it, on one line.
pub fn regular(expression: &str) -> Result<Regex, String> {
    let whole = format!("^(?:{expression})$");
    let mut builder = RegexBuilder::new(&whole);
    builder.case_insensitive(true).size_limit(MOST_MEMORY).dfa_size_limit(MOST_MEMORY);
    builder.build().map_err(|wrong| {
        let told = wrong.to_string();
        let last = told.lines().last().unwrap_or_default();
        last.trim_start_matches("error: ").to_owned()
    })
}

/// What every word that is like a pattern begins with.
pub fn beginning(pattern: &Pattern) -> Cow<'_, str> {
    match pattern {
        Pattern::Glob(glob) => glob.split(['*', '?']).next().unwrap_or_default().into(),
        Pattern::Forms(word, language) => stems::beginning(word, language).into(),
        Pattern::Spelt(..) | Pattern::Regular(_) => "".into(),
    }
}

/// Whether a glob matches all of a word. Only the last `*` is ever tried again, so that the time is
/// bounded by the product of the lengths.
fn matches_glob(glob: &str, word: &str) -> bool {
    let (mut glob, mut word) = (glob.chars(), word.chars());
    let mut again: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let before = word.clone();
        match (glob.next(), word.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                again = Some((glob.clone(), before.clone()));
                word = before;
            }
            (Some('?'), Some(_)) => {}
            (Some(wanted), Some(letter)) if wanted == letter => {}
            _ => {
                let Some((after_star, mut from)) = again.take() else { return false };
                if from.next().is_none() {
                    return false;
                }
                (glob, word) = (after_star.clone(), from.clone());
                again = Some((after_star, from));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same, said as plainly as can be.
    fn slowly(glob: &[char], word: &[char]) -> bool {
        match (glob.first(), word.first()) {
            (None, None) => true,
            (Some('*'), _) => {
                slowly(&glob[1..], word) || !word.is_empty() && slowly(glob, &word[1..])
            }
            (Some(wanted), Some(letter)) => {
                (wanted == letter || *wanted == '?') && slowly(&glob[1..], &word[1..])
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn a_glob_matches_what_a_plain_definition_says(glob in "[ab*?]{0,6}", word in "[ab]{0,7}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(matches_glob(&glob, &word), slowly(&letters(&glob), &letters(&word)));
            if matches_glob(&glob, &word) {
                prop_assert!(word.starts_with(&*beginning(&Pattern::Glob(glob))));
            }
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!matches_glob(&"*a".repeat(200), &"b".repeat(20_000)));
    }
}
