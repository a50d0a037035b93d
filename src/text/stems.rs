//! The forms of a word: those that the Snowball rules of a language bring to one stem.
//!
//! Stems are made when a query is asked, of the words that the index holds; none are kept in it. So
//! words are found exactly unless their forms are asked for, and the rules may change without harm.

use frostem::{Algorithm, Stemmer};

/// The language whose rules are used where a text's language is unknown, or none that has rules.
pub const USUAL: &str = "en";

/// The languages with rules, by their codes.
const RULES: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

/// The language whose rules are used for the words of a text in a language, both by their codes.
pub fn rules_for(language: &str) -> &'static str {
    RULES.iter().find(|(code, _)| *code == language).map_or(USUAL, |(code, _)| code)
}

/// The words that have one stem in a language.
pub struct Forms {
    stemmer: Stemmer,
    stem: String,
}

impl Forms {
    /// The forms of a folded word, by the rules of the language with this code.
    ///
    /// ```
    /// use onrecord::text::stems::Forms;
    /// let forms = Forms::of("strikes", "en");
    /// assert!(forms.has("striking") && forms.has("strike") && !forms.has("stroke"));
    /// assert!(Forms::of("ministre", "fr").has("ministres"));
    /// ```
    pub fn of(word: &str, language: &str) -> Self {
        let rules = RULES.iter().find(|(code, _)| *code == language);
        let stemmer = Stemmer::new(rules.map_or(Algorithm::English, |(_, rules)| *rules));
        let stem = stemmer.stem(word).into_owned();
        Self { stemmer, stem }
    }

    /// Whether a folded word is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.stemmer.stem(word) == self.stem
    }
}

/// What every form of a folded word begins with.
///
/// English rules change the last letter of a stem at most, but in four words of three letters (dying,
/// lying, tying, vying): so say 96,774 words of newswire. Those of other languages leave the first
/// letter, but where they take letters off the front.
pub fn beginning(word: &str, language: &str) -> String {
    const SHORT: usize = 3;
    match language {
        "ar" | "nl" | "hu" => String::new(),
        USUAL => {
            let stem = Forms::of(word, language).stem;
            let letters = stem.chars().count();
            stem.chars().take(if letters > SHORT { letters - 1 } else { 1 }).collect()
        }
        _ => word.chars().take(1).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::folding::fold;
    use proptest::prelude::*;

    #[test]
    fn forms_are_those_of_the_language() {
        let are_one = |a: &str, b: &str, language| Forms::of(&fold(a), language).has(&fold(b));
        assert!(are_one("ceasefires", "ceasefire", "en"));
        assert!(are_one("Minister", "Ministern", "de"));
        assert!(!are_one("Minister", "Ministern", "en"));
        assert!(are_one("declaró", "declarar", "es"));
        assert_eq!((rules_for("fr"), rules_for("zh"), rules_for("")), ("fr", "en", "en"));
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem_and_is_a_form_of_itself(
            word in "[a-z]{1,14}|[а-я]{1,12}|[\u{620}-\u{64a}]{1,9}|\\PC{0,9}",
            rules in 0..RULES.len(),
        ) {
            let (language, _) = RULES[rules];
            let word = fold(&word);
            prop_assert!(Forms::of(&word, language).has(&word));
        }

        #[test]
        fn forms_begin_alike(
            word in "[a-z]{1,6}|[a-zа-я]{1,3}",
            ends in prop::array::uniform2("(s|es|ed|ing|en|er|e|y|ies|ied|ing|a|o|i|os|as|ment|ne|ge)?"),
            rules in 0..RULES.len(),
        ) {
            let (language, _) = RULES[rules];
            let [one, other] = ends.map(|end| format!("{word}{end}"));
            if Forms::of(&one, language).has(&other) {
                prop_assert!(other.starts_with(&beginning(&one, language)));
            }
        }
    }
}
