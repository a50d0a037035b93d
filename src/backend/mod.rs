//! Where an index lives.
