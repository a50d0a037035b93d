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
    /// A bare space makes a phrase, `w/5` is in order, square brackets group, and `$3` is up to three
    /// letters.
    Factiva,
    /// A bare space makes a phrase, `*` is one letter and `!` any ending; OR binds before all others,
    /// and of two distances the smaller one.
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

    /// Whether square brackets group as round ones do.
    pub(super) fn groups_by_squares(self) -> bool {
        self == Self::Factiva
    }

    /// Whether OR binds more tightly than all other operators, and smaller distances before larger.
    pub(super) fn prefers_or(self) -> bool {
        self == Self::Nexis
    }

    /// How far into `not/5` the `not` goes, where a word is one.
    pub(super) fn not_before_distance(self, word: &str) -> Option<usize> {
        let front = word.get(..4).filter(|_| self == Self::Nexis)?;
        front.eq_ignore_ascii_case("not/").then_some(3)
    }

    /// An operator of distance without its number as it is meant: `adj` is `adj1`.
    pub(super) fn with_number(self, word: &str) -> &str {
        let is = |name: &str| self == Self::Factiva && word.eq_ignore_ascii_case(name);
        match word {
            _ if is("adj") => "adj1",
            _ if is("near") => "near1",
            _ if is("w/") => "w/1",
            _ => word,
        }
    }

    /// How many letters may follow a word that ends so: `telephon$3`.
    pub(super) fn more_letters(self, word: &str) -> Option<(&str, u32)> {
        let (word, number) = word.rsplit_once('$').filter(|_| self == Self::Factiva)?;
        Some((word, number.parse().ok()?)).filter(|(word, _)| !word.is_empty())
    }

    /// A word with the signs for missing letters as onrecord writes them.
    pub(super) fn pattern(self, word: &str) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Nexis if word.contains('*') => word.replace('*', "?").into(),
            // Lucene's two letters of difference.
            Self::Lucene if word.ends_with('~') => format!("{word}2").into(),
            _ => word.into(),
        }
    }
}
