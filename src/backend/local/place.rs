//! The folder of an index: its label, its lock, and the opening of what is in it.
//!
//! ```text
//! .onrecord/label.json    which versions of layout, word rules and tantivy wrote it, and with which
//!                         dictionary its records are packed
//! .onrecord/writer.lock   held by the one program that writes; names it
//! .onrecord/index/        tantivy's files
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;

use super::families::{self, Families, Noted};
use super::folder::{Folder, Met};
use super::schema::{self, Fields};
use super::trouble::{self, damaged, failed, other_version};
use super::words;
use crate::error::{Error, Kind, Result};
use crate::text::words::VERSION as WORD_RULES;

const LABEL: &str = "label.json";
const LOCK: &str = "writer.lock";
const FILES: &str = "index";
/// The dictionaries of packed records, beside tantivy's files.
pub(super) const DICTIONARY: &str = "dictionary.zstd";

/// Which program can read an index.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Label {
    layout: u32,
    words: u32,
    tantivy: u32,
    /// The check of the dictionaries, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dictionary: Option<String>,
}

impl Label {
    fn of_this_program() -> Self {
        let (layout, words) = (schema::VERSION, WORD_RULES);
        Self { layout, words, tantivy: tantivy::INDEX_FORMAT_VERSION, dictionary: None }
    }

    /// Whether this program can read what it stands before.
    fn is_readable(&self) -> bool {
        Self { dictionary: None, ..*self } == Self::of_this_program()
    }
}

/// An opened index with its fields.
pub(super) struct Opened {
    pub(super) index: Index,
    pub(super) fields: Fields,
    /// What the machine refuses from here on.
    pub(super) met: Met,
}

/// Opens what is at a place, to read it.
pub(super) fn open(place: &Path) -> Result<Opened> {
    read_label(place)?;
    open_in(place, folder(place)?)
}

fn open_in(place: &Path, folder: Folder) -> Result<Opened> {
    let met = folder.met();
    let index = Index::open(folder).map_err(|cause| failed(place, cause))?;
    let (expected, fields) = schema::build();
    if index.schema() != expected {
        return Err(other_version(place));
    }
    words::register(&index);
    Ok(Opened { index, fields, met })
}

/// The folder of tantivy's files.
pub(super) fn files(place: &Path) -> PathBuf {
    place.join(FILES)
}

fn folder(place: &Path) -> Result<Folder> {
    Folder::open(&place.join(FILES)).map_err(|cause| failed(place, cause.into()))
}

/// Makes an empty index where there is none, and opens it to write to it.
///
/// The caller holds the lock. The label is written last, so that a folder with a label always has
/// an index; one left without a label by a crash is made anew.
pub(super) fn open_or_create(place: &Path) -> Result<Opened> {
    if is_file(&place.join(LABEL))? {
        read_label(place)?;
        return open_in(place, folder(place)?.for_writing());
    }
    let files = place.join(FILES);
    if is_dir(&files)? {
        fs::remove_dir_all(&files).map_err(|cause| refused(&files, cause))?;
    }
    fs::create_dir_all(&files).map_err(|cause| refused(&files, cause))?;
    let (fields, _) = schema::build();
    Index::create(folder(place)?, fields, schema::settings())
        .map_err(|cause| failed(place, cause))?;
    write_label(place, &Label::of_this_program())?;
    open_in(place, folder(place)?.for_writing())
}

/// Takes away what is at a place but the lock and what a reader keeps there.
///
/// The label goes first: what a crash leaves is no index, and is made anew.
pub(super) fn clear(place: &Path) -> Result<()> {
    let _lock = lock(place)?;
    let (label, files) = (place.join(LABEL), place.join(FILES));
    if is_file(&label)? {
        fs::remove_file(&label).map_err(|cause| refused(&label, cause))?;
    }
    if is_dir(&files)? {
        fs::remove_dir_all(&files).map_err(|cause| refused(&files, cause))?;
    }
    Ok(())
}

/// Whether there is an index at a place.
pub(super) fn is_index(place: &Path) -> bool {
    is_file(&place.join(LABEL)).unwrap_or(false)
}

/// The lock of the one writer; let go when dropped, and by the system when the program ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Names the holder: a run is under way.
    pub(super) fn name(&self) -> std::io::Result<()> {
        let holder = format!("process {}, since {}", std::process::id(), now());
        let mut file = &self.file;
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(holder.as_bytes())
    }

    /// Takes the holder's name out: its run came to its end.
    pub(super) fn done(&self) {
        // Where it cannot be taken out, readers are told of a run that ended early: no harm.
        let _ = self.file.set_len(0);
    }
}

/// Names the run that wrote last, if it did not come to its end and no other is writing.
pub(super) fn broken_off(place: &Path) -> Option<String> {
    let mut file = File::open(place.join(LOCK)).ok()?;
    let mut holder = String::new();
    file.read_to_string(&mut holder).ok()?;
    (!holder.is_empty() && file.try_lock_shared().is_ok()).then_some(holder)
}

/// Takes the lock, or says who holds it.
pub(super) fn lock(place: &Path) -> Result<Lock> {
    fs::create_dir_all(place).map_err(|cause| refused(place, cause))?;
    let path = place.join(LOCK);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut lock = Lock { file: options.open(&path).map_err(|cause| refused(&path, cause))? };
    match lock.file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(held(place, &mut lock.file)),
        Err(TryLockError::Error(cause)) => return Err(refused(&path, cause)),
    }
    lock.name().map_err(|cause| refused(&path, cause))?;
    Ok(lock)
}

/// What the last commit says of families.
pub(super) fn noted(place: &Path, index: &Index) -> Result<Noted> {
    let metas = index.load_metas().map_err(|cause| failed(place, cause))?;
    Ok(Noted::read(metas.payload.as_deref()))
}

/// Reads the families of the last commit; says whether a writer has to do without them, since they are
/// damaged: the columns that they are made of are there still.
pub(super) fn families(place: &Path, index: &Index, is_writer: bool) -> Result<(Families, bool)> {
    match read_families(place, index) {
        Err(error) if is_writer && error.kind() == Kind::Index => Ok((Families::default(), true)),
        families => Ok((families?, false)),
    }
}

/// Reads the families of the last commit.
///
/// A writer takes the file of the commit before away: then there is a later commit, and its own.
fn read_families(place: &Path, index: &Index) -> Result<Families> {
    let folder = place.join(FILES);
    let named = noted(place, index)?;
    let loaded = families::load(&folder, &named).or_else(|cause| match noted(place, index) {
        Ok(later) if later != named => families::load(&folder, &later),
        _ => Err(cause),
    });
    let loaded = loaded.map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => {
            damaged(place, "what is known of versions and copies is gone")
        }
        _ => refused(place, cause),
    })?;
    loaded.ok_or_else(|| damaged(place, "what is known of versions and copies is not as written"))
}

/// Writes families for a commit to name; gives their check.
pub(super) fn save_families(place: &Path, families: &Families) -> Result<String> {
    let folder = place.join(FILES);
    families::save(&folder, families).map_err(|cause| refused(&folder, cause))
}

/// Takes away the families of earlier commits.
pub(super) fn sweep_families(place: &Path, noted: &Noted) -> Result<()> {
    let folder = place.join(FILES);
    families::sweep(&folder, noted).map_err(|cause| refused(&folder, cause))
}

/// How many bytes all files of the index take.
pub(super) fn size(place: &Path) -> Result<u64> {
    let files = place.join(FILES);
    let entries = fs::read_dir(&files).map_err(|cause| refused(&files, cause))?;
    let mut total = 0;
    for entry in entries {
        let measured = entry.and_then(|entry| entry.metadata());
        total += measured.map_err(|cause| refused(&files, cause))?.len();
    }
    Ok(total)
}

fn held(place: &Path, file: &mut File) -> Error {
    let mut holder = String::new();
    // Only to name the holder: if it cannot be read, the error stands without the name.
    let _ = file.read_to_string(&mut holder);
    let holder = if holder.is_empty() { "another program".to_owned() } else { holder };
    Error::new(Kind::Busy, format!("another run is writing to this index ({holder})"))
        .at(place.to_string_lossy())
        .hint("wait until it has finished; searching goes on meanwhile")
}

/// The dictionaries with which records of an index are packed: of stories, and of what was found in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dictionaries(pub(super) [Vec<u8>; 2]);

impl Dictionaries {
    /// How long the first is, in eight bytes, the least first; then both.
    fn bytes(&self) -> Vec<u8> {
        let Self([story, found]) = self;
        [&(story.len() as u64).to_le_bytes(), story.as_slice(), found].concat()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (story, found) = rest.split_at_checked(length)?;
        Some(Self([story.to_vec(), found.to_vec()]))
    }
}

/// The dictionaries with which records of an index are packed, where there are any.
///
/// # Errors
/// Where it is not as it was written, or the index is not where it was.
pub(super) fn dictionaries(place: &Path) -> Result<Option<Dictionaries>> {
    if !is_index(place) {
        // It was when it was opened.
        return Err(refused(place, std::io::ErrorKind::NotFound.into()));
    }
    let Some(check) = read_label(place)?.dictionary else { return Ok(None) };
    let path = place.join(FILES).join(DICTIONARY);
    let bytes = fs::read(&path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => damaged(place, "the dictionary of its records is gone"),
        _ => refused(&path, cause),
    })?;
    let read = Some(&bytes).filter(|bytes| check_of(bytes) == check);
    let dictionaries = read.and_then(|bytes| Dictionaries::read(bytes));
    let damage = || damaged(place, "the dictionary of its records is not as it was written");
    dictionaries.map(Some).ok_or_else(damage)
}

/// Writes dictionaries, from which on records may be packed with them: what a crash leaves of them before
/// their label is written are none.
pub(super) fn save_dictionaries(place: &Path, dictionaries: &Dictionaries) -> Result<()> {
    let path = place.join(FILES).join(DICTIONARY);
    let bytes = dictionaries.bytes();
    let written = fs::write(&path, &bytes).and_then(|()| File::open(&path)?.sync_all());
    written.map_err(|cause| refused(&path, cause))?;
    let label = Label { dictionary: Some(check_of(&bytes)), ..Label::of_this_program() };
    write_label(place, &label)
}

fn check_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn read_label(place: &Path) -> Result<Label> {
    let path = place.join(LABEL);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Err(missing(place)),
        Err(cause) => return Err(refused(&path, cause)),
    };
    let label: Label = serde_json::from_slice(&text).map_err(|cause| damaged(place, cause))?;
    if !label.is_readable() {
        return Err(other_version(place));
    }
    Ok(label)
}

fn write_label(place: &Path, label: &Label) -> Result<()> {
    let path = place.join(LABEL);
    let text = serde_json::to_string(label).map_err(|cause| damaged(place, cause))?;
    let beside: PathBuf = place.join("label.json.new");
    let written = fs::write(&beside, text).and_then(|()| File::open(&beside)?.sync_all());
    written.map_err(|cause| refused(&beside, cause))?;
    fs::rename(&beside, &path).map_err(|cause| refused(&path, cause))?;
    // A label that is lost with the power takes the name of its dictionary with it. Where a folder cannot be
    // opened, the system has no such way.
    let kept = File::open(place).map_or(Ok(()), |folder| folder.sync_all());
    kept.map_err(|cause| refused(place, cause))
}

fn missing(place: &Path) -> Error {
    Error::new(Kind::Index, "there is no index here")
        .at(place.to_string_lossy())
        .hint("make one with `onrecord index DIR`, or name another with --index")
}

fn refused(path: &Path, cause: std::io::Error) -> Error {
    trouble::refused(path, &cause)
}

fn is_file(path: &Path) -> Result<bool> {
    look(path).map(|found| found.is_some_and(|data| data.is_file()))
}

fn is_dir(path: &Path) -> Result<bool> {
    look(path).map(|found| found.is_some_and(|data| data.is_dir()))
}

fn look(path: &Path) -> Result<Option<fs::Metadata>> {
    match fs::metadata(path) {
        Ok(data) => Ok(Some(data)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(refused(path, cause)),
    }
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
