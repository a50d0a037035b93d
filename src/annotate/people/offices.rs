//! What a story calls its people: titles and offices before and behind their names.
//!
//! Comes in: mentions joined to a cast. Goes out: each member's role, and the words of office by
//! which the story may mean them later ("the spokesman").

use super::cast::{Cast, Key, Kind, key};
use super::mentions::Mention;
use crate::model::Span;
use crate::text::tokens::{Shape, Token, class as c};

/// How many words an office has at most, before and behind a name.
const BEFORE: usize = 5;
const BEHIND: usize = 14;

/// Notes the offices of everyone named.
pub(in crate::annotate) fn offices(
    text: &str,
    tokens: &[Token],
    mentions: &[Mention],
    cast: &mut Cast<'_>,
) {
    for mention in mentions {
        let Some(index) = mention.member else { continue };
        let member = &mut cast.members[index as usize];
        if member.kind != Kind::Person {
            continue;
        }
        let titles = &tokens[mention.first as usize..mention.name as usize];
        for title in titles.iter().filter(|t| t.is(c::TITLE) && !t.is(c::MALE | c::FEMALE)) {
            member.hold(office(title.span.of(text)));
        }
        if let Some((start, end)) = origin(tokens, mention) {
            tokens[start..end].iter().for_each(|word| member.hold(office(word.span.of(text))));
        }
        for (start, end) in [before(tokens, mention), behind(tokens, mention)].into_iter().flatten()
        {
            let words = &tokens[start..end];
            for word in words.iter().filter(|t| t.is(c::ROLE | c::TITLE) || t.capital()) {
                member.hold(office(word.span.of(text)));
            }
            if member.role.is_none() {
                let span: Span = words[0].span.join(words[words.len() - 1].span);
                member.role = Some(span.of(text).to_owned());
            }
        }
    }
}

/// Titles that are cut short before a name and written out where they stand for it.
const SHORT: &[(&str, &str)] = &[
    ("sen", "senator"),
    ("gov", "governor"),
    ("rep", "representative"),
    ("gen", "general"),
    ("capt", "captain"),
    ("col", "colonel"),
    ("dr", "doctor"),
    ("prof", "professor"),
    ("rev", "reverend"),
    ("del", "delegate"),
    ("atty", "attorney"),
    ("pres", "president"),
];

/// What an office is known by: "Sen." and "senator" are one.
pub(in crate::annotate) fn office(word: &str) -> Key {
    let bare = word.trim_end_matches('.');
    let long = SHORT.iter().find(|(short, _)| bare.eq_ignore_ascii_case(short));
    key(long.map_or(bare, |(_, long)| long))
}

/// The office before a name: "Kremlin spokesman", "Foreign Minister".
fn before(tokens: &[Token], mention: &Mention) -> Option<(usize, usize)> {
    let name = mention.name as usize;
    let end = before_place(tokens, name).unwrap_or(name);
    let last = &tokens[end.checked_sub(1)?];
    let office =
        last.is(c::ROLE) || mention.titled && !last.is(c::MALE | c::FEMALE) && last.is(c::TITLE);
    if !office
        || last.span.len() < 4
        || last.paragraph != tokens[end].paragraph
        || last.passage != tokens[end].passage
    {
        return None;
    }
    let floor = end.saturating_sub(BEFORE);
    let mut start = end - 1;
    while start > floor && belongs(&tokens[start - 1], last) {
        start -= 1;
    }
    Some((start, end))
}

fn belongs(token: &Token, last: &Token) -> bool {
    let small = c::DETERMINER
        | c::POSSESSIVE
        | c::PREPOSITION
        | c::AND
        | c::VERB
        | c::SUBORDINATOR
        | c::WHO
        | c::PRONOUN
        | c::ADVERB;
    token.word()
        && token.passage == last.passage
        && token.paragraph == last.paragraph
        && (token.capital()
            && !token.is(c::DETERMINER
                | c::PREPOSITION
                | c::SUBORDINATOR
                | c::AND
                | c::PRONOUN
                | c::POSSESSIVE)
            || token.is(c::ROLE)
            || !token.is(small))
}

/// The token behind an office whose place stands before the name: "envoy to Elmland Ida Moll".
fn before_place(tokens: &[Token], name: usize) -> Option<usize> {
    let place = |t: &&Token| t.capital() && t.is(c::PLACE);
    let places = tokens[..name].iter().rev().take(3).take_while(place).count();
    let end = name.checked_sub(places + 1)?;
    let preposition = tokens[end].is(c::PREPOSITION) && tokens[end].shape == Shape::Lower;
    let office = end > 0 && tokens[end - 1].is(c::ROLE | c::TITLE);
    (places > 0 && preposition && office).then_some(end)
}

/// Where somebody holds an office or is from: "Senator Ida Moll of Elmland".
fn origin(tokens: &[Token], mention: &Mention) -> Option<(usize, usize)> {
    let start = mention.end as usize + 1;
    let of = tokens.get(start - 1)?;
    let place = |t: &&Token| t.capital() && t.is(c::PLACE);
    let end = start + tokens.get(start..)?.iter().take(3).take_while(place).count();
    (of.is(c::PREPOSITION) && of.shape == Shape::Lower && end > start).then_some((start, end))
}

/// The office behind a name: ", the Commission president,".
fn behind(tokens: &[Token], mention: &Mention) -> Option<(usize, usize)> {
    let comma = mention.end as usize;
    if tokens.get(comma)?.mark != b',' {
        return None;
    }
    let mut start = comma + 1;
    while tokens.get(start)?.is(c::DETERMINER) && tokens[start].shape == Shape::Lower {
        start += 1;
    }
    let ceiling = tokens.len().min(start + BEHIND);
    let ends = |t: &Token| {
        matches!(t.shape, Shape::Mark | Shape::Stop | Shape::Open | Shape::Close)
            || t.is(c::WHO | c::AUXILIARY)
            || t.is(c::FINITE) && !t.is(c::ROLE)
    };
    let end = (start..ceiling).find(|&i| ends(&tokens[i]))?;
    let stops = matches!(tokens[end].shape, Shape::Mark | Shape::Stop) || tokens[end].is(c::WHO);
    let role = tokens[start..end].iter().position(|t| t.is(c::ROLE))?;
    let of = tokens[start..end].iter().position(|t| t.is(c::PREPOSITION)).unwrap_or(usize::MAX);
    (stops && role < of).then_some((start, end))
}
