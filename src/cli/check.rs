//! `check`: the built-in chapters against a server. `run`: the user's own suites.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Environment, environment::Color, manual, problem::Problem, suites, test::TestArgs};
use crate::{checks::Registry, model::Exit};

/// Check a server against the specification
///
/// Starts the server, speaks to it as a host would, and judges everything that it says. Nothing has to be prepared:
/// what the server offers is found out. Calls only tools that say that they only read.
#[derive(Debug, Args)]
#[command(after_long_help = manual::check(), after_help = MORE)]
#[command(override_usage = "mcp-litmus check [OPTIONS] -- COMMAND [ARGS]...\n       mcp-litmus check [OPTIONS] --demo")]
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
#[command(
    override_usage = "mcp-litmus run [OPTIONS] SUITE.md... -- COMMAND [ARGS]...\n       mcp-litmus run [OPTIONS] SUITE.md... --demo"
)]
pub struct Run {
    /// The suites to play
    #[arg(required = true, value_name = "SUITE.md")]
    suites: Vec<PathBuf>,
    #[command(flatten)]
    test: TestArgs,
}

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
        self.test.test("check", Registry::builtin()?, environment, color)
    }
}

impl Run {
    /// Whether something stands behind the suites that looks like the command.
    pub(super) fn has_foreign_word(&self) -> bool {
        self.suites.iter().skip(1).any(|path| !is_suite(path) && !path.is_file())
    }

    pub(super) fn carry_out(self, environment: &Environment, color: Color) -> Result<Exit, Problem> {
        let named: Vec<_> = self.suites.iter().map(|path| path.display().to_string()).collect();
        self.test.test(&format!("run {}", named.join(" ")), suites::load(&self.suites)?, environment, color)
    }
}

fn is_suite(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}
