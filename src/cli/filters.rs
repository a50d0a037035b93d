//! Flags that narrow a query, for those who have not learnt its language yet.
//!
//! Each becomes a part of the query, written in the language itself: `--explain` shows it, and
//! whatever is wrong with it is said as it is of a query.

use clap::{Args, ValueEnum};

use crate::error::{Error, Kind, Result};

/// Flags of every command that answers with hits.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Narrowing (each is a part of the query, as --explain shows)")]
pub(super) struct FilterFlags {
    /// Published by [example: --source reuters]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Names a person [example: --person 'Ilsa Vane']
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Is said by, or has a statement by [example: --speaker vane]
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Published on that day or later: a day, a month or a year [example: --since 2025-03]
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Published on that day or earlier [example: --until 2025-03-18]
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
}

/// Flags of `search` alone.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Narrowing (each is a part of the query, as --explain shows)")]
pub(super) struct StoryFilterFlags {
    /// Has these words in the headline [example: --headline strike]
    #[arg(long, value_name = "WORDS")]
    headline: Option<String>,
    /// Has these words in the first two paragraphs [example: --lead ferry]
    #[arg(long, value_name = "WORDS")]
    lead: Option<String>,
    /// Has what the query asks for so many times [example: --mentions 3]
    #[arg(long, value_name = "N")]
    mentions: Option<u32>,
    /// Has the words of the query in one sentence, or in one paragraph
    #[arg(long, value_enum, value_name = "PART", conflicts_with = "within")]
    same: Option<Same>,
    /// Has the words of the query within so many words of each other [example: --within 5]
    #[arg(long, value_name = "N")]
    within: Option<u32>,
}

/// Flags of `said` alone.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Narrowing (each is a part of the query, as --explain shows)")]
pub(super) struct StatementFilterFlags {
    /// Said in quotation marks, reported without, or both [example: --kind direct]
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<How>,
    /// Said by somebody whom the story calls so [example: --role 'foreign minister']
    #[arg(long, value_name = "WORDS")]
    role: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Same {
    Sentence,
    Paragraph,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum How {
    Direct,
    Indirect,
    Mixed,
}

impl FilterFlags {
    fn parts(&self) -> Vec<String> {
        let phrases =
            [("source", &self.source), ("person", &self.person), ("speaker", &self.speaker)];
        let phrases =
            phrases.into_iter().filter_map(|(field, value)| phrase(field, value.as_ref()));
        let days = [("since", &self.since), ("until", &self.until)];
        let days =
            days.into_iter().filter_map(|(name, day)| Some(format!("{name}:{}", day.as_ref()?)));
        phrases.chain(days).collect()
    }
}

impl StoryFilterFlags {
    /// The query's words with what these flags ask of them, and the other parts.
    fn apply(&self, words: &str) -> (String, Vec<String>) {
        let mut words = words.to_owned();
        let join = match (self.same, self.within) {
            (Some(Same::Sentence), _) => Some(" w/s ".to_owned()),
            (Some(Same::Paragraph), _) => Some(" w/p ".to_owned()),
            (_, Some(most)) => Some(format!(" near{most} ")),
            _ => None,
        };
        if let Some(join) = join {
            words = pieces(&words).join(&join);
        }
        if let Some(least) = self.mentions {
            words = format!("atleast{least}({words})");
        }
        let parts = [("title", &self.headline), ("lead", &self.lead)];
        let parts = parts
            .into_iter()
            .filter_map(|(field, value)| value.as_ref().map(|value| format!("{field}:({value})")));
        (words, parts.collect())
    }
}

impl StatementFilterFlags {
    fn parts(&self) -> Vec<String> {
        let kind = self.kind.map(|kind| match kind {
            How::Direct => "kind:direct",
            How::Indirect => "kind:indirect",
            How::Mixed => "kind:mixed",
        });
        kind.map(str::to_owned).into_iter().chain(phrase("role", self.role.as_ref())).collect()
    }
}

/// The query for stories that words and flags ask for.
///
/// # Errors
/// Where they ask for nothing.
pub(super) fn of_stories(
    words: Option<&str>,
    filters: &FilterFlags,
    own: &StoryFilterFlags,
) -> Result<String> {
    if own.mentions.is_some() && words.is_none() {
        return Err(Error::new(Kind::Usage, "--mentions counts what a query asks for")
            .hint("give the words, as in: onrecord search ceasefire --mentions 3"));
    }
    let (words, more) = own.apply(words.unwrap_or_default());
    joined(&words, more.into_iter().chain(filters.parts()).collect())
}

/// The query for statements that words and flags ask for.
///
/// # Errors
/// Where they ask for nothing.
pub(super) fn of_statements(
    words: Option<&str>,
    filters: &FilterFlags,
    own: &StatementFilterFlags,
) -> Result<String> {
    joined(words.unwrap_or_default(), own.parts().into_iter().chain(filters.parts()).collect())
}

/// Joins words and parts by AND, since a bare space is something else in some dialects; words that
/// could take the parts for their own stand in brackets.
fn joined(words: &str, parts: Vec<String>) -> Result<String> {
    let words = words.trim();
    match (words.is_empty(), parts.is_empty()) {
        (true, true) => Err(Error::new(Kind::Usage, "there is nothing to look for")
            .hint("give a query, or a flag such as --person; `*` asks for everything")),
        (true, false) => Ok(parts.join(" AND ")),
        (false, true) => Ok(words.to_owned()),
        (false, false) if pieces(words).len() == 1 => {
            Ok(format!("{words} AND {}", parts.join(" AND ")))
        }
        (false, false) => Ok(format!("({words}) AND {}", parts.join(" AND "))),
    }
}

/// A field's phrase.
fn phrase(field: &str, value: Option<&String>) -> Option<String> {
    let value = value?.replace('"', " ");
    Some(format!("{field}:\"{}\"", value.trim()))
}

/// The words of a query, a phrase in quotation marks being one.
fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted) = (None, false);
    for (at, letter) in words.char_indices() {
        quoted ^= letter == '"';
        match (start, letter.is_whitespace() && !quoted) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                pieces.push(&words[from..at]);
                start = None;
            }
            _ => {}
        }
    }
    pieces.extend(start.map(|from| &words[from..]));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_become_parts_of_the_query() {
        let filters = FilterFlags {
            source: Some("reuters".into()),
            since: Some("2025-03".into()),
            ..FilterFlags::default()
        };
        let plain = StoryFilterFlags::default();
        let query = |words, own: &StoryFilterFlags| of_stories(words, &filters, own).unwrap();
        assert_eq!(query(Some("port"), &plain), "port AND source:\"reuters\" AND since:2025-03");
        assert_eq!(
            query(Some("a or b"), &plain),
            "(a or b) AND source:\"reuters\" AND since:2025-03"
        );
        assert_eq!(query(None, &plain), "source:\"reuters\" AND since:2025-03");
        assert!(of_stories(None, &FilterFlags::default(), &plain).is_err());
        assert!(of_stories(Some(" "), &FilterFlags::default(), &plain).is_err());
    }

    #[test]
    fn words_are_joined_by_what_is_asked_of_them() {
        let none = FilterFlags::default();
        let near = StoryFilterFlags { within: Some(5), ..StoryFilterFlags::default() };
        let query = |words, own: &StoryFilterFlags| of_stories(Some(words), &none, own).unwrap();
        assert_eq!(
            query("port \"calm sea\" strike", &near),
            "port near5 \"calm sea\" near5 strike"
        );
        let same = StoryFilterFlags {
            same: Some(Same::Sentence),
            mentions: Some(2),
            headline: Some("a b".into()),
            ..StoryFilterFlags::default()
        };
        assert_eq!(query("port strike", &same), "(atleast2(port w/s strike)) AND title:(a b)");
    }
}
