//! A question, in the few forms that every backend understands.

use jiff::civil::Date;

/// A query: what was typed and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The words as typed.
    pub typed: String,
    /// What they mean.
    pub root: Node,
    /// What the reader should know of how it was read ("AND binds before OR here: ...").
    pub notes: Vec<String>,
}

/// The core tree. Every operator of the language comes down to these.
///
/// Words are folded as [`crate::text::words`] folds them, so that they equal the index's.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Everything.
    All,
    /// One word in a field.
    Term(Field, String),
    /// Words side by side in a field, in this order.
    Phrase(Field, Vec<String>),
    /// Days or numbers between two bounds.
    Range(Field, Bound, Bound),
    /// All of these.
    And(Vec<Node>),
    /// Any of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// One end of a range, inclusive; an exclusive end is moved by one when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// No end on this side.
    Open,
    /// A day.
    Day(Date),
    /// A number.
    Number(u64),
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Headline and body; of a statement, its words.
    Text,
    /// The headline.
    Title,
    /// The body.
    Body,
    /// The publisher or the agency it credits.
    Source,
    /// The place of the dateline.
    Place,
    /// The slug.
    Slug,
    /// Who wrote it.
    Byline,
    /// The section or desk.
    Section,
    /// Keywords.
    Keyword,
    /// The language, a two-letter code.
    Language,
    /// The format, by its name in the register.
    Format,
    /// The agency's own identifier.
    Id,
    /// The file's path.
    Path,
    /// Who says something, by any name the story gives them, or by their role.
    Speaker,
    /// Who is named, by any name the story gives them.
    Person,
    /// The day of publication.
    Published,
    /// The days spoken of.
    Mentions,
    /// The length of the body in words.
    Length,
}

/// What a query is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Whole stories.
    Stories,
    /// The statements in them, each by itself.
    Statements,
}
