//! Runs of letters and digits of ASCII, eight bytes at a time.
//!
//! Comes in: bytes. Goes out: how many of the first are letters or digits.

/// Each byte of a word of eight.
const EACH: u64 = u64::from_le_bytes([1; 8]);
/// The highest bit of each.
const HIGH: u64 = EACH * 0x80;

/// How many of the first bytes are letters or digits of ASCII.
///
/// ```
/// use onrecord::text::letters::letters;
/// assert_eq!(letters(b"Elmtown's"), 7);
/// assert_eq!(letters("3rd-Élan".as_bytes()), 3);
/// ```
#[inline]
pub fn letters(bytes: &[u8]) -> usize {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric();
    run(bytes, |word| in_range(word | (EACH * 0x20), b'a', b'z') & !word | digits(word), plain)
}

/// How many of the first bytes are small letters or digits of ASCII.
///
/// ```
/// use onrecord::text::letters::small_letters;
/// assert_eq!((small_letters(b"elm Town"), small_letters(b"Elm"), small_letters(b"3rd.")), (3, 0, 3));
/// ```
#[inline]
pub fn small_letters(bytes: &[u8]) -> usize {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    run(bytes, |word| in_range(word, b'a', b'z') & !word | digits(word), plain)
}

/// How many of the first bytes are of a kind, told for eight at once by their high bits, and for one.
#[inline]
fn run(bytes: &[u8], eight_are: impl Fn(u64) -> u64, one_is: impl Fn(&u8) -> bool) -> usize {
    let mut at = 0;
    while let Some(eight) = bytes[at..].first_chunk::<8>() {
        let others = !eight_are(u64::from_le_bytes(*eight)) & HIGH;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + bytes[at..].iter().take_while(|byte| one_is(byte)).count()
}

#[inline]
fn digits(word: u64) -> u64 {
    in_range(word, b'0', b'9') & !word
}

/// The high bit of each byte that lies in a range, looked at without its own high bit. A sum of seven
/// bits and a difference of less than 128 carries into the high bit exactly where the byte reaches a
/// bound (Warren, Hacker's Delight, 6-1).
#[inline]
fn in_range(word: u64, first: u8, last: u8) -> u64 {
    let low = word & (EACH * 0x7F);
    let reaches = |bound: u8| low + EACH * u64::from(0x80 - bound);
    reaches(first) & !reaches(last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..12 {
                let mut bytes = [b'm'; 12];
                bytes[place] = byte;
                let run = if byte.is_ascii_alphanumeric() { 12 } else { place };
                assert_eq!(letters(&bytes), run, "{byte:#x} at {place}");
                let small = byte.is_ascii_lowercase() || byte.is_ascii_digit();
                let run = if small { 12 } else { place };
                assert_eq!(small_letters(&bytes), run, "{byte:#x} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_counted_as_one_by_one(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let plain = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            prop_assert_eq!(letters(&bytes), plain);
        }
    }
}
