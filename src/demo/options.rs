//! What the caller may change about the server: its faults, the revisions it speaks, and what it says.

use std::{fmt, sync::Arc};

use serde_json::Value;

use super::{Bug, Fault};
use crate::model::{Era, Revision};

/// How the server is to behave.
#[derive(Clone)]
pub struct Options {
    /// What it does wrong.
    pub faults: Vec<Fault>,
    /// What it does wrong when it meets something odd, over a pipe.
    pub bugs: Vec<Bug>,
    /// The revisions that it speaks.
    pub revisions: Vec<Revision>,
    /// What it says instead of its own answers.
    pub script: Option<Arc<dyn Script>>,
    /// The token that a client has to show over HTTP; without one, anybody is let in.
    pub token: Option<String>,
    /// Whether HTTP is spoken as in 2024-11-05: one stream for everything, and posts beside it.
    pub sse: bool,
}

impl Default for Options {
    fn default() -> Self {
        let (faults, bugs) = (Vec::new(), Vec::new());
        Self { faults, bugs, revisions: Revision::ALL.to_vec(), script: None, token: None, sse: false }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scripted = self.script.is_some();
        f.debug_struct("Options")
            .field("faults", &self.faults)
            .field("bugs", &self.bugs)
            .field("revisions", &self.revisions)
            .field("scripted", &scripted)
            .field("sse", &self.sse)
            .finish_non_exhaustive()
    }
}

/// Changes what the server says; used to play the example servers of checks.
pub trait Script: Send + Sync {
    /// What to say instead of `own` to `incoming`: a request, a notification or another JSON value that arrived; or,
    /// for a line that is no JSON, a string holding its text. `own` is the whole message that the server would
    /// answer with by itself, and `None` where it would stay silent.
    fn reply(&self, incoming: &Value, own: Option<&Value>, era: Era) -> Reply;

    /// What to put over the answer that the server would give to this request over HTTP. What was to be said in it is
    /// asked of `reply` all the same.
    fn http(&self, request: &HttpRequest) -> Option<HttpReply> {
        let _ = request;
        None
    }
}

/// A request over HTTP, as a script sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpRequest {
    /// `POST`
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The method of the message in the body.
    pub rpc: Option<String>,
    /// Its id; null without one.
    pub id: Value,
}

/// What a script wants of an answer over HTTP. What it leaves out is as the server has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpReply {
    /// The status code.
    pub status: Option<u16>,
    /// Headers that replace those of the same name; without a value, they only go.
    pub headers: Vec<(String, Option<String>)>,
    /// The whole body.
    pub body: Option<Vec<u8>>,
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
