//! The bar that shows how far an ingest is: on a terminal only, on standard error.

use std::cell::Cell;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ingest::Watcher;

/// How often a second the bar is drawn at most.
const DRAWS_PER_SECOND: u8 = 8;
/// Bytes drive the bar and the time left: files differ in size a thousandfold.
const LINE: &str = "{bar:24} {percent:>3} %  {msg}  {decimal_bytes_per_sec}  {eta} left";

/// Shows an ingest to the person who waits for it; where standard error is no terminal, nothing.
pub(super) struct Bar {
    bar: ProgressBar,
    done: Cell<u64>,
    all: Cell<u64>,
}

impl Bar {
    /// Makes a bar that shows nothing yet.
    pub(super) fn new() -> Self {
        Self { bar: ProgressBar::hidden(), done: Cell::new(0), all: Cell::new(0) }
    }

    fn count(&self) {
        self.bar.set_message(format!("{} of {} files", self.done.get(), self.all.get()));
    }
}

impl Default for Bar {
    fn default() -> Self {
        Self::new()
    }
}

impl Watcher for Bar {
    fn begin(&self, files: u64, bytes: u64) {
        self.all.set(files);
        self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND));
        if let Ok(style) = ProgressStyle::with_template(LINE) {
            self.bar.set_style(style.progress_chars("=> "));
        }
        self.bar.set_length(bytes);
        self.count();
    }

    fn advance(&self, files: u64, bytes: u64) {
        self.done.set(self.done.get() + files);
        // A message costs an allocation; nobody reads every one of a thousand a second.
        if self.done.get().is_multiple_of(64) || bytes > 1 << 20 {
            self.count();
        }
        self.bar.inc(bytes);
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_counts_files_and_bytes() {
        let bar = Bar::new();
        bar.begin(2, 100);
        bar.advance(1, 60);
        bar.advance(1, 40);
        assert_eq!((bar.done.get(), bar.bar.position(), bar.bar.length()), (2, 100, Some(100)));
        bar.end();
    }

    #[test]
    fn the_line_of_the_bar_is_a_template_that_holds() {
        assert!(ProgressStyle::with_template(LINE).is_ok());
    }
}
