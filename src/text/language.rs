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
    Some(if is_plainly_english(start) { "en" } else { code(detect_language(start)) })
}

/// In how many bytes the words are counted that are English and nothing else.
const GLANCED_AT: usize = 700;
/// So many of them make a text English; a quotation in another language's story has fewer.
const PLAINLY: usize = 7;

/// Whether a glance is enough: the detector looks at every letter, and most stories are English.
fn is_plainly_english(text: &str) -> bool {
    let front = &text.as_bytes()[..text.len().min(GLANCED_AT)];
    let words = front.split(|byte| !byte.is_ascii_alphabetic());
    words.filter(|word| is_english(word)).take(PLAINLY).count() == PLAINLY
}

/// Whether a word comes often in English and, so spelt, in no other of the languages told.
fn is_english(word: &[u8]) -> bool {
    matches!(word, b"the" | b"The" | b"and" | b"that" | b"with" | b"from" | b"said" | b"their")
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

    #[test]
    fn a_quotation_in_english_makes_no_story_english() {
        let quoted = "\"The harbour and the pier that the storm took away,\" sagte der Minister am \
            Montag vor der Presse, \"we will build again.\" Der Hafen wurde nach Angaben der Stadt \
            am Wochenende geschlossen, und die Fischer warten auf Geld aus der Hauptstadt. Wann es \
            kommt, konnte auf Anfrage niemand sagen; die Opposition sprach von einem Versagen der \
            Behörden, das die Stadt noch lange beschäftigen werde.";
        assert_eq!(language(quoted), Some("de"));
    }

    #[test]
    fn a_glance_says_what_the_detector_says() {
        let story = "The harbour was closed on Monday and the ferries stayed in, officials said, \
            with the wind at its worst. The mayor said that their boats were safe from the storm.";
        assert!(is_plainly_english(story));
        assert_eq!(code(detect_language(story)), "en");
    }
}
