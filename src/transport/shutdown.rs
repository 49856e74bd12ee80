//! How a server is asked to end, step by step, and what that brought: facts for a check to judge.

use std::time::Duration;

use super::connection::Exited;

/// How long each rung waits for the process to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// After its stdin is closed.
    pub eof: Duration,
    /// After SIGTERM.
    pub sigterm: Duration,
    /// After SIGKILL.
    pub sigkill: Duration,
}

impl Default for Ladder {
    fn default() -> Self {
        Self { eof: Duration::from_secs(5), sigterm: Duration::from_secs(2), sigkill: Duration::from_secs(2) }
    }
}

impl Ladder {
    pub(super) fn rungs(&self) -> [(Rung, Duration); 3] {
        [(Rung::Eof, self.eof), (Rung::Sigterm, self.sigterm), (Rung::Sigkill, self.sigkill)]
    }
}

/// A step of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// The process was gone before.
    None,
    /// Its stdin was closed.
    Eof,
    /// Its group got SIGTERM.
    Sigterm,
    /// Its group got SIGKILL.
    Sigkill,
}

impl Rung {
    /// Its name in a suite.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Eof => "eof",
            Self::Sigterm => "sigterm",
            Self::Sigkill => "sigkill",
        }
    }
}

/// How a server ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shutdown {
    /// The last rung that was needed.
    pub rung: Rung,
    /// Each rung that was climbed, with the time spent on it.
    pub rungs: Vec<(Rung, Duration)>,
    /// How the process ended; nothing if even SIGKILL did not help in time.
    pub exited: Option<Exited>,
    /// From the first rung to the end of the process.
    pub took: Duration,
    /// Processes that it started and left running; they are killed by now.
    pub leftovers: Vec<Leftover>,
}

/// A process that outlived the one that started it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// Its process id.
    pub pid: u32,
    /// Its name.
    pub name: String,
}
