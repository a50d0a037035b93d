//! Any bytes, read as ninjs.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("ninjs", bytes));
