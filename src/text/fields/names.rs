//! The names under which records carry the fields of a story, and the search for them in a record.
//!
//! A name is looked up without regard to capitals, blanks, `_` and `-`; one with dots is a path. All
//! names are found in one walk over the record.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::FieldMap;
use crate::text::record::Value;

/// A field of a story, or what one is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Id,
    Version,
    Title,
    Slug,
    Bylines,
    Place,
    Source,
    Credit,
    Section,
    Keywords,
    Subjects,
    People,
    Language,
    Url,
    Note,
    Status,
    Embargo,
    Published,
    Time,
    Updated,
    Body,
    Abstract,
}

/// A field, the name of a story's field where it is one, and its names in records, the surest first.
type Line = (Field, &'static str, &'static [&'static str]);

const TABLE: &[Line] = &[
    (
        Field::Id,
        "id",
        &[
            "uri",
            "guid",
            "id",
            "_id",
            "uuid",
            "article_id",
            "stories_id",
            "story_id",
            "an",
            "url_hash",
        ],
    ),
    (Field::Version, "version", &["version"]),
    (
        Field::Title,
        "title",
        &[
            "headlines",
            "headline",
            "title",
            "headline.main",
            "webTitle",
            "fields.headline",
            "thread.title",
            "title_page",
            "title_full",
            "article_title",
            "headline_text",
            "head",
            NAME,
        ],
    ),
    (Field::Slug, "slug", &["slugline", "slug", "slug_name"]),
    (
        Field::Bylines,
        "bylines",
        &[
            "byline",
            "bylines",
            "authors",
            "author",
            "byline.original",
            "fields.byline",
            "authors_byline",
            "credits.by",
            "_embedded.author",
            "journalists",
            "writer",
            "creator",
            "by",
        ],
    ),
    (Field::Place, "place", &["located", "dateline", "location.label"]),
    (
        Field::Source,
        "source",
        &[
            "source",
            "source.title",
            "source.name",
            "source.domain",
            "media_name",
            "name_source",
            "source_name",
            "publisher",
            "publisher.name",
            "provider",
            "fields.publication",
            "publication",
            "newspaper",
            "outlet",
            "sitename",
            "site_name",
            "thread.site_full",
            "thread.site",
            "source_domain",
            "domain",
            "domain_url",
            "clean_url",
            "site",
        ],
    ),
    (Field::Credit, "credit", &["creditline", "credit"]),
    (
        Field::Section,
        "section",
        &[
            "sectionName",
            "section_name",
            "section",
            "articleSection",
            "news_desk",
            "desk",
            "thread.section_title",
            "category",
            "topic",
        ],
    ),
    (
        Field::Keywords,
        "keywords",
        &["keywords", "tags", "concepts", "story_tags", "des_facet", "categories", "topics"],
    ),
    (Field::Subjects, "", &["subject", "subjects"]),
    (Field::People, "people", &["person", "people", "persons", "entities.persons", "per_facet"]),
    (
        Field::Language,
        "language",
        &["language", "lang", "language_code", "inLanguage", "fields.lang"],
    ),
    (
        Field::Url,
        "url",
        &[
            "url",
            "webUrl",
            "web_url",
            "link",
            "canonical_url",
            "permalink",
            "links.permalink",
            "external_url",
            "requested_url",
            "responded_url",
            "article_url",
        ],
    ),
    (Field::Note, "note", &["ednote", "editor_note", "note"]),
    (Field::Status, "status", &["pubstatus", "status"]),
    (Field::Embargo, "embargo", &["embargoed", "embargo"]),
    (
        Field::Published,
        "published",
        &[
            "firstpublished",
            "firstcreated",
            "contentcreated",
            "fields.firstPublicationDate",
            "published",
            "date_publish",
            "published_at",
            "pub_date",
            "webPublicationDate",
            "publish_date",
            "publication_date",
            "date_published",
            "pubDate",
            "dateTimePub",
            "dateTime",
            "published_date",
            "versioncreated",
            "iso_date",
            "seendate",
            "date",
            "first_publish_date",
            "display_date",
            "publication_datetime",
            "time_published",
            "publish_time",
            "release_date",
            "article_date",
            "posted_at",
            "created_date",
            "created_at",
            "created",
            "timestamp",
        ],
    ),
    (Field::Time, "", &["time"]),
    (
        Field::Updated,
        "updated",
        &[
            "versioncreated",
            "updated",
            "date_modify",
            "updated_at",
            "updated_date",
            "modified",
            "date_modified",
            "fields.lastModified",
            "last_modified",
            "last_updated",
            "last_updated_date",
            "edited_at",
            "lastmod",
        ],
    ),
    (
        Field::Body,
        "body",
        &[
            "bodies",
            "body_text",
            "maintext",
            "body",
            "body_html",
            "body_xhtml",
            "article_body",
            "text",
            "article_text",
            "plain_text",
            "content_elements",
            "content_html",
            "content_text",
            "content",
            "fields.bodyText",
            "fields.body",
            "story",
            "story_text",
            "article",
            "full_text",
            "cleaned_text",
        ],
    ),
    (
        Field::Abstract,
        "",
        &[
            "description_text",
            "lead_paragraph",
            "description",
            "abstract",
            "summary",
            "fields.trailText",
            "snippet",
            "excerpt",
            "standfirst",
            "teaser",
            "short_description",
            "lead",
        ],
    ),
];

/// The name of anything at all: a headline only beside a text or a day.
pub(super) const NAME: &str = "name";

/// The fields that `--map` can name, as a story in JSON has them.
pub const MAPPABLE: &[&str] = &[
    "id",
    "version",
    "title",
    "slug",
    "bylines",
    "place",
    "source",
    "credit",
    "section",
    "keywords",
    "people",
    "language",
    "url",
    "note",
    "status",
    "embargo",
    "published",
    "updated",
    "body",
];

/// What is known of names: which fields each may hold, and how sure it is.
struct Known {
    names: FxHashMap<String, Vec<(Field, u8)>>,
    /// The names of records within records that hold fields.
    heads: FxHashSet<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { names: FxHashMap::default(), heads: FxHashSet::default() };
    for (field, _, names) in TABLE {
        for (rank, name) in (1..).zip(*names) {
            let plain = plain(name);
            if let Some((head, _)) = plain.rsplit_once('.') {
                known.heads.insert(head.to_owned());
            }
            known.names.entry(plain).or_default().push((*field, rank));
        }
    }
    known
});

/// Whether a name is one under which records carry a field.
pub fn is_known(name: &str) -> bool {
    KNOWN.names.contains_key(&plain(name.trim()))
}

/// Whether a name is one under which records carry the headline or the text.
pub fn is_of_text(name: &str) -> bool {
    let fields = KNOWN.names.get(&plain(name.trim()));
    let of_text = |(field, _): &(Field, u8)| matches!(field, Field::Title | Field::Body);
    fields.is_some_and(|fields| fields.iter().any(of_text))
}

/// A name without capitals and signs.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    add_plain(&mut plain, name);
    plain
}

fn add_plain(plain: &mut String, name: &str) {
    // ninjs calls the identifier `_id` in some interfaces, others `id`: an underline means nothing.
    let kept = name.trim_start_matches('\u{FEFF}').chars().filter(|c| !" _-".contains(*c));
    plain.extend(kept.map(|c| c.to_ascii_lowercase()));
}

/// A value that may be a field's, and where it stands.
pub(super) struct Found<'r> {
    field: Field,
    rank: u8,
    pub(super) value: &'r Value<'r>,
    pub(super) place: Cow<'r, str>,
}

impl Found<'_> {
    /// Whether the user said that the field stands here.
    pub(super) fn is_mapped(&self) -> bool {
        self.rank == 0
    }
}

/// The values of a record that may be fields, the surest of each field first.
pub(super) struct Sheet<'r>(Vec<Found<'r>>);

impl<'r> Sheet<'r> {
    pub(super) fn of(record: &'r Value<'r>, map: &'r FieldMap) -> Self {
        let mut found = Vec::with_capacity(16);
        for (field, name, _) in TABLE {
            let Some(path) = map.of(name).filter(|_| !name.is_empty()) else { continue };
            if let Some(value) = record.at(path).filter(|value| !value.is_empty()) {
                found.push(Found { field: *field, rank: 0, value, place: path.into() });
            }
        }
        walk(record, &mut String::new(), "", &mut found);
        found.sort_by_key(|found| (found.field, found.rank));
        Self(found)
    }

    /// The values that may be a field's.
    pub(super) fn all(&self, field: Field) -> &[Found<'r>] {
        let start = self.0.partition_point(|found| found.field < field);
        let end = self.0.partition_point(|found| found.field <= field);
        &self.0[start..end]
    }

    pub(super) fn has(&self, field: Field) -> bool {
        !self.all(field).is_empty()
    }
}

/// Finds the names of a record and of the records in it that are known to hold fields.
fn walk<'r>(record: &'r Value<'r>, path: &mut String, place: &str, found: &mut Vec<Found<'r>>) {
    let Value::Record(values) = record else { return };
    let length = path.len();
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        path.truncate(length);
        add_plain(path, name);
        let here = || match place {
            "" => Cow::Borrowed(name.as_ref()),
            place => Cow::Owned(format!("{place}.{name}")),
        };
        for (field, rank) in KNOWN.names.get(path.as_str()).into_iter().flatten() {
            found.push(Found { field: *field, rank: *rank, value, place: here() });
        }
        if matches!(value, Value::Record(_)) && KNOWN.heads.contains(path.as_str()) {
            let here = here();
            path.push('.');
            walk(value, path, &here, found);
        }
    }
    path.truncate(length);
}
