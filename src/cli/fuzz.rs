//! `fuzz`: find what no host would send and no server should stumble over.

use std::{path::PathBuf, sync::Arc, time::Duration};

use clap::Args;

use super::{Environment, environment::Color, problem::Problem, settings::Given, target::Target};
use crate::{
    checks::Registry,
    config,
    fuzz::{Hunt, Order, Until},
    model::{Exit, campaign::Kind},
    run::{Plan, Tools},
    transport,
};

/// Fuzz a server: find the crash, the hang and the corrupted stdout
///
/// Sends what no host would send, listens for what no server may do, and writes each finding as a suite that fails until
/// the bug is fixed. Calls only tools that say that they only read.
#[derive(Debug, Args)]
#[command(override_usage = "mcp-litmus fuzz [OPTIONS] -- COMMAND [ARGS]...")]
pub struct Fuzz {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    given: Given,
    /// How long, as 60s or 10m [default: 60s, unless `--messages` is given]
    #[arg(long, value_name = "TIME", value_parser = config::duration, help_heading = "Campaign")]
    time: Option<Duration>,
    /// How many messages
    #[arg(long, value_name = "N", help_heading = "Campaign")]
    messages: Option<u64>,
    /// End with the first finding that is confirmed
    #[arg(long, help_heading = "Campaign")]
    stop_on_finding: bool,
    /// Where cases that showed something new are kept, for the next time
    #[arg(long, value_name = "FOLDER", help_heading = "Campaign")]
    corpus: Option<PathBuf>,
    /// Use only this strategy; may be repeated
    #[arg(long = "strategy", value_name = "STRATEGY", help_heading = "Campaign")]
    strategies: Vec<String>,
    /// Where findings are written
    #[arg(long, value_name = "FOLDER", default_value = "litmus-findings", help_heading = "Campaign")]
    findings: PathBuf,
}

impl Fuzz {
    pub(super) fn carry_out(self, environment: &Environment, _color: Color) -> Result<Exit, Problem> {
        let targets = self.target.resolve("fuzz", environment)?;
        let Some(target) = targets.into_iter().next() else { return Ok(Exit::NothingTested) };
        let settled = self.given.over(&target.settings, target.reports.clone());
        let time = self.time.or(self.messages.is_none().then_some(Duration::from_secs(60)));
        let registry = Arc::new(Registry::builtin()?);
        let plan = Plan {
            launcher: target.launcher(&settled.limits)?,
            target: target.named(&self.given.again()),
            registry: Arc::clone(&registry),
            wanted: settled.revision.into(),
            call: Tools { policy: settled.tools.policy.into(), named: settled.tools.calls },
            jobs: settled.jobs,
            limits: settled.limits,
            deny_warnings: false,
            seed: settled.seed,
            wire: false,
        };
        let order = Order {
            plan,
            registry,
            until: Until { time, messages: self.messages, finding: self.stop_on_finding },
            only: self.strategies,
            corpus: self.corpus,
            findings: self.findings,
            jobs: settled.jobs,
            secret: "litmus-canary".to_owned(),
            notes: Vec::new(),
        };
        let hunt = Hunt::new(order, |event| match event {
            crate::model::CampaignEvent::Found(found) => {
                eprintln!("found {} {} ({:?}) {}", found.kind, found.key, found.tried, found.title)
            }
            _ => {}
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Problem::Internal(format!("cannot start: {error}")))?;
        let interrupted = runtime.block_on(async {
            tokio::select! {
                biased;
                () = super::test::interrupted() => Ok(true),
                ended = hunt.run() => ended.map(|()| false),
            }
        });
        transport::kill_all();
        let interrupted = interrupted.map_err(|unknown| Problem::Usage(format!("{unknown:?}")))?;
        let campaign = hunt.close(interrupted);
        println!(
            "{} messages in {:.1} s, {:?}, behaviours {}, corpus {}, processes {}",
            campaign.messages,
            campaign.seconds,
            Kind::ALL.iter().zip(campaign.pulse.findings).collect::<Vec<_>>(),
            campaign.pulse.behaviours,
            campaign.pulse.corpus,
            campaign.pulse.processes
        );
        for finding in &campaign.findings {
            println!(
                "{} {} confirmed {} size {:?} {:?} {}",
                finding.kind, finding.key, finding.confirmed, finding.size, finding.reproducer, finding.because
            );
        }
        println!("{:?} {:?}", campaign.strategies, campaign.notes);
        Ok(campaign.exit())
    }
}
