//! What the server declares.

use serde_json::{Value, json};

use super::caller;
use crate::model::Revision;

/// What a model is told about the server.
pub const INSTRUCTIONS: &str = "A server to try clients and testers on. Nothing that it does matters.";

/// What the server can do, as the revision knows it.
pub fn capabilities(revision: Revision) -> Value {
    let mut capabilities = json!({
        "tools": { "listChanged": true },
        "prompts": { "listChanged": true },
        "resources": { "listChanged": true, "subscribe": true },
        "logging": {},
    });
    if revision >= Revision::V2025_03_26 {
        capabilities["completions"] = json!({});
    }
    capabilities
}

/// The result of `server/discover`.
pub fn discovery(revision: Revision, spoken: &[Revision]) -> Value {
    let versions: Vec<_> = caller::modern_revisions(spoken).map(Revision::as_str).collect();
    json!({
        "supportedVersions": versions,
        "capabilities": capabilities(revision),
        "instructions": INSTRUCTIONS,
    })
}
