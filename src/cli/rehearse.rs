//! `rehearse`: play the example servers of suites.

use std::path::PathBuf;

use clap::Args;

use super::{args::say, problem::Problem, selection::Selection, suites};
use crate::{checks::Registry, model::Exit, run};

/// Play the example servers of your suites
///
/// Each `yaml server pass` and `yaml server fail` block below a check is played from memory, and has to be judged as
/// it says. Ends with 0 when every one is, with 1 otherwise.
#[derive(Debug, Args)]
pub struct Rehearse {
    /// The suites; without any, the built-in chapters
    #[arg(value_name = "SUITE.md")]
    suites: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
}

impl Rehearse {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        let registry = if self.suites.is_empty() { Registry::builtin()? } else { suites::load(&self.suites)? };
        let registry = self.selection.of(registry)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Problem::Internal(format!("cannot start: {error}")))?;
        let played = runtime.block_on(run::rehearse(&registry));
        let wrong: Vec<String> =
            played.iter().filter(|play| !play.holds()).map(|play| play.describe() + "\n").collect();
        say(&wrong.concat());
        say(&format!("{} examples played, {} judged otherwise than they say\n", played.len(), wrong.len()));
        Ok(match (played.len(), wrong.is_empty()) {
            (0, _) => Exit::NothingTested,
            (_, true) => Exit::Clean,
            (_, false) => Exit::Findings,
        })
    }
}
