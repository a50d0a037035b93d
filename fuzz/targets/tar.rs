//! Any bytes, opened as tar.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("tar", bytes));
