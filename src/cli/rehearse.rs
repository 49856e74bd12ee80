//! `rehearse`: play the example servers of suites.

use std::path::PathBuf;

use clap::Args;

use super::{args::say, problem::Problem, suites};
use crate::{checks::Registry, model::Exit, run};

/// Play the example servers of your suites
///
/// Each `yaml server pass` and `yaml server fail` block below a check is played from memory, and has to be judged as
/// it says. Without a file, the built-in chapters are played.
#[derive(Debug, Args)]
pub struct Rehearse {
    /// The suites
    #[arg(value_name = "SUITE.md")]
    suites: Vec<PathBuf>,
    /// Only checks whose id fits; `*` stands for any text
    #[arg(long, value_name = "GLOB")]
    only: Vec<String>,
}

impl Rehearse {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        let registry = if self.suites.is_empty() {
            Registry::builtin()?
        } else {
            suites::load(&self.suites)?
        };
        let registry = registry.select(&self.only, &[]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Problem::Internal(format!("cannot start: {error}")))?;
        let (played, wrong) = runtime.block_on(play(&registry));
        say(&wrong.concat());
        say(&format!(
            "{} examples played, {} judged otherwise than they say\n",
            played,
            wrong.len()
        ));
        Ok(match (played, wrong.is_empty()) {
            (0, _) => Exit::NothingTested,
            (_, true) => Exit::Clean,
            (_, false) => Exit::Findings,
        })
    }
}

async fn play(registry: &Registry) -> (usize, Vec<String>) {
    let (mut played, mut wrong) = (0, Vec::new());
    for check in registry.checks() {
        for example in &check.examples {
            for rehearsal in run::rehearse(check, example).await {
                played += 1;
                if !rehearsal.holds() {
                    let (file, line) = (&check.info.source.file, example.line);
                    wrong.push(format!(
                        "{file}:{line}: {}: {}\n",
                        check.info.id,
                        rehearsal.describe()
                    ));
                }
            }
        }
    }
    (played, wrong)
}
