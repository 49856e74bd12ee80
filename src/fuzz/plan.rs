//! What a campaign is told.

use std::{path::PathBuf, sync::Arc, time::Duration};

use crate::{checks::Registry, run::Plan};

/// When a campaign ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Until {
    /// After so long.
    pub time: Option<Duration>,
    /// After so many messages.
    pub messages: Option<u64>,
    /// With the first finding that is confirmed.
    pub finding: bool,
}

/// Everything that a campaign is told.
#[derive(Clone)]
pub struct Order {
    /// The server, the tools that may be called, the patience, the seed.
    pub plan: Plan,
    /// All built-in checks: their watches judge.
    pub registry: Arc<Registry>,
    /// When it ends.
    pub until: Until,
    /// The strategies to use; all of them, if none is named.
    pub only: Vec<String>,
    /// Where interesting cases are kept from one campaign to the next.
    pub corpus: Option<PathBuf>,
    /// Where findings are written.
    pub findings: PathBuf,
    /// How many processes are fuzzed at once.
    pub jobs: usize,
    /// A secret in the environment of the server that nobody should ever see.
    pub secret: String,
    /// What the user should know of how it is done.
    pub notes: Vec<String>,
}
