//! Stand-in until the real one is merged.

pub mod progress;
