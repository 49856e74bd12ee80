//! What `check` and `run` have in common: the options of a run, and the run itself.

use std::{sync::Arc, time::Duration};

use clap::{Args, ValueEnum};

use super::{
    Environment,
    environment::Color,
    problem::Problem,
    selection::Selection,
    sinks::{Sinks, Wishes},
    target::Target,
};
use crate::{
    checks::Registry,
    model::{Exit, Revision},
    report,
    run::{CallPolicy, Plan, Wanted, run},
    session::Limits,
    transport,
};

// The options of a run. No `///`: it would become the help of the command.
#[derive(Debug, Args)]
pub struct TestArgs {
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    selection: Selection,
    /// The protocol revision to speak: its date, `newest` or `all` that the server speaks
    #[arg(long, value_name = "REVISION", default_value = "newest", value_parser = wanted, help_heading = "Selection")]
    revision: Wanted,
    /// Which tools may be called
    ///
    /// Calling a tool may have effects. By default, only those are called that say of themselves that they only read
    /// (`readOnlyHint: true`).
    #[arg(long, value_name = "WHICH", default_value = "read-only", help_heading = "Selection")]
    call: Call,
    /// How many processes of the server may run beside the main one [default: one for each core]
    #[arg(short, long, value_name = "N", default_value_t = default_jobs(), hide_default_value = true)]
    #[arg(value_parser = jobs, help_heading = "Limits")]
    jobs: usize,
    /// How long to wait for an answer, as 500ms, 10s or 2m
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration, help_heading = "Limits")]
    timeout: Duration,
    /// How long to wait for the first answer of a process; longer, because installers are slow
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration, help_heading = "Limits")]
    startup_timeout: Duration,
    /// The seed of every random choice, to repeat a run; each run prints its own
    #[arg(long, value_name = "N", value_parser = seed, help_heading = "Limits")]
    seed: Option<u64>,
    /// Let `warnings` fail the run, too
    #[arg(long, value_name = "warnings", help_heading = "Reports", hide_possible_values = true)]
    deny: Option<Deny>,
    /// Write a report: console, junit, json or ndjson, to standard output or to a file; may be repeated
    ///
    /// One of them at most can go to standard output; it takes the place of what a person reads there.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = report::format::parse, help_heading = "Reports")]
    report: Vec<report::Request>,
    /// Show every check as it ends, and every line on the wire; cut nothing, list everything
    #[arg(short, long, help_heading = "Reports")]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Call {
    /// None
    None,
    /// Those that say that they only read
    ReadOnly,
    /// All of them
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings fail the run
    Warnings,
}

impl TestArgs {
    /// The options that change what a check finds, as the user would give them again.
    fn options(&self) -> Vec<String> {
        let call = self.call.to_possible_value().filter(|_| !matches!(self.call, Call::ReadOnly));
        let call = call.map(|call| format!("--call {}", call.get_name()));
        let given = |name: &str, time: Duration, default: u64| {
            (time != Duration::from_secs(default)).then(|| format!("--{name} {}ms", time.as_millis()))
        };
        let times = [given("timeout", self.timeout, 10), given("startup-timeout", self.startup_timeout, 60)];
        call.into_iter().chain(times.into_iter().flatten()).collect()
    }

    /// Play the checks, and report.
    pub fn test(
        self,
        subcommand: &str,
        registry: Registry,
        environment: &Environment,
        color: Color,
    ) -> Result<Exit, Problem> {
        let registry = self.selection.of(registry)?;
        let (launcher, target) = self.target.launcher(subcommand, &self.options())?;
        let secrets = self.target.secrets(environment);
        let plan = Plan {
            launcher,
            target,
            registry: Arc::new(registry),
            wanted: self.revision,
            call: self.call.into(),
            jobs: self.jobs,
            limits: Limits { startup: self.startup_timeout, answer: self.timeout, ..Limits::default() },
            deny_warnings: self.deny == Some(Deny::Warnings),
            seed: self.seed.unwrap_or_else(|| fastrand::u64(0..1_000_000)),
            wire: self.verbose,
        };
        let wishes = Wishes { requests: self.report, secrets, color, verbose: self.verbose, live: true };
        let sinks = Arc::new(Sinks::open(wishes, environment)?);
        let exit = play(plan, &sinks)?;
        sinks.finish()?;
        Ok(exit)
    }
}

/// Run until the end, or until somebody presses Ctrl-C; no process of the server is left in either case.
fn play(plan: Plan, sinks: &Arc<Sinks>) -> Result<Exit, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::Internal(format!("cannot start: {error}")))?;
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
async fn interrupted() {
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
async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}

impl From<Call> for CallPolicy {
    fn from(call: Call) -> Self {
        match call {
            Call::None => Self::None,
            Call::ReadOnly => Self::ReadOnly,
            Call::All => Self::All,
        }
    }
}

fn wanted(text: &str) -> Result<Wanted, String> {
    match text {
        "newest" => Ok(Wanted::Newest),
        "all" => Ok(Wanted::All),
        date => date.parse::<Revision>().map(Wanted::One).map_err(|error| format!("{error}, or `newest` or `all`")),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()));
    let factor = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        _ => return Err("write it as 500ms, 10s or 2m".to_owned()),
    };
    let seconds = number.parse::<f64>().ok().map(|number| number * factor).filter(|s| *s > 0.0 && *s <= 86_400.0);
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "write it as 500ms, 10s or 2m".to_owned())
}

fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|jobs| (1..=1024).contains(jobs)).ok_or_else(|| "write a number from 1 to 1024".to_owned())
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "write a number, the one that a run has printed".to_owned())
}

fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(1, 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!((duration("10"), duration("2m")), (Ok(Duration::from_secs(10)), Ok(Duration::from_secs(120))));
        for bad in ["", "0s", "-1s", "5 s", "1h", "inf", "nan"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
