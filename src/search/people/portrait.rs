//! One person of an archive: names, roles over time, and how often they are named and speak.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Bearer;
use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{Field, Node, Record, Scope, Sort, Tally};

/// In how many stories, the newest, the forms of a name are looked for.
const STORIES_READ: usize = 500;

/// Everything that an archive tells of somebody but the stories themselves.
#[derive(Clone, Debug, Serialize)]
pub struct Portrait {
    /// The name to show.
    pub name: String,
    /// The fullest names that stories give, with the number of stories, the most frequent first.
    pub names: Vec<Tally>,
    /// Other forms in the newest stories ("Mr Vane"), with the number of stories.
    pub forms: Vec<Tally>,
    /// Roles, in the order of their first day.
    pub roles: Vec<Role>,
    /// How many stories name them.
    pub stories: u64,
    /// How many statements are theirs.
    pub statements: u64,
    /// The day of the first story that names them.
    pub first: Option<Date>,
    /// The day of the last.
    pub last: Option<Date>,
}

/// What stories call somebody.
#[derive(Clone, Debug, Serialize)]
pub struct Role {
    /// The words, as most stories write them.
    pub role: String,
    /// How many stories do.
    pub stories: u64,
    /// The day of the first of them.
    pub first: Option<Date>,
    /// The day of the last.
    pub last: Option<Date>,
}

/// Gathers what an archive tells of somebody.
///
/// # Errors
/// Where the index is damaged.
pub fn portrait(index: &dyn Index, bearer: &Bearer) -> Result<Portrait> {
    let asked = |field| Node::Whole(field, bearer.names.clone());
    let count = |query: &Node, scope, limit| {
        index.search(&Request { query, scope, sort: Sort::Newest, start: Start::FRONT, limit })
    };
    let named = count(&asked(Field::Person), Scope::Stories, STORIES_READ)?;
    let records: Vec<&Record> = named.hits.iter().map(|hit| hit.record.as_ref()).collect();
    let mut names: FxHashMap<&str, u64> = FxHashMap::default();
    for naming in &bearer.namings {
        *names.entry(&naming.name).or_default() += naming.stories;
    }
    Ok(Portrait {
        name: bearer.name.clone(),
        names: tallies(names.into_iter().map(|(name, count)| (name.to_owned(), count))),
        forms: forms(&records, bearer),
        roles: roles(bearer),
        stories: named.total,
        statements: count(&asked(Field::Speaker), Scope::Statements, 0)?.total,
        first: bearer.namings.iter().filter_map(|naming| naming.first).min(),
        last: bearer.namings.iter().filter_map(|naming| naming.last).max(),
    })
}

/// The forms of somebody's name that are none of the full ones.
fn forms(records: &[&Record], bearer: &Bearer) -> Vec<Tally> {
    let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
    for record in records {
        let people = record.annotations.people.iter();
        for person in people.filter(|person| bearer.names.contains(&person.name)) {
            for form in person.aliases.iter().filter(|form| !bearer.names.contains(form)) {
                *forms.entry(form).or_default() += 1;
            }
        }
    }
    tallies(forms.into_iter().map(|(form, count)| (form.to_owned(), count)))
}

/// Roles that differ in capitals alone are one.
fn roles(bearer: &Bearer) -> Vec<Role> {
    let mut roles: BTreeMap<String, Role> = BTreeMap::new();
    let mut namings: Vec<_> =
        bearer.namings.iter().filter(|naming| !naming.role.is_empty()).collect();
    namings.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.role.cmp(&b.role)));
    for naming in namings {
        let role = roles.entry(naming.role.to_lowercase()).or_insert_with(|| Role {
            role: naming.role.clone(),
            stories: 0,
            first: naming.first,
            last: naming.last,
        });
        role.stories += naming.stories;
        role.first = [role.first, naming.first].into_iter().flatten().min();
        role.last = role.last.max(naming.last);
    }
    let mut roles: Vec<Role> = roles.into_values().collect();
    roles.sort_by(|a, b| a.first.cmp(&b.first).then(b.stories.cmp(&a.stories)));
    roles
}

/// The most frequent first, equals in the order of the alphabet.
fn tallies(counts: impl Iterator<Item = (String, u64)>) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = counts.map(|(value, count)| Tally { value, count }).collect();
    tallies.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    tallies
}
