//! Runs that were kept as JSON, side by side: their files to panels of bars.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::figures::{Figures, Origin, megabytes};
use super::growth::Growth;
use super::queries::Asked;
use super::svg::{Panel, draw};
use crate::error::{Error, Kind, Result};

/// What takes less than so many bytes for a byte of text has no bar.
const LEAST_SPACE: f64 = 0.02;

/// What `bench --json` writes. A file may hold several, one behind the other.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Run {
    Figures(Box<Figures>),
    Growth(Growth),
    Queries(Vec<Asked>),
}

/// Draws the runs of some files, the earliest first, into another.
pub(super) fn plot(files: &[PathBuf], picture: &Path) -> Result<()> {
    let mut names = Vec::new();
    let mut panels = Panels::default();
    for (number, file) in files.iter().enumerate() {
        let runs = read(file)?;
        names.push(name(file, &runs));
        for run in &runs {
            run.tell(&mut |title, row, value| panels.put(title, row, number, value));
        }
    }
    fs::write(picture, draw(&names, &panels.0))
        .map_err(|cause| Error::io(picture, "the picture cannot be written", cause))
}

fn read(file: &Path) -> Result<Vec<Run>> {
    let text =
        fs::read_to_string(file).map_err(|cause| Error::io(file, "cannot be read", cause))?;
    let runs: std::result::Result<Vec<Run>, _> =
        serde_json::Deserializer::from_str(&text).into_iter().collect();
    runs.ok().filter(|runs| !runs.is_empty()).ok_or_else(|| {
        Error::new(Kind::Input, "holds no run")
            .at(file.to_string_lossy())
            .hint("keep runs with `onrecord bench PATH --json > FILE`")
    })
}

/// What a run is called: its file, and when it was by which version.
fn name(file: &Path, runs: &[Run]) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let told = runs.iter().find_map(Run::origin).filter(|origin| !origin.day.is_empty());
    match told {
        Some(Origin { version, day, cores }) => {
            format!("{stem}: {day}, version {version}, {cores} cores")
        }
        None => stem,
    }
}

impl Run {
    fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Figures(figures) => Some(&figures.origin),
            Self::Growth(growth) => Some(&growth.origin),
            Self::Queries(_) => None,
        }
    }

    /// Tells each figure: its panel, its row, and the value.
    fn tell(&self, put: &mut dyn FnMut(&str, &str, f64)) {
        match self {
            Self::Figures(figures) => tell_figures(figures, put),
            Self::Growth(growth) => tell_growth(growth, put),
            Self::Queries(all) => tell_queries(all, put),
        }
    }
}

fn tell_figures(figures: &Figures, put: &mut dyn FnMut(&str, &str, f64)) {
    let stories = figures.stories.max(1) as f64;
    for step in figures.steps.iter().chain([&figures.whole, &figures.tantivy_alone]) {
        put("Time of a story, µs", &step.name, step.seconds * 1e6 / stories);
    }
    put("Stories a second, of tantivy alone", "whole ingest", figures.ratio);
    let space = "Bytes on disk for a byte of text";
    put(space, "all", figures.index_per_text_byte);
    for field in &figures.space {
        let bytes = field.total() as f64 / figures.text_bytes.max(1) as f64;
        if bytes >= LEAST_SPACE {
            put(space, &field.field, bytes);
        }
    }
    if let Some(peak) = figures.peak_memory_bytes {
        put("Peak memory, MB", "whole ingest", megabytes(peak));
    }
}

fn tell_growth(growth: &Growth, put: &mut dyn FnMut(&str, &str, f64)) {
    for point in &growth.points {
        let row = format!("{} stories, threads: {}", point.stories, point.threads);
        put("Stories a second, by size and threads", &row, point.stories_per_second);
        if let Some(peak) = point.peak_memory_bytes {
            put("Peak memory, by size and threads, MB", &row, megabytes(peak));
        }
    }
}

fn tell_queries(all: &[Asked], put: &mut dyn FnMut(&str, &str, f64)) {
    for asked in all {
        put("Query in this process, median, µs", &asked.kind, asked.best_p50);
        put("Query in this process, one in a hundred longer, µs", &asked.kind, asked.best_p99);
        put(
            "Query in this process, ten best with passages, median, µs",
            &asked.kind,
            asked.page_p50,
        );
        if let Some(fresh) = asked.fresh_p50_ms {
            put("Query in a fresh process, median, ms", &asked.kind, fresh);
        }
        if let Some(cold) = asked.cold_p50_ms {
            put("Query with nothing of the disk in memory, median, ms", &asked.kind, cold);
        }
    }
}

/// Panels and their rows in the order in which they were first told of.
#[derive(Default)]
struct Panels(Vec<Panel>);

impl Panels {
    fn put(&mut self, title: &str, row: &str, run: usize, value: f64) {
        let place = self.0.iter().position(|panel| panel.title == title).unwrap_or_else(|| {
            self.0.push(Panel { title: title.to_owned(), rows: Vec::new() });
            self.0.len() - 1
        });
        let rows = &mut self.0[place].rows;
        let place = rows.iter().position(|(name, _)| name == row).unwrap_or_else(|| {
            rows.push((row.to_owned(), Vec::new()));
            rows.len() - 1
        });
        let values = &mut rows[place].1;
        values.resize(values.len().max(run + 1), None);
        values[run] = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_before_with_fewer_figures_can_be_drawn() {
        let old = r#"{"stories":2,"statements":1,"bytes":9,"text_bytes":10,"runs":3,
            "steps":[{"name":"parse","threads":1,"seconds":0.5,"mb_per_second":1,"stories_per_second":4}],
            "whole":{"name":"whole ingest","threads":2,"seconds":1,"mb_per_second":1,"stories_per_second":2},
            "tantivy_alone":{"name":"tantivy alone","threads":2,"seconds":1,"mb_per_second":1,"stories_per_second":2},
            "ratio":0.5,"index_bytes":12,"index_per_text_byte":1.2,"peak_memory_bytes":null}"#;
        let run: Run = serde_json::from_str(old).unwrap();
        let mut told = Vec::new();
        run.tell(&mut |_, row, value| told.push((row.to_owned(), value)));
        assert_eq!(told[0], ("parse".to_owned(), 250_000.0));
        assert_eq!(told.len(), 5);
        assert_eq!(name(Path::new("a/old.json"), &[run]), "old");
    }

    #[test]
    fn a_row_that_one_run_lacks_keeps_the_others_in_their_place() {
        let mut panels = Panels::default();
        panels.put("a", "x", 0, 1.0);
        panels.put("a", "y", 1, 2.0);
        panels.put("a", "x", 1, 3.0);
        let rows = &panels.0[0].rows;
        assert_eq!(rows[0], ("x".to_owned(), vec![Some(1.0), Some(3.0)]));
        assert_eq!(rows[1], ("y".to_owned(), vec![None, Some(2.0)]));
    }
}
