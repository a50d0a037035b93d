//! Panels of bars as a picture (SVG 1.1): a row for each figure, in it a bar for each run.

use std::fmt::Write as _;

/// Rows of bars that share a scale.
pub(super) struct Panel {
    pub(super) title: String,
    /// The name of each row, and the value of each run where it has one.
    pub(super) rows: Vec<(String, Vec<Option<f64>>)>,
}

/// All lengths are in pixels.
const WIDTH: usize = 900;
/// Where bars begin: the names stand left of it.
const BARS: usize = 290;
/// The longest bar; the value stands right of it.
const LONGEST: f64 = 470.0;
const BAR: usize = 11;
const LINE: usize = 20;
const GAP: usize = 6;
const MARGIN: usize = 16;
/// The last run's colour; those before it are grey, the earlier the lighter.
const LAST: &str = "#1f5f99";
const BEFORE: &[&str] = &["#8a8f96", "#b4b8bd", "#d3d6d9"];

/// Draws panels; `runs` are the names of the runs, the earliest first.
pub(super) fn draw(runs: &[String], panels: &[Panel]) -> String {
    let mut body = String::new();
    let mut y = MARGIN + LINE;
    for (number, run) in runs.iter().enumerate() {
        rect(&mut body, MARGIN, y - BAR, BAR as f64, colour(number, runs.len()));
        text(&mut body, MARGIN + BAR + GAP, y - 1, "start", run);
        y += LINE;
    }
    for panel in panels {
        y = draw_panel(&mut body, panel, runs.len(), y + GAP);
    }
    let height = y + MARGIN;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>onrecord bench</title>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"white\"/>\n{body}</svg>\n"
    )
}

/// Draws a panel below a line and gives the line below it.
fn draw_panel(body: &mut String, panel: &Panel, runs: usize, top: usize) -> usize {
    let mut y = top + LINE;
    // Writing to a string cannot fail.
    let title = escaped(&panel.title);
    let _ = writeln!(
        body,
        "<text x=\"{MARGIN}\" y=\"{}\" font-weight=\"bold\">{title}</text>",
        y - GAP
    );
    let values = panel.rows.iter().flat_map(|(_, values)| values.iter().flatten());
    let most = values.fold(f64::MIN_POSITIVE, |most, value| most.max(*value));
    for (name, values) in &panel.rows {
        text(body, BARS - GAP, y + BAR - 2, "end", name);
        let mut before = None;
        for run in 0..runs {
            let Some(value) = values.get(run).copied().flatten() else { continue };
            let long = (value / most * LONGEST).max(1.0);
            rect(body, BARS, y, long, colour(run, runs));
            let told = told(value, before);
            text(body, BARS + long as usize + GAP, y + BAR - 2, "start", &told);
            before = Some(value);
            y += BAR + 1;
        }
        y += GAP;
    }
    y
}

/// A value to three figures, and how it changed from the run before.
fn told(value: f64, before: Option<f64>) -> String {
    let digits = if value.abs() >= 100.0 {
        0
    } else if value.abs() >= 10.0 {
        1
    } else {
        2
    };
    let digits = if value.abs() < 1.0 { 3 } else { digits };
    match before.filter(|before| *before > 0.0) {
        Some(before) => format!("{value:.digits$} ({:+.0} %)", (value / before - 1.0) * 100.0),
        None => format!("{value:.digits$}"),
    }
}

fn colour(run: usize, runs: usize) -> &'static str {
    match runs - 1 - run {
        0 => LAST,
        back => BEFORE[(back - 1).min(BEFORE.len() - 1)],
    }
}

fn rect(body: &mut String, x: usize, y: usize, width: f64, fill: &str) {
    let _ = writeln!(
        body,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width:.1}\" height=\"{BAR}\" fill=\"{fill}\"/>"
    );
}

fn text(body: &mut String, x: usize, y: usize, anchor: &str, words: &str) {
    let words = escaped(words);
    let _ = writeln!(body, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>");
}

/// Text as it may stand in XML.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_beside_an_earlier_one() {
        let panel = Panel {
            title: "Time of a story, µs".to_owned(),
            rows: vec![
                ("parse".to_owned(), vec![Some(10.0), Some(8.0)]),
                ("a & <b>".to_owned(), vec![None, Some(0.5)]),
            ],
        };
        insta::assert_snapshot!(draw(&["before".to_owned(), "now".to_owned()], &[panel]), @r##"
        <svg xmlns="http://www.w3.org/2000/svg" width="900" height="166" viewBox="0 0 900 166" role="img" font-family="sans-serif" font-size="12">
        <title>onrecord bench</title>
        <rect width="900" height="166" fill="white"/>
        <rect x="16" y="25" width="11.0" height="11" fill="#8a8f96"/>
        <text x="33" y="35" text-anchor="start">before</text>
        <rect x="16" y="45" width="11.0" height="11" fill="#1f5f99"/>
        <text x="33" y="55" text-anchor="start">now</text>
        <text x="16" y="96" font-weight="bold">Time of a story, µs</text>
        <text x="284" y="111" text-anchor="end">parse</text>
        <rect x="290" y="102" width="470.0" height="11" fill="#8a8f96"/>
        <text x="766" y="111" text-anchor="start">10.0</text>
        <rect x="290" y="114" width="376.0" height="11" fill="#1f5f99"/>
        <text x="672" y="123" text-anchor="start">8.00 (-20 %)</text>
        <text x="284" y="141" text-anchor="end">a &amp; &lt;b&gt;</text>
        <rect x="290" y="132" width="23.5" height="11" fill="#1f5f99"/>
        <text x="319" y="141" text-anchor="start">0.500</text>
        </svg>
        "##);
    }

    #[test]
    fn a_picture_of_nothing_is_a_picture() {
        let picture =
            draw(&["now".to_owned()], &[Panel { title: String::new(), rows: Vec::new() }]);
        assert!(roxmltree::Document::parse(&picture).is_ok(), "{picture}");
        let zero =
            Panel { title: "zero".to_owned(), rows: vec![("a".to_owned(), vec![Some(0.0)])] };
        assert!(!draw(&["now".to_owned()], &[zero]).contains("NaN"));
    }
}
