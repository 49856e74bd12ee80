//! What a run is told.

use std::sync::Arc;

use serde_json::Value;

use super::{address::Address, tools::Tools};

use crate::{
    checks::Registry,
    model::{CheckInfo, Revision, Skip},
    session::Limits,
    transport::{Connection, LaunchFailure},
};

/// Starts one more process of the server.
pub type Start = Arc<dyn Fn() -> Result<Connection, LaunchFailure> + Send + Sync>;

/// How conversations with the server come about.
#[derive(Clone)]
pub enum Launcher {
    /// Each with a process of its own.
    Process(Start),
    /// All of them at one address.
    Address(Arc<Address>),
}

/// Which revisions to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The newest that the server speaks.
    Newest,
    /// Every one that it speaks.
    All,
    /// This one.
    One(Revision),
}

/// Everything that a run is told.
#[derive(Clone)]
pub struct Plan {
    /// How to start the server.
    pub launcher: Launcher,
    /// How the user named it.
    pub target: String,
    /// The checks to play.
    pub registry: Arc<Registry>,
    /// The revisions to speak.
    pub wanted: Wanted,
    /// The tools that may be called.
    pub call: Tools,
    /// How many processes of the server may run beside the one that most checks share.
    pub jobs: usize,
    /// The patience.
    pub limits: Limits,
    /// Whether warnings count as findings.
    pub deny_warnings: bool,
    /// The seed of every random choice.
    pub seed: u64,
    /// Whether to show every line on the wire.
    pub wire: bool,
}

/// What a check can know before it is played.
pub(super) struct Ground<'a> {
    pub(super) revision: Revision,
    pub(super) transport: &'a str,
    pub(super) capabilities: &'a Value,
}

impl Ground<'_> {
    /// Why a check cannot be played here, if it cannot.
    pub(super) fn refuses(&self, check: &CheckInfo) -> Option<(Skip, String)> {
        if !is_for(check, self.transport) {
            let only = check.transports.join(", ");
            return Some((Skip::NotApplicable, format!("applies to {only} only")));
        }
        let missing = check.needs.iter().find(|path| !declares(self.capabilities, path))?;
        Some((Skip::NotApplicable, format!("the server does not declare `{missing}`")))
    }
}

/// Whether a check can say something of what goes over this transport.
pub(super) fn is_for(check: &CheckInfo, transport: &str) -> bool {
    let over = if transport == "memory" { "stdio" } else { transport };
    check.transports.is_empty() || check.transports.iter().any(|transport| transport == over)
}

/// Whether capabilities hold what a path names: `tools`, `resources.subscribe`, `!tools` for the opposite.
fn declares(capabilities: &Value, path: &str) -> bool {
    if let Some(path) = path.strip_prefix('!') {
        return !declares(capabilities, path);
    }
    let found = path.split('.').try_fold(capabilities, |value, member| value.get(member));
    found.is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_capability_is_declared_unless_it_is_absent_null_or_false() {
        let declared =
            json!({ "tools": {}, "resources": { "subscribe": true, "listChanged": false }, "logging": null });
        for (path, is) in [
            ("tools", true),
            ("resources.subscribe", true),
            ("resources.listChanged", false),
            ("logging", false),
            ("prompts", false),
            ("!prompts", true),
            ("!tools", false),
        ] {
            assert_eq!(declares(&declared, path), is, "{path}");
        }
    }
}
