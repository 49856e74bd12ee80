//! How much a server is kept from, as `--sandbox` says it.

use clap::ValueEnum;

/// How much a server is kept from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum SandboxLevel {
    /// Nothing: it is started as it is
    Off,
    /// A temporary home, temporary folder and working folder; limits on memory, open files, processes and file size
    Limits,
    /// The same; it writes only below the temporary folder and reaches no network, where the system can see to that
    #[default]
    Full,
}

/// How the server is spoken to, which decides how much network it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Over its stdin and stdout: no network.
    Stdio,
    /// Over HTTP: we have to reach it.
    Http,
}
