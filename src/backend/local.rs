//! The local backend: an index in a folder on this machine, kept by tantivy.
//!
//! Comes in: records and requests. Goes out: what was found. Reads no stories' files and writes no
//! pages; tantivy is named only here and below.

mod adding;
mod alone;
mod ask;
mod best;
mod by_time;
mod called;
mod check;
mod close;
mod collect;
mod counted;
mod days;
mod deletions;
mod documents;
mod families;
mod folder;
mod fresh;
mod lists;
mod lone;
mod merging;
mod notes;
mod order;
mod packing;
mod pair;
mod patterns;
mod place;
mod placed;
mod prose;
mod queue;
mod ranking;
mod reading;
mod ready;
mod said;
mod schema;
mod script;
mod segment;
mod settle;
mod space;
mod standing;
mod statements;
mod stored;
mod terms;
mod trouble;
mod turns;
mod unmapped;
mod values;
mod words;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, Term};

use self::adding::of_another_kind;
use self::ask::{Asking, any_held_at};
use self::collect::{Editions, column_of};
use self::counted::ByDay;
use self::deletions::Fresh;
use self::families::{Behind, Families, Noted};
use self::folder::Met;
use self::order::Ranked;
use self::packing::Records;
use self::schema::Fields;
use self::standing::Kept;
use self::stored::decode;
use self::trouble::{damaged, failed, guarded};
use self::writing::{Threads, Writing};
use crate::contract::{Backend, CountRequest, HitSink, Index, Prepare, Prepared, Request};
use crate::error::{Error, Kind, Result};
use crate::model::{
    Counted, Edition, Fault, Field, FileNote, Folding, FoundHit, Kin, Moment, Naming, Node, Record,
    Scope, Share, StoryKey, Tally,
};

/// How many stories are held while an answer of statements is handed over.
const STORIES_HELD: usize = 1024;

/// An index in a folder on this machine.
pub(super) const LOCAL: Backend = Backend {
    name: "local",
    doc: "an index in a folder on this machine",
    is_index: place::is_index,
    open: |place| Ok(Box::new(LocalIndex::open(place)?)),
    write: |place, memory| Ok(Box::new(LocalIndex::write(place, memory)?)),
    clear: place::clear,
    alone: alone::alone,
    space: space::space,
};

struct LocalIndex {
    place: PathBuf,
    fields: Fields,
    reader: IndexReader,
    writing: Option<Writing>,
    records: Records,
    /// What is kept open of the commit that is read.
    kept: Kept,
    /// What the machine refused its threads.
    met: Met,
    /// The time at which stories are held back whose time has not come; none where all are shown.
    now: Option<i64>,
    /// Which stories belong together.
    families: Families,
    /// Whether a writer met families that were not as written: it settles them anew.
    lost_families: bool,
    /// Which of those that match stand for others.
    folding: Folding,
    /// What was added since the last commit.
    fresh: Fresh,
}

impl LocalIndex {
    fn open(at: &Path) -> Result<Self> {
        guarded(at, || Self::around(at, place::open(at)?, None))
    }

    fn write(at: &Path, memory: usize) -> Result<Self> {
        Self::write_on(Threads::BesideReaders, at, memory)
    }

    fn write_on(threads: Threads, at: &Path, memory: usize) -> Result<Self> {
        let lock = place::lock(at)?;
        guarded(at, || {
            let opened = place::open_or_create(at)?;
            let writing = Writing::begin(&opened.index, &place::files(at), memory, threads, lock);
            let writing = writing.map_err(|cause| failed(at, cause))?;
            Self::around(at, opened, Some(writing))
        })
    }

    fn around(at: &Path, opened: place::Opened, writing: Option<Writing>) -> Result<Self> {
        let reader = opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader = reader.map_err(|cause| failed(at, cause))?;
        let (families, lost_families) = place::families(at, &opened.index, writing.is_some())?;
        Ok(Self {
            place: at.to_owned(),
            fields: opened.fields,
            reader,
            writing,
            records: Records::default(),
            kept: Kept::default(),
            met: opened.met,
            now: None,
            families,
            lost_families,
            folding: Folding::default(),
            fresh: Fresh::default(),
        })
    }

    fn asking<'a>(&'a self, searcher: &'a Searcher, scope: Scope) -> Asking<'a> {
        let held_at = self.now.filter(|now| any_held_at(searcher, *now));
        let families = (self.folding != Folding::default() && !self.families.is_empty())
            .then_some(Behind { families: &self.families, folding: self.folding, scope });
        Asking { fields: &self.fields, searcher, scope, held_at, families, kept: &self.kept }
    }

    /// How many match, and those asked for in order.
    fn ranked(&self, searcher: &Searcher, request: &Request<'_>) -> Result<(u64, Vec<Ranked>)> {
        guarded(&self.place, || {
            let ranked = order::page(&self.asking(searcher, request.scope), request);
            ranked.map_err(|cause| failed(&self.place, cause))
        })
    }

    /// Loads what was found and hands it over; the story of statements is read once while it is held.
    fn hand_over(
        &self,
        searcher: &Searcher,
        ranked: Vec<Ranked>,
        sink: &mut HitSink<'_>,
    ) -> Result<()> {
        let mut read: FxHashMap<StoryKey, Arc<Record>> = FxHashMap::default();
        for Ranked { score, story: at, cursor } in ranked {
            let story = cursor.story;
            let record = match read.get(&story) {
                Some(record) => Arc::clone(record),
                None => {
                    let record = Arc::new(self.stored(searcher, at)?);
                    if read.len() == STORIES_HELD {
                        read.clear();
                    }
                    read.insert(story, Arc::clone(&record));
                    record
                }
            };
            let statement = cursor.statement.and_then(|number| u32::try_from(number).ok());
            sink(FoundHit { story, statement, score, cursor, record })?;
        }
        Ok(())
    }

    /// The stories, and nothing else, that have a term.
    fn story_with(&self, term: Term) -> BooleanQuery {
        let kind = Term::from_field_text(self.fields.kind, schema::STORY);
        let both = [term, kind].map(|term| {
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
                as Box<dyn tantivy::query::Query>
        });
        BooleanQuery::intersection(both.into())
    }

    fn stored(&self, searcher: &Searcher, at: DocAddress) -> Result<Record> {
        let stores = self.kept.stores(searcher);
        let bytes = stores.bytes(searcher, at, self.fields.record);
        let bytes = bytes.map_err(|cause| failed(&self.place, cause))?;
        decode(&self.records.unpack(&bytes, &self.place)?)
            .map_err(|error| error.at(self.place.to_string_lossy()))
    }
}

impl Index for LocalIndex {
    fn preparing(&mut self) -> Result<Prepare> {
        let packers = self.records.packers(&self.place)?;
        Ok(ready::preparing(self.fields.clone(), packers))
    }

    fn put(&mut self, file: &str, story: Prepared) -> Result<()> {
        self.fresh.file(file);
        self.put_story(story.into().ok_or_else(|| of_another_kind(&self.place))?)
    }

    fn note(&mut self, note: &FileNote) -> Result<()> {
        let term = Term::from_field_text(self.fields.noted, &note.file);
        let earlier = self.reader.searcher().doc_freq(&term);
        let earlier = earlier.map_err(|cause| failed(&self.place, cause))? > 0;
        // A deletion costs a look-up in every segment: a file that was never noted needs none.
        let is_fresh = self.fresh.note(&note.file);
        if is_fresh || earlier {
            self.delete_term(term, is_fresh)?;
        }
        self.put_document(documents::file(&self.fields, note)?, note.file.len())
    }

    fn delete(&mut self, file: &str) -> Result<()> {
        let term = Term::from_field_text(self.fields.file, file);
        self.delete_term(term, self.fresh.has(file))
    }

    fn commit(&mut self) -> Result<()> {
        self.writing.iter().for_each(Writing::under_way);
        let place = self.place.clone();
        let known = place::noted(&place, self.reader.searcher().index())?;
        self.commit_as(&Noted { is_stale: true, ..known })?;
        self.fresh = Fresh::default();
        Ok(())
    }

    fn settle(&mut self) -> Result<()> {
        let place = self.place.clone();
        let noted = place::noted(&place, self.reader.searcher().index())?;
        if !noted.is_stale && !self.lost_families {
            self.done();
            return Ok(());
        }
        self.families = guarded(&place, || {
            let families = settle::families(&self.reader.searcher());
            families.map_err(|cause| failed(&place, cause))
        })?;
        let check = place::save_families(&place, &self.families)?;
        let noted = Noted { check, is_stale: false };
        self.commit_as(&noted)?;
        place::sweep_families(&place, &noted)?;
        self.lost_families = false;
        self.done();
        Ok(())
    }

    fn fold(&mut self, folding: Folding) {
        self.folding = folding;
    }

    fn kin(&self, story: StoryKey) -> Result<Kin> {
        Ok(self.families.kin(story))
    }

    fn folded(&self, query: &Node, scope: Scope) -> Result<u64> {
        guarded(&self.place, || {
            let searcher = self.reader.searcher();
            let folded = self.asking(&searcher, scope).folded(query);
            folded.map_err(|cause| failed(&self.place, cause))
        })
    }

    fn hold_back(&mut self, now: Moment) {
        self.now = Some(now.order());
    }

    fn each(&self, request: &Request<'_>, sink: &mut HitSink<'_>) -> Result<u64> {
        let searcher = self.reader.searcher();
        let (total, ranked) = self.ranked(&searcher, request)?;
        guarded(&self.place, || self.hand_over(&searcher, ranked, sink))?;
        Ok(total)
    }

    fn rank(&self, request: &Request<'_>) -> Result<u64> {
        Ok(self.ranked(&self.reader.searcher(), request)?.0)
    }

    fn shares(&self, query: &Node, story: StoryKey) -> Result<Vec<Share>> {
        guarded(&self.place, || {
            let searcher = self.reader.searcher();
            let shares = ranking::shares(&self.asking(&searcher, Scope::Stories), query, story);
            shares.map_err(|cause| failed(&self.place, cause))
        })
    }

    fn word_counts(&self, words: &[String]) -> Result<(Vec<u64>, u64)> {
        guarded(&self.place, || {
            let counted = counted::words(&self.reader.searcher(), self.fields.body, words);
            counted.map_err(|cause| failed(&self.place, cause))
        })
    }

    fn editions(&self, query: &Node) -> Result<Vec<Edition>> {
        guarded(&self.place, || {
            let searcher = self.reader.searcher();
            let query = self.asking(&searcher, Scope::Stories).whole_query(query);
            let found = query.and_then(|query| searcher.search(&query, &Editions));
            let mut found = found.map_err(|cause| failed(&self.place, cause))?;
            found.sort_unstable();
            Ok(found)
        })
    }

    fn stories_of(&self, file: &str) -> Result<Vec<Record>> {
        guarded(&self.place, || {
            let searcher = self.reader.searcher();
            let of_file = Term::from_field_text(self.fields.file, file);
            let found = searcher.search(&self.story_with(of_file), &DocSetCollector);
            let mut found: Vec<DocAddress> =
                found.map_err(|cause| failed(&self.place, cause))?.into_iter().collect();
            found.sort_unstable();
            found.into_iter().map(|at| self.stored(&searcher, at)).collect()
        })
    }

    fn story(&self, key: StoryKey) -> Result<Option<Record>> {
        guarded(&self.place, || {
            let searcher = self.reader.searcher();
            let term = Term::from_field_u64(self.fields.key, key.0);
            let best =
                searcher.search(&self.story_with(term), &TopDocs::with_limit(1).order_by_score());
            let best = best.map_err(|cause| failed(&self.place, cause))?;
            best.first().map(|(_, at)| self.stored(&searcher, *at)).transpose()
        })
    }

    fn count_by_day(&self, request: &CountRequest<'_>) -> Result<Counted> {
        let days = match (request.scope, request.meant) {
            (Scope::Stories, true) => schema::MEANT,
            (_, false) => schema::DAY,
            (Scope::Statements, true) => {
                return Err(Error::new(Kind::Usage, "statements are counted by publication only"));
            }
        };
        let by = request.by.map(|field| column_of(request.scope, field)).transpose()?;
        guarded(&self.place, || {
            let searcher = self.reader.searcher();
            let by_day = ByDay { scope: request.scope, days, step: request.step, by };
            let asking = self.asking(&searcher, request.scope);
            let counted = order::collect(&asking, request.query, &by_day);
            counted.map_err(|cause| failed(&self.place, cause))
        })
    }

    fn tally(&self, query: &Node, scope: Scope, field: Field) -> Result<Vec<Tally>> {
        let column = column_of(scope, field)?;
        guarded(&self.place, || {
            let searcher = self.reader.searcher();
            let tallies = order::tally(&self.asking(&searcher, scope), query, column);
            tallies.map_err(|cause| failed(&self.place, cause))
        })
    }

    fn namings(&self, keys: Option<&[String]>) -> Result<Vec<Naming>> {
        guarded(&self.place, || {
            let found = called::namings(&self.reader.searcher(), self.fields.called, keys);
            found.map_err(|cause| failed(&self.place, cause))
        })
    }

    fn files(&self) -> Result<Vec<FileNote>> {
        guarded(&self.place, || {
            let mut found = Vec::new();
            let read = |note: &[u8]| serde_json::from_slice(note);
            notes::each(&self.reader.searcher(), &mut |note| found.push(read(note)))
                .map_err(|cause| failed(&self.place, cause))?;
            let found = found.into_iter().collect::<Result<_, _>>();
            found.map_err(|cause| damaged(&self.place, cause))
        })
    }

    fn check(&self) -> Result<Vec<Fault>> {
        let searcher = self.reader.searcher();
        let at_place = |cause| failed(&self.place, cause);
        let damaged = check::damaged(&searcher, &self.place)?;
        if !damaged.is_empty() {
            return Ok(damaged);
        }
        let notes = self.files()?;
        guarded(&self.place, || check::lost(&searcher, &self.fields, &notes).map_err(at_place))
    }

    fn broken_off(&self) -> Option<String> {
        place::broken_off(&self.place)
    }

    fn size(&self) -> Result<u64> {
        place::size(&self.place)
    }
}
