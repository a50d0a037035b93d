//! The operators of distance as newsrooms type them, and what each asks for.

use crate::model::Within;

/// The most words that may lie between two things that are near: no further than this are two
/// values of one field.
pub(super) const FARTHEST: u32 = 1000;

/// An operator of distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Distance {
    /// How near.
    pub(super) within: Within,
    /// Whether the left stands before the right.
    pub(super) ordered: bool,
}

/// A family of operators of distance.
pub(super) struct Family {
    /// How it is typed.
    pub(super) forms: &'static str,
    /// What it finds, one line.
    pub(super) doc: &'static str,
    /// How its operators look, in lower case; `#` stands for the number of words.
    shapes: &'static [&'static str],
    unit: Unit,
    ordered: bool,
}

#[derive(Clone, Copy)]
enum Unit {
    Words,
    Sentence,
    Paragraph,
    Field,
}

/// Every family, in the order of help.
pub(super) const FAMILIES: &[Family] = &[
    Family {
        forms: "a near5 b, a NEAR/5 b, a w/5 b, a /5 b, a AROUND(5) b",
        doc: "at most 5 words apart, in either order; neighbours are 1 apart",
        shapes: &["near#", "near/#", "n/#", "w/#", "/#", "/n#/", "within/#", "around(#)"],
        unit: Unit::Words,
        ordered: false,
    },
    Family {
        forms: "a pre/3 b, a adj3 b, a +3 b",
        doc: "the same, in this order",
        shapes: &["pre/#", "adj#", "adj/#", "+#", "onear#", "onear/#"],
        unit: Unit::Words,
        ordered: true,
    },
    Family {
        forms: "a w/s b, a /s b",
        doc: "in one sentence",
        shapes: &["w/s", "/s", "w/sent"],
        unit: Unit::Sentence,
        ordered: false,
    },
    Family {
        forms: "a +s b",
        doc: "in one sentence, in this order",
        shapes: &["+s"],
        unit: Unit::Sentence,
        ordered: true,
    },
    Family {
        forms: "a w/p b, a /p b, a same b",
        doc: "in one paragraph",
        shapes: &["w/p", "/p", "w/para", "same"],
        unit: Unit::Paragraph,
        ordered: false,
    },
    Family {
        forms: "a +p b",
        doc: "in one paragraph, in this order",
        shapes: &["+p"],
        unit: Unit::Paragraph,
        ordered: true,
    },
    Family {
        forms: "a w/seg b, a /seg b",
        doc: "both in the headline, or both in the body",
        shapes: &["w/seg", "/seg", "near/seg"],
        unit: Unit::Field,
        ordered: false,
    },
];

/// Reads an operator of distance; a number that is too large is the largest there is.
pub(super) fn read(text: &str) -> Option<Distance> {
    let typed = text.to_ascii_lowercase();
    FAMILIES.iter().find_map(|family| {
        let number = family.shapes.iter().find_map(|shape| number_in(shape, &typed))?;
        let within = match family.unit {
            Unit::Words => Within::Words(number),
            Unit::Sentence => Within::Sentence,
            Unit::Paragraph => Within::Paragraph,
            Unit::Field => Within::Field,
        };
        Some(Distance { within, ordered: family.ordered })
    })
}

/// The bytes of an operator of distance that may stand between two words without blanks, where a text
/// begins with one: `/n30/`.
pub(super) fn glued(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("/n").or_else(|| text.strip_prefix("/N"))?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && inner[digits..].starts_with('/')).then_some(2 + digits + 1)
}

/// Whether a text can be nothing but an operator, wherever it stands: "w/5", but neither "+5" nor
/// "same" nor "/5".
pub(super) fn is_unmistakable(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.eq_ignore_ascii_case("same")
}

/// Reads the number behind a name: "atleast3" is 3 behind "atleast".
pub(super) fn number_behind(name: &str, text: &str) -> Option<u32> {
    let front = text.get(..name.len())?;
    front.eq_ignore_ascii_case(name).then(|| digits(&text[name.len()..]))?
}

/// The number that stands where a shape has its `#`; 0 for a shape without.
fn number_in(shape: &str, text: &str) -> Option<u32> {
    let Some((front, back)) = shape.split_once('#') else { return (shape == text).then_some(0) };
    digits(text.strip_prefix(front)?.strip_suffix(back)?)
}

fn digits(text: &str) -> Option<u32> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read() {
        let words = |count, ordered| Some(Distance { within: Within::Words(count), ordered });
        for (text, read_as) in [
            ("near5", words(5, false)),
            ("NEAR/10", words(10, false)),
            ("w/3", words(3, false)),
            ("/n4/", words(4, false)),
            ("pre/2", words(2, true)),
            ("+1", words(1, true)),
            ("w/99999999999", words(u32::MAX, false)),
            ("near", None),
            ("near5x", None),
            ("w/", None),
            ("nearly", None),
        ] {
            assert_eq!(read(text), read_as, "{text}");
        }
        assert_eq!(read("W/S"), Some(Distance { within: Within::Sentence, ordered: false }));
        assert_eq!(read("same").map(|read| read.within), Some(Within::Paragraph));
        assert_eq!(number_behind("atleast", "AtLeast3"), Some(3));
    }
}
