//! A request over HTTP that a step writes itself: any method, any header, any body, or half of one.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Meta, Payload};

/// A request over HTTP. Texts may hold variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    /// The method, as it is spelled.
    pub method: String,
    /// The path; the endpoint of the server when absent.
    pub path: Option<String>,
    /// Put over the headers that the session would send; spelled as they are sent.
    pub headers: Vec<(String, HeaderValue)>,
    /// The body.
    pub body: HttpBody,
    /// Whether the message gets no id.
    pub notification: bool,
    /// What becomes of the standard `_meta` of the message.
    pub meta: Meta,
    /// Whether the message breaks the protocol on purpose.
    pub malformed: bool,
    /// How many bytes of the body are sent before the connection is closed; all when absent.
    pub cut: Option<usize>,
    /// When an `expect` about it has enough.
    pub until: Until,
    /// The `as:` name.
    pub label: Option<String>,
}

/// What becomes of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderValue {
    /// It is left out.
    Leave,
    /// It is there once for each of these, in place of what would be there otherwise.
    Values(Vec<String>),
}

/// What a request over HTTP carries.
#[derive(Clone, Debug, PartialEq)]
pub enum HttpBody {
    /// No body.
    Nothing,
    /// A message, as the suite gives it: `jsonrpc`, an `id` and `_meta` are still to be added.
    Message(Value),
    /// Bytes.
    Bytes(Payload),
}

/// When there is enough of an answer to judge it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Until {
    /// The headers are in.
    Head,
    /// The response to its id is in, or the body has ended.
    #[default]
    Answer,
    /// The body has ended.
    End,
}
