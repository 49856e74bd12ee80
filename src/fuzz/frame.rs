//! What is sent: frames of bytes, in cases. A frame may be a message, half of one, or nothing like one.
//!
//! Ids are written when a frame is played, so that answers can be told apart however often it is: where a frame says
//! `"@id:N@"`, the id of frame N of its case comes to stand.

use serde_json::{Value, json};

use crate::wire::{Kind, classify, json::decode};

/// What an id is written as until the frame is played.
pub const OPEN: &[u8] = b"\"@id:";
/// How it ends.
pub const CLOSE: &[u8] = b"@\"";

/// The id of the frame at a place of its case, to be written when it is played.
pub fn id_of(place: usize) -> Value {
    json!(format!("@id:{place}@"))
}

/// What is demanded of the server for a frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// A request as JSON-RPC wants it: exactly one answer, with its id.
    Answer {
        /// Its method.
        method: String,
        /// Its parameters.
        params: Value,
        /// Its id, unless it is written when the frame is played.
        id: Option<Value>,
        /// The place whose id it is then.
        place: u64,
    },
    /// A notification or a response: no answer.
    Silence {
        /// The method, if it is a notification.
        method: Option<String>,
    },
    /// Whatever: what is sent is broken.
    Anything,
}

/// What happens behind a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Then {
    /// The next one follows at once, in the same write if that can be.
    #[default]
    Go,
    /// The next one is written a moment later, so that the server reads this one by itself.
    Flush,
    /// The next one is written when everything before it is answered.
    Settle,
    /// The input is closed.
    Close,
}

/// One thing that is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Exactly these bytes, but for ids; the newline is one of them.
    pub bytes: Vec<u8>,
    /// What the server owes for it.
    pub asks: Asks,
    /// What happens behind it.
    pub then: Then,
}

impl Frame {
    /// A message, as a line.
    pub fn say(message: &Value) -> Self {
        let mut bytes = message.to_string().into_bytes();
        bytes.push(b'\n');
        Self { asks: asks(message), bytes, then: Then::Go }
    }

    /// A request whose id is written when it is played; `place` is where in its case it stands.
    pub fn ask(place: usize, method: &str, params: Option<Value>) -> Self {
        let mut message = json!({ "jsonrpc": "2.0", "id": id_of(place), "method": method });
        if let Some(params) = params {
            message["params"] = params;
        }
        Self::say(&message)
    }

    /// A notification.
    pub fn tell(method: &str, params: Option<Value>) -> Self {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        if let Some(params) = params {
            message["params"] = params;
        }
        Self::say(&message)
    }

    /// Bytes as they are. What they ask for is read from them: a whole line that is a message is one.
    pub fn raw(bytes: Vec<u8>) -> Self {
        let asks = bytes.strip_suffix(b"\n").filter(|line| !line.contains(&b'\n')).map_or(Asks::Anything, read);
        Self { bytes, asks, then: Then::Go }
    }

    /// The same, with something else behind it.
    #[must_use]
    pub const fn then(mut self, then: Then) -> Self {
        self.then = then;
        self
    }

    /// The bytes with the ids of a case that begins at `base`.
    pub fn write(&self, base: u64, into: &mut Vec<u8>) {
        let mut rest = self.bytes.as_slice();
        while let Some((before, place, behind)) = next_id(rest) {
            into.extend_from_slice(before);
            into.extend_from_slice((base + place).to_string().as_bytes());
            rest = behind;
        }
        into.extend_from_slice(rest);
    }

    /// The same, with its ids at other places of a case.
    #[must_use]
    pub fn moved(&self, to: impl Fn(usize) -> usize) -> Self {
        let (mut bytes, mut rest) = (Vec::with_capacity(self.bytes.len()), self.bytes.as_slice());
        while let Some((before, place, behind)) = next_id(rest) {
            bytes.extend_from_slice(before);
            let place = usize::try_from(place).map_or(usize::MAX, &to);
            bytes.extend_from_slice(id_of(place).to_string().as_bytes());
            rest = behind;
        }
        bytes.extend_from_slice(rest);
        let mut moved = Self { bytes, ..self.clone() };
        if let Asks::Answer { id: None, place, .. } = &mut moved.asks {
            *place = usize::try_from(*place).map_or(usize::MAX, &to) as u64;
        }
        moved
    }

    /// The places whose ids it writes.
    pub fn ids(&self) -> impl Iterator<Item = u64> {
        let mut rest = self.bytes.as_slice();
        std::iter::from_fn(move || {
            let (_, place, behind) = next_id(rest)?;
            rest = behind;
            Some(place)
        })
    }

    /// Whether the id that is owed an answer is one that it writes.
    pub fn is_consistent(&self) -> bool {
        match &self.asks {
            Asks::Answer { id: None, place: owed, .. } => self.ids().any(|place| place == *owed),
            _ => true,
        }
    }

    /// The message that it is, where it is one.
    pub fn message(&self) -> Option<Value> {
        serde_json::from_slice(&self.bytes).ok()
    }
}

/// What stands before the next id that is to be written, its place, and what stands behind it.
fn next_id(bytes: &[u8]) -> Option<(&[u8], u64, &[u8])> {
    let mut from = 0;
    loop {
        let quote = from + bytes.get(from..)?.iter().position(|byte| *byte == b'"')?;
        let rest = bytes.get(quote..)?;
        if let Some(inside) = rest.strip_prefix(OPEN) {
            let digits = inside.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let place = std::str::from_utf8(inside.get(..digits)?).ok().and_then(|digits| digits.parse().ok());
            if let (Some(place), Some(behind)) = (place, inside.get(digits..)?.strip_prefix(CLOSE)) {
                return Some((bytes.get(..quote)?, place, behind));
            }
        }
        from = quote + 1;
    }
}

/// What a line asks for. Only what everybody reads in the same way is held against the server.
fn read(line: &[u8]) -> Asks {
    match decode(line) {
        (Some(value), defects) if defects.is_empty() => asks(&value),
        _ => Asks::Anything,
    }
}

fn asks(message: &Value) -> Asks {
    let is_whole = message.get("jsonrpc") == Some(&json!("2.0")) && has_parameters(message);
    let only_known = message.as_object().is_some_and(|members| {
        members.keys().all(|key| matches!(key.as_str(), "jsonrpc" | "id" | "method" | "params"))
    });
    if !is_whole {
        return Asks::Anything;
    }
    match classify(message.clone()).kind {
        Kind::Request { id, method } if only_known => match &id {
            Value::String(text) if place_of(text).is_some() => {
                let place = place_of(text).unwrap_or_default();
                Asks::Answer { method, params: parameters(message), id: None, place }
            }
            Value::String(_) => Asks::Answer { method, params: parameters(message), id: Some(id), place: 0 },
            Value::Number(number) if is_plain(number) => {
                Asks::Answer { method, params: parameters(message), id: Some(id), place: 0 }
            }
            _ => Asks::Anything,
        },
        Kind::Notification { method } if only_known => Asks::Silence { method: Some(method) },
        Kind::Result { .. } | Kind::Error { .. } if is_answer(message) => Asks::Silence { method: None },
        _ => Asks::Anything,
    }
}

/// The place in `@id:7@`.
fn place_of(text: &str) -> Option<u64> {
    text.strip_prefix("@id:")?.strip_suffix('@')?.parse().ok()
}

/// A response as JSON-RPC wants it. Another one is an invalid message, and a server may say so.
fn is_answer(message: &Value) -> bool {
    let has_id = message.get("id").is_some_and(|id| id.is_string() || id.is_number());
    let is_proper = |error: &Value| {
        error.get("code").is_some_and(Value::is_i64) && error.get("message").is_some_and(Value::is_string)
    };
    let result = message.get("result").is_none_or(Value::is_object);
    let is_one = message.get("result").is_some() != message.get("error").is_some();
    has_id && is_one && result && message.get("error").is_none_or(is_proper)
}

fn parameters(message: &Value) -> Value {
    message.get("params").cloned().unwrap_or_default()
}

fn has_parameters(message: &Value) -> bool {
    message.get("params").is_none_or(Value::is_object)
}

/// An integer that every language holds.
fn is_plain(number: &serde_json::Number) -> bool {
    number.as_i64().is_some_and(|number| number.unsigned_abs() < 1 << 53)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_when_it_is_played() {
        let frame =
            Frame::say(&json!({ "jsonrpc": "2.0", "id": id_of(0), "method": "m", "params": { "of": id_of(2) } }));
        let mut bytes = Vec::new();
        frame.write(40, &mut bytes);
        assert_eq!(
            String::from_utf8_lossy(&bytes),
            "{\"jsonrpc\":\"2.0\",\"id\":40,\"method\":\"m\",\"params\":{\"of\":42}}\n"
        );
        let odd = Frame::raw(b"\"@id:x@\"\"@id:\"@id:1@\"".to_vec());
        bytes.clear();
        odd.write(1, &mut bytes);
        assert_eq!(String::from_utf8_lossy(&bytes), "\"@id:x@\"\"@id:2");
    }

    #[test]
    fn what_is_owed_for_what() {
        let owed = |text: &str| Frame::raw(format!("{text}\n").into_bytes()).asks;
        let answer = |text: &str| matches!(owed(text), Asks::Answer { .. });
        assert!(answer(r#"{"jsonrpc":"2.0","id":1,"method":"m"}"#));
        assert!(answer(r#"{"jsonrpc":"2.0","id":"@id:0@","method":"m","params":{}}"#));
        assert_eq!(owed(r#"{"jsonrpc":"2.0","method":"m"}"#), Asks::Silence { method: Some("m".to_owned()) });
        assert_eq!(owed(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#), Asks::Silence { method: None });
        for broken in [
            r#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"m","params":[]}"#,
            r#"{"id":1,"method":"m"}"#,
            r#"{"jsonrpc":"2.0","id":null,"error":""}"#,
            r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"m"}"#,
            r#" {"jsonrpc":"2.0","id":9007199254740993,"method":"m"}"#,
            "",
            "[]",
        ] {
            assert_eq!(owed(broken), Asks::Anything, "{broken}");
        }
    }
}
