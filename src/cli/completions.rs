//! `completions` and `man`: what a shell and a reader of manuals want, from the commands themselves.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Outcome, Program, kit};
use crate::error::{Error, Result};

/// Prints completions for a shell.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions zsh > ~/.zfunc/_onrecord
  onrecord completions fish > ~/.config/fish/completions/onrecord.fish")]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes a manual page for each command into a folder.
#[derive(Args)]
#[command(after_help = "Example:
  onrecord man ~/.local/share/man/man1          then: man onrecord-search")]
pub(super) struct ManArguments {
    /// The folder; it is made where it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(arguments: Arguments) -> Result<Outcome> {
    let mut written = Vec::new();
    clap_complete::generate(arguments.shell, &mut Program::command(), "onrecord", &mut written);
    let mut page = kit::page();
    page.write_all(&written).and_then(|()| page.flush()).map_err(kit::unwritten)?;
    Ok(Outcome::Found)
}

pub(super) fn run_man(arguments: ManArguments) -> Result<Outcome> {
    let folder = arguments.folder.as_path();
    let failed = |folder: &Path, cause| Error::io(folder, "the manual cannot be written", cause);
    std::fs::create_dir_all(folder).map_err(|cause| failed(folder, cause))?;
    clap_mangen::generate_to(Program::command(), folder).map_err(|cause| failed(folder, cause))?;
    Ok(Outcome::Found)
}
