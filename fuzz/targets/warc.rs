//! Any bytes, opened as warc.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("warc", bytes));
