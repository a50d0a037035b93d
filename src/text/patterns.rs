//! Words that are like a pattern: `normali*`, `organi?ation`, `zelensky~1`.

use crate::model::Pattern;

/// Whether a folded word is like a pattern.
///
/// ```
/// use onrecord::model::Pattern;
/// use onrecord::text::patterns::is_like;
/// assert!(is_like(&Pattern::Glob("organi?ation*".to_owned()), "organisations"));
/// assert!(is_like(&Pattern::Spelt("zelensky".to_owned(), 1), "zelenskyy"));
/// ```
pub fn is_like(pattern: &Pattern, word: &str) -> bool {
    match pattern {
        Pattern::Glob(glob) => matches_glob(glob, word),
        Pattern::Spelt(spelt, most) => {
            let most = usize::from(*most);
            spelt.chars().count().abs_diff(word.chars().count()) <= most
                && strsim::levenshtein(spelt, word) <= most
        }
    }
}

/// What every word that is like a pattern begins with.
pub fn beginning(pattern: &Pattern) -> &str {
    match pattern {
        Pattern::Glob(glob) => glob.split(['*', '?']).next().unwrap_or_default(),
        Pattern::Spelt(..) => "",
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
                prop_assert!(word.starts_with(beginning(&Pattern::Glob(glob))));
            }
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!matches_glob(&"*a".repeat(200), &"b".repeat(20_000)));
    }
}
