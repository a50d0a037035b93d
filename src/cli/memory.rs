//! Has memory that was freed given back to the machine.

/// How glibc's allocator is set, by mallopt(3)'s names in the environment: larger pieces are mapped and
/// unmapped one by one, and what is free at a heap's end is given back.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SETTINGS: [(&str, &str); 2] =
    [("MALLOC_MMAP_THRESHOLD_", "524288"), ("MALLOC_TRIM_THRESHOLD_", "4194304")];
/// See [`SETTINGS`]: how many heaps threads share. glibc would make eight a core.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const HEAPS: &str = "MALLOC_ARENA_MAX";
/// Heaps a core, and beside: about one for each thread. Where two threads that read happen to share one, each
/// waits for the other: with two heaps in all that took a third more time in every third run.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const HEAPS_A_CORE: usize = 2;
/// See [`HEAPS_A_CORE`].
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const HEAPS_BESIDE: usize = 4;

/// Starts the program again, in its own place, with the allocator set, unless it is.
///
/// Left to itself, glibc learns from the first large piece that is freed to keep such pieces, up to 64 MB
/// for each thread: with 400,000 stories it then holds twice what the program does. It reads its settings
/// at the start alone, and to change them later is `unsafe`; starting takes a millisecond.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn have_it_given_back() {
    use std::os::unix::process::CommandExt;

    let names = SETTINGS.iter().map(|(name, _)| *name).chain([HEAPS]);
    if names.into_iter().any(|name| std::env::var_os(name).is_some()) {
        return;
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let heaps = (HEAPS_A_CORE * cores + HEAPS_BESIDE).to_string();
    let mut typed = std::env::args_os();
    if let (Ok(program), Some(name)) = (std::env::current_exe(), typed.next()) {
        let mut again = std::process::Command::new(program);
        again.arg0(name).args(typed).envs(SETTINGS).env(HEAPS, heaps);
        // It comes back only where it failed: then the program goes on as it is.
        let _ = again.exec();
    }
}

/// Elsewhere the allocator gives memory back by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn have_it_given_back() {}
