//! Any bytes, opened as mbox.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::open("mbox", bytes));
