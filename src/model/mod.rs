//! The nouns of the program: plain data that every other module speaks in.
//!
//! Comes in: nothing. Goes out: values that can be written as JSON. Does no input, output or
//! parsing of text; calendar days are jiff's civil types.

mod annotation;
mod cursor;
mod entry;
mod kin;
mod moment;
mod naming;
mod query;
mod results;
mod space;
mod span;
mod story;
mod timeline;

pub use annotation::{Annotations, DateMention, Person, Record, Speaker, Statement, StatementKind};
pub use cursor::Cursor;
pub use entry::{Edition, Entry, Fault, FieldMap, FileNote, Outcome, StoryKey};
pub use kin::{Folding, Kin};
pub use moment::{Grain, Moment, Period};
pub use naming::Naming;
pub use query::{Bound, Capitals, Field, Front, Near, Node, Pattern, Query, Scope, Who, Within};
pub use results::{
    Collocate, Facet, Family, Found, FoundHit, Group, Hit, Line, LineOrder, Passage, Results, Said,
    Share, Sort, Tally,
};
pub use space::Space;
pub use span::Span;
pub use story::{FIELDS, Origins, PublishedFrom, Status, Story};
pub use timeline::{Counted, Series, Step, Timeline};
