//! What a misspelt name was meant to be.

use super::fields::{DAY_WORDS, FIELDS};

/// How alike two names must be, from 0 to 1.
const ALIKE: f64 = 0.8;

/// The name of a field that is nearest to one that is none.
pub(super) fn field(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let names = FIELDS.iter().flat_map(|field| field.aliases.iter().chain([&field.name]));
    let names = names.copied().chain(DAY_WORDS.iter().map(|(word, _)| *word));
    let ranked = names.map(|known| (strsim::jaro_winkler(&lower, known), known));
    let best = ranked.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 >= ALIKE).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert_eq!(field("speeker"), Some("speaker"));
        assert_eq!(field("Publised"), Some("published"));
        assert_eq!(field("colour"), None);
    }
}
