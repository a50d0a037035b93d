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

fn sniff(entry: &Entry) -> Likeness {
    let head = &entry.bytes[..entry.bytes.len().min(HEAD)];
    if !markup::root_name(head).is_some_and(|name| ROOTS.contains(&name)) {
        return Likeness::No;
    }
    let named = memchr::memmem::find(head, NAMESPACE).is_some();
    if named { Likeness::Certain } else { Likeness::Likely }
}

fn read(entry: &Entry, sink: &mut StorySink<'_>) -> Result<()> {
    let text = markup::prepare(&entry.bytes).map_err(|why| Error::new(Kind::Input, why))?;
    let mut read = 0;
    let why = match markup::parse(&text) {
        Ok(document) => {
            read_items(document.root_element(), &mut read, sink);
            "no text item in it; pictures, packages and remote content are no stories".to_owned()
        }
        Err(why) => {
            read_pieces(&text, &why, &mut read, sink);
            why
        }
    };
    if read == 0 { Err(Error::new(Kind::Input, why)) } else { Ok(()) }
}

/// Reads each item that is whole of a document that is not.
fn read_pieces(text: &str, why: &str, read: &mut usize, sink: &mut StorySink<'_>) {
    let mut broken = false;
    for piece in markup::pieces(text, "newsItem") {
        match markup::parse(&piece) {
            Ok(document) => read_items(document.root_element(), read, sink),
            Err(_) => broken = true,
        }
    }
    // The end of a document that was cut off is no item, and is told of too.
    if *read > 0 || broken {
        *read += 1;
        sink(Err(Error::new(Kind::Input, why)));
    }
}

fn read_items(root: Node<'_, '_>, read: &mut usize, sink: &mut StorySink<'_>) {
    let itself = (root.tag_name().name() == "newsItem").then_some(root);
    for news in itself.into_iter().chain(below(root, "newsItem")) {
        if let Some(story) = item::story(news) {
            *read += 1;
            sink(Ok(story));
        }
    }
}
