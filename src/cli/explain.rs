//! `explain`: what a check wants and why; what a defect of a line is; what the exit codes mean.

use clap::Args;

use super::{args::say, problem::Problem};
use crate::{checks::Registry, model::Exit, suite::Check, wire::Defect};

/// Explain a check: what it wants, why, and which servers pass and fail it
#[derive(Debug, Args)]
pub struct Explain {
    /// A check, as `mcp-litmus list` names it; or `defects`, or `exit-codes`
    #[arg(value_name = "ID")]
    id: String,
}

impl Explain {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        let text = match self.id.as_str() {
            "defects" => defects(),
            "exit-codes" => exit_codes(),
            id => check(id)?,
        };
        say(&text);
        Ok(Exit::Clean)
    }
}

fn defects() -> String {
    Defect::ALL.iter().map(|defect| format!("{:20} {}\n", defect.name(), defect.explain())).collect()
}

fn exit_codes() -> String {
    Exit::TABLE.iter().map(|(exit, meaning)| format!("{:>3}  {meaning}\n", exit.code())).collect()
}

fn check(id: &str) -> Result<String, Problem> {
    let registry = Registry::builtin()?;
    if let Some(check) = registry.find(id) {
        return Ok(page(check));
    }
    let nearest = registry.nearest(id).map_or(String::new(), |near| format!("did you mean `{near}`? "));
    Err(Problem::Usage(format!("there is no check `{id}`; {nearest}`mcp-litmus list` names them all")))
}

/// The section of the chapter, with what follows from it.
fn page(check: &Check) -> String {
    let info = &check.info;
    let newest = info.revisions.iter().last();
    let mut text = format!("{}\n{}\n\n{}\n\n", info.id, info.title, info.about.trim());
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            text.push_str(&format!("{name:10} {value}\n"));
        }
    };
    row("level", info.level.to_string());
    row("revisions", info.revisions.to_string());
    row("needs", info.needs.join(", "));
    row("transports", info.transports.join(", "));
    row("says so", newest.and_then(|revision| info.spec_url(revision)).unwrap_or_default());
    row("proves", info.proves.join(", "));
    row("written in", info.source.to_string());
    row("try it", format!("mcp-litmus check --demo --only {}", info.id));
    text
}
