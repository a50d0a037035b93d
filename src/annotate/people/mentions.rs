//! The places of a text where somebody or something is named.
//!
//! Comes in: tokens. Goes out: mentions, in order, each with its title cut off. Does not say which
//! mentions are one person's.

use crate::model::Span;
use crate::text::tokens::{Class, Shape, Token, class as c};

/// A place that names somebody or something.
#[derive(Clone, Debug)]
pub(in crate::annotate) struct Mention {
    /// The first token, the title with it.
    pub first: u32,
    /// The token behind the last.
    pub end: u32,
    /// The first token of the name itself.
    pub name: u32,
    /// From title to last word.
    pub span: Span,
    /// What its words say of it, joined.
    pub class: Class,
    /// Whether a title stands before the name.
    pub titled: bool,
    /// Whether it is a name only if the story has it elsewhere: "Cuban said", "Poe left".
    pub doubtful: bool,
    /// Who is named: an index into the cast.
    pub member: Option<u32>,
}

impl Mention {
    /// Whether it is one word that is a title elsewhere: "King".
    pub(in crate::annotate) fn is_title(&self) -> bool {
        let name = c::FIRST_NAME | c::ORGANISATION;
        self.end == self.name + 1 && self.class & c::TITLE != 0 && self.class & name == 0
    }
}

/// How many tokens a name may have.
const LONGEST: usize = 12;

/// Finds the names in `tokens`; those in `headlines` are left out.
pub(in crate::annotate) fn mentions(tokens: &[Token], headlines: &[Span]) -> Vec<Mention> {
    let mut found = Vec::with_capacity(tokens.len() / 12);
    let mut at = 0;
    let mut aside = headlines.iter().peekable();
    while at < tokens.len() {
        let token = &tokens[at];
        while aside.next_if(|span| span.end() <= token.span.start()).is_some() {}
        if let Some(behind) = shouted_line(tokens, at) {
            at = behind;
            continue;
        }
        let masked = aside.peek().is_some_and(|span| span.has(token.span.start()));
        if masked || !starts_name(tokens, at) {
            at += 1;
            continue;
        }
        let end = name_end(tokens, at);
        match mention(tokens, at, end) {
            Some(mention) => {
                at = mention.end as usize;
                found.push(mention);
            }
            None => at = end.max(at + 1),
        }
    }
    found
}

/// The token behind a headline in capitals, which names nobody for sure: "TWO LOST IN STORM".
fn shouted_line(tokens: &[Token], at: usize) -> Option<usize> {
    if tokens[at].shape != Shape::Upper {
        return None;
    }
    let here = tokens[at].paragraph;
    let alike = |token: &Token| {
        let loud = matches!(token.shape, Shape::Upper | Shape::Number | Shape::Initial);
        token.paragraph == here && (loud || matches!(token.mark, b',' | b'-' | b'\''))
    };
    let end = at + tokens[at..].iter().take(SHOUTED).take_while(|token| alike(token)).count();
    let opens = at == 0 || tokens[at - 1].paragraph != here;
    let closes = tokens.get(end).is_none_or(|token| token.paragraph != here)
        || tokens[end].shape == Shape::Stop
            && tokens.get(end + 1).is_none_or(|token| token.paragraph != here);
    if opens && closes && end > at + 1 {
        return Some(end);
    }
    let small = c::PREPOSITION | c::DETERMINER | c::AUXILIARY | c::VERB | c::AND | c::POSSESSIVE;
    (end > at + 3 && tokens[at..end].iter().any(|token| token.is(small))).then_some(end)
}

/// How many words in capitals are read at once.
const SHOUTED: usize = 40;

fn starts_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.shape == Shape::Lower {
        return token.is(c::PARTICLE)
            && !token.is(c::PREPOSITION | c::DETERMINER)
            && next_capital(tokens, at)
            && at > 0
            && !tokens[at - 1].capital();
    }
    if !token.capital()
        || token.is(c::PRONOUN | c::PARTY | c::COMPOUND)
        || at > 0 && tokens[at - 1].mark == b'(' && token.span.len() < 8
    {
        return false;
    }
    if !token.is(c::COMMON) {
        return true;
    }
    // "Will Ford", "Mark Oduya", "New York" begin with words that are no names elsewhere.
    let next = tokens.get(at + 1);
    token.is(c::FIRST_NAME | c::TITLE) && next_capital(tokens, at)
        || may_be_surname(token)
        || token.is(c::COMMON)
            && starts_place(token)
            && next.is_some_and(|n| n.is(c::PLACE | c::ORGANISATION))
}

/// Peoples' names and other words that are surnames too.
fn may_be_surname(token: &Token) -> bool {
    token.shape == Shape::Capital
        && !sentence_word(token)
        && !token.is(c::ADVERB | c::VERB | c::PRONOUN)
        && token.span.len() > 3
}

/// "Theodora May said": a verb or a month with a capital, behind a name and before no day.
fn is_modal_surname(tokens: &[Token], at: usize) -> bool {
    let (before, token) = (&tokens[at - 1], &tokens[at]);
    let place = before.is(c::COMMON | c::PLACE | c::ORGANISATION) && !before.is(c::FIRST_NAME);
    token.shape == Shape::Capital
        && token.is(c::AUXILIARY)
        && before.shape == Shape::Capital
        && !place
        && tokens.get(at + 1).is_none_or(|next| next.shape != Shape::Number && !next.capital())
}

fn opens_sentence(tokens: &[Token], at: usize) -> bool {
    at == 0 || {
        let before = &tokens[at - 1];
        matches!(before.shape, Shape::Stop | Shape::Open | Shape::Close)
            || before.paragraph != tokens[at].paragraph
    }
}

fn starts_place(token: &Token) -> bool {
    token.span.len() == 3
        && token.capital()
        && !sentence_word(token)
        && !token.is(c::ADVERB | c::VERB | c::NEGATION | c::PRONOUN)
}

/// Short words that open a sentence, not a place.
fn sentence_word(token: &Token) -> bool {
    token.is(c::DETERMINER
        | c::POSSESSIVE
        | c::PREPOSITION
        | c::AND
        | c::AUXILIARY
        | c::SUBORDINATOR
        | c::WHO)
}

fn next_capital(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        next.capital()
            && !next.is(c::COMMON & !c::FIRST_NAME)
            && next.paragraph == tokens[at].paragraph
            || next.shape == Shape::Lower && next.is(c::PARTICLE) && next_name_word(tokens, at + 1)
    })
}

fn next_name_word(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|n| {
        n.capital()
            || n.is(c::PARTICLE)
                && n.shape == Shape::Lower
                && tokens.get(at + 2).is_some_and(Token::capital)
    })
}

/// The token behind the name that starts at `start`.
fn name_end(tokens: &[Token], start: usize) -> usize {
    let first = &tokens[start];
    let mut organisation = first.is(c::ORGANISATION);
    let mut at = start + 1;
    while at < tokens.len() && at - start < LONGEST {
        let token = &tokens[at];
        if token.paragraph != first.paragraph {
            break;
        }
        if token.passage != first.passage {
            match nickname_end(tokens, at) {
                Some(behind) => at = behind,
                None => break,
            }
            continue;
        }
        if token.capital() {
            let surname = tokens[at - 1].is(c::FIRST_NAME) && may_be_surname(token)
                || is_modal_surname(tokens, at);
            let known = surname || token.is(c::FIRST_NAME | c::PLACE | c::ORGANISATION);
            let inner = token.shape == Shape::Capital && continues_behind(tokens, at);
            let initial = token.shape == Shape::Initial && next_capital(tokens, at);
            if token.is(c::COMMON) && !known && !inner && !initial {
                break;
            }
            organisation |= token.is(c::ORGANISATION);
            at += 1;
        } else if token.shape == Shape::Lower && token.is(c::PARTICLE) && next_name_word(tokens, at)
            || joins(tokens, at, start, organisation)
        {
            at += 1;
        } else if token.mark == b',' && tokens.get(at + 1).is_some_and(is_suffix) {
            at += 2;
        } else {
            break;
        }
    }
    at
}

/// Whether a word behind a comma goes with the name before: "Jr.", "MD", but not "Elmtown, Md."
fn is_suffix(token: &Token) -> bool {
    token.is(c::SUFFIX) && token.capital() && !(token.is(c::PLACE) && token.shape == Shape::Capital)
}

/// Common words inside a longer name: "Center for American Progress", "Black Lives Matter".
fn continues_behind(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    !sentence_word(token)
        && !token.is(c::PRONOUN)
        && tokens.get(at + 1).is_some_and(|n| n.capital() && !n.is(c::COMMON))
}

/// Whether a small word joins an organisation's name to what follows.
fn joins(tokens: &[Token], at: usize, start: usize, organisation: bool) -> bool {
    let token = &tokens[at];
    let Some(next) = tokens.get(at + 1) else { return false };
    if token.mark == b'&' {
        return next.capital();
    }
    if token.shape != Shape::Lower || !next.capital() || next.is(c::FIRST_NAME | c::PRONOUN) {
        return false;
    }
    let of = token.span.len() == 2 && token.is(c::JOINER) && token.is(c::PREPOSITION);
    let titled = at == start + 1 && tokens[start].is(c::TITLE) && tokens[start].capital();
    if of {
        return (organisation || titled) && !tokens[at].is(c::SUBORDINATOR);
    }
    if token.is(c::AND) {
        return joins_tasks(&tokens[start..], at - start);
    }
    // "Committee on Elm Trees", but not "UNHCR in Elmland".
    let known = tokens[at - 1].is(c::ORGANISATION) && tokens[at - 1].shape != Shape::Upper;
    token.is(c::JOINER) && token.is(c::PREPOSITION) && known && !next.is(c::PLACE | c::COMMON)
}

/// Whether "and" joins what one body of a place does: "Elmland Forest and Water Service". Somebody's
/// name or another place stands on neither side.
fn joins_tasks(tokens: &[Token], and: usize) -> bool {
    let place = |t: &Token| t.is(c::PLACE);
    let task = |t: &Token| {
        t.shape == Shape::Capital && !t.is(c::PLACE | c::FIRST_NAME | c::TITLE | c::ORGANISATION)
    };
    let before = tokens[..and].iter().skip_while(|t| place(t));
    let mut behind = tokens[and + 1..].iter().take(3);
    place(&tokens[0])
        && before.clone().next().is_some()
        && before.clone().all(task)
        && tokens.get(and + 1).is_some_and(task)
        && behind.find(|t| !task(t)).is_some_and(|t| t.capital() && t.is(c::ORGANISATION))
}

/// The token behind a nickname in quotation marks: `Elmer "Bud" Orr`.
fn nickname_end(tokens: &[Token], at: usize) -> Option<usize> {
    if tokens[at].shape != Shape::Open {
        return None;
    }
    let close =
        (at + 2..at + 4).find(|&i| tokens.get(i).is_some_and(|t| t.shape == Shape::Close))?;
    let behind = tokens.get(close + 1)?;
    let named = tokens[at + 1..close].iter().all(Token::capital) && behind.capital();
    (named && !behind.is(c::COMMON)).then_some(close + 1)
}

/// Makes a mention of the tokens from `start` to `end`, or none where they are no name.
fn mention(tokens: &[Token], start: usize, end: usize) -> Option<Mention> {
    let (mut first, mut end) = (start, end);
    // "But Orr", "In Elmtown": the first word is not the name's.
    while first + 1 < end
        && !names_body(&tokens[first..end])
        && tokens[first].is(c::COMMON)
        && !tokens[first].is(c::FIRST_NAME | c::TITLE)
        && !starts_place(&tokens[first])
    {
        first += 1;
    }
    // "Improving Orr says": a verb that opens a sentence is no name.
    while first + 1 < end
        && opens_sentence(tokens, first)
        && tokens[first].is(c::VERB | c::DOING)
        && !tokens[first].is(c::FIRST_NAME | c::TITLE)
    {
        first += 1;
    }
    first = past_place(tokens, first, end);
    while end > first && (!tokens[end - 1].word() || tokens[end - 1].shape == Shape::Lower) {
        end -= 1;
    }
    if first >= end {
        return None;
    }
    let name = name_start(tokens, first, end);
    let titled = name > first;
    let words = &tokens[name..end];
    if words.is_empty() {
        return None;
    }
    let last = &words[words.len() - 1];
    let office = last.is(c::TITLE | c::ROLE) && !last.is(c::FIRST_NAME | c::ORGANISATION);
    // "Mr. King", "Bishop said": a title that may be a surname, where the story has its bearer.
    let surname = words.len() == 1 && last.shape == Shape::Capital && !last.is(c::COMMON);
    let title = |word: &Token| word.is(c::TITLE) && !word.is(c::FIRST_NAME) || !word.capital();
    let all_titles = words.iter().all(title);
    if all_titles && !surname {
        return None;
    }
    if office && words.len() > 1 && !words[0].is(c::FIRST_NAME) {
        return None;
    }
    // "Elmland Democrats": many people, and no name; but "Union of Elmland Teachers" is one.
    let joined = words.iter().any(|word| word.shape == Shape::Lower);
    if last.is(c::CROWD) && !last.is(c::ORGANISATION) && words.len() > 1 && !joined {
        return None;
    }
    // "CEO of the bank": an office in capitals.
    if words.len() == 1 && last.shape == Shape::Upper && office {
        return None;
    }
    let end = with_state_body(tokens, name, end);
    let words = &tokens[name..end];
    let single = words.len() == 1 && !titled && words[0].shape != Shape::Upper;
    let common = words[0].is(c::COMMON) && !words[0].is(c::FIRST_NAME);
    let known = c::PLACE | c::ORGANISATION | c::FIRST_NAME;
    let doubtful = single
        && (common
            || words[0].is(c::GROUP) && !words[0].is(c::FIRST_NAME)
            || opens_sentence(tokens, first) && !words[0].is(known));
    // An unknown word that speaks is somebody: "Oduya said".
    let verb = if tokens.get(end).is_some_and(|t| t.is(c::ADVERB) && !t.capital()) {
        end + 1
    } else {
        end
    };
    let speaks = tokens.get(verb).is_some_and(|next| {
        next.is(c::SAY | c::TELL) && next.is(c::FINITE) && next.shape == Shape::Lower
    });
    let sure = speaks && words[0].class == 0 && words[0].shape == Shape::Capital;
    let doubtful = all_titles || doubtful && !sure;
    let class = words.iter().fold(0, |all, word| all | word.class);
    let span = tokens[first].span.join(tokens[end - 1].span);
    Some(Mention {
        first: first as u32,
        end: end as u32,
        name: name as u32,
        span,
        class,
        titled,
        doubtful,
        member: None,
    })
}

/// Behind a place that is no part of a name: "envoy to Elmland Ida Moll".
fn past_place(tokens: &[Token], first: usize, end: usize) -> usize {
    let place = |t: &Token| t.is(c::PLACE) && !t.is(c::FIRST_NAME | c::ORGANISATION);
    let behind = first + tokens[first..end].iter().take_while(|t| place(t)).count();
    let person = behind + 1 < end && tokens[behind].is(c::FIRST_NAME);
    if person && tokens[behind + 1].capital() { behind } else { first }
}

/// "European Union", "Democratic Party": the adjective belongs to the body's name.
fn names_body(words: &[Token]) -> bool {
    let adjective = words[0].is(c::COMMON)
        && words[0].shape == Shape::Capital
        && !sentence_word(&words[0])
        && !words[0].is(c::ADVERB | c::VERB);
    adjective
        && !words[1].is(c::FIRST_NAME | c::TITLE)
        && words[1..].iter().any(|word| word.is(c::ORGANISATION))
}

/// Takes in "government" behind "German".
fn with_state_body(tokens: &[Token], name: usize, end: usize) -> usize {
    let nation = end == name + 1 && tokens[name].capital();
    let body = tokens.get(end).is_some_and(|t| t.shape == Shape::Lower && t.is(c::STATE_BODY));
    if nation && body { end + 1 } else { end }
}

/// The first token of the name itself, behind its titles.
fn name_start(tokens: &[Token], first: usize, end: usize) -> usize {
    let title = (first..end - 1)
        .rev()
        .find(|&i| tokens[i].capital() && tokens[i].is(c::TITLE | c::ROLE))
        .or_else(|| (end == first + 1 && tokens[first].is(c::TITLE | c::ROLE)).then_some(first));
    let Some(title) = title else { return behind_body(tokens, first, end) };
    if title + 1 >= end {
        // A title and no name behind it; "Chief" may be all there is, "Mark Judge" a name.
        return first;
    }
    let behind = &tokens[title + 1];
    if behind.shape != Shape::Lower {
        return title + 1;
    }
    if behind.is(c::PARTICLE) && !behind.is(c::PREPOSITION) {
        return title + 1;
    }
    // "Secretary of State Ann Poe": the name begins with a first name.
    (title + 2..end).find(|&i| tokens[i].is(c::FIRST_NAME) && i + 1 < end).unwrap_or(first)
}

/// Behind the body or office that stands before a full name: "Elm County Recorder Ida Moll". The
/// words before tell, one of them at least, that they are no name of a person.
fn behind_body(tokens: &[Token], first: usize, end: usize) -> usize {
    let known = c::ORGANISATION | c::PLACE;
    let surname = &tokens[end - 1];
    let plain = |t: &Token| t.shape == Shape::Capital && !t.is(known | c::COMMON | c::SUFFIX);
    let given = (first + 2..end.saturating_sub(1))
        .find(|&i| tokens[i].is(c::FIRST_NAME) && tokens[i].shape == Shape::Capital);
    let Some(given) = given.filter(|given| plain(surname) && end - given < 4) else {
        return first;
    };
    let before = &tokens[first..given];
    let told = |t: &Token| t.is(known) || t.shape == Shape::Upper;
    let whole = before.iter().all(|t| t.capital() && !t.is(c::FIRST_NAME));
    if whole && before.iter().any(told) { given } else { first }
}
