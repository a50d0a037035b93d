//! What a story means: who said what, and which days it speaks of.

use serde::{Deserialize, Serialize};

use super::{Period, Span, Story};

/// A story and what was found in its body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The story.
    pub story: Story,
    /// What was found; all spans are of `story.body`.
    pub annotations: Annotations,
}

/// What was found in a text; all spans are bytes of that text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Annotations {
    /// Lines that are not the reporter's prose (headline, dateline, byline, furniture), in order;
    /// nothing is looked for there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asides: Vec<Span>,
    /// Who is named, in order of first mention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// What was said, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// Dates spoken of, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateMention>,
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// In quotation marks, reported, or both.
    pub kind: StatementKind,
    /// All of the content: for a direct statement the words between the marks.
    pub span: Span,
    /// The quoted passages in it, between their marks; empty for an indirect statement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Span>,
    /// The words that attribute it ("told reporters").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// Who said it, where the text tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Speaker>,
    /// The rule that made it, for `annotate --explain`; kept nowhere.
    #[serde(skip)]
    pub rule: &'static str,
}

/// How words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatementKind {
    /// In quotation marks.
    Direct,
    /// Reported without marks.
    Indirect,
    /// Reported, with quoted passages inside.
    Mixed,
}

impl StatementKind {
    /// Its name in the query language and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// Who said a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker there ("Mr Peskov").
    pub span: Span,
    /// The fullest name the story gives; none for "a White House official".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the story calls them ("Kremlin spokesman").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// Somebody named in a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The fullest name the story gives.
    pub name: String,
    /// Every other form the story uses, in order of first use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What the story calls them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Every place that names them.
    pub mentions: Vec<Span>,
}

/// A date that a story speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// The words.
    pub span: Span,
    /// The days they mean.
    pub value: Period,
    /// The short, stable name of the rule that found them; not written with the story.
    #[serde(skip)]
    pub rule: &'static str,
}
