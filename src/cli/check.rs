//! `check`: the built-in chapters against a server. `run`: the user's own suites.

use std::path::PathBuf;

use clap::Args;

use super::{Environment, environment::Color, problem::Problem, suites, test::TestArgs};
use crate::{checks::Registry, model::Exit};

/// Check a server against the specification
///
/// Starts the server, speaks to it as a host would, and judges everything that it says. Nothing has to be prepared:
/// what the server offers is found out. Calls only tools that say that they only read.
#[derive(Debug, Args)]
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
#[command(override_usage = "mcp-litmus run [OPTIONS] SUITE.md... -- COMMAND [ARGS]...")]
pub struct Run {
    /// The suites
    #[arg(required = true, value_name = "SUITE.md")]
    suites: Vec<PathBuf>,
    #[command(flatten)]
    test: TestArgs,
}

impl Check {
    pub(super) fn carry_out(self, environment: &Environment, color: Color) -> Result<Exit, Problem> {
        if !self.stray.is_empty() {
            let words = self.stray.join(" ");
            return Err(Problem::Usage(format!(
                "the command that starts the server goes behind `--`: `mcp-litmus check -- {words}`"
            )));
        }
        self.test.test("check", Registry::builtin()?, environment, color)
    }
}

impl Run {
    pub(super) fn carry_out(self, environment: &Environment, color: Color) -> Result<Exit, Problem> {
        self.test.test("run SUITE.md", suites::load(&self.suites)?, environment, color)
    }
}
