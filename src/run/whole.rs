//! A whole run: every revision that is wanted, one after the other.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Plan,
    conversation::{Conversation, result},
    isolated,
    open::{Opened, open},
    pool::Pool,
    watches::{Emit, Watches},
};
use crate::{
    model::{Exit, Revision, RunEvent, ToolInfo, Totals},
    session::{Observer, Session},
};

/// How many processes a run needs to begin with: one to discover, one to initialize.
const BEGINNERS: usize = 2;

/// Play a plan, and tell what happens as it does.
pub async fn run(plan: &Plan, emit: impl Fn(RunEvent) + Send + Sync + 'static) -> Exit {
    let (began, emit): (_, Emit) = (Instant::now(), Arc::new(emit));
    emit(RunEvent::Started {
        tool: ToolInfo::this(),
        target: plan.target.clone(),
        seed: plan.seed,
        deny_warnings: plan.deny_warnings,
    });
    let watches = Arc::new(Watches::new(Arc::clone(&plan.registry), Arc::clone(&emit), plan.wire));
    let observer: Arc<dyn Observer> = Arc::clone(&watches) as Arc<dyn Observer>;
    let pool = Pool::new(&plan.launcher);
    let mut totals = Totals::default();
    pool.prepare(isolated::expected(&plan.registry).min(plan.jobs) + BEGINNERS);
    let opened = match pool.begin(plan.limits.startup).await {
        Ok(()) => open(plan, &pool, &observer).await.map_err(|unreachable| pool.explain(unreachable)),
        Err(unreachable) => Err(unreachable),
    };
    let ended = match opened {
        Ok(opened) => {
            hold(plan, &pool, &watches, &emit, opened, &mut totals).await;
            Exit::of(&totals, plan.deny_warnings)
        }
        Err(unreachable) => {
            for (revision, check, judgement) in watches.findings(pool.transport()) {
                let result = result(check, &judgement, Duration::ZERO, revision, pool.transport());
                totals.add(result.verdict);
                emit(RunEvent::CheckFinished(result));
            }
            emit(RunEvent::Unreachable(unreachable));
            Exit::Unreachable
        }
    };
    pool.end(&plan.limits.ladder).await;
    let duration_ms = (began.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    emit(RunEvent::Finished { totals, exit_code: ended.code(), duration_ms, messages: watches.messages() });
    ended
}

async fn hold(plan: &Plan, pool: &Pool, watches: &Arc<Watches>, emit: &Emit, opened: Opened, totals: &mut Totals) {
    let idle = tokio::spawn(close(opened.idle));
    let mut spare = opened.spare;
    let planned = opened.wanted.iter().map(|session| applying(plan, session.revision())).sum();
    for session in opened.wanted {
        let Some(conversation) = Conversation::new(plan, pool, watches, emit, session, spare.take(), planned) else {
            continue;
        };
        for result in conversation.hold().await {
            totals.add(result.verdict);
        }
    }
    // A session that will not end is killed when it is dropped.
    let _ = idle.await;
}

/// How many checks a revision has.
fn applying(plan: &Plan, revision: Revision) -> usize {
    plan.registry.checks().iter().filter(|check| check.info.revisions.contains(revision)).count()
}

async fn close(sessions: Vec<Session>) {
    for mut session in sessions {
        session.dismiss().await;
    }
}
