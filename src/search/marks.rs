//! What of a story's text a query matched.
//!
//! The index says that a story matches; this says where, by reading the text again under the same
//! word rules. Only what speaks for a story is marked: nothing below a NOT.

mod placed;

use super::forms::rules_of;
use crate::model::{Bound, Field, Node, Period, Record, Span, Statement};
use crate::text::stems::rules_for;
use crate::text::words::{Word, words};
use placed::Page;

/// A matched stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// The bytes.
    pub(super) span: Span,
    /// Which of the query's patterns it matches.
    pub(super) pattern: usize,
}

/// What a query looks for, pattern by pattern.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    patterns: Vec<Pattern>,
}

#[derive(Debug, PartialEq)]
enum Pattern {
    Words(Field, Vec<String>),
    Days(Bound, Bound),
    /// What must stand in its place, in one field.
    Placed(Field, Node),
    /// Somebody of one of these whole names.
    Whole(Field, Vec<String>),
    /// What one statement must be.
    Said(Node),
}

/// A text of a story that is read by itself.
#[derive(Clone, Copy)]
enum Part {
    Title,
    Body,
    /// A statement, by its bytes of the body.
    Statement(Span),
}

impl Part {
    fn text(self, record: &Record) -> &str {
        match self {
            Self::Title => &record.story.title,
            Self::Body => &record.story.body,
            Self::Statement(span) => span.of(&record.story.body),
        }
    }

    /// Whether the words of a field are looked for in it.
    fn is_in(self, field: Field) -> bool {
        match self {
            Self::Title => matches!(field, Field::Text | Field::Title),
            Self::Body | Self::Statement(_) => matches!(field, Field::Text | Field::Body),
        }
    }

    /// The places in it that name somebody, in its own bytes.
    fn namings(self, record: &Record) -> Vec<(Span, &str)> {
        let stretch = match self {
            Self::Title => return Vec::new(),
            Self::Body => Span::new(0, record.story.body.len()),
            Self::Statement(span) => span,
        };
        let mut places = Vec::new();
        for person in &record.annotations.people {
            let inside = person.mentions.iter().filter(|place| stretch.holds(**place));
            places
                .extend(inside.map(|place| (place.back_by(stretch.start()), person.name.as_str())));
        }
        places
    }
}

impl Wanted {
    /// Collects what a tree asks to be there.
    pub(super) fn of(node: &Node) -> Self {
        let mut wanted = Self::default();
        wanted.collect(node);
        wanted
    }

    fn collect(&mut self, node: &Node) {
        match node {
            Node::Term(field, word) => self.add(Pattern::Words(*field, vec![word.clone()])),
            Node::Phrase(field, words) => self.add(Pattern::Words(*field, words.clone())),
            Node::Range(Field::Mentions, from, to) => self.add(Pattern::Days(*from, *to)),
            Node::Whole(field, names) => self.add(Pattern::Whole(*field, names.clone())),
            Node::Said(inner) => self.add(Pattern::Said((**inner).clone())),
            Node::AtLeast(_, inner) => self.collect(inner),
            Node::Near(_)
            | Node::Loose(..)
            | Node::Like(..)
            | Node::Cased(..)
            | Node::Named(..)
            | Node::Front(..) => {
                let field = node.field().unwrap_or(Field::Text);
                self.add(Pattern::Placed(field, node.clone()));
            }
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| self.collect(part)),
            Node::All | Node::Story(_) | Node::Not(_) | Node::Range(..) => {}
        }
    }

    fn add(&mut self, pattern: Pattern) {
        if !self.patterns.contains(&pattern) {
            self.patterns.push(pattern);
        }
    }

    /// Marks a story's body, in order.
    pub(super) fn marks_in_story(&self, record: &Record) -> Vec<Mark> {
        let mut marks = self.marks_in_words(record, Part::Body);
        for statement in &record.annotations.statements {
            marks.extend(self.speaker_marks(record, statement));
        }
        marks.extend(self.person_marks(record));
        marks.extend(self.day_marks(record));
        marks.extend(self.said_marks(record));
        in_order(marks)
    }

    /// Marks the words and the speakers of statements that are asked for as a whole.
    fn said_marks(&self, record: &Record) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (pattern, wanted) in self.patterns.iter().enumerate() {
            let Pattern::Said(inner) = wanted else { continue };
            let inside = Self::of(inner);
            for statement in &record.annotations.statements {
                if !is_said(inner, record, statement) {
                    continue;
                }
                let found = inside.marks_in_statement(record, statement).into_iter();
                let found = found.chain(inside.speaker_marks(record, statement));
                marks.extend(found.map(|mark| Mark { pattern, ..mark }));
            }
        }
        marks
    }

    /// Marks a headline, in order.
    pub(super) fn marks_in_title(&self, record: &Record) -> Vec<Span> {
        let marks = self.marks_in_words(record, Part::Title);
        in_order(marks).into_iter().map(|mark| mark.span).collect()
    }

    /// Marks the words of a statement, as bytes of the body, in order.
    pub(super) fn marks_in_statement(&self, record: &Record, statement: &Statement) -> Vec<Mark> {
        let marks = self.marks_in_words(record, Part::Statement(statement.span));
        let shifted = marks
            .into_iter()
            .map(|mark| Mark { span: mark.span.forward_by(statement.span.start()), ..mark });
        in_order(shifted.collect())
    }

    fn marks_in_words(&self, record: &Record, part: Part) -> Vec<Mark> {
        let text = part.text(record);
        let rules = rules_for(&record.story.language);
        let mut sought: Vec<(usize, &[String])> = Vec::new();
        for (number, pattern) in self.patterns.iter().enumerate() {
            if let Pattern::Words(field, words) = pattern
                && part.is_in(*field)
            {
                sought.push((number, words));
            }
        }
        let mut marks = Vec::new();
        let mut page = None;
        for (number, pattern) in self.patterns.iter().enumerate() {
            if let Pattern::Placed(field, node) = pattern
                && part.is_in(*field)
                && rules_of(node).is_none_or(|wanted| wanted == rules)
            {
                let page = page.get_or_insert_with(|| Page::of(text, part.namings(record)));
                marks.extend(
                    page.marks(node).into_iter().map(|span| Mark { span, pattern: number }),
                );
            }
        }
        if sought.is_empty() {
            return marks;
        }
        let found: Vec<Word<'_>> = words(text).collect();
        for at in 0..found.len() {
            for (pattern, words) in &sought {
                if let Some(span) = match_at(&found[at..], words) {
                    marks.push(Mark { span, pattern: *pattern });
                }
            }
        }
        marks
    }

    /// Marks the words that name a statement's speaker, where the speaker is asked for.
    fn speaker_marks(&self, record: &Record, statement: &Statement) -> Vec<Mark> {
        let Some(speaker) = &statement.speaker else { return Vec::new() };
        let as_written = speaker.span.of(&record.story.body);
        let full = speaker.name.as_deref().unwrap_or_default();
        let person = record.annotations.people.iter().find(|person| person.name == full);
        let aliases =
            person.into_iter().flat_map(|person| person.aliases.iter().map(String::as_str));
        let names: Vec<&str> = [as_written, full, speaker.role.as_deref().unwrap_or_default()]
            .into_iter()
            .chain(aliases)
            .collect();
        let by_name = self.named(Field::Speaker, full, &names);
        let of_person = person.and_then(|person| person.role.as_deref()).unwrap_or_default();
        let roles = [speaker.role.as_deref().unwrap_or_default(), of_person];
        let by_role = self.named(Field::Role, "", &roles);
        by_name.chain(by_role).map(|pattern| Mark { span: speaker.span, pattern }).collect()
    }

    /// Marks every mention of a person who is asked for.
    fn person_marks(&self, record: &Record) -> Vec<Mark> {
        let mut marks = Vec::new();
        for person in &record.annotations.people {
            let names: Vec<&str> = std::iter::once(person.name.as_str())
                .chain(person.aliases.iter().map(String::as_str))
                .collect();
            for pattern in self.named(Field::Person, &person.name, &names) {
                marks.extend(person.mentions.iter().map(|span| Mark { span: *span, pattern }));
            }
        }
        marks
    }

    /// The patterns that ask in `field` for one of the names of somebody.
    fn named(&self, field: Field, fullest: &str, names: &[&str]) -> impl Iterator<Item = usize> {
        let asked = self.patterns.iter().enumerate().filter(move |(_, pattern)| match pattern {
            Pattern::Words(of, words) => {
                *of == field && names.iter().any(|name| holds_phrase(name, words))
            }
            Pattern::Whole(of, whole) => *of == field && whole.iter().any(|name| *name == fullest),
            Pattern::Placed(of, node) if *of == field => {
                names.iter().any(|name| !Page::of(name, Vec::new()).find(node).is_empty())
            }
            _ => false,
        });
        asked.map(|(number, _)| number).collect::<Vec<_>>().into_iter()
    }

    /// Marks the dates that mean a day asked for.
    fn day_marks(&self, record: &Record) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (pattern, wanted) in self.patterns.iter().enumerate() {
            if let Pattern::Days(from, to) = wanted {
                let meant = record.annotations.dates.iter();
                let meant = meant.filter(|date| shares_a_day(&date.value, *from, *to));
                marks.extend(meant.map(|date| Mark { span: date.span, pattern }));
            }
        }
        marks
    }
}

/// The stretch from the front of `found` that is these words side by side.
fn match_at(found: &[Word<'_>], words: &[String]) -> Option<Span> {
    let first = found.first()?;
    let matched = found.get(..words.len())?;
    let all = words.iter().zip(matched).enumerate().all(|(step, (word, here))| {
        (word.is_empty() || here.folded == word.as_str())
            && here.position == first.position + step as u32
    });
    all.then(|| first.span.join(matched[words.len() - 1].span))
}

/// Whether a statement is all that is asked of one; what is asked of its story is held to be so.
fn is_said(node: &Node, record: &Record, statement: &Statement) -> bool {
    match node {
        Node::And(parts) => parts.iter().all(|part| is_said(part, record, statement)),
        Node::Or(parts) => parts.iter().any(|part| is_said(part, record, statement)),
        Node::Not(inner) => !is_said(inner, record, statement),
        Node::AtLeast(_, inner) => is_said(inner, record, statement),
        Node::All | Node::Story(_) | Node::Range(..) | Node::Said(_) => true,
        leaf => {
            let wanted = Wanted::of(leaf);
            match leaf.field() {
                Some(Field::Text | Field::Body) => {
                    !wanted.marks_in_statement(record, statement).is_empty()
                }
                Some(Field::Kind) => *leaf == Node::Term(Field::Kind, statement.kind.name().into()),
                Some(Field::Speaker | Field::Role) => {
                    !wanted.speaker_marks(record, statement).is_empty()
                }
                _ => true,
            }
        }
    }
}

fn holds_phrase(name: &str, phrase: &[String]) -> bool {
    let found: Vec<Word<'_>> = words(name).collect();
    (0..found.len()).any(|at| match_at(&found[at..], phrase).is_some())
}

fn shares_a_day(period: &Period, from: Bound, to: Bound) -> bool {
    let starts = !matches!(to, Bound::Day(last) if period.first() > last);
    let ends = !matches!(from, Bound::Day(first) if period.last() < first);
    starts && ends
}

/// Puts marks in order and lets the longer of two that overlap stand.
fn in_order(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark.span.start(), usize::MAX - mark.span.end(), mark.pattern));
    let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        if kept.last().is_none_or(|last| !last.span.overlaps(mark.span)) {
            kept.push(mark);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateMention, Person, Story};

    fn spans<'a>(node: &Node, text: &'a str) -> Vec<&'a str> {
        let record =
            Record { story: Story { body: text.into(), ..Story::default() }, ..Record::default() };
        Wanted::of(node).marks_in_story(&record).iter().map(|mark| mark.span.of(text)).collect()
    }

    fn term(word: &str) -> Node {
        Node::Term(Field::Text, word.into())
    }

    fn phrase(words: &[&str]) -> Node {
        Node::Phrase(Field::Text, words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn a_phrase_is_marked_whole_and_its_words_alone_are_not() {
        let text = "An understanding. A certain understanding, certain.";
        assert_eq!(spans(&phrase(&["certain", "understanding"]), text), ["certain understanding"]);
    }

    #[test]
    fn a_phrase_never_runs_across_paragraphs() {
        assert!(spans(&phrase(&["a", "b"]), "so a\n\nb so").is_empty());
        assert_eq!(spans(&phrase(&["a", "b"]), "so a\nb so"), ["a\nb"]);
    }

    #[test]
    fn nothing_below_a_not_is_marked() {
        let node = Node::And(vec![term("port"), Node::Not(Box::new(term("strike")))]);
        assert_eq!(spans(&node, "The Port had no strike"), ["Port"]);
    }

    #[test]
    fn of_two_that_overlap_the_longer_stands() {
        let node = Node::Or(vec![term("certain"), phrase(&["certain", "terms"])]);
        assert_eq!(spans(&node, "certain terms, certain"), ["certain terms", "certain"]);
    }

    #[test]
    fn people_and_days_are_marked_where_they_are_named() {
        let body = "Mr Orlo met her on March 3.";
        let mut record =
            Record { story: Story { body: body.into(), ..Story::default() }, ..Record::default() };
        record.annotations.people.push(Person {
            name: "Ivan Orlo".into(),
            aliases: vec!["Mr Orlo".into()],
            role: None,
            mentions: vec![Span::new(0, 7)],
        });
        let value = "2025-03-03".parse().unwrap();
        record.annotations.dates.push(DateMention { span: Span::new(19, 26), value, rule: "" });
        let marked = |node: &Node| -> Vec<&str> {
            Wanted::of(node).marks_in_story(&record).iter().map(|m| m.span.of(body)).collect()
        };
        assert_eq!(marked(&Node::Term(Field::Person, "ivan".into())), ["Mr Orlo"]);
        let march = |day: &str| Bound::Day(day.parse().unwrap());
        let month = Node::Range(Field::Mentions, march("2025-03-01"), march("2025-03-31"));
        assert_eq!(marked(&month), ["March 3"]);
    }
}
