//! A file to its entries: itself, or the members of the container it is, nested up to a depth.
//!
//! Members are read as streams, one at a time, so that a container of any size takes the memory of
//! its largest member. What is damaged gives the entries before the damage and a problem.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek};

use super::manifest::{Seen, Standing, hash_of};
use super::report::{Cause, DAMAGED, Problem, TOO_LARGE, size};
use super::walk::{Found, RIGHTS, nanoseconds};
use crate::container;
use crate::contract::{Container, HEAD, Member};
use crate::error::{Error, Kind, Result};
use crate::model::{Entry, FieldMap, FileNote};
use crate::text::offsets::floor;

/// How many containers may lie one in the other.
const DEPTH: u32 = 4;
/// How many times its own size a file may expand to. Text shrinks to a tenth, tables to a hundredth;
/// deflate goes down to a thousandth only where there is nothing to read.
const RATIO: u64 = 250;
/// Up to so many bytes the ratio does not matter: short files of one repeated line are no bombs.
const FREE: u64 = 32 << 20;
/// How many members a file may hold, over all depths: the articles of the largest archives that are
/// sent as one file are a hundredth of these.
const MOST_MEMBERS: u64 = 10_000_000;
/// The longest name of a member, in bytes; a longer one is cut.
const LONGEST_NAME: usize = 1024;
/// The reason of a file that holds more.
const TOO_MANY: &str = "damaged on purpose: more than 10 million members, read no further";
/// The reason of a file that goes beyond both.
const BOMB: &str = "damaged on purpose: expands to more than 250 times its size, read no further";

/// Takes each entry, or what was wrong with it, and how many bytes of the file were read so far; no
/// is said by who wants no more.
pub(super) type Sink<'a> = dyn FnMut(Result<Entry, Problem>, u64) -> bool + 'a;

/// What came of opening a file.
pub(super) enum Opened<'a> {
    /// It was read, and this was seen of it.
    Read(Seen),
    /// It could not be opened: what was known of it stands.
    Unread(Problem),
    /// Its content is as it was when this was noted; it was only touched.
    Touched(&'a FileNote, Seen),
    /// The sink wanted no more.
    Stopped,
}

/// Opens a file and hands its entries to the sink.
pub(super) fn open<'a>(
    found: &Found,
    standing: Standing<'a>,
    largest: u64,
    map: &FieldMap,
    sink: &mut Sink<'_>,
) -> Opened<'a> {
    let (mut file, modified) = match look(found) {
        Ok(looked) => looked,
        Err(cause) => return Opened::Unread(unreadable(&found.file, &cause)),
    };
    if let Standing::Unsure(note) = standing {
        match hash_of(&mut file).and_then(|hash| file.rewind().map(|()| hash)) {
            Ok(hash) if hash == note.hash => {
                return Opened::Touched(note, Seen::whole(found.size, modified, hash));
            }
            Ok(_) => {}
            Err(cause) => return Opened::Unread(unreadable(&found.file, &cause)),
        }
    }
    let read = Cell::new(0);
    let mut stream =
        Hashed { stream: file, hasher: blake3::Hasher::new(), bytes: &read, ended: false };
    let meter =
        Meter { source: found.size, expanded: Cell::new(0), read: &read, members: Cell::new(0) };
    let mut opening =
        Opening { found, largest, map, meter: &meter, sink, stopped: false, cut: false };
    opening.whole(&mut stream);
    match opening {
        Opening { stopped: true, .. } => Opened::Stopped,
        Opening { cut: true, .. } => Opened::Read(Seen::in_part(found.size)),
        _ => Opened::Read(stream.seen(modified)),
    }
}

/// Opens the file and looks at its time again: it may have changed since the walk.
fn look(found: &Found) -> io::Result<(File, i128)> {
    let file = File::open(&found.path)?;
    let modified = nanoseconds(&file.metadata()?);
    Ok((file, modified))
}

fn unreadable(file: &str, cause: &io::Error) -> Problem {
    match cause.kind() {
        ErrorKind::NotFound => Problem::new(file, Cause::Vanished, "gone before it could be read"),
        ErrorKind::PermissionDenied => {
            Problem::new(file, Cause::Unreadable, "no right to read it").hint(RIGHTS)
        }
        _ => Problem::new(file, Cause::Unreadable, format!("cannot be read: {cause}")),
    }
}

/// One file on its way to entries.
struct Opening<'a, 'sink> {
    found: &'a Found,
    largest: u64,
    /// Where records keep their fields, as the user says.
    map: &'a FieldMap,
    meter: &'a Meter<'a>,
    sink: &'a mut Sink<'sink>,
    /// The sink wants no more.
    stopped: bool,
    /// Not all of the file was looked at, for a reason that may pass.
    cut: bool,
}

impl Opening<'_, '_> {
    /// Reads all of the file.
    fn whole(&mut self, stream: &mut dyn Read) {
        let Err(error) = self.unpack(&Member::default(), stream, 0) else { return };
        let problem = match self.meter.is_over() {
            true => Problem::new("", Cause::Damaged, BOMB),
            false => Problem::of("", "", Cause::Damaged, &error),
        };
        self.problem("", problem);
    }

    /// Reads a stream as a container, or else as an entry.
    fn unpack(&mut self, member: &Member<'_>, stream: &mut dyn Read, depth: u32) -> Result<()> {
        let mut head = Vec::with_capacity(HEAD);
        let early = stream.take(HEAD as u64).read_to_end(&mut head).err();
        if early.is_none()
            && !member.is_piece
            && let Some(container) = container::sniff(&head)
        {
            let mut whole = head.as_slice().chain(stream);
            return self.open_container(container, member, &mut whole, depth);
        }
        let expected = if depth == 0 { self.found.size } else { 0 };
        if expected > self.largest {
            self.cut = true;
            return self.too_large(member.name);
        }
        let broken = match early {
            // A head that is not full is all there is.
            None if head.len() == HEAD => self.rest(&mut head, expected, stream),
            other => other,
        };
        self.entry(member, head, broken)
    }

    fn open_container(
        &mut self,
        container: &Container,
        outer: &Member<'_>,
        stream: &mut dyn Read,
        depth: u32,
    ) -> Result<()> {
        if depth == DEPTH {
            let reason = format!("{} more than {DEPTH} containers deep", container.name);
            self.problem(outer.name, Problem::new("", Cause::Damaged, reason));
            return self.go_on();
        }
        let meter = self.meter;
        let opened = (container.open)(stream, &mut |inner, content| {
            meter.members.set(meter.members.get() + 1);
            if meter.members.get() > MOST_MEMBERS {
                return Err(Error::new(Kind::Input, TOO_MANY));
            }
            let mut metered = Metered { stream: content, meter };
            let name = nested(outer.name, inner.name);
            self.unpack(&inner.within(outer, &name), &mut metered, depth + 1)?;
            self.go_on()
        });
        match opened {
            Err(error) if !self.stopped && !self.meter.is_spent() && depth > 0 => {
                self.problem(outer.name, Problem::of("", "", Cause::Damaged, &error));
                self.go_on()
            }
            other => other,
        }
    }

    /// Reads what is left of an entry, but for what is beyond the limit; gives what ended it early.
    fn rest(&self, bytes: &mut Vec<u8>, expected: u64, stream: &mut dyn Read) -> Option<io::Error> {
        let read = bytes.len() as u64;
        bytes.reserve_exact(usize::try_from(expected.saturating_sub(read)).unwrap_or_default());
        stream.take((self.largest + 1).saturating_sub(read)).read_to_end(bytes).err()
    }

    /// Hands over one entry, or what there is of it.
    fn entry(
        &mut self,
        member: &Member<'_>,
        mut bytes: Vec<u8>,
        broken: Option<io::Error>,
    ) -> Result<()> {
        if self.meter.is_over() {
            return Err(Error::new(Kind::Input, BOMB));
        }
        if bytes.len() as u64 > self.largest {
            return self.too_large(member.name);
        }
        if let Some(cause) = broken {
            self.broken_off(member.name, &mut bytes, &cause);
        }
        self.hand_over(member, bytes);
        self.go_on()
    }

    fn hand_over(&mut self, member: &Member<'_>, bytes: Vec<u8>) {
        if bytes.is_empty() || self.stopped {
            return;
        }
        let entry = Entry {
            path: self.found.shown().to_owned(),
            member: member.name.to_owned(),
            modified: self.found.moment(),
            url: member.url.to_owned(),
            captured: member.captured,
            charset: member.charset.to_owned(),
            map: self.map.clone(),
            bytes,
        };
        self.stopped = !(self.sink)(Ok(entry), self.meter.read.get());
    }

    /// Reports a stream that broke off, and cuts a letter that is not whole.
    fn broken_off(&mut self, member: &str, bytes: &mut Vec<u8>, cause: &io::Error) {
        let at = bytes.len();
        if let Err(error) = std::str::from_utf8(bytes)
            && error.error_len().is_none()
        {
            bytes.truncate(error.valid_up_to());
        }
        let problem = match cause.kind() {
            ErrorKind::UnexpectedEof => {
                let reason = format!("{DAMAGED}: breaks off at byte {at} of its content");
                Problem::new("", Cause::Damaged, reason)
            }
            ErrorKind::InvalidData | ErrorKind::InvalidInput => {
                let reason = format!("{DAMAGED} at byte {at} of its content: {cause}");
                Problem::new("", Cause::Damaged, reason)
            }
            _ => {
                self.cut = true;
                unreadable("", cause)
            }
        };
        self.problem(member, problem);
    }

    /// Reports an entry beyond the limit.
    fn too_large(&mut self, member: &str) -> Result<()> {
        let reason = format!("{TOO_LARGE} of {}", size(self.largest));
        let problem = Problem::new("", Cause::TooLarge, reason);
        self.problem(
            member,
            problem.hint("`--max-file-size` raises the limit; raise `--memory` with it"),
        );
        self.go_on()
    }

    fn problem(&mut self, member: &str, problem: Problem) {
        if self.stopped {
            return;
        }
        let path = self.found.file.clone();
        let problem = Problem { path, ..problem }.in_member(member);
        self.stopped = !(self.sink)(Err(problem), self.meter.read.get());
    }

    /// Ends the reading where the sink wants no more.
    fn go_on(&self) -> Result<()> {
        if self.stopped {
            return Err(Error::new(Kind::Input, "stopped"));
        }
        Ok(())
    }
}

/// Names a member of a member.
fn nested(outer: &str, inner: &str) -> String {
    let inner = &inner[..floor(inner, LONGEST_NAME)];
    match (outer, inner) {
        ("", inner) => inner.to_owned(),
        (outer, "") => outer.to_owned(),
        (outer, inner) => format!("{outer}/{inner}"),
    }
}

/// How much a file has expanded to, over all its members and depths.
struct Meter<'a> {
    source: u64,
    read: &'a Cell<u64>,
    expanded: Cell<u64>,
    /// How many members were met.
    members: Cell<u64>,
}

impl Meter<'_> {
    fn is_over(&self) -> bool {
        let expanded = self.expanded.get();
        expanded > FREE && expanded > self.source.saturating_mul(RATIO)
    }

    /// Whether no more of the file is read, for what it expands to or for how much is in it.
    fn is_spent(&self) -> bool {
        self.is_over() || self.members.get() > MOST_MEMBERS
    }
}

/// A member's content, metered.
struct Metered<'a> {
    stream: &'a mut dyn Read,
    meter: &'a Meter<'a>,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.meter.is_over() {
            return Err(io::Error::new(ErrorKind::FileTooLarge, BOMB));
        }
        let read = self.stream.read(buffer)?;
        self.meter.expanded.set(self.meter.expanded.get() + read as u64);
        Ok(read)
    }
}

/// A file's content, hashed as it is read.
struct Hashed<'a> {
    stream: File,
    hasher: blake3::Hasher,
    /// How many bytes were read.
    bytes: &'a Cell<u64>,
    /// The end was seen: asking the machine again would cost more than a short file itself.
    ended: bool,
}

impl Hashed<'_> {
    /// Reads what nobody wanted of the file too, and says what was seen of it.
    fn seen(mut self, modified: i128) -> Seen {
        match io::copy(&mut self, &mut io::sink()) {
            Ok(_) => {
                let hash = self.hasher.finalize().to_hex().to_string();
                Seen::whole(self.bytes.get(), modified, hash)
            }
            Err(_) => Seen::in_part(self.bytes.get()),
        }
    }
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        let read = self.stream.read(buffer)?;
        self.ended = read == 0 && !buffer.is_empty();
        self.hasher.update(&buffer[..read]);
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes, then breaks.
    struct Breaking(&'static [u8], ErrorKind);

    impl Read for Breaking {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let read = self.0.read(buffer)?;
            if read == 0 { Err(self.1.into()) } else { Ok(read) }
        }
    }

    /// Unpacks a stream, and gives the texts, the reasons, and whether it is to be read again.
    fn unpacked(stream: &mut dyn Read) -> (Vec<String>, Vec<String>, bool) {
        unpacked_behind(0, stream)
    }

    /// The same, behind so many other members.
    fn unpacked_behind(members: u64, stream: &mut dyn Read) -> (Vec<String>, Vec<String>, bool) {
        let (mut texts, mut reasons) = (Vec::new(), Vec::new());
        let read = Cell::new(0);
        let meter =
            Meter { source: 10, expanded: Cell::new(0), read: &read, members: Cell::new(members) };
        let mut sink = |entry: Result<Entry, Problem>, _| {
            match entry {
                Ok(entry) => texts.push(String::from_utf8(entry.bytes).unwrap()),
                Err(problem) => reasons.push(problem.reason),
            }
            true
        };
        let found = Found::default();
        let map = FieldMap::default();
        let mut opening = Opening {
            map: &map,
            found: &found,
            largest: 1 << 20,
            meter: &meter,
            sink: &mut sink,
            stopped: false,
            cut: false,
        };
        opening.whole(stream);
        let cut = opening.cut;
        (texts, reasons, cut)
    }

    #[test]
    fn a_stream_that_breaks_off_inside_a_letter_gives_the_letters_before_it() {
        let (texts, reasons, again) = unpacked(&mut Breaking(b"caf\xC3", ErrorKind::UnexpectedEof));
        assert_eq!(texts, ["caf"]);
        assert_eq!(reasons, ["damaged: breaks off at byte 4 of its content"]);
        assert!(!again);
    }

    #[test]
    fn what_the_machine_refuses_is_read_again_the_next_time() {
        let (texts, reasons, again) =
            unpacked(&mut Breaking(b"caf", ErrorKind::StaleNetworkFileHandle));
        assert_eq!(texts, ["caf"]);
        assert!(reasons[0].starts_with("cannot be read: ") && again, "{reasons:?}");
    }

    #[test]
    fn a_file_of_very_many_members_is_not_read_to_its_end() {
        let mailbox = "From a@b.example Tue Mar 18 09:00:00 2025\nSubject: a\n\nOne.\n\n".repeat(3);
        let (texts, reasons, _) = unpacked_behind(MOST_MEMBERS - 2, &mut mailbox.as_bytes());
        assert_eq!((texts.len(), reasons), (2, vec![TOO_MANY.to_owned()]));
    }

    #[test]
    fn a_members_name_is_cut_where_it_is_very_long() {
        assert_eq!(nested("a.zip", &"é".repeat(5000)).len(), "a.zip/".len() + LONGEST_NAME);
    }

    #[test]
    fn members_of_members_are_named_as_paths() {
        assert_eq!(nested("", ""), "");
        assert_eq!(nested("a.tar", ""), "a.tar");
        assert_eq!(nested("", "b.txt"), "b.txt");
        assert_eq!(nested("a.tar", "x/b.txt"), "a.tar/x/b.txt");
    }
}
