//! `fuzz`: send what no host would send, and find what no server may do.

use std::{ffi::OsString, path::PathBuf, sync::Arc, time::Duration};

use clap::Args;

use super::{
    Environment,
    campaign_sinks::CampaignSinks,
    environment::Color,
    manual,
    outputs::Wishes,
    problem::Problem,
    secrets::Secrets,
    target::{Resolved, Target},
    test::{interrupted, runtime},
};
use crate::{
    checks::Registry,
    config::{self, Call, Revisions},
    fuzz::{Hunt, Order, STRATEGIES, Until},
    model::{Campaign, Exit},
    report::campaign,
    run::{Plan, Tools},
    sandbox::{Door, Sandbox, SandboxLevel},
    session::Limits,
    transport,
};

/// What a campaign takes, if nothing is said.
const TIME: Duration = Duration::from_secs(60);
const TIMEOUT: Duration = Duration::from_secs(10);
const STARTUP: Duration = Duration::from_secs(60);
/// The variable that nobody should ever see the value of.
const CANARY: &str = "LITMUS_CANARY_TOKEN";

const FUZZ: &str = "mcp-litmus fuzz [OPTIONS] -- COMMAND [ARGS]...
       mcp-litmus fuzz [OPTIONS] --url URL [-- COMMAND [ARGS]...]
       mcp-litmus fuzz [OPTIONS] --server NAME [--config FILE]
       mcp-litmus fuzz [OPTIONS] --demo";

/// Find the crash, the hang and the corrupted stdout of a server
///
/// Sends what no host would send, and listens for what no server may do. Each finding is made small, tried again in
/// fresh processes, and written as a suite that `mcp-litmus run` fails on until the bug is fixed. Calls only tools that
/// say that they only read, in a sandbox.
#[derive(Debug, Args)]
#[command(override_usage = FUZZ, after_long_help = manual::fuzz())]
pub struct Fuzz {
    #[command(flatten)]
    target: Target,
    /// How long, as 60s or 10m [default: 60s, unless `--messages` says how many]
    #[arg(long, value_name = "TIME", value_parser = config::duration, help_heading = "Campaign")]
    time: Option<Duration>,
    /// How many messages; with the same seed, a server that answers in order gets the same ones
    #[arg(long, value_name = "N", help_heading = "Campaign")]
    messages: Option<u64>,
    /// The seed of every random choice, to repeat a campaign; each prints its own
    #[arg(long, value_name = "N", help_heading = "Campaign")]
    seed: Option<u64>,
    /// Begin with the cases in this folder, and keep there what showed something new
    #[arg(long, value_name = "FOLDER", help_heading = "Campaign")]
    corpus: Option<PathBuf>,
    /// Use only this strategy; may be repeated
    #[arg(long, value_name = "STRATEGY", help_heading = "Campaign")]
    only: Vec<String>,
    /// End with the first finding that is confirmed
    #[arg(long, help_heading = "Campaign")]
    stop_on_finding: bool,
    /// How many processes of the server are fuzzed at once
    #[arg(short, long, value_name = "N", value_parser = config::jobs, default_value = "1", help_heading = "Campaign")]
    jobs: usize,
    /// The folder that findings are written to
    #[arg(long, value_name = "FOLDER", default_value = "litmus-findings", help_heading = "Campaign")]
    findings: PathBuf,
    /// What the server may do to this machine: `off` anything, `limits` only so much, `full` nothing outside of a folder of its own
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, help_heading = "Campaign")]
    sandbox: SandboxLevel,
    /// The protocol revision to speak: its date, or `newest` that the server speaks [default: newest]
    #[arg(long, value_name = "REVISION", help_heading = "Campaign")]
    revision: Option<Revisions>,
    /// Which tools may be called: none, read-only or all [default: read-only]
    #[arg(long, value_name = "WHICH", help_heading = "Campaign")]
    call: Option<Call>,
    /// The most that an answer is waited for, as 500ms or 10s [default: 10s]
    #[arg(long, value_name = "TIME", value_parser = config::duration, help_heading = "Campaign")]
    timeout: Option<Duration>,
    /// How long to wait for the first answer of a process [default: 60s]
    #[arg(long, value_name = "TIME", value_parser = config::duration, help_heading = "Campaign")]
    startup_timeout: Option<Duration>,
    /// Write a report: console, junit, json or sarif, to standard output or to a file; may be repeated
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = campaign::parse, help_heading = "Reports")]
    report: Vec<campaign::Request>,
    /// Cut nothing, list everything
    #[arg(short, long, help_heading = "Reports")]
    verbose: bool,
}

impl Fuzz {
    pub(super) fn carry_out(self, environment: &Environment, color: Color) -> Result<Exit, Problem> {
        self.known_strategies()?;
        let mut targets = self.target.resolve("fuzz", environment)?;
        let (Some(target), true) = (targets.pop(), targets.is_empty()) else {
            let message = "`fuzz` takes one server at a time; name it with `--server`";
            return Err(Problem::Usage(message.to_owned()));
        };
        let (target, sandbox, canary) = self.confine(target)?;
        let hidden = target.secrets.iter().chain(&environment.secrets);
        let secrets = Secrets::of(hidden.map(|(name, value)| (name.as_str(), value.as_str())));
        let wishes = Wishes { requests: self.report.clone(), secrets, color, verbose: self.verbose, live: true };
        let sinks = Arc::new(CampaignSinks::open(wishes, environment)?);
        let order = self.order(&target, sandbox.describe(), canary)?;
        let campaign = hunt(order, &sinks)?;
        drop(sandbox);
        sinks.finish(&campaign)?;
        Ok(campaign.exit())
    }

    fn known_strategies(&self) -> Result<(), Problem> {
        let known = || STRATEGIES.iter().map(|strategy| strategy.name);
        match self.only.iter().find(|name| !known().any(|known| known == *name)) {
            None => Ok(()),
            Some(name) => {
                let known = known().collect::<Vec<_>>().join(", ");
                Err(Problem::Usage(format!("there is no strategy `{name}`; `--only` takes {known}")))
            }
        }
    }

    /// The server in its sandbox, with a secret in its environment that no answer may show.
    fn confine(&self, mut target: Resolved) -> Result<(Resolved, Sandbox, String), Problem> {
        let own = std::env::current_exe().map_err(|error| Problem::Internal(format!("who am I: {error}")))?;
        let door = if target.remote.is_some() { Door::Http } else { Door::Stdio };
        let level = if target.launch.is_some() { self.sandbox } else { SandboxLevel::Off };
        let sandbox = Sandbox::prepare(level, &own, door).map_err(|error| Problem::Usage(error.to_string()))?;
        let canary = format!("litmus-canary-{:016x}", fastrand::u64(..));
        if let Some(launch) = &mut target.launch {
            launch.env.push((OsString::from(CANARY), OsString::from(&canary)));
            *launch = sandbox
                .wrap(launch)
                .map_err(|failure| Problem::Usage(format!("{}: {}", failure.what, failure.hint)))?;
        }
        Ok((target, sandbox, canary))
    }

    fn order(&self, target: &Resolved, sandbox: String, canary: String) -> Result<Order, Problem> {
        let file = &target.settings;
        let answer = self.timeout.or(file.timeout).unwrap_or(TIMEOUT);
        let startup = self.startup_timeout.or(file.startup_timeout).unwrap_or(STARTUP);
        let limits = Limits { startup, answer, ..Limits::default() };
        let tools = file.tools(self.call.or(file.call).unwrap_or_default());
        let registry = Arc::new(Registry::builtin()?);
        let plan = Plan {
            launcher: target.launcher(&limits)?,
            target: target.named(&[]),
            registry: Arc::clone(&registry),
            wanted: self.revision.or(file.revision).unwrap_or_default().into(),
            call: Tools { policy: tools.policy.into(), named: tools.calls },
            jobs: 1,
            limits,
            deny_warnings: false,
            seed: self.seed.unwrap_or_else(|| fastrand::u64(0..1_000_000)),
            wire: false,
        };
        let time = self.time.or(self.messages.is_none().then_some(TIME));
        Ok(Order {
            plan,
            registry,
            until: Until { time, messages: self.messages, finding: self.stop_on_finding },
            only: self.only.clone(),
            corpus: self.corpus.clone(),
            findings: self.findings.clone(),
            jobs: self.jobs,
            secret: canary,
            notes: vec![sandbox],
        })
    }
}

/// Hunt until the end, or until somebody presses Ctrl-C; what was found is kept in either case, and no process is left.
fn hunt(order: Order, sinks: &Arc<CampaignSinks>) -> Result<Campaign, Problem> {
    let listener = Arc::clone(sinks);
    let hunt = Hunt::new(order, move |event| listener.event(&event));
    let runtime = runtime()?;
    let was_interrupted = runtime.block_on(async {
        tokio::select! {
            // In this order: whoever interrupts has to be heard before the first process is started.
            biased;
            () = interrupted() => true,
            () = hunt.run() => false,
        }
    });
    transport::kill_all();
    runtime.shutdown_background();
    Ok(hunt.close(was_interrupted))
}
