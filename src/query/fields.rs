//! The fields of the query language: their names in every dialect, and what they hold.

use crate::contract::FieldName;
use crate::model::Field;

/// Every field, in the order in which help lists them.
pub const FIELDS: &[FieldName] = &[
    FieldName {
        name: "speaker",
        aliases: &[],
        field: Field::Speaker,
        doc: "who says something: by surname, full name, any name the story gives, or role",
        example: "speaker:derwin",
    },
    FieldName {
        name: "person",
        aliases: &["people", "pe"],
        field: Field::Person,
        doc: "who is named, by any name the story gives",
        example: "person:\"Clara Whitlock\"",
    },
    FieldName {
        name: "title",
        aliases: &["headline", "hd", "hl", "intitle", "ti"],
        field: Field::Title,
        doc: "the headline",
        example: "title:strike",
    },
    FieldName {
        name: "body",
        aliases: &["text", "td"],
        field: Field::Body,
        doc: "the story without its headline",
        example: "body:\"quiet understanding\"",
    },
    FieldName {
        name: "source",
        aliases: &["rst", "sn", "publication", "pub", "agency", "credit"],
        field: Field::Source,
        doc: "the publisher, or the agency that is credited",
        example: "source:nordwire",
    },
    FieldName {
        name: "place",
        aliases: &["dateline"],
        field: Field::Place,
        doc: "the place of the dateline",
        example: "dateline:\"port azure\"",
    },
    FieldName {
        name: "byline",
        aliases: &["by", "author", "au"],
        field: Field::Byline,
        doc: "who wrote it",
        example: "byline:quist",
    },
    FieldName {
        name: "slug",
        aliases: &["slugline"],
        field: Field::Slug,
        doc: "the desk's short name for the story",
        example: "slug:strike",
    },
    FieldName {
        name: "section",
        aliases: &["se", "desk"],
        field: Field::Section,
        doc: "the section or desk",
        example: "section:business",
    },
    FieldName {
        name: "keyword",
        aliases: &["keywords", "subject", "ns", "tag"],
        field: Field::Keyword,
        doc: "keywords and subjects",
        example: "keyword:shipping",
    },
    FieldName {
        name: "language",
        aliases: &["lang", "la"],
        field: Field::Language,
        doc: "the language, a two-letter code",
        example: "lang:fr",
    },
    FieldName {
        name: "format",
        aliases: &[],
        field: Field::Format,
        doc: "the format, as `onrecord formats` lists them",
        example: "format:text",
    },
    FieldName {
        name: "id",
        aliases: &[],
        field: Field::Id,
        doc: "the agency's own identifier",
        example: "id:\"urn:newsml:nordwire:1\"",
    },
    FieldName {
        name: "path",
        aliases: &["file"],
        field: Field::Path,
        doc: "the file's path, or parts of it side by side",
        example: "path:2025/03",
    },
    FieldName {
        name: "published",
        aliases: &["date", "pd", "day"],
        field: Field::Published,
        doc: "the day of publication, or a range of days",
        example: "published:2025-03",
    },
    FieldName {
        name: "mentions",
        aliases: &["mention", "about"],
        field: Field::Mentions,
        doc: "a day the story speaks of, or a range of days",
        example: "mentions:2024-11-11",
    },
    FieldName {
        name: "length",
        aliases: &["wc", "words"],
        field: Field::Length,
        doc: "how many words the story has",
        example: "length>400",
    },
];

/// Names that are no fields but ask for days of publication, and how a value is to be taken.
pub(super) const DAY_WORDS: &[(&str, DayWord)] = &[
    ("on", DayWord::On),
    ("since", DayWord::Since),
    ("until", DayWord::Until),
    ("after", DayWord::After),
    ("before", DayWord::Before),
    ("last", DayWord::Last),
];

/// How the value of a day word is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayWord {
    /// That day, month or year.
    On,
    /// From it on, inclusive.
    Since,
    /// Up to it, inclusive.
    Until,
    /// Behind it.
    After,
    /// Before it.
    Before,
    /// A stretch that ends today: `7d`, `2w`, `3m`, `1y`.
    Last,
}

/// What a field holds, and so what may be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Words,
    Days,
    Numbers,
}

/// What a field holds.
pub(super) fn holds(field: Field) -> Holds {
    match field {
        Field::Published | Field::Mentions => Holds::Days,
        Field::Length => Holds::Numbers,
        _ => Holds::Words,
    }
}

/// The field of a name, however it is cased.
pub(super) fn named(name: &str) -> Option<Field> {
    let named = |field: &&FieldName| {
        field.name.eq_ignore_ascii_case(name)
            || field.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    };
    FIELDS.iter().find(named).map(|field| field.field)
}

/// The day word of a name, however it is cased.
pub(super) fn day_word(name: &str) -> Option<DayWord> {
    DAY_WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)).map(|(_, word)| *word)
}

/// The name that help uses for a field; none for words without a field.
pub(super) fn name_of(field: Field) -> Option<&'static str> {
    FIELDS.iter().find(|known| known.field == field).map(|known| known.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<&str> = FIELDS.iter().flat_map(|field| field.aliases).copied().collect();
        names.extend(FIELDS.iter().map(|field| field.name));
        names.extend(DAY_WORDS.iter().map(|(word, _)| *word));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
