//! Any bytes, opened as bzip2.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("bzip2", bytes));
