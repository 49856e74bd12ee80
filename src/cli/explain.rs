//! `explain`: what a check wants and why; what verdicts, exit codes, reports and defects of a line are.

use clap::Args;

use super::{args::say, manual, problem::Problem, selection::nearest};
use crate::{
    checks::{CHAPTERS, Registry},
    model::Exit,
    suite::Check,
};

/// Explain a check: what it wants, why, and which servers pass and fail it
///
/// Shows the section of the chapter: the explanation, the sentence of the specification, the script, and the example
/// servers that it has to tell apart.
#[derive(Debug, Args)]
pub struct Explain {
    /// A check, as `mcp-litmus list` names it; or `verdicts`, `exit-codes`, `reports`, `defects`
    #[arg(value_name = "ID")]
    id: String,
}

impl Explain {
    pub(super) fn carry_out(self) -> Result<Exit, Problem> {
        let topic = manual::TOPICS.iter().find(|(name, _)| *name == self.id);
        say(&topic.map_or_else(|| check(&self.id), |(_, topic)| Ok(topic()))?);
        Ok(Exit::Clean)
    }
}

fn check(id: &str) -> Result<String, Problem> {
    let registry = Registry::builtin()?;
    if let Some(check) = registry.find(id) {
        return Ok(page(check));
    }
    let meant = match nearest(id, &registry) {
        Some(chapter) if chapter.ends_with("/*") => {
            format!("`{id}` is a chapter\n  try: mcp-litmus list --only '{chapter}'")
        }
        Some(near) => format!("there is no check `{id}`; did you mean `{near}`?\n  try: mcp-litmus explain {near}"),
        None => format!("there is no check `{id}`\n  try: mcp-litmus list"),
    };
    Err(Problem::Usage(meant))
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
    text + "\n" + &script(check)
}

/// The blocks of the section: what is sent, what is expected, and the servers that pass and fail it.
fn script(check: &Check) -> String {
    let source = &check.info.source;
    let chapter = CHAPTERS.iter().find(|chapter| *chapter.file == *source.file).map_or("", |chapter| chapter.text);
    let lines = chapter.lines().skip(source.line as usize).take_while(|line| !line.starts_with("## "));
    let blocks = lines.skip_while(|line| !line.starts_with("```"));
    let text: String = blocks.map(|line| format!("{line}\n")).collect();
    text.trim_end().to_owned() + "\n"
}
