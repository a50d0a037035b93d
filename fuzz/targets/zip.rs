//! Any bytes, opened as zip.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("zip", bytes));
