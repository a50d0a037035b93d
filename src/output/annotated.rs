//! What was found in one text, as the `annotate` command writes it.
//!
//! Comes in: a text and its annotations. Goes out: one JSON object with offsets in code points.

use serde_json::{Value, json};

use crate::model::{Annotations, Person, Span, Statement};
use crate::text::offsets::CodePoints;
use crate::text::places::is_place;

/// Shapes what was found in a text: quotes, statements, speakers, people, dates.
///
/// `quotes` are the quoted passages, between the marks, with their speaker in flat keys.
pub fn annotated(id: &str, text: &str, annotations: &Annotations) -> Value {
    let mut points = CodePoints::new(text);
    let quotes: Vec<Value> =
        annotations.statements.iter().flat_map(|s| quotes(s, text, &mut points)).collect();
    let statements: Vec<Value> =
        annotations.statements.iter().map(|s| statement(s, text, &mut points)).collect();
    let people: Vec<Value> = annotations.people.iter().map(|p| person(p, &mut points)).collect();
    let dates: Vec<Value> = annotations
        .dates
        .iter()
        .map(|date| {
            let [start, end] = points.of(date.span);
            json!({"start": start, "end": end, "text": date.span.of(text), "value": date.value})
        })
        .collect();
    json!({
        "id": id,
        "quotes": quotes,
        "statements": statements,
        "speakers": speakers(annotations),
        "people": people,
        "dates": dates,
    })
}

fn quotes(said: &Statement, text: &str, points: &mut CodePoints<'_>) -> Vec<Value> {
    let mut flat = Vec::with_capacity(said.quotes.len());
    for quote in said.quotes.iter().filter(|quote| is_passage(quote.of(text))) {
        let [start, end] = points.of(*quote);
        let speaker = said.speaker.as_ref();
        let place = speaker.map(|speaker| points.of(speaker.span));
        flat.push(json!({
            "start": start,
            "end": end,
            "text": quote.of(text),
            "speaker": speaker.map(|speaker| speaker.span.of(text)),
            "speaker_start": place.map(|[start, _]| start),
            "speaker_end": place.map(|[_, end]| end),
            "speaker_name": speaker.and_then(|speaker| speaker.name.as_deref()),
        }));
    }
    flat
}

/// Whether a passage is long enough to be told as one: of three words. Shorter ones stand in
/// their statement.
fn is_passage(words: &str) -> bool {
    words.split_whitespace().nth(2).is_some()
}

fn statement(said: &Statement, text: &str, points: &mut CodePoints<'_>) -> Value {
    let [start, end] = points.of(said.span);
    let speaker = said.speaker.as_ref().map(|speaker| {
        let [start, end] = points.of(speaker.span);
        json!({"start": start, "end": end, "text": speaker.span.of(text),
            "name": speaker.name, "role": speaker.role})
    });
    json!({
        "kind": said.kind,
        "start": start,
        "end": end,
        "text": said.span.of(text),
        "cue": said.cue.map(|cue: Span| cue.of(text)),
        "speaker": speaker,
    })
}

fn person(person: &Person, points: &mut CodePoints<'_>) -> Value {
    let mentions: Vec<Value> = person
        .mentions
        .iter()
        .map(|mention| {
            let [start, end] = points.of(*mention);
            json!({"start": start, "end": end})
        })
        .collect();
    json!({"name": person.name, "aliases": person.aliases, "role": person.role, "mentions": mentions})
}

/// The names of the persons and bodies to whom anything is attributed, in order. A state that
/// speaks by the name of a place ("Elmland said no") stands in its statements alone.
fn speakers(annotations: &Annotations) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let said = annotations.statements.iter().filter_map(|said| said.speaker.as_ref());
    for name in said.filter_map(|speaker| speaker.name.as_deref()) {
        if !names.contains(&name) && !is_place(name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Speaker, StatementKind};

    #[test]
    fn a_place_stands_in_its_statement_and_not_among_the_speakers() {
        let text = "Japan said no. Ann Poe said yes.";
        let said = |name: &str, words: &str| Statement {
            kind: StatementKind::Indirect,
            span: Span::new(text.find(words).unwrap(), text.find(words).unwrap() + words.len()),
            quotes: Vec::new(),
            cue: None,
            speaker: Some(Speaker {
                span: Span::new(text.find(name).unwrap(), text.find(name).unwrap() + name.len()),
                name: Some(name.into()),
                role: None,
            }),
            rule: "reported",
        };
        let statements = vec![said("Japan", "no"), said("Ann Poe", "yes")];
        let value = annotated("x", text, &Annotations { statements, ..Annotations::default() });
        assert_eq!(value["speakers"], json!(["Ann Poe"]));
        assert_eq!(value["statements"][0]["speaker"]["name"], "Japan");
    }

    #[test]
    fn offsets_count_code_points() {
        let text = "“Né le 2,” said Ann Poe.";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let said = Statement {
            kind: StatementKind::Direct,
            span: at("Né le 2,"),
            quotes: vec![at("Né le 2,")],
            cue: Some(at("said")),
            speaker: Some(Speaker {
                span: at("Ann Poe"),
                name: Some("Ann Poe".into()),
                role: None,
            }),
            rule: "cue-after",
        };
        let found = Annotations { statements: vec![said], ..Annotations::default() };
        let value = annotated("x", text, &found);
        assert_eq!(value["quotes"][0]["speaker_start"], 16);
        assert_eq!(value["quotes"][0]["end"], 9);
        assert_eq!(value["speakers"][0], "Ann Poe");
    }
}
