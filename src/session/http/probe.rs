//! A request that a check puts together by itself.

use serde_json::Value;

/// A request of a check: what it says is put over what the session would send.
#[derive(Clone, Debug, Default)]
pub struct Probe {
    /// `POST`, or anything else.
    pub method: String,
    /// Where to, if not to the usual place: a path, or an address of the same host.
    pub path: Option<String>,
    /// Headers to send as they are spelled; none at all leaves out what would be sent.
    pub headers: Vec<(String, Vec<String>)>,
    /// What it carries.
    pub content: Content,
    /// How much of the body is sent before the connection is closed.
    pub cut: Option<usize>,
    /// Whether it breaks the protocol on purpose.
    pub malformed: bool,
    /// When its answer is complete enough.
    pub until: Until,
}

/// What a request carries.
#[derive(Clone, Debug, Default)]
pub enum Content {
    /// Nothing.
    #[default]
    Nothing,
    /// A message, whole; its headers follow from it.
    Message(Value),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// When enough of an answer is there to judge it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Until {
    /// With its headers.
    Head,
    /// With the response that it carries, or at its end.
    #[default]
    Answer,
    /// At its end.
    End,
}
