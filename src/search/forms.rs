//! Words in all their forms, by the language of each story.

use crate::contract::Index;
use crate::error::Result;
use crate::model::{Field, Node, Pattern, Scope};
use crate::text::stems::{USUAL, rules_for};

/// Asks for the forms of words by the rules of each language that the archive has.
///
/// # Errors
/// Where the index is damaged.
pub(super) fn by_language(index: &dyn Index, query: Node) -> Result<Node> {
    if rules_of(&query).is_none() {
        return Ok(query);
    }
    let languages = index.tally(&Node::All, Scope::Stories, Field::Language)?;
    let mut others: Vec<&'static str> = languages
        .iter()
        .map(|tally| rules_for(&tally.value))
        .filter(|code| *code != USUAL)
        .collect();
    others.sort_unstable();
    others.dedup();
    let usual = ruled(&query, USUAL);
    if others.is_empty() {
        return Ok(usual);
    }
    let written_in = |codes: &[&str]| {
        Node::Whole(Field::Language, codes.iter().map(|code| (*code).to_owned()).collect())
    };
    let rest = Node::Not(Box::new(written_in(&others)));
    let mut parts = vec![Node::And(vec![rest, usual])];
    let one = |code: &&'static str| Node::And(vec![written_in(&[code]), ruled(&query, code)]);
    parts.extend(others.iter().map(one));
    Ok(Node::Or(parts))
}

/// The language by whose rules a part of a query asks for forms of words, where it does.
pub(super) fn rules_of(node: &Node) -> Option<&'static str> {
    node.find_leaf(&|leaf| match leaf {
        Node::Like(_, Pattern::Forms(_, language)) => Some(*language),
        _ => None,
    })
}

/// The same part of a query, by the rules of one language.
fn ruled(node: &Node, language: &'static str) -> Node {
    node.clone().with_leaves(&mut |leaf| match leaf {
        Node::Like(field, Pattern::Forms(word, _)) => {
            Node::Like(field, Pattern::Forms(word, language))
        }
        leaf => leaf,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_those_of_the_first_word_with_forms() {
        let forms = |language| Node::Like(Field::Text, Pattern::Forms("tide".into(), language));
        let quay = Node::Term(Field::Text, "quay".into());
        let query = Node::Not(Box::new(Node::And(vec![quay.clone(), forms("")])));
        assert_eq!(rules_of(&quay), None);
        assert_eq!(rules_of(&ruled(&query, "fr")), Some("fr"));
    }
}
