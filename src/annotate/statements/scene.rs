//! A story laid out for reading: tokens, passages, sentences, names, and who is who.
//!
//! Comes in: a text and its asides. Goes out: a scene. One pass over the letters feeds all steps.

use crate::annotate::asides::is_headline_case;
use crate::annotate::people::cast::{Cast, cast};
use crate::annotate::people::mentions::{Mention, mentions};
use crate::annotate::people::offices::offices;
use crate::contract::Text;
use crate::model::Span;
use crate::text::quotation::{Passage, passages};
use crate::text::sentences::{paragraphs, sentences};
use crate::text::tokens::{Shape, Token, class as c, tokens};

/// A story laid out.
pub(in crate::annotate) struct Scene<'a> {
    pub text: &'a str,
    pub passages: Vec<Passage>,
    pub tokens: Vec<Token>,
    pub mentions: Vec<Mention>,
    pub cast: Cast<'a>,
    /// For each token the mention it stands in, counted from 1.
    pub named: Vec<u32>,
    /// Sentences as ranges of `units`.
    pub sentences: Vec<Sentence>,
    /// The tokens outside quotation marks, and the marks that open.
    pub units: Vec<u32>,
    /// The headline, where it is the first line.
    pub headline: Option<Span>,
}

/// A sentence of the reporter's: its quoted passages count as one unit each.
#[derive(Clone, Copy, Debug)]
pub(in crate::annotate) struct Sentence {
    /// The first of its units.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
    pub paragraph: u32,
}

impl<'a> Scene<'a> {
    /// Lays out a text.
    pub(in crate::annotate) fn of(text: &Text<'a>, asides: &[Span]) -> Self {
        let body = text.body;
        let passages = passages(body);
        let tokens = tokens(body, &passages);
        let title = headline(text, asides);
        let line = |span: &Span| {
            is_headline_case(span.of(body)) || span.len() < 60 || Some(*span) == title
        };
        let mut headlines: Vec<Span> = asides.iter().copied().filter(line).collect();
        if let Some(title) = title.filter(|title| !headlines.contains(title)) {
            headlines.insert(0, title);
        }
        let mut mentions = mentions(&tokens, &headlines);
        let mut cast = cast(body, &tokens, &mut mentions);
        offices(body, &tokens, &mentions, &mut cast);
        let mut named = vec![0; tokens.len()];
        for (index, mention) in mentions.iter().enumerate() {
            for token in mention.first..mention.end {
                named[token as usize] = index as u32 + 1;
            }
        }
        let mut scene = Self {
            text: body,
            passages,
            tokens,
            mentions,
            cast,
            named,
            sentences: Vec::new(),
            units: Vec::new(),
            headline: title,
        };
        scene.cut_sentences(asides);
        scene
    }

    /// The mention that a token stands in.
    #[inline]
    pub(in crate::annotate) fn mention_at(&self, token: usize) -> Option<&Mention> {
        let number = self.named[token];
        (number > 0).then(|| &self.mentions[number as usize - 1])
    }

    /// The first token of the sentence in which a token stands.
    pub(in crate::annotate) fn sentence_start(&self, token: u32) -> u32 {
        let first = |sentence: &Sentence| self.units[sentence.start as usize];
        let behind = self.sentences.partition_point(|sentence| first(sentence) <= token);
        behind.checked_sub(1).map_or(0, |index| first(&self.sentences[index]))
    }

    fn cut_sentences(&mut self, asides: &[Span]) {
        let mut datelines = asides.iter().filter(|span| is_dateline(self.text, **span)).peekable();
        let mut start = 0;
        let mut at = 0;
        let mut paragraph = 0;
        while at < self.tokens.len() {
            let token = self.tokens[at];
            while datelines.next_if(|span| span.end() <= token.span.start()).is_some() {}
            if datelines.peek().is_some_and(|span| span.has(token.span.start())) {
                at += 1;
                continue;
            }
            // A sentence without end is cut, so that no text costs more than its length.
            if token.paragraph != paragraph || self.units.len() - start as usize > SENTENCE {
                self.end_sentence(&mut start, paragraph);
                paragraph = token.paragraph;
            }
            if token.shape == Shape::Open && self.named[at] == 0 {
                self.units.push(at as u32);
                let close = self.close_of(at);
                at = close + 1;
                if self.quote_ends_sentence(close) {
                    self.end_sentence(&mut start, paragraph);
                }
                continue;
            }
            match token.shape {
                Shape::Close => {}
                _ => self.units.push(at as u32),
            }
            at += 1;
            if token.shape == Shape::Stop {
                self.end_sentence(&mut start, paragraph);
            }
        }
        self.end_sentence(&mut start, paragraph);
    }

    fn end_sentence(&mut self, start: &mut u32, paragraph: u32) {
        let end = self.units.len() as u32;
        if end > *start {
            self.sentences.push(Sentence { start: *start, end, paragraph });
        }
        *start = end;
    }

    /// The token that closes the passage opened at `open`.
    fn close_of(&self, open: usize) -> usize {
        let behind = self.tokens[open + 1..].iter().position(|t| t.shape == Shape::Close);
        behind.map_or(self.tokens.len() - 1, |n| open + 1 + n)
    }

    /// Whether a sentence ends with the passage that closes here.
    fn quote_ends_sentence(&self, close: usize) -> bool {
        let Some(last) = close.checked_sub(1).map(|i| self.tokens[i]) else { return false };
        let Some(next) = self.tokens.get(close + 1) else { return true };
        if next.paragraph != self.tokens[close].paragraph {
            return true;
        }
        if last.shape != Shape::Stop && self.stop_before(close).is_none() {
            return false;
        }
        match next.shape {
            Shape::Lower | Shape::Mark | Shape::Stop => false,
            _ => !self.tag_follows(close + 1, last.mark == b'.'),
        }
    }

    /// The stop that ends a passage, also where the tokens do not show it.
    fn stop_before(&self, close: usize) -> Option<u8> {
        let at = self.tokens[close].span.start().checked_sub(1)?;
        let byte = self.text.as_bytes()[at];
        matches!(byte, b'.' | b'!' | b'?').then_some(byte)
    }

    /// Whether "X, the mayor of Elmtown, said" follows, and ends its sentence or goes on with a
    /// preposition.
    fn long_tag_follows(&self, start: usize) -> bool {
        let reach = self.tokens.len().min(start + TAG);
        let paragraph = self.tokens[start].paragraph;
        let over = |t: &Token| matches!(t.shape, Shape::Stop | Shape::Open);
        let end = (start..reach)
            .find(|&i| over(&self.tokens[i]) || self.tokens[i].paragraph != paragraph)
            .unwrap_or(reach);
        let said = (start + 2..end).find(|&i| {
            let token = &self.tokens[i];
            token.shape == Shape::Lower
                && token.is(c::SAY | c::TELL)
                && token.is(c::FINITE)
                && token.is(c::INVERTS)
                && matches!(self.tokens[i - 1].mark, b',' | b')')
        });
        let behind = said.and_then(|said| self.tokens.get(said + 1));
        behind.is_some_and(|t| {
            matches!(t.shape, Shape::Stop) || t.mark == b',' || t.is(c::PREPOSITION | c::ADVERB)
        })
    }

    /// Whether "X said" follows, and ends its sentence or goes on with a comma.
    fn tag_follows(&self, start: usize, strict: bool) -> bool {
        let window = &self.tokens[start..self.tokens.len().min(start + 9)];
        let cue = window.iter().position(|t| t.is(c::VERB) && !t.capital());
        let Some(cue) = cue else { return false };
        let said = &window[cue];
        if !strict && self.long_tag_follows(start) {
            return true;
        }
        if cue == 0 || !said.is(c::SAY | c::TELL) || !said.is(c::FINITE) {
            return false;
        }
        if window[..cue].iter().any(|t| matches!(t.shape, Shape::Stop | Shape::Open)) {
            return false;
        }
        let Some(behind) = window.get(cue + 1) else { return true };
        let over = matches!(behind.shape, Shape::Stop) || matches!(behind.mark, b',' | b'-');
        if strict {
            over && cue <= 3
        } else {
            over || behind.is(c::PREPOSITION | c::ADVERB)
                || behind.shape != Shape::Open && !behind.is(c::SUBORDINATOR)
        }
    }
}

/// The longest tag with an apposition, in tokens.
const TAG: usize = 26;

/// The longest sentence, in units.
const SENTENCE: usize = 400;

/// The longest headline, in bytes.
const HEADLINE: usize = 130;

/// The first line, where it is no prose, or is short and a blank line follows.
fn headline(text: &Text<'_>, asides: &[Span]) -> Option<Span> {
    if !text.title.is_empty() {
        return None;
    }
    let mut lines = paragraphs(text.body);
    let mut first = lines.next()?;
    // A semicolon ends the line: the headline has a second deck.
    if let Some(deck) = lines.next()
        && first.of(text.body).ends_with(';')
        && deck.end() <= HEADLINE * 2
    {
        first = first.join(deck);
    }
    let parted = text.body[first.end()..].trim_start_matches([' ', '\r']).starts_with("\n\n");
    let line = first.of(text.body);
    let aside = asides.first() == Some(&first);
    // A lede is prose: it has several sentences, or words with their comma before the mark.
    let spoken = [",”", ",\"", ",''", ",’"].iter().any(|end| line.contains(end));
    let prose = spoken || sentences(line).nth(1).is_some();
    (aside || parted && first.len() <= HEADLINE && !prose).then_some(first)
}

/// Whether prose follows on the line of an aside.
fn is_dateline(text: &str, aside: Span) -> bool {
    let rest = text[aside.end()..].trim_start_matches([' ', '\t', '\r']);
    !rest.is_empty() && !rest.starts_with('\n')
}
