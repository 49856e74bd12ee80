//! One revision, from the first message to the last: the tour, the shared checks, the isolated ones, the watches.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    CallPolicy, Plan, isolated,
    plan::Ground,
    player::Player,
    tour::tour,
    watches::{Emit, Watches},
};
use crate::{
    checks::{Judgement, code},
    model::{CheckResult, Finding, Revision, RunEvent, RunInfo, Severity, Skip},
    session::{Greeting, Observer, Session, Settings},
    suite::{Action, Body, Check, SessionKind, Step},
};

/// A check with what came of it.
pub(super) struct Played {
    pub(super) check: Check,
    pub(super) judgement: Judgement,
    pub(super) took: Duration,
}

/// One conversation, with all that it needs.
pub(super) struct Conversation<'a> {
    pub(super) plan: &'a Plan,
    pub(super) watches: &'a Arc<Watches>,
    pub(super) emit: &'a Emit,
    pub(super) main: Session,
    greeting: Greeting,
    restarts: usize,
}

/// How often a server that died is started again for the checks that are left.
const RESTARTS: usize = 8;

impl<'a> Conversation<'a> {
    pub(super) fn new(plan: &'a Plan, watches: &'a Arc<Watches>, emit: &'a Emit, main: Session) -> Option<Self> {
        let greeting = main.greeting.clone()?;
        Some(Self { plan, watches, emit, main, greeting, restarts: 0 })
    }

    /// Play everything that applies, and tell what came of it.
    pub(super) async fn hold(mut self) -> Vec<CheckResult> {
        self.announce();
        let (mut shared, isolated) = self.applying();
        let observer: Arc<dyn Observer> = Arc::clone(self.watches) as Arc<dyn Observer>;
        let mut apart = isolated::start(self.plan, isolated, self.main.revision(), &observer);
        if self.has_watches() {
            tour(&mut self.main, self.plan.call).await;
        }
        // What may break the process comes last, so that the others find it whole.
        shared.sort_by_key(is_hostile);
        let mut results = Vec::new();
        for check in shared {
            let played = self.shared(check).await;
            results.push(self.finish(&played));
        }
        if self.main.is_open() {
            self.main.close().await;
        }
        while let Some(played) = apart.join_next().await {
            match played {
                Ok(played) => results.push(self.finish(&played)),
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            }
        }
        results.extend(self.watched());
        results
    }

    fn announce(&self) {
        (self.emit)(RunEvent::RunStarted(RunInfo {
            revision: self.main.revision(),
            transport: self.main.transport.to_owned(),
            server: self.greeting.server.clone(),
            capabilities: self.greeting.capabilities.clone(),
            startup_ms: u64::try_from(self.greeting.startup.as_millis()).unwrap_or(u64::MAX),
        }));
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            revision: self.main.revision(),
            transport: self.main.transport,
            capabilities: &self.greeting.capabilities,
        }
    }

    /// The scripts of this revision: those that share the session, and those that do not.
    fn applying(&self) -> (Vec<Check>, Vec<Check>) {
        let revision = self.main.revision();
        let all = self.plan.registry.checks().iter();
        all.filter(|check| check.info.revisions.contains(revision))
            .filter(|check| !matches!(check.body, Body::Watch(_)))
            .cloned()
            .partition(|check| check.session == SessionKind::Shared || self.ground().refuses(&check.info).is_some())
    }

    fn has_watches(&self) -> bool {
        let revision = self.main.revision();
        let mut all = self.plan.registry.checks().iter();
        all.any(|check| matches!(check.body, Body::Watch(_)) && check.info.revisions.contains(revision))
    }

    async fn shared(&mut self, check: Check) -> Played {
        let began = Instant::now();
        (self.emit)(RunEvent::CheckStarted {
            check: check.info.id.clone(),
            revision: self.main.revision(),
            planned: self.plan.registry.checks().len(),
        });
        let judgement = match self.ground().refuses(&check.info) {
            Some((skip, reason)) => Judgement::skipped(skip, reason),
            None => self.play(&check).await,
        };
        Played { check, judgement, took: began.elapsed() }
    }

    async fn play(&mut self, check: &Check) -> Judgement {
        if !self.main.is_open()
            && let Err(why) = self.restart().await
        {
            return Judgement::skipped(Skip::NotExercised, why);
        }
        let from = self.main.mark();
        self.main.release();
        let mut judgement = play(&mut self.main, check, self.plan.call, &nonce(self.plan.seed, check)).await;
        if !self.main.is_open() && judgement.findings.is_empty() {
            judgement.find(Finding {
                severity: Severity::Fail,
                expected: "the server goes on serving".to_owned(),
                got: self.main.ending().await,
                because: "whatever was asked of it, the conversation is lost".to_owned(),
                place: check.info.source.to_string(),
                count: 1,
                transcript: self.main.since(from),
            });
        } else if !judgement.findings.is_empty() && self.main.alive().await.result().is_none() {
            self.main.shutdown().await;
        }
        judgement
    }

    /// A server that is gone is started again, but not for ever.
    async fn restart(&mut self) -> Result<(), String> {
        if self.restarts == RESTARTS {
            return Err(format!("the server died {RESTARTS} times before; it is not started again"));
        }
        self.restarts += 1;
        let connection = (self.plan.launcher)().map_err(|failure| failure.what)?;
        let settings = Settings::new("main", self.main.revision(), self.plan.limits.clone());
        let mut next = Session::begin(connection, settings, Arc::clone(self.watches) as Arc<dyn Observer>);
        if let Err(failure) = next.greet().await {
            return Err(next.unreachable(&failure).await.what);
        }
        self.main = next;
        Ok(())
    }

    fn finish(&self, played: &Played) -> CheckResult {
        let result = self.result(&played.check, &played.judgement, played.took);
        (self.emit)(RunEvent::CheckFinished(result.clone()));
        result
    }

    fn watched(&self) -> Vec<CheckResult> {
        let judgements = self.watches.judgements(&self.ground());
        let finish = |(check, judgement): (&Check, Judgement)| {
            let result = self.result(check, &judgement, Duration::ZERO);
            (self.emit)(RunEvent::CheckFinished(result.clone()));
            result
        };
        judgements.into_iter().map(finish).collect()
    }

    fn result(&self, check: &Check, judgement: &Judgement, took: Duration) -> CheckResult {
        result(check, judgement, took, self.main.revision(), self.main.transport)
    }
}

/// A judgement as the world is told of it.
pub(super) fn result(
    check: &Check,
    judgement: &Judgement,
    took: Duration,
    revision: Revision,
    transport: &str,
) -> CheckResult {
    let (skip, reason) = judgement.reason();
    CheckResult {
        check: check.info.id.clone(),
        title: check.info.title.to_string(),
        level: check.info.level,
        verdict: judgement.verdict(),
        reason,
        skip,
        revision,
        transport: transport.to_owned(),
        duration_ms: (took.as_secs_f64() * 1e6).round() / 1e3,
        judged: judgement.judged,
        findings: judgement.findings.clone(),
        spec: check.info.spec_url(revision),
        source: check.info.source.clone(),
    }
}

/// Play a check on a session; the client capabilities that it asks for hold as long as it lasts.
pub(super) async fn play(session: &mut Session, check: &Check, call: CallPolicy, nonce: &str) -> Judgement {
    let before = check.client.clone().map(|client| session.declare(client));
    let judgement = match &check.body {
        Body::Script(steps) => Player::new(session, check, call, nonce).play(steps).await,
        Body::Code(name) => match code::find(name) {
            Some(code) => code(session, check.info.level).await,
            None => Judgement::broken(format!("there is no code `{name}`")),
        },
        Body::Watch(_) => Judgement::broken("a watch is not played"),
    };
    if let Some(before) = before {
        session.declare(before);
    }
    judgement
}

/// Text that is the same for the same check and seed, and no other.
pub(super) fn nonce(seed: u64, check: &Check) -> String {
    let mut hasher = DefaultHasher::new();
    (seed, check.info.id.as_str()).hash(&mut hasher);
    format!("{:012x}", hasher.finish() & 0xffff_ffff_ffff)
}

fn is_hostile(check: &Check) -> bool {
    match &check.body {
        Body::Script(steps) => steps.iter().any(is_raw),
        _ => false,
    }
}

fn is_raw(step: &Step) -> bool {
    match &step.action {
        Action::Raw(_) => true,
        Action::For(each) => each.steps.iter().any(is_raw),
        _ => false,
    }
}
