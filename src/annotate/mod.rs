//! The register of annotators, in the order of work.

mod dates;

use crate::contract::Annotator;

/// Every annotator.
pub const ANNOTATORS: &[Annotator] = &[dates::DATES];
