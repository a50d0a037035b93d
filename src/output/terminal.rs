//! Results as a person reads them on a terminal.
//!
//! Every text of a story goes through [`safe`]: an archive is not to be trusted with the escape
//! codes of somebody's terminal.

use std::borrow::Cow;
use std::io::{Result, Write};

use anstyle::{AnsiColor, Style};
use textwrap::{Options, fill};

use crate::contract::{Look, Output};
use crate::model::{Facet, Group, Hit, Line, Passage, Results, Said};

/// Results as a person reads them.
pub(super) const TERMINAL: Output = Output {
    name: "text",
    doc: "for reading: headline, source, place, day, speakers, passages",
    stories,
    statements,
    lines,
};

/// Stands for the headline of a story that has none.
const NO_HEADLINE: &str = "(no headline)";

const TITLE: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const MARK: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
const SPEAKER: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// Stand for the start and end of a mark while a passage is wrapped: they take no column and no
/// story can hold them, because [`safe`] takes control characters out.
const START: char = '\u{1}';
const END: char = '\u{2}';

fn stories(results: &Results<Hit>, look: &Look, page: &mut dyn Write) -> Result<()> {
    let paint = Paint(look);
    let mut headings = Headings::of(results);
    for hit in &results.hits {
        headings.before_a_hit(&paint, page)?;
        match hit.title.as_str() {
            "" => writeln!(page, "{}", paint.faint(NO_HEADLINE))?,
            title => writeln!(page, "{}", paint.marked(title, &hit.title_marks, TITLE))?,
        }
        writeln!(page, "  {}", paint.faint(&origin(hit)))?;
        if !hit.speakers.is_empty() {
            let speakers = paint.wrapped(&format!("speakers: {}", hit.speakers.join(", ")), "  ");
            writeln!(page, "{}", paint.styled(&speakers, SPEAKER))?;
        }
        for passage in &hit.passages {
            writeln!(page, "{}", paint.passage(passage, "    "))?;
        }
        writeln!(page)?;
    }
    headings.at_the_end(&paint, page)?;
    write_facets(&results.facets, &paint, page)?;
    writeln!(page, "{}", total(results, "story", "stories"))
}

fn statements(results: &Results<Said>, look: &Look, page: &mut dyn Write) -> Result<()> {
    let paint = Paint(look);
    let mut headings = Headings::of(results);
    for said in &results.hits {
        headings.before_a_hit(&paint, page)?;
        writeln!(page, "{}", paint.styled(&who(said), SPEAKER))?;
        writeln!(page, "{}", paint.passage(&quoted(said), "    "))?;
        let title = if said.story.title.is_empty() { NO_HEADLINE } else { &said.story.title };
        let origin = format!("{title} · {}", origin(&said.story));
        writeln!(page, "{}\n", paint.faint(&paint.wrapped(&origin, "    ")))?;
    }
    headings.at_the_end(&paint, page)?;
    write_facets(&results.facets, &paint, page)?;
    writeln!(page, "{}", total(results, "statement", "statements"))
}

/// How many of all matches there are of each value, a line for each field.
fn write_facets(facets: &[Facet], paint: &Paint<'_>, page: &mut dyn Write) -> Result<()> {
    for Facet { field, values } in facets {
        let values: Vec<String> = values
            .iter()
            .map(|tally| format!("{} ({})", safe(&tally.value), tally.count))
            .collect();
        writeln!(page, "{}", paint.wrapped(&format!("{field}: {}", values.join(", ")), ""))?;
    }
    if facets.is_empty() { Ok(()) } else { writeln!(page) }
}

/// Columns of a concordance that tell the day and the source.
const DAY: usize = 10;
const SOURCE: usize = 12;

/// The matches one below the other, with as much around them as there is room for.
fn lines(results: &Results<Line>, look: &Look, page: &mut dyn Write) -> Result<()> {
    let paint = Paint(look);
    for line in &results.hits {
        let day = line.published.map(|time| time.day().to_string()).unwrap_or_default();
        let source: String = safe(&line.source).chars().take(SOURCE).collect();
        let origin = format!("{day:<DAY$} {source:<SOURCE$}");
        let [start, end] = paint.stand_ins();
        let hit = format!("{start}{}{end}", safe(&line.hit));
        let room = look.width.saturating_sub(DAY + SOURCE + 3);
        let side = room / 2;
        let left = safe(&line.left);
        let left: String = left.chars().skip(left.chars().count().saturating_sub(side)).collect();
        let behind = room.saturating_sub(side + hit.chars().count());
        let right: String = safe(&line.right).chars().take(behind).collect();
        let text = format!("{left:>side$}{hit}{right}");
        let text = paint.show_marks(text.trim_end(), Style::new());
        writeln!(page, "{} {text}", paint.styled(&origin, FAINT))?;
    }
    writeln!(page, "{}", total(results, "line", "lines"))
}

/// The headings of groups, each before the first hit of its group.
struct Headings<'a> {
    groups: std::slice::Iter<'a, Group>,
    /// How many hits of the group at hand are still to come.
    left: usize,
}

impl<'a> Headings<'a> {
    fn of<T>(results: &'a Results<T>) -> Self {
        Self { groups: results.groups.iter(), left: 0 }
    }

    /// Says at the end how many belong to no group.
    fn at_the_end(&self, paint: &Paint<'_>, page: &mut dyn Write) -> Result<()> {
        match self.groups.clone().next() {
            Some(group) if group.hits == 0 => {
                let heading = format!("== (none) ({})", group.total);
                writeln!(page, "{}\n", paint.styled(&heading, TITLE))
            }
            _ => Ok(()),
        }
    }

    fn before_a_hit(&mut self, paint: &Paint<'_>, page: &mut dyn Write) -> Result<()> {
        while self.left == 0 {
            let Some(group) = self.groups.next() else { return Ok(()) };
            self.left = group.hits;
            let heading = format!("== {} ({})", safe(&group.name), group.total);
            writeln!(page, "{}\n", paint.styled(&heading, TITLE))?;
        }
        self.left -= 1;
        Ok(())
    }
}

/// "Reuters, MOSCOW, 2025-03-18 · path": where a story comes from.
fn origin(hit: &Hit) -> String {
    let day = hit.published.map(|published| published.day().to_string()).unwrap_or_default();
    let parts = [hit.source.as_str(), hit.place.as_str(), day.as_str()];
    let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let member = if hit.member.is_empty() { String::new() } else { format!(" > {}", hit.member) };
    let warnings: String = warnings(hit).into_iter().map(|warning| warning + " · ").collect();
    format!("{warnings}{} · {}{member}{}", known.join(", "), hit.path, kin(hit))
}

/// " · version 3 of 3 · also in Harbour Herald, Coast Post".
fn kin(hit: &Hit) -> String {
    let Some(family) = &hit.family else { return String::new() };
    let mut told = String::new();
    if family.versions > 1 {
        told.push_str(&format!(" · version {} of {}", family.version, family.versions));
    }
    match (family.copies, family.outlets.as_slice()) {
        (0, _) => {}
        (1, []) => told.push_str(" · 1 copy"),
        (copies, []) => told.push_str(&format!(" · {copies} copies")),
        (1, outlets) => told.push_str(&format!(" · also in {}", outlets.join(", "))),
        (copies, outlets) => {
            told.push_str(&format!(" · {copies} copies: {}", outlets.join(", ")));
        }
    }
    told
}

/// What nobody may miss of a story: that it takes back or corrects another, or is not to be used yet.
fn warnings(hit: &Hit) -> Vec<String> {
    let grave = hit.kinds.iter().filter(|kind| matches!(**kind, "kill" | "correction"));
    let embargo = hit.embargo.map(|until| format!("EMBARGO until {until}"));
    let latest = hit.family.as_ref().and_then(|family| family.latest.as_ref());
    let earlier = latest.map(|latest| format!("EARLIER VERSION of {latest}"));
    grave.map(|kind| kind.to_uppercase()).chain(embargo).chain(earlier).collect()
}

/// "Dmitry Peskov (Kremlin spokesman) told reporters".
fn who(said: &Said) -> String {
    let name = match (said.speaker.as_str(), said.named.as_str()) {
        ("", "") => "(speaker not named)",
        ("", named) => named,
        (name, _) => name,
    };
    let role = if said.role.is_empty() { String::new() } else { format!(" ({})", said.role) };
    let cue = if said.cue.is_empty() { String::new() } else { format!(", {}", said.cue) };
    safe(&format!("{name}{role}{cue}")).into_owned()
}

/// The statement with marks in bytes.
fn quoted(said: &Said) -> Passage {
    Passage { text: said.text.clone(), marks: said.marks.clone(), spans: Vec::new() }
}

/// "22 stories, 10 shown, 24 with every version and copy".
fn total<T>(results: &Results<T>, one: &str, many: &str) -> String {
    let total = results.total;
    let mut told = format!("{total} {}", if total == 1 { one } else { many });
    let shown = results.hits.len();
    if shown as u64 != total && total != 0 {
        told.push_str(&format!(", {shown} shown"));
    }
    if results.stories > total {
        told.push_str(&format!(", {} with every version and copy", results.stories));
    }
    told
}

/// Takes out control characters, so that no story can move the cursor or change colours.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    let harmful = |letter: char| {
        letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let plain = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    Cow::Owned(plain.filter(|letter| !harmful(*letter)).collect())
}

struct Paint<'a>(&'a Look);

impl Paint<'_> {
    fn styled(&self, text: &str, style: Style) -> String {
        if !self.0.colour || text.is_empty() {
            return text.to_owned();
        }
        format!("{style}{text}{style:#}")
    }

    fn faint(&self, text: &str) -> String {
        self.styled(&safe_lines(text), FAINT)
    }

    fn wrapped(&self, text: &str, indent: &str) -> String {
        let options = Options::new(self.0.width).initial_indent(indent).subsequent_indent(indent);
        fill(&safe(text), options)
    }

    fn passage(&self, passage: &Passage, indent: &str) -> String {
        let held = self
            .wrapped_marked(&with_marks(&passage.text, &passage.marks, self.stand_ins()), indent);
        self.show_marks(&held, Style::new())
    }

    fn marked(&self, text: &str, marks: &[[usize; 2]], style: Style) -> String {
        let held = with_marks(text, marks, self.stand_ins());
        let shown = self.show_marks(&held, style);
        if self.0.colour { format!("{style}{shown}{style:#}") } else { shown }
    }

    fn wrapped_marked(&self, text: &str, indent: &str) -> String {
        let options = Options::new(self.0.width).initial_indent(indent).subsequent_indent(indent);
        fill(text, options)
    }

    /// What stands around a mark while the text is wrapped: what becomes colour takes no column;
    /// without colour square brackets stand there, and stay.
    fn stand_ins(&self) -> [char; 2] {
        if self.0.colour { [START, END] } else { ['[', ']'] }
    }

    /// Turns the stand-ins for marks into colour.
    fn show_marks(&self, text: &str, around: Style) -> String {
        let (start, end) = (format!("{around:#}{MARK}"), format!("{MARK:#}{around}"));
        text.replace(START, &start).replace(END, &end)
    }
}

fn safe_lines(text: &str) -> String {
    text.lines().map(safe).collect::<Vec<_>>().join("\n")
}

/// A text made safe, with stand-ins around its marks (code points, in order).
fn with_marks(text: &str, marks: &[[usize; 2]], [start, end]: [char; 2]) -> String {
    let mut held = String::with_capacity(text.len() + marks.len() * 2);
    let mut marks = marks.iter().peekable();
    let mut open = None;
    for (at, letter) in text.chars().chain(std::iter::once('\n')).enumerate() {
        if open == Some(at) {
            held.push(end);
            open = None;
        }
        if let Some([_, end]) = marks.next_if(|[start, _]| *start == at) {
            held.push(start);
            open = Some(*end);
        }
        let mut bytes = [0; 4];
        held.push_str(&safe(letter.encode_utf8(&mut bytes)));
    }
    held.truncate(held.trim_end().len());
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look() -> Look {
        Look { colour: false, width: 40, goes_on: false }
    }

    #[test]
    fn marks_stand_in_brackets_where_there_is_no_colour() {
        let passage = Passage {
            text: "a “certain understanding” between them".into(),
            marks: vec![[3, 24]],
            spans: Vec::new(),
        };
        let look = look();
        let text = Paint(&look).passage(&passage, "  ");
        assert_eq!(text, "  a “[certain understanding]” between\n  them");
    }

    #[test]
    fn a_mark_at_the_very_end_is_closed() {
        assert_eq!(with_marks("abc", &[[1, 3]], [START, END]), "a\u{1}bc\u{2}");
    }

    #[test]
    fn escape_codes_in_a_story_do_not_reach_the_terminal() {
        assert_eq!(safe("\u{1b}[31mred\u{7}\u{202E}"), "[31mred");
        assert_eq!(with_marks("\u{1}x\u{2}", &[], [START, END]), "x");
    }

    #[test]
    fn the_total_says_how_many_are_shown() {
        let told = |all: u64, stories: u64, shown: usize| {
            let results = Results { total: all, stories, ..Results::of(vec![(); shown]) };
            total(&results, "story", "stories")
        };
        assert_eq!(told(1, 1, 1), "1 story");
        assert_eq!(told(12, 12, 10), "12 stories, 10 shown");
        assert_eq!(told(0, 0, 0), "0 stories");
        assert_eq!(told(2, 5, 2), "2 stories, 5 with every version and copy");
    }
}
