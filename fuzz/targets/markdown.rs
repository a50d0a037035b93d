//! Any bytes, read as markdown.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("markdown", bytes));
