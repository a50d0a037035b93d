//! Which language a text is in.

use whichlang::{Lang, detect_language};

/// How many letters a text must have for a guess.
const LEAST_LETTERS: usize = 20;
/// How many bytes from the front are looked at.
const LOOKED_AT: usize = 1000;

/// Gives the language of a text as a two-letter ISO 639-1 code; none for a text too short to tell.
///
/// One of sixteen languages is always named for a long text; a text in any other is named wrongly.
pub fn language(text: &str) -> Option<&'static str> {
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let start = &text[..end];
    let letters = start.chars().filter(|letter| letter.is_alphabetic()).take(LEAST_LETTERS).count();
    if letters < LEAST_LETTERS {
        return None;
    }
    Some(code(detect_language(start)))
}

fn code(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

/// The English names of the languages that news is written in most, with their codes.
const NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("norwegian", "no"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
];

/// Gives the two-letter code of a language by its English name, in any case.
///
/// ```
/// assert_eq!(onrecord::text::language::code_of("English"), Some("en"));
/// ```
pub fn code_of(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_enough_and_a_word_is_not() {
        assert_eq!(language("The harbour was closed on Monday, officials said."), Some("en"));
        assert_eq!(language("Le port a été fermé lundi, ont déclaré les autorités."), Some("fr"));
        assert_eq!(
            language("Der Hafen wurde am Montag geschlossen, sagte ein Sprecher."),
            Some("de")
        );
        assert_eq!(language("Port 12"), None);
    }
}
