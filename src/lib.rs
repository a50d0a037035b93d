//! Search over news archives: who said what, and when.
//!
//! Two sentences run the program, and the modules stand in their order:
//!
//! ```text
//! index:   path  -> Entry -> Story -> Record -> index      (walk, open, read, annotate, add)
//! search:  words -> Query -> Results -> page               (parse, search, write)
//! ```
//!
//! What comes in is a directory of wire stories, what goes out is an answer by person, phrase and
//! date. `ARCHITECTURE.md` has the picture and the rule which module may name which.

pub mod annotate;
pub mod backend;
pub mod cli;
pub mod container;
pub mod contract;
pub mod error;
pub mod format;
pub mod ingest;
pub mod model;
pub mod output;
pub mod query;
pub mod search;
pub mod text;

pub use error::{Error, Result};
