//! `formats`: what is read.

use std::io::Write;

use clap::Args;

use super::Outcome;
use super::kit;
use crate::container::CONTAINERS;
use crate::error::Result;
use crate::format::FORMATS;

/// Lists the formats and containers that are read.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord formats                what is read, and by what each is told
  onrecord formats --json         a JSON line for each, for a program
  onrecord parse --explain FILE   what a file was taken for, and why")]
pub(super) struct Arguments {
    /// Write a JSON line for each
    #[arg(long)]
    json: bool,
    /// Write a table in Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// A line of the register.
struct Row {
    kind: &'static str,
    name: &'static str,
    doc: &'static str,
    signs: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    let formats = FORMATS.iter().map(|format| Row {
        kind: "format",
        name: format.name,
        doc: format.doc,
        signs: format.signs,
    });
    let containers = CONTAINERS.iter().map(|container| Row {
        kind: "container",
        name: container.name,
        doc: container.doc,
        signs: container.signs,
    });
    formats.chain(containers)
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let mut page = kit::page();
    let written = match (arguments.json, arguments.markdown) {
        (true, _) => rows().try_for_each(|row| write_json(&mut page, &row)),
        (_, true) => write_markdown(&mut page),
        _ => write_text(&mut page),
    };
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

fn write_json(page: &mut dyn Write, row: &Row) -> std::io::Result<()> {
    let line = serde_json::json!({
        "kind": row.kind, "name": row.name, "what": row.doc, "told_by": row.signs,
    });
    writeln!(page, "{line}")
}

fn write_markdown(page: &mut dyn Write) -> std::io::Result<()> {
    writeln!(page, "| name | what it is | told by |\n|---|---|---|")?;
    rows().try_for_each(|row| {
        let plain = |text: &str| text.replace('|', "\\|").replace('<', "\\<");
        writeln!(page, "| `{}` | {} | {} |", row.name, plain(row.doc), plain(row.signs))
    })
}

fn write_text(page: &mut dyn Write) -> std::io::Result<()> {
    let mut kind = "";
    for row in rows() {
        if row.kind != kind {
            kind = row.kind;
            writeln!(page, "{kind}s")?;
        }
        writeln!(page, "  {:<14} {}\n  {:<14} told by {}", row.name, row.doc, "", row.signs)?;
    }
    Ok(())
}
