//! The program: hands what was typed to the library.

fn main() {}
