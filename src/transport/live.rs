//! The processes that run right now, so that Ctrl-C can end them all, and the mark by which their children are known.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use super::os::{self, Group};

/// The environment variable that every process inherits from the one we started.
pub(super) const VARIABLE: &str = "MCP_LITMUS_PROCESS";

/// What the marks of this run begin with.
static RUN: LazyLock<String> = LazyLock::new(|| {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{}-{:x}-", std::process::id(), since.as_nanos())
});

static COUNT: AtomicU64 = AtomicU64::new(0);

static LIVE: Mutex<Vec<Group>> = Mutex::new(Vec::new());

/// A mark that no other process of any run has.
pub(super) fn new_mark() -> String {
    format!("{}{}", *RUN, COUNT.fetch_add(1, Ordering::Relaxed))
}

/// How often the process table is read at most.
const LOOKS: usize = 50;

/// How often in a row nobody has to be found.
const EMPTY: usize = 2;

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(2);

/// Kill every process that was started here, and its children, at once. A process shows no mark at the very moment in
/// which it becomes another program: one look at the table is not enough.
pub fn kill_all() {
    live().iter().for_each(Group::kill);
    let mut empty = 0;
    for _ in 0..LOOKS {
        let found = os::kill_marked(&|mark| mark.starts_with(&*RUN));
        empty = if found == 0 { empty + 1 } else { 0 };
        if empty == EMPTY {
            break;
        }
        thread::sleep(PAUSE);
    }
}

/// Keeps a group in the list while its first process is alive; its number may belong to others after that.
pub(super) struct Entry(Group);

impl Entry {
    pub fn new(group: Group) -> Self {
        live().push(group.clone());
        Self(group)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        live().retain(|group| *group != self.0);
    }
}

fn live() -> MutexGuard<'static, Vec<Group>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}
