//! The twin of `unix.rs` where there are no process groups: only the process itself is ended, by its own handle.

use std::net::SocketAddr;
use std::process::ExitStatus;

use tokio::process::Command;

use super::connection::Exited;
use super::shutdown::Leftover;

/// A process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pid: u32,
    mark: String,
}

impl Group {
    pub fn new(pid: u32, mark: String) -> Self {
        Self { pid, mark }
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// There is no polite way.
    pub fn terminate(&self) -> bool {
        false
    }

    /// The task that waits for the process kills it.
    pub fn kill(&self) {}

    /// Nobody can be named.
    pub fn survivors(&self) -> Vec<Leftover> {
        Vec::new()
    }

    /// Nobody can tell.
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        None
    }

    /// Nobody can tell.
    pub fn memory(&self) -> Option<u64> {
        None
    }

    /// Nobody can be named.
    pub fn kill_survivors(&self) -> Vec<Leftover> {
        Vec::new()
    }
}

/// There is nothing to set.
pub(super) fn isolate(_command: &mut Command) {}

/// How a process ended.
pub(super) fn exited(status: ExitStatus) -> Exited {
    Exited { code: status.code(), signal: None }
}

/// Marks cannot be read here.
pub(super) fn kill_marked(_fits: &dyn Fn(&str) -> bool) -> usize {
    0
}
