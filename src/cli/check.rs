//! `check`: the built-in chapters against a server. `run`: the user's own suites.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Environment, environment::Color, manual, problem::Problem, shell, suites, test::TestArgs};
use crate::{checks::Registry, model::Exit};

/// Check a server against the specification
///
/// Starts the server, speaks to it as a host would, and judges everything that it says. Nothing has to be prepared:
/// what the server offers is found out. Calls only tools that say that they only read.
#[derive(Debug, Args)]
#[command(after_long_help = manual::check(), after_help = MORE)]
#[command(override_usage = CHECK)]
pub struct Check {
    #[arg(hide = true)]
    stray: Vec<String>,
    #[command(flatten)]
    test: TestArgs,
}

/// Run suites of your own against a server
///
/// A suite is a Markdown file; docs/suites.md describes it, and `mcp-litmus schema suite` prints the schema for your
/// editor.
#[derive(Debug, Args)]
#[command(after_long_help = manual::run(), after_help = MORE)]
#[command(override_usage = RUN)]
pub struct Run {
    /// The suites to play; without any, those that litmus.toml names for the server
    #[arg(value_name = "SUITE.md")]
    suites: Vec<PathBuf>,
    #[command(flatten)]
    test: TestArgs,
}

const CHECK: &str = "mcp-litmus check [OPTIONS] -- COMMAND [ARGS]...
       mcp-litmus check [OPTIONS] --url URL [-- COMMAND [ARGS]...]
       mcp-litmus check [OPTIONS] --server NAME [--config FILE]
       mcp-litmus check [OPTIONS] --demo";
const RUN: &str = "mcp-litmus run [OPTIONS] SUITE.md... -- COMMAND [ARGS]...
       mcp-litmus run [OPTIONS] SUITE.md... --url URL [-- COMMAND [ARGS]...]
       mcp-litmus run [OPTIONS] [SUITE.md]... --server NAME [--config FILE]
       mcp-litmus run [OPTIONS] SUITE.md... --demo";
const MORE: &str = "`--help` says more, of verdicts, exit codes and reports too.";

impl Check {
    /// Whether something is named that is neither an option nor the command.
    pub(super) fn has_foreign_word(&self) -> bool {
        self.stray.iter().any(|word| !is_suite(Path::new(word)))
    }

    pub(super) fn carry_out(self, environment: &Environment, color: Color) -> Result<Exit, Problem> {
        if let Some(suite) = self.stray.first() {
            let message = "`check` plays the built-in chapters, and takes no suite";
            return Err(Problem::Usage(format!("{message}\n  try: mcp-litmus run {suite} -- node server.js")));
        }
        self.test.test("check", &|_| Ok(Registry::builtin()?), environment, color)
    }
}

impl Run {
    /// Whether something stands behind the suites that looks like the command.
    pub(super) fn has_foreign_word(&self) -> bool {
        self.suites.iter().skip(1).any(|path| !is_suite(path) && !path.is_file())
    }

    pub(super) fn carry_out(self, environment: &Environment, color: Color) -> Result<Exit, Problem> {
        let named: Vec<_> = self.suites.iter().map(|path| shell::quoted(&path.to_string_lossy())).collect();
        let named = if named.is_empty() { "suite.md".to_owned() } else { named.join(" ") };
        let load = |of_file: &[PathBuf]| {
            let paths = if self.suites.is_empty() { of_file } else { &self.suites };
            if paths.is_empty() {
                let message = "no suite is named; name one, or `suites` in litmus.toml";
                return Err(Problem::Usage(format!("{message}\n  try: mcp-litmus run suite.md -- node server.js")));
            }
            suites::load(paths)
        };
        self.test.test(&format!("run {named}"), &load, environment, color)
    }
}

fn is_suite(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}
