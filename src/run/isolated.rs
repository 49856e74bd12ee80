//! Checks that need a process of their own, played beside the shared session.

use std::{sync::Arc, time::Instant};

use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
};

use super::{
    Plan,
    calls::Caller,
    conversation::{Played, nonce, play},
    pool::Pool,
    script,
};
use crate::{
    checks::{Judgement, Registry},
    model::{Finding, Revision, Skip, Verdict},
    session::{Failure, Observer, Session, Settings},
    suite::{Check, SessionKind},
};

/// What all of them need.
#[derive(Clone)]
pub(super) struct Isolated {
    pub(super) plan: Plan,
    pub(super) pool: Pool,
    pub(super) revision: Revision,
    pub(super) observer: Arc<dyn Observer>,
    pub(super) caller: Caller,
    /// Whether it is known which tools are slow.
    pub(super) toured: watch::Receiver<bool>,
}

/// How many processes a revision needs for them, at the most.
pub(super) fn expected(registry: &Registry) -> usize {
    let count = |revision: Revision| {
        let all = registry.checks().iter().filter(|check| check.info.revisions.contains(revision));
        all.filter(|check| matches!(check.session, SessionKind::Fresh | SessionKind::Bare)).count()
    };
    Revision::ALL.into_iter().map(count).max().unwrap_or(0)
}

impl Isolated {
    /// Start them all; no more than the plan allows have a process at a time.
    pub(super) fn start(&self, checks: Vec<Check>, spare: Option<Session>) -> JoinSet<Vec<Played>> {
        let (second_hand, own): (Vec<_>, Vec<_>) =
            checks.into_iter().partition(|check| check.session == SessionKind::Spare);
        let places = Arc::new(Semaphore::new(self.plan.jobs.max(1)));
        let mut set = JoinSet::new();
        let this = self.clone();
        set.spawn(async move { this.share(second_hand, spare).await });
        for check in own {
            let (this, places) = (self.clone(), Arc::clone(&places));
            set.spawn(async move {
                // Who waits for the tour needs no place meanwhile.
                this.until_toured(&check).await;
                let _place = places.acquire().await;
                let (began, playing) = (Instant::now(), check.clone());
                // A bug of ours ends this check, and no other.
                match tokio::spawn(async move { this.alone(playing).await }).await {
                    Ok(played) => vec![played],
                    Err(bug) => {
                        let judgement = Judgement::broken(format!("a bug of mcp-litmus: {bug}"));
                        vec![Played { check, judgement, took: began.elapsed() }]
                    }
                }
            });
        }
        set
    }

    /// Play one after the other on a process that is there anyway. Only what passes counts; the rest is played again.
    async fn share(&self, checks: Vec<Check>, mut spare: Option<Session>) -> Vec<Played> {
        let mut all = Vec::new();
        for check in checks {
            let played = match &mut spare {
                Some(session) if session.is_open() => self.second_hand(session, check).await,
                _ => Err(check),
            };
            all.push(match played {
                Ok(played) => played,
                Err(check) => {
                    self.until_toured(&check).await;
                    self.alone(check).await
                }
            });
        }
        if let Some(mut session) = spare {
            session.close().await;
        }
        all
    }

    /// Wait until it is known which tools are slow, if the check calls any.
    async fn until_toured(&self, check: &Check) {
        if script::calls_tools(check) {
            // A sender that is gone has nothing more to tell.
            let _ = self.toured.clone().wait_for(|done| *done).await;
        }
    }

    async fn second_hand(&self, session: &mut Session, check: Check) -> Result<Played, Check> {
        let began = Instant::now();
        session.reuse(self.settings(&check));
        let judgement = play(session, &check, &self.caller, &nonce(self.plan.seed, &check)).await;
        if judgement.verdict() != Verdict::Pass {
            return Err(check);
        }
        Ok(Played { check, judgement, took: began.elapsed() })
    }

    /// Play a check on a process of its own.
    async fn alone(&self, check: Check) -> Played {
        let began = Instant::now();
        let judgement = match self.pool.launch() {
            Ok(connection) => {
                let session = Session::begin(connection, self.settings(&check), Arc::clone(&self.observer));
                self.converse(session, &check).await
            }
            Err(failure) => Judgement::broken(format!("no process could be started: {}", failure.what)),
        };
        Played { check, judgement, took: began.elapsed() }
    }

    async fn converse(&self, mut session: Session, check: &Check) -> Judgement {
        if check.session == SessionKind::Fresh
            && let Err(failure) = session.greet().await
        {
            return not_greeted(&mut session, check, &failure).await;
        }
        let judgement = play(&mut session, check, &self.caller, &nonce(self.plan.seed, check)).await;
        if session.is_open() {
            session.close().await;
        }
        judgement
    }

    fn settings(&self, check: &Check) -> Settings {
        let settings = Settings::new(check.info.id.as_str(), self.revision, self.plan.limits.clone());
        match &check.client {
            Some(client) => Settings { capabilities: client.clone(), ..settings },
            None => settings,
        }
    }
}

/// No handshake. Where the check declares a client of its own, that is what it is about; elsewhere nothing was tried.
async fn not_greeted(session: &mut Session, check: &Check, failure: &Failure) -> Judgement {
    let unreachable = session.unreachable(failure).await;
    if check.client.is_none() {
        let why = format!("a further process could not be spoken to: {}", unreachable.what);
        return Judgement::skipped(Skip::NotExercised, why);
    }
    let mut judgement = Judgement { judged: 1, ..Judgement::default() };
    judgement.find(Finding {
        severity: check.info.level.severity(),
        expected: "a conversation with a client that declares this".to_owned(),
        got: unreachable.what,
        because: "which capabilities a client has is no reason to refuse it".to_owned(),
        place: check.info.source.to_string(),
        count: 1,
        transcript: unreachable.transcript,
    });
    judgement
}
