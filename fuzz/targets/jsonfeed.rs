//! Any bytes, read as jsonfeed.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("jsonfeed", bytes));
