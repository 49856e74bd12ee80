//! The handshake of the older revisions, and what it leaves behind.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{
    caller, dress,
    failure::{Failure, malformed},
    identity,
    level::Level,
    rpc::Members,
};
use crate::model::{Era, Revision};

/// So many resources can be watched at once.
const WATCHED: usize = 1000;

/// A conversation of the older kind.
#[derive(Debug)]
pub struct Session {
    /// What was agreed on.
    pub revision: Revision,
    /// What the client can do.
    pub capabilities: Value,
    /// Whether the client said that it is ready.
    pub initialized: bool,
    /// From which level on it is logged.
    pub level: Level,
    watched: HashSet<String>,
}

impl Session {
    /// Whether changes of this resource are to be told.
    pub fn watches(&self, uri: &str) -> bool {
        self.watched.contains(uri)
    }

    /// Watches a resource, or watches it no longer.
    pub fn watch(&mut self, uri: &str, on: bool) -> Result<(), Failure> {
        if !on {
            self.watched.remove(uri);
        } else if self.watched.len() >= WATCHED {
            return Err(Failure::new(super::failure::Cause::Busy, "too many subscriptions"));
        } else {
            self.watched.insert(uri.to_owned());
        }
        Ok(())
    }
}

/// The session that the params of `initialize` ask for.
pub fn open(params: &Members, spoken: &[Revision]) -> Result<Session, Failure> {
    let requested = params.get("protocolVersion").and_then(Value::as_str);
    let requested = requested.ok_or_else(|| malformed("protocolVersion has to be a string"))?;
    let revision = negotiate(requested, spoken).ok_or_else(|| caller::unsupported(requested, spoken))?;
    let capabilities = params.get("capabilities").filter(|capabilities| capabilities.is_object());
    let capabilities = capabilities.ok_or_else(|| malformed("capabilities has to be an object"))?.clone();
    caller::implementation(params.get("clientInfo"))?;
    Ok(Session { revision, capabilities, initialized: false, level: Level::INFO, watched: HashSet::new() })
}

/// The version asked for, or the newest one that begins with a handshake.
fn negotiate(requested: &str, spoken: &[Revision]) -> Option<Revision> {
    let legacy = || spoken.iter().copied().filter(|revision| revision.era() == Era::Legacy);
    legacy().find(|revision| revision.as_str() == requested).or_else(|| legacy().max())
}

/// The result of `initialize`.
pub fn welcome(revision: Revision) -> Value {
    json!({
        "protocolVersion": revision.as_str(),
        "capabilities": identity::capabilities(revision),
        "serverInfo": dress::implementation(revision),
        "instructions": identity::INSTRUCTIONS,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_is_not_spoken_leads_to_the_newest_with_a_handshake() {
        let all = Revision::ALL;
        assert_eq!(negotiate("2025-03-26", &all), Some(Revision::V2025_03_26));
        assert_eq!(negotiate("1999-01-01", &all), Some(Revision::V2025_11_25));
        assert_eq!(negotiate("2026-07-28", &all), Some(Revision::V2025_11_25));
        assert_eq!(negotiate("2025-11-25", &all[..2]), Some(Revision::V2025_03_26));
        assert_eq!(negotiate("2025-11-25", &all[4..]), None);
    }
}
