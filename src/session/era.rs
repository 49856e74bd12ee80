//! Finding out how a server wants to be spoken to, as the specification describes: `server/discover` first.
//!
//! Two processes are started at once, because most servers are pinned to an era by the first message that they
//! see, and some die of the probe: one is asked to discover, the other to initialize.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

use super::{Answer, Failure, Limits, Lost, Meta, Observer, Session, Settings, answer::Ticket};
use crate::{model::Revision, transport::Connection};

/// The conversations that came about.
pub struct Found {
    /// In the modern era, after `server/discover`.
    pub modern: Option<Session>,
    /// In the newest revision that begins with a handshake.
    pub legacy: Option<Session>,
    /// A process that was asked to discover and could not.
    pub spare: Option<Session>,
}

/// How long a server that has answered `initialize` may still think about `server/discover`.
const GRACE: Duration = Duration::from_millis(300);
/// How long it may then take to answer a ping behind it.
const PING: Duration = Duration::from_secs(2);

/// Begin a conversation in each era that the server knows.
pub async fn detect(
    connections: (Connection, Connection),
    limits: &Limits,
    observer: &Arc<dyn Observer>,
) -> Result<Found, Lost> {
    let begin = |connection, name, revision: Revision| {
        Session::begin(connection, Settings::new(name, revision, limits.clone()), Arc::clone(observer))
    };
    let mut modern = begin(connections.0, "discover", Revision::NEWEST);
    let mut legacy = begin(connections.1, "initialize", Revision::NEWEST_LEGACY);
    let probe = modern.send("server/discover", None, &Meta::Standard, None).await;
    let (initialized, discovered) = race(&mut modern, &probe, &mut legacy, limits.startup).await;
    let discovered = match discovered {
        Some(answer) => answer,
        None => late_answer(&mut modern, &probe, initialized.is_ok(), limits.startup).await,
    };
    let is_modern = accept(&mut modern, discovered).is_ok();
    match initialized {
        Err(failure) if !is_modern => Err(legacy.lost(&failure).await),
        initialized => {
            let (modern, spare) = if is_modern { (Some(modern), None) } else { (None, Some(modern)) };
            Ok(Found { modern, legacy: initialized.is_ok().then_some(legacy), spare })
        }
    }
}

/// Both at once. Whoever has an answer that a conversation can be built on does not wait long for the other.
async fn race(
    modern: &mut Session,
    probe: &Ticket,
    legacy: &mut Session,
    patience: Duration,
) -> (Result<(), Failure>, Option<Answer>) {
    let (initialize, discover) = (legacy.greet(), modern.answer(probe, patience));
    tokio::pin!(initialize, discover);
    tokio::select! {
        initialized = &mut initialize => (initialized, None),
        discovered = &mut discover => {
            let patience = if discovered.result().is_some() { PING } else { patience };
            let initialized = timeout(patience, initialize).await;
            (initialized.unwrap_or(Err(Failure::Silent(patience))), Some(discovered))
        }
    }
}

/// The answer to the probe after `initialize` was dealt with. Silence is what many old servers answer; a ping
/// behind the probe tells it from slowness.
async fn late_answer(modern: &mut Session, probe: &Ticket, initialized: bool, patience: Duration) -> Answer {
    if !initialized {
        // Both have waited already.
        return modern.answer(probe, patience.saturating_sub(modern.age())).await;
    }
    match modern.answer(probe, GRACE).await {
        Answer::Silence => {
            let ping = modern.send("ping", None, &Meta::None, None).await;
            modern.answer(&ping, PING).await;
            modern.answer(probe, Duration::ZERO).await
        }
        answer => answer,
    }
}

fn accept(modern: &mut Session, discovered: Answer) -> Result<(), Failure> {
    match discovered {
        Answer::Result(result) => modern.accept_discovery(result),
        Answer::Error(error) => Err(Failure::Refused(error)),
        Answer::Silence => Err(Failure::Silent(GRACE + PING)),
        Answer::Closed => Err(Failure::Closed),
    }
}
