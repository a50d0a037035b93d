//! Records packed against what the records of their archive have in common.
//!
//! One story holds little that repeats, some hundred hold the archive's names and phrases. A dictionary
//! for zstd of 64 kB, made of the first megabyte of records, makes those that come behind these a sixth
//! smaller than blocks of a few stories without one, and each is unpacked by itself. Larger ones, and such
//! of more records, gain little more (measured on made stories and on Reuters'). What was found in a
//! story is numbers, of which other bytes are frequent than of its text: it is packed by itself, with a
//! dictionary of its own, which makes it a fifth smaller.
//!
//! ```text
//! 0, record               as it stands; tantivy's store packs it with its neighbours
//! 1, frame, frame         packed: the story, and what was found in it; frames are zstd's, and tell how
//!                         long they and their contents are
//! ```

use std::borrow::Cow;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{self, CParameter};

use super::place::{self, Dictionaries};
use super::stored::Encoded;
use super::trouble::damaged;
use crate::error::Result;

/// Where the first byte says so, a record follows as it stands.
pub(super) const PLAIN: u8 = 0;
/// See the form above.
const PACKED: u8 = 1;

/// How hard zstd packs: the quicker levels find a sixth less with a dictionary.
const LEVEL: i32 = 3;
/// How many bits number the places of its two tables, of short matches and of long: more than it takes for
/// so little text by itself, so that what the dictionary holds is found. That is a hundredth of the record.
const TABLE_BITS: [u32; 2] = [17, 18];
/// How large the dictionaries are, of stories and of what is found in them.
const DICTIONARY_BYTES: [usize; PARTS] = [64 << 10, 2 << 10];
/// Of so many bytes of records dictionaries are made.
const SAMPLE_BYTES: usize = 1 << 20;
/// A longer record gives its beginning only, so that there are many.
const LONGEST_SAMPLE: usize = 16 << 10;
/// A record has two parts: its story, and what was found in it.
const PARTS: usize = 2;
/// A block of a frame takes so many bytes at least: its head, and one that is repeated.
const LEAST_BLOCK: usize = 4;

/// The records of an index, on their way in and out. What it needs is made when it is first asked.
#[derive(Default)]
pub(super) struct Records {
    packers: Arc<Packers>,
    stage: Stage,
    unpacker: OnceLock<Unpacker>,
}

/// How far an index is with its dictionaries.
#[derive(Default)]
enum Stage {
    /// It was not looked.
    #[default]
    Unknown,
    /// The records so far: there are none yet.
    Gathering(Samples),
    /// There are dictionaries, or there will be none in this run.
    Settled,
}

impl Records {
    /// What packs records on any thread.
    ///
    /// # Errors
    /// Where the index has dictionaries that cannot be read.
    pub(super) fn packers(&mut self, place: &Path) -> Result<Arc<Packers>> {
        self.look(place)?;
        Ok(Arc::clone(&self.packers))
    }

    /// Packs a record for the index at a place.
    ///
    /// # Errors
    /// Where the index has dictionaries that cannot be read, or some were made and cannot be written.
    pub(super) fn pack(&mut self, record: Encoded, place: &Path) -> Result<Vec<u8>> {
        self.look(place)?;
        if let Some(packed) = self.packers.pack(&record) {
            return Ok(packed);
        }
        if let Stage::Gathering(samples) = &mut self.stage {
            samples.add(&record);
            if samples.are_enough() {
                // None are made of records that have nothing in common.
                if let Ok(dictionaries) = samples.dictionaries() {
                    place::save_dictionaries(place, &dictionaries)?;
                    self.packers.begin(dictionaries);
                }
                self.stage = Stage::Settled;
            }
        }
        Ok(record.bytes)
    }

    /// Looks whether the index at a place has dictionaries, if nobody has.
    fn look(&mut self, place: &Path) -> Result<()> {
        if let Stage::Unknown = self.stage {
            self.stage = match place::dictionaries(place)? {
                Some(dictionaries) => {
                    self.packers.begin(dictionaries);
                    Stage::Settled
                }
                None => Stage::Gathering(Samples::default()),
            };
        }
        Ok(())
    }

    /// The record of what was stored; nothing where it is not what was written.
    ///
    /// # Errors
    /// Where the index has dictionaries that cannot be read.
    pub(super) fn unpack<'a>(&self, stored: &'a [u8], place: &Path) -> Result<Cow<'a, [u8]>> {
        let unpacker = match self.unpacker.get() {
            Some(unpacker) => unpacker,
            None => {
                let unpacker = Unpacker::of(place)?;
                self.unpacker.get_or_init(|| unpacker)
            }
        };
        Ok(unpacker.unpack(stored).unwrap_or_default())
    }

    /// What was written can be read from here on: dictionaries may have been made for it.
    pub(super) fn are_committed(&mut self) {
        self.unpacker = OnceLock::new();
    }
}

/// Packs records on any thread, once there are dictionaries.
#[derive(Default)]
pub(super) struct Packers {
    dictionaries: OnceLock<Dictionaries>,
    /// Those with which nobody packs for now.
    idle: Mutex<Vec<Packer>>,
}

/// Packs the two parts of records.
type Packer = Box<[Compressor<'static>; PARTS]>;

impl Packers {
    /// Packs from here on.
    fn begin(&self, dictionaries: Dictionaries) {
        let _ = self.dictionaries.set(dictionaries);
    }

    /// Packs a record; none where it is to stay as it is for now.
    pub(super) fn pack(&self, record: &Encoded) -> Option<Vec<u8>> {
        let dictionaries = self.dictionaries.get()?;
        let idle = self.idle().pop();
        let mut packer = idle.or_else(|| packer(dictionaries))?;
        let packed = packed(&mut packer, record);
        self.idle().push(packer);
        packed.ok()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Packer>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// None where the machine gives no memory for one, which zstd's library tells by a panic.
fn packer(Dictionaries([story, found]): &Dictionaries) -> Option<Packer> {
    let both = || io::Result::Ok(Box::new([compressor(story)?, compressor(found)?]));
    catch_unwind(AssertUnwindSafe(both)).ok()?.ok()
}

fn compressor(dictionary: &[u8]) -> io::Result<Compressor<'static>> {
    let mut compressor = Compressor::with_dictionary(LEVEL, dictionary)?;
    let [short, long] = TABLE_BITS;
    compressor.set_parameter(CParameter::ChainLog(short))?;
    compressor.set_parameter(CParameter::HashLog(long))?;
    // There is one for each part: its number would be four bytes in each frame.
    compressor.set_parameter(CParameter::DictIdFlag(false))?;
    Ok(compressor)
}

/// The first records of an index.
#[derive(Default)]
struct Samples([OfPart; PARTS]);

/// One part of them, one behind the other, and the length of each.
#[derive(Default)]
struct OfPart {
    bytes: Vec<u8>,
    lengths: Vec<usize>,
}

impl Samples {
    fn add(&mut self, record: &Encoded) {
        for (part, samples) in parts(record).into_iter().zip(&mut self.0) {
            let sample = &part[..part.len().min(LONGEST_SAMPLE)];
            samples.bytes.extend_from_slice(sample);
            samples.lengths.push(sample.len());
        }
    }

    fn are_enough(&self) -> bool {
        self.0.iter().map(|samples| samples.bytes.len()).sum::<usize>() >= SAMPLE_BYTES
    }

    /// Makes a dictionary of each part; an empty one of what has nothing in common, as where nothing was
    /// found in any story.
    ///
    /// # Errors
    /// Where the stories have nothing in common.
    fn dictionaries(&self) -> io::Result<Dictionaries> {
        let of_part = |part: usize| {
            let OfPart { bytes, lengths } = &self.0[part];
            zstd::dict::from_continuous(bytes, lengths, DICTIONARY_BYTES[part])
        };
        Ok(Dictionaries([of_part(0)?, of_part(1).unwrap_or_default()]))
    }
}

/// The story of a record, and what was found in it.
fn parts(record: &Encoded) -> [&[u8]; PARTS] {
    [&record.bytes[1..record.story_end], &record.bytes[record.story_end..]]
}

fn packed(compressors: &mut [Compressor<'_>; PARTS], record: &Encoded) -> io::Result<Vec<u8>> {
    let mut packed = vec![PACKED];
    for (compressor, part) in compressors.iter_mut().zip(parts(record)) {
        let start = packed.len();
        packed.resize(start + zstd_safe::compress_bound(part.len()), 0);
        let length = compressor.compress_to_buffer(part, &mut packed[start..])?;
        packed.truncate(start + length);
    }
    Ok(packed)
}

/// Unpacks the records of an index.
struct Unpacker(Option<[Mutex<Decompressor<'static>>; PARTS]>);

impl Unpacker {
    /// An unpacker for the index at a place.
    ///
    /// # Errors
    /// Where the index has dictionaries that cannot be read.
    fn of(place: &Path) -> Result<Self> {
        let Some(dictionaries) = place::dictionaries(place)? else { return Ok(Self(None)) };
        Self::with(&dictionaries).map_err(|cause| damaged(place, cause))
    }

    fn with(Dictionaries([story, found]): &Dictionaries) -> io::Result<Self> {
        let [story, found] = [story, found].map(|bytes| Decompressor::with_dictionary(bytes));
        Ok(Self(Some([Mutex::new(story?), Mutex::new(found?)])))
    }

    /// The record of what was stored; none where it is not what was written.
    fn unpack<'a>(&self, stored: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        let (&first, rest) = stored.split_first()?;
        if first == PLAIN {
            return Some(Cow::Borrowed(rest));
        }
        let decompressors = self.0.as_ref().filter(|_| first == PACKED)?;
        let [story, found] = frames(rest)?;
        // What the frames say is checked against what they are before memory is taken for it.
        let mut record = vec![0; story.1.checked_add(found.1)?];
        let (of_story, of_found) = record.split_at_mut(story.1);
        for ((frame, to), part) in
            [(story.0, of_story), (found.0, of_found)].into_iter().zip(decompressors)
        {
            let mut decompressor = part.lock().unwrap_or_else(PoisonError::into_inner);
            let length = decompressor.decompress_to_buffer(frame, to).ok()?;
            (length == to.len()).then_some(())?;
        }
        Some(Cow::Owned(record))
    }
}

/// A frame, and how long its content is.
type Frame<'a> = (&'a [u8], usize);

/// The two frames of a record; none where they tell more than they can hold.
fn frames(bytes: &[u8]) -> Option<[Frame<'_>; PARTS]> {
    let end = zstd_safe::find_frame_compressed_size(bytes).ok()?;
    let (story, found) = bytes.split_at_checked(end)?;
    Some([(story, content_length(story)?), (found, content_length(found)?)])
}

fn content_length(frame: &[u8]) -> Option<usize> {
    let told = zstd_safe::get_frame_content_size(frame).ok()??;
    let length = usize::try_from(told).ok()?;
    let most = (frame.len() / LEAST_BLOCK + 1).saturating_mul(zstd_safe::BLOCKSIZE_MAX as usize);
    (length <= most).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records that have much in common.
    fn record(number: usize) -> Encoded {
        let text =
            format!("The harbour board met for the {number}th time, a clerk said, and rose. ");
        let story = [&[PLAIN], text.repeat(number % 40).as_bytes()].concat();
        let found: Vec<u8> = (0..number % 60).flat_map(|at| [at as u8 % 7, 2, 40]).collect();
        Encoded { story_end: story.len(), bytes: [story, found].concat() }
    }

    fn dictionaries(records: &[Encoded]) -> Dictionaries {
        let mut samples = Samples::default();
        records.iter().for_each(|record| samples.add(record));
        samples.dictionaries().unwrap()
    }

    #[test]
    fn a_record_is_unpacked_as_it_was_packed() {
        let records: Vec<Encoded> = (0..400).map(record).collect();
        let dictionaries = dictionaries(&records);
        assert!(dictionaries.0.iter().all(|one| !one.is_empty()));
        let mut compressors = packer(&dictionaries).unwrap();
        let unpacker = Unpacker::with(&dictionaries).unwrap();
        for record in &records {
            assert_eq!(unpacker.unpack(&record.bytes).unwrap(), &record.bytes[1..]);
            let packed = packed(&mut compressors, record).unwrap();
            assert_eq!(unpacker.unpack(&packed).unwrap(), &record.bytes[1..]);
            assert!(packed.len() <= record.bytes.len() + 64);
            // Without its dictionary, cut short or empty it is an error, and no other record.
            assert_eq!(Unpacker(None).unpack(&packed), None);
            assert_eq!(unpacker.unpack(&packed[..packed.len() - 1]), None);
        }
        assert_eq!(unpacker.unpack(&[]), None);
        assert_eq!(unpacker.unpack(&[PACKED, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), None);
    }

    #[test]
    fn stories_in_which_nothing_is_found_have_a_dictionary_all_the_same() {
        let records: Vec<Encoded> = (0..400)
            .map(record)
            .map(|one| Encoded { bytes: one.bytes[..one.story_end].to_vec(), ..one })
            .collect();
        let dictionaries = dictionaries(&records);
        assert_eq!(dictionaries.0[1].len(), 0);
        let mut compressors = packer(&dictionaries).unwrap();
        let packed = packed(&mut compressors, &records[39]).unwrap();
        assert!(packed.len() < records[39].bytes.len() / 2);
        let unpacker = Unpacker::with(&dictionaries).unwrap();
        assert_eq!(unpacker.unpack(&packed).unwrap(), &records[39].bytes[1..]);
    }

    #[test]
    fn a_frame_that_tells_more_than_it_can_hold_takes_no_memory() {
        let records: Vec<Encoded> = (0..400).map(record).collect();
        let dictionaries = dictionaries(&records);
        let mut compressors = packer(&dictionaries).unwrap();
        let unpacker = Unpacker::with(&dictionaries).unwrap();
        let whole = packed(&mut compressors, &records[39]).unwrap();
        // Of a flipped bit comes an error or, as no sum of the frame is kept, another record of its length.
        for bit in 0..whole.len() * 8 {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            if let Some(record) = unpacker.unpack(&damaged) {
                assert!(record.len() <= 2 * zstd_safe::BLOCKSIZE_MAX as usize, "bit {bit}");
            }
        }
    }
}
