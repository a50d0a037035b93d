//! Quotation marks to quoted passages.
//!
//! Comes in: a text. Goes out: the passages between marks, in order, the nested ones after those
//! that hold them. Knows curly, straight, low and angle marks, doubled apostrophes and ANPA's
//! backquotes, and British single marks. A mark that is never closed costs at most its own
//! paragraph. Does not know who speaks.

use super::sentences::paragraphs;
use crate::model::Span;

/// A quoted passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// With its marks.
    pub outer: Span,
    /// Without them.
    pub inner: Span,
    /// Whether it stands inside another passage.
    pub nested: bool,
    /// Whether its closing mark is there; where it is not, the passage ends with its paragraph.
    pub closed: bool,
}

/// A family of marks that close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// “ ” „ " `` '' in any mixture: keyboards and converters mix them.
    Double,
    /// « ».
    Angle,
    /// ‘ ’ and '.
    Single,
}

/// Which way a mark points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Open,
    Close,
    Either,
}

/// A mark found in the text.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    len: usize,
    family: Family,
    way: Way,
    curly: bool,
}

/// Finds the quoted passages of a text, in order of their start.
///
/// ```
/// use onrecord::text::quotation::passages;
/// let text = "“We will ‘not’ go,” she said.";
/// let inner: Vec<_> = passages(text).iter().map(|p| p.inner.of(text)).collect();
/// assert_eq!(inner, ["We will ‘not’ go,", "not"]);
/// ```
pub fn passages(text: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut marks = Vec::new();
    let mut candidates = Candidates::of(text.as_bytes());
    for paragraph in paragraphs(text) {
        marks.clear();
        marks_of(text, paragraph, &mut candidates, &mut marks);
        if !marks.is_empty() {
            pair(text, paragraph, &marks, &mut found);
        }
    }
    found.sort_unstable_by_key(|p: &Passage| (p.outer.start(), usize::MAX - p.outer.end()));
    let mut end = 0;
    for passage in &mut found {
        passage.nested = passage.outer.start() < end;
        end = end.max(passage.outer.end());
    }
    found
}

fn marks_of(text: &str, paragraph: Span, candidates: &mut Candidates<'_>, marks: &mut Vec<Mark>) {
    let mut at = paragraph.start();
    loop {
        at = candidates.next_from(at);
        if at >= paragraph.end() {
            return;
        }
        match mark_at(text, paragraph, at) {
            Some(mark) => {
                at += mark.len;
                marks.push(mark);
            }
            None => at += 1,
        }
    }
}

/// The bytes that may start a mark, each kind searched for only as far as it is asked for.
struct Candidates<'a> {
    bytes: &'a [u8],
    /// The next mark of ASCII, and the next byte that curly and angle marks begin with.
    plain: usize,
    curly: usize,
}

impl<'a> Candidates<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, plain: plain_from(bytes, 0), curly: curly_from(bytes, 0) }
    }

    /// The first at or behind a place that never goes back; behind the text where there is none.
    fn next_from(&mut self, at: usize) -> usize {
        if self.plain < at {
            self.plain = plain_from(self.bytes, at);
        }
        if self.curly < at {
            self.curly = curly_from(self.bytes, at);
        }
        self.plain.min(self.curly)
    }
}

fn plain_from(bytes: &[u8], at: usize) -> usize {
    memchr::memchr3(b'"', b'\'', b'`', &bytes[at..]).map_or(bytes.len(), |next| at + next)
}

fn curly_from(bytes: &[u8], at: usize) -> usize {
    memchr::memchr2(0xE2, 0xC2, &bytes[at..]).map_or(bytes.len(), |next| at + next)
}

fn mark_at(text: &str, paragraph: Span, at: usize) -> Option<Mark> {
    let rest = text.get(at..paragraph.end())?;
    let curly = rest.starts_with(['“', '”', '„']);
    let mark = |len, family, way| Some(Mark { at, len, family, way, curly });
    let around = Around::of(text, paragraph, at, rest);
    match rest.chars().next()? {
        // The values of a tag that was left in the text: <tweet author="...">.
        '"' if around.before == Some('=') => None,
        '"' if rest.starts_with("\">")
            || rest.starts_with("\" ") && tag_before(text, paragraph, at) =>
        {
            None
        }
        '"' => mark(1, Family::Double, around.way(1)),
        '“' if around.shut_behind(3) => mark(3, Family::Double, Way::Close),
        '“' => mark(3, Family::Double, Way::Open),
        '”' if around.start && around.letter_behind(3) => mark(3, Family::Double, Way::Open),
        '”' => mark(3, Family::Double, Way::Close),
        '„' => mark(3, Family::Double, Way::Open),
        '«' => mark(2, Family::Angle, Way::Open),
        '»' => mark(2, Family::Angle, Way::Close),
        '`' if rest.starts_with("``") => mark(2, Family::Double, Way::Open),
        '\'' if rest.starts_with("''") => mark(2, Family::Double, around.way(2)),
        '`' => (around.gap_before && around.letter_behind(1)).then_some(Mark {
            at,
            len: 1,
            family: Family::Single,
            way: Way::Open,
            curly,
        }),
        '‘' => around.single(3, true).and_then(|way| mark(3, Family::Single, way)),
        '’' => around.single(3, false).and_then(|way| mark(3, Family::Single, way)),
        '\'' => around.single(1, false).and_then(|way| mark(1, Family::Single, way)),
        _ => None,
    }
}

/// Whether an attribute of a tag was opened shortly before.
fn tag_before(text: &str, paragraph: Span, at: usize) -> bool {
    let bytes = &text.as_bytes()[at.saturating_sub(80).max(paragraph.start())..at];
    let quote = bytes.iter().rposition(|&b| b == b'"');
    quote.is_some_and(|quote| quote > 0 && bytes[quote - 1] == b'=')
}

/// What stands around a mark.
struct Around<'a> {
    before: Option<char>,
    rest: &'a str,
    /// Nothing, or a mark that opens, stands before.
    start: bool,
    gap_before: bool,
}

impl<'a> Around<'a> {
    fn of(text: &str, paragraph: Span, at: usize, rest: &'a str) -> Self {
        let before = text.get(paragraph.start()..at).and_then(|s| s.chars().next_back());
        let start = before.is_none_or(char::is_whitespace);
        let opener = |c| matches!(c, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘' | '"' | '`');
        Self { before, rest, start, gap_before: start || before.is_some_and(opener) }
    }

    fn behind(&self, len: usize) -> Option<char> {
        self.rest.get(len..)?.chars().next()
    }

    fn letter_behind(&self, len: usize) -> bool {
        self.behind(len).is_some_and(|c| c.is_alphanumeric() || matches!(c, '$' | '#' | '@' | '['))
    }

    fn shut_behind(&self, len: usize) -> bool {
        !self.gap_before
            && self.behind(len).is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';'))
    }

    /// Which way a mark that looks the same on both sides points.
    fn way(&self, len: usize) -> Way {
        let behind = self.behind(len);
        let gap_behind = behind.is_none_or(char::is_whitespace);
        match (self.start, gap_behind) {
            (true, false) => Way::Open,
            (false, true) if self.before != Some('(') => Way::Close,
            (false, false) if self.gap_before && self.letter_behind(len) => Way::Either,
            (false, false) if behind.is_some_and(|c| ",.;:?!)".contains(c)) => Way::Close,
            _ => Way::Either,
        }
    }

    /// Which way a single mark points; none for an apostrophe.
    fn single(&self, len: usize, turned: bool) -> Option<Way> {
        if self.gap_before && self.letter_behind(len) {
            return (!self.clipped(len)).then_some(Way::Open);
        }
        if turned || self.start || self.behind(len).is_some_and(char::is_alphanumeric) {
            return None;
        }
        Some(Way::Close)
    }

    /// Words whose first letters an apostrophe stands for: 'em, 'til, '90s.
    fn clipped(&self, len: usize) -> bool {
        const CLIPPED: &[&str] = &["em", "til", "tis", "twas", "cause", "n", "round", "bout", "s"];
        let word = self.rest.get(len..).unwrap_or_default();
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        let word = &word[..end];
        word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 3
            || CLIPPED.iter().any(|clip| word.eq_ignore_ascii_case(clip))
    }
}

/// Pairs the marks of one paragraph.
fn pair(text: &str, paragraph: Span, marks: &[Mark], found: &mut Vec<Passage>) {
    let marks = without_block(text, paragraph, marks);
    for family in [Family::Double, Family::Angle] {
        pair_family(text, paragraph, marks, family, found);
    }
    pair_singles(text, marks, found);
}

/// Leaves out the straight marks around a paragraph of another's prose, whose own people speak
/// between curly ones: `"Then she went in. “It holds,” she said.`
fn without_block<'m>(text: &str, paragraph: Span, marks: &'m [Mark]) -> &'m [Mark] {
    let straight = |mark: &&Mark| mark.family == Family::Double && text[mark.at..].starts_with('"');
    let Some(first) = marks.first().filter(|first| first.at == paragraph.start()) else {
        return marks;
    };
    let next = marks[1..].iter().find(|mark| mark.family == Family::Double);
    let curly = next.is_some_and(|mark| mark.curly && mark.way == Way::Open);
    if !straight(&first) || !curly {
        return marks;
    }
    let inside = &marks[1..];
    let last = inside.last().filter(|last| last.at + 1 == paragraph.end() && straight(last));
    let inside = if last.is_some() { &inside[..inside.len() - 1] } else { inside };
    if inside.iter().any(|mark| straight(&mark)) { marks } else { inside }
}

/// Pairs the marks of a family; curly marks may stand inside straight ones and the reverse.
fn pair_family(
    text: &str,
    paragraph: Span,
    marks: &[Mark],
    family: Family,
    found: &mut Vec<Passage>,
) {
    let mut open: Vec<Mark> = Vec::with_capacity(2);
    for mark in marks.iter().filter(|mark| mark.family == family) {
        let Some(&top) = open.last() else {
            if mark.way != Way::Close {
                open.push(*mark);
            }
            continue;
        };
        let alike = top.curly == mark.curly;
        if mark.way == Way::Open && !alike && open.len() < 2 {
            open.push(*mark);
        } else if mark.way == Way::Open {
            // The one before was never closed: it ends with its last whole sentence.
            if let Some(end) = last_stop(text, top.at + top.len, mark.at) {
                found.push(passage(top, end, None));
            }
            open.pop();
            open.push(*mark);
        } else {
            if !alike && open.len() > 1 {
                open.pop();
            }
            let first = open.pop().unwrap_or(top);
            found.push(passage(first, mark.at, Some(mark)));
        }
    }
    if let Some(&first) = open.first() {
        let rest = Span::new(first.at + first.len, paragraph.end()).of(text);
        let end = first.at + first.len + rest.trim_end().len();
        found.push(passage(first, end, None));
    }
}

fn passage(open: Mark, end: usize, close: Option<&Mark>) -> Passage {
    let behind = close.map_or(end, |mark| mark.at + mark.len);
    Passage {
        outer: Span::new(open.at, behind),
        inner: Span::new(open.at + open.len, end),
        nested: false,
        closed: close.is_some(),
    }
}

/// The end of the last sentence between two bytes.
fn last_stop(text: &str, start: usize, end: usize) -> Option<usize> {
    let part = text.get(start..end)?;
    let stop = part.rfind(['.', '?', '!', ','])?;
    Some(start + stop + 1)
}

/// How far apart single marks of one passage may stand: beyond it they are apostrophes.
const SINGLE_REACH: usize = 1200;

/// Pairs single marks, where every closing one may be an apostrophe.
fn pair_singles(text: &str, marks: &[Mark], found: &mut Vec<Passage>) {
    let doubles = found.len();
    let singles: Vec<&Mark> = marks.iter().filter(|m| m.family == Family::Single).collect();
    let mut next = 0;
    while next < singles.len() {
        let open = singles[next];
        next += 1;
        if open.way != Way::Open {
            continue;
        }
        let limit = enclosing_end(&found[..doubles], open.at);
        let Some(close) = close_of(text, &singles[next..], open, limit) else { continue };
        found.push(passage(*open, singles[next + close].at, Some(singles[next + close])));
        next += close + 1;
    }
}

/// Where the double passage around a byte ends.
fn enclosing_end(doubles: &[Passage], at: usize) -> Option<usize> {
    // Only the last few can reach so far back: passages of one paragraph stand in order.
    doubles.iter().rev().take(64).find(|p| p.outer.has(at)).map(|p| p.outer.end())
}

/// The mark that closes a single one: the first behind a stop or before one, else the first that
/// is no plural possessive, else the first.
fn close_of(text: &str, singles: &[&Mark], open: &Mark, limit: Option<usize>) -> Option<usize> {
    let reach = limit.unwrap_or(usize::MAX).min(open.at + SINGLE_REACH);
    let within = singles
        .iter()
        .enumerate()
        .take(24)
        .take_while(|(_, m)| m.at < reach && m.way == Way::Close);
    let mut plain = None;
    let mut plural = None;
    for (index, mark) in within {
        let before = text[..mark.at].chars().next_back();
        let behind = text[mark.at + mark.len..].chars().next();
        let stopped = before.is_some_and(|c| ",.?!".contains(c));
        let stops = behind.is_none_or(|c| ",.?!;:)\"”".contains(c));
        if stopped || stops && before != Some('s') {
            return Some(index);
        }
        if before == Some('s') {
            plural = plural.or(Some(index));
        } else {
            plain = plain.or(Some(index));
        }
    }
    plain.or(plural)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inner(text: &str) -> Vec<&str> {
        passages(text).iter().map(|p| p.inner.of(text)).collect()
    }

    #[test]
    fn every_kind_of_mark_is_read() {
        assert_eq!(inner("\"Go,\" he said. \"Now.\""), ["Go,", "Now."]);
        assert_eq!(inner("``Go,'' he said."), ["Go,"]);
        assert_eq!(inner("''Go,'' he said."), ["Go,"]);
        assert_eq!(inner("«Ja», sagte er. „Nein“, sagte sie."), ["Ja", "Nein"]);
        assert_eq!(inner("‘We can’t go,’ she said."), ["We can’t go,"]);
        assert_eq!(inner("He said 'we can't go' twice"), ["we can't go"]);
    }

    #[test]
    fn singles_stand_inside_doubles() {
        assert_eq!(
            inner("\"They said, 'Go home,' and we went,\" she said."),
            ["They said, 'Go home,' and we went,", "Go home,"]
        );
    }

    #[test]
    fn apostrophes_are_not_marks() {
        assert!(inner("The workers’ rights and the ’90s rock ’n’ roll isn’t").is_empty());
        assert_eq!(
            inner("‘The workers’ rights matter,’ she said. The boys’ club."),
            ["The workers’ rights matter,"]
        );
    }

    #[test]
    fn a_quotation_over_paragraphs_is_opened_again_in_each() {
        let text = "“One.\n\n“Two.\n\n“Three,” she said. More.";
        assert_eq!(inner(text), ["One.", "Two.", "Three,"]);
        assert!(!passages(text)[0].closed && passages(text)[2].closed);
    }

    #[test]
    fn a_mark_never_closed_costs_its_paragraph_only() {
        assert_eq!(
            inner("\"Lost. And on.\n\nHe left. \"Yes,\" she said."),
            ["Lost. And on.", "Yes,"]
        );
    }

    #[test]
    fn curly_marks_stand_inside_straight_ones() {
        assert_eq!(
            inner("\"It is “Shark Hour.” But on,\" he said."),
            ["It is “Shark Hour.” But on,", "Shark Hour."]
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_passages_inside_it(text in "[\"'`“”‘’„«»a-z,.s \n]{0,80}|\\PC{0,40}") {
            let mut start = 0;
            for passage in passages(&text) {
                prop_assert!(passage.outer.holds(passage.inner));
                prop_assert!(passage.outer.start() >= start);
                start = passage.outer.start();
                prop_assert!(text.get(passage.inner.start()..passage.inner.end()).is_some());
            }
        }
    }
}
