//! What a bug does to whoever meets it, and how deep it lies.

/// What can be seen of a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The process ends.
    Crash,
    /// A request, or all of them, are never answered.
    Hang,
    /// Bytes on stdout that are no message.
    Corruption,
    /// Messages that JSON-RPC forbids, or answers that were right before and are no longer.
    Violation,
    /// Memory that is never given back.
    Leak,
    /// Words that no stranger should read.
    Leakage,
}

impl Kind {
    /// Its name in lists and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crash => "crash",
            Self::Hang => "hang",
            Self::Corruption => "corruption",
            Self::Violation => "violation",
            Self::Leak => "leak",
            Self::Leakage => "leakage",
        }
    }
}

/// What it takes to meet a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depth {
    /// One odd line.
    Shallow,
    /// The right odd value at the right place, or at the right time.
    Middle,
    /// Values out of answers, or several steps in order.
    Deep,
}

impl Depth {
    /// Its name in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shallow => "shallow",
            Self::Middle => "middle",
            Self::Deep => "deep",
        }
    }
}
