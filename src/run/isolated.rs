//! Checks that need a process of their own, played beside the shared session.

use std::{sync::Arc, time::Instant};

use tokio::{sync::Semaphore, task::JoinSet};

use super::{
    Plan,
    conversation::{Played, nonce, play},
};
use crate::{
    checks::Judgement,
    model::Revision,
    session::{Observer, Session, Settings},
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
            Played {
                check,
                judgement,
                took: began.elapsed(),
            }
        });
    }
    set
}

/// Play one check on a process of its own.
pub(super) async fn alone(
    plan: &Plan,
    check: &Check,
    revision: Revision,
    observer: Arc<dyn Observer>,
) -> Judgement {
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
        let unreachable = session.unreachable(&failure).await;
        return Judgement::broken(format!(
            "a further process could not be spoken to: {}",
            unreachable.what
        ));
    }
    let judgement = play(&mut session, check, plan.call, &nonce(plan.seed, check)).await;
    if session.is_open() {
        session.close().await;
    }
    judgement
}
