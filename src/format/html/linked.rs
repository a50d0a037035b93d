//! JSON-LD: what a page says of its article in schema.org's words.

use serde_json::Value;

/// Types whose names end so are articles: NewsArticle, BlogPosting, LiveBlogPosting, Report.
const ARTICLES: &[&str] = &["Article", "Posting", "Report", "Review", "Newscast"];
/// How deep an article may lie in what it stands in.
const DEEPEST: usize = 8;
/// How many values are looked at on the way to one.
const MOST: usize = 20_000;

/// The article that the blocks of a page tell of; the first, but one with a headline first.
pub(super) fn article(blocks: &[Value]) -> Option<&Value> {
    let mut found = Vec::new();
    let mut looked_at = 0;
    for block in blocks {
        find(block, 0, &mut looked_at, &mut found);
    }
    let headed = found.iter().find(|value| value.get("headline").is_some());
    headed.or(found.first()).copied()
}

fn find<'a>(value: &'a Value, depth: usize, looked_at: &mut usize, found: &mut Vec<&'a Value>) {
    *looked_at += 1;
    if depth > DEEPEST || *looked_at > MOST {
        return;
    }
    match value {
        Value::Array(items) => {
            items.iter().for_each(|item| find(item, depth + 1, looked_at, found))
        }
        Value::Object(fields) => {
            if is_article(value) {
                found.push(value);
            }
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"] {
                if let Some(inner) = fields.get(name) {
                    find(inner, depth + 1, looked_at, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(value: &Value) -> bool {
    let named = |kind: &Value| {
        kind.as_str().is_some_and(|kind| ARTICLES.iter().any(|article| kind.ends_with(article)))
    };
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

/// The texts of a value: itself, the names of what it is, or those of each of several.
pub(super) fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        Some(object @ Value::Object(_)) => {
            let named = ["name", "@value", "@id", "url"].iter().find_map(|key| object.get(key));
            named.map(|inner| texts(Some(inner))).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The first text of a value; empty where it has none.
pub(super) fn text<'a>(article: &'a Value, name: &str) -> &'a str {
    texts(article.get(name)).first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_wherever_it_lies() {
        let block = serde_json::json!({"@graph": [
            {"@type": "WebPage", "mainEntity": {"@type": ["Thing", "NewsArticle"], "headline": "Port opens",
             "author": [{"@type": "Person", "name": "Ada Orlo"}, "Ivan Vane"]}},
            {"@type": "Organization"},
        ]});
        let blocks = [serde_json::json!({"@type": "WebSite"}), block];
        let article = article(&blocks).unwrap();
        assert_eq!(text(article, "headline"), "Port opens");
        assert_eq!(texts(article.get("author")), ["Ada Orlo", "Ivan Vane"]);
    }
}
