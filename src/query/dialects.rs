//! The dialects of the language: the few signs that newsrooms' systems read in different ways.
//!
//! All else is read alike whatever the dialect, so that what works by habit works.

/// Whose habits a query is read by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// onrecord's own: a bare space is AND, `w/5` is in either order, `*` is any letters. Google's is
    /// the same.
    #[default]
    Newsroom,
    /// A bare space makes a phrase, and `w/5` is in order.
    Factiva,
    /// A bare space makes a phrase, and `*` is one letter; `!` is any ending.
    Nexis,
    /// A bare space is OR; `+a` must be there.
    Lucene,
}

impl Dialect {
    /// Whether words side by side are a phrase.
    pub(super) fn joins_words(self) -> bool {
        matches!(self, Self::Factiva | Self::Nexis)
    }

    /// Whether `w/5` asks for the order too.
    pub(super) fn orders(self, operator: &str) -> bool {
        let family = operator.get(..2).is_some_and(|front| front.eq_ignore_ascii_case("w/"));
        self == Self::Factiva && family && operator[2..].bytes().all(|byte| byte.is_ascii_digit())
    }

    /// A word with the signs for missing letters as onrecord writes them.
    pub(super) fn pattern(self, word: &str) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Nexis if word.contains('*') => word.replace('*', "?").into(),
            _ => word.into(),
        }
    }
}
