//! The command line: what was typed, to a plain request to the library, to a page.
//!
//! One file a command. Answers go to standard output, all else to standard error. Exit codes: 0
//! found or done, 1 nothing found, 2 an error.

mod annotate;
mod answer;
mod archive;
mod bench;
mod check;
mod collocates;
mod completions;
mod explain;
mod filters;
mod formats;
mod help;
mod history;
mod hits;
mod index;
mod kit;
mod memory;
mod parse;
mod people;
mod place;
mod progress;
mod repair;
mod said;
mod search;
mod show;
mod stats;
mod timeline;
mod watch;
mod watchlist;
mod why;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use clap::{Parser, Subcommand};

use crate::error::{Error, Kind, Result};

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Found, or done.
    Found,
    /// Nothing found.
    Nothing,
    /// Stopped by its user before the end; what was done is kept.
    Stopped,
}

/// The exit code of a program that Ctrl-C stopped, as shells know it: 128 and the signal's number.
const STOPPED: u8 = 130;

/// Search over news archives: who said what, and when.
#[derive(Parser)]
#[command(
    name = "onrecord",
    version,
    disable_help_subcommand = true,
    after_help = "Examples:
  onrecord index ~/wires                             read new and changed stories
  onrecord search 'speaker:vane \"port strike\"'       stories in which Vane speaks
  onrecord said 'speaker:vane port'                  her words, one by one
  onrecord help query                                the query language"
)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads new and changed stories into the index
    Index(index::Arguments),
    /// Keeps an index up to date with folders while stories come in
    Watch(watch::Arguments),
    /// Finds stories
    Search(search::Arguments),
    /// Finds statements: who said what
    Said(said::Arguments),
    /// Lists who speaks, and how often
    People(people::Arguments),
    /// Counts stories or statements over time
    Timeline(timeline::Arguments),
    /// Shows one story with its statements and dates marked
    Show(show::Arguments),
    /// Lists the versions of a story, and what changed from each to the next
    History(history::Arguments),
    /// Counts the words that stand near matches
    Collocates(collocates::Arguments),
    /// Keeps searches, and shows what is new to each
    Watchlist(watchlist::Arguments),
    /// Checks whether the index is whole, and up to date with its files
    Check(check::Arguments),
    /// Makes good what `check` finds wrong, from the files that were read
    Repair(repair::Arguments),
    /// Says what the index holds
    Stats(stats::Arguments),
    /// Prints a JSON line for each story as read, without an index
    Parse(parse::Arguments),
    /// Annotates texts: JSON lines in, JSON lines out
    Annotate(annotate::Arguments),
    /// Times each step on your own stories, beside tantivy alone
    Bench(bench::Arguments),
    /// Lists the formats and containers that are read
    Formats(formats::Arguments),
    /// Explains the query language and its fields
    Help(help::Arguments),
    /// Prints completions for a shell
    Completions(completions::Arguments),
    /// Writes a manual page for each command into a folder
    Man(completions::ManArguments),
}

impl Command {
    /// Whether it writes an index, and so holds much memory for a while.
    fn writes(&self) -> bool {
        match self {
            Self::Index(_) | Self::Watch(_) | Self::Repair(_) | Self::Bench(_) => true,
            Self::Search(arguments) => arguments.updates(),
            _ => false,
        }
    }

    fn run(self) -> Result<Outcome> {
        match self {
            Self::Index(arguments) => index::run(arguments),
            Self::Check(arguments) => check::run(arguments),
            Self::Repair(arguments) => repair::run(arguments),
            Self::Watch(arguments) => watch::run(arguments),
            Self::Search(arguments) => search::run(arguments),
            Self::Said(arguments) => said::run(arguments),
            Self::People(arguments) => people::run(arguments),
            Self::Timeline(arguments) => timeline::run(arguments),
            Self::Show(arguments) => show::run(arguments),
            Self::History(arguments) => history::run(arguments),
            Self::Collocates(arguments) => collocates::run(arguments),
            Self::Watchlist(arguments) => watchlist::run(arguments),
            Self::Stats(arguments) => stats::run(arguments),
            Self::Parse(arguments) => parse::run(arguments),
            Self::Annotate(arguments) => annotate::run(arguments),
            Self::Bench(arguments) => bench::run(arguments),
            Self::Formats(arguments) => formats::run(arguments),
            Self::Help(arguments) => help::run(arguments),
            Self::Completions(arguments) => completions::run(arguments),
            Self::Man(arguments) => completions::run_man(arguments),
        }
    }
}

/// Runs what was typed on the command line.
pub fn run() -> ExitCode {
    let place = silence_panics();
    let program = Program::parse();
    if program.command.writes() {
        memory::have_it_given_back();
    }
    let result = catch_unwind(AssertUnwindSafe(|| program.command.run()));
    let result = result.unwrap_or_else(|_| Err(fault(&place)));
    match result {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Stopped) => ExitCode::from(STOPPED),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            kit::tell_error(&error);
            ExitCode::from(2)
        }
    }
}

/// Where the last panic was, for the one message that reports it.
type PanicPlace = Arc<Mutex<String>>;

/// Keeps panics off the terminal: those of a parser or of a damaged index become errors of their
/// own, and what is left is reported by [`run`].
fn silence_panics() -> PanicPlace {
    let place = PanicPlace::default();
    let kept = Arc::clone(&place);
    std::panic::set_hook(Box::new(move |panic| {
        if let Ok(mut kept) = kept.lock() {
            *kept = panic.to_string();
        }
    }));
    place
}

fn fault(place: &PanicPlace) -> Error {
    let panic = place.lock().map(|place| place.clone()).unwrap_or_default();
    Error::new(Kind::Io, format!("onrecord met a fault of its own: {panic}"))
        .hint("please report it with the command that you typed; the index is as it was before")
}

/// Whether the reader of our output went away, as `head` does: no error.
fn is_broken_pipe(error: &Error) -> bool {
    let cause = std::error::Error::source(error);
    let cause = cause.and_then(|cause| cause.downcast_ref::<std::io::Error>());
    cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
