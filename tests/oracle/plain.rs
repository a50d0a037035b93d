//! The slow answer: every operator said as plainly as can be, over the text itself.
//!
//! Nothing of the program is used but the tree that a query is; the stories are made of known words
//! in known sentences, so that not even words have to be found.

use std::collections::BTreeSet;

use onrecord::model::{Capitals, Field, Front, Near, Node, Pattern, Who, Within};

/// A word where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) word: String,
    /// The word with its capitals.
    pub(crate) written: String,
    /// Where it stands in its headline or body, the end exclusive.
    pub(crate) span: (usize, usize),
    /// Who is named from here on, and in how many words.
    pub(crate) named: Option<(String, u32)>,
    pub(crate) position: u32,
    pub(crate) sentence: usize,
    pub(crate) paragraph: usize,
}

/// A story as its makers know it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) title: Vec<Placed>,
    pub(crate) body: Vec<Placed>,
    /// Each statement's words, and the words of its speaker's names.
    pub(crate) said: Vec<(Vec<Placed>, Vec<String>)>,
}

/// The first and the last position of what is found.
type Stretch = (u32, u32);

/// What is asked: a story, or one statement of it.
#[derive(Clone, Copy)]
enum Asked<'a> {
    Story(&'a Known),
    Statement(&'a [Placed], &'a [String]),
}

/// Whether a story is what a query asks for.
pub(crate) fn matches(story: &Known, node: &Node) -> bool {
    holds(Asked::Story(story), node)
}

/// From where to where something is marked, the end exclusive.
type Mark = [usize; 2];

/// What a query marks in a story that it matches: in the headline, and in the body.
pub(crate) fn marks(story: &Known, node: &Node) -> (Vec<Mark>, Vec<Mark>) {
    let (mut title, mut body) = (Vec::new(), Vec::new());
    mark(story, node, &mut title, &mut body);
    (apart(title), apart(body))
}

fn mark(story: &Known, node: &Node, title: &mut Vec<Mark>, body: &mut Vec<Mark>) {
    match node {
        Node::And(parts) | Node::Or(parts) => {
            parts.iter().for_each(|part| mark(story, part, title, body));
        }
        Node::Not(_) => {}
        Node::AtLeast(_, inner) => mark(story, inner, title, body),
        Node::Said(inner) => {
            for (words, names) in &story.said {
                if holds(Asked::Statement(words, names), inner) {
                    mark_statement(words, inner, body);
                }
            }
        }
        leaf => {
            let field = leaf.field().expect("a leaf has a field");
            if field != Field::Body {
                title.extend(marks_in(&story.title, leaf));
            }
            if field != Field::Title {
                body.extend(marks_in(&story.body, leaf));
            }
        }
    }
}

/// Marks a statement's words, and the word that names its speaker there, which is its first.
fn mark_statement(words: &[Placed], node: &Node, body: &mut Vec<Mark>) {
    match node {
        Node::And(parts) => parts.iter().for_each(|part| mark_statement(words, part, body)),
        Node::Term(Field::Speaker, _) => body.push([words[0].span.0, words[0].span.1]),
        Node::Not(_) => {}
        leaf => body.extend(marks_in(words, leaf)),
    }
}

/// The words, phrases and patterns that speak for something, where they lie in what is found of it.
fn marks_in(text: &[Placed], node: &Node) -> Vec<Mark> {
    let at = |position| text.iter().find(|p| p.position == position).expect("found").span;
    let mark = |stretch: Stretch| [at(stretch.0).0, at(stretch.1).1];
    speaking(text, node, None).into_iter().map(mark).collect()
}

fn speaking(text: &[Placed], node: &Node, around: Option<&BTreeSet<Stretch>>) -> BTreeSet<Stretch> {
    if let Node::Or(parts) = node {
        return parts.iter().flat_map(|part| speaking(text, part, around)).collect();
    }
    let inside = |part: &Stretch| {
        around.is_none_or(|all| all.iter().any(|one| one.0 <= part.0 && part.1 <= one.1))
    };
    let whole: BTreeSet<Stretch> = found(text, node).into_iter().filter(inside).collect();
    let operands = match node {
        Node::Near(near) if near.without => vec![&near.left],
        Node::Near(near) => vec![&near.left, &near.right],
        Node::Front(_, inner) => vec![&**inner],
        _ => return whole,
    };
    operands.into_iter().flat_map(|part| speaking(text, part, Some(&whole))).collect()
}

/// Of marks that overlap, the first; of those that begin together, the longest.
fn apart(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark[0], usize::MAX - mark[1]));
    let mut kept: Vec<Mark> = Vec::new();
    for mark in marks {
        if kept.last().is_none_or(|last| last[1] <= mark[0]) {
            kept.push(mark);
        }
    }
    kept
}

fn holds(asked: Asked<'_>, node: &Node) -> bool {
    match node {
        Node::All => true,
        Node::And(parts) => parts.iter().all(|part| holds(asked, part)),
        Node::Or(parts) => parts.iter().any(|part| holds(asked, part)),
        Node::Not(inner) => !holds(asked, inner),
        Node::Said(inner) => match asked {
            Asked::Story(story) => {
                story.said.iter().any(|(words, names)| holds(Asked::Statement(words, names), inner))
            }
            Asked::Statement(..) => holds(asked, inner),
        },
        Node::AtLeast(least, inner) => {
            let counted: usize =
                texts(asked, inner).iter().map(|text| least_of(&found(text, inner)).len()).sum();
            counted >= *least as usize
        }
        Node::Range(..) => panic!("no ranges are drawn"),
        leaf => texts(asked, leaf).iter().any(|text| !found(text, leaf).is_empty()),
    }
}

/// The texts in which a part of a query is looked for.
fn texts(asked: Asked<'_>, node: &Node) -> Vec<Vec<Placed>> {
    match (asked, node.field().expect("a leaf has a field")) {
        (Asked::Story(story), Field::Text) => vec![story.title.clone(), story.body.clone()],
        (Asked::Story(story), Field::Title) => vec![story.title.clone()],
        (Asked::Story(story), Field::Body) => vec![story.body.clone()],
        (Asked::Statement(words, _), Field::Text | Field::Body) => vec![words.to_vec()],
        (Asked::Statement(_, names), Field::Speaker) => {
            let placed = |(position, word): (u32, &String)| Placed {
                word: word.clone(),
                written: word.clone(),
                span: (0, 0),
                named: None,
                position,
                sentence: 0,
                paragraph: 0,
            };
            vec![(0..).zip(names).map(placed).collect()]
        }
        (_, field) => panic!("{field:?} is not drawn here"),
    }
}

fn found(text: &[Placed], node: &Node) -> BTreeSet<Stretch> {
    let at = |position: u32| text.iter().find(|placed| placed.position == position);
    match node {
        Node::Term(_, word) => words(text, |placed| placed.word == *word),
        Node::Like(_, pattern) => words(text, |placed| is_like(pattern, &placed.word)),
        Node::Named(_, who) => text
            .iter()
            .filter_map(|placed| Some((placed.position, placed.named.as_ref()?)))
            .filter(|(_, (name, _))| is_who(who, name))
            .map(|(first, (_, length))| (first, first + length - 1))
            .collect(),
        Node::Phrase(_, phrase) => {
            let end = phrase.len() as u32 - 1;
            let fits = |start: u32| {
                (start..).zip(phrase).all(|(position, word)| {
                    at(position).is_some_and(|placed| word.is_empty() || placed.word == *word)
                })
            };
            let most = text.iter().map(|placed| placed.position).max().unwrap_or(0);
            (0..=most).filter(|start| fits(*start)).map(|start| (start, start + end)).collect()
        }
        Node::Or(parts) => parts.iter().flat_map(|part| found(text, part)).collect(),
        Node::Front(front, inner) => {
            let is_in_front = |stretch: &Stretch| match front {
                Front::Words(words) => stretch.1 < *words,
                Front::Paragraphs(count) => text
                    .iter()
                    .filter(|placed| placed.paragraph >= *count as usize)
                    .all(|placed| stretch.1 < placed.position),
            };
            found(text, inner).into_iter().filter(is_in_front).collect()
        }
        Node::Near(near) => found_near(text, near),
        Node::Cased(capitals, inner) => {
            let is_so = |stretch: &Stretch| {
                let inside =
                    text.iter().filter(|p| stretch.0 <= p.position && p.position <= stretch.1);
                let asked = |placed: &&Placed| match &**inner {
                    // What stands for any word is written in any way.
                    Node::Phrase(_, words) => {
                        !words[(placed.position - stretch.0) as usize].is_empty()
                    }
                    _ => true,
                };
                let letters: String = inside.filter(asked).map(|p| p.written.as_str()).collect();
                match capitals {
                    Capitals::Some => letters.contains(char::is_uppercase),
                    Capitals::All => !letters.contains(char::is_lowercase),
                    Capitals::None => !letters.contains(char::is_uppercase),
                }
            };
            found(text, inner).into_iter().filter(is_so).collect()
        }
        other => panic!("{other:?} has no place in a text"),
    }
}

fn words(text: &[Placed], is_it: impl Fn(&Placed) -> bool) -> BTreeSet<Stretch> {
    text.iter().filter(|p| is_it(p)).map(|p| (p.position, p.position)).collect()
}

fn found_near(text: &[Placed], near: &Near) -> BTreeSet<Stretch> {
    let (left, right) = (found(text, &near.left), found(text, &near.right));
    let share = |one: Stretch, other: Stretch| one.0 <= other.1 && other.0 <= one.1;
    let is_near = |one: Stretch, other: Stretch| {
        let (first, last) = if one.1 < other.0 { (one, other) } else { (other, one) };
        let inside = || text.iter().filter(|p| first.0 <= p.position && p.position <= last.1);
        match near.within {
            Within::Words(most) => last.0 - first.1 <= most,
            Within::Field => true,
            Within::Sentence => inside().map(|p| p.sentence).collect::<BTreeSet<_>>().len() == 1,
            Within::Paragraph => inside().map(|p| p.paragraph).collect::<BTreeSet<_>>().len() == 1,
        }
    };
    if near.without {
        let alone =
            |one: &Stretch| !right.iter().any(|other| share(*one, *other) || is_near(*one, *other));
        return left.into_iter().filter(alone).collect();
    }
    let mut joined = BTreeSet::new();
    for one in &left {
        for other in &right {
            let order = !near.ordered || one.1 < other.0;
            if order && !share(*one, *other) && is_near(*one, *other) {
                joined.insert((one.0.min(other.0), one.1.max(other.1)));
            }
        }
    }
    least_of(&joined)
}

/// Those stretches that hold no other.
fn least_of(all: &BTreeSet<Stretch>) -> BTreeSet<Stretch> {
    let holds_other = |one: &Stretch| {
        all.iter().any(|other| other != one && one.0 <= other.0 && other.1 <= one.1)
    };
    all.iter().filter(|one| !holds_other(one)).copied().collect()
}

fn is_who(who: &Who, name: &str) -> bool {
    match who {
        Who::Names(names) => names.iter().any(|wanted| wanted == name),
        Who::Words(words) => format!(" {name} ").contains(&format!(" {} ", words.join(" "))),
    }
}

fn is_like(pattern: &Pattern, word: &str) -> bool {
    match pattern {
        Pattern::Glob(glob) => {
            let (front, back) = glob.split_once('*').expect("drawn with one star");
            word.len() >= front.len() + back.len()
                && word.starts_with(front)
                && word.ends_with(back)
        }
        // The expressions that are drawn, each with the words of the corpus that it means.
        Pattern::Regular(expression) => match expression.as_str() {
            "ports?" => ["port", "ports"].contains(&word),
            "se.*" => ["sea", "seal"].contains(&word),
            "(tide|quay)" => ["tide", "quay"].contains(&word),
            "[st]ea?l?" => ["sea", "seal"].contains(&word),
            _ => false,
        },
        Pattern::Forms(of, _) => word == of || word == "ports" && of == "port",
        Pattern::Spelt(..) => panic!("not drawn"),
    }
}
