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
    /// The same, in capitals only.
    Capitals,
    /// The name before `:`, `=` or `(`.
    Field,
    /// A bare word that has this sign in it.
    Sign,
    /// Directly behind a phrase.
    BehindPhrase,
}

const BOTH: &str =
    "`a near5 b` finds them within five words of each other, `a w/s b` in one sentence";

/// The operators that are understood and not yet answered.
pub(super) const PENDING: &[Pending] = &[
    Pending {
        form: "a NEAR b",
        doc: "near each other",
        instead: BOTH,
        seen: Seen::Capitals,
        shapes: &["near", "onear", "adj"],
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
        form: "singular(x), plural(x)",
        doc: "one or several",
        instead: "the word alone finds it as it is written",
        seen: Seen::Field,
        shapes: &["singular", "plural"],
    },
    Pending {
        form: "sent(a b)",
        doc: "in the same sentence",
        instead: BOTH,
        seen: Seen::Field,
        shapes: &["sent", "para"],
    },
];

/// Finds the pending operator that a text is, among those seen in one way.
///
/// Gives the bytes of the text that are the operator.
pub(super) fn find(seen: Seen, text: &str) -> Option<(&'static Pending, usize, usize)> {
    PENDING.iter().filter(|pending| pending.seen == seen).find_map(|pending| {
        let (start, end) = pending.shapes.iter().find_map(|shape| place(seen, shape, text))?;
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
        Seen::Sign => text.find(shape).map(|at| (at, at + shape.len())),
        Seen::BehindPhrase => text.starts_with(shape).then_some((0, shape.len())),
        Seen::Capitals => {
            let capitals = text.bytes().all(|byte| byte.is_ascii_uppercase());
            (capitals && has_shape(shape, text)).then_some((0, text.len()))
        }
        _ => has_shape(shape, text).then_some((0, text.len())),
    }
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
}
