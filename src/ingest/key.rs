//! The number by which the index knows a story.

use crate::model::StoryKey;

/// Gives the key of a story: the same in every run over the same files.
///
/// A NUL parts the three, which no path and no member's name holds.
pub fn key(file: &str, member: &str, ordinal: u32) -> StoryKey {
    let mut hasher = blake3::Hasher::new();
    hasher.update(file.as_bytes()).update(b"\0").update(member.as_bytes()).update(b"\0");
    hasher.update(ordinal.to_string().as_bytes());
    let mut first = [0; 8];
    hasher.finalize_xof().fill(&mut first);
    StoryKey(u64::from_le_bytes(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_member_and_ordinal_all_count() {
        let keys = [
            key("a", "b", 0),
            key("a", "b", 1),
            key("a", "", 0),
            key("ab", "", 0),
            key("", "ab", 0),
        ];
        for (at, one) in keys.iter().enumerate() {
            assert!(!keys[at + 1..].contains(one));
        }
        assert_eq!(key("a", "b", 0), keys[0]);
    }

    #[test]
    fn a_key_is_the_same_in_every_release() {
        let digest = blake3::hash(b"wire/0731.txt\0\x000");
        let first: [u8; 8] = digest.as_bytes()[..8].try_into().unwrap();
        assert_eq!(key("wire/0731.txt", "", 0), StoryKey(u64::from_le_bytes(first)));
    }
}
