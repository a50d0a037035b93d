//! Pure functions on text that several members of the shelves need.
//!
//! Comes in: text. Goes out: spans and plain values. Does no input or output, and knows neither
//! files nor indexes.

pub mod agencies;
pub mod bearers;
pub mod byline;
pub mod calendar;
pub mod columns;
pub mod copy;
pub mod dateline;
pub mod decode;
pub mod difference;
pub mod editions;
pub mod entities;
pub mod feed;
pub mod fields;
pub mod first_names;
pub mod folding;
pub mod furniture;
pub mod html_text;
pub mod iso_times;
pub mod language;
pub mod letters;
pub mod lexicon;
pub mod lineage;
pub mod markup;
pub mod moments;
pub mod names;
pub mod namings;
pub mod nearness;
pub mod offsets;
pub mod outlets;
pub mod patterns;
pub mod places;
pub mod published;
pub mod quotation;
pub mod record;
pub mod sentences;
pub mod sketch;
pub mod stamp;
pub mod stems;
pub mod tokens;
pub mod verbs;
pub mod wire_times;
pub mod words;
