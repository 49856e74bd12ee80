//! What a conversation is told before it begins: who we are, what we can do, how long we wait.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{model::Revision, transport::Ladder};

/// How long to wait for what.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For the first answer of a process: installers and interpreters are slow.
    pub startup: Duration,
    /// For any later answer.
    pub answer: Duration,
    /// For each rung of the shutdown.
    pub ladder: Ladder,
    /// How many bytes of one line are kept.
    pub line: usize,
    /// How many bytes of a conversation are kept.
    pub transcript: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            startup: Duration::from_secs(60),
            answer: Duration::from_secs(10),
            ladder: Ladder::default(),
            line: 8 << 20,
            transcript: 1 << 20,
        }
    }
}

/// Everything that a conversation is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the session in events and findings.
    pub name: String,
    /// The revision to speak, or to propose.
    pub revision: Revision,
    /// The client capabilities to declare.
    pub capabilities: Value,
    /// The patience.
    pub limits: Limits,
}

impl Settings {
    /// A conversation with all that we can do declared.
    pub fn new(name: &str, revision: Revision, limits: Limits) -> Self {
        Self { name: name.to_owned(), revision, capabilities: default_capabilities(revision), limits }
    }
}

/// The client capabilities that a revision knows and that we can serve.
pub fn default_capabilities(revision: Revision) -> Value {
    let mut capabilities = json!({ "roots": { "listChanged": true }, "sampling": {} });
    if revision >= Revision::V2025_06_18 {
        capabilities["elicitation"] = json!({});
    }
    if revision >= Revision::V2026_07_28 {
        capabilities["roots"] = json!({});
    }
    capabilities
}

/// How we name ourselves.
pub(super) fn client_info() -> Value {
    json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") })
}
