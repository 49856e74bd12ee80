//! What can be typed, and who carries it out.

use std::{ffi::OsString, io::Write, panic::AssertUnwindSafe, process::ExitCode};

use clap::{Parser, Subcommand, error::ErrorKind};

use super::{
    Environment, check, confine, dashes, demo, environment::Color, explain, fuzz, init, list, manual, problem::Problem,
    refusal::refusal, rehearse, report, schema, validate,
};
use crate::{model::Exit, sandbox::SUBCOMMAND};

/// Tells whether any host can rely on an MCP server, and what breaks
#[derive(Debug, Parser)]
#[command(name = "mcp-litmus", version, max_term_width = 100, after_long_help = manual::general(), after_help = manual::EXAMPLES)]
struct Args {
    #[command(subcommand)]
    command: Command,
    /// Colours: auto (on a terminal, unless `NO_COLOR` is set), always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Fuzz(fuzz::Fuzz),
    Init(init::Init),
    Run(check::Run),
    List(list::List),
    Explain(explain::Explain),
    Rehearse(rehearse::Rehearse),
    Demo(demo::Demo),
    Schema(schema::Schema),
    Report(report::Report),
    Validate(validate::Validate),
    #[command(name = SUBCOMMAND, hide = true)]
    Confine(confine::Confine),
}

/// Parse, carry out, and give the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let carried_out = || match Args::try_parse_from(&arguments) {
        // No person has written these words, and the server waits.
        Ok(Args { command: Command::Confine(command), .. }) => command.carry_out(),
        Ok(args) => match foreign(&arguments) {
            Some(first) => Err(dashes::forgotten(&arguments, first)),
            None => carry_out(args, environment),
        },
        Err(error) => refused(&error, &arguments),
    };
    // Nothing should panic; if something does, that is a bug of ours, and no finding against a server.
    let exit = std::panic::catch_unwind(AssertUnwindSafe(carried_out))
        .unwrap_or_else(|_| Err(Problem::Internal("this is a bug of mcp-litmus; please report it".to_owned())));
    exit.unwrap_or_else(|problem| {
        let _ = writeln!(std::io::stderr(), "error: {problem}");
        problem.exit()
    })
    .code()
    .into()
}

fn carry_out(args: Args, environment: &Environment) -> Result<Exit, Problem> {
    match args.command {
        Command::Check(command) => command.carry_out(environment, args.color),
        Command::Fuzz(command) => command.carry_out(environment, args.color),
        Command::Run(command) => command.carry_out(environment, args.color),
        Command::Init(command) => command.carry_out(),
        Command::List(command) => command.carry_out(),
        Command::Explain(command) => command.carry_out(),
        Command::Rehearse(command) => command.carry_out(),
        Command::Demo(command) => command.carry_out(),
        Command::Schema(command) => command.carry_out(),
        Command::Report(command) => command.carry_out(environment, args.color),
        Command::Validate(command) => command.carry_out(environment),
        Command::Confine(command) => command.carry_out(),
    }
}

/// Help and version are no errors.
fn refused(error: &clap::Error, arguments: &[OsString]) -> Result<Exit, Problem> {
    match (error.kind(), foreign(arguments)) {
        (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _) => {
            let _ = error.print();
            Ok(Exit::Clean)
        }
        (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) => {
            let _ = error.print();
            Ok(Exit::Usage)
        }
        (ErrorKind::UnknownArgument, Some(first)) => Err(dashes::forgotten(arguments, first)),
        _ => Err(Problem::Usage(refusal(error, arguments))),
    }
}

/// The place of the first word that is no option of ours and no suite, before `--`.
fn foreign(arguments: &[OsString]) -> Option<usize> {
    let end = arguments.iter().position(|word| word == "--").unwrap_or(arguments.len());
    let ends_foreign = |at: &usize| {
        let begins = Args::try_parse_from(arguments.iter().take(at + 1));
        begins.is_ok_and(|args| match args.command {
            Command::Check(command) => command.has_foreign_word(),
            Command::Run(command) => command.has_foreign_word(),
            _ => false,
        })
    };
    (2..end).find(ends_foreign)
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
