//! The kinds of part the program is put together from, as names and plain functions.
//!
//! A shelf (`container`, `format`, `annotate`, `query`, `output`, `backend`) is a folder whose
//! `mod.rs` is only its register; each other file is one member and ends in one constant of a type
//! defined here. Nothing here does any work.

use std::any::Any;
use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use crate::error::Result;
use crate::model::{
    Annotations, Counted, Cursor, Edition, Entry, Fault, Field, FileNote, Folding, Found, FoundHit,
    Hit, Kin, Line, Moment, Naming, Node, Record, Results, Said, Scope, Share, Sort, Space, Step,
    Story, StoryKey, Tally,
};

/// How sure a sniffer is that content is of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It is not.
    No,
    /// Nothing speaks against it.
    Possible,
    /// Several signs speak for it.
    Likely,
    /// It says so itself.
    Certain,
}

/// A container: bytes that hold other entries.
pub struct Container {
    /// Its name in reports.
    pub name: &'static str,
    /// What it is, one line.
    pub doc: &'static str,
    /// What it is told by, one line.
    pub signs: &'static str,
    /// Tells from the first bytes (at most [`HEAD`]) whether this is one.
    pub sniff: fn(head: &[u8]) -> Likeness,
    /// Hands each member to the sink, in order, as a stream: nothing is held whole.
    ///
    /// The sink's error ends the reading; a damaged container hands over what stands before the
    /// damage, then returns the error.
    pub open: fn(content: &mut dyn Read, sink: &mut MemberSink<'_>) -> Result<()>,
}

/// Takes a member and its content.
pub type MemberSink<'a> = dyn FnMut(&Member<'_>, &mut dyn Read) -> Result<()> + 'a;

/// A member of a container, as the container tells of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Member<'a> {
    /// Its name; empty where the container has only one.
    pub name: &'a str,
    /// Where it was fetched from on the web; empty where not told.
    pub url: &'a str,
    /// When it was fetched.
    pub captured: Option<Moment>,
    /// The character set that is declared for it outside of its content; empty where not told.
    pub charset: &'a str,
    /// Whether it is a piece of what its container is itself, so that nothing in it is to be opened.
    pub is_piece: bool,
}

impl<'a> Member<'a> {
    /// A member of which only the name is known.
    pub fn named(name: &'a str) -> Self {
        Self { name, ..Self::default() }
    }

    /// The same member under its whole name; what it does not tell is as its container's container
    /// told it.
    #[must_use]
    pub fn within<'b>(&self, outer: &Member<'b>, name: &'b str) -> Member<'b>
    where
        'a: 'b,
    {
        let told = |inner: &'a str, outer: &'b str| if inner.is_empty() { outer } else { inner };
        Member {
            name,
            url: told(self.url, outer.url),
            captured: self.captured.or(outer.captured),
            charset: told(self.charset, outer.charset),
            is_piece: self.is_piece,
        }
    }
}

/// How many bytes from the front a sniffer is shown at most.
pub const HEAD: usize = 4096;

/// A format: bytes to stories.
#[derive(Debug)]
pub struct Format {
    /// Its name, as `--format` takes it and `story.format` shows it.
    pub name: &'static str,
    /// What it is and who sends it, one line.
    pub doc: &'static str,
    /// What it is told by, one line.
    pub signs: &'static str,
    /// Tells from the content, never from the name alone, whether this is it.
    pub sniff: fn(&Entry) -> Likeness,
    /// Hands each story to the sink, in order; a record that cannot be read is handed over as an
    /// error and its neighbours go on.
    ///
    /// The format fills what the content tells and leaves `path`, `member`, `ordinal` and `format`
    /// to its caller.
    pub read: fn(&Entry, sink: &mut StorySink<'_>) -> Result<()>,
}

/// Takes each story of an entry, or what was wrong with it.
pub type StorySink<'a> = dyn FnMut(Result<Story>) + 'a;

/// What an annotator is shown: text, and what is known of its day; nothing of files or indexes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text<'a> {
    /// The headline where it is known apart from the body, else empty.
    pub title: &'a str,
    /// The text; all spans are bytes of it.
    pub body: &'a str,
    /// The publication day.
    pub published: Option<Date>,
    /// The language, a two-letter code; empty where unknown.
    pub language: &'a str,
    /// Who published it; empty where unknown.
    pub source: &'a str,
}

impl<'a> From<&'a Story> for Text<'a> {
    fn from(story: &'a Story) -> Self {
        Self {
            title: &story.title,
            body: &story.body,
            published: story.published.map(|moment| moment.day()),
            language: &story.language,
            source: &story.source,
        }
    }
}

/// An annotator: a text to one part of what it means. The register's order is the order of work:
/// each sees what those before it found.
pub struct Annotator {
    /// Its name in benchmarks.
    pub name: &'static str,
    /// What it finds, one line.
    pub doc: &'static str,
    /// Adds what it finds.
    pub annotate: fn(&Text<'_>, &mut Annotations),
}

/// A field of the query language: the names a user may type and the field they mean.
pub struct FieldName {
    /// The name that help and errors use.
    pub name: &'static str,
    /// Every other name that is understood.
    pub aliases: &'static [&'static str],
    /// The field.
    pub field: Field,
    /// What it holds, one line.
    pub doc: &'static str,
    /// An example that works on the bundled corpus.
    pub example: &'static str,
}

/// An output: results to text.
pub struct Output {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// What it is, one line.
    pub doc: &'static str,
    /// Writes stories.
    pub stories: fn(&Results<Hit>, &Look, &mut dyn Write) -> std::io::Result<()>,
    /// Writes statements.
    pub statements: fn(&Results<Said>, &Look, &mut dyn Write) -> std::io::Result<()>,
    /// Writes the lines of a concordance.
    pub lines: fn(&Results<Line>, &Look, &mut dyn Write) -> std::io::Result<()>,
}

/// How an answer should look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether escape codes for colour may be written.
    pub colour: bool,
    /// The width to wrap at, in columns.
    pub width: usize,
    /// Whether hits were written before these, so that no headings are.
    pub goes_on: bool,
}

/// A backend: where an index lives.
pub struct Backend {
    /// Its name in `stats`.
    pub name: &'static str,
    /// What it is, one line.
    pub doc: &'static str,
    /// Tells whether there is an index at a place.
    pub is_index: fn(place: &std::path::Path) -> bool,
    /// Opens the index at a place for reading.
    pub open: fn(place: &std::path::Path) -> Result<Box<dyn Index>>,
    /// Opens it for reading and writing, and makes it where there is none.
    ///
    /// `memory` is in bytes, for all that the backend holds while writing. Only one writer may be
    /// open at a time; a second is an error that says who holds the index.
    pub write: fn(place: &std::path::Path, memory: usize) -> Result<Box<dyn Index>>,
    /// Empties the index at a place, whatever state its files are in; what its reader keeps beside
    /// them stays.
    pub clear: fn(place: &std::path::Path) -> Result<()>,
    /// Times the engine alone on records whose documents are made before the clock starts: what
    /// `bench` measures the whole ingest against.
    pub alone: fn(place: &std::path::Path, memory: usize, records: &[Record]) -> Result<Duration>,
    /// Measures what each field takes on disk of the index at a place, the largest first; together
    /// they are all of it.
    pub space: fn(place: &std::path::Path) -> Result<Vec<Space>>,
}

/// What is asked of an index.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The query.
    pub query: &'a Node,
    /// Stories or statements.
    pub scope: Scope,
    /// The order.
    pub sort: Sort,
    /// From where.
    pub start: Start,
    /// How many to give at most.
    pub limit: usize,
}

/// From where an answer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// So many hits left out.
    At(usize),
    /// Behind a hit.
    Behind(Cursor),
}

impl Start {
    /// From the first hit.
    pub const FRONT: Self = Self::At(0);
}

/// Takes each hit of an answer.
pub type HitSink<'a> = dyn FnMut(FoundHit) -> Result<()> + 'a;

/// What is to be counted over time.
#[derive(Clone, Copy, Debug)]
pub struct CountRequest<'a> {
    /// What is counted.
    pub query: &'a Node,
    /// Stories or statements.
    pub scope: Scope,
    /// Whether the days that stories speak of are counted, instead of those of publication. A story
    /// counts once in each stretch that any of them touches; what is longer than a stretch counts in
    /// none. Only for stories.
    pub meant: bool,
    /// How long a stretch is.
    pub step: Step,
    /// The field whose values are counted apart (`Speaker`, `Source`), where one is.
    pub by: Option<Field>,
}

/// A story made ready for an index. Only an index of that kind knows what it holds.
pub struct Prepared(Box<dyn Any + Send>);

impl Prepared {
    /// Of what the index makes of a story.
    pub fn new(made: impl Any + Send) -> Self {
        Self(Box::new(made))
    }

    /// What was made; none where it is of another kind.
    pub fn into<T: Any>(self) -> Option<T> {
        self.0.downcast().ok().map(|made| *made)
    }
}

/// Makes a story and its statements ready for an index, under the file that they came from, on any thread.
pub type Prepare = Arc<dyn Fn(&str, StoryKey, &Record) -> Prepared + Send + Sync>;

/// An open index. The one trait among the contracts, because an open index has state.
///
/// What is added is seen by no search until `commit`, and then all of it at once. An index opened
/// for reading gives an error at the first five.
pub trait Index: Send {
    /// Gives what makes stories ready for this index.
    ///
    /// # Errors
    /// As for `add`.
    fn preparing(&mut self) -> Result<Prepare>;

    /// Adds a story that was made ready for this index, under the same file.
    ///
    /// # Errors
    /// As for `add`.
    fn put(&mut self, file: &str, story: Prepared) -> Result<()>;

    /// Adds a story and its statements, under the file that they came from.
    ///
    /// # Errors
    /// Where the machine refuses, or the index was opened for reading.
    fn add(&mut self, file: &str, key: StoryKey, record: &Record) -> Result<()> {
        let prepare = self.preparing()?;
        self.put(file, prepare(file, key, record))
    }

    /// Adds or replaces what is known of a file.
    ///
    /// # Errors
    /// As for `add`.
    fn note(&mut self, note: &FileNote) -> Result<()>;

    /// Deletes all that came from a file, and what was known of it.
    ///
    /// # Errors
    /// As for `add`.
    fn delete(&mut self, file: &str) -> Result<()>;

    /// Makes all that was added and deleted since the last commit visible and lasting.
    ///
    /// # Errors
    /// As for `add`; then the index is as at the last commit.
    fn commit(&mut self) -> Result<()>;

    /// Finds anew which stories belong together, where any came or went since that was last done. Once
    /// behind a row of commits is enough.
    ///
    /// # Errors
    /// As for `add`; what was committed stands.
    fn settle(&mut self) -> Result<()>;

    /// Has from now on, in every answer but [`Index::story`], one of the stories that match stand for
    /// others that do.
    fn fold(&mut self, folding: Folding);

    /// Gives what other stories are to one.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn kin(&self, story: StoryKey) -> Result<Kin>;

    /// Counts those that match and are not shown because others stand for them.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn folded(&self, query: &Node, scope: Scope) -> Result<u64>;

    /// Leaves out from now on, of every answer but [`Index::story`], what is under embargo at a time.
    fn hold_back(&mut self, now: Moment);

    /// Answers a request hit by hit, in order, so that no more than one need be held; gives how many
    /// match in all.
    ///
    /// # Errors
    /// Where the index is damaged, and those of the sink, which end it.
    fn each(&self, request: &Request<'_>, sink: &mut HitSink<'_>) -> Result<u64>;

    /// Finds which hits a request has and in which order, and reads no story: what `each` does before the
    /// first hit. Gives how many match in all.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn rank(&self, request: &Request<'_>) -> Result<u64>;

    /// Answers a request.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn search(&self, request: &Request<'_>) -> Result<Found> {
        let mut hits = Vec::new();
        let total = self.each(request, &mut |hit| {
            hits.push(hit);
            Ok(())
        })?;
        Ok(Found { total, hits })
    }

    /// Gives what the parts of a query give to a story's score, in the order of the query; none where
    /// the story does not match. Their sum is its score by relevance.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn shares(&self, query: &Node, story: StoryKey) -> Result<Vec<Share>>;

    /// Counts how often each of these folded words stands in the bodies of stories, and all words.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn word_counts(&self, words: &[String]) -> Result<(Vec<u64>, u64)>;

    /// Gives the editions of all stories that match, in the order of their keys.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn editions(&self, query: &Node) -> Result<Vec<Edition>>;

    /// Gives all stories that came from a file, as of the last commit.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn stories_of(&self, file: &str) -> Result<Vec<Record>>;

    /// Gives a story by its key.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn story(&self, key: StoryKey) -> Result<Option<Record>>;

    /// Counts the values of a field (`Speaker`, `Person`, `Source`, `Place`, `Language`, `Format`)
    /// over all that match, the most frequent first, equals in the order of the alphabet.
    ///
    /// # Errors
    /// Where the index is damaged, or the field cannot be counted.
    fn tally(&self, query: &Node, scope: Scope, field: Field) -> Result<Vec<Tally>>;

    /// Counts all that match by stretches of the calendar.
    ///
    /// # Errors
    /// Where the index is damaged, or the field `by` cannot be counted.
    fn count_by_day(&self, request: &CountRequest<'_>) -> Result<Counted>;

    /// Gives how stories name the people of whose names one has one of the keys (see
    /// `text::bearers`), or all people where no keys are given; in the order of names and roles.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn namings(&self, keys: Option<&[String]>) -> Result<Vec<Naming>>;

    /// Gives what is known of every file, in no order.
    ///
    /// # Errors
    /// Where the index is damaged.
    fn files(&self) -> Result<Vec<FileNote>>;

    /// Reads all that the index has on disk, and gives what is not as it was written: a file of the
    /// index, or one of the archive whose stories are not all there, and what is wrong with it.
    ///
    /// # Errors
    /// Where it cannot be looked at.
    fn check(&self) -> Result<Vec<Fault>>;

    /// Names the run that wrote last, where it ended before its end and none is writing now: the index is
    /// whole as of its last commit, and not all that there is is in it.
    fn broken_off(&self) -> Option<String> {
        None
    }

    /// Gives how many bytes the index takes on disk.
    ///
    /// # Errors
    /// Where its files cannot be measured.
    fn size(&self) -> Result<u64>;
}
