//! `parse --explain`: what each entry was taken for and why, and where each field of its stories
//! stood.

use std::io::Write;

use super::Outcome;
use super::kit;
use crate::contract::Likeness;
use crate::error::Result;
use crate::ingest::{Explained, Request, explain};
use crate::model::{FIELDS, PublishedFrom, Story};

/// The longest value that is shown, in characters.
const LONGEST: usize = 60;

/// Explains every entry of a request.
pub(super) fn run(request: &Request) -> Result<Outcome> {
    let mut page = kit::page();
    let mut stories = 0;
    explain(request, &mut |explained| match explained {
        Ok(explained) => {
            stories += explained.stories.iter().flatten().count() as u64;
            write_entry(&mut page, &explained).map_err(kit::unwritten)
        }
        Err(problem) => {
            kit::tell(&problem.to_string());
            Ok(())
        }
    })?;
    page.flush().map_err(kit::unwritten)?;
    Ok(kit::outcome(stories))
}

fn write_entry(page: &mut dyn Write, explained: &Explained) -> std::io::Result<()> {
    match explained.member.as_str() {
        "" => writeln!(page, "{}", explained.path)?,
        member => writeln!(page, "{}: {member}", explained.path)?,
    }
    for (format, likeness) in &explained.likely {
        writeln!(page, "  {:<12} {:<9} {}", format.name, word(*likeness), format.signs)?;
    }
    match explained.read_as {
        Some(format) => writeln!(page, "  read as {}", format.name)?,
        None => writeln!(page, "  like no format that is known")?,
    }
    for (number, story) in explained.stories.iter().enumerate() {
        match story {
            Ok(story) => write_story(page, number + 1, story)?,
            Err(problem) => writeln!(page, "  {}: not read: {problem}", number + 1)?,
        }
    }
    Ok(())
}

fn word(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::No => "no",
        Likeness::Possible => "possible",
        Likeness::Likely => "likely",
        Likeness::Certain => "certain",
    }
}

fn write_story(page: &mut dyn Write, number: usize, story: &Story) -> std::io::Result<()> {
    writeln!(page, "  story {number}")?;
    let values = serde_json::to_value(story)?;
    for (name, _) in FIELDS.iter().filter(|(_, is_filled)| is_filled(story)) {
        let value = shown(&values[name]);
        let place = story.origins.of(name).or_else(|| settled(name, story)).unwrap_or("unknown");
        writeln!(page, "    {name:<10} {place:<32}  {value}")?;
    }
    Ok(())
}

/// What settled a field that the format did not fill.
fn settled(name: &str, story: &Story) -> Option<&'static str> {
    match (name, story.published_from?) {
        ("language", _) => Some("the words of the text"),
        ("published", PublishedFrom::Path) => Some("the file's path"),
        ("published", PublishedFrom::Option) => Some("--published"),
        ("published", PublishedFrom::FileTime) => Some("the file's time of modification"),
        ("published", PublishedFrom::Dateline) => Some("a day in the text"),
        ("published", PublishedFrom::Metadata) => Some("the metadata"),
        _ => None,
    }
}

/// A value on one line, cut where it is long.
fn shown(value: &serde_json::Value) -> String {
    let text = match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(|item| item.as_str()).collect();
            items.join("; ")
        }
        other => other.to_string(),
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let front: String = line.chars().take(LONGEST - 1).collect();
    format!("{}…", front.trim_end())
}
