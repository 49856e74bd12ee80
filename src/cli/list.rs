//! `list`: the catalogue, one check a line.

use std::path::PathBuf;

use clap::Args;

use super::{args::say, problem::Problem, selection::Selection, suites};
use crate::{checks::Registry, model::Exit, suite::Body};

/// List the checks
///
/// One line each: id, level, the protocol revisions that it applies to, title.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    selection: Selection,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    /// Suites to list instead of the built-in chapters
    #[arg(value_name = "SUITE.md")]
    suites: Vec<PathBuf>,
}

impl List {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        let registry = if self.suites.is_empty() { Registry::builtin()? } else { suites::load(&self.suites)? };
        let registry = self.selection.of(registry)?;
        say(&if self.json { json(&registry)? } else { table(&registry) });
        Ok(Exit::Clean)
    }
}

fn json(registry: &Registry) -> Result<String, Problem> {
    let infos: Vec<_> = registry.checks().iter().map(|check| &check.info).collect();
    let text = serde_json::to_string_pretty(&infos).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(text + "\n")
}

fn table(registry: &Registry) -> String {
    let width = registry.checks().iter().map(|check| check.info.id.as_str().len()).max().unwrap_or(0);
    let mut text = String::new();
    for check in registry.checks() {
        let info = &check.info;
        let (id, level, title) = (info.id.as_str(), info.level.as_str(), &info.title);
        text.push_str(&format!("{id:width$}  {level:10}  {:26}  {title}\n", info.revisions.to_string()));
    }
    let watches = registry.checks().iter().filter(|check| matches!(check.body, Body::Watch(_))).count();
    let all = registry.checks().len();
    text.push_str(&format!(
        "\n{all} checks, {watches} of which watch all traffic; `mcp-litmus explain ID` explains one\n"
    ));
    text
}
