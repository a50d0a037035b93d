//! Bytes that hold other entries.
//!
//! Comes in: a stream of bytes. Goes out: the members in it, each as a stream of its own. Opens no
//! file, limits nothing and does not look inside the members: who asks decides how deep and how
//! far.

use crate::contract::{Container, Likeness};

mod bzip2;
mod gzip;
mod lines;
mod mbox;
mod streams;
mod tar;
mod warc;
mod xz;
mod zip;
mod zstd;

/// Every container that is read.
pub const CONTAINERS: &[&Container] = &[
    &gzip::GZIP,
    &zstd::ZSTD,
    &bzip2::BZIP2,
    &xz::XZ,
    &zip::ZIP,
    &tar::TAR,
    &warc::WARC,
    &lines::LINES,
    &mbox::MBOX,
];

/// Finds the container that content begins, by its first bytes.
///
/// ```
/// let gzip = onrecord::container::sniff(&[0x1F, 0x8B, 8, 0]);
/// assert_eq!(gzip.map(|container| container.name), Some("gzip"));
/// assert!(onrecord::container::sniff(b"MOSCOW, March 18 - ").is_none());
/// ```
pub fn sniff(head: &[u8]) -> Option<&'static Container> {
    let liked = |container: &&&'static Container| (container.sniff)(head) >= Likeness::Likely;
    CONTAINERS.iter().filter(liked).max_by_key(|container| (container.sniff)(head)).copied()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use crate::contract::Container;

    /// The members of a container with what could be read of each; "! " stands before the names of
    /// those that broke.
    pub(super) fn unpacked(container: &Container, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        const MOST: u64 = 64 << 20;
        let mut members = Vec::new();
        let _ = (container.open)(&mut &bytes[..], &mut |member, content| {
            let mut text = Vec::new();
            let whole = content.take(MOST).read_to_end(&mut text).is_ok();
            let mark = if whole { "" } else { "! " };
            members.push((format!("{mark}{}", member.name), text));
            Ok(())
        });
        members
    }
}
