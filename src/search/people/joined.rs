//! Names joined to their bearers: the surest first, and where two would fit, neither.
//!
//! Two names are joined where their letters allow it and their contexts do not speak against it:
//! the roles that stories give, and stories that name both. What is less alike needs a role in
//! common, or to be rare beside the other.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Bearer, Known, together};
use crate::contract::Index;
use crate::error::Result;
use crate::model::Naming;
use crate::text::bearers::{Alike, Name};
use crate::text::words::words;

/// A name that fits two people is the one's who is in so many times as many stories.
const DOMINANT: u64 = 8;
/// A bare surname with a role of theirs is a person's whose full name is in at least this share of
/// as many stories.
const LEAST_SHARE: u64 = 20;
/// A bare surname without a role is a person's whose full name is in so many times as many.
const FAMILIAR: u64 = 3;
/// Two names are two people's where more than this share of the stories of one name both.
const TOGETHER_SHARE: u64 = 5;
/// Words of a role that say nothing of what it is.
const EMPTY_WORDS: &[&str] = &[
    "the", "of", "for", "and", "in", "at", "to", "a", "an", "former", "ex", "then", "new", "late",
    "mr",
];

/// A name of the archive, and what its stories say beside it.
struct Candidate {
    name: String,
    parsed: Name,
    namings: Vec<Naming>,
    /// The words of its roles.
    roles: FxHashSet<String>,
    stories: u64,
}

/// The people whose names these are, the most frequent first.
pub(super) fn bearers(
    index: &dyn Index,
    namings: Vec<Naming>,
    known: &Known,
) -> Result<Vec<Bearer>> {
    let mut joining = Joining {
        index,
        known,
        groups: Vec::new(),
        by_surname: FxHashMap::default(),
        by_first: FxHashMap::default(),
        by_person: FxHashMap::default(),
    };
    for candidate in in_order(candidates(namings)) {
        joining.place(candidate)?;
    }
    let mut bearers: Vec<Bearer> =
        joining.groups.into_iter().map(|group| group.bearer(known)).collect();
    bearers.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.name.cmp(&b.name)));
    Ok(bearers)
}

/// One candidate a name; namings come in the order of names.
fn candidates(namings: Vec<Naming>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for naming in namings {
        if candidates.last().is_none_or(|last| last.name != naming.name) {
            let Some(parsed) = Name::of(&naming.name) else { continue };
            candidates.push(Candidate {
                name: naming.name.clone(),
                parsed,
                namings: Vec::new(),
                roles: FxHashSet::default(),
                stories: 0,
            });
        }
        let Some(candidate) = candidates.last_mut() else { continue };
        candidate.stories += naming.stories;
        let told = words(&naming.role).map(|word| word.folded.into_owned());
        candidate.roles.extend(told.filter(|word| !EMPTY_WORDS.contains(&word.as_str())));
        candidate.namings.push(naming);
    }
    candidates
}

/// The surest first: full names, those of more words before those of fewer; then those with an
/// initial, then single words.
fn in_order(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let rank = |name: &Name| match (name.is_short(), name.is_initial()) {
        (true, _) => 2,
        (_, true) => 1,
        _ => 0,
    };
    candidates.sort_by(|a, b| {
        let by_kind = rank(&a.parsed).cmp(&rank(&b.parsed));
        let by_length = b.parsed.length().cmp(&a.parsed.length());
        by_kind.then(by_length).then(b.stories.cmp(&a.stories)).then_with(|| a.name.cmp(&b.name))
    });
    candidates
}

/// The names of one bearer.
struct Group {
    members: Vec<Candidate>,
    roles: FxHashSet<String>,
    stories: u64,
    /// Which of the people known it is.
    person: Option<usize>,
}

impl Group {
    fn names(&self) -> Vec<String> {
        self.members.iter().map(|member| member.name.clone()).collect()
    }

    /// How alike a name is to this bearer's: to the most alike, and not unlike any; the names of
    /// somebody known may be unlike each other.
    fn alike(&self, name: &Name) -> Alike {
        let likenesses = self.members.iter().map(|member| member.parsed.alike(name));
        let (mut most, mut unlike) = (Alike::Not, false);
        for likeness in likenesses {
            most = most.max(likeness);
            unlike |= likeness == Alike::Not;
        }
        if unlike && self.person.is_none() { Alike::Not } else { most }
    }

    /// How many times as many stories as a bare surname's must name somebody for it to be theirs; more
    /// where nobody is spelt so.
    fn needed(&self, surname: &Name) -> u64 {
        let spelt_so = self.members.iter().any(|member| member.parsed.shares_surname(surname));
        if spelt_so { FAMILIAR } else { DOMINANT }
    }

    fn add(&mut self, candidate: Candidate) {
        self.roles.extend(candidate.roles.iter().cloned());
        self.stories += candidate.stories;
        self.members.push(candidate);
    }

    fn bearer(mut self, known: &Known) -> Bearer {
        self.members.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.name.cmp(&b.name)));
        let full = |member: &&Candidate| !member.parsed.is_short() && !member.parsed.is_initial();
        let shown = self.members.iter().find(full).or(self.members.first());
        let name = match self.person {
            Some(person) => known.shown(person).to_owned(),
            None => shown.map(|member| member.name.clone()).unwrap_or_default(),
        };
        let names = self.names();
        let namings = self.members.into_iter().flat_map(|member| member.namings).collect();
        Bearer { name, names, namings, stories: self.stories }
    }
}

struct Joining<'a> {
    index: &'a dyn Index,
    known: &'a Known,
    groups: Vec<Group>,
    /// The groups by the key of a surname, and by that of a first word.
    by_surname: FxHashMap<String, Vec<usize>>,
    by_first: FxHashMap<String, Vec<usize>>,
    /// The group of each of the people known.
    by_person: FxHashMap<usize, usize>,
}

impl Joining<'_> {
    /// Adds a name to the bearer that it fits, or to a new one.
    fn place(&mut self, candidate: Candidate) -> Result<()> {
        let person = self.known.person(&candidate.name);
        let group = match person {
            Some(person) => self.by_person.get(&person).copied(),
            None => self.fitting(&candidate)?,
        };
        let group = group.unwrap_or_else(|| {
            let roles = FxHashSet::default();
            self.groups.push(Group { members: Vec::new(), roles, stories: 0, person });
            self.groups.len() - 1
        });
        if let Some(person) = person {
            self.by_person.insert(person, group);
        }
        note(&mut self.by_surname, candidate.parsed.surname_key(), group);
        if let Some(first) = candidate.parsed.first_key() {
            note(&mut self.by_first, first, group);
        }
        self.groups[group].add(candidate);
        Ok(())
    }

    /// The one bearer that a name fits; of several, the one who stands out.
    fn fitting(&self, candidate: &Candidate) -> Result<Option<usize>> {
        let mut fits = Vec::new();
        for place in self.near(&candidate.parsed) {
            if self.fits(candidate, &self.groups[place])? {
                fits.push(place);
            }
        }
        fits.sort_by_key(|place| std::cmp::Reverse(self.groups[*place].stories));
        Ok(match fits.as_slice() {
            [] => None,
            [only] => Some(*only),
            [most, others @ ..] => {
                let others: u64 = others.iter().map(|place| self.groups[*place].stories).sum();
                (self.groups[*most].stories >= DOMINANT * others).then_some(*most)
            }
        })
    }

    /// The groups whose names may be like this one: of the same surname; turned; or called by the one
    /// word that this is.
    fn near(&self, name: &Name) -> Vec<usize> {
        let surname = name.surname_key();
        let turned = name.first_key().and_then(|first| self.by_surname.get(&first));
        let called = if name.is_short() { self.by_first.get(&surname) } else { None };
        let groups = [self.by_surname.get(&surname), turned, called].into_iter().flatten();
        let mut near: Vec<usize> = groups.flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    fn fits(&self, candidate: &Candidate, group: &Group) -> Result<bool> {
        let alike = group.alike(&candidate.parsed);
        let apart =
            || group.members.iter().any(|other| self.known.are_apart(&candidate.name, &other.name));
        if alike == Alike::Not || apart() {
            return Ok(false);
        }
        let told = !candidate.roles.is_empty() && !group.roles.is_empty();
        let shared = candidate.roles.intersection(&group.roles).next().is_some();
        let fits = match alike {
            Alike::Loosely => shared || !told && group.stories >= candidate.stories * DOMINANT,
            Alike::Short if shared => group.stories * LEAST_SHARE >= candidate.stories,
            Alike::Short if candidate.parsed.is_first_name() || told => false,
            Alike::Short => group.stories >= candidate.stories * group.needed(&candidate.parsed),
            _ => shared || !told,
        };
        // A full name in two spellings in one story is a slip of the pen, not two people.
        if !fits || alike == Alike::Same {
            return Ok(fits);
        }
        let both = together(self.index, std::slice::from_ref(&candidate.name), &group.names())?;
        Ok(both * TOGETHER_SHARE < candidate.stories.min(group.stories))
    }
}

fn note(groups: &mut FxHashMap<String, Vec<usize>>, key: String, group: usize) {
    let groups = groups.entry(key).or_default();
    if !groups.contains(&group) {
        groups.push(group);
    }
}
