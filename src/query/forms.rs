//! Words in all their forms, where all words of a query are asked for so.

use crate::model::{Field, Node, Pattern, Query};

/// The same query with its words in all their forms; phrases stay as they are.
pub fn in_all_forms(query: Query) -> Query {
    let root = query.root.with_leaves(&mut |leaf| match leaf {
        Node::Term(field @ (Field::Text | Field::Title | Field::Body), word)
            if word.contains(char::is_alphabetic) =>
        {
            Node::Like(field, Pattern::Forms(word, ""))
        }
        leaf => leaf,
    });
    Query { root, ..query }
}
