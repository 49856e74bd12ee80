//! Calls that are under way: they can be cancelled, and the end of the process waits for them, not long.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
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

/// The calls under way, by the id of their request.
#[derive(Default)]
pub struct Calls {
    tasks: Mutex<JoinSet<()>>,
    running: Mutex<HashMap<String, AbortHandle>>,
}

impl Calls {
    /// Whether there is room for another.
    pub fn have_room(&self) -> bool {
        let mut tasks = locked(&self.tasks);
        while tasks.try_join_next().is_some() {}
        tasks.len() < AT_ONCE
    }

    /// Starts one. It has to ask [`Calls::finish`] before it answers.
    pub fn start(&self, id: &Value, call: impl Future<Output = ()> + Send + 'static) {
        let mut running = locked(&self.running);
        let handle = locked(&self.tasks).spawn(call);
        running.insert(id.to_string(), handle);
    }

    /// Starts something that belongs to no single request.
    pub fn follow(&self, work: impl Future<Output = ()> + Send + 'static) {
        locked(&self.tasks).spawn(work);
    }

    /// Whether the call may still answer: it may not once it was cancelled.
    pub fn finish(&self, id: &Value) -> bool {
        locked(&self.running).remove(&id.to_string()).is_some()
    }

    /// Stops one. An id of none is nothing to worry about.
    pub fn cancel(&self, id: &Value) {
        if let Some(handle) = locked(&self.running).remove(&id.to_string()) {
            handle.abort();
        }
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
