//! The tap: whoever wants to judge or show all traffic gets it here, as it happens.

use serde_json::Value;

use crate::{
    model::{Excerpt, Revision},
    schema::Problem,
};

/// What an observation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// A JSON-RPC message of the server.
    Message,
    /// A JSON-RPC message of ours, unless it was broken on purpose.
    Sent,
    /// A line of its stdout.
    Line,
    /// The end of its process, after an orderly close.
    Exit,
    /// An exchange over HTTP, when it is over.
    Http,
}

/// One thing that the server did, or that we said.
pub struct Observation<'a> {
    /// What it is about.
    pub on: On,
    /// The name of the session.
    pub session: &'a str,
    /// The revision that is spoken.
    pub revision: Revision,
    /// What there is to judge, as the suite language describes it.
    pub subject: Value,
    /// What the description of messages finds wrong with it; `None` when nothing describes it.
    pub problems: Option<Vec<Problem>>,
    /// The conversation that led to it, made on demand.
    pub evidence: &'a dyn Fn() -> Vec<Excerpt>,
}

/// Somebody who listens. Called while the session holds its state: be quick, and ask nothing of the session.
pub trait Observer: Send + Sync {
    /// The server did something.
    fn observe(&self, observation: &Observation<'_>);

    /// A line was said, by either side.
    fn wire(&self, _session: &str, _line: Excerpt) {}

    /// Whether [`Observer::wire`] wants to be called.
    fn wants_wire(&self) -> bool {
        false
    }
}
