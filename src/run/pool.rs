//! Processes that are started before they are needed, so that nobody waits for them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use super::Launcher;
use crate::transport::{Connection, LaunchFailure};

/// Starts processes, some of them in advance. What is left over is killed when the pool is dropped: nobody has
/// spoken to it.
#[derive(Clone)]
pub(super) struct Pool {
    launcher: Launcher,
    ready: Arc<Mutex<VecDeque<Connection>>>,
}

impl Pool {
    pub(super) fn new(launcher: Launcher) -> Self {
        Self { launcher, ready: Arc::default() }
    }

    /// Start some now. One that cannot be started is nobody's concern until it is needed.
    pub(super) fn prepare(&self, processes: usize) {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.extend((0..processes).map_while(|_| (self.launcher)().ok()));
    }

    /// A process that nobody has spoken to.
    pub(super) fn launch(&self) -> Result<Connection, LaunchFailure> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        ready.map_or_else(|| (self.launcher)(), Ok)
    }
}
