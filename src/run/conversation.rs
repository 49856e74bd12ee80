//! One revision, from the first message to the last: the tour, the shared checks, the isolated ones, the watches.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::watch;

use super::{
    Plan,
    calls::Caller,
    isolated::Isolated,
    lane::Lane,
    plan::Ground,
    player::Player,
    pool::Pool,
    script,
    tour::{Underway, tour},
    watches::{Emit, Watches},
};
use crate::{
    checks::{Judgement, code},
    model::{CheckResult, Revision, RunEvent, RunInfo, Skip},
    session::{Greeting, Observer, Session},
    suite::{Body, Check, SessionKind},
};

/// A check with what came of it.
pub(super) struct Played {
    pub(super) check: Check,
    pub(super) judgement: Judgement,
    pub(super) took: Duration,
}

/// One conversation, with all that it needs.
pub(super) struct Conversation<'a> {
    plan: &'a Plan,
    pool: &'a Pool,
    watches: &'a Arc<Watches>,
    emit: &'a Emit,
    main: Lane,
    spare: Option<Session>,
    greeting: Greeting,
    caller: Caller,
    /// How many checks the whole run has.
    planned: usize,
    /// Whether the server wants to know who asks before it talks.
    locked: bool,
}

/// How many ordinary checks there are at least where a second conversation is opened for half of them.
const WORTH_A_LANE: usize = 16;

/// Why a server behind a locked door is judged at its door only.
const LOCKED: &str = "the server wants to know who asks; give it a token: `--bearer TOKEN`";

impl<'a> Conversation<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        pool: &'a Pool,
        watches: &'a Arc<Watches>,
        emit: &'a Emit,
        main: Session,
        spare: Option<Session>,
        planned: usize,
    ) -> Option<Self> {
        let (greeting, caller) = (main.greeting.clone()?, Caller::new(plan.call.clone()));
        let locked = greeting.is_none();
        let main = Lane::new(plan, pool, watches, &caller, main);
        Some(Self { plan, pool, watches, emit, main, spare, greeting, caller, planned, locked })
    }

    /// Play everything that applies, and tell what came of it.
    pub(super) async fn hold(mut self) -> Vec<CheckResult> {
        self.announce();
        let (mut shared, isolated) = self.applying();
        let alone = isolated.is_empty();
        let beside = self.beside(&mut shared).await;
        let (tell, toured) = watch::channel(false);
        let mut apart = self.isolated(toured).start(isolated, self.spare.take());
        if let Some((lane, checks)) = beside {
            apart.spawn(lane.all(checks));
        }
        let mut results = self.shared(shared, &tell).await;
        // Where the end of a process is judged elsewhere at the same time, nobody waits for this one.
        if self.main.session.is_open() && alone {
            self.main.session.close().await;
        } else if self.main.session.is_open() {
            self.main.session.dismiss().await;
        }
        while let Some(played) = apart.join_next().await {
            let played = played.unwrap_or_else(|bug| std::panic::resume_unwind(bug.into_panic()));
            results.extend(played.iter().map(|played| self.finish(played)));
        }
        results.extend(self.watched());
        results
    }

    /// A server behind an address serves several at a time: half of the ordinary checks go to a second conversation,
    /// where there is one to be had, and enough of them.
    async fn beside(&self, shared: &mut Vec<Check>) -> Option<(Lane, Vec<Check>)> {
        let is_plain = |check: &Check| !script::is_hostile(check) && !script::calls_tools(check);
        let can_leave = |check: &Check| is_plain(check) && self.refuses(check).is_none();
        let is_worth_it = shared.iter().filter(|check| can_leave(check)).count() >= WORTH_A_LANE;
        if !is_worth_it || self.pool.place().is_none() || self.locked || self.plan.jobs < 2 {
            return None;
        }
        let lane = self.main.beside().await?;
        let mut turn = false;
        let leaving = shared.extract_if(.., |check| {
            turn ^= can_leave(check);
            turn && can_leave(check)
        });
        Some((lane, leaving.collect()))
    }

    fn isolated(&self, toured: watch::Receiver<bool>) -> Isolated {
        Isolated {
            plan: self.plan.clone(),
            pool: self.pool.clone(),
            revision: self.main.session.revision(),
            observer: Arc::clone(self.watches) as Arc<dyn Observer>,
            caller: self.caller.clone(),
            toured,
        }
    }

    /// The checks that share the session. Those that call tools come late, so that slow tools have had their time;
    /// those that may break the process come last, so that the others find it whole.
    async fn shared(&mut self, mut checks: Vec<Check>, toured: &watch::Sender<bool>) -> Vec<CheckResult> {
        let mut underway = None;
        if self.has_watches() && !self.locked {
            underway = Some(tour(&mut self.main.session, &self.caller).await);
        }
        checks.sort_by_key(|check| (script::is_hostile(check), script::calls_tools(check)));
        let mut results = Vec::new();
        for check in checks {
            if script::calls_tools(&check) || script::is_hostile(&check) {
                self.settle(underway.take(), toured).await;
            }
            let played = self.play_shared(check).await;
            results.push(self.finish(&played));
        }
        self.settle(underway, toured).await;
        results
    }

    async fn settle(&mut self, underway: Option<Underway>, toured: &watch::Sender<bool>) {
        if let Some(underway) = underway {
            underway.settle(&mut self.main.session, &self.caller).await;
        }
        toured.send_replace(true);
    }

    fn announce(&self) {
        (self.emit)(RunEvent::RunStarted(RunInfo {
            revision: self.main.session.revision(),
            transport: self.main.session.transport.to_owned(),
            server: self.greeting.server.clone(),
            capabilities: self.greeting.capabilities.clone(),
            startup_ms: u64::try_from(self.greeting.startup.as_millis()).unwrap_or(u64::MAX),
        }));
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            revision: self.main.session.revision(),
            transport: self.main.session.transport,
            capabilities: &self.greeting.capabilities,
        }
    }

    /// Why a check cannot be played here, if it cannot.
    fn refuses(&self, check: &Check) -> Option<(Skip, String)> {
        let locked = || {
            let is_inside = self.locked && check.session != SessionKind::Bare;
            is_inside.then(|| (Skip::NotExercised, LOCKED.to_owned()))
        };
        self.ground().refuses(&check.info).or_else(locked)
    }

    /// The scripts of this revision: those that share the session, and those that do not.
    fn applying(&self) -> (Vec<Check>, Vec<Check>) {
        let revision = self.main.session.revision();
        let all = self.plan.registry.checks().iter();
        all.filter(|check| check.info.revisions.contains(revision))
            .filter(|check| !matches!(check.body, Body::Watch(_)))
            .cloned()
            .partition(|check| check.session == SessionKind::Shared || self.refuses(check).is_some())
    }

    fn has_watches(&self) -> bool {
        let revision = self.main.session.revision();
        let mut all = self.plan.registry.checks().iter();
        all.any(|check| matches!(check.body, Body::Watch(_)) && check.info.revisions.contains(revision))
    }

    async fn play_shared(&mut self, check: Check) -> Played {
        let began = Instant::now();
        (self.emit)(RunEvent::CheckStarted {
            check: check.info.id.clone(),
            revision: self.main.session.revision(),
            planned: self.planned,
        });
        let judgement = match self.refuses(&check) {
            Some((skip, reason)) => Judgement::skipped(skip, reason),
            None => self.main.play(&check).await,
        };
        Played { check, judgement, took: began.elapsed() }
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
        result(check, judgement, took, self.main.session.revision(), self.main.session.transport)
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
pub(super) async fn play(session: &mut Session, check: &Check, caller: &Caller, nonce: &str) -> Judgement {
    let before = check.client.clone().map(|client| session.declare(client));
    let judgement = match &check.body {
        Body::Script(steps) => Player::new(session, check, caller, nonce).play(steps).await,
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
