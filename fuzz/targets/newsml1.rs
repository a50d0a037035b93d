//! Any bytes, read as newsml1.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("newsml1", bytes));
