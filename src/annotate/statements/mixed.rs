//! Mixed statements: reported words with quoted passages among them.
//!
//! Comes in: the voices of a sentence. Goes out: the same, those of one cue joined to one.

use super::clause::Reader;
use super::voices::{Voice, trimmed};
use crate::model::Span;

/// Joins the passages that one cue governs, with the words around them, to one statement.
pub(super) fn mix(reader: &Reader<'_, '_>, found: &mut Vec<Voice>, fresh: usize) {
    let end = reader.at(reader.len() - 1).span.end();
    let mut at = fresh;
    while at < found.len() {
        let voice = &found[at];
        let governed = matches!(voice.rule, "lead-in" | "cue-before");
        let Some(cue) = voice.cue.filter(|cue| governed && cue.end() <= voice.span.start()) else {
            at += 1;
            continue;
        };
        let (own, last) =
            (voice.span, reader.scene.passages[voice.quote.unwrap_or(1) as usize - 1].outer);
        let between = Span::new(cue.end(), own.start()).of(reader.scene.text);
        let behind = Span::new(last.end(), end.max(last.end())).of(reader.scene.text);
        let words = |part: &str| part.split_ascii_whitespace().filter(|w| w.len() > 1).count();
        if words(between) <= 1 && words(behind) == 0 {
            at += 1;
            continue;
        }
        let mut more = Vec::new();
        while let Some(next) = found.get(at + 1)
            && next.cue == Some(cue)
        {
            more.extend(next.quote);
            found.remove(at + 1);
        }
        let stop =
            more.last().map_or(last.end(), |&q| reader.scene.passages[q as usize - 1].outer.end());
        let limit = found.get(at + 1).and_then(|v| v.source).map(|s| s.span.start());
        let end = limit.filter(|&limit| limit >= stop).unwrap_or(end).max(stop);
        let span = trimmed(reader.scene.text, cue.end(), end);
        let voice = &mut found[at];
        (voice.span, voice.more) = (span, more);
        at += 1;
    }
}
