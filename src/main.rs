//! Reads the environment once, parses, runs, exits.

use std::process::ExitCode;

use mcp_litmus::cli::{self, Environment};

fn main() -> ExitCode {
    cli::main(std::env::args_os(), &Environment::read())
}
