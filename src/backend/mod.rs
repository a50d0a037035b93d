//! Where an index lives: one file a backend.

mod local;

use crate::contract::Backend;

/// Every backend.
pub const BACKENDS: &[Backend] = &[local::LOCAL];

/// The backend of an index in a folder on this machine.
pub const LOCAL: &Backend = &BACKENDS[0];
