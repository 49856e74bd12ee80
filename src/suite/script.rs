//! The steps of a script, decoded. Texts may hold variables: `Scope::fill` and `Scope::fill_text` put them in.

use std::time::Duration;

use serde_json::Value;

use super::{Expect, Http, Pattern, Scope, Subject, Unfilled};

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// The line in the file.
    pub line: u32,
    /// What to do.
    pub action: Action,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Sends a request and goes on.
    Send(Send),
    /// Sends a notification.
    Notify(Notify),
    /// Writes bytes.
    Raw(Raw),
    /// Sends a request over HTTP and goes on.
    Http(Http),
    /// Closes the connection of the exchange of this `as:` name.
    HangUp(String),
    /// Waits for an answer and decides.
    Expect(Expect),
    /// Asks for a sign of life; the text says what it means when none comes.
    Alive(String),
    /// Names values of an answer.
    Let(Let),
    /// Runs steps once for each item of a list.
    For(For),
    /// Closes the server's input.
    Close,
    /// Waits.
    Wait(Wait),
}

/// A request.
#[derive(Clone, Debug)]
pub struct Send {
    /// The method; may hold variables.
    pub method: String,
    /// The parameters, without `_meta`; may hold variables.
    pub params: Option<Value>,
    /// An id of the suite's own choice.
    pub id: Option<Value>,
    /// The `as:` name.
    pub label: Option<String>,
    /// What becomes of the standard `_meta`.
    pub meta: Meta,
    /// Whether it breaks the protocol on purpose.
    pub malformed: bool,
}

/// A notification.
#[derive(Clone, Debug)]
pub struct Notify {
    /// The method; may hold variables.
    pub method: String,
    /// The parameters, without `_meta`; may hold variables.
    pub params: Option<Value>,
    /// What becomes of the standard `_meta`.
    pub meta: Meta,
    /// Whether it breaks the protocol on purpose.
    pub malformed: bool,
}

/// What becomes of the `_meta` that a modern revision demands.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Meta {
    /// It is sent.
    #[default]
    Standard,
    /// This is merged over it; null removes a member.
    Merge(Value),
    /// None is sent.
    None,
}

/// Bytes on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// What to write.
    pub payload: Payload,
    /// Whether a newline follows.
    pub newline: bool,
    /// The id that an answer to it would carry.
    pub id: Option<Value>,
    /// The `as:` name.
    pub label: Option<String>,
}

/// Bytes that a suite writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Text; may hold variables.
    Text(String),
    /// Bytes, exactly.
    Bytes(Vec<u8>),
    /// This text, so many times.
    Repeated(String, usize),
}

impl Payload {
    /// The bytes, with all variables put in.
    pub fn fill(&self, scope: &Scope) -> Result<Vec<u8>, Unfilled> {
        Ok(match self {
            Self::Text(text) => scope.fill_text(text)?.into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
            Self::Repeated(text, times) => text.repeat(*times).into_bytes(),
        })
    }
}

/// Names values of an answer.
#[derive(Clone, Debug)]
pub struct Let {
    /// Each name with the JSON pointer of its value.
    pub names: Vec<(String, String)>,
    /// Whose answer.
    pub of: Subject,
    /// What it means when a value is missing: the check is *not exercised*. Without it the variable is null.
    pub otherwise: Option<String>,
}

/// Runs steps once for each item of a list.
#[derive(Clone, Debug)]
pub struct For {
    /// The variable.
    pub name: String,
    /// What it stands for, one after the other.
    pub list: List,
    /// Which items count; all when absent.
    pub only: Option<Pattern>,
    /// What to do with each.
    pub steps: Vec<Step>,
}

/// What `for` iterates over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// Every tool that the server lists.
    Tools,
    /// Every prompt.
    Prompts,
    /// Every resource.
    Resources,
    /// Every resource template.
    Templates,
    /// Every tool that may be called, with valid arguments: `{ tool, arguments }`.
    Calls,
    /// Every argument of these calls that travels as a header.
    Mirrored,
    /// These values; may hold variables.
    Values(Vec<Value>),
    /// The items of a variable: a text such as `{{names}}`.
    Variable(String),
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// This long.
    For(Duration),
    /// Until the server has nothing more to say.
    Quiet,
}
