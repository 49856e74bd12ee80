//! The life of a process: ends it politely or at once, and everything it has started with it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};

use super::connection::Exited;
use super::input::Input;
use super::os::Group;
use super::shutdown::{Ladder, Leftover, Rung, Shutdown};

/// How long its children may take to end after it; they are no leftovers then.
const GRACE: Duration = Duration::from_millis(100);

/// How long killed leftovers may take to vanish.
const VANISH: Duration = Duration::from_secs(1);

/// How often the process table is read meanwhile.
const POLL: Duration = Duration::from_millis(10);

/// A handle on the life of a process. Dropping it kills the process at once.
pub(super) struct Process {
    input: Input,
    exited: watch::Receiver<Option<Exited>>,
    stop: Arc<Notify>,
    group: Option<Group>,
    over: bool,
}

impl Process {
    pub fn new(input: Input, exited: watch::Receiver<Option<Exited>>, stop: Arc<Notify>, group: Option<Group>) -> Self {
        Self { input, exited, stop, group, over: false }
    }

    /// Its process id; a server in memory has none.
    pub fn pid(&self) -> Option<u32> {
        self.group.as_ref().map(Group::pid)
    }

    /// It and what it has started; a server in memory has none.
    pub fn group(&self) -> Option<Group> {
        self.group.clone()
    }

    /// The addresses on which it, or what it has started, waits for TCP connections, where the system tells.
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        self.group.as_ref().and_then(Group::sockets)
    }

    /// Tells how it ended, once it has.
    pub fn exit(&self) -> watch::Receiver<Option<Exited>> {
        self.exited.clone()
    }

    /// How it ended, if it has.
    pub fn exited(&self) -> Option<Exited> {
        self.exited.borrow().clone()
    }

    /// Climb the ladder until the process is gone, then remove what it left. Keep reading its chunks meanwhile: a
    /// server that cannot write may not notice that its stdin is closed.
    pub async fn shutdown(&mut self, ladder: &Ladder) -> Shutdown {
        let start = Instant::now();
        let mut rungs = Vec::new();
        for (rung, patience) in ladder.rungs() {
            let at = Instant::now();
            if self.exited().is_some() {
                break;
            }
            if self.climb(rung) {
                self.gone_within(patience).await;
                rungs.push((rung, at.elapsed()));
            }
        }
        let took = start.elapsed();
        let leftovers = self.sweep().await;
        self.over = self.exited().is_some();
        let rung = rungs.last().map_or(Rung::None, |(rung, _)| *rung);
        Shutdown { rung, rungs, exited: self.exited(), took, leftovers }
    }

    /// Kill it and everything it has started, at once.
    pub fn kill(&mut self) {
        self.input.close();
        self.stop.notify_one();
        if let Some(group) = &self.group {
            if self.exited.borrow().is_none() {
                group.kill();
            }
            group.kill_survivors();
        }
    }

    /// Whether there is such a rung for this server.
    fn climb(&self, rung: Rung) -> bool {
        match rung {
            Rung::None => false,
            Rung::Eof => {
                self.input.close();
                true
            }
            Rung::Sigterm => self.group.as_ref().is_some_and(Group::terminate),
            Rung::Sigkill => {
                self.stop.notify_one();
                self.group.iter().for_each(Group::kill);
                true
            }
        }
    }

    async fn gone_within(&mut self, patience: Duration) {
        let _ = timeout(patience, self.exited.wait_for(Option::is_some)).await;
    }

    /// Name the processes that were left, and kill them.
    async fn sweep(&self) -> Vec<Leftover> {
        let Some(group) = &self.group else {
            return Vec::new();
        };
        let leftovers = settled(GRACE, || group.survivors()).await;
        if !leftovers.is_empty() {
            settled(VANISH, || group.kill_survivors()).await;
        }
        leftovers
    }
}

/// What is found again and again until the time is over; nothing as soon as nothing is found.
async fn settled(within: Duration, find: impl Fn() -> Vec<Leftover>) -> Vec<Leftover> {
    let start = Instant::now();
    loop {
        let found = find();
        if found.is_empty() || start.elapsed() >= within {
            return found;
        }
        sleep(POLL).await;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.over {
            self.kill();
        }
    }
}
