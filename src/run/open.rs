//! Opening the conversations that a run wants.

use std::sync::Arc;

use super::{Plan, Wanted, pool::Pool};
use crate::{
    model::{Revision, event::Unreachable},
    session::{Failure, Observer, Session, Settings, detect},
    transport::LaunchFailure,
};

/// The conversations that came about.
#[derive(Default)]
pub(super) struct Opened {
    /// The main session of each revision that is wanted and spoken, oldest first.
    pub(super) wanted: Vec<Session>,
    /// Those that are not needed.
    pub(super) idle: Vec<Session>,
    /// A process that has heard `server/discover` and no more.
    pub(super) spare: Option<Session>,
}

pub(super) async fn open(plan: &Plan, pool: &Pool, observer: &Arc<dyn Observer>) -> Result<Opened, Unreachable> {
    match plan.wanted {
        Wanted::One(revision) => only(plan, pool, revision, observer).await,
        Wanted::Newest => {
            let connections = (launch(pool)?, launch(pool)?);
            let found = detect(connections, &plan.limits, observer).await?;
            let (newest, other) = match found.modern {
                Some(modern) => (Some(modern), found.legacy),
                None => (found.legacy, None),
            };
            let (wanted, idle) = (newest.into_iter().collect(), other.into_iter().collect());
            Ok(Opened { wanted, idle, spare: found.spare })
        }
        Wanted::All => all(plan, pool, observer).await,
    }
}

async fn only(
    plan: &Plan,
    pool: &Pool,
    revision: Revision,
    observer: &Arc<dyn Observer>,
) -> Result<Opened, Unreachable> {
    let mut session = Session::begin(launch(pool)?, settings(plan, revision), Arc::clone(observer));
    if let Err(failure) = session.greet().await {
        return Err(session.unreachable(&failure).await);
    }
    let spoken = session.revision();
    if spoken == revision {
        return Ok(Opened { wanted: vec![session], ..Opened::default() });
    }
    let versions = serde_json::json!({ "supportedVersions": [spoken] });
    let mut unreachable = session.unreachable(&Failure::OtherRevision(versions)).await;
    unreachable.what = format!("the server does not speak {revision}; asked for it, it answers in {spoken}");
    Err(unreachable)
}

async fn all(plan: &Plan, pool: &Pool, observer: &Arc<dyn Observer>) -> Result<Opened, Unreachable> {
    let connections = (launch(pool)?, launch(pool)?);
    let found = detect(connections, &plan.limits, observer).await?;
    let mut opened = Opened { spare: found.spare, ..Opened::default() };
    if let Some(newest) = found.legacy {
        let older = Revision::ALL.into_iter().filter(|revision| *revision < newest.revision());
        for revision in older {
            let mut session = Session::begin(launch(pool)?, settings(plan, revision), Arc::clone(observer));
            let greeted = session.greet().await.is_ok();
            let list = if greeted && session.revision() == revision { &mut opened.wanted } else { &mut opened.idle };
            list.push(session);
        }
        opened.wanted.push(newest);
    }
    opened.wanted.extend(found.modern);
    Ok(opened)
}

fn settings(plan: &Plan, revision: Revision) -> Settings {
    Settings::new("main", revision, plan.limits.clone())
}

fn launch(pool: &Pool) -> Result<crate::transport::Connection, Unreachable> {
    pool.launch().map_err(|LaunchFailure { what, hint }| Unreachable {
        what,
        hint,
        stderr: Vec::new(),
        transcript: Vec::new(),
    })
}
