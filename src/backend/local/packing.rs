//! Records packed against what the records of their archive have in common.
//!
//! One story holds little that repeats, some hundred hold the archive's names and phrases. A dictionary
//! for zstd of 64 kB, made of the first megabyte of records, makes those that come behind these a sixth
//! smaller than blocks of a few stories without one, and each is unpacked by itself. Larger ones, and such
//! of more records, gain little more (measured on made stories and on Reuters').
//!
//! ```text
//! 0, record                          as it stands; tantivy's store packs it with its neighbours
//! 1, length of the record, frame     packed; the length in LEB128, the frame zstd's
//! ```

use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use zstd::bulk::{Compressor, Decompressor};

use super::place;
use super::stored::{length_from, write_length};
use super::trouble::damaged;
use crate::error::Result;

/// Where the first byte says so, a record follows as it stands.
pub(super) const PLAIN: u8 = 0;
/// See the form above.
const PACKED: u8 = 1;

/// How hard zstd packs: the quicker levels find a sixth less with a dictionary.
const LEVEL: i32 = 3;
const DICTIONARY_BYTES: usize = 64 << 10;
/// Of so many bytes of records a dictionary is made.
const SAMPLE_BYTES: usize = 1 << 20;
/// A longer record gives its beginning only, so that there are many.
const LONGEST_SAMPLE: usize = 16 << 10;

/// The records of an index, on their way in and out. What it needs is made when it is first asked.
#[derive(Default)]
pub(super) struct Records {
    packer: Option<Packer>,
    unpacker: OnceLock<Unpacker>,
}

impl Records {
    /// Packs a record, which comes with [`PLAIN`] before it, for the index at a place.
    ///
    /// # Errors
    /// Where the index has a dictionary that cannot be read, or one was made and cannot be written.
    pub(super) fn pack(&mut self, record: Vec<u8>, place: &Path) -> Result<Vec<u8>> {
        let packer = match &mut self.packer {
            Some(packer) => packer,
            none => none.insert(Packer::of(place)?),
        };
        packer.pack(record, place)
    }

    /// The record of what was stored; nothing where it is not what was written.
    ///
    /// # Errors
    /// Where the index has a dictionary that cannot be read.
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

    /// What was written can be read from here on: a dictionary may have been made for it.
    pub(super) fn are_committed(&mut self) {
        self.unpacker = OnceLock::new();
    }
}

/// Packs the records that are written to an index.
enum Packer {
    /// Records so far, one behind the other, and the length of each: there is no dictionary yet.
    Gathering {
        records: Vec<u8>,
        lengths: Vec<usize>,
    },
    With(Box<Compressor<'static>>),
    /// There will be none in this run.
    Without,
}

impl Packer {
    /// A packer for the index at a place.
    ///
    /// # Errors
    /// Where the index has a dictionary that cannot be read.
    fn of(place: &Path) -> Result<Self> {
        match place::dictionary(place)? {
            Some(dictionary) => Ok(Self::with(&dictionary)),
            None => Ok(Self::Gathering { records: Vec::new(), lengths: Vec::new() }),
        }
    }

    fn with(dictionary: &[u8]) -> Self {
        match Compressor::with_dictionary(LEVEL, dictionary) {
            Ok(compressor) => Self::With(Box::new(compressor)),
            Err(_) => Self::Without,
        }
    }

    /// Packs a record, which comes with [`PLAIN`] before it.
    ///
    /// # Errors
    /// Where a dictionary was made and cannot be written.
    fn pack(&mut self, record: Vec<u8>, place: &Path) -> Result<Vec<u8>> {
        match self {
            Self::Without => Ok(record),
            Self::With(compressor) => Ok(packed(compressor, &record).unwrap_or(record)),
            Self::Gathering { records, lengths } => {
                let sample = &record[1..record.len().min(LONGEST_SAMPLE)];
                records.extend_from_slice(sample);
                lengths.push(sample.len());
                if records.len() >= SAMPLE_BYTES {
                    *self = match zstd::dict::from_continuous(records, lengths, DICTIONARY_BYTES) {
                        Ok(dictionary) => {
                            place::save_dictionary(place, &dictionary)?;
                            Self::with(&dictionary)
                        }
                        // Records that have nothing in common.
                        Err(_) => Self::Without,
                    };
                }
                Ok(record)
            }
        }
    }
}

fn packed(compressor: &mut Compressor<'_>, record: &[u8]) -> io::Result<Vec<u8>> {
    let record = &record[1..];
    let mut packed = vec![PACKED];
    write_length(&mut packed, record.len());
    let start = packed.len();
    packed.resize(start + zstd::zstd_safe::compress_bound(record.len()), 0);
    let length = compressor.compress_to_buffer(record, &mut packed[start..])?;
    packed.truncate(start + length);
    Ok(packed)
}

/// Unpacks the records of an index.
struct Unpacker(Option<Mutex<Decompressor<'static>>>);

impl Unpacker {
    /// An unpacker for the index at a place.
    ///
    /// # Errors
    /// Where the index has a dictionary that cannot be read.
    fn of(place: &Path) -> Result<Self> {
        let Some(dictionary) = place::dictionary(place)? else { return Ok(Self(None)) };
        let decompressor = Decompressor::with_dictionary(&dictionary);
        Ok(Self(Some(Mutex::new(decompressor.map_err(|cause| damaged(place, cause))?))))
    }

    /// The record of what was stored; none where it is not what was written.
    fn unpack<'a>(&self, stored: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        let (&first, rest) = stored.split_first()?;
        if first == PLAIN {
            return Some(Cow::Borrowed(rest));
        }
        let (length, frame) = length_from(rest)?;
        // Where the two lengths are not one, no memory is taken for either.
        let told = zstd::zstd_safe::get_frame_content_size(frame).ok()??;
        if first != PACKED || told != length as u64 {
            return None;
        }
        let mut decompressor = self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        let record = decompressor.decompress(frame, length).ok()?;
        (record.len() == length).then_some(Cow::Owned(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records that have much in common, with their mark.
    fn record(number: usize) -> Vec<u8> {
        let text =
            format!("The harbour board met for the {number}th time, a clerk said, and rose. ");
        [&[PLAIN], text.repeat(number % 40).as_bytes()].concat()
    }

    #[test]
    fn a_record_is_unpacked_as_it_was_packed() {
        let records: Vec<Vec<u8>> = (0..400).map(record).collect();
        let lengths: Vec<usize> = records.iter().map(Vec::len).collect();
        let dictionary =
            zstd::dict::from_continuous(&records.concat(), &lengths, DICTIONARY_BYTES).unwrap();
        let mut compressor = Compressor::with_dictionary(LEVEL, &dictionary).unwrap();
        let decompressor = Decompressor::with_dictionary(&dictionary).unwrap();
        let unpacker = Unpacker(Some(Mutex::new(decompressor)));
        for record in &records {
            assert_eq!(unpacker.unpack(record).unwrap(), &record[1..]);
            let packed = packed(&mut compressor, record).unwrap();
            assert_eq!(unpacker.unpack(&packed).unwrap(), &record[1..]);
            assert!(packed.len() <= record.len() + 64);
            // Without its dictionary, cut short or empty it is an error, and no other record.
            assert_eq!(Unpacker(None).unpack(&packed), None);
            assert_eq!(unpacker.unpack(&packed[..packed.len() - 1]), None);
        }
        assert_eq!(unpacker.unpack(&[]), None);
        assert_eq!(unpacker.unpack(&[PACKED, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), None);
    }
}
