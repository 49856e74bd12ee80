//! What the caller may change about the server: its faults, the revisions it speaks, and what it says.

use std::{fmt, sync::Arc};

use serde_json::Value;

use super::Fault;
use crate::model::{Era, Revision};

/// How the server is to behave.
#[derive(Clone)]
pub struct Options {
    /// What it does wrong.
    pub faults: Vec<Fault>,
    /// The revisions that it speaks.
    pub revisions: Vec<Revision>,
    /// What it says instead of its own answers.
    pub script: Option<Arc<dyn Script>>,
}

impl Default for Options {
    fn default() -> Self {
        Self { faults: Vec::new(), revisions: Revision::ALL.to_vec(), script: None }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scripted = self.script.is_some();
        f.debug_struct("Options")
            .field("faults", &self.faults)
            .field("revisions", &self.revisions)
            .field("scripted", &scripted)
            .finish()
    }
}

/// Changes what the server says; used to play the example servers of checks.
pub trait Script: Send + Sync {
    /// What to say instead of `own` to `incoming`: a request, a notification or another JSON value that arrived; or,
    /// for a line that is no JSON, a string holding its text. `own` is the whole message that the server would
    /// answer with by itself, and `None` where it would stay silent.
    fn reply(&self, incoming: &Value, own: Option<&Value>, era: Era) -> Reply;
}

/// What a script wants said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// What the server says by itself.
    Own,
    /// These lines as they are, each with a newline. None at all is silence.
    Lines(Vec<String>),
    /// Nothing: the process ends with this code.
    Exit(i32),
}
