//! What a bug wants done with a line that arrived.

use serde_json::Value;

/// How a panic ends a process.
const PANIC: i32 = 101;

/// What becomes of a line.
#[derive(Debug, Clone)]
pub enum Act {
    /// The honest server takes it.
    Go,
    /// The honest server takes this instead.
    Take(Value),
    /// These bytes are said, then the honest server takes it.
    Before(Vec<u8>),
    /// The honest answer, if it is there at once, is said like this.
    Spoil(fn(String) -> Vec<u8>),
    /// These bytes are said instead.
    Say(Vec<u8>),
    /// Nothing is ever said to it.
    Silence,
    /// Nothing is ever heard again.
    Hang,
    /// The process ends with this code.
    Die(i32),
    /// The process ends by a signal.
    Abort,
}

impl Act {
    /// The end of a program that did not catch an exception.
    pub fn dies_if(condition: bool) -> Self {
        if condition { Self::Die(1) } else { Self::Go }
    }

    /// The end of a program that panicked.
    pub fn panics_if(condition: bool) -> Self {
        if condition { Self::Die(PANIC) } else { Self::Go }
    }

    /// The end of a program that broke its memory.
    pub fn aborts_if(condition: bool) -> Self {
        if condition { Self::Abort } else { Self::Go }
    }

    /// A program that waits for itself.
    pub fn hangs_if(condition: bool) -> Self {
        if condition { Self::Hang } else { Self::Go }
    }

    /// An answer that is forgotten.
    pub fn silent_if(condition: bool) -> Self {
        if condition { Self::Silence } else { Self::Go }
    }
}
