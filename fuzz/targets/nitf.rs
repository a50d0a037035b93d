//! Any bytes, read as nitf.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("nitf", bytes));
