//! Who is who in an archive: the names that its stories give, joined to their bearers.
//!
//! Comes in: an index, and what its reader knows better. Goes out: people, each with every name and
//! role, and queries that ask for a person by all of them. Nothing is written to the index: a name
//! is joined when it is asked for.

mod joined;
mod known;
mod portrait;
mod speaking;

use rustc_hash::FxHashMap;

use crate::contract::{Index, Request, Start};
use crate::error::Result;
use crate::model::{Field, Naming, Near, Node, Scope, Sort, Who};
use crate::text::bearers::{Alike, Name};
use crate::text::namings::folded;
use crate::text::words::words;

pub use known::Known;
pub use portrait::{Portrait, Role, portrait};
pub use speaking::{Speaking, speaking};

/// A query that names more people than this asks for a word, and not for a person.
const MOST_BEARERS: usize = 24;
/// How many people are offered where a name is several people's.
const OFFERED: usize = 4;
/// Somebody in less than this share of as many stories as the most frequent is not offered.
const LEAST_SHARE: u64 = 50;

/// Somebody, by all the names that an archive's stories give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The name to show: of the full names, that of the most stories.
    pub name: String,
    /// Every name, the most frequent first.
    pub names: Vec<String>,
    /// How stories name them: names with their roles.
    pub namings: Vec<Naming>,
    /// How many stories do, one that gives two of the names counted twice.
    pub stories: u64,
}

/// What a name typed stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// The people, the most frequent first.
    pub bearers: Vec<Bearer>,
    /// Whether the archive has the name only in another spelling.
    pub spelt_otherwise: bool,
}

/// Finds the people that a name may mean: all that bear it, or names that sound like it where nobody
/// does.
///
/// # Errors
/// Where the index is damaged.
pub fn people_named(index: &dyn Index, asked: &str, known: &Known) -> Result<Meant> {
    let wanted: Vec<String> = words(asked).map(|word| word.folded.into_owned()).collect();
    let Some(name) = Name::of(asked) else { return Ok(Meant::default()) };
    let mut keys = vec![name.surname_key()];
    keys.extend(known.keys_beside(&wanted));
    let near = index.namings(Some(&keys))?;
    let (matched, spelt_otherwise) = matched(&near, &wanted, &name, known);
    if matched.is_empty() {
        return Ok(Meant::default());
    }
    let mut more: Vec<String> =
        matched.iter().filter_map(|name| Name::of(name)).flat_map(|name| name.keys()).collect();
    more.extend(matched.iter().flat_map(|name| known.keys_of_others(name)));
    more.sort_unstable();
    more.dedup();
    let all = if more.len() > MOST_BEARERS { near } else { index.namings(Some(&more))? };
    let mut bearers = joined::bearers(index, all, known)?;
    bearers.retain(|bearer| bearer.names.iter().any(|name| matched.contains(name)));
    Ok(Meant { bearers, spelt_otherwise })
}

/// Finds everybody.
///
/// # Errors
/// Where the index is damaged.
pub fn everybody(index: &dyn Index, known: &Known) -> Result<Vec<Bearer>> {
    joined::bearers(index, index.namings(None)?, known)
}

/// The name to show for each name that is not its bearer's own.
///
/// # Errors
/// Where the index is damaged.
pub(super) fn shown_names(index: &dyn Index, known: &Known) -> Result<FxHashMap<String, String>> {
    let mut shown = FxHashMap::default();
    for bearer in everybody(index, known)? {
        let others = bearer.names.into_iter().filter(|name| *name != bearer.name);
        shown.extend(others.map(|name| (name, bearer.name.clone())));
    }
    Ok(shown)
}

/// The names that hold the words asked for; where there are none, those that sound like them.
fn matched(
    namings: &[Naming],
    wanted: &[String],
    asked: &Name,
    known: &Known,
) -> (Vec<String>, bool) {
    let mut names: Vec<&str> = namings.iter().map(|naming| naming.name.as_str()).collect();
    names.dedup();
    let held: Vec<String> = names
        .iter()
        .filter(|name| holds(name, wanted) || known.are_one(name, &asked.folded()))
        .map(|name| (*name).to_owned())
        .collect();
    if !held.is_empty() {
        return (held, false);
    }
    let alike = |name: &&&str| {
        Name::of(name).is_some_and(|name| match name.alike(asked) {
            Alike::Same | Alike::Loosely => true,
            // A surname typed means its bearers; a full name typed means no other than itself.
            Alike::Short => asked.is_short(),
            Alike::Initial | Alike::Not => false,
        })
    };
    (names.iter().filter(alike).map(|name| (*name).to_owned()).collect(), true)
}

/// Whether a name holds words side by side.
fn holds(name: &str, wanted: &[String]) -> bool {
    let folded: Vec<String> = words(name).map(|word| word.folded.into_owned()).collect();
    folded.windows(wanted.len().max(1)).any(|stretch| stretch == wanted)
}

/// Asks for each person that a query names by every name of theirs, and tells what the reader should
/// know: that a name is several people's, or only spelt otherwise. Words in all their forms are asked
/// for by the rules of each language that the archive has.
///
/// # Errors
/// Where the index is damaged.
pub fn by_every_name(
    index: &dyn Index,
    query: &Node,
    known: &Known,
) -> Result<(Node, Vec<String>)> {
    let mut notes = Vec::new();
    let query = named(index, query, known, &mut notes)?;
    notes.dedup();
    Ok((super::forms::by_language(index, query)?, notes))
}

fn named(index: &dyn Index, node: &Node, known: &Known, notes: &mut Vec<String>) -> Result<Node> {
    let mut inside = |node: &Node| named(index, node, known, notes);
    Ok(match node {
        Node::Term(field @ (Field::Speaker | Field::Person), word) => {
            person(index, node, *field, word, known, notes)?
        }
        Node::Phrase(field @ (Field::Speaker | Field::Person), words) => {
            person(index, node, *field, &words.join(" "), known, notes)?
        }
        Node::Named(field, Who::Words(words)) => {
            let asked = words.join(" ");
            let Meant { bearers, .. } = people_named(index, &asked, known)?;
            notes.extend(several(&asked, &bearers));
            let names = bearers.iter().flat_map(|bearer| &bearer.names).map(|name| folded(name));
            match bearers.len() {
                1..=MOST_BEARERS => Node::Named(*field, Who::Names(names.collect())),
                _ => node.clone(),
            }
        }
        Node::Near(near) => {
            let (left, right) = (inside(&near.left)?, inside(&near.right)?);
            Node::Near(Box::new(Near { left, right, ..**near }))
        }
        Node::AtLeast(least, inner) => Node::AtLeast(*least, Box::new(inside(inner)?)),
        Node::Front(front, inner) => Node::Front(*front, Box::new(inside(inner)?)),
        Node::And(parts) => Node::And(parts.iter().map(inside).collect::<Result<_>>()?),
        Node::Or(parts) => Node::Or(parts.iter().map(inside).collect::<Result<_>>()?),
        Node::Not(inner) => Node::Not(Box::new(inside(inner)?)),
        Node::Said(inner) => Node::Said(Box::new(inside(inner)?)),
        other => other.clone(),
    })
}

/// A name asked for, or any other name of those who bear it.
fn person(
    index: &dyn Index,
    node: &Node,
    field: Field,
    asked: &str,
    known: &Known,
    notes: &mut Vec<String>,
) -> Result<Node> {
    let Meant { bearers, spelt_otherwise } = people_named(index, asked, known)?;
    if bearers.is_empty() || bearers.len() > MOST_BEARERS {
        return Ok(node.clone());
    }
    if spelt_otherwise {
        notes.push(format!("no `{asked}` here; taken for {}", bearers[0].name));
    }
    notes.extend(several(asked, &bearers));
    let mut names: Vec<String> = bearers.into_iter().flat_map(|bearer| bearer.names).collect();
    names.sort_unstable();
    let wanted: Vec<String> = words(asked).map(|word| word.folded.into_owned()).collect();
    names.retain(|name| !holds(name, &wanted));
    if names.is_empty() {
        return Ok(node.clone());
    }
    Ok(Node::Or(vec![node.clone(), Node::Whole(field, names)]))
}

/// Offers the people of a name, where it is more than one's.
fn several(asked: &str, bearers: &[Bearer]) -> Option<String> {
    let most = bearers.first()?.stories;
    let notable: Vec<String> = bearers
        .iter()
        .filter(|bearer| bearer.stories * LEAST_SHARE >= most)
        .map(|bearer| format!("{} ({})", bearer.name, bearer.stories))
        .collect();
    let offered = notable.get(..OFFERED.min(notable.len())).filter(|offered| offered.len() > 1)?;
    let more = if notable.len() > OFFERED { " and others" } else { "" };
    let offered = offered.join(", ");
    Some(format!("`{asked}` is the name of {offered}{more}; a full name asks for one"))
}

/// How many stories name somebody by one of the names and somebody by one of the others.
fn together(index: &dyn Index, names: &[String], others: &[String]) -> Result<u64> {
    let bearer = |names: &[String]| Node::Whole(Field::Person, names.to_vec());
    let query = Node::And(vec![bearer(names), bearer(others)]);
    let (scope, sort) = (Scope::Stories, Sort::Newest);
    let request = Request { query: &query, scope, sort, start: Start::FRONT, limit: 0 };
    Ok(index.search(&request)?.total)
}
