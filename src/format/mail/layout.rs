//! The HTML of mailings, made readable as text: mail programs know no other layout than tables, so
//! that a whole letter stands in a table's cell; and what is hidden is there for the preview only.

use rustc_hash::FxHashMap;

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 8192;
/// Elements of a table.
const TABLE: &[&str] = &["table", "tbody", "thead", "tfoot", "tr", "td", "th"];
/// Elements that no cell of figures holds.
const BLOCKS: &[&str] = &["p", "div", "h1", "h2", "h3", "table", "ul", "blockquote"];
/// Elements that have no end.
const VOID: &[&str] = &["img", "br", "hr", "meta", "link", "input"];

/// The HTML without tables where they only lay it out, and without what is hidden.
pub(super) fn plain(html: &str) -> String {
    let lays_out = lays_out(html);
    let mut out = String::with_capacity(html.len());
    // The hidden element that is open, and how many of its name.
    let mut hidden: Option<(String, usize)> = None;
    let mut from = 0;
    let ends = last_ends(html);
    for tag in tags(html) {
        if tag.start < from {
            continue;
        }
        if hidden.is_none() {
            out.push_str(&html[from..tag.start]);
        }
        from = tag.end;
        if let Some((name, depth)) = &mut hidden {
            if *name == tag.name {
                *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
            }
            if *depth == 0 {
                hidden = None;
            }
        } else if tag.is_hidden(html) && ends.get(&tag.name).is_some_and(|end| *end > tag.start) {
            hidden = Some((tag.name, 1));
        } else if lays_out && TABLE.contains(&tag.name.as_str()) {
            out.push_str(if tag.closes { "</div>" } else { "<div>" });
        } else {
            out.push_str(&html[tag.start..tag.end]);
        }
    }
    if hidden.is_none() {
        out.push_str(&html[from..]);
    }
    out
}

/// Where the last end tag of each name stands: what has no end hides nothing.
fn last_ends(html: &str) -> FxHashMap<String, usize> {
    tags(html).filter(|tag| tag.closes).map(|tag| (tag.name, tag.start)).collect()
}

/// Whether a cell of a table holds blocks of text, or another table.
fn lays_out(html: &str) -> bool {
    let mut cells = 0_usize;
    for tag in tags(html) {
        if tag.name == "td" {
            cells = if tag.closes { cells.saturating_sub(1) } else { cells + 1 };
        } else if cells > 0 && !tag.closes && BLOCKS.contains(&tag.name.as_str()) {
            return true;
        }
    }
    false
}

/// A tag, where it stands.
struct Tag {
    name: String,
    closes: bool,
    start: usize,
    end: usize,
}

impl Tag {
    /// Whether the element's own style hides it.
    fn is_hidden(&self, html: &str) -> bool {
        if self.closes || VOID.contains(&self.name.as_str()) {
            return false;
        }
        let mut tag = html[self.start..self.end].to_ascii_lowercase();
        tag.retain(|c| c != ' ');
        !tag.ends_with("/>") && (tag.contains("display:none") || tag.contains("mso-hide:all"))
    }
}

/// The tags of a text.
fn tags(html: &str) -> impl Iterator<Item = Tag> {
    let bytes = html.as_bytes();
    memchr::memchr_iter(b'<', bytes).filter_map(move |start| {
        let rest = &bytes[start + 1..];
        let closes = rest.first() == Some(&b'/');
        let name = &rest[usize::from(closes)..];
        let length = name.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
        let end = memchr::memchr(b'>', &rest[..rest.len().min(LONGEST_TAG)])?;
        let name = String::from_utf8_lossy(&name[..length]).to_ascii_lowercase();
        (length > 0).then_some(Tag { name, closes, start, end: start + end + 2 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markup;
    use proptest::prelude::*;

    #[test]
    fn tables_that_lay_out_go_and_tables_of_figures_stay() {
        let letter = "<table><tr><td><h1>Port</h1><p>One.</p><p>Two.</p></td></tr></table>";
        assert_eq!(markup::html(&plain(letter)), ["Port", "One.", "Two."]);
        let figures =
            "<table><tr><td>Rovers</td><td>2</td></tr><tr><td>Town</td><td>1</td></tr></table>";
        assert_eq!(plain(figures), figures);
    }

    #[test]
    fn what_is_hidden_goes_with_all_that_is_in_it() {
        let html = "a<div style=\"Display: none\">b<div>c</div>d</div>e<p style='display:none'>f";
        assert_eq!(plain(html), "ae<p style='display:none'>f");
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in "(</?(td|p|div|b) ?(style=display:none)?>?|[a-zé<>]{0,4}){0,20}") {
            let out = plain(&html);
            prop_assert!(out.len() <= html.len() * 6);
        }
    }
}
