//! Calls that are under way: they can be cancelled, and the end of the process waits for them, not long.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use tokio::task::{AbortHandle, JoinSet};

/// So many run at once; further ones are refused.
const AT_ONCE: usize = 1000;
const PATIENCE: Duration = Duration::from_secs(1);

/// Locks, whatever happened to an earlier holder.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of one call under way. Ids of requests may repeat, when a client goes wrong.
pub type Ticket = u64;

/// The calls under way.
#[derive(Default)]
pub struct Calls {
    tasks: Mutex<JoinSet<()>>,
    running: Mutex<HashMap<Ticket, (Value, AbortHandle)>>,
    issued: AtomicU64,
}

impl Calls {
    /// Whether there is room for another.
    pub fn have_room(&self) -> bool {
        let mut tasks = locked(&self.tasks);
        while tasks.try_join_next().is_some() {}
        tasks.len() < AT_ONCE
    }

    /// Starts the call that a request wants. It has to ask [`Calls::finish`] before it answers.
    pub fn start<F>(&self, id: &Value, call: impl FnOnce(Ticket) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let ticket = self.issued.fetch_add(1, Ordering::Relaxed);
        let mut running = locked(&self.running);
        let handle = locked(&self.tasks).spawn(call(ticket));
        running.insert(ticket, (id.clone(), handle));
    }

    /// Starts something that belongs to no single request.
    pub fn follow(&self, work: impl Future<Output = ()> + Send + 'static) {
        locked(&self.tasks).spawn(work);
    }

    /// Whether the call may still answer: it may not once it was cancelled.
    pub fn finish(&self, ticket: Ticket) -> bool {
        locked(&self.running).remove(&ticket).is_some()
    }

    /// The ids of what is under way.
    pub fn ids(&self) -> Vec<Value> {
        locked(&self.running).values().map(|(id, _)| id.clone()).collect()
    }

    /// Stops what the request with this id wanted. An id of none is nothing to worry about.
    pub fn cancel(&self, id: &Value) {
        locked(&self.running).retain(|_, (asked, handle)| {
            let stays = asked != id;
            if !stays {
                handle.abort();
            }
            stays
        });
    }

    /// Stops everything.
    pub fn abandon(&self) {
        locked(&self.tasks).abort_all();
    }

    /// Waits for what is under way, then gives up on the rest.
    pub async fn wind_up(&self) {
        let mut tasks = std::mem::take(&mut *locked(&self.tasks));
        let all = async { while tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(PATIENCE, all).await;
        tasks.abort_all();
    }
}
