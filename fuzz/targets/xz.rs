//! Any bytes, opened as xz.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("xz", bytes));
