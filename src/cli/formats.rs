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
pub(super) struct Arguments {}

pub(super) fn run(_: Arguments) -> Result<Outcome> {
    let mut page = kit::page();
    let formats = FORMATS.iter().map(|format| (format.name, format.doc));
    let containers = CONTAINERS.iter().map(|container| (container.name, container.doc));
    let written = writeln!(page, "formats").and_then(|()| {
        formats.into_iter().try_for_each(|(name, doc)| writeln!(page, "  {name:<14} {doc}"))
    });
    let written = written.and_then(|()| writeln!(page, "containers")).and_then(|()| {
        containers.into_iter().try_for_each(|(name, doc)| writeln!(page, "  {name:<14} {doc}"))
    });
    written.and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}
