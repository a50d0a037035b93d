//! The records of stories, read from tantivy's store without its copying of each byte by itself.

use std::sync::OnceLock;

use tantivy::directory::OwnedBytes;
use tantivy::schema::{Field as Handle, Value};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher, TantivyDocument};

/// How many unpacked blocks of some stories are held for each segment.
const BLOCKS: usize = 50;

/// The kind of a value that is bytes, in a stored document of tantivy 0.27.
const BYTES: u8 = 4;
/// The high bit of the last byte of a number.
const LAST: u8 = 0x80;

/// The stores of all segments, each opened when first read.
pub(super) struct Stores(Vec<OnceLock<StoreReader>>);

impl Stores {
    pub(super) fn of(searcher: &Searcher) -> Self {
        Self(searcher.segment_readers().iter().map(|_| OnceLock::new()).collect())
    }

    /// The bytes that a document stores in a field, the only one that it stores; empty where it has
    /// none.
    pub(super) fn bytes(
        &self,
        searcher: &Searcher,
        at: DocAddress,
        field: Handle,
    ) -> tantivy::Result<OwnedBytes> {
        let number = at.segment_ord as usize;
        let store = match self.0[number].get() {
            Some(store) => store,
            None => {
                let store = searcher.segment_reader(at.segment_ord).get_store_reader(BLOCKS)?;
                self.0[number].get_or_init(|| store)
            }
        };
        let document = store.get_document_bytes(at.doc_id)?;
        match only_value(&document, field) {
            Some(range) => Ok(document.slice(range)),
            None => whole(searcher, at, field),
        }
    }
}

/// Where the only value of a stored document stands: how many values there are, the field, the kind of
/// the value, its length, and its bytes. None where the document is of another form.
fn only_value(document: &[u8], field: Handle) -> Option<std::ops::Range<usize>> {
    let (&count, rest) = document.split_first()?;
    let (of_field, rest) = rest.split_first_chunk()?;
    let (&kind, rest) = rest.split_first()?;
    let is_as_expected =
        count == LAST | 1 && u32::from_le_bytes(*of_field) == field.field_id() && kind == BYTES;
    let (length, digits) = number(rest)?;
    let start = document.len() - rest.len() + digits;
    (is_as_expected && length == document.len() - start).then_some(start..document.len())
}

/// Reads a number, seven bits a byte, the lowest first; gives it with how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let digits = bytes.iter().take(9).position(|byte| byte & LAST != 0)? + 1;
    let low = |byte: &u8| usize::from(byte & !LAST);
    let number = bytes[..digits].iter().rev().fold(0, |number, byte| number << 7 | low(byte));
    Some((number, digits))
}

/// The same as tantivy reads it.
fn whole(searcher: &Searcher, at: DocAddress, field: Handle) -> tantivy::Result<OwnedBytes> {
    let document: TantivyDocument = searcher.doc(at)?;
    let bytes = document.get_first(field).and_then(|value| value.as_bytes());
    Ok(OwnedBytes::new(bytes.unwrap_or_default().to_vec()))
}

#[cfg(test)]
mod tests {
    use tantivy::doc;
    use tantivy::schema::{BytesOptions, STORED, STRING, Schema};

    use super::*;

    #[test]
    fn a_value_is_read_as_tantivy_reads_it() {
        let mut schema = Schema::builder();
        let other = schema.add_text_field("other", STRING | STORED);
        let field = schema.add_bytes_field("record", BytesOptions::default().set_stored());
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let mut lengths: Vec<usize> = vec![0, 1, 126, 127, 128, 129, 16_383, 16_384, 70_000];
        for length in &lengths {
            writer.add_document(doc!(field => vec![7u8; *length])).unwrap();
        }
        writer.add_document(doc!(other => "beside", field => vec![7u8; 3])).unwrap();
        writer.add_document(doc!(other => "alone")).unwrap();
        lengths.extend([3, 0]);
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let stores = Stores::of(&searcher);
        for (length, doc) in lengths.into_iter().zip(0..) {
            let at = DocAddress::new(0, doc);
            let bytes = stores.bytes(&searcher, at, field).unwrap();
            assert_eq!(bytes.as_slice(), vec![7u8; length]);
            assert_eq!(bytes.as_slice(), whole(&searcher, at, field).unwrap().as_slice());
        }
    }
}
