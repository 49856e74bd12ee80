//! What faults remember of the conversation, and what they get to see of a message.

use std::collections::HashSet;

use serde_json::Value;

use crate::{
    demo::{failure::Cause, rpc::Members},
    model::Revision,
};

/// What happened so far.
#[derive(Default)]
pub struct Memory {
    /// What the client declared in the handshake.
    pub capabilities: Value,
    /// Whether the client said that it is ready.
    pub initialized: bool,
    /// Whether the client has asked what there is.
    pub discovered: bool,
    /// Whether a modern request came before.
    pub served: bool,
    /// The malformed lines so far.
    pub malformed: usize,
    /// The read that brought the latest request that was answered.
    pub read: u64,
    done: HashSet<String>,
}

impl Memory {
    /// True the first time that it is asked about this.
    pub fn first(&mut self, what: &str) -> bool {
        self.done.insert(what.to_owned())
    }

    /// False and true by turns.
    pub fn every_second(&mut self, what: &str) -> bool {
        if self.done.remove(what) {
            return true;
        }
        self.done.insert(what.to_owned());
        false
    }
}

/// A message on its way out.
pub struct Exchange<'a> {
    /// The request that it answers; null, if it answers none.
    pub request: &'a Value,
    /// The method of that request.
    pub method: &'a str,
    /// Why the request failed.
    pub cause: Option<Cause>,
    /// The revision that is spoken.
    pub revision: Revision,
    /// What happened so far.
    pub memory: &'a mut Memory,
    /// What to send first.
    pub before: Vec<Value>,
    /// What to send afterwards.
    pub after: Vec<Value>,
    /// Whether not to send it.
    pub dropped: bool,
}

impl Exchange<'_> {
    /// A member of the request's params.
    pub fn param(&self, name: &str) -> Option<&Value> {
        self.request.get("params")?.get(name)
    }
}

/// A message on its way in.
pub struct Arrival<'a> {
    /// What it asks for or tells.
    pub method: String,
    /// Whether it wants an answer.
    pub is_request: bool,
    /// The revisions that the server speaks.
    pub spoken: &'a [Revision],
    /// What happened so far.
    pub memory: &'a mut Memory,
}

/// The params of a message.
pub fn params(message: &mut Value) -> Option<&mut Members> {
    message.get_mut("params")?.as_object_mut()
}

/// The metadata of a request.
pub fn meta(message: &mut Value) -> Option<&mut Members> {
    params(message)?.get_mut("_meta")?.as_object_mut()
}

/// The result in a message.
pub fn result(message: &mut Value) -> Option<&mut Members> {
    message.get_mut("result")?.as_object_mut()
}

/// Turns an answer into one with this result.
pub fn succeed(message: &mut Value, mut result: Value, revision: Revision) {
    if revision >= Revision::V2026_07_28 {
        result["resultType"] = Value::from("complete");
    }
    if let Some(members) = message.as_object_mut() {
        members.remove("error");
        members.insert("result".to_owned(), result);
    }
}
