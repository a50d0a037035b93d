//! A segment while it is collected: what tantivy's own writer of segments does, for the fields of `schema`.
//!
//! Its files are those that tantivy's would be, to the byte: columns, lengths and stored records are
//! collected and written by tantivy, and the words are written by its serializer. Only where words stand is
//! collected by ourselves (`terms`), which takes half of the time.

use std::thread;

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::document::{Document, Value};
use tantivy::schema::{Field as Handle, FieldEntry, FieldType, Schema};
use tantivy::store::StoreWriter;
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{Index, Segment, TantivyDocument, TantivyError};

use super::terms::{Marks, Reach, Terms};
use super::trouble::broken_off;
use super::words::SCRIPT_TOKENIZER;

/// A segment while it is collected.
pub(super) struct Collecting {
    segment: Segment,
    schema: Schema,
    /// How each field is indexed, by its number.
    ways: Vec<Way>,
    /// How far each field of the document under way reaches.
    reaches: Vec<Reach>,
    /// How many words each field has in all documents.
    totals: Vec<u64>,
    terms: Terms,
    lengths: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
    documents: u32,
}

/// How the values of a field are indexed.
enum Way {
    /// Not at all.
    Not,
    /// As a whole, without positions.
    Whole,
    /// As a number.
    Number,
    /// As the words of a script.
    Script(Box<Marks>),
    /// As the words of a text.
    Words(Box<TextAnalyzer>),
}

/// How many threads write a segment out.
#[derive(Clone, Copy)]
pub(super) enum WrittenBy {
    /// One: others have work meanwhile.
    One,
    /// Two, of which one writes the columns: there is no other work.
    Two,
}

impl Collecting {
    /// Begins a segment of an index.
    ///
    /// # Errors
    /// Where the machine refuses to write.
    pub(super) fn begin(index: &Index) -> tantivy::Result<Self> {
        let segment = index.new_segment();
        let schema = index.schema();
        let settings = index.settings();
        let mut terms = Terms::new();
        let ways = schema
            .fields()
            .map(|(field, entry)| way(index, field, entry, &mut terms))
            .collect::<tantivy::Result<Vec<Way>>>()?;
        let columns = FastFieldsWriter::from_schema_and_tokenizer_manager(
            &schema,
            index.fast_field_tokenizer().clone(),
        )?;
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        Ok(Self {
            reaches: vec![Reach::default(); ways.len()],
            totals: vec![0; ways.len()],
            lengths: FieldNormsWriter::for_schema(&schema),
            documents: 0,
            segment,
            schema,
            ways,
            terms,
            columns,
            store,
        })
    }

    /// How many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.terms.bytes()
            + self.lengths.mem_usage()
            + self.columns.mem_usage()
            + self.store.mem_usage()
    }

    /// Adds a document.
    ///
    /// # Errors
    /// Where the machine refuses to write, or a value is not of its field's kind.
    pub(super) fn add(&mut self, document: &TantivyDocument) -> tantivy::Result<()> {
        self.reaches.fill(Reach::default());
        for (field, value) in document.iter_fields_and_values() {
            self.index(field, &value)?;
        }
        for (number, (total, reach)) in (0..).zip(self.totals.iter_mut().zip(&self.reaches)) {
            *total += u64::from(reach.words);
            self.lengths.record(self.documents, Handle::from_field_id(number), reach.words);
        }
        self.columns.add_document(document)?;
        self.store.store(document, &self.schema)?;
        self.documents += 1;
        Ok(())
    }

    fn index<'a>(&mut self, field: Handle, value: &impl Value<'a>) -> tantivy::Result<()> {
        let number = field.field_id() as usize;
        let (Some(way), Some(reach)) = (self.ways.get_mut(number), self.reaches.get_mut(number))
        else {
            return Ok(());
        };
        let (terms, document) = (&mut self.terms, self.documents);
        match way {
            Way::Not => {}
            Way::Whole => {
                let is_term = terms.note(field, text(value)?.as_bytes(), document);
                reach.words += u32::from(is_term);
            }
            Way::Number => {
                let number = value.as_u64().ok_or_else(of_no_such_kind)?;
                let is_term = terms.note(field, &number.to_be_bytes(), document);
                reach.words += u32::from(is_term);
            }
            Way::Script(marks) => terms.note_script(field, text(value)?, marks, document, reach),
            Way::Words(analyzer) => {
                let first = reach.next;
                let mut words = analyzer.token_stream(text(value)?);
                while words.advance() {
                    let word = words.token();
                    let position = first + word.position as u32;
                    if terms.note_at(field, word.text.as_bytes(), document, position) {
                        reach.note(position);
                    }
                }
                reach.end_value();
            }
        }
        Ok(())
    }

    /// Writes the segment out.
    ///
    /// # Errors
    /// Where the machine refuses to write.
    pub(super) fn write(self, by: WrittenBy) -> tantivy::Result<SegmentMeta> {
        let Self {
            segment, schema, totals, terms, mut lengths, mut columns, store, documents, ..
        } = self;
        store.close()?;
        lengths.fill_up_to_max_doc(documents);
        let words = || write_words(&segment, &schema, &totals, &terms, &lengths);
        let beside = match by {
            WrittenBy::One => None,
            WrittenBy::Two => both(words, || write_columns(&segment, &mut columns)),
        };
        match beside {
            Some(written) => written?,
            None => {
                words()?;
                // What the columns need to be written is not held beside.
                drop(terms);
                write_columns(&segment, &mut columns)?;
            }
        }
        let written = segment.with_max_doc(documents).meta().clone();
        written.untrack_temp_docstore();
        Ok(written)
    }
}

/// Does one thing here and another beside it; none where the machine gives no thread for that.
fn both(
    here: impl FnOnce() -> tantivy::Result<()>,
    beside: impl FnOnce() -> tantivy::Result<()> + Send,
) -> Option<tantivy::Result<()>> {
    thread::scope(|scope| {
        let started = thread::Builder::new().name("columns".to_owned());
        let started = started.spawn_scoped(scope, beside).ok()?;
        let done = here();
        let ended = started.join().unwrap_or_else(|_| Err(broken_off()));
        Some(done.and(ended))
    })
}

/// How a field is indexed.
fn way(
    index: &Index,
    field: Handle,
    entry: &FieldEntry,
    terms: &mut Terms,
) -> tantivy::Result<Way> {
    if !entry.is_indexed() {
        return Ok(Way::Not);
    }
    let tokenizer = match entry.field_type() {
        FieldType::Str(options) => {
            options.get_indexing_options().map(|indexed| indexed.tokenizer())
        }
        FieldType::U64(_) => return Ok(Way::Number),
        _ => None,
    };
    match tokenizer {
        Some("raw") => Ok(Way::Whole),
        Some(SCRIPT_TOKENIZER) => Ok(Way::Script(Box::new(terms.marks(field)))),
        Some(name) => match index.tokenizers().get(name) {
            Some(analyzer) => Ok(Way::Words(Box::new(analyzer))),
            None => Err(TantivyError::SchemaError(format!("no words are cut as {name}"))),
        },
        None => Err(TantivyError::SchemaError(format!("{} is of no kind known", entry.name()))),
    }
}

fn write_words(
    segment: &Segment,
    schema: &Schema,
    totals: &[u64],
    terms: &Terms,
    lengths: &FieldNormsWriter,
) -> tantivy::Result<()> {
    let to = segment.open_write(SegmentComponent::FieldNorms)?;
    lengths.serialize(FieldNormsSerializer::from_write(to)?, None)?;
    let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let mut to = InvertedIndexSerializer::open(segment)?;
    terms.write(schema, totals, &lengths, &mut to)?;
    to.close()?;
    Ok(())
}

fn write_columns(segment: &Segment, columns: &mut FastFieldsWriter) -> tantivy::Result<()> {
    let mut to = segment.open_write(SegmentComponent::FastFields)?;
    columns.serialize(&mut to, None)?;
    to.terminate()?;
    Ok(())
}

fn text<'a>(value: &impl Value<'a>) -> tantivy::Result<&'a str> {
    value.as_str().ok_or_else(of_no_such_kind)
}

fn of_no_such_kind() -> TantivyError {
    TantivyError::SchemaError("a value is not of its field's kind".to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::indexer::{AddOperation, SegmentWriter};

    use super::super::script::{Script, script};
    use super::super::{schema, words};
    use super::*;
    use crate::text::words::words_and_bounds;

    /// What a document holds.
    #[derive(Clone, Debug)]
    enum Given {
        Title(String),
        Body(String, Vec<String>),
        Place(String),
        Speaker(String),
        Source(String),
        File(String),
        Key(u64),
        First(u64),
        Time(i64),
        Record(Vec<u8>),
    }

    fn given() -> impl Strategy<Value = Given> {
        let text = "([a-cA-C]{1,3}[ .\n]{1,2}){0,30}|\\PC{0,20}";
        let short = "[ab \u{1D}]{0,6}|\\PC{0,6}";
        prop_oneof![
            text.prop_map(Given::Title),
            (text, prop::collection::vec("[ab] [ab]{1,2}", 0..3))
                .prop_map(|(text, names)| Given::Body(text, names)),
            short.prop_map(Given::Place),
            short.prop_map(Given::Speaker),
            short.prop_map(Given::Source),
            short.prop_map(Given::File),
            any::<u64>().prop_map(Given::Key),
            (0..5_u64).prop_map(Given::First),
            any::<i64>().prop_map(Given::Time),
            prop::collection::vec(any::<u8>(), 0..20).prop_map(Given::Record),
        ]
    }

    /// The script of a text at whose first word all of them are named.
    fn script_with(text: &str, names: &[String]) -> String {
        let mut script = Script::with_room(text.len());
        let (mut words, mut names) = (words_and_bounds(text), names.iter());
        while let Some((cut, begins)) = words.next_cut() {
            script.add(text, &cut, begins);
            names.by_ref().for_each(|name| script.add_naming(name, 1));
        }
        script.into_text()
    }

    fn document(fields: &schema::Fields, given: &[Given]) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        for one in given {
            match one {
                Given::Title(text) => document.add_text(fields.title, script(text)),
                Given::Body(text, names) => {
                    document.add_text(fields.body, script_with(text, names));
                }
                Given::Place(text) => document.add_text(fields.place, text),
                Given::Speaker(text) => document.add_text(fields.speaker, text),
                Given::Source(text) => document.add_text(fields.tallies.source, text),
                Given::File(text) => document.add_text(fields.file, text),
                Given::Key(number) => document.add_u64(fields.key, *number),
                Given::First(number) => document.add_u64(fields.said.first, *number),
                Given::Time(number) => document.add_i64(fields.time, *number),
                Given::Record(bytes) => document.add_bytes(fields.record, bytes),
            }
        }
        document
    }

    fn index() -> (Index, schema::Fields) {
        let (schema, fields) = schema::build();
        let index = Index::builder().schema(schema).settings(schema::settings());
        let index = index.create_in_ram().unwrap();
        words::register(&index);
        (index, fields)
    }

    fn by_tantivy(index: &Index, documents: Vec<TantivyDocument>) -> Segment {
        let segment = index.new_segment();
        let mut writer = SegmentWriter::for_segment(64 << 20, segment.clone()).unwrap();
        for document in documents {
            writer.add_document(AddOperation { opstamp: 0, document }).unwrap();
        }
        writer.finalize().unwrap();
        segment
    }

    fn by_ourselves(index: &Index, documents: &[TantivyDocument], by: WrittenBy) -> Segment {
        let mut collecting = Collecting::begin(index).unwrap();
        documents.iter().for_each(|document| collecting.add(document).unwrap());
        let segment = collecting.segment.clone();
        let written = collecting.write(by).unwrap();
        assert_eq!(written.max_doc() as usize, documents.len());
        segment
    }

    fn assert_the_same(index: &Index, documents: Vec<TantivyDocument>) {
        let ours = [WrittenBy::One, WrittenBy::Two].map(|by| by_ourselves(index, &documents, by));
        let theirs = by_tantivy(index, documents);
        use SegmentComponent::{FastFields, FieldNorms, Positions, Postings, Store, Terms};
        for part in [FieldNorms, Terms, Postings, Positions, FastFields, Store] {
            let bytes = |of: &Segment| of.open_read(part.clone()).unwrap().read_bytes().unwrap();
            for ours in &ours {
                let ours = bytes(ours);
                assert!(ours.as_slice() == bytes(&theirs).as_slice(), "{part} differs");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn its_files_are_those_of_tantivys_own_writer(
            documents in prop::collection::vec(prop::collection::vec(given(), 0..12), 1..30)
        ) {
            let (index, fields) = index();
            let documents = documents.iter().map(|given| document(&fields, given)).collect();
            assert_the_same(&index, documents);
        }
    }

    #[test]
    fn many_words_in_many_documents_are_written_as_tantivy_writes_them() {
        let (index, fields) = index();
        // Words as frequent as in real texts: the table grows, and lists are longer than a block.
        let word = |at: u64| {
            format!("w{} ", (at.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) % (1 + at % 20_000))
        };
        let documents = (0..600_u64).map(|number| {
            let body: String = (0..200).map(|at| word(number * 200 + at)).collect();
            document(&fields, &[Given::Body(body, Vec::new()), Given::Key(number)])
        });
        assert_the_same(&index, documents.collect());
    }

    #[test]
    fn a_word_too_long_for_tantivy_is_none() {
        let (index, fields) = index();
        let long = "a".repeat(tantivy::tokenizer::MAX_TOKEN_LEN);
        let documents = [long.clone(), format!("{long}b b"), "b".to_owned()].map(|text| {
            let values = [
                Given::Body(text.clone(), Vec::new()),
                Given::Place(text.clone()),
                Given::File(text),
            ];
            document(&fields, &values)
        });
        assert_the_same(&index, documents.into());
    }
}
