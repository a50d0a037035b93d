//! What may have been meant by a name that no field has.

use strsim::damerau_levenshtein;

use super::FIELDS;
use super::day_fields::DAY_NAMES;

/// Longer names than this are no slip of the keyboard.
const LONGEST: usize = 24;

/// Finds the nearest name of a field, where one is near enough.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    if name.len() > LONGEST {
        return None;
    }
    let typed = name.to_ascii_lowercase();
    let slips = match typed.len() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let near = |known: &'static str| Some((damerau_levenshtein(&typed, known), known));
    let (distance, known) = known_names().filter_map(near).min_by_key(|(distance, _)| *distance)?;
    (distance <= slips).then_some(known)
}

/// Every name that may stand before a colon, those of help first. Names of two letters are left
/// out: almost anything is near them.
fn known_names() -> impl Iterator<Item = &'static str> {
    let names = FIELDS.iter().map(|field| field.name);
    let aliases = FIELDS.iter().flat_map(|field| field.aliases.iter().copied());
    let days = DAY_NAMES.iter().map(|day| day.name);
    names.chain(aliases).chain(days).chain(super::pending::field_names()).filter(|n| n.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_field_and_a_word_does_not() {
        assert_eq!(nearest("soruce"), Some("source"));
        assert_eq!(nearest("Headlien"), Some("headline"));
        assert_eq!(nearest("colour"), None);
        assert_eq!(nearest("xx"), None);
    }
}
