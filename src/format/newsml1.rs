//! NewsML 1: envelopes of news items, items within items, components within components; and the
//! NewsML of Reuters Corpus Volume 1.
//!
//! Comes in: a document. Goes out: a story for each component with a text of its own; pictures,
//! their captions and content that stands elsewhere are none. A document that is broken is read
//! item by item.

mod component;
mod rcv1;

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::Entry;
use crate::text::markup::{self, Node, below};

/// NewsML 1.
pub(super) const NEWSML1: Format = Format {
    name: "newsml1",
    doc: "NewsML 1.0 to 1.2, as AFP, ANA and others send it, and that of Reuters Corpus Volume 1",
    signs: "a root element <NewsML>, or <newsitem> of RCV1",
    sniff,
    read,
};

/// The elements that are items.
const ITEMS: &[&str] = &["NewsItem", "newsitem"];
/// Why a document without stories has none.
const NO_TEXT: &str = "no text in it; pictures and remote content are no stories";

fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(HEAD)];
    match markup::root_name(head) {
        Some("NewsML") => Likeness::Certain,
        Some("NewsItem") => Likeness::Likely,
        Some("newsitem") => Likeness::Certain,
        _ => Likeness::No,
    }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let error = |why: String| Error::new(Kind::Input, why);
    let each = &mut |root: Node<'_, '_>| read_items(root, sink);
    if let Some(why) = markup::items(&entry.bytes, ITEMS, NO_TEXT, each).map_err(error)? {
        sink(Err(error(why)));
    }
    Ok(())
}

/// Reads the items below a root, and gives how many stories they are.
fn read_items(root: Node<'_, '_>, sink: &mut StorySink<'_>) -> usize {
    let mut read = 0;
    let is_rcv1 = root.tag_name().name() == "newsitem" || below(root, "newsitem").next().is_some();
    let name = if is_rcv1 { "newsitem" } else { "NewsItem" };
    let itself = (root.tag_name().name() == name).then_some(root);
    for item in itself.into_iter().chain(below(root, name)) {
        let stories = if is_rcv1 {
            rcv1::story(item).into_iter().collect()
        } else {
            component::stories(item)
        };
        for story in stories {
            read += 1;
            sink(Ok(story));
        }
    }
    read
}
