//! Who said what: quoted passages and reported speech, each with its cue and speaker.
//!
//! Comes in: a text without its asides. Goes out: `statements`, in order, and the people they
//! name. Rules and tables only; every statement comes from one rule.

mod appositions;
mod carried;
mod choice;
mod clause;
mod cues;
mod forms;
mod heads;
mod mixed;
mod nesting;
mod phrases;
mod places;
pub(super) mod scene;
mod signs;
mod terms;
mod voices;
mod who;

use crate::contract::{Annotator, Text};
use crate::model::{Annotations, Speaker, Statement, StatementKind};
use crate::text::quotation::passages;
use scene::Scene;
use voices::Voice;

/// Finds who said what.
pub(super) const STATEMENTS: Annotator =
    Annotator { name: "statements", doc: "who said what, quoted and reported", annotate };

fn annotate(text: &Text<'_>, annotations: &mut Annotations) {
    if !matches!(text.language, "" | "en") {
        annotations.statements = unattributed(text.body);
        return;
    }
    let scene = Scene::of(text, &annotations.asides);
    let mut statements: Vec<Statement> =
        voices::voices(&scene).iter().map(|voice| statement(&scene, voice)).collect();
    statements.sort_by_key(|said| (said.span.start(), said.span.end()));
    annotations.statements = statements;
    annotations.people = super::people::people(scene.text, &scene.mentions, &scene.cast);
}

/// What the marks alone tell: all that may be said of a language whose verbs are not known.
fn unattributed(body: &str) -> Vec<Statement> {
    let spoken = |words: &str| words.split_whitespace().nth(2).is_some();
    passages(body)
        .into_iter()
        .filter(|passage| !passage.nested && spoken(passage.inner.of(body)))
        .map(|passage| Statement {
            kind: StatementKind::Direct,
            span: passage.inner,
            quotes: vec![passage.inner],
            cue: None,
            speaker: None,
            rule: "marks",
        })
        .collect()
}

fn statement(scene: &Scene<'_>, voice: &Voice) -> Statement {
    let quotes: Vec<_> = voice
        .quote
        .iter()
        .chain(&voice.more)
        .map(|&q| scene.passages[q as usize - 1].inner)
        .collect();
    let speaker = voice.source.map(|source| Speaker {
        span: source.span,
        name: voice.member.map(|index| scene.cast.members[index as usize].name()),
        role: role(scene, voice),
    });
    let kind = match (voice.quote, quotes.first()) {
        (None, _) if voice.rule != "transcript" => StatementKind::Indirect,
        (Some(_), Some(inner)) if voice.span.holds(*inner) && voice.span != *inner => {
            StatementKind::Mixed
        }
        _ => StatementKind::Direct,
    };
    Statement { kind, span: voice.span, quotes, cue: voice.cue, speaker, rule: voice.rule }
}

/// What the story calls the speaker: the office it gives, or the words that stand for a name.
fn role(scene: &Scene<'_>, voice: &Voice) -> Option<String> {
    let source = voice.source?;
    match (voice.member, source.head) {
        (Some(index), _) => scene.cast.members[index as usize].role.clone(),
        (None, clause::Head::Nominal(_)) => {
            let words = source.span.of(scene.text);
            let articles = ["a ", "an ", "the ", "A ", "An ", "The "];
            let bare = articles.iter().find_map(|article| words.strip_prefix(article));
            Some(bare.unwrap_or(words).to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
