//! Which stories belong together, as it is kept beside tantivy's files and named in its commit.
//!
//! ```text
//! family-<check>.bin    numbers of 64 bits, least byte first: how many items have versions; for each
//!                       how many, and their keys; the same of copies; at the end a check of all that
//! ```
//!
//! The name holds the check, and the commit's payload holds the name: a reader sees the stories of a
//! commit with the families of that commit, or, while they are being settled, with those before.

mod members;

pub(super) use self::members::WithoutThose;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use self::members::Members;
use crate::model::{Folding, Kin, Scope, StoryKey};

/// Sets of stories that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Families {
    /// Versions of one item, the earliest first.
    versions: Vec<Vec<u64>>,
    /// Copies of one text, the earliest first.
    copies: Vec<Vec<u64>>,
    /// In which sets a story is: which of the versions, which of the copies.
    sets: Arc<FxHashMap<u64, [Option<u32>; 2]>>,
}

impl Families {
    pub(super) fn of(versions: Vec<Vec<u64>>, copies: Vec<Vec<u64>>) -> Self {
        let mut sets: FxHashMap<u64, [Option<u32>; 2]> = FxHashMap::default();
        for (which, groups) in [&versions, &copies].into_iter().enumerate() {
            for (number, keys) in groups.iter().enumerate() {
                for key in keys {
                    sets.entry(*key).or_default()[which] = u32::try_from(number).ok();
                }
            }
        }
        Self { versions, copies, sets: Arc::new(sets) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    fn versions_of(&self, key: u64) -> &[u64] {
        set_of(&self.versions, self.sets.get(&key).and_then(|sets| sets[0]))
    }

    fn copies_of(&self, key: u64) -> &[u64] {
        set_of(&self.copies, self.sets.get(&key).and_then(|sets| sets[1]))
    }

    /// What other stories are to one.
    pub(super) fn kin(&self, story: StoryKey) -> Kin {
        let keys = |keys: &[u64]| keys.iter().copied().map(StoryKey).collect();
        Kin { versions: keys(self.versions_of(story.0)), copies: keys(self.copies_of(story.0)) }
    }

    /// Those that match for which others stand that match as well.
    fn behind(&self, matching: &Matching, folding: Folding) -> Matching {
        let mut behind = Matching::default();
        if folding.versions {
            for one in matching {
                let mut versions = self.versions_of(one.0).iter().rev().map(|key| (*key, one.1));
                let latest = versions.find(|other| matching.contains(other));
                if latest.is_some_and(|latest| latest != *one) {
                    behind.insert(*one);
                }
            }
        }
        if folding.copies {
            let stands = |one: &(u64, u64)| matching.contains(one) && !behind.contains(one);
            let is_copy = |one: &&(u64, u64)| {
                let mut copies = self.copies_of(one.0).iter().map(|key| (*key, one.1));
                stands(one) && copies.find(stands).is_some_and(|first| first != **one)
            };
            let copies: Vec<(u64, u64)> = matching.iter().filter(is_copy).copied().collect();
            behind.extend(copies);
        }
        behind
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut put = |number: u64| bytes.extend_from_slice(&number.to_le_bytes());
        for groups in [&self.versions, &self.copies] {
            put(groups.len() as u64);
            for keys in groups {
                put(keys.len() as u64);
                keys.iter().for_each(|key| put(*key));
            }
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number));
        let mut groups = || {
            let count = numbers.next()?;
            let mut groups = Vec::new();
            for _ in 0..count {
                let size = usize::try_from(numbers.next()?).ok()?;
                let keys: Vec<u64> = numbers.by_ref().take(size).collect();
                groups.push((keys.len() == size).then_some(keys)?);
            }
            Some(groups)
        };
        Some(Self::of(groups()?, groups()?))
    }
}

fn set_of(sets: &[Vec<u64>], number: Option<u32>) -> &[u64] {
    number.and_then(|number| sets.get(number as usize)).map_or(&[], Vec::as_slice)
}

/// Stories by their keys, each with 0; or statements, by their stories' keys and a number of what is
/// said, which in two stories is the same where the words are.
pub(super) type Matching = FxHashSet<(u64, u64)>;

/// What a commit says of families.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Noted {
    /// The check of the file; empty where there are none.
    pub(super) check: String,
    /// Whether stories came or went since.
    pub(super) is_stale: bool,
}

impl Noted {
    pub(super) fn read(payload: Option<&str>) -> Self {
        let payload = payload.unwrap_or_default();
        let (check, stale) = payload.split_once(' ').unwrap_or((payload, ""));
        Self { check: check.to_owned(), is_stale: stale == STALE }
    }

    pub(super) fn payload(&self) -> String {
        if self.is_stale { format!("{} {STALE}", self.check) } else { self.check.clone() }
    }
}

const STALE: &str = "stale";

fn file(folder: &Path, check: &str) -> PathBuf {
    folder.join(format!("family-{check}.bin"))
}

/// Reads the families that a commit names; none where the file is not as it was written.
pub(super) fn load(folder: &Path, noted: &Noted) -> std::io::Result<Option<Families>> {
    if noted.check.is_empty() {
        return Ok(Some(Families::default()));
    }
    let bytes = fs::read(file(folder, &noted.check))?;
    Ok((check_of(&bytes) == noted.check).then(|| Families::read(&bytes)).flatten())
}

/// Writes families so that a commit can name them; gives their check.
pub(super) fn save(folder: &Path, families: &Families) -> std::io::Result<String> {
    if families.is_empty() {
        return Ok(String::new());
    }
    let bytes = families.bytes();
    let check = check_of(&bytes);
    let (path, beside) = (file(folder, &check), folder.join("family.new"));
    fs::write(&beside, bytes)?;
    fs::File::open(&beside)?.sync_all()?;
    fs::rename(beside, path)?;
    Ok(check)
}

/// Takes away all families but those named.
pub(super) fn sweep(folder: &Path, noted: &Noted) -> std::io::Result<()> {
    let kept = file(folder, &noted.check);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("family") && path != kept {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn check_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().as_str()[..16].to_owned()
}

/// Collects those of the matching documents for which others stand.
pub(super) struct Behind<'a> {
    pub(super) families: &'a Families,
    pub(super) folding: Folding,
    pub(super) scope: Scope,
}

/// See [`Behind`].
pub(super) struct SegmentMembers {
    members: Members,
    known: Arc<FxHashMap<u64, [Option<u32>; 2]>>,
    found: Matching,
}

impl Collector for Behind<'_> {
    type Fruit = Matching;
    type Child = SegmentMembers;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentMembers> {
        let known = Arc::clone(&self.families.sets);
        Ok(SegmentMembers {
            members: Members::of(segment, self.scope)?,
            known,
            found: Matching::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Matching>) -> tantivy::Result<Matching> {
        let matching = segments.into_iter().flatten().collect();
        Ok(self.families.behind(&matching, self.folding))
    }
}

impl SegmentCollector for SegmentMembers {
    type Fruit = Matching;

    fn collect(&mut self, document: DocId, _: Score) {
        if let Some(key) = self.members.key(document)
            && self.known.contains_key(&key)
        {
            self.found.insert((key, self.members.said(document)));
        }
    }

    fn harvest(self) -> Matching {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Folding = Folding { versions: true, copies: true };

    /// Two versions, of which the later has two copies.
    fn families() -> Families {
        Families::of(vec![vec![1, 2]], vec![vec![2, 3, 4]])
    }

    fn behind(matching: &[u64], folding: Folding) -> Vec<u64> {
        let matching = matching.iter().map(|key| (*key, 0)).collect();
        let behind = families().behind(&matching, folding);
        let mut behind: Vec<u64> = behind.into_iter().map(|(key, _)| key).collect();
        behind.sort_unstable();
        behind
    }

    #[test]
    fn the_latest_version_and_the_first_copy_that_match_stand_for_the_others() {
        assert_eq!(behind(&[1, 2, 3, 4], BOTH), [1, 3, 4]);
        assert_eq!(behind(&[1, 3, 4], BOTH), [4]);
        assert_eq!(behind(&[1, 9], BOTH), [0; 0]);
        assert_eq!(behind(&[1, 2, 3], Folding { copies: false, ..BOTH }), [1]);
        assert_eq!(behind(&[1, 2, 3], Folding { versions: false, ..BOTH }), [3]);
    }

    #[test]
    fn a_statement_stands_only_for_the_same_words() {
        let matching = [(1, 7), (2, 7), (1, 8), (3, 9)].into_iter().collect();
        let behind = families().behind(&matching, BOTH);
        assert_eq!(behind, [(1, 7)].into_iter().collect());
    }

    #[test]
    fn what_is_written_is_read_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let check = save(folder.path(), &families()).unwrap();
        let noted = Noted { check, is_stale: false };
        assert_eq!(load(folder.path(), &noted).unwrap(), Some(families()));
        let path = file(folder.path(), &noted.check);
        let mut bytes = fs::read(&path).unwrap();
        bytes[9] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert_eq!(load(folder.path(), &noted).unwrap(), None);
        sweep(folder.path(), &Noted::default()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_commit_says_which_families_it_has() {
        for noted in [
            Noted::default(),
            Noted { check: String::new(), is_stale: true },
            Noted { check: "0123456789abcdef".into(), is_stale: true },
        ] {
            assert_eq!(Noted::read(Some(&noted.payload())), noted);
        }
    }
}
