//! Any bytes, read as newsmlg2.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("newsmlg2", bytes));
