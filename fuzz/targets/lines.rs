//! Any bytes, opened as lines.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("lines", bytes));
