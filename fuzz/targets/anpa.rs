//! Any bytes, read as anpa.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("anpa", bytes));
