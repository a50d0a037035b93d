//! Who is named in a story, and which names are one person's.
//!
//! Comes in: the mentions of a story and its cast. Goes out: `people`, in order of first mention.
//! Does not say who said what. It is no annotator of its own: `statements` reads the same tokens
//! for both, so that no letter is read twice.

pub(super) mod cast;
pub(super) mod mentions;
pub(super) mod offices;
#[cfg(test)]
mod tests;

use crate::model::Person;
use cast::{Cast, Kind};
use mentions::Mention;

/// The people of a cast, in order of first mention.
pub(super) fn people(text: &str, mentions: &[Mention], cast: &Cast<'_>) -> Vec<Person> {
    let mut place = vec![usize::MAX; cast.members.len()];
    let mut found: Vec<Person> = Vec::new();
    for mention in mentions {
        let Some(index) = mention.member else { continue };
        let member = &cast.members[index as usize];
        if member.kind != Kind::Person {
            continue;
        }
        let slot = &mut place[index as usize];
        if *slot == usize::MAX {
            *slot = found.len();
            found.push(Person {
                name: member.name(),
                aliases: Vec::new(),
                role: member.role.clone(),
                mentions: Vec::new(),
            });
        }
        let person = &mut found[*slot];
        let form = mention.span.of(text);
        if form != person.name && !person.aliases.iter().any(|alias| alias == form) {
            person.aliases.push(form.to_owned());
        }
        person.mentions.push(mention.span);
    }
    found
}
