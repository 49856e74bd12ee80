//! What only Unix knows: process groups, signals, and on Linux the process table. `other.rs` is its twin.

use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::Command;

use super::connection::Exited;
use super::shutdown::Leftover;

/// A process and all it starts.
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

    /// Ask to end. Tells whether the platform can.
    pub fn terminate(&self) -> bool {
        self.signal(Signal::TERM);
        true
    }

    /// End at once. Only while the first process is alive: after that its number may be given to another.
    pub fn kill(&self) {
        self.signal(Signal::KILL);
    }

    /// The processes of the group, or with its mark, that run.
    #[cfg(target_os = "linux")]
    pub fn survivors(&self) -> Vec<Leftover> {
        super::procfs::find(Some(self.pid), &|mark| mark == self.mark)
    }

    /// Without a process table to read, nobody can be named.
    #[cfg(not(target_os = "linux"))]
    pub fn survivors(&self) -> Vec<Leftover> {
        Vec::new()
    }

    /// Where the processes of the group listen.
    #[cfg(target_os = "linux")]
    #[expect(clippy::unnecessary_wraps, reason = "other systems cannot tell")]
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        Some(super::sockets::listening(self.survivors().iter().map(|process| process.pid)))
    }

    /// Without a process table to read, nobody can tell.
    #[cfg(not(target_os = "linux"))]
    pub fn sockets(&self) -> Option<Vec<SocketAddr>> {
        None
    }

    /// How many bytes of memory its processes hold, where that can be told.
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> Option<u64> {
        let held = self.survivors().iter().filter_map(|process| super::procfs::resident(process.pid)).sum();
        (held > 0).then_some(held)
    }

    /// How many bytes of memory its processes hold, where that can be told.
    #[cfg(not(target_os = "linux"))]
    pub fn memory(&self) -> Option<u64> {
        None
    }

    /// Kill those that run, and tell which they were.
    pub fn kill_survivors(&self) -> Vec<Leftover> {
        #[cfg(not(target_os = "linux"))]
        self.kill();
        let survivors = self.survivors();
        survivors.iter().for_each(kill_one);
        survivors
    }

    fn signal(&self, signal: Signal) {
        if let Some(pid) = pid(self.pid) {
            let _ = kill_process_group(pid, signal);
        }
    }
}

/// Give the process a group of its own.
pub(super) fn isolate(command: &mut Command) {
    command.process_group(0);
}

/// How a process ended.
pub(super) fn exited(status: ExitStatus) -> Exited {
    Exited { code: status.code(), signal: status.signal() }
}

/// Kill every process whose mark fits, and tell how many there were.
#[cfg(target_os = "linux")]
pub(super) fn kill_marked(fits: &dyn Fn(&str) -> bool) -> usize {
    let found = super::procfs::find(None, fits);
    found.iter().for_each(kill_one);
    found.len()
}

/// Marks cannot be read here.
#[cfg(not(target_os = "linux"))]
pub(super) fn kill_marked(_fits: &dyn Fn(&str) -> bool) -> usize {
    0
}

fn kill_one(process: &Leftover) {
    if let Some(pid) = pid(process.pid) {
        let _ = rustix::process::kill_process(pid, Signal::KILL);
    }
}

/// Zero and one would mean ourselves and everybody.
fn pid(number: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(number).ok().filter(|number| *number > 1)?)
}
