//! The keys of each step. A step is known by its verb; the other keys belong to it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Until,
    block::ArmKeys,
    decode::{Ref, given},
    grammar::{HeaderGrammar, ListGrammar, MetaGrammar, PatternGrammar, RawGrammar, StepGrammar},
};

/// `send: METHOD`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SendKeys {
    /// Sends a request of this method and goes on.
    pub send: String,
    /// Its parameters.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Value")]
    pub params: Option<Ref>,
    /// An id of your own.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Value")]
    pub id: Option<Ref>,
    /// A name to refer to it later.
    #[serde(default, rename = "as")]
    #[schemars(with = "String")]
    pub label: Option<String>,
    /// Merged over the standard `_meta`; `none` sends none.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "MetaGrammar")]
    pub meta: Option<Ref>,
    /// It breaks the protocol on purpose. What is not marked so is held against the protocol as well.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub malformed: Option<bool>,
}

/// `notify: METHOD`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NotifyKeys {
    /// Sends a notification of this method.
    pub notify: String,
    /// Its parameters.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Value")]
    pub params: Option<Ref>,
    /// Merged over the standard `_meta`; `none` sends none.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "MetaGrammar")]
    pub meta: Option<Ref>,
    /// It breaks the protocol on purpose. What is not marked so is held against the protocol as well.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub malformed: Option<bool>,
}

/// `raw: TEXT`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawKeys {
    /// Writes these bytes and a newline.
    #[schemars(with = "RawGrammar")]
    pub raw: Ref,
    /// `false` leaves the newline out.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub newline: Option<bool>,
    /// The id that an answer to it would carry.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Value")]
    pub id: Option<Ref>,
    /// A name to refer to it later.
    #[serde(default, rename = "as")]
    #[schemars(with = "String")]
    pub label: Option<String>,
}

/// `http: METHOD`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HttpKeys {
    /// Sends a request over HTTP with this method, as it is spelled, and goes on.
    pub http: String,
    /// Its path; default: the endpoint of the server.
    #[serde(default)]
    #[schemars(with = "String")]
    pub path: Option<String>,
    /// Put over the headers that would be sent, spelled as they are sent; null leaves one out, a list repeats it.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, HeaderGrammar>")]
    pub headers: Option<Ref>,
    /// A message for its body; `jsonrpc`, an `id` and `_meta` are added, and headers follow from it.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "BTreeMap<String, Value>")]
    pub message: Option<Ref>,
    /// Bytes for its body, as they are.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "RawGrammar")]
    pub body: Option<Ref>,
    /// Sends so many bytes of the body, and closes the connection.
    #[serde(default)]
    #[schemars(with = "u64")]
    pub cut: Option<usize>,
    /// The message gets no id.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub notification: Option<bool>,
    /// Merged over the standard `_meta` of the message; `none` sends none.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "MetaGrammar")]
    pub meta: Option<Ref>,
    /// The message breaks the protocol on purpose. What is not marked so is held against the protocol as well.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub malformed: Option<bool>,
    /// When an `expect` about it has enough.
    #[serde(default)]
    pub until: Until,
    /// A name to refer to it later.
    #[serde(default, rename = "as")]
    #[schemars(with = "String")]
    pub label: Option<String>,
}

/// `hang-up: NAME`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HangUpKeys {
    /// Closes the connection of the exchange with this `as:` name, whatever has come of it.
    #[serde(rename = "hang-up")]
    pub name: String,
}

/// `expect: [arms]`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectKeys {
    /// Waits for an answer; the first arm that fits decides.
    #[schemars(with = "Vec<ArmKeys>")]
    pub expect: Vec<Ref>,
    /// What is judged: an `as:` name, `"{{variable}}"`, `handshake` or `exit`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub of: Option<Ref>,
    /// Replaces the time limit: `200ms`, `2s`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub within: Option<Ref>,
}

/// `alive: REASON`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AliveKeys {
    /// Fails with this reason unless the server still answers.
    pub alive: String,
}

/// `let: { NAME: /json/pointer }`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LetKeys {
    /// Names values of the latest answer, by JSON pointer.
    #[serde(rename = "let")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub names: Ref,
    /// Whose answer: an `as:` name, `"{{variable}}"`, `handshake` or `exit`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub of: Option<Ref>,
    /// Ends the check as *not exercised* when there is no such value.
    #[serde(default)]
    #[schemars(with = "String")]
    pub otherwise: Option<String>,
}

/// `for: NAME`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ForKeys {
    /// Runs the steps once for each item, under this name.
    #[serde(rename = "for")]
    pub name: String,
    /// What to go through.
    #[serde(rename = "in")]
    #[schemars(with = "ListGrammar")]
    pub list: Ref,
    /// Which items count.
    #[serde(default, rename = "where", deserialize_with = "given")]
    #[schemars(with = "PatternGrammar")]
    pub only: Option<Ref>,
    /// What to do with each.
    #[schemars(with = "Vec<StepGrammar>")]
    pub steps: Vec<Ref>,
}

/// `close: stdin`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CloseKeys {
    /// Closes the server's input.
    #[expect(dead_code, reason = "there is only one thing to close")]
    pub close: Closed,
}

/// What can be closed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Closed {
    /// The server's input.
    Stdin,
}

/// `wait: 200ms`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaitKeys {
    /// Waits this long, or until the server is `quiet`.
    #[schemars(with = "String")]
    pub wait: Ref,
}
