//! Who is who: mentions joined to the persons and bodies of one story.
//!
//! Comes in: mentions. Goes out: the cast, and each mention's place in it. Names are joined by
//! surname where first names, titles and gender agree. Does not resolve pronouns.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::mentions::Mention;
use crate::model::Span;
use crate::text::first_names::are_forms;
use crate::text::lexicon::classes_of;
use crate::text::tokens::{Shape, Token, class as c};

/// What kind of thing bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::annotate) enum Kind {
    Person,
    Body,
    Place,
    Unknown,
}

/// Grammatical gender, where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::annotate) enum Gender {
    Male,
    Female,
    Unknown,
}

impl Gender {
    /// Whether the two may be one person's.
    pub(in crate::annotate) fn agrees(self, other: Gender) -> bool {
        self == other || self == Gender::Unknown || other == Gender::Unknown
    }

    /// What a word's classes say.
    pub(in crate::annotate) fn of(class: u64) -> Gender {
        match (class & c::MALE != 0, class & c::FEMALE != 0) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => Gender::Unknown,
        }
    }
}

/// A person or body of the story.
#[derive(Clone, Debug)]
pub(in crate::annotate) struct Member<'a> {
    /// The words of the fullest name.
    pub words: Vec<&'a str>,
    pub kind: Kind,
    pub gender: Gender,
    pub role: Option<String>,
    /// The words of office the story gives, with their places and parties: keys of [`key`].
    pub offices: Vec<Key>,
    /// How often named.
    pub count: u32,
    /// How often named in full.
    pub full: u32,
    /// The token of the first mention.
    pub first: u32,
    /// The token of the last mention, while mentions are joined in order.
    pub last: u32,
}

impl Member<'_> {
    /// Notes a word of office.
    pub(in crate::annotate) fn hold(&mut self, office: Key) {
        if !self.offices.contains(&office) {
            self.offices.push(office);
        }
    }

    /// The name, one space between its words, and one kind of apostrophe and quotation mark.
    pub(in crate::annotate) fn name(&self) -> String {
        let name = self.words.join(" ");
        if name.is_ascii() {
            return name;
        }
        name.replace('’', "'").replace(['“', '”'], "\"")
    }
}

/// The persons and bodies of a story.
#[derive(Debug, Default)]
pub(in crate::annotate) struct Cast<'a> {
    pub members: Vec<Member<'a>>,
    /// Members by the last word of any of their full names, and by the first.
    by_last: FxHashMap<Key, Vec<u32>>,
    by_first: FxHashMap<Key, Vec<u32>>,
}

/// How many bearers of one name are looked at.
const SAME_NAME: usize = 64;

pub(in crate::annotate) type Key = u64;

/// A word's letters, folded to one number: equal for "O’Hara" and "OHARA".
pub(in crate::annotate) fn key(word: &str) -> Key {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in word.bytes().filter(|b| b.is_ascii_alphanumeric() || *b >= 0xC3 && *b < 0xE2) {
        hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Joins the mentions of a text; a title that nobody bears as a surname is no mention.
pub(in crate::annotate) fn cast<'a>(
    text: &'a str,
    tokens: &[Token],
    mentions: &mut Vec<Mention>,
) -> Cast<'a> {
    let mut cast = Cast::default();
    let mut names: Vec<Vec<&str>> =
        mentions.iter().map(|mention| name_words(text, tokens, mention)).collect();
    for round in [Round::Full, Round::Short, Round::Doubtful] {
        for (mention, words) in mentions.iter_mut().zip(&mut names) {
            let index = match (words.as_slice(), mention.doubtful, round) {
                ([_, _, ..], _, Round::Full) => {
                    Some(cast.join_full(tokens, mention, std::mem::take(words)))
                }
                ([word], false, Round::Short) => Some(cast.join_short(tokens, mention, word)),
                ([word], true, Round::Doubtful) => cast.known(mention, word),
                _ => None,
            };
            if let Some(index) = index {
                cast.see(index, mention, round);
                mention.member = Some(index);
            }
        }
        for member in &mut cast.members {
            member.last = 0;
        }
    }
    mentions.retain(|mention| mention.member.is_some() || !mention.is_title());
    cast
}

/// The order in which mentions are joined: what is surest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Full,
    Short,
    Doubtful,
}

/// The words of a mention's name, without suffixes.
fn name_words<'a>(text: &'a str, tokens: &[Token], mention: &Mention) -> Vec<&'a str> {
    let mut words: Vec<&str> = Vec::with_capacity(3);
    let named = &tokens[mention.name as usize..mention.end as usize];
    let mut nickname: Option<Span> = None;
    for token in named {
        // `Robert "Bob" Orr`: the nickname keeps its marks.
        if token.passage != named[0].passage {
            nickname = Some(nickname.map_or(token.span, |whole| whole.join(token.span)));
            if token.shape == Shape::Close {
                words.extend(nickname.take().map(|whole| whole.of(text)));
            }
            continue;
        }
        if !token.word() {
            continue;
        }
        if token.is(c::SUFFIX) && !words.is_empty() && token.span.len() < 4 {
            continue;
        }
        let word = token.span.of(text);
        let initial = token.shape == Shape::Initial && word.len() == 2;
        words.push(if initial { word } else { word.trim_end_matches('.') });
    }
    // "van der Berg" is a surname, not a full name.
    if named[0].shape == Shape::Lower
        && words.len() > 1
        && named.iter().filter(|t| t.capital()).count() == 1
    {
        words.drain(..words.len() - 1);
    }
    words
}

impl<'a> Cast<'a> {
    /// The members whose names end with a word.
    pub(in crate::annotate) fn ending_with(&self, last: Key) -> impl Iterator<Item = u32> + '_ {
        self.by_last.get(&last).into_iter().flatten().take(SAME_NAME).copied()
    }

    fn join_full(&mut self, tokens: &[Token], mention: &Mention, words: Vec<&'a str>) -> u32 {
        let kind = kind_of(tokens, mention, words.len());
        let gender = gender_of(tokens, mention);
        let last = key(words[words.len() - 1]);
        let known = self.by_last.get(&last).and_then(|all| {
            all.iter()
                .rev()
                .take(SAME_NAME)
                .copied()
                .find(|&i| self.members[i as usize].same(kind, gender, &words))
        });
        if let Some(index) = known {
            let member = &mut self.members[index as usize];
            if is_fuller(&words, &member.words) {
                member.words = words;
            }
            if member.gender == Gender::Unknown {
                member.gender = gender;
            }
            return index;
        }
        self.add(kind, gender, words)
    }

    fn join_short(&mut self, tokens: &[Token], mention: &Mention, word: &'a str) -> u32 {
        let gender = gender_of_title(tokens, mention);
        let found = self
            .best(&self.by_last, word, gender, mention)
            .or_else(|| self.best(&self.by_first, word, gender, mention));
        if let Some(index) = found {
            let member = &mut self.members[index as usize];
            if member.gender == Gender::Unknown {
                member.gender = gender;
            }
            return index;
        }
        let kind = kind_of(tokens, mention, 1);
        let gender = gender_of(tokens, mention);
        self.add(kind, gender, vec![word])
    }

    /// The member a doubtful word names, if there is one.
    fn known(&self, mention: &Mention, word: &str) -> Option<u32> {
        if mention.is_title() {
            let bearer = self.best(&self.by_last, word, Gender::Unknown, mention)?;
            let member = &self.members[bearer as usize];
            return (member.kind == Kind::Person && member.words.len() > 1).then_some(bearer);
        }
        let names = [&self.by_last, &self.by_first];
        names.iter().find_map(|names| self.best(names, word, Gender::Unknown, mention))
    }

    /// The member whom a single word names: of those that agree, the one whom the story names in
    /// full most often, and of equals the one named first. Mentions of the surname alone do not count: each
    /// would speak for the choice made before.
    fn best(
        &self,
        names: &FxHashMap<Key, Vec<u32>>,
        word: &str,
        gender: Gender,
        mention: &Mention,
    ) -> Option<u32> {
        let all = names.get(&key(word))?;
        let agree = |&&i: &&u32| {
            let member = &self.members[i as usize];
            let body = member.kind == Kind::Body || member.kind == Kind::Place;
            let alone = member.words.len() == 1;
            let place = mention.class & c::PLACE != 0 && mention.class & c::FIRST_NAME == 0;
            let bears = !body
                || mention.class & (c::ORGANISATION | c::PLACE) != 0
                    && !mention.titled
                    && !(place && member.kind == Kind::Body)
                || alone && !mention.titled;
            bears && member.gender.agrees(gender)
        };
        all.iter()
            .rev()
            .take(SAME_NAME)
            .filter(agree)
            .max_by_key(|&&i| {
                let member = &self.members[i as usize];
                (member.kind == Kind::Person, member.full, Reverse(i))
            })
            .copied()
    }

    fn add(&mut self, kind: Kind, gender: Gender, words: Vec<&'a str>) -> u32 {
        let index = self.members.len() as u32;
        self.by_last.entry(key(words[words.len() - 1])).or_default().push(index);
        for word in &words[..words.len() - 1] {
            self.by_first.entry(key(word)).or_default().push(index);
        }
        self.members.push(Member {
            words,
            kind,
            gender,
            role: None,
            offices: Vec::new(),
            count: 0,
            full: 0,
            first: u32::MAX,
            last: 0,
        });
        index
    }

    fn see(&mut self, index: u32, mention: &Mention, round: Round) {
        let member = &mut self.members[index as usize];
        member.count += 1;
        member.full += u32::from(round == Round::Full);
        member.first = member.first.min(mention.first);
        member.last = mention.first;
        if mention.titled && member.kind == Kind::Unknown {
            member.kind = Kind::Person;
        }
    }
}

impl Member<'_> {
    /// Whether a full name may be this member's, whose last word is the same.
    fn same(&self, kind: Kind, gender: Gender, words: &[&str]) -> bool {
        if self.words.len() == 1 {
            return false;
        }
        if kind != self.kind && (kind == Kind::Body || self.kind == Kind::Body) {
            return self.words.len() == words.len()
                && self.words.iter().zip(words).all(|(a, b)| key(a) == key(b));
        }
        if kind == Kind::Body || kind == Kind::Place {
            return self.words.len() == words.len()
                && self.words.iter().zip(words).all(|(a, b)| key(a) == key(b));
        }
        if !self.gender.agrees(gender) {
            return false;
        }
        let (mine, theirs) = (self.words[0], words[0]);
        key(mine) == key(theirs)
            || are_forms(mine, theirs)
            || ends_with(&self.words, words)
            || (mine.len() <= 2 || theirs.len() <= 2) && mine.as_bytes()[0] == theirs.as_bytes()[0]
            || words.len() > 2 && has_middle(words, mine)
            || self.words.len() > 2 && has_middle(&self.words, theirs)
    }
}

/// Whether a name goes on with a word that is somebody's first: "J. Edgar Orr" of "Edgar Orr".
fn has_middle(words: &[&str], first: &str) -> bool {
    let inner = &words[1..words.len() - 1];
    inner.iter().any(|word| word.len() > 2 && key(word) == key(first))
}

/// Whether one form of a name tells more than another: the longer, but that what stands before a
/// first name is none of it ("Champion Ida Moll").
fn is_fuller(new: &[&str], old: &[&str]) -> bool {
    let named = |words: &[&str]| classes_of(words[0]) & c::FIRST_NAME != 0;
    match (named(new), named(old)) {
        (true, false) if ends_with(old, new) => true,
        (false, true) if ends_with(new, old) => false,
        _ => new.len() > old.len(),
    }
}

/// Whether a shorter name is a surname of several words: "Moll Varga" of "Ida Moll Varga".
fn ends_with(full: &[&str], surname: &[&str]) -> bool {
    full.len() > surname.len()
        && full.iter().rev().zip(surname.iter().rev()).all(|(a, b)| key(a) == key(b))
}

fn kind_of(tokens: &[Token], mention: &Mention, count: usize) -> Kind {
    let named = &tokens[mention.name as usize..mention.end as usize];
    let first = &named[0];
    if mention.titled && mention.class & c::ORGANISATION == 0 {
        return Kind::Person;
    }
    if named.iter().filter(|t| t.word()).all(|t| t.is(c::PLACE)) && !mention.titled {
        return Kind::Place;
    }
    if !first.is(c::FIRST_NAME) && names_a_town(tokens, mention, count) {
        return Kind::Place;
    }
    let joined = named.iter().any(|t| t.shape == Shape::Lower && t.is(c::JOINER));
    let body = mention.class & c::ORGANISATION != 0 || joined;
    if body
        && !(first.is(c::FIRST_NAME) && count == 2 && !named[named.len() - 1].is(c::ORGANISATION))
    {
        return Kind::Body;
    }
    if count == 1 && first.shape == Shape::Upper && first.span.len() > 1 {
        return Kind::Body;
    }
    if first.is(c::FIRST_NAME) || mention.titled {
        return Kind::Person;
    }
    if count == 1 {
        return Kind::Unknown;
    }
    let the = mention.first > 0 && {
        let before = &tokens[mention.first as usize - 1];
        before.is(c::DETERMINER) && before.passage == first.passage
    };
    // "Poe Speech": words about somebody, in a headline's capitals.
    let words = named[named.len() - 1].is(c::SAYING | c::DOCUMENT);
    if the || words || named.iter().all(|t| t.shape == Shape::Upper) {
        return Kind::Body;
    }
    if named[named.len() - 1].is(c::PLACE) || first.is(c::PLACE) || count > 4 {
        return Kind::Place;
    }
    Kind::Person
}

/// "in Elmtown", "of Elmtown, Ohio": where somebody is.
fn names_a_town(tokens: &[Token], mention: &Mention, count: usize) -> bool {
    let before = (mention.first as usize).checked_sub(1).map(|i| &tokens[i]);
    let Some(before) = before.filter(|before| before.is(c::PREPOSITION)) else { return false };
    let behind = mention.end as usize;
    let state = tokens.get(behind).is_some_and(|t| t.mark == b',')
        && tokens.get(behind + 1).is_some_and(|t| t.is(c::PLACE) && t.capital());
    let body = mention.class & (c::ORGANISATION | c::FIRST_NAME) != 0;
    !body && (state || count == 1 && before.is(c::LOCATIVE))
}

fn gender_of_title(tokens: &[Token], mention: &Mention) -> Gender {
    let titles = &tokens[mention.first as usize..mention.name as usize];
    // "Virginia Gov. Terry Poe": the state is no woman's name.
    let titles = titles.iter().filter(|token| token.is(c::TITLE | c::ROLE | c::KIN));
    Gender::of(titles.fold(0, |all, t| all | t.class))
}

fn gender_of(tokens: &[Token], mention: &Mention) -> Gender {
    let title = gender_of_title(tokens, mention);
    if title != Gender::Unknown {
        return title;
    }
    let first = &tokens[mention.name as usize];
    if first.is(c::FIRST_NAME) && mention.end - mention.name > 1 {
        return Gender::of(first.class);
    }
    let before = (mention.first as usize).checked_sub(1).map(|i| &tokens[i]);
    match before {
        Some(before) if before.is(c::ROLE | c::KIN) => Gender::of(before.class),
        _ => Gender::Unknown,
    }
}
