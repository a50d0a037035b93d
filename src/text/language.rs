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
