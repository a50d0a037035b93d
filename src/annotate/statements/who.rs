//! Whom the words for a speaker mean: names, pronouns and offices.
//!
//! Comes in: a source, and who was subject or speaker of late. Goes out: somebody of the cast.

use super::clause::{Head, Source};
use super::scene::Scene;
use crate::annotate::people::cast::{Gender, Key, Kind, key};
use crate::annotate::people::mentions::Mention;
use crate::annotate::people::offices::office;
use crate::text::tokens::{Class, Shape, Token, class as c};

/// Who a source is.
pub(super) fn member_of(scene: &Scene<'_>, recent: &[u32], source: Source) -> Option<u32> {
    match source.head {
        Head::Member(index) => Some(index),
        Head::Pronoun(class) => pronoun(scene, recent, class, source.tokens.0),
        Head::Nominal(_) => epithet(scene, recent, source),
    }
}

/// How many names before a pronoun are looked at where no subject agrees.
const NAMES_BEFORE: usize = 24;

/// The person a pronoun means: the latest subject or speaker whose gender agrees, else the latest
/// person named before whose gender is known to; of one sentence the first.
fn pronoun(scene: &Scene<'_>, recent: &[u32], class: Class, token: u32) -> Option<u32> {
    let gender = if class & c::HE != 0 {
        Gender::Male
    } else if class & c::SHE != 0 {
        Gender::Female
    } else {
        return None;
    };
    let members = &scene.cast.members;
    let agrees = |index: &&u32| members[**index as usize].gender.agrees(gender);
    let person = |index: &&u32| members[**index as usize].kind == Kind::Person;
    let maybe = |index: &&u32| members[**index as usize].kind == Kind::Unknown;
    let latest = || recent.iter().rev().filter(agrees);
    let subject = || latest().find(person).or_else(|| latest().find(maybe)).copied();
    subject().or_else(|| named_before(scene, token, gender))
}

/// The person last named before a token whose gender is known to be this; of one sentence the first.
fn named_before(scene: &Scene<'_>, token: u32, gender: Gender) -> Option<u32> {
    let agrees = |mention: &&Mention| {
        mention.member.is_some_and(|index| {
            let member = &scene.cast.members[index as usize];
            member.kind == Kind::Person && member.gender == gender
        })
    };
    let before = scene.mentions.partition_point(|mention| mention.first < token);
    let mut named = scene.mentions[..before].iter().rev().take(NAMES_BEFORE).filter(agrees);
    let last = named.next()?;
    let start = scene.sentence_start(last.first);
    named.take_while(|mention| mention.first >= start).last().unwrap_or(last).member
}

/// The person whose office the words name: "the spokesman", once somebody is one.
fn epithet(scene: &Scene<'_>, recent: &[u32], source: Source) -> Option<u32> {
    let tokens = &scene.tokens[source.tokens.0 as usize..source.tokens.1 as usize];
    let first = tokens.first()?;
    let the = first.span.len() == 3 && first.is(c::DETERMINER) && first.is(c::COMMON);
    let bound = the && first.span.of(scene.text).eq_ignore_ascii_case("the");
    if !bound || tokens.len() > 6 {
        return None;
    }
    if let [_, noun] = tokens
        && noun.shape == Shape::Lower
        && noun.is(c::ORGANISATION)
        && !noun.is(c::STATE_BODY)
    {
        return body(scene, noun.span.of(scene.text), source);
    }
    let end = tokens.iter().position(|t| t.is(c::PREPOSITION | c::WHO)).unwrap_or(tokens.len());
    let noun = tokens[..end].last().filter(|t| t.is(c::ROLE | c::TITLE))?;
    let told = |t: &Token| office(t.span.of(scene.text));
    // "the Elmland senator", "the former mayor": what limits the office must be its bearer's too.
    let limits: Vec<Key> = tokens[1..]
        .iter()
        .filter(|t| t.capital() || t.is(c::LIMIT))
        .map(told)
        .chain([told(noun)])
        .collect();
    let members = &scene.cast.members;
    let holds = |index: &u32| {
        let offices = &members[*index as usize].offices;
        limits.iter().all(|limit| offices.contains(limit))
    };
    let named_before = |index: &u32| members[*index as usize].first < source.tokens.0;
    recent
        .iter()
        .rev()
        .copied()
        .find(holds)
        .or_else(|| (0..members.len() as u32).rev().find(|i| holds(i) && named_before(i)))
}

/// The body whose name ends with a word: "the board" is the Harbour Board, where no other board
/// is named before.
fn body(scene: &Scene<'_>, noun: &str, source: Source) -> Option<u32> {
    // In politics there are more parties about than are named.
    if noun == "party" {
        return None;
    }
    let noun = key(noun);
    let members = &scene.cast.members;
    let named = |index: &u32| {
        let member = &members[*index as usize];
        member.kind == Kind::Body
            && member.first < source.tokens.0
            && member.words.len() > 1
            && member.words.last().is_some_and(|word| key(word) == noun)
    };
    let mut found = scene.cast.ending_with(noun).filter(named);
    found.next().filter(|_| found.next().is_none())
}
