//! Character entities of SGML, XML and HTML: `&amp;`, `&#8217;`, `&mdash;`.

use std::borrow::Cow;

/// The names that news texts use, without ampersand and semicolon.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("bull", '•'),
    ("pound", '£'),
    ("euro", '€'),
    ("cent", '¢'),
    ("yen", '¥'),
    ("copy", '©'),
    ("reg", '®'),
    ("deg", '°'),
    ("frac12", '½'),
    ("shy", '\u{AD}'),
];

/// The longest entity, in bytes without the ampersand.
const LONGEST: usize = 12;

/// Puts the characters in the place of their entities; what names none stays as it is.
///
/// ```
/// use onrecord::text::entities::decode;
/// assert_eq!(decode("Orlo &amp; Vane&#8217;s &unknown;"), "Orlo & Vane’s &unknown;");
/// ```
pub fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((letter, length)) => {
                decoded.push(letter);
                rest = &rest[length..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character of the entity at the front of a text, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    let inner = &text[1..];
    let end = inner.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = inner.get(..end)?;
    let number = name.strip_prefix('#');
    let letter = match number {
        None => NAMES.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter)?,
        Some(digits) => {
            let hex = digits.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((letter, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_without_entities_is_left_alone(text in "[a-zé& ;#]{0,30}") {
            if !text.contains(';') {
                prop_assert_eq!(decode(&text), text.as_str());
            }
        }
    }
}
