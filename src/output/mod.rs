//! Results to text.
pub mod annotated;
