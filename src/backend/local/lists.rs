//! Lists of numbers that grow side by side in one stretch of memory.
//!
//! A list is a chain of pieces, each twice as long as the one before up to a longest; the last four bytes of
//! a piece tell where the next begins. A number takes a byte for each seven bits, the least first, and each
//! byte but its last has the highest bit set.

/// Pieces begin at multiples of so many bytes, and the first of a list is so long.
const UNIT: usize = 16;
/// The bytes of a link to the next piece.
const LINK: usize = 4;
/// A piece is at most so many times doubled.
const MOST_DOUBLED: u8 = 8;
/// The bit of a byte behind which its number goes on.
const GOES_ON: u8 = 0x80;
/// How many bits of a number a byte holds.
const BITS: u32 = 7;

/// The memory of all lists.
#[derive(Default)]
pub(super) struct Lists {
    bytes: Vec<u8>,
}

/// Where a list begins and where it goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// The first and the last piece, in units: 64 GB can be told so.
    first: u32,
    last: u32,
    /// How many bytes of the last piece are taken.
    taken: u16,
    /// How many times the last piece is doubled.
    doubled: u8,
}

/// How many bytes a piece has before its link.
const fn room(doubled: u8) -> usize {
    (UNIT << doubled) - LINK
}

impl Lists {
    /// How many bytes of memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Begins an empty list.
    pub(super) fn begin(&mut self) -> List {
        let first = self.piece(0);
        List { first, last: first, taken: 0, doubled: 0 }
    }

    /// Makes room for a piece and gives the unit at which it begins.
    fn piece(&mut self, doubled: u8) -> u32 {
        let at = self.bytes.len() / UNIT;
        self.bytes.resize(self.bytes.len() + (UNIT << doubled), 0);
        at as u32
    }

    /// Puts a number behind a list.
    #[inline]
    pub(super) fn push(&mut self, list: &mut List, number: u32) {
        let mut rest = number;
        while rest >= u32::from(GOES_ON) {
            self.push_byte(list, rest as u8 | GOES_ON);
            rest >>= BITS;
        }
        self.push_byte(list, rest as u8);
    }

    #[inline]
    fn push_byte(&mut self, list: &mut List, byte: u8) {
        if usize::from(list.taken) == room(list.doubled) {
            self.lengthen(list);
        }
        self.bytes[list.last as usize * UNIT + usize::from(list.taken)] = byte;
        list.taken += 1;
    }

    /// Puts an empty piece behind a list.
    #[cold]
    fn lengthen(&mut self, list: &mut List) {
        let doubled = (list.doubled + 1).min(MOST_DOUBLED);
        let next = self.piece(doubled);
        let link = list.last as usize * UNIT + room(list.doubled);
        self.bytes[link..link + LINK].copy_from_slice(&next.to_le_bytes());
        *list = List { first: list.first, last: next, taken: 0, doubled };
    }

    /// Reads a list into a buffer, in place of what this held.
    pub(super) fn read(&self, list: &List, into: &mut Vec<u8>) {
        into.clear();
        let (mut at, mut doubled) = (list.first, 0);
        while at != list.last {
            let start = at as usize * UNIT;
            let (held, link) =
                self.bytes[start..start + room(doubled) + LINK].split_at(room(doubled));
            into.extend_from_slice(held);
            at = u32::from_le_bytes([link[0], link[1], link[2], link[3]]);
            doubled = (doubled + 1).min(MOST_DOUBLED);
        }
        let start = at as usize * UNIT;
        into.extend_from_slice(&self.bytes[start..start + usize::from(list.taken)]);
    }
}

/// Takes the first of a list's numbers off its bytes; none where no more come.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (&first, mut rest) = bytes.split_first()?;
    let mut number = u32::from(first);
    if first >= GOES_ON {
        number &= u32::from(GOES_ON) - 1;
        let mut shift = BITS;
        loop {
            let (&byte, behind) = rest.split_first()?;
            rest = behind;
            number |= u32::from(byte & !GOES_ON) << shift;
            if byte < GOES_ON {
                break;
            }
            shift += BITS;
        }
    }
    *bytes = rest;
    Some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_list_holds_its_numbers_in_order(
            pushed in prop::collection::vec((0..4_usize, prop_oneof![0..300_u32, any::<u32>()]), 0..6_000)
        ) {
            let mut lists = Lists::default();
            let mut four = [(); 4].map(|()| lists.begin());
            for (at, number) in &pushed {
                lists.push(&mut four[*at], *number);
            }
            let mut bytes = Vec::new();
            for (at, list) in four.iter().enumerate() {
                lists.read(list, &mut bytes);
                let mut rest = bytes.as_slice();
                let read: Vec<u32> = std::iter::from_fn(|| take(&mut rest)).collect();
                let wanted = pushed.iter().filter(|(of, _)| *of == at).map(|(_, number)| *number);
                prop_assert_eq!(read, wanted.collect::<Vec<_>>());
            }
        }
    }
}
