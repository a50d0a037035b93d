//! Finds which stories of an index belong together: from columns, in bounded memory.
//!
//! Stories are candidates where a sign of theirs is the same: the agency's identifier, the slug, the
//! headline, or one of the least hashes of their words. Of each list of candidates, in the order of
//! time, each is compared with those just before it; `text::lineage` decides. The answer hangs on the
//! stories alone, not on segments or threads.

use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::{DocId, Searcher, SegmentReader};

use super::families::Families;
use super::schema::{
    CONTENT, FIGURES, HEADLINE_SIGN, ID_SIGN, KEY, LENGTH, RANK, SKETCH, SLUG_SIGN, SOURCE_SIGN,
    VERSION_TIME, WORD_SIGNS,
};
use crate::text::lineage::{Kinship, Lineage, is_labelled, kinship};
use crate::text::sketch::Sketch;

/// With how many candidates before it a story is compared.
const COMPARED: usize = 16;
/// Which of the least hashes make candidates: two texts of which one holds two fifths of the other
/// have none of these in common in one case of sixty.
const JOINING: usize = 8;
/// How many joining hashes are held at a time.
const HELD: usize = 1 << 20;

/// Finds the families of all stories.
pub(super) fn families(searcher: &Searcher) -> tantivy::Result<Families> {
    let mut stories = Stories::of(searcher)?;
    for sign in [Sign::Id, Sign::Slug, Sign::Headline] {
        stories.join(&mut |segment, doc, take| take(segment.sign(sign).first(doc)))?;
    }
    let labelled = stories.labelled_words();
    stories.join(&mut |segment, doc, take| {
        let words = segment.words.values_for_doc(doc);
        words.filter(|word| labelled.contains(word)).for_each(|word| take(Some(word)));
    })?;
    let passes = (stories.count * JOINING).div_ceil(HELD).max(1) as u64;
    for pass in 0..passes {
        stories.join(&mut |segment, doc, take| {
            let hashes = segment.hashes(doc).take(JOINING);
            hashes.filter(|hash| hash % passes == pass).for_each(|hash| take(Some(hash)));
        })?;
    }
    Ok(stories.families())
}

#[derive(Clone, Copy)]
enum Sign {
    Id,
    Slug,
    Headline,
}

/// The columns of a segment that tell of kinship.
struct Segment {
    /// The documents that are stories, in order.
    stories: Vec<DocId>,
    key: Column<u64>,
    length: Column<u64>,
    source: Column<u64>,
    id: Column<u64>,
    slug: Column<u64>,
    headline: Column<u64>,
    rank: Column<u64>,
    time: Column<i64>,
    sketch: Column<u64>,
    figures: Column<u64>,
    words: Column<u64>,
}

impl Segment {
    fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let content = columns.u64(CONTENT)?;
        let is_story = |doc: &DocId| !reader.is_deleted(*doc) && content.first(*doc).is_some();
        Ok(Self {
            stories: (0..reader.max_doc()).filter(is_story).collect(),
            key: columns.u64(KEY)?,
            length: columns.u64(LENGTH)?,
            source: columns.u64(SOURCE_SIGN)?,
            id: columns.u64(ID_SIGN)?,
            slug: columns.u64(SLUG_SIGN)?,
            headline: columns.u64(HEADLINE_SIGN)?,
            rank: columns.u64(RANK)?,
            time: columns.i64(VERSION_TIME)?,
            sketch: columns.u64(SKETCH)?,
            figures: columns.u64(FIGURES)?,
            words: columns.u64(WORD_SIGNS)?,
        })
    }

    fn sign(&self, sign: Sign) -> &Column<u64> {
        match sign {
            Sign::Id => &self.id,
            Sign::Slug => &self.slug,
            Sign::Headline => &self.headline,
        }
    }

    /// The least hashes of a document's words, in order.
    fn hashes(&self, doc: DocId) -> impl Iterator<Item = u64> {
        self.sketch.values_for_doc(doc).scan(0, |hash, step| {
            *hash += step;
            Some(*hash)
        })
    }

    fn lineage(&self, doc: DocId) -> Lineage {
        let sign = |column: &Column<u64>| column.first(doc).unwrap_or_default() as u32;
        Lineage {
            source: sign(&self.source),
            id: sign(&self.id),
            slug: sign(&self.slug),
            headline: sign(&self.headline),
            words: self.words.values_for_doc(doc).map(|word| word as u32).collect(),
            rank: sign(&self.rank),
            time: self.time.first(doc).unwrap_or_default(),
            sketch: Sketch {
                hashes: self.hashes(doc).map(|hash| hash as u32).collect(),
                figures: self.figures.first(doc).unwrap_or_default(),
            },
        }
    }
}

/// All stories, by number: those of the segments one behind the other. Their statements, several times
/// as many, have none.
struct Stories {
    segments: Vec<Segment>,
    /// The number of each segment's first story.
    first: Vec<u32>,
    count: usize,
    versions: Sets,
    copies: Sets,
}

/// A candidate.
struct Candidate {
    number: u32,
    key: u64,
    lineage: Lineage,
}

/// Hands the signs of a document over.
type Signs<'a> = dyn FnMut(&Segment, DocId, &mut dyn FnMut(Option<u64>)) + 'a;

impl Stories {
    fn of(searcher: &Searcher) -> tantivy::Result<Self> {
        let segments: Vec<Segment> =
            searcher.segment_readers().iter().map(Segment::of).collect::<tantivy::Result<_>>()?;
        let mut first = Vec::with_capacity(segments.len());
        let mut count = 0;
        for segment in &segments {
            first.push(count as u32);
            count += segment.stories.len();
        }
        let sets = || Sets((0..count as u32).collect());
        Ok(Self { segments, first, count, versions: sets(), copies: sets() })
    }

    /// The words of the headlines that say what their stories are: versions of others.
    fn labelled_words(&self) -> FxHashSet<u64> {
        let mut words = FxHashSet::default();
        for segment in &self.segments {
            for doc in &segment.stories {
                let rank = segment.rank.first(*doc).unwrap_or_default();
                if is_labelled(rank as u32) {
                    words.extend(segment.words.values_for_doc(*doc));
                }
            }
        }
        words
    }

    /// Joins stories of which a sign is the same.
    fn join(&mut self, signs: &mut Signs<'_>) -> tantivy::Result<()> {
        let mut signed: Vec<(u32, u32)> = Vec::new();
        for (segment, first) in self.segments.iter().zip(&self.first) {
            for (number, doc) in (*first..).zip(&segment.stories) {
                // Every sign is made of 32 bits.
                signs(segment, *doc, &mut |sign| {
                    signed.extend(sign.map(|sign| (sign as u32, number)))
                });
            }
        }
        signed.sort_unstable();
        for list in signed.chunk_by(|one, next| one.0 == next.0).filter(|list| list.len() > 1) {
            self.compare(list);
        }
        Ok(())
    }

    /// Compares the stories of a list, each with those just before it.
    fn compare(&mut self, list: &[(u32, u32)]) {
        let first = list[0].1;
        if list.iter().all(|(_, number)| self.versions.are_joined(first, *number)) {
            return;
        }
        let mut candidates: Vec<Candidate> =
            list.iter().map(|(_, number)| self.candidate(*number)).collect();
        candidates.sort_unstable_by_key(|one| (one.lineage.time, one.lineage.rank, one.key));
        for (at, one) in candidates.iter().enumerate() {
            for other in candidates[at.saturating_sub(COMPARED)..at].iter().rev() {
                self.relate(one, other);
            }
        }
    }

    fn relate(&mut self, one: &Candidate, other: &Candidate) {
        let (a, b) = (one.number, other.number);
        let of_one_source = one.lineage.source == other.lineage.source;
        if self.versions.are_joined(a, b) || !of_one_source && self.copies.are_joined(a, b) {
            return;
        }
        match kinship(&one.lineage, &other.lineage) {
            Kinship::Versions => self.versions.join(a, b),
            Kinship::Copies => self.copies.join(a, b),
            Kinship::None => {}
        }
    }

    fn candidate(&self, number: u32) -> Candidate {
        let (segment, doc) = self.at(number);
        let key = segment.key.first(doc).unwrap_or_default();
        Candidate { number, key, lineage: segment.lineage(doc) }
    }

    fn at(&self, number: u32) -> (&Segment, DocId) {
        let which = self.first.partition_point(|first| *first <= number) - 1;
        let segment = &self.segments[which];
        (segment, segment.stories[(number - self.first[which]) as usize])
    }

    fn families(mut self) -> Families {
        let versions = self.versions.groups();
        let copies = self.copies.groups();
        let by_time = |number: &u32| {
            let (segment, doc) = self.at(*number);
            let time = segment.time.first(doc);
            let key = segment.key.first(doc).unwrap_or_default();
            let rank = segment.rank.first(doc);
            let length = segment.length.first(doc);
            (time, rank, std::cmp::Reverse(length), key)
        };
        let first_then_longest = |number: &u32| {
            let (time, _, length, key) = by_time(number);
            (time, length, key)
        };
        let keys = |group: Vec<u32>| group.iter().map(|number| by_time(number).3).collect();
        let mut in_time: Vec<Vec<u64>> = Vec::new();
        for mut group in versions {
            group.sort_by_cached_key(by_time);
            in_time.push(keys(group));
        }
        let mut in_front: Vec<Vec<u64>> = Vec::new();
        for mut group in copies {
            group.sort_by_cached_key(first_then_longest);
            in_front.push(keys(group));
        }
        in_time.sort_unstable();
        in_front.sort_unstable();
        Families::of(in_time, in_front)
    }
}

/// Disjoint sets of stories.
struct Sets(Vec<u32>);

impl Sets {
    /// The least story of a set.
    fn root(&mut self, of: u32) -> u32 {
        let mut root = of;
        while self.0[root as usize] != root {
            let above = self.0[root as usize];
            // Each step halves the way of the next.
            self.0[root as usize] = self.0[above as usize];
            root = above;
        }
        root
    }

    fn are_joined(&mut self, one: u32, other: u32) -> bool {
        self.root(one) == self.root(other)
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other) as usize] = one.min(other);
    }

    /// The sets of more than one.
    fn groups(&mut self) -> Vec<Vec<u32>> {
        let mut rooted: Vec<(u32, u32)> = Vec::new();
        for story in 0..self.0.len() as u32 {
            let root = self.root(story);
            if root != story {
                rooted.push((root, story));
            }
        }
        rooted.sort_unstable();
        let grouped = rooted.chunk_by(|one, next| one.0 == next.0);
        grouped
            .map(|group| std::iter::once(group[0].0).chain(group.iter().map(|one| one.1)).collect())
            .collect()
    }
}
