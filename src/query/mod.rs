//! stand-in
use crate::error::Result;
use crate::model::{Field, Node, Query};
pub mod help { 
/// x
pub fn language() -> String { String::new() } 
/// x
pub fn fields() -> String { String::new() } }
/// x
pub fn parse(typed: &str, _today: jiff::civil::Date) -> Result<Query> {
    let mut parts = Vec::new();
    for w in typed.split_whitespace() {
        let (field, w) = match w.split_once(':') { Some(("speaker", w)) => (Field::Speaker, w), Some(("source", w)) => (Field::Source, w), _ => (Field::Text, w)};
        let ws: Vec<String> = crate::text::words::words(w).map(|w| w.folded.into_owned()).collect();
        if ws.len() == 1 { parts.push(Node::Term(field, ws[0].clone())) } else if ws.len() > 1 { parts.push(Node::Phrase(field, ws)) }
    }
    let root = if parts.len() == 1 { parts.remove(0) } else if parts.is_empty() { Node::All } else { Node::And(parts) };
    Ok(Query { typed: typed.into(), root, notes: vec![] })
}
/// x
pub fn explain(q: &Query) -> String { format!("{:?}", q.root) }
