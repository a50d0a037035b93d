//! Timelines: how many stories or statements over time.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::people::{Known, shown_names};
use crate::contract::{CountRequest, Index};
use crate::error::{Error, Kind, Result};
use crate::model::{Counted, Field, Node, Scope, Series, Step, Timeline};

/// The most stretches of a timeline: more can be neither seen nor plotted.
const MOST: usize = 20_000;

/// What a timeline is wanted of.
#[derive(Clone, Copy, Debug)]
pub struct TimelineOf<'a> {
    /// What is counted.
    pub query: &'a Node,
    /// Stories or statements.
    pub scope: Scope,
    /// Whether the days that stories speak of are counted, instead of those of publication.
    pub meant: bool,
    /// How long a stretch is; none to choose by how long the whole is.
    pub step: Option<Step>,
    /// The field whose values are counted apart, and how many of them; the others are one line.
    pub by: Option<(Field, usize)>,
    /// Whether all that lie in each stretch are counted too.
    pub whole: bool,
    /// What is known of names, by which speakers are joined.
    pub known: &'a Known,
    /// Days before this one are left out.
    pub since: Option<Date>,
    /// Days after this one are left out.
    pub until: Option<Date>,
}

/// Counts over time.
///
/// # Errors
/// Where the index is damaged, or the timeline would have more than 20,000 stretches.
pub fn timeline(index: &dyn Index, wanted: &TimelineOf<'_>) -> Result<Timeline> {
    let ask = |step| {
        let by = wanted.by.map(|(field, _)| field);
        let TimelineOf { query, scope, meant, .. } = *wanted;
        index.count_by_day(&CountRequest { query, scope, meant, step, by })
    };
    let (step, mut counted) = match wanted.step {
        Some(step) => (step, ask(step)?),
        None => {
            let by_day = ask(Step::Day)?;
            let step = fitting(&by_day);
            (step, if step == Step::Day { by_day } else { ask(step)? })
        }
    };
    let within = |start: Date| {
        wanted.since.is_none_or(|since| step.end(start) >= since)
            && wanted.until.is_none_or(|until| start <= until)
    };
    counted.counts.retain(|(start, ..)| within(*start));
    if wanted.by.is_some() {
        // What has no value is counted all the same.
        let nameless = counted.counts.iter_mut().filter(|(_, name, _)| name.is_empty());
        nameless.for_each(|(_, name, _)| NOBODY.clone_into(name));
    }
    if matches!(wanted.by, Some((Field::Speaker, _))) {
        let shown = shown_names(index, wanted.known)?;
        for (_, name, _) in &mut counted.counts {
            if let Some(shown) = shown.get(name) {
                name.clone_from(shown);
            }
        }
    }
    let starts = starts(&counted, step)?;
    let most = wanted.by.map_or(usize::MAX, |(_, most)| most);
    let series = series(&counted, &starts, most);
    let whole = if wanted.whole { Some(whole(index, wanted, step, &starts)?) } else { None };
    Ok(Timeline { step, starts, series, whole, undated: counted.undated })
}

/// How many documents lie in each stretch, whatever they hold.
fn whole(
    index: &dyn Index,
    wanted: &TimelineOf<'_>,
    step: Step,
    starts: &[Date],
) -> Result<Vec<u64>> {
    let TimelineOf { scope, meant, .. } = *wanted;
    let all = CountRequest { query: &Node::All, scope, meant, step, by: None };
    let counted = index.count_by_day(&all)?.counts;
    let counts: FxHashMap<Date, u64> =
        counted.into_iter().map(|(start, _, count)| (start, count)).collect();
    Ok(starts.iter().map(|start| counts.get(start).copied().unwrap_or_default()).collect())
}

/// The stretch that makes a timeline of a length that can be seen at once.
fn fitting(by_day: &Counted) -> Step {
    let first = by_day.counts.first().map(|(start, ..)| *start);
    let last = by_day.counts.last().map(|(start, ..)| *start);
    let days = first.zip(last).and_then(|(first, last)| last.since(first).ok());
    match days.map_or(0, |span| span.get_days()) {
        0..=62 => Step::Day,
        63..=366 => Step::Week,
        367..=3660 => Step::Month,
        _ => Step::Year,
    }
}

/// Every stretch from the first to the last that holds anything.
fn starts(counted: &Counted, step: Step) -> Result<Vec<Date>> {
    let ends = counted.counts.first().zip(counted.counts.last());
    let Some(((first, ..), (last, ..))) = ends else { return Ok(Vec::new()) };
    let all = std::iter::successors(Some(*first), |start| step.next(*start));
    let starts: Vec<Date> = all.take_while(|start| start <= last).take(MOST + 1).collect();
    if starts.len() > MOST {
        return Err(Error::new(
            Kind::Usage,
            format!("the timeline from {first} to {last} would have more than {MOST} lines"),
        )
        .hint(
            "count by a longer stretch (`--per year`), or leave days out with --since and --until",
        ));
    }
    Ok(starts)
}

/// A line for each of the most frequent values, and one for the others.
fn series(counted: &Counted, starts: &[Date], most: usize) -> Vec<Series> {
    let at: FxHashMap<Date, usize> =
        starts.iter().enumerate().map(|(at, day)| (*day, at)).collect();
    let mut lines: FxHashMap<&str, Series> = FxHashMap::default();
    for (start, value, count) in &counted.counts {
        let line = lines.entry(value).or_insert_with(|| Series {
            name: value.clone(),
            total: 0,
            counts: vec![0; starts.len()],
        });
        line.total += count;
        if let Some(at) = at.get(start) {
            line.counts[*at] += count;
        }
    }
    let mut lines: Vec<Series> = lines.into_values().collect();
    lines.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.name.cmp(&b.name)));
    let nobody = lines.iter().position(|line| line.name == NOBODY).map(|at| lines.remove(at));
    let others = lines.split_off(most.min(lines.len()));
    if !others.is_empty() {
        lines.push(others.into_iter().fold(
            Series { name: OTHERS.to_owned(), total: 0, counts: vec![0; starts.len()] },
            |mut all, line| {
                all.total += line.total;
                all.counts.iter_mut().zip(&line.counts).for_each(|(all, count)| *all += count);
                all
            },
        ));
    }
    lines.extend(nobody);
    lines
}

/// The name of the line of what has no value at all.
const NOBODY: &str = "(none)";
/// The name of the line of all values that have none of their own.
pub const OTHERS: &str = "(others)";

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn counted(counts: &[(Date, &str, u64)]) -> Counted {
        let counts = counts.iter().map(|(day, value, count)| (*day, (*value).to_owned(), *count));
        Counted { counts: counts.collect(), undated: 0 }
    }

    #[test]
    fn stretches_without_any_stand_between_those_with_some() {
        let counted = counted(&[(date(2025, 3, 1), "", 2), (date(2025, 3, 4), "", 1)]);
        let starts = starts(&counted, Step::Day).unwrap();
        assert_eq!(series(&counted, &starts, 9)[0].counts, [2, 0, 0, 1]);
    }

    #[test]
    fn the_most_frequent_have_lines_and_the_others_share_one() {
        let day = date(2025, 3, 1);
        let counted = counted(&[(day, "Orlo", 1), (day, "Vane", 5), (day, "Poe", 1)]);
        let lines = series(&counted, &[day], 1);
        let told: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.total)).collect();
        assert_eq!(told, [("Vane", 5), (OTHERS, 2)]);
    }

    #[test]
    fn a_timeline_of_ages_by_day_is_refused_with_a_way_out() {
        let counted = counted(&[(date(1066, 1, 1), "", 1), (date(2025, 3, 4), "", 1)]);
        assert!(starts(&counted, Step::Day).is_err());
        assert_eq!(starts(&counted, Step::Year).unwrap().len(), 960);
    }
}
