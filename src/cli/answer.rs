//! Flags of the commands that answer with hits, and the ways to answer other than with hits.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::archive::Archive;
use super::kit::{ColourFlag, ReadingFlags, outcome, output_names, page, unwritten};
use crate::contract::{Output, Start};
use crate::error::{Error, Kind, Result};
use crate::model::{Cursor, Facet, Field, Folding, LineOrder, Query, Scope, Sort, Tally};
use crate::output;
use crate::search::{GroupBy, Grouping, Known, Page, concordance, count, facet, group_counts};

/// How many hits are shown where nobody says how many.
const USUAL_LIMIT: usize = 10;
/// How many hits are held at once where they are written while they are read.
pub(super) const HELD: usize = 256;

/// Flags of every command that answers with hits.
#[derive(Args, Clone, Debug)]
pub(super) struct AnswerFlags {
    /// How many hits to show, 10 where it is not given; 0 for all [example: --limit 100]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// How many hits to leave out at the front [example: --offset 10]
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// Go on behind a hit: what the JSON of an answer in the same order has as `next`. Whatever was
    /// indexed since, no hit by time is missed or shown twice
    #[arg(long, value_name = "CURSOR", conflicts_with_all = ["offset", "group", "kwic"])]
    after: Option<Cursor>,
    /// The order [example: --sort newest]
    #[arg(long, value_enum, default_value = "relevance", value_name = "ORDER")]
    sort: SortFlag,
    /// The best match first, fresh ones before old: so many days old counts half, twice as many a
    /// third; 30 where it is not given [example: --fresh=7]
    #[arg(
        long,
        value_name = "DAYS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "30",
        value_parser = clap::value_parser!(u32).range(1..),
        conflicts_with = "sort"
    )]
    fresh: Option<u32>,
    /// How to write the answer: text, json, jsonl or csv [example: --format csv]
    #[arg(long, value_name = "NAME", value_parser = output_names())]
    format: Option<String>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Part the answer by who said it, by outlet or by day; --limit is of each group, and every version
    /// and copy stands in its own
    #[arg(long, value_enum, value_name = "FIELD")]
    group: Option<GroupFlag>,
    /// How many groups to show; 0 for all [example: --groups 3]
    #[arg(long, default_value_t = 10, value_name = "N", requires = "group")]
    groups: usize,
    /// Tell beside the hits how many of all matches there are of each source, speaker, person, place,
    /// language or format, the ten most frequent [example: --facet source,speaker]
    #[arg(long, value_enum, value_name = "FIELD", value_delimiter = ',')]
    facet: Vec<FacetFlag>,
    /// A line for every match, with what stands around it; all of them but for --limit. In the order
    /// of the stories, or of the words to the left or right [example: --kwic=right]
    #[arg(
        long,
        value_enum,
        value_name = "ORDER",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "story",
        conflicts_with_all = ["group", "offset"]
    )]
    kwic: Option<KwicFlag>,
    /// Print how many match, and nothing else; with --group, a line for each group
    #[arg(long, short = 'c')]
    count: bool,
    /// Print how the query was read, and search nothing; with a story, what gives it its score
    #[arg(
        long,
        value_name = "STORY",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = ""
    )]
    pub(super) explain: Option<String>,
    #[command(flatten)]
    pub(super) reading: ReadingFlags,
    #[command(flatten)]
    pub(super) colour: ColourFlag,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KwicFlag {
    /// As the stories come
    Story,
    /// By the words before the match, the nearest first
    Left,
    /// By the match and the words behind it
    Right,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GroupFlag {
    /// Who says it
    Speaker,
    /// Who publishes it
    Source,
    /// The day of publication, the latest first
    Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FacetFlag {
    Source,
    Speaker,
    Person,
    Place,
    Language,
    Format,
}

impl FacetFlag {
    fn field(self) -> Field {
        match self {
            Self::Source => Field::Source,
            Self::Speaker => Field::Speaker,
            Self::Person => Field::Person,
            Self::Place => Field::Place,
            Self::Language => Field::Language,
            Self::Format => Field::Format,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortFlag {
    /// The best match first
    Relevance,
    /// The latest first
    Newest,
    /// The earliest first
    Oldest,
}

impl AnswerFlags {
    /// The order asked for.
    fn order(&self) -> Sort {
        match (self.fresh, self.sort) {
            (Some(days), _) => Sort::Fresh { today: self.reading.today(), days },
            (None, SortFlag::Relevance) => Sort::Relevance,
            (None, SortFlag::Newest) => Sort::Newest,
            (None, SortFlag::Oldest) => Sort::Oldest,
        }
    }

    /// The page asked for.
    ///
    /// # Errors
    /// Where it goes on from an answer in another order.
    pub(super) fn page(&self) -> Result<Page> {
        let sort = self.order();
        let start = match self.after {
            None => Start::At(self.offset),
            Some(cursor) if cursor.order == Cursor::letter(sort) => Start::Behind(cursor),
            Some(_) => {
                return Err(Error::new(
                    Kind::Usage,
                    "this cursor is of an answer in another order",
                )
                .hint("give the --sort or --fresh that the answer was asked with"));
            }
        };
        Ok(Page { sort, start, limit: self.limit.unwrap_or(USUAL_LIMIT) })
    }

    /// Has every version and copy stand in its own group, where the answer is parted.
    pub(super) fn unfold(&self, archive: &mut Archive) {
        if self.group.is_some() {
            archive.index.fold(Folding::default());
        }
    }

    /// Whether the answer may be so long that it is written while it is read.
    pub(super) fn is_streamed(&self) -> bool {
        let long = self.limit.is_some_and(|limit| limit == 0 || limit > HELD);
        let lines = !self.json && matches!(self.format.as_deref(), Some("jsonl" | "csv"));
        long && lines && self.group.is_none()
    }

    /// Counts the values of the fields asked for over all that match.
    pub(super) fn facets(
        &self,
        archive: &Archive,
        query: &Query,
        scope: Scope,
    ) -> Result<Vec<Facet>> {
        let facet = |flag: &FacetFlag| {
            let (index, known) = (archive.index.as_ref(), &archive.known);
            facet(index, query, scope, flag.field(), known)
        };
        self.facet.iter().map(facet).collect()
    }

    /// How the answer is to be parted, where it is.
    pub(super) fn grouping<'a>(&self, known: &'a Known) -> Option<Grouping<'a>> {
        let by = match self.group? {
            GroupFlag::Speaker => GroupBy::Speaker,
            GroupFlag::Source => GroupBy::Source,
            GroupFlag::Day => GroupBy::Day,
        };
        Some(Grouping { by, most: self.groups, known })
    }

    /// Answers in another way than with hits, where that is asked for: with counts, or with a line
    /// for every match.
    pub(super) fn answer_otherwise(
        &self,
        archive: &Archive,
        query: &Query,
        scope: Scope,
    ) -> Result<Option<Outcome>> {
        match self.kwic {
            _ if self.count => self.answer_count(archive, query, scope).map(Some),
            Some(order) => self.answer_lines(archive, query, scope, order).map(Some),
            None => Ok(None),
        }
    }

    fn answer_lines(
        &self,
        archive: &Archive,
        query: &Query,
        scope: Scope,
        order: KwicFlag,
    ) -> Result<Outcome> {
        let order = match order {
            KwicFlag::Story => LineOrder::Story,
            KwicFlag::Left => LineOrder::Left,
            KwicFlag::Right => LineOrder::Right,
        };
        let orders = (self.order(), order);
        let limit = self.limit.unwrap_or_default();
        let lines = concordance(archive.index.as_ref(), query, scope, orders, limit)?;
        let mut page = page();
        (self.output()?.lines)(&lines, &self.colour.look(), &mut page)
            .and_then(|()| page.flush())
            .map_err(unwritten)?;
        Ok(outcome(lines.total))
    }

    fn answer_count(&self, archive: &Archive, query: &Query, scope: Scope) -> Result<Outcome> {
        let index = archive.index.as_ref();
        let total = count(index, query, scope)?;
        let groups = match self.grouping(&archive.known) {
            None => Vec::new(),
            Some(grouping) => {
                let mut groups = group_counts(index, query, scope, &grouping)?;
                let none = groups.pop_if(|group| group.value.is_empty());
                groups.truncate(if self.groups == 0 { groups.len() } else { self.groups });
                groups.extend(none);
                groups
            }
        };
        let mut page = page();
        write_count(query, total, &groups, self, &mut page)
            .and_then(|()| page.flush())
            .map_err(unwritten)?;
        Ok(outcome(total))
    }

    /// The output asked for.
    pub(super) fn output(&self) -> Result<&'static Output> {
        let name = if self.json { "json" } else { self.format.as_deref().unwrap_or("text") };
        output::named(name)
            .ok_or_else(|| Error::new(Kind::Usage, format!("there is no output `{name}`")))
    }
}

fn group_name(group: &Tally) -> std::borrow::Cow<'_, str> {
    if group.value.is_empty() { "(none)".into() } else { output::safe(&group.value) }
}

fn write_count(
    query: &Query,
    total: u64,
    groups: &[Tally],
    flags: &AnswerFlags,
    page: &mut dyn Write,
) -> std::io::Result<()> {
    let name = if flags.json { "json" } else { flags.format.as_deref().unwrap_or("text") };
    match name {
        "json" | "jsonl" => {
            let mut answer = serde_json::json!({ "query": query.typed, "total": total });
            if flags.group.is_some() {
                answer["groups"] = serde_json::to_value(groups)?;
            }
            writeln!(page, "{answer}")
        }
        "csv" => {
            let mut table = csv::Writer::from_writer(page);
            table.write_record(["name", "count"])?;
            for group in groups {
                table.write_record([&group.value, &group.count.to_string()])?;
            }
            if flags.group.is_none() {
                table.write_record(["", &total.to_string()])?;
            }
            table.flush()
        }
        _ if flags.group.is_none() => writeln!(page, "{total}"),
        _ => {
            for group in groups {
                writeln!(page, "{:>7}  {}", group.count, group_name(group))?;
            }
            Ok(())
        }
    }
}
