//! The normal form of the tree: flat, without single children, double negation or empty tests.

use crate::model::Node;

/// Joins two parts that must both match.
pub(super) fn and(left: Node, right: Node) -> Node {
    match (left, right) {
        (Node::All, other) | (other, Node::All) => other,
        (Node::And(mut parts), Node::And(more)) => {
            parts.extend(more);
            Node::And(parts)
        }
        (Node::And(mut parts), other) => {
            parts.push(other);
            Node::And(parts)
        }
        (one, Node::And(mut parts)) => {
            parts.insert(0, one);
            Node::And(parts)
        }
        (one, other) => Node::And(vec![one, other]),
    }
}

/// Joins two parts of which one must match.
pub(super) fn or(left: Node, right: Node) -> Node {
    match (left, right) {
        (Node::Or(mut parts), Node::Or(more)) => {
            parts.extend(more);
            Node::Or(parts)
        }
        (Node::Or(mut parts), other) => {
            parts.push(other);
            Node::Or(parts)
        }
        (one, Node::Or(mut parts)) => {
            parts.insert(0, one);
            Node::Or(parts)
        }
        (one, other) => Node::Or(vec![one, other]),
    }
}

/// Turns a part round.
pub(super) fn not(part: Node) -> Node {
    match part {
        Node::Not(inner) => *inner,
        other => Node::Not(Box::new(other)),
    }
}
