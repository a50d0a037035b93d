//! Has memory that was freed given back to the machine.

/// How glibc's allocator is set, by mallopt(3)'s names in the environment: larger pieces are mapped and
/// unmapped one by one, what is free at a heap's end is given back, and threads share two heaps, so that
/// what one freed is there for others (one heap takes a sixth more time, one a thread a tenth more memory).
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SETTINGS: [(&str, &str); 3] = [
    ("MALLOC_MMAP_THRESHOLD_", "524288"),
    ("MALLOC_TRIM_THRESHOLD_", "4194304"),
    ("MALLOC_ARENA_MAX", "2"),
];

/// Starts the program again, in its own place, with the allocator set, unless it is.
///
/// Left to itself, glibc learns from the first large piece that is freed to keep such pieces, up to 64 MB
/// for each thread: with 400,000 stories it then holds twice what the program does. It reads its settings
/// at the start alone, and to change them later is `unsafe`; starting takes a millisecond.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn have_it_given_back() {
    use std::os::unix::process::CommandExt;

    if SETTINGS.iter().any(|(name, _)| std::env::var_os(name).is_some()) {
        return;
    }
    let mut typed = std::env::args_os();
    if let (Ok(program), Some(name)) = (std::env::current_exe(), typed.next()) {
        // It comes back only where it failed: then the program goes on as it is.
        let _ = std::process::Command::new(program).arg0(name).args(typed).envs(SETTINGS).exec();
    }
}

/// Elsewhere the allocator gives memory back by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn have_it_given_back() {}
