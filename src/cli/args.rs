//! What can be typed, and who carries it out.

use std::{ffi::OsString, io::Write, process::ExitCode};

use clap::{Parser, Subcommand, error::ErrorKind};

use super::{Environment, check, demo, environment::Color, explain, list, problem::Problem, rehearse, report, schema};
use crate::model::Exit;

/// Tells whether any host can rely on an MCP server, and what breaks
#[derive(Debug, Parser)]
#[command(name = "mcp-litmus", version, max_term_width = 100, after_long_help = exit_codes(), after_help = EXAMPLES)]
struct Args {
    #[command(subcommand)]
    command: Command,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  mcp-litmus check -- node server.js            check a server that is started with a command
  mcp-litmus check --demo --revision all        see it at work on the built-in server
  mcp-litmus explain tools/unknown-tool         what a check wants, and why";

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a server against the specification
    Check(check::Check),
    /// Run suites of your own against a server
    Run(check::Run),
    /// List the checks
    List(list::List),
    /// Explain a check: what it wants, why, and which servers pass and fail it
    Explain(explain::Explain),
    /// Play the example servers of your suites
    Rehearse(rehearse::Rehearse),
    /// Be a server: correct in every revision, wrong on demand
    Demo(demo::Demo),
    /// Print the JSON Schema of a file format
    Schema(schema::Schema),
    /// Render the events of a run again
    Report(report::Report),
}

/// Parse, carry out, and give the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let exit = match Args::try_parse_from(arguments) {
        Ok(args) => carry_out(args, environment),
        Err(error) => return refused(&error),
    };
    match exit {
        Ok(exit) => exit.code().into(),
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "mcp-litmus: {problem}");
            problem.exit().code().into()
        }
    }
}

fn carry_out(args: Args, environment: &Environment) -> Result<Exit, Problem> {
    match args.command {
        Command::Check(command) => command.carry_out(environment, args.color),
        Command::Run(command) => command.carry_out(environment, args.color),
        Command::List(command) => command.carry_out(),
        Command::Explain(command) => command.carry_out(),
        Command::Rehearse(command) => command.carry_out(),
        Command::Demo(command) => command.carry_out(),
        Command::Schema(command) => Ok(command.carry_out()),
        Command::Report(command) => command.carry_out(environment, args.color),
    }
}

/// Help and version are no errors.
fn refused(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => Exit::Usage.code().into(),
    }
}

fn exit_codes() -> String {
    let rows = Exit::TABLE.map(|(exit, meaning)| format!("  {:>3}  {meaning}\n", exit.code()));
    format!("{EXAMPLES}\n\nExit codes:\n{}", rows.concat())
}

/// Print to standard output; whoever closes it early has read enough.
pub(super) fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Args::command().debug_assert();
    }
}
