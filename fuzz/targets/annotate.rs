//! Any text, annotated.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| onrecord_fuzz::annotate(text));
