//! Any text, read as a query.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| onrecord_fuzz::query(text));
