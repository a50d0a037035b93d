//! The program: hands what was typed to the library.

fn main() -> std::process::ExitCode {
    onrecord::cli::run()
}
