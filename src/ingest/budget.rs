//! How the memory that `--memory` names is shared out, and who waits while it is spent.
//!
//! Three eighths are the backend's, three eighths for stories on their way, the rest is for the program
//! itself, the backend's merges and the one file that is being opened.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The share of `--memory` that the backend may take while it writes: three eighths. The larger it is, the
/// fewer segments there are, and the less time and room each takes.
const ARENA_SHARE: (usize, usize) = (3, 8);
/// The share that stories under way may take: three eighths. The rest is the program's own.
const IN_FLIGHT_SHARE: (usize, usize) = (3, 8);
/// How many bytes a byte of a file takes at most while it is under way: the entry, the text decoded
/// from it, the story, and what was found in it.
const BYTES_PER_BYTE: usize = 6;

/// Gives the bytes of the budget that a backend may take for itself while it writes.
pub fn arena(memory: usize) -> usize {
    let (part, of) = ARENA_SHARE;
    memory / of * part
}

/// How many bytes of files may be under way. A larger one goes alone.
pub(super) fn in_flight(memory: usize) -> usize {
    let (part, of) = IN_FLIGHT_SHARE;
    memory / of * part / BYTES_PER_BYTE
}

/// How many bytes may be under way at once.
pub(super) struct Budget {
    limit: usize,
    state: Mutex<Spent>,
    freed: Condvar,
}

#[derive(Default)]
struct Spent {
    bytes: usize,
    closed: bool,
}

impl Budget {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, state: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits until there is room; what is larger than all there is waits until it is alone. Says no
    /// when the budget was closed.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let mut spent = self.lock();
        while !spent.closed && spent.bytes > 0 && spent.bytes + bytes > self.limit {
            spent = self.freed.wait(spent).unwrap_or_else(PoisonError::into_inner);
        }
        spent.bytes += bytes;
        !spent.closed
    }

    pub(super) fn give_back(&self, bytes: usize) {
        self.lock().bytes -= bytes;
        self.freed.notify_all();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.freed.notify_all();
    }

    /// Closes the budget when what is given goes.
    pub(super) fn closing(&self) -> Closing<'_> {
        Closing(self)
    }

    fn lock(&self) -> MutexGuard<'_, Spent> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes a budget when it goes.
pub(super) struct Closing<'a>(&'a Budget);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_larger_than_the_budget_goes_alone() {
        let budget = Budget::new(10);
        assert!(budget.take(50));
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| budget.take(1));
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert!(!waiting.is_finished());
            budget.give_back(50);
            assert!(waiting.join().unwrap());
        });
    }

    #[test]
    fn nobody_waits_for_a_budget_that_is_closed() {
        let budget = Budget::new(10);
        assert!(budget.take(10));
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| budget.take(1));
            budget.close();
            assert!(!waiting.join().unwrap());
        });
    }

    #[test]
    fn the_shares_leave_room_for_the_program_itself() {
        let memory = 512 << 20_usize;
        assert!(arena(memory) + in_flight(memory) * BYTES_PER_BYTE <= memory / 8 * 7);
        assert!(in_flight(memory) >= 32 << 20);
    }
}
