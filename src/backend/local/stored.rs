//! A record as the bytes that a story's document stores.
//!
//! Numbers are written in as few bytes as they need (LEB128), texts as their length and their bytes,
//! spans as the way from the end of the last one and their own length. A story's text stands as it
//! is, so that it is neither escaped when it is written nor looked through when it is read; a record
//! takes a third less room than as JSON, and a quarter of the time. Comes in: a record, or bytes.
//! Goes out: the other. The version of this form is that of the schema.

mod bytes;
mod statements;

use self::bytes::{Reading, Writing};
use self::statements::{read_statement, write_statement};
use super::counted::day_of;
use super::documents::day_number;
use super::packing::PLAIN;
use crate::error::{Error, Kind, Result};
use crate::model::{
    Annotations, DateMention, Grain, Period, Person, PublishedFrom, Record, Span, Status, Story,
};

/// How many bytes a story's other fields and what was found in it take, about.
const ROOM_BESIDE: usize = 1024;

const STATUSES: &[Status] = &[Status::Usable, Status::Withheld, Status::Canceled];
const GRAINS: &[Grain] = &[Grain::Day, Grain::Month, Grain::Year, Grain::Range];
const SOURCES_OF_DAYS: &[PublishedFrom] = &[
    PublishedFrom::Metadata,
    PublishedFrom::Dateline,
    PublishedFrom::Path,
    PublishedFrom::Option,
    PublishedFrom::FileTime,
];

/// A record as bytes.
pub(super) struct Encoded {
    /// The mark of a record that is not packed, then the record.
    pub(super) bytes: Vec<u8>,
    /// Where in them the story ends, and what was found in it begins.
    pub(super) story_end: usize,
}

/// Writes a record, with the mark of one that is not packed before it.
pub(super) fn encode(record: &Record) -> Encoded {
    let mut to = Writing::with_room(record.story.body.len() + ROOM_BESIDE);
    to.bytes.push(PLAIN);
    write_story(&mut to, &record.story);
    let story_end = to.bytes.len();
    write_annotations(&mut to, &record.annotations, &record.story);
    Encoded { bytes: to.bytes, story_end }
}

/// Reads what [`encode`] wrote, without its mark.
///
/// # Errors
/// Where the bytes are no record: the index is damaged.
pub(super) fn decode(bytes: &[u8]) -> Result<Record> {
    let mut from = Reading::of(bytes);
    let story = read_story(&mut from);
    let record = story.and_then(|story| {
        let annotations = read_annotations(&mut from, &story)?;
        from.is_at_the_end().then_some(Record { story, annotations })
    });
    record.ok_or_else(|| {
        Error::new(Kind::Index, "a stored story cannot be read")
            .hint("`onrecord check` tells what else is damaged, `index --rebuild` makes it anew")
    })
}

fn write_story(to: &mut Writing, story: &Story) {
    // Every field by name, so that a new one is not forgotten.
    let Story {
        path,
        member,
        ordinal,
        format,
        id,
        version,
        title,
        slug,
        bylines,
        place,
        source,
        credit,
        section,
        keywords,
        people,
        language,
        url,
        note,
        status,
        embargo,
        published,
        updated,
        published_from,
        dateline_day: _,
        body,
        origins: _,
    } = story;
    for text in [path, member, format, id, version, title, slug, place] {
        to.text(text);
    }
    for text in [source, credit, section, language, url, note] {
        to.text(text);
    }
    for texts in [bylines, keywords, people] {
        to.each(texts, |to, text| to.text(text));
    }
    to.number(u64::from(*ordinal));
    to.one_of(STATUSES, status);
    for moment in [embargo, published, updated] {
        to.optional(moment.as_ref(), |to, moment| to.text(&moment.to_string()));
    }
    to.optional(published_from.as_ref(), |to, from| to.one_of(SOURCES_OF_DAYS, from));
    to.text(body);
}

fn read_story(from: &mut Reading<'_>) -> Option<Story> {
    let mut story = Story::default();
    let front = [
        &mut story.path,
        &mut story.member,
        &mut story.format,
        &mut story.id,
        &mut story.version,
        &mut story.title,
        &mut story.slug,
        &mut story.place,
        &mut story.source,
        &mut story.credit,
        &mut story.section,
        &mut story.language,
        &mut story.url,
        &mut story.note,
    ];
    for field in front {
        *field = from.text()?;
    }
    for field in [&mut story.bylines, &mut story.keywords, &mut story.people] {
        *field = from.each(Reading::text)?;
    }
    story.ordinal = u32::try_from(from.number()?).ok()?;
    story.status = from.one_of(STATUSES)?;
    for field in [&mut story.embargo, &mut story.published, &mut story.updated] {
        *field = from.optional(|from| from.str()?.parse().ok())?;
    }
    story.published_from = from.optional(|from| from.one_of(SOURCES_OF_DAYS))?;
    story.body = from.text()?;
    Some(story)
}

/// The number of the day from which the days that a story speaks of are told.
fn base_day(story: &Story) -> i64 {
    story.published.as_ref().map_or(0, |published| day_number(published.day()))
}

fn write_annotations(to: &mut Writing, annotations: &Annotations, story: &Story) {
    let Annotations { asides, people, statements, dates } = annotations;
    let base = base_day(story);
    to.spans(asides);
    to.each(people, |to, person| write_person(to, person, &story.body));
    to.begin_at(0);
    to.each(statements, |to, statement| write_statement(to, statement, people));
    to.begin_at(0);
    to.each(dates, |to, date| {
        let DateMention { span, value, rule: _ } = date;
        to.span(*span);
        write_period(to, value, base);
    });
}

fn read_annotations(from: &mut Reading<'_>, story: &Story) -> Option<Annotations> {
    let base = base_day(story);
    let asides = from.spans()?;
    let people = from.each(|from| read_person(from, &story.body))?;
    from.begin_at(0);
    let statements = from.each(|from| read_statement(from, &people))?;
    from.begin_at(0);
    let dates = from.each(|from| {
        let span = from.span()?;
        Some(DateMention { span, value: read_period(from, base)?, rule: "" })
    })?;
    Some(Annotations { asides, people, statements, dates })
}

fn write_person(to: &mut Writing, person: &Person, body: &str) {
    let Person { name, aliases, role, mentions } = person;
    to.spans_from(0, mentions);
    write_name(to, name, mentions, body);
    to.each(aliases, |to, alias| write_name(to, alias, mentions, body));
    to.optional(role.as_deref(), Writing::text);
}

fn read_person(from: &mut Reading<'_>, body: &str) -> Option<Person> {
    let mentions = from.spans_from(0)?;
    Some(Person {
        name: read_name(from, &mentions, body)?,
        aliases: from.each(|from| read_name(from, &mentions, body))?,
        role: from.optional(Reading::text)?,
        mentions,
    })
}

/// A name is told by which of the mentions is it, or by itself where none is.
fn write_name(to: &mut Writing, name: &str, mentions: &[Span], body: &str) {
    let is_it = |mention: &Span| text_at(*mention, body) == Some(name);
    let place = mentions.iter().position(is_it);
    to.place(place);
    if place.is_none() {
        to.text(name);
    }
}

fn read_name(from: &mut Reading<'_>, mentions: &[Span], body: &str) -> Option<String> {
    match from.place()? {
        Some(at) => text_at(*mentions.get(at)?, body).map(str::to_owned),
        None => from.text(),
    }
}

/// The text of a stretch that may be damaged.
fn text_at(stretch: Span, body: &str) -> Option<&str> {
    body.get(stretch.start()..stretch.end())
}

/// A day, a month and a year are told by where they begin.
fn write_period(to: &mut Writing, period: &Period, base: i64) {
    let first = day_number(period.first());
    to.one_of(GRAINS, &period.grain());
    to.signed(first - base);
    if period.grain() == Grain::Range {
        to.signed(day_number(period.last()) - first);
    }
}

fn read_period(from: &mut Reading<'_>, base: i64) -> Option<Period> {
    let grain = from.one_of(GRAINS)?;
    let number = from.signed()?.checked_add(base)?;
    let first = day_of(number)?;
    match grain {
        Grain::Day => Some(Period::day(first)),
        Grain::Month => Some(Period::month(first)),
        Grain::Year => Some(Period::year(first)),
        Grain::Range => Period::range(first, day_of(number.checked_add(from.signed()?)?)?),
    }
}

#[cfg(test)]
mod tests {
    use super::statements::KINDS;
    use super::*;
    use crate::model::{Speaker, Statement};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec(span(), 0..4)
    }

    fn span() -> impl Strategy<Value = Span> {
        (0usize..5000, 0usize..200).prop_map(|(start, length)| Span::new(start, start + length))
    }

    fn text() -> impl Strategy<Value = String> {
        "[a-zé “]{0,12}"
    }

    fn person() -> impl Strategy<Value = Person> {
        let aliases = prop::collection::vec(text(), 0..3);
        (text(), aliases, prop::option::of(text()), spans())
            .prop_map(|(name, aliases, role, mentions)| Person { name, aliases, role, mentions })
    }

    fn statement() -> impl Strategy<Value = Statement> {
        let speaker = (span(), prop::option::of(text()), prop::option::of(text()))
            .prop_map(|(span, name, role)| Speaker { span, name, role });
        let kind = prop::sample::select(KINDS);
        (kind, span(), spans(), prop::option::of(span()), prop::option::of(speaker)).prop_map(
            |(kind, span, quotes, cue, speaker)| Statement {
                kind,
                span,
                quotes,
                cue,
                speaker,
                rule: "",
            },
        )
    }

    fn period() -> impl Strategy<Value = Period> {
        let day = (1i16..3000, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d));
        (day, 0i32..4000, 0..4).prop_map(|(first, more, grain)| match grain {
            0 => Period::day(first),
            1 => Period::month(first),
            2 => Period::year(first),
            _ => {
                let last = first.saturating_add(jiff::ToSpan::days(more));
                Period::range(first, last).unwrap()
            }
        })
    }

    fn record() -> impl Strategy<Value = Record> {
        let moment = prop::option::of(prop::sample::select(vec![
            "2025-03-18",
            "2025-03-18T14:00:00",
            "2025-03-18T22:00:00.5+08:00",
        ]));
        let told = (moment, prop::sample::select(STATUSES), 0u32..70000);
        let dates = prop::collection::vec((span(), period()), 0..4);
        let people = prop::collection::vec(person(), 0..3);
        let statements = prop::collection::vec(statement(), 0..4);
        (text(), text(), told, spans(), people, statements, dates).prop_map(
            |(
                title,
                body,
                (moment, status, ordinal),
                asides,
                mut people,
                mut statements,
                dates,
            )| {
                // One is named as the text names them, and speaks there.
                if let Some(person) = people.first_mut() {
                    person.mentions.push(Span::new(0, body.len()));
                    person.aliases.push(body.clone());
                }
                // Some speakers are of the people, and some of these have the role that they have there.
                for (number, (statement, person)) in statements.iter_mut().zip(&people).enumerate()
                {
                    if let Some(speaker) = statement.speaker.as_mut().filter(|_| number < 2) {
                        speaker.name = Some(person.name.clone());
                        if number == 0 {
                            speaker.role.clone_from(&person.role);
                            speaker.span = *person.mentions.last().unwrap();
                        }
                    }
                    if number == 1 {
                        statement.quotes = vec![statement.span];
                    }
                }
                let dates =
                    dates.into_iter().map(|(span, value)| DateMention { span, value, rule: "" });
                let published = moment.map(|moment| moment.parse().unwrap());
                Record {
                    story: Story {
                        keywords: vec![title.clone(), body.clone()],
                        published_from: published.map(|_| PublishedFrom::Path),
                        title,
                        body,
                        published,
                        status,
                        ordinal,
                        ..Story::default()
                    },
                    annotations: Annotations { asides, people, statements, dates: dates.collect() },
                }
            },
        )
    }

    proptest! {
        #[test]
        fn a_record_is_read_as_it_was_written(record in record()) {
            prop_assert_eq!(decode(&encode(&record).bytes[1..]).unwrap(), record);
        }

        #[test]
        fn any_bytes_are_a_record_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn a_record_cut_short_is_an_error(record in record(), share in 0.0..1.0) {
            let whole = &encode(&record).bytes[1..];
            let cut = (whole.len() as f64 * share) as usize;
            prop_assert!(decode(&whole[..cut]).is_err());
        }
    }
}
