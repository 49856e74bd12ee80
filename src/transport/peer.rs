//! The life of a server as whoever talks to it holds it: a process of ours to end, or requests to break off.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::sync::watch;

use super::connection::Exited;
use super::http::Exchanges;
use super::os::Group;
use super::process::Process;
use super::shutdown::{Ladder, Rung, Shutdown};

/// A handle on the life of a server. Dropping it kills a process at once, and breaks off every request.
pub struct Peer(Life);

enum Life {
    /// It runs because of us.
    Process(Process),
    /// It runs without us.
    Remote(Exchanges),
}

impl Peer {
    pub(super) const fn process(process: Process) -> Self {
        Self(Life::Process(process))
    }

    pub(super) const fn remote(exchanges: Exchanges) -> Self {
        Self(Life::Remote(exchanges))
    }

    /// Its process id; a server in memory has none, and one behind an address is not held here.
    pub fn pid(&self) -> Option<u32> {
        match &self.0 {
            Life::Process(process) => process.pid(),
            Life::Remote(_) => None,
        }
    }

    /// All that it has started with it; nothing of a server behind an address.
    pub(super) fn group(&self) -> Option<Group> {
        match &self.0 {
            Life::Process(process) => process.group(),
            Life::Remote(_) => None,
        }
    }

    /// How many bytes of memory its processes hold, where that can be told.
    pub fn memory(&self) -> Option<u64> {
        self.group()?.memory()
    }

    /// The addresses on which it waits for TCP connections, where the system tells.
    pub(super) fn sockets(&self) -> Option<Vec<SocketAddr>> {
        match &self.0 {
            Life::Process(process) => process.sockets(),
            Life::Remote(_) => None,
        }
    }

    /// Tells how it ended, once it has; nothing of a server behind an address.
    pub(super) fn exit(&self) -> Option<watch::Receiver<Option<Exited>>> {
        match &self.0 {
            Life::Process(process) => Some(process.exit()),
            Life::Remote(_) => None,
        }
    }

    /// How it ended, if it has.
    pub fn exited(&self) -> Option<Exited> {
        match &self.0 {
            Life::Process(process) => process.exited(),
            Life::Remote(_) => None,
        }
    }

    /// Climb the ladder until the process is gone, then remove what it left. Of a server behind an address only the
    /// requests end. Keep reading its chunks meanwhile: a server that cannot write may not notice that its stdin is
    /// closed.
    pub async fn shutdown(&mut self, ladder: &Ladder) -> Shutdown {
        match &mut self.0 {
            Life::Process(process) => process.shutdown(ladder).await,
            Life::Remote(exchanges) => hung_up(exchanges.end().await),
        }
    }

    /// Kill it and everything it has started, or break off every request, at once.
    pub fn kill(&mut self) {
        match &mut self.0 {
            Life::Process(process) => process.kill(),
            Life::Remote(exchanges) => exchanges.abort(),
        }
    }
}

/// No rung was needed, since no process is known.
const fn hung_up(took: Duration) -> Shutdown {
    Shutdown { rung: Rung::None, rungs: Vec::new(), exited: None, took, leftovers: Vec::new() }
}
