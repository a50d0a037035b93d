//! Bytes that hold other entries.
//!
//! Comes in: a stream of bytes. Goes out: the members in it, each as a stream of its own. Opens no
//! file, limits nothing and does not look inside the members: who asks decides how deep and how
//! far.

use crate::contract::{Container, Likeness};

mod gzip;

/// Every container that is read.
pub const CONTAINERS: &[&Container] = &[
    &gzip::GZIP, //
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
