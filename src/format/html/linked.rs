//! The linked data of a page (JSON-LD): the article that it tells of.
//!
//! Comes in: blocks of JSON, well-formed or nearly. Goes out: the object of the page's article, with
//! those that it refers to by `@id`. Fetches nothing.

use serde_json::{Map, Value};

use super::scan::line;
use crate::text::{entities, markup};

/// The most objects of a page that are looked at.
const MOST_OBJECTS: usize = 4096;
/// Types of articles whose names do not end in "Article".
const KINDS: &[&str] = &["BlogPosting", "LiveBlogPosting", "Report", "NewsStory", "Reportage"];
/// Types of pages that are lists.
const LISTS: &[&str] = &["CollectionPage", "SearchResultsPage", "ItemList"];

/// The linked data of a page.
#[derive(Debug, Default)]
pub(super) struct Linked {
    blocks: Vec<Value>,
}

impl Linked {
    /// Reads the blocks; one that is no JSON is left out.
    pub(super) fn of(blocks: &[String]) -> Self {
        Self { blocks: blocks.iter().filter_map(|block| parse(block)).collect() }
    }

    /// The page's article: of several the one with the most of what makes one.
    pub(super) fn article(&self) -> Option<&Map<String, Value>> {
        let mut best: Option<(usize, &Map<String, Value>)> = None;
        for object in self.objects().into_iter().filter(|object| is_article(object)) {
            let score = ["headline", "datePublished", "author", "articleBody", "publisher"]
                .iter()
                .filter(|name| object.contains_key(**name))
                .count();
            if score > 0 && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, object));
            }
        }
        best.map(|(_, object)| object)
    }

    /// Whether the page says that it is a list of pages.
    pub(super) fn is_list(&self) -> bool {
        let lists = |object: &&Map<String, Value>| types(object).any(|kind| LISTS.contains(&kind));
        self.article().is_none() && self.objects().iter().any(lists)
    }

    /// What an object refers to, where it is a reference.
    fn referred<'a>(&'a self, value: &'a Value) -> &'a Value {
        let id = match value {
            Value::Object(object) if !object.contains_key("name") => object.get("@id"),
            _ => None,
        };
        let Some(id) = id.and_then(Value::as_str) else { return value };
        let found = self.blocks.iter().flat_map(nodes).take(MOST_OBJECTS).find(|node| {
            node.get("@id").and_then(Value::as_str) == Some(id) && node.get("name").is_some()
        });
        found.unwrap_or(value)
    }

    /// The names that a property of an object has: of people, of organisations, of words.
    pub(super) fn names(&self, object: &Map<String, Value>, property: &str) -> Vec<String> {
        let values = match object.get(property) {
            Some(Value::Array(values)) => values.iter().take(256).collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        let names = values.into_iter().map(|value| name(self.referred(value)));
        names.filter(|name| !name.is_empty()).collect()
    }

    /// All objects, those of the top first.
    fn objects(&self) -> Vec<&Map<String, Value>> {
        let mut found: Vec<&Map<String, Value>> = Vec::new();
        let mut waiting: std::collections::VecDeque<&Value> = self.blocks.iter().collect();
        while let Some(value) = waiting.pop_front() {
            if found.len() >= MOST_OBJECTS || waiting.len() > 16 * MOST_OBJECTS {
                break;
            }
            match value {
                Value::Array(values) => waiting.extend(values),
                Value::Object(object) => {
                    found.push(object);
                    if !is_article(object) {
                        waiting.extend(object.values().filter(|value| !value.is_string()));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// The nodes of a block: itself, the elements of an array, the members of a graph.
fn nodes(block: &Value) -> Vec<&Value> {
    let mut nodes = vec![block];
    for value in [Some(block), block.get("@graph")].into_iter().flatten() {
        nodes.extend(value.as_array().into_iter().flatten());
    }
    nodes
}

/// A block of JSON; what surrounds it is left out, and line ends within strings are borne with.
fn parse(block: &str) -> Option<Value> {
    let start = block.find(['{', '['])?;
    let end = block.rfind(['}', ']'])? + 1;
    let json = block.get(start..end)?;
    serde_json::from_str(json).ok().or_else(|| {
        let plain: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(plain.trim_end().trim_end_matches(';')).ok()
    })
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let (one, several) = match object.get("@type") {
        Some(Value::Array(values)) => (None, values.as_slice()),
        Some(Value::String(kind)) => (Some(kind.as_str()), &[][..]),
        _ => (None, &[][..]),
    };
    let last = |kind: &'_ str| kind.rfind(['/', '#', ':']).map_or(0, |at| at + 1);
    one.into_iter()
        .chain(several.iter().filter_map(Value::as_str))
        .map(move |kind| &kind[last(kind)..])
}

fn is_article(object: &Map<String, Value>) -> bool {
    types(object).any(|kind| kind.ends_with("Article") || KINDS.contains(&kind))
}

/// The text of a property; empty where there is none.
pub(super) fn text(object: &Map<String, Value>, property: &str) -> String {
    object.get(property).map(name).unwrap_or_default()
}

/// A value as a line: a text itself, an object's name, the first of several.
fn name(value: &Value) -> String {
    match value {
        Value::String(text) => line(text),
        Value::Array(values) => {
            values.first().filter(|first| !first.is_array()).map(name).unwrap_or_default()
        }
        Value::Object(object) => {
            let told = ["name", "@id", "url"].iter().find_map(|key| object.get(*key)?.as_str());
            line(told.unwrap_or_default())
        }
        _ => String::new(),
    }
}

/// The paragraphs of an article's own text, where it carries one.
pub(super) fn body(article: &Map<String, Value>) -> Vec<String> {
    let Some(Value::String(body)) = article.get("articleBody") else { return Vec::new() };
    let text = entities::decode(body);
    if markup::has_tags(&text) {
        return markup::html(&text);
    }
    text.lines().map(markup::one_line).filter(|line| !line.is_empty()).collect()
}
