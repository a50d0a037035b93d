//! What was found in one text, for people who ask why: `annotate --explain`.
//!
//! Comes in: a text and its annotations. Goes out: lines, each with the place, the rule, the
//! speaker and the words. Is not meant for programs: the JSON of `annotated` is.

use std::fmt::Write;

use crate::model::{Annotations, Statement};
use crate::text::offsets::CodePoints;

/// The most characters of the words that are shown.
const WORDS: usize = 72;

/// One line for each statement and each date; the text's name above them.
pub fn explained(id: &str, text: &str, annotations: &Annotations) -> String {
    let mut points = CodePoints::new(text);
    let mut page = format!("{}\n", super::safe(id));
    for said in &annotations.statements {
        let place = points.of(said.quotes.first().copied().unwrap_or(said.span));
        let words = shortened(said.span.of(text));
        let line = format_args!("  {:<12} {} | {words}", said.rule, speaker(said, text));
        let _ = writeln!(page, "{:>7}{line}", place[0]);
    }
    for date in &annotations.dates {
        let [start, _] = points.of(date.span);
        let _ = writeln!(page, "{start:>7}  {:<12} {}", date.rule, shortened(date.span.of(text)));
    }
    page.truncate(page.trim_end().len());
    page
}

/// The words for the speaker, and the name they stand for.
fn speaker(said: &Statement, text: &str) -> String {
    let Some(speaker) = &said.speaker else { return "nobody".to_owned() };
    let words = shortened(speaker.span.of(text));
    match speaker.name.as_deref() {
        Some(name) if name != words => format!("{words} ({name})"),
        _ => words,
    }
}

fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = super::safe(&line).into_owned();
    if line.chars().count() <= WORDS {
        return line;
    }
    line.chars().take(WORDS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Span, Speaker, StatementKind};

    #[test]
    fn a_statement_is_a_line_with_its_rule_and_speaker() {
        let text = "“No,” Vane said.";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let said = Statement {
            kind: StatementKind::Direct,
            span: at("No,"),
            quotes: vec![at("No,")],
            cue: Some(at("said")),
            speaker: Some(Speaker { span: at("Vane"), name: Some("Ann Vane".into()), role: None }),
            rule: "cue-after",
        };
        let found = Annotations { statements: vec![said], ..Annotations::default() };
        let line = "x\n      1  cue-after    Vane (Ann Vane) | No,";
        assert_eq!(explained("x", text, &found), line);
    }
}
