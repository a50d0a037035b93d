//! Fields of days, and the shorter ways to ask for the day of publication.

use super::days::Reach;
use crate::contract::FieldName;
use crate::model::Field;

/// The day of publication.
pub(super) const PUBLISHED: FieldName = FieldName {
    name: "published",
    aliases: &["date", "pd"],
    field: Field::Published,
    doc: "the day of publication",
    example: "published:2025-03",
};

/// The days spoken of.
pub(super) const MENTIONS: FieldName = FieldName {
    name: "mentions",
    aliases: &["mentioned"],
    field: Field::Mentions,
    doc: "a day the story speaks of",
    example: "mentions:2025-02-12",
};

/// A name that asks for days of publication by itself: `since:2025-03`.
pub(super) struct DayName {
    /// The name, before a colon.
    pub(super) name: &'static str,
    /// Which days it means, seen from its value.
    pub(super) reach: Reach,
    /// What it finds, one line.
    pub(super) doc: &'static str,
    /// An example.
    pub(super) example: &'static str,
}

/// The shorter ways to ask for the day of publication.
///
/// `after:` and `before:` leave the day itself out, as Factiva's `date after` does.
pub(super) const DAY_NAMES: &[DayName] = &[
    DayName {
        name: "on",
        reach: Reach::Within,
        doc: "published on that day, or in that month or year",
        example: "on:2025-03-18",
    },
    DayName {
        name: "since",
        reach: Reach::Since,
        doc: "published on that day or later",
        example: "since:2025-03-17",
    },
    DayName {
        name: "until",
        reach: Reach::Until,
        doc: "published on that day or earlier",
        example: "until:2025-03-18",
    },
    DayName {
        name: "after",
        reach: Reach::After,
        doc: "published later than that day, month or year",
        example: "after:2025-03-17",
    },
    DayName {
        name: "before",
        reach: Reach::Before,
        doc: "published earlier than that day, month or year",
        example: "before:2025-03-18",
    },
    DayName {
        name: "last",
        reach: Reach::Last,
        doc: "published in so many days, weeks, months or years up to today",
        example: "last:7d",
    },
];

/// Finds one by its name, in any case.
pub(super) fn day_name(name: &str) -> Option<&'static DayName> {
    DAY_NAMES.iter().find(|known| known.name.eq_ignore_ascii_case(name))
}
