//! The fields of the local index.
//!
//! Two kinds of document share one index, so that one commit makes both visible: stories, and what
//! is known of each file. They have no field in common but `kind` and `file`, so that a query for the
//! words of one never meets the other. Statements are stretches of their story's body, told by columns of its
//! document (see `statements`).

use tantivy::IndexSettings;
use tantivy::schema::{
    BytesOptions, FAST, Field as Handle, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::store::{Compressor, ZstdCompressor};

use super::words::{SCRIPT_TOKENIZER, TOKENIZER};
use crate::model::Field;

/// How stories are kept: zstd at its quickest makes them a third smaller than lz4 for as much time, in
/// blocks of a few stories, so that reading one does not unpack many.
const STORED: ZstdCompressor = ZstdCompressor { compression_level: Some(1) };

/// The version of this layout, kept in each index; another version's index is refused.
pub(super) const VERSION: u32 = 13;

/// The values of `kind`.
pub(super) const STORY: &str = "story";
/// See [`STORY`].
pub(super) const FILE: &str = "file";

/// The column by which stories are put in the order of time, in seconds.
pub(super) const TIME: &str = "time";
/// The column of story keys.
pub(super) const KEY: &str = "story";
/// The column of how many words a body has.
pub(super) const LENGTH: &str = "length";
/// The column of the position of a body at which its opening has ended; none where nothing else stands there.
pub(super) const OPENING: &str = "opening";
/// The column of a number that changes when a story's words or its status do.
pub(super) const CONTENT: &str = "content";
/// The column of the days of publication, as numbers from 1970-01-01.
pub(super) const DAY: &str = "day";
/// The column of the stretches of days that a story speaks of, up to a year (see `counted`).
pub(super) const MEANT: &str = "meant";
/// The column of the time until which a story is held back.
pub(super) const EMBARGO: &str = "embargo";
/// Columns of what tells versions and copies (`text::lineage`): of stories only, and only where told.
pub(super) const SOURCE_SIGN: &str = "source_sign";
/// See [`SOURCE_SIGN`].
pub(super) const ID_SIGN: &str = "id_sign";
/// See [`SOURCE_SIGN`].
pub(super) const SLUG_SIGN: &str = "slug_sign";
/// See [`SOURCE_SIGN`].
pub(super) const HEADLINE_SIGN: &str = "headline_sign";
/// See [`SOURCE_SIGN`].
pub(super) const RANK: &str = "rank";
/// See [`SOURCE_SIGN`].
pub(super) const VERSION_TIME: &str = "version_time";
/// See [`SOURCE_SIGN`]; each of the least hashes by how much it is more than the one before.
pub(super) const SKETCH: &str = "sketch";
/// See [`SOURCE_SIGN`].
pub(super) const WORD_SIGNS: &str = "word_signs";
/// Columns with a value for each statement of a story, in one order: at which position of the body its
/// first word stands,
pub(super) const SAID_FIRST: &str = "said_first";
/// how many positions it takes,
pub(super) const SAID_LENGTH: &str = "said_length";
/// whose it is and of which kind: the number of its voice times [`KINDS`](super::statements::KINDS),
/// and the number of its kind,
pub(super) const SAID_VOICE: &str = "said_voice";
/// and a number of 24 bits made of its words: beside how many they are it tells them from others.
pub(super) const SAID_SIGN: &str = "said_sign";
/// Columns with a value for each voice of a story, in one order: at which position of `speaker` its
/// names begin,
pub(super) const VOICE_NAMES: &str = "voice_names";
/// at which position of `said_role` its roles begin,
pub(super) const VOICE_ROLES: &str = "voice_roles";
/// and which of the values of [`SPEAKER_VALUE`] is its name, counted from 1; 0 where it has none.
pub(super) const VOICE_VALUE: &str = "voice_value";
/// The column of the names of a story's speakers, in order.
pub(super) const SPEAKER_VALUE: &str = "speaker_value";
/// The column of a story's source.
pub(super) const SOURCE_VALUE: &str = "source_value";
/// See [`SOURCE_SIGN`].
pub(super) const FIGURES: &str = "figures";
/// The column of what is known of a file, as JSON.
pub(super) const NOTE: &str = "note";

/// Handles to every field.
#[derive(Clone)]
pub(super) struct Fields {
    pub(super) kind: Handle,
    pub(super) file: Handle,
    pub(super) key: Handle,
    pub(super) content: Handle,
    pub(super) time: Handle,
    pub(super) record: Handle,
    pub(super) title: Handle,
    pub(super) body: Handle,
    /// The words of a headline that do not stand in its body: a word stands in either as often as in the
    /// body and here together.
    pub(super) title_only: Handle,
    pub(super) source: Handle,
    pub(super) place: Handle,
    pub(super) slug: Handle,
    pub(super) byline: Handle,
    pub(super) section: Handle,
    pub(super) keyword: Handle,
    pub(super) language: Handle,
    pub(super) format: Handle,
    pub(super) version: Handle,
    pub(super) embargo: Handle,
    pub(super) id: Handle,
    pub(super) path: Handle,
    pub(super) speaker: Handle,
    pub(super) person: Handle,
    pub(super) called: Handle,
    pub(super) mentions: Handle,
    pub(super) meant: Handle,
    pub(super) day: Handle,
    pub(super) length: Handle,
    pub(super) opening: Handle,
    pub(super) said_role: Handle,
    pub(super) said: Said,
    pub(super) signs: Signs,
    pub(super) note: Handle,
    pub(super) noted: Handle,
    pub(super) tallies: Tallies,
}

/// Columns of the statements of stories and of whose they are.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) first: Handle,
    pub(super) length: Handle,
    pub(super) voice: Handle,
    pub(super) sign: Handle,
    pub(super) voice_names: Handle,
    pub(super) voice_roles: Handle,
    pub(super) voice_value: Handle,
}

/// Columns of what tells versions and copies.
#[derive(Clone)]
pub(super) struct Signs {
    pub(super) source: Handle,
    pub(super) id: Handle,
    pub(super) slug: Handle,
    pub(super) headline: Handle,
    pub(super) rank: Handle,
    pub(super) time: Handle,
    pub(super) sketch: Handle,
    pub(super) figures: Handle,
    pub(super) words: Handle,
}

/// Columns of whole values, for counting.
#[derive(Clone)]
pub(super) struct Tallies {
    pub(super) source: Handle,
    pub(super) place: Handle,
    pub(super) language: Handle,
    pub(super) format: Handle,
    pub(super) person: Handle,
    pub(super) speaker: Handle,
}

/// Builds the schema.
pub(super) fn build() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let ranked = text(true);
    let plain = text(false);
    let fields = Fields {
        kind: builder.add_text_field("kind", whole()),
        file: builder.add_text_field("file", whole()),
        key: builder.add_u64_field(KEY, NumericOptions::default().set_indexed().set_fast()),
        content: builder.add_u64_field(CONTENT, FAST),
        time: builder.add_i64_field(TIME, FAST),
        record: builder.add_bytes_field("record", BytesOptions::default().set_stored()),
        title: builder.add_text_field("title", ranked.clone()),
        body: builder.add_text_field("body", ranked),
        title_only: builder.add_text_field("title_only", whole()),
        source: builder.add_text_field("source", plain.clone()),
        place: builder.add_text_field("place", plain.clone()),
        slug: builder.add_text_field("slug", plain.clone()),
        byline: builder.add_text_field("byline", plain.clone()),
        section: builder.add_text_field("section", plain.clone()),
        keyword: builder.add_text_field("keyword", plain.clone()),
        language: builder.add_text_field("language", plain.clone()),
        format: builder.add_text_field("format", plain.clone()),
        version: builder.add_text_field("version", plain.clone()),
        embargo: builder.add_i64_field(EMBARGO, FAST),
        id: builder.add_text_field("id", plain.clone()),
        path: builder.add_text_field("path", plain.clone()),
        speaker: builder.add_text_field("speaker", plain.clone()),
        person: builder.add_text_field("person", plain.clone()),
        called: builder.add_text_field("called", whole()),
        mentions: builder.add_text_field("mentions", whole()),
        meant: builder.add_i64_field(MEANT, FAST),
        day: builder.add_i64_field(DAY, FAST),
        length: builder.add_u64_field(LENGTH, FAST),
        opening: builder.add_u64_field(OPENING, FAST),
        said_role: builder.add_text_field("said_role", plain),
        said: Said {
            first: builder.add_u64_field(SAID_FIRST, FAST),
            length: builder.add_u64_field(SAID_LENGTH, FAST),
            voice: builder.add_u64_field(SAID_VOICE, FAST),
            sign: builder.add_u64_field(SAID_SIGN, FAST),
            voice_names: builder.add_u64_field(VOICE_NAMES, FAST),
            voice_roles: builder.add_u64_field(VOICE_ROLES, FAST),
            voice_value: builder.add_u64_field(VOICE_VALUE, FAST),
        },
        signs: Signs {
            source: builder.add_u64_field(SOURCE_SIGN, FAST),
            id: builder.add_u64_field(ID_SIGN, FAST),
            slug: builder.add_u64_field(SLUG_SIGN, FAST),
            headline: builder.add_u64_field(HEADLINE_SIGN, FAST),
            rank: builder.add_u64_field(RANK, FAST),
            time: builder.add_i64_field(VERSION_TIME, FAST),
            sketch: builder.add_u64_field(SKETCH, FAST),
            figures: builder.add_u64_field(FIGURES, FAST),
            words: builder.add_u64_field(WORD_SIGNS, FAST),
        },
        note: column(&mut builder, NOTE),
        noted: builder.add_text_field("noted", whole()),
        tallies: Tallies {
            source: names(&mut builder, SOURCE_VALUE),
            place: column(&mut builder, "place_value"),
            language: column(&mut builder, "language_value"),
            format: column(&mut builder, "format_value"),
            person: names(&mut builder, "person_value"),
            speaker: names(&mut builder, SPEAKER_VALUE),
        },
    };
    (builder.build(), fields)
}

/// How the index is kept, whatever its fields.
pub(super) fn settings() -> IndexSettings {
    IndexSettings { docstore_compression: Compressor::Zstd(STORED), ..IndexSettings::default() }
}

fn text(ranked: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(if ranked { SCRIPT_TOKENIZER } else { TOKENIZER })
            .set_fieldnorms(ranked)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}

/// A whole value is one word. Nothing is ranked by its length, for which every document would keep a
/// byte.
fn whole() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    )
}

fn column(builder: &mut SchemaBuilder, name: &str) -> Handle {
    builder.add_text_field(name, TextOptions::default().set_fast("raw"))
}

/// A column that is also asked for whole values.
fn names(builder: &mut SchemaBuilder, name: &str) -> Handle {
    builder.add_text_field(name, whole().set_fast("raw"))
}

impl Fields {
    /// The field of story documents in which the words of a query's field stand; none for
    /// [`Field::Text`], which is two of them, for what only statements have, and for days and numbers.
    pub(super) fn words_of_story(&self, field: Field) -> Option<Handle> {
        Some(match field {
            Field::Title => self.title,
            Field::Body => self.body,
            Field::Source => self.source,
            Field::Place => self.place,
            Field::Slug => self.slug,
            Field::Byline => self.byline,
            Field::Section => self.section,
            Field::Keyword => self.keyword,
            Field::Language => self.language,
            Field::Format => self.format,
            Field::Version => self.version,
            Field::Id => self.id,
            Field::Path => self.path,
            Field::Speaker => self.speaker,
            Field::Person => self.person,
            Field::Role | Field::Kind => return None,
            Field::Text | Field::Published | Field::Mentions | Field::Length => return None,
        })
    }
}
