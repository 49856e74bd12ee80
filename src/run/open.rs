//! Opening the conversations that a run wants.

use std::sync::Arc;

use super::{Plan, Wanted};
use crate::{
    model::{Revision, event::Unreachable},
    session::{Failure, Observer, Session, Settings, detect},
    transport::LaunchFailure,
};

/// The main session of each revision that is wanted and spoken, oldest first, and the sessions that are not needed.
pub(super) struct Opened {
    pub(super) wanted: Vec<Session>,
    pub(super) spare: Vec<Session>,
}

pub(super) async fn open(plan: &Plan, observer: &Arc<dyn Observer>) -> Result<Opened, Unreachable> {
    match plan.wanted {
        Wanted::One(revision) => only(plan, revision, observer).await,
        Wanted::Newest => {
            let connections = (launch(plan)?, launch(plan)?);
            let found = detect(connections, &plan.limits, observer).await?;
            let (newest, other) = found.newest();
            Ok(Opened { wanted: newest.into_iter().collect(), spare: other.into_iter().collect() })
        }
        Wanted::All => all(plan, observer).await,
    }
}

async fn only(plan: &Plan, revision: Revision, observer: &Arc<dyn Observer>) -> Result<Opened, Unreachable> {
    let mut session = Session::begin(launch(plan)?, settings(plan, revision), Arc::clone(observer));
    if let Err(failure) = session.greet().await {
        return Err(session.unreachable(&failure).await);
    }
    let spoken = session.revision();
    if spoken == revision {
        return Ok(Opened { wanted: vec![session], spare: Vec::new() });
    }
    let versions = serde_json::json!({ "supportedVersions": [spoken] });
    let mut unreachable = session.unreachable(&Failure::OtherRevision(versions)).await;
    unreachable.what = format!("the server does not speak {revision}; asked for it, it answers in {spoken}");
    Err(unreachable)
}

async fn all(plan: &Plan, observer: &Arc<dyn Observer>) -> Result<Opened, Unreachable> {
    let connections = (launch(plan)?, launch(plan)?);
    let found = detect(connections, &plan.limits, observer).await?;
    let mut opened = Opened { wanted: Vec::new(), spare: Vec::new() };
    if let Some(newest) = found.legacy {
        let older = Revision::ALL.into_iter().filter(|revision| *revision < newest.revision());
        for revision in older {
            let mut session = Session::begin(launch(plan)?, settings(plan, revision), Arc::clone(observer));
            let greeted = session.greet().await.is_ok();
            let list = if greeted && session.revision() == revision { &mut opened.wanted } else { &mut opened.spare };
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

fn launch(plan: &Plan) -> Result<crate::transport::Connection, Unreachable> {
    (plan.launcher)().map_err(|LaunchFailure { what, hint }| Unreachable {
        what,
        hint,
        stderr: Vec::new(),
        transcript: Vec::new(),
    })
}
