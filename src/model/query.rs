//! A question, in the few forms that every backend understands.

use jiff::civil::Date;

use super::StoryKey;

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
    /// Words side by side in a field, in this order; an empty one is any word.
    Phrase(Field, Vec<String>),
    /// The words of a phrase with others between or in another order, moved by so many places in all.
    Loose(Field, Vec<String>, u32),
    /// A word that is like a pattern in a field.
    Like(Field, Pattern),
    /// A place in the body that names somebody; the field is that of what stands near it.
    Named(Field, Who),
    /// Two things near each other in one field.
    Near(Box<Near>),
    /// Something so many times in a story.
    AtLeast(u32, Box<Node>),
    /// One of these whole values: of the fullest names that a story gives its people or speakers, or
    /// of sources. Nobody types it: a name asked for becomes it where an archive spells it otherwise.
    Whole(Field, Vec<String>),
    /// Something at the front of its field.
    Front(Front, Box<Node>),
    /// A word, a phrase or a word like a pattern, in capitals or not.
    Cased(Capitals, Box<Node>),
    /// This very story. Nobody types it.
    Story(StoryKey),
    /// One statement in the story to which all of this belongs.
    Said(Box<Node>),
    /// Days or numbers between two bounds.
    Range(Field, Bound, Bound),
    /// All of these.
    And(Vec<Node>),
    /// Any of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

impl Node {
    /// The field in which all of a part of the query stands: of several, that of the first.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Term(field, _)
            | Self::Phrase(field, _)
            | Self::Loose(field, ..)
            | Self::Like(field, _)
            | Self::Named(field, _)
            | Self::Whole(field, _)
            | Self::Range(field, ..) => Some(*field),
            Self::Near(near) => near.left.field(),
            Self::And(parts) | Self::Or(parts) => parts.first().and_then(Self::field),
            Self::Not(inner)
            | Self::AtLeast(_, inner)
            | Self::Front(_, inner)
            | Self::Cased(_, inner) => inner.field(),
            Self::All | Self::Story(_) | Self::Said(_) => None,
        }
    }

    /// The same tree with what `change` makes of each leaf.
    #[must_use]
    pub fn with_leaves(self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        let mut all = |parts: Vec<Self>| -> Vec<Self> {
            parts.into_iter().map(|part| part.with_leaves(change)).collect()
        };
        match self {
            Self::And(parts) => Self::And(all(parts)),
            Self::Or(parts) => Self::Or(all(parts)),
            Self::Not(inner) => Self::Not(Box::new(inner.with_leaves(change))),
            Self::Said(inner) => Self::Said(Box::new(inner.with_leaves(change))),
            Self::AtLeast(least, inner) => {
                Self::AtLeast(least, Box::new(inner.with_leaves(change)))
            }
            Self::Front(front, inner) => Self::Front(front, Box::new(inner.with_leaves(change))),
            Self::Cased(how, inner) => Self::Cased(how, Box::new(inner.with_leaves(change))),
            Self::Near(near) => Self::Near(Box::new(Near {
                left: near.left.with_leaves(change),
                right: near.right.with_leaves(change),
                ..*near
            })),
            leaf => change(leaf),
        }
    }

    /// What `look` finds in the first leaf in which it finds anything.
    pub fn find_leaf<T>(&self, look: &dyn Fn(&Self) -> Option<T>) -> Option<T> {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                parts.iter().find_map(|part| part.find_leaf(look))
            }
            Self::Not(inner)
            | Self::Said(inner)
            | Self::AtLeast(_, inner)
            | Self::Front(_, inner)
            | Self::Cased(_, inner) => inner.find_leaf(look),
            Self::Near(near) => near.left.find_leaf(look).or_else(|| near.right.find_leaf(look)),
            leaf => look(leaf),
        }
    }
}

/// How the letters of a match are written; what are no letters say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capitals {
    /// One letter at least is a capital.
    Some,
    /// No letter is a small one, and one at least is a capital.
    All,
    /// No letter is a capital.
    None,
}

/// Who is named, by the fullest name that a story gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody whose name holds these folded words side by side.
    Words(Vec<String>),
    /// Somebody of one of these names, folded, a blank between two words.
    Names(Vec<String>),
}

/// What a word is like.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// `*` stands for any letters, `?` for one.
    Glob(String),
    /// The word, with so many letters left out, added or changed.
    Spelt(String, u8),
    /// A regular expression for the whole folded word.
    Regular(String),
    /// The word in all its forms, by the rules of a language with this code; empty where each story's
    /// own is meant.
    Forms(String, &'static str),
}

/// Two things near each other: words, phrases, patterns, any of several of these, or again two
/// things near each other, all in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// What stands on the left in the query.
    pub left: Node,
    /// What stands on the right in the query.
    pub right: Node,
    /// How near.
    pub within: Within,
    /// Whether the left must stand before the right in the text.
    pub ordered: bool,
    /// Whether this asks for the left where the right is not near.
    pub without: bool,
}

/// How near two things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// The nearest words of the two are at most so many words apart; neighbours are one apart.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
    /// In one field: both in the headline, or both in the body.
    Field,
}

/// The front of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Front {
    /// Its first so many words.
    Words(u32),
    /// Its first so many paragraphs.
    Paragraphs(u32),
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
    /// What the story is among those of its event, and its version as the agency writes it.
    Version,
    /// The agency's own identifier.
    Id,
    /// The file's path.
    Path,
    /// Who says something, by any name the story gives them, or by their role.
    Speaker,
    /// Who is named, by any name the story gives them.
    Person,
    /// What the story calls whoever says something.
    Role,
    /// How something is said: direct, indirect or mixed.
    Kind,
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
