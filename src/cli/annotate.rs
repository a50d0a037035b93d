//! `annotate`: JSON lines in, JSON lines out, in the same order.

use std::io::{BufRead, Write};

use clap::Args;
use rayon::prelude::*;
use serde::Deserialize;

use super::Outcome;
use super::kit;
use crate::contract::Text;
use crate::error::{Error, Kind, Result};
use crate::model::Moment;
use crate::{annotate, output};

/// Lines that are annotated side by side before they are written.
const LINES_AT_ONCE: usize = 256;

/// Annotates texts: JSON lines in, JSON lines out.
#[derive(Args)]
#[command(
    after_help = "Reads lines {\"id\", \"text\", \"published\"?, \"title\"?, \"language\"?, \"source\"?} from standard input
and writes for each, in the same order, {\"id\", \"quotes\", \"statements\", \"speakers\", \"people\",
\"dates\"}. `source` tells the order of day and month in 3/4/2025 where the text does not. Offsets count
Unicode code points of the text, the end exclusive. A line that cannot be read gives {\"id\", \"error\"}.

Example:
  echo '{\"id\":\"1\",\"text\":\"“No,” Ms Vane said.\"}' | onrecord annotate
  onrecord annotate --explain < texts.jsonl     which rule made each statement"
)]
pub(super) struct Arguments {
    /// Write for people: a line for each statement and date, with the rule that made it
    #[arg(long)]
    explain: bool,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    source: String,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let mut input = std::io::stdin().lock();
    let mut page = kit::page();
    let (mut read, mut wrong) = (0, 0);
    loop {
        let lines = next_lines(&mut input)?;
        if lines.is_empty() {
            break;
        }
        let answers: Vec<Result<String>> =
            lines.par_iter().map(|line| answer(line, arguments.explain)).collect();
        for answer in answers {
            read += 1;
            let answer = answer.unwrap_or_else(|error| {
                wrong += 1;
                kit::tell(&format!("onrecord: line {read}: {error}"));
                serde_json::json!({ "id": null, "error": error.to_string() }).to_string()
            });
            writeln!(page, "{answer}").map_err(kit::unwritten)?;
        }
    }
    page.flush().map_err(kit::unwritten)?;
    if wrong > 0 {
        return Err(Error::new(Kind::Input, format!("{wrong} of {read} lines could not be read")));
    }
    Ok(Outcome::Found)
}

fn next_lines(input: &mut impl BufRead) -> Result<Vec<String>> {
    let mut lines = Vec::with_capacity(LINES_AT_ONCE);
    while lines.len() < LINES_AT_ONCE {
        let mut line = String::new();
        let bytes = input.read_line(&mut line).map_err(|cause| {
            Error::new(Kind::Io, "standard input cannot be read").because(cause)
        })?;
        if bytes == 0 {
            break;
        }
        if !line.trim().is_empty() {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// What a line is answered with: an object on one line, or lines for people.
fn answer(line: &str, explain: bool) -> Result<String> {
    let line: Line = serde_json::from_str(line).map_err(|cause| {
        Error::new(Kind::Input, "not a JSON object with id and text").because(cause)
    })?;
    let published = line.published.as_deref().and_then(|day| day.parse::<Moment>().ok());
    let text = Text {
        title: &line.title,
        body: &line.text,
        published: published.map(|moment| moment.day()),
        language: &line.language,
        source: &line.source,
    };
    let annotations = annotate::annotate(&text);
    if explain {
        let name = line.id.as_str().map_or_else(|| line.id.to_string(), str::to_owned);
        return Ok(output::explained::explained(&name, &line.text, &annotations));
    }
    let mut answer = output::annotated::annotated("", &line.text, &annotations);
    answer["id"] = line.id;
    Ok(answer.to_string())
}
