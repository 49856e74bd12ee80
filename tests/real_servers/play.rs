//! One run of all built-in chapters against a server, in lines: which revisions it spoke, and what is wrong with it.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use libtest_mimic::Failed;
use mcp_litmus::{
    checks::Registry,
    model::{CheckResult, RunEvent, Verdict},
    run::{CallPolicy, Plan, run},
    session::Limits,
};

use crate::servers::Server;

/// Play, and give what was found, one line each, sorted.
pub fn play(server: &Server) -> Result<Vec<String>, Failed> {
    let plan = plan(server)?;
    let lines = Arc::new(Mutex::new(BTreeSet::new()));
    let listener = Arc::clone(&lines);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run(&plan, move |event| {
        let mut lines = listener.lock().unwrap_or_else(PoisonError::into_inner);
        lines.extend(line(&event));
    }));
    let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(lines.iter().cloned().collect())
}

fn plan(server: &Server) -> Result<Plan, Failed> {
    Ok(Plan {
        launcher: server.prepare()?,
        target: server.name.to_owned(),
        registry: Arc::new(Registry::builtin().map_err(|error| error.rendered.join("\n"))?),
        wanted: server.wanted,
        call: CallPolicy::ReadOnly.into(),
        jobs: 1,
        limits: Limits::default(),
        deny_warnings: false,
        seed: 1,
        wire: false,
    })
}

fn line(event: &RunEvent) -> Option<String> {
    match event {
        RunEvent::RunStarted(info) => Some(format!("spoke {}", info.revision)),
        RunEvent::CheckFinished(result) => complaint(result),
        RunEvent::Unreachable(unreachable) => Some(format!("unreachable: {}", unreachable.what)),
        _ => None,
    }
}

fn complaint(result: &CheckResult) -> Option<String> {
    if matches!(result.verdict, Verdict::Pass | Verdict::Skip) {
        return None;
    }
    let why = result.findings.first().map_or(&result.reason, |finding| &finding.because);
    Some(format!("{} {} {}: {why}", result.check, result.revision, result.verdict))
}
