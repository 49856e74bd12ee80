//! Meeting a server: one conversation in the newest revision that it speaks, for whoever wants to know it.

use std::{sync::Arc, time::Duration};

use super::{Plan, open::open, pool::Pool};
use crate::{
    model::event::Unreachable,
    session::{Observer, Session},
    transport::{Connection, Exited, Ladder, LaunchFailure},
};

/// A server that was met.
pub struct Meeting {
    /// The conversation in which it was met.
    pub session: Session,
    /// More ways to it.
    pub doors: Doors,
}

/// Gives connections to a server nobody has spoken to yet.
#[derive(Clone)]
pub struct Doors(Pool);

impl Doors {
    /// One more connection.
    pub fn launch(&self) -> Result<Connection, LaunchFailure> {
        self.0.launch()
    }

    /// Start the command that serves at the address again, if there is one and it is not there.
    pub async fn begin(&self, patience: Duration) -> Result<(), Unreachable> {
        self.0.begin(patience).await
    }

    /// How many bytes the command that serves at the address holds.
    pub fn memory(&self) -> Option<u64> {
        self.0.place()?.memory()
    }

    /// The last lines that the command that serves at the address has written.
    pub fn last_words(&self) -> Vec<String> {
        self.0.place().map(|place| place.last_words().0).unwrap_or_default()
    }

    /// `stdio`, `http` or `sse`.
    pub fn transport(&self) -> &'static str {
        self.0.transport()
    }

    /// How the command that serves at the address ended, if it has.
    pub async fn exited(&self) -> Option<Exited> {
        self.0.exited().await
    }

    /// End what was started to serve at the address.
    pub async fn end(&self, ladder: &Ladder) {
        self.0.end(ladder).await;
    }
}

/// Meet the server of a plan.
pub async fn meet(plan: &Plan, observer: &Arc<dyn Observer>) -> Result<Meeting, Unreachable> {
    let pool = Pool::new(&plan.launcher);
    pool.begin(plan.limits.startup).await?;
    let mut opened = open(plan, &pool, observer).await.map_err(|unreachable| pool.explain(unreachable))?;
    let Some(session) = opened.wanted.pop() else {
        return Err(Unreachable {
            what: "no conversation came about".to_owned(),
            hint: "name a revision that the server speaks with `--revision`".to_owned(),
            stderr: Vec::new(),
            transcript: Vec::new(),
        });
    };
    Ok(Meeting { session, doors: Doors(pool) })
}
