//! Checks that need a process of their own, played beside the shared session.

use std::{sync::Arc, time::Instant};

use tokio::{sync::Semaphore, task::JoinSet};

use super::{
    Plan,
    conversation::{Played, nonce, play},
};
use crate::{
    checks::Judgement,
    model::{Finding, Revision, Skip},
    session::{Failure, Observer, Session, Settings},
    suite::{Check, SessionKind},
};

/// Start them all; no more than the plan allows have a process at a time.
pub(super) fn start(
    plan: &Plan,
    checks: Vec<Check>,
    revision: Revision,
    observer: &Arc<dyn Observer>,
) -> JoinSet<Played> {
    let places = Arc::new(Semaphore::new(plan.jobs.max(1)));
    let mut set = JoinSet::new();
    for check in checks {
        let (plan, places, observer) = (plan.clone(), Arc::clone(&places), Arc::clone(observer));
        set.spawn(async move {
            let _place = places.acquire().await;
            let began = Instant::now();
            let judgement = alone(&plan, &check, revision, observer).await;
            Played { check, judgement, took: began.elapsed() }
        });
    }
    set
}

/// Play one check on a process of its own.
pub(super) async fn alone(plan: &Plan, check: &Check, revision: Revision, observer: Arc<dyn Observer>) -> Judgement {
    let connection = match (plan.launcher)() {
        Ok(connection) => connection,
        Err(failure) => return Judgement::broken(format!("no process could be started: {}", failure.what)),
    };
    let mut settings = Settings::new(check.info.id.as_str(), revision, plan.limits.clone());
    if let Some(client) = &check.client {
        settings.capabilities = client.clone();
    }
    let mut session = Session::begin(connection, settings, observer);
    if check.session == SessionKind::Fresh
        && let Err(failure) = session.greet().await
    {
        return not_greeted(&mut session, check, &failure).await;
    }
    let judgement = play(&mut session, check, plan.call, &nonce(plan.seed, check)).await;
    if session.is_open() {
        session.close().await;
    }
    judgement
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
