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
    let text = markup::prepare(&entry.bytes).map_err(|why| Error::new(Kind::Input, why))?;
    let mut read = 0;
    let why = match markup::parse(&text) {
        Ok(document) => {
            read_items(document.root_element(), &mut read, sink);
            "no text in it; pictures and remote content are no stories".to_owned()
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
    for name in ["NewsItem", "newsitem"] {
        for piece in markup::pieces(text, name) {
            if let Ok(document) = markup::parse(&piece) {
                read_items(document.root_element(), read, sink);
            }
        }
    }
    if *read > 0 {
        sink(Err(Error::new(Kind::Input, why)));
    }
}

fn read_items(root: Node<'_, '_>, read: &mut usize, sink: &mut StorySink<'_>) {
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
            *read += 1;
            sink(Ok(story));
        }
    }
}
