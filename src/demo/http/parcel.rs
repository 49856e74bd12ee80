//! A message on its way to a client of HTTP, with what decides how it is wrapped.

use serde_json::Value;

use crate::demo::failure::Cause;

/// A message, or what a script says in place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The message as it leaves.
    pub bytes: Vec<u8>,
    /// Whether it can be an answer by itself, without an event stream around it.
    pub stands_alone: bool,
    /// The code of the error that it tells.
    pub code: Option<i64>,
    /// Why the request failed.
    pub cause: Option<Cause>,
}

impl Parcel {
    /// A message of the server.
    pub fn new(message: &Value, bytes: Vec<u8>, cause: Option<Cause>) -> Self {
        let stands_alone = message.get("method").is_none();
        Self { bytes, stands_alone, code: message["error"]["code"].as_i64(), cause }
    }

    /// A line of a script, in place of a message with this cause.
    pub fn line(line: &str, cause: Option<Cause>) -> Self {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        Self { stands_alone: true, ..Self::new(&message, line.as_bytes().to_vec(), cause) }
    }
}
