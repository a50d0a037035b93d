//! `help`: the query language, its fields, and the commands.

use std::io::Write;

use clap::{Args, CommandFactory};

use super::{Outcome, Program, kit};
use crate::error::{Error, Kind, Result};
use crate::query;

/// Explains the query language and its fields.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord help                 the commands
  onrecord help query           the query language
  onrecord help fields          the fields of the query language")]
pub(super) struct Arguments {
    /// query, fields, or the name of a command
    topic: Option<String>,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let text = match arguments.topic.as_deref() {
        None => Program::command().render_long_help().to_string(),
        Some("query") => query::help::language(),
        Some("fields") => query::help::fields(),
        Some(command) => of_command(command)?,
    };
    writeln!(kit::page(), "{}", text.trim_end()).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

fn of_command(name: &str) -> Result<String> {
    let mut program = Program::command();
    match program.find_subcommand_mut(name) {
        Some(command) => Ok(command.render_long_help().to_string()),
        None => Err(Error::new(Kind::Usage, format!("there is no help on `{name}`"))
            .hint("there is help on `query`, `fields` and every command")),
    }
}
