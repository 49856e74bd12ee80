//! Opening the conversations that a run wants.

use std::sync::Arc;

use super::{
    Plan, Wanted,
    pool::{Pool, unreachable},
};
use crate::{
    model::{Revision, event::Unreachable},
    session::{Failure, Found, Lost, Observer, Session, Settings, detect},
    transport::Connection,
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

/// Open them; an address may send us on, or turn out to be one of the first revision.
pub(super) async fn open(plan: &Plan, pool: &Pool, observer: &Arc<dyn Observer>) -> Result<Opened, Unreachable> {
    let mut first = None;
    loop {
        let lost = match once(plan, pool, observer).await {
            Ok(opened) => return Ok(opened),
            Err(lost) => lost,
        };
        let Some(place) = pool.place() else { return Err(lost.unreachable) };
        if let Some(location) = &lost.redirect {
            match place.move_to(location) {
                Ok(()) => continue,
                Err(what) => return Err(Unreachable { what, ..lost.unreachable }),
            }
        }
        if let Some(mut session) = lost.locked {
            session.skip_greeting();
            return Ok(Opened { wanted: vec![*session], ..Opened::default() });
        }
        if !(lost.may_be_old && place.try_old()) {
            if !lost.is_old {
                place.give_up_old();
            }
            // What Streamable HTTP was met with says more than an older transport that is not there.
            return Err(first.filter(|_| !lost.is_old).unwrap_or(lost.unreachable));
        }
        first = Some(lost.unreachable);
    }
}

async fn once(plan: &Plan, pool: &Pool, observer: &Arc<dyn Observer>) -> Result<Opened, Lost> {
    match plan.wanted {
        Wanted::One(revision) => only(plan, pool, revision, observer).await,
        Wanted::Newest => {
            let found = find(plan, pool, observer).await?;
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

/// The eras that the server knows. The transport of the first revision belongs to the older one.
async fn find(plan: &Plan, pool: &Pool, observer: &Arc<dyn Observer>) -> Result<Found, Lost> {
    if pool.place().is_some_and(super::address::Place::is_old) {
        let mut session = begin(plan, pool, Revision::NEWEST_LEGACY, observer)?;
        return match session.greet().await {
            Ok(()) => Ok(Found { modern: None, legacy: Some(session), spare: None }),
            Err(failure) => Err(session.lost(&failure).await),
        };
    }
    detect((launch(pool)?, launch(pool)?), &plan.limits, observer).await
}

async fn only(plan: &Plan, pool: &Pool, revision: Revision, observer: &Arc<dyn Observer>) -> Result<Opened, Lost> {
    let mut session = begin(plan, pool, revision, observer)?;
    if let Err(failure) = session.greet().await {
        return Err(session.lost(&failure).await);
    }
    let spoken = session.revision();
    if spoken == revision {
        return Ok(Opened { wanted: vec![session], ..Opened::default() });
    }
    let versions = serde_json::json!({ "supportedVersions": [spoken] });
    let mut unreachable = session.unreachable(&Failure::OtherRevision(versions)).await;
    unreachable.what = format!("the server does not speak {revision}; asked for it, it answers in {spoken}");
    Err(unreachable.into())
}

async fn all(plan: &Plan, pool: &Pool, observer: &Arc<dyn Observer>) -> Result<Opened, Lost> {
    let found = find(plan, pool, observer).await?;
    let mut opened = Opened { spare: found.spare, ..Opened::default() };
    if let Some(newest) = found.legacy {
        let older = Revision::ALL.into_iter().filter(|revision| *revision < newest.revision());
        for revision in older {
            let mut session = begin(plan, pool, revision, observer)?;
            let greeted = session.greet().await.is_ok();
            let list = if greeted && session.revision() == revision { &mut opened.wanted } else { &mut opened.idle };
            list.push(session);
        }
        opened.wanted.push(newest);
    }
    opened.wanted.extend(found.modern);
    Ok(opened)
}

fn begin(plan: &Plan, pool: &Pool, revision: Revision, observer: &Arc<dyn Observer>) -> Result<Session, Unreachable> {
    Ok(Session::begin(launch(pool)?, Settings::new("main", revision, plan.limits.clone()), Arc::clone(observer)))
}

fn launch(pool: &Pool) -> Result<Connection, Unreachable> {
    pool.launch().map_err(unreachable)
}
