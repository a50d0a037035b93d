//! Operators that are understood and not yet answered.
//!
//! Each is an error that names it and the nearest form that is answered: a reader used to Factiva
//! or Nexis must never have `near5` searched as a word. An operator that learns to answer loses
//! its line here.

/// An operator that is understood and not yet answered.
pub(super) struct Pending {
    /// How it is typed.
    pub(super) form: &'static str,
    /// What it will do.
    pub(super) doc: &'static str,
    /// The nearest form that is answered.
    pub(super) instead: &'static str,
    /// Where it is seen.
    seen: Seen,
    /// How it looks, in lower case; `#` stands for digits.
    shapes: &'static [&'static str],
}

/// Where a pending operator is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// A bare word of this shape, anywhere.
    Word,
    /// A bare word of this shape, between two operands: it is an English word elsewhere.
    Between,
    /// The same, in capitals only.
    Capitals,
    /// The name before `:`, `=` or `(`.
    Field,
    /// A bare word that has this sign in it.
    Sign,
    /// A bare word that ends so.
    Ending,
    /// Between slashes.
    Pattern,
    /// Inside a phrase.
    InPhrase,
    /// Directly behind a phrase.
    BehindPhrase,
}

const BOTH: &str = "`a AND b` finds both in one story, `\"a b\"` side by side";

/// The operators that are understood and not yet answered.
pub(super) const PENDING: &[Pending] = &[
    Pending {
        form: "a near5 b, a NEAR/5 b, a w/5 b, a /5 b",
        doc: "within so many words, in either order",
        instead: BOTH,
        seen: Seen::Word,
        shapes: &["near#", "near/#", "n/#", "w/#", "/#", "/n#/", "within/#"],
    },
    Pending {
        form: "a NEAR b",
        doc: "near each other",
        instead: BOTH,
        seen: Seen::Capitals,
        shapes: &["near", "onear", "adj"],
    },
    Pending {
        form: "a AROUND(5) b",
        doc: "within so many words, in either order",
        instead: BOTH,
        seen: Seen::Field,
        shapes: &["around"],
    },
    Pending {
        form: "a pre/3 b, a adj3 b, a +3 b",
        doc: "within so many words, in this order",
        instead: BOTH,
        seen: Seen::Word,
        shapes: &["pre/#", "adj#", "adj/#", "+#", "onear#", "onear/#"],
    },
    Pending {
        form: "a w/s b, a /s b",
        doc: "in the same sentence",
        instead: BOTH,
        seen: Seen::Word,
        shapes: &["w/s", "/s", "+s", "w/sent", "w/seg"],
    },
    Pending {
        form: "a w/p b, a /p b",
        doc: "in the same paragraph",
        instead: BOTH,
        seen: Seen::Word,
        shapes: &["w/p", "/p", "+p", "w/para"],
    },
    Pending {
        form: "a same b",
        doc: "in the same paragraph",
        instead: "`a AND b` finds both in one story; for the word itself write `\"same\"`",
        seen: Seen::Between,
        shapes: &["same"],
    },
    Pending {
        form: "\"a b\"~5",
        doc: "the words of a phrase with others between",
        instead: "`\"a b\"` finds them side by side, `a AND b` anywhere in one story",
        seen: Seen::BehindPhrase,
        shapes: &["~"],
    },
    Pending {
        form: "\"a * b\"",
        doc: "any word inside a phrase",
        instead: "`\"a\" AND \"b\"` finds both parts in one story",
        seen: Seen::InPhrase,
        shapes: &["*"],
    },
    Pending {
        form: "atleast3 a, atleast3(a OR b)",
        doc: "at least so many times in one story",
        instead: "`a` finds it once or more",
        seen: Seen::Word,
        shapes: &["atleast#", "atl#"],
    },
    Pending {
        form: "atleast3(a OR b)",
        doc: "at least so many times in one story",
        instead: "`(a OR b)` finds it once or more",
        seen: Seen::Field,
        shapes: &["atleast#", "atl#", "atleast"],
    },
    Pending {
        form: "normali*, organi?ation",
        doc: "any letters inside a word",
        instead: "write the forms out: `(normal OR normalise)`; in quotes the sign is left out",
        seen: Seen::Sign,
        shapes: &["*", "?"],
    },
    Pending {
        form: "crimea!",
        doc: "any ending of a word",
        instead: "write the forms out: `(crimea OR crimean)`; in quotes the sign is left out",
        seen: Seen::Ending,
        shapes: &["!"],
    },
    Pending {
        form: "zelensky~1",
        doc: "words spelt almost so",
        instead: "write the spellings out: `(zelensky OR zelenskiy)`",
        seen: Seen::Sign,
        shapes: &["~"],
    },
    Pending {
        form: "a^2",
        doc: "a word that counts for more",
        instead: "leave the `^` and its number out",
        seen: Seen::Sign,
        shapes: &["^"],
    },
    Pending {
        form: "\"a b\"^2",
        doc: "a phrase that counts for more",
        instead: "leave the `^` and its number out",
        seen: Seen::BehindPhrase,
        shapes: &["^"],
    },
    Pending {
        form: "toyota/F50/",
        doc: "among the first so many words",
        instead: "`title:toyota` looks in the headline",
        seen: Seen::Ending,
        shapes: &["/f#/"],
    },
    Pending {
        form: "first50(a)",
        doc: "among the first so many words",
        instead: "`title:a` looks in the headline",
        seen: Seen::Field,
        shapes: &["first#", "f#"],
    },
    Pending {
        form: "/re[gx]/",
        doc: "words by a regular expression",
        instead: "write the words out: `(a OR b)`; words with slashes stand in quotes",
        seen: Seen::Pattern,
        shapes: &[],
    },
    Pending {
        form: "caps(NATO), allcaps(), nocaps()",
        doc: "words in capitals, or not",
        instead: "the word alone finds it in any case",
        seen: Seen::Field,
        shapes: &["caps", "allcaps", "nocaps", "singular", "plural"],
    },
    Pending {
        form: "lead:a, lp=a, lead(a)",
        doc: "in the opening paragraphs",
        instead: "`body:a` looks in the whole body",
        seen: Seen::Field,
        shapes: &["lead", "lede", "lp"],
    },
    Pending {
        form: "hlp=a, hlead(a)",
        doc: "in the headline and the opening paragraphs",
        instead: "`title:a` looks in the headline, `a` in headline and body",
        seen: Seen::Field,
        shapes: &["hlp", "hlead"],
    },
    Pending {
        form: "said(a, \"b c\")",
        doc: "a speaker and words within one statement",
        instead: "`onrecord said 'speaker:a \"b c\"'` asks for the statements themselves",
        seen: Seen::Field,
        shapes: &["said"],
    },
    Pending {
        form: "sent(a b)",
        doc: "in the same sentence",
        instead: BOTH,
        seen: Seen::Field,
        shapes: &["sent", "para"],
    },
];

/// A distance turned round: what `not` before one of the operators of distance means.
pub(super) const NOT_NEAR: Pending = Pending {
    form: "a not w/5 b",
    doc: "the one without the other near it",
    instead: "`a AND NOT b` leaves out every story with the other",
    seen: Seen::Word,
    shapes: &[],
};

impl Pending {
    /// Whether `not` may stand before it.
    pub(super) fn is_distance(&self) -> bool {
        self.instead == BOTH
    }
}

/// Finds the pending operator that a text is, among those seen in one way.
///
/// Gives the bytes of the text that are the operator.
pub(super) fn find(seen: Seen, text: &str) -> Option<(&'static Pending, usize, usize)> {
    PENDING.iter().filter(|pending| pending.seen == seen).find_map(|pending| {
        let (start, end) = match seen {
            Seen::Pattern => Some((0, text.len())),
            _ => pending.shapes.iter().find_map(|shape| place(seen, shape, text)),
        }?;
        Some((pending, start, end))
    })
}

/// The names of pending operators that are written as fields are.
pub(super) fn field_names() -> impl Iterator<Item = &'static str> {
    let fields = PENDING.iter().filter(|pending| pending.seen == Seen::Field);
    fields.flat_map(|pending| pending.shapes.iter().copied()).filter(|name| !name.contains('#'))
}

/// Where a shape stands in a text.
fn place(seen: Seen, shape: &str, text: &str) -> Option<(usize, usize)> {
    match seen {
        Seen::Sign | Seen::InPhrase => text.find(shape).map(|at| (at, at + shape.len())),
        Seen::BehindPhrase => text.starts_with(shape).then_some((0, shape.len())),
        Seen::Ending => ending(shape, text).map(|at| (at, text.len())),
        Seen::Capitals => {
            let capitals = text.bytes().all(|byte| byte.is_ascii_uppercase());
            (capitals && has_shape(shape, text)).then_some((0, text.len()))
        }
        _ => has_shape(shape, text).then_some((0, text.len())),
    }
}

/// Where an ending starts, if something stands before it.
fn ending(shape: &str, text: &str) -> Option<usize> {
    let sign = shape.get(..1)?;
    let whole = text.strip_suffix(shape.get(shape.len() - 1..)?)?;
    if shape.len() == 1 {
        return (!whole.is_empty()).then_some(whole.len());
    }
    let at = whole.rfind(sign)?;
    has_shape(shape, &text[at..]).then_some(at)
}

/// Whether a text has a shape: the same letters in any case, `#` for digits.
fn has_shape(shape: &str, text: &str) -> bool {
    let mut rest = text.as_bytes();
    for expected in shape.bytes() {
        let taken = match expected {
            b'#' => rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
            letter => usize::from(rest.first().is_some_and(|b| b.to_ascii_lowercase() == letter)),
        };
        if taken == 0 {
            return false;
        }
        rest = &rest[taken..];
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_where_the_shape_has_them() {
        assert!(has_shape("near#", "NEAR12"));
        assert!(!has_shape("near#", "near"));
        assert!(!has_shape("near#", "near5x"));
        assert!(has_shape("/n#/", "/N5/"));
    }

    #[test]
    fn an_ending_needs_something_before_it_only_where_it_is_one_sign() {
        assert_eq!(ending("!", "crimea!"), Some(6));
        assert_eq!(ending("!", "!"), None);
        assert_eq!(ending("/f#/", "toyota/F50/"), Some(6));
        assert_eq!(ending("/f#/", "/F50/"), Some(0));
        assert_eq!(ending("/f#/", "a/b/"), None);
    }
}
