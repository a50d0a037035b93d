//! Any bytes, opened as zstd.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("zstd", bytes));
