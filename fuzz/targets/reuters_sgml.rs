//! Any bytes, read as reuters-sgml.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::read("reuters-sgml", bytes));
