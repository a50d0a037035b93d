//! Stories that belong together.

use super::StoryKey;

/// What other stories of an archive are to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kin {
    /// The versions of its item, the earliest first, itself among them; empty where it is the only one.
    pub versions: Vec<StoryKey>,
    /// The stories that carry the same text, the earliest first, itself among them; empty where it is
    /// the only one.
    pub copies: Vec<StoryKey>,
}

/// Which stories of an answer stand for others that match too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// The latest of the versions that match stands for the others.
    pub versions: bool,
    /// The first of the copies that match stands for the others.
    pub copies: bool,
}
