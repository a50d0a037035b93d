//! Any bytes, opened as gzip.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("gzip", bytes));
