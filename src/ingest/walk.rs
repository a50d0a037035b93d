//! The files below the paths that were given, in an order that two runs agree on.
//!
//! Comes in: paths. Goes out: every regular file, and for everything else that was met a reason why
//! it is passed over. Opens no file: a pipe or a device that is opened may never answer.

use std::ffi::OsStr;
use std::fs::{FileType, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::Offset;
use rustc_hash::FxHashSet;
use walkdir::{DirEntry, WalkDir};

use super::Request;
use super::report::{Cause, Problem};
use crate::error::{Error, Kind, Result};
use crate::model::Moment;

/// The folder in which an index lives: never news.
const INDEX_FOLDER: &str = ".onrecord";

/// A regular file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its key: below the home with `/` between its parts, else absolute.
    pub(super) file: String,
    /// Where in `file` the path that stories show begins.
    pub(super) shown: usize,
    /// Bytes.
    pub(super) size: u64,
    /// Time of modification, in nanoseconds since 1970.
    pub(super) modified: i128,
}

impl Found {
    /// The path that stories show: below the home, else below the folder that was given.
    pub(super) fn shown(&self) -> &str {
        &self.file[self.shown..]
    }

    /// When it was last changed, in UTC, to the second.
    pub(super) fn moment(&self) -> Option<Moment> {
        let second = i64::try_from(self.modified.div_euclid(1_000_000_000)).ok()?;
        Timestamp::from_second(second).ok().map(|instant| Moment::Instant(instant, Offset::UTC))
    }
}

/// All that was met.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The files, in order.
    pub(super) files: Vec<Found>,
    /// What is passed over.
    pub(super) passed_over: Vec<Problem>,
    /// The keys of the paths that were given.
    pub(super) roots: Vec<String>,
    /// The keys of folders that hold nothing: where a disk is away, its folder is left. Of a path that was
    /// given the folders in it do not count, the index does.
    pub(super) empty: FxHashSet<String>,
    /// The home, without links in it.
    pub(super) home: Option<PathBuf>,
}

impl Walked {
    /// Whether a file's key lies at or below a path that was given.
    pub(super) fn covers(&self, file: &str) -> bool {
        self.roots.iter().any(|root| is_below(root, file))
    }

    /// Whether a folder is one that was given.
    pub(super) fn is_root(&self, folder: &str) -> bool {
        self.roots.iter().any(|root| root == folder)
    }

    /// The empty folder below which a file's key lies, if there is one.
    pub(super) fn away<'a>(&self, file: &'a str) -> Option<&'a str> {
        let mut above = Path::new(file).ancestors().skip(1).filter_map(Path::to_str);
        above.find(|folder| self.empty.contains(*folder))
    }

    /// Where the file of a key is.
    pub(super) fn path_of(&self, file: &str) -> PathBuf {
        match &self.home {
            Some(home) => home.join(file),
            None => PathBuf::from(file),
        }
    }
}

fn is_below(root: &str, file: &str) -> bool {
    if root.is_empty() {
        return Path::new(file).is_relative();
    }
    let below = |rest: &str| rest.is_empty() || rest.starts_with('/') || root.ends_with('/');
    file.strip_prefix(root).is_some_and(below)
}

/// Walks the paths of a request.
///
/// # Errors
/// Where a path that was given does not exist or cannot be looked at.
pub(super) fn walk(request: &Request) -> Result<Walked> {
    let home = request.home.as_deref().map(real).transpose()?;
    let roots = request.paths.iter().map(|path| real(path)).collect::<Result<Vec<_>>>()?;
    let mut walk = Walk {
        hidden: request.hidden,
        own: own(request),
        follow: request.follow_links,
        met: (roots.len() > 1 || request.follow_links).then(FxHashSet::default),
        any: false,
        entered: None,
        walked: Walked { home, ..Walked::default() },
    };
    for root in &roots {
        walk.below(root);
    }
    Ok(walk.walked)
}

/// Gives the absolute path without links in it.
fn real(path: &Path) -> Result<PathBuf> {
    std::fs::canonicalize(path).map_err(|cause| match cause.kind() {
        ErrorKind::NotFound => Error::new(Kind::Usage, "no such file or folder")
            .at(path.to_string_lossy())
            .hint("check the spelling, or the folder that you are in"),
        _ => Error::io(path, "cannot be looked at", cause),
    })
}

/// The program's own files and folders that are there already, without links in their paths.
fn own(request: &Request) -> Vec<PathBuf> {
    let named = request.own.iter().chain(&request.report);
    named.filter_map(|path| std::fs::canonicalize(path).ok()).collect()
}

struct Walk {
    hidden: bool,
    /// What the program wrote itself.
    own: Vec<PathBuf>,
    follow: bool,
    /// What was met already, where one file can be reached on two ways.
    met: Option<FxHashSet<PathBuf>>,
    /// Whether there was anything in the folder at hand but folders.
    any: bool,
    /// The folder that was entered last, and its depth, while nothing was met in it.
    entered: Option<(PathBuf, usize)>,
    walked: Walked,
}

impl Walk {
    fn below(&mut self, root: &Path) {
        let key = file_key(root, self.walked.home.as_deref());
        let shown = match &self.walked.home {
            Some(home) if root.starts_with(home) => 0,
            _ if root.is_dir() => key.len() + usize::from(!key.ends_with('/')),
            _ => key.rfind('/').map_or(0, |slash| slash + 1),
        };
        self.any = false;
        self.walked.roots.push(key.clone());
        let mut entries =
            WalkDir::new(root).follow_links(self.follow).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let descend = match entry {
                Ok(entry) => {
                    self.leave(entry.depth());
                    self.meet(&entry, shown)
                }
                Err(error) => {
                    // It may be that folder that could not be read.
                    self.entered = None;
                    self.refused(&error)
                }
            };
            if !descend {
                entries.skip_current_dir();
            }
        }
        self.leave(0);
        if !self.any && root.is_dir() {
            self.walked.empty.insert(key);
        }
    }

    /// Notes that the folder entered last is empty, if what comes next, at a depth, does not lie in it.
    fn leave(&mut self, depth: usize) {
        if let Some((folder, _)) = self.entered.take().filter(|(_, entered)| depth <= *entered) {
            self.walked.empty.insert(file_key(&folder, self.walked.home.as_deref()));
        }
    }

    /// Takes one entry; says no to a folder that is not to be entered.
    fn meet(&mut self, entry: &DirEntry, shown: usize) -> bool {
        let kind = entry.file_type();
        let is_index = kind.is_dir() && entry.file_name() == INDEX_FOLDER;
        self.any |= !kind.is_dir() || is_index;
        if is_index || self.own.iter().any(|own| own == entry.path()) {
            return !kind.is_dir();
        }
        if !self.hidden && entry.depth() > 0 && is_hidden(entry.file_name()) {
            self.pass_over(entry.path(), Cause::Hidden, "hidden", "`--hidden` reads it");
            return !kind.is_dir();
        }
        if kind.is_dir() {
            self.entered = Some((entry.path().to_owned(), entry.depth()));
            return true;
        }
        if kind.is_symlink() {
            self.pass_over(entry.path(), Cause::Link, "a link, not followed", FOLLOW);
        } else if !kind.is_file() {
            self.pass_over(entry.path(), Cause::Special, special(kind), "");
        } else {
            match entry.metadata() {
                Ok(about) => self.file(entry, &about, shown),
                Err(error) => {
                    self.refused(&error);
                }
            }
        }
        true
    }

    fn file(&mut self, entry: &DirEntry, about: &Metadata, shown: usize) {
        if !self.is_new(entry.path()) {
            return;
        }
        if about.len() == 0 {
            self.pass_over(entry.path(), Cause::Empty, "empty", "");
            return;
        }
        let file = file_key(entry.path(), self.walked.home.as_deref());
        self.walked.files.push(Found {
            path: entry.path().to_owned(),
            shown: if file.is_char_boundary(shown) { shown } else { 0 },
            file,
            size: about.len(),
            modified: nanoseconds(about),
        });
    }

    /// Takes what the walk could not enter.
    fn refused(&mut self, error: &walkdir::Error) -> bool {
        let path = error.path().unwrap_or(Path::new(""));
        if error.loop_ancestor().is_some() {
            self.pass_over(path, Cause::Loop, "a link to a folder that it lies in", "");
            return true;
        }
        match error.io_error().map(std::io::Error::kind) {
            Some(ErrorKind::NotFound) if path.is_symlink() => {
                self.pass_over(path, Cause::Link, "a link that leads nowhere", "");
            }
            Some(ErrorKind::NotFound) => {
                self.pass_over(path, Cause::Vanished, "gone before it could be read", "");
            }
            Some(ErrorKind::PermissionDenied) => {
                self.pass_over(path, Cause::Unreadable, "no right to read it", RIGHTS);
            }
            _ => {
                let cause = error.io_error().map_or_else(String::new, |io| format!(": {io}"));
                self.pass_over(path, Cause::Unreadable, &format!("cannot be read{cause}"), "");
            }
        }
        true
    }

    fn pass_over(&mut self, path: &Path, cause: Cause, reason: &str, hint: &str) {
        if cause != Cause::Empty && !self.is_new(path) {
            return;
        }
        let file = file_key(path, self.walked.home.as_deref());
        self.walked.passed_over.push(Problem::new(&file, cause, reason).hint(hint));
    }

    /// Whether a path was not met before, on this way or another.
    fn is_new(&mut self, path: &Path) -> bool {
        let Some(met) = &mut self.met else { return true };
        if !self.follow {
            return met.insert(path.to_owned());
        }
        met.insert(std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
    }
}

const FOLLOW: &str = "give its target as a path, or follow links with `--follow-links`";
pub(super) const RIGHTS: &str = "read it as a user who may, or change its rights";

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        return "a pipe, not a file";
    }
    if kind.is_socket() {
        return "a socket, not a file";
    }
    "a device, not a file"
}

#[cfg(not(unix))]
fn special(_kind: FileType) -> &'static str {
    "not a regular file"
}

/// Gives the time of modification in nanoseconds since 1970; 0 where the disk does not keep it.
pub(super) fn nanoseconds(about: &Metadata) -> i128 {
    about.modified().map_or(0, since_1970)
}

/// Gives a time in nanoseconds since 1970.
pub(super) fn since_1970(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).unwrap_or(i128::MAX),
        Err(before) => i128::try_from(before.duration().as_nanos()).map_or(i128::MIN, |n| -n),
    }
}

/// Gives the key of a file: below the home with `/` between its parts, else absolute.
fn file_key(path: &Path, home: Option<&Path>) -> String {
    let below = home.and_then(|home| path.strip_prefix(home).ok());
    let text = spelt(below.unwrap_or(path).as_os_str());
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace('\\', "/") }
}

/// Spells a name that is not Unicode with `\xFF` for each odd byte, so that two such names never
/// become one.
fn spelt(name: &OsStr) -> String {
    if let Some(text) = name.to_str() {
        return text.to_owned();
    }
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooted(roots: &[&str]) -> Walked {
        let roots = roots.iter().map(|root| (*root).to_owned()).collect();
        Walked { roots, home: Some(PathBuf::from("/archive")), ..Walked::default() }
    }

    #[test]
    fn a_path_covers_itself_and_what_lies_below_it_only() {
        let walked = rooted(&["old", "/elsewhere/a.txt"]);
        for (file, covered) in [
            ("old", true),
            ("old/a.txt", true),
            ("older/a.txt", false),
            ("new/old/a.txt", false),
            ("/elsewhere/a.txt", true),
            ("/elsewhere/a.txt.gz", false),
        ] {
            assert_eq!(walked.covers(file), covered, "{file}");
        }
        let home = rooted(&[""]);
        assert!(home.covers("a.txt") && !home.covers("/elsewhere/a.txt"));
        assert!(rooted(&["/"]).covers("/elsewhere/a.txt"));
    }

    #[test]
    fn a_file_is_away_below_the_folders_that_hold_nothing() {
        let away = |empty: &str, file| {
            let empty = [empty.to_owned()].into_iter().collect();
            Walked { empty, ..Walked::default() }.away(file).is_some()
        };
        assert!(away("", "a.txt") && away("", "x/a.txt") && !away("", "/elsewhere/a.txt"));
        assert!(away("x", "x/y/a.txt") && !away("x", "xy/a.txt") && !away("x", "y/x/a.txt"));
        assert!(away("/", "/x/a.txt") && away("/x", "/x/a.txt") && !away("x/a.txt", "x/a.txt"));
    }

    #[test]
    fn only_folders_without_anything_are_empty() {
        let archive = tempfile::tempdir().unwrap();
        let at = |path: &str| archive.path().join(path);
        for folder in ["a/empty", "b/hidden", "c/also empty", "d"] {
            std::fs::create_dir_all(at(folder)).unwrap();
        }
        std::fs::write(at("b/hidden/.kept"), "x").unwrap();
        std::fs::write(at("z.txt"), "x").unwrap();
        let home = Some(archive.path().to_owned());
        let paths = vec![archive.path().to_owned()];
        let walked = walk(&Request { paths, home, ..Request::default() }).unwrap();
        let mut empty: Vec<String> = walked.empty.into_iter().collect();
        empty.sort_unstable();
        assert_eq!(empty, ["a/empty", "c/also empty", "d"]);
    }

    #[test]
    fn a_key_leads_back_to_its_file() {
        let walked = rooted(&[]);
        for (path, key) in [("/archive/x/a.txt", "x/a.txt"), ("/else/b.txt", "/else/b.txt")] {
            assert_eq!(file_key(Path::new(path), walked.home.as_deref()), key);
            assert_eq!(walked.path_of(key), Path::new(path));
        }
    }

    #[test]
    fn a_time_before_1970_is_a_time() {
        let before = UNIX_EPOCH - std::time::Duration::from_millis(1500);
        assert_eq!(since_1970(before), -1_500_000_000);
        let found = Found { modified: -1_500_000_000, ..Found::default() };
        assert_eq!(found.moment().map(|moment| moment.order()), Some(-2));
    }
}
