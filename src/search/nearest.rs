//! What a reader may have meant when nothing was found.

use crate::contract::Index;
use crate::error::Result;
use crate::model::{Field, Node, Scope, Tally};

/// How alike two names must be, from 0 to 1, to be offered.
const ALIKE: f64 = 0.75;
/// How many names are offered at most.
const MOST: usize = 3;

/// Gives the speakers whose names are nearest to those a query asks for, the most alike first;
/// empty where it asks for none.
///
/// # Errors
/// Where the index is damaged.
pub fn nearest_speakers(index: &dyn Index, query: &Node) -> Result<Vec<Tally>> {
    let mut wanted = Vec::new();
    collect(query, &mut wanted);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut ranked: Vec<(f64, Tally)> = Vec::new();
    for speaker in index.tally(&Node::All, Scope::Statements, Field::Speaker)? {
        let alike = wanted.iter().map(|name| likeness(name, &speaker.value)).fold(0.0, f64::max);
        if alike >= ALIKE {
            ranked.push((alike, speaker));
        }
    }
    ranked.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(other.count.cmp(&one.count)));
    Ok(ranked.into_iter().take(MOST).map(|(_, speaker)| speaker).collect())
}

fn collect(node: &Node, names: &mut Vec<String>) {
    match node {
        Node::Term(Field::Speaker | Field::Person, word) => names.push(word.clone()),
        Node::Phrase(Field::Speaker | Field::Person, words) => names.push(words.join(" ")),
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| collect(part, names)),
        _ => {}
    }
}

/// How alike a name is to another, or to one word of it.
fn likeness(asked: &str, name: &str) -> f64 {
    let name = name.to_lowercase();
    let whole = strsim::jaro_winkler(asked, &name);
    name.split_whitespace().map(|word| strsim::jaro_winkler(asked, word)).fold(whole, f64::max)
}
