//! What the reader of an archive knows better: names that are one person's, and names that are not.

use crate::text::bearers::Name;

/// Names that are known to be one person's or several people's, whatever the stories tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The names of one person each, folded; the first is to be shown.
    same: Vec<Vec<String>>,
    /// The names to show, in the order of `same`.
    shown: Vec<String>,
    /// Pairs of names that are two people's, folded.
    apart: Vec<(String, String)>,
}

impl Known {
    /// Adds the names of one person; the first is to be shown.
    pub fn add_same<'a>(&mut self, shown: &'a str, others: impl IntoIterator<Item = &'a str>) {
        let names = std::iter::once(shown).chain(others);
        self.same.push(names.filter_map(folded).collect());
        self.shown.push(shown.to_owned());
    }

    /// Adds two names that are never one person's.
    pub fn add_apart(&mut self, one: &str, other: &str) {
        self.apart.extend(folded(one).zip(folded(other)));
    }

    /// Which of the people known bears a name.
    pub(super) fn person(&self, name: &str) -> Option<usize> {
        if self.same.is_empty() {
            return None;
        }
        let name = folded(name)?;
        self.same.iter().position(|names| names.contains(&name))
    }

    /// The name to show for one of the people known.
    pub(super) fn shown(&self, person: usize) -> &str {
        self.shown.get(person).map_or("", String::as_str)
    }

    /// Whether two names are known to be one person's.
    pub(super) fn are_one(&self, one: &str, other: &str) -> bool {
        self.person(one).is_some_and(|person| self.person(other) == Some(person))
    }

    /// Whether two names are known to be two people's.
    pub(super) fn are_apart(&self, one: &str, other: &str) -> bool {
        if self.same.is_empty() && self.apart.is_empty() {
            return false;
        }
        let (Some(one), Some(other)) = (folded(one), folded(other)) else { return false };
        let people = self.person(&one).zip(self.person(&other));
        people.is_some_and(|(one, other)| one != other)
            || self
                .apart
                .iter()
                .any(|(a, b)| (*a == one && *b == other) || (*a == other && *b == one))
    }

    /// The keys of all names of the people of whom one name holds these words.
    pub(super) fn keys_beside(&self, wanted: &[String]) -> Vec<String> {
        let wanted = wanted.join(" ");
        let held = |names: &&Vec<String>| {
            names.iter().any(|name| format!(" {name} ").contains(&format!(" {wanted} ")))
        };
        self.same.iter().filter(held).flatten().flat_map(|name| keys(name)).collect()
    }

    /// The keys of the other names of somebody known.
    pub(super) fn keys_of_others(&self, name: &str) -> Vec<String> {
        let names = self.person(name).and_then(|person| self.same.get(person));
        names.into_iter().flatten().flat_map(|name| keys(name)).collect()
    }
}

fn keys(name: &str) -> Vec<String> {
    Name::of(name).map(|name| name.keys()).unwrap_or_default()
}

fn folded(name: &str) -> Option<String> {
    Some(Name::of(name)?.folded())
}
