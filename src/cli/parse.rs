//! `parse`: a JSON line for each story as read, without an index.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::explain;
use super::index::{ReadFlags, stop_at_interrupt};
use super::kit;
use crate::error::Result;
use crate::ingest;

/// Prints a JSON line for each story as read, without an index.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord parse ~/wires/0731.txt          what is read of a story
  onrecord parse ~/wires | jq .title       every headline
  onrecord parse --map title=kop,body=tekst.0 dump.jsonl
                                           JSON and tables with names of their own
  onrecord parse --explain odd.xml         what it was taken for and why, and where each field stood")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    read: ReadFlags,
    /// Say what each file was taken for and why, and where each field stood, instead of JSON
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let request = arguments.read.request(&arguments.paths);
    if arguments.explain {
        return explain::run(&request);
    }
    let stop = stop_at_interrupt()?;
    let mut page = kit::page();
    let mut stories = 0;
    ingest::parse(&request, &stop, &mut |read| {
        match read {
            Ok(story) => {
                stories += 1;
                serde_json::to_writer(&mut page, &story)
                    .map_err(std::io::Error::from)
                    .and_then(|()| writeln!(page))
                    .map_err(kit::unwritten)?;
            }
            Err(problem) => kit::tell(&problem.to_string()),
        }
        Ok(())
    })?;
    page.flush().map_err(kit::unwritten)?;
    Ok(kit::outcome(stories))
}
