//! What `check` and `run` have in common: the run itself.

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use tokio::runtime::Runtime;

use super::{
    Environment,
    environment::Color,
    problem::Problem,
    secrets::Secrets,
    settings::{Given, Settled, beside},
    sinks::{Sinks, Wishes},
    target::{Resolved, Target},
};
use crate::{
    checks::Registry,
    model::Exit,
    run::{Plan, Tools, run},
    transport,
};

// The options of a run. No `///`: it would become the help of the command.
#[derive(Debug, Args)]
pub struct TestArgs {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    given: Given,
}

/// The checks for a server, whose file may name suites.
pub type Checks<'a> = &'a dyn Fn(&[PathBuf]) -> Result<Registry, Problem>;

impl TestArgs {
    /// Play the checks against each server that is meant, and report. The worst of their exit codes is that of all.
    pub fn test(
        self,
        subcommand: &str,
        checks: Checks<'_>,
        environment: &Environment,
        color: Color,
    ) -> Result<Exit, Problem> {
        let targets = self.target.resolve(subcommand, environment)?;
        let several = targets.len() > 1;
        let tests = targets.into_iter().map(|target| self.prepare(target, checks, several));
        let tests: Vec<Test> = tests.collect::<Result<_, _>>()?;
        let mut worst = Exit::Clean;
        for test in tests {
            let exit = test.play(environment, color, self.given.verbose)?;
            worst = worse(worst, exit);
            if exit == Exit::Interrupted {
                break;
            }
        }
        Ok(worst)
    }

    /// Everything that can be wrong before a server is started.
    fn prepare(&self, target: Resolved, checks: Checks<'_>, several: bool) -> Result<Test, Problem> {
        let mut settled = self.given.over(&target.settings, target.reports.clone());
        let registry = settled.selection.of(checks(&target.suites)?)?;
        if several {
            settled.keep_apart(target.name.as_deref().unwrap_or_default())?;
        }
        let heading = target.name.clone().filter(|_| several);
        Ok(Test { target, settled, registry, again: self.given.again(), heading })
    }
}

impl Settled {
    /// Give the reports of one server among several places of their own.
    fn keep_apart(&mut self, server: &str) -> Result<(), Problem> {
        for request in &mut self.reports {
            match &mut request.path {
                Some(path) => *path = beside(path, server),
                None if request.format.name == "console" => {}
                None => {
                    let name = request.format.name;
                    return Err(Problem::Usage(format!(
                        "several servers cannot share standard output as {name}; give each a file: \
                         `--report {name}=FILE`, into whose name that of the server is put"
                    )));
                }
            }
        }
        Ok(())
    }
}

/// One run, ready to begin.
struct Test {
    target: Resolved,
    settled: Settled,
    registry: Registry,
    again: Vec<String>,
    /// The name of the server, when there are several.
    heading: Option<String>,
}

impl Test {
    fn play(self, environment: &Environment, color: Color, verbose: bool) -> Result<Exit, Problem> {
        let Self { target, settled, registry, again, heading } = self;
        let plan = Plan {
            launcher: target.launcher(&settled.limits)?,
            target: target.named(&again),
            registry: Arc::new(registry),
            wanted: settled.revision.into(),
            call: Tools { policy: settled.tools.policy.into(), named: settled.tools.calls },
            jobs: settled.jobs,
            limits: settled.limits,
            deny_warnings: settled.deny_warnings,
            seed: settled.seed,
            wire: verbose,
        };
        let hidden = target.secrets.iter().chain(&environment.secrets);
        let secrets = Secrets::of(hidden.map(|(name, value)| (name.as_str(), value.as_str())));
        let wishes = Wishes { requests: settled.reports, secrets, color, verbose, live: true };
        let sinks = Arc::new(Sinks::open(wishes, environment)?);
        if let Some(name) = heading {
            sinks.heading(&name);
        }
        let exit = play(plan, &sinks)?;
        sinks.finish()?;
        Ok(exit)
    }
}

/// What runs everything: one thread, because the servers need the others.
pub(super) fn runtime() -> Result<Runtime, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Problem::Internal(format!("cannot start: {error}")))
}

/// Run until the end, or until somebody presses Ctrl-C; no process of the server is left in either case.
fn play(plan: Plan, sinks: &Arc<Sinks>) -> Result<Exit, Problem> {
    let runtime = runtime()?;
    let listener = Arc::clone(sinks);
    let exit = runtime.block_on(async move {
        tokio::select! {
            // In this order: whoever interrupts has to be heard before the first process is started.
            biased;
            () = interrupted() => {
                sinks.interrupted();
                Exit::Interrupted
            }
            exit = run(&plan, move |event| listener.event(event)) => exit,
            () = sinks.tick() => Exit::Internal,
        }
    });
    transport::kill_all();
    runtime.shutdown_background();
    Ok(exit)
}

#[cfg(unix)]
pub(super) async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut hangup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

#[cfg(not(unix))]
pub(super) async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}

/// The one of two codes that a pipeline has to hear of.
fn worse(one: Exit, other: Exit) -> Exit {
    const WORST_FIRST: [Exit; 7] = [
        Exit::Interrupted,
        Exit::Internal,
        Exit::Usage,
        Exit::Unreachable,
        Exit::Findings,
        Exit::NothingTested,
        Exit::Clean,
    ];
    WORST_FIRST.into_iter().find(|exit| [one, other].contains(exit)).unwrap_or(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_server_is_not_made_up_for_by_a_good_one() {
        assert_eq!(worse(Exit::Clean, Exit::Findings), Exit::Findings);
        assert_eq!(worse(Exit::Unreachable, Exit::Findings), Exit::Unreachable);
        assert_eq!(worse(Exit::NothingTested, Exit::Clean), Exit::NothingTested);
    }
}
