//! A conversation that many checks share: played one after the other, and begun again where the server died.

use std::{sync::Arc, time::Instant};

use super::{
    Plan,
    calls::Caller,
    conversation::{Played, nonce, play},
    pool::Pool,
    watches::Watches,
};
use crate::{
    checks::Judgement,
    model::{Finding, Severity, Skip},
    session::{Observer, Session, Settings},
    suite::Check,
};

/// How often a server that died is started again for the checks that are left.
const RESTARTS: usize = 8;

/// A shared conversation.
pub(super) struct Lane {
    plan: Plan,
    pool: Pool,
    watches: Arc<Watches>,
    caller: Caller,
    pub(super) session: Session,
    restarts: usize,
}

impl Lane {
    pub(super) fn new(plan: &Plan, pool: &Pool, watches: &Arc<Watches>, caller: &Caller, session: Session) -> Self {
        let (plan, pool, watches, caller) = (plan.clone(), pool.clone(), Arc::clone(watches), caller.clone());
        Self { plan, pool, watches, caller, session, restarts: 0 }
    }

    /// Another conversation with the same server in the same revision, if it is willing.
    pub(super) async fn beside(&self) -> Option<Self> {
        let revision = self.session.revision();
        let settings = Settings::new("beside", revision, self.plan.limits.clone());
        let observer = Arc::clone(&self.watches) as Arc<dyn Observer>;
        let mut session = Session::begin(self.pool.launch().ok()?, settings, observer);
        let greeted = session.greet().await.is_ok() && session.revision() == revision;
        greeted.then(|| Self::new(&self.plan, &self.pool, &self.watches, &self.caller, session))
    }

    /// Play one after the other, to the end of the conversation.
    pub(super) async fn all(mut self, checks: Vec<Check>) -> Vec<Played> {
        let mut all = Vec::new();
        for check in checks {
            let began = Instant::now();
            let judgement = self.play(&check).await;
            all.push(Played { check, judgement, took: began.elapsed() });
        }
        if self.session.is_open() {
            self.session.dismiss().await;
        }
        all
    }

    /// Play a check. A server that dies of it has failed it, and one that was lost before is started again.
    pub(super) async fn play(&mut self, check: &Check) -> Judgement {
        if !self.session.is_open()
            && let Err(why) = self.restart().await
        {
            return Judgement::skipped(Skip::NotExercised, why);
        }
        let from = self.session.mark();
        self.session.release();
        let mut judgement = play(&mut self.session, check, &self.caller, &nonce(self.plan.seed, check)).await;
        if !self.session.is_open() && judgement.findings.is_empty() {
            judgement.find(Finding {
                severity: Severity::Fail,
                expected: "the server goes on serving".to_owned(),
                got: self.session.ending().await,
                because: "whatever was asked of it, the conversation is lost".to_owned(),
                place: check.info.source.to_string(),
                count: 1,
                transcript: self.session.since(from),
            });
        } else if !judgement.findings.is_empty() && self.session.alive().await.result().is_none() {
            self.name_end(&mut judgement).await;
            self.session.shutdown().await;
        }
        judgement
    }

    /// Whoever serves at an address may have died of what was asked.
    async fn name_end(&self, judgement: &mut Judgement) {
        if let (Some(exited), Some(finding)) = (self.pool.exited().await, judgement.findings.last_mut()) {
            finding.because.push_str(&format!("; the process that serves it {exited}"));
        }
    }

    /// A server that is gone is started again, but not for ever.
    async fn restart(&mut self) -> Result<(), String> {
        if self.restarts == RESTARTS {
            return Err(format!("the server died {RESTARTS} times before; it is not started again"));
        }
        self.restarts += 1;
        self.pool.begin(self.plan.limits.startup).await.map_err(|unreachable| unreachable.what)?;
        let connection = self.pool.launch().map_err(|failure| failure.what)?;
        let settings = Settings::new("main", self.session.revision(), self.plan.limits.clone());
        let mut next = Session::begin(connection, settings, Arc::clone(&self.watches) as Arc<dyn Observer>);
        if let Err(failure) = next.greet().await {
            return Err(next.unreachable(&failure).await.what);
        }
        self.session = next;
        Ok(())
    }
}
