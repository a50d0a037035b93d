//! NewsML-G2: a news item, a message of many, or a package.
//!
//! Comes in: a document. Goes out: a story for each text item; pictures, packages, concepts and
//! what stands elsewhere (`remoteContent`) are none. The item's and the content's metadata fill the
//! fields, the inline content the text. A document that is broken is read item by item.

mod item;

use crate::contract::{Format, HEAD, Likeness, StorySink};
use crate::error::{Error, Kind, Result};
use crate::model::Entry;
use crate::text::markup::{self, Node, below};

/// NewsML-G2.
pub(super) const NEWSMLG2: Format = Format {
    name: "newsmlg2",
    doc: "NewsML-G2: newsItem, newsMessage and packageItem, as Reuters, AP, dpa, ANSA and STT send it",
    signs: "a root element <newsItem>, <newsMessage> or <packageItem>, mostly of the namespace iptc.org/std/nar",
    sniff,
    read,
};

/// Names of root elements.
const ROOTS: &[&str] =
    &["newsMessage", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem"];
/// The namespace's start, whatever the version.
const NAMESPACE: &[u8] = b"iptc.org/std/nar/";

/// The elements that are items.
const ITEMS: &[&str] = &["newsItem"];
/// Why a document without stories has none.
const NO_TEXT: &str = "no text item in it; pictures, packages and remote content are no stories";

fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(HEAD)];
    if !markup::root_name(head).is_some_and(|name| ROOTS.contains(&name)) {
        return Likeness::No;
    }
    let named = memchr::memmem::find(head, NAMESPACE).is_some();
    if named { Likeness::Certain } else { Likeness::Likely }
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
    let itself = (root.tag_name().name() == "newsItem").then_some(root);
    for news in itself.into_iter().chain(below(root, "newsItem")) {
        if let Some(story) = item::story(news) {
            read += 1;
            sink(Ok(story));
        }
    }
    read
}
