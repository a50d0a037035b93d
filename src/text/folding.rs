//! What of a word counts when it is sought: neither capitals nor accents, nor marks inside.
//!
//! A change of any rule here is a change of [`VERSION`](super::words::VERSION).

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letters::{letters, small_letters};

/// Folds one word: lower case, no accents, no marks inside.
///
/// Words that are already folded are borrowed.
///
/// ```
/// use onrecord::text::folding::fold;
/// assert_eq!(["Élan", "O'Neill", "2,500", "Øster"].map(|word| fold(word).into_owned()), ["elan", "oneill", "2500", "oster"]);
/// ```
pub fn fold(word: &str) -> Cow<'_, str> {
    if small_letters(word.as_bytes()) == word.len() {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    fold_onto(word, &mut folded);
    Cow::Owned(folded)
}

/// Folds one word, behind what `to` holds.
pub fn fold_onto(word: &str, to: &mut String) {
    if word.is_ascii() {
        return fold_ascii(word, to);
    }
    for letter in word.nfkd().filter(|&c| !is_combining_mark(c)) {
        for lower in letter.to_lowercase() {
            match latin(lower) {
                Some(spelt) => to.push_str(spelt),
                None if lower.is_alphanumeric() => to.push(lower),
                None => {}
            }
        }
    }
}

/// Whether a byte is folded as it stands.
pub fn is_folded(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn fold_ascii(word: &str, to: &mut String) {
    let bytes = word.as_bytes();
    if letters(bytes) == bytes.len() {
        let start = to.len();
        to.push_str(word);
        return to[start..].make_ascii_lowercase();
    }
    let is_number = bytes.iter().all(|byte| !byte.is_ascii_alphabetic());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || is_number && *byte == b'.' {
            to.push(char::from(byte.to_ascii_lowercase()));
        }
    }
}

/// Latin letters that Unicode does not take apart, as an English keyboard spells them.
fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "ng",
        'ŧ' => "t",
        _ => return None,
    })
}
