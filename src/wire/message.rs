//! What a JSON value is in the eyes of JSON-RPC. Sorts what it can; refuses nothing, judges nothing.

use serde_json::{Map, Value};

/// A JSON value and what JSON-RPC takes it for.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The value as it was read.
    pub value: Value,
    /// What it is.
    pub kind: Kind,
}

/// What JSON-RPC takes a value for. A wrong or missing `jsonrpc` member does not change it.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// It has a method and an id, even if that id is null or of a forbidden type.
    Request {
        /// The id as it was written.
        id: Value,
        /// The method.
        method: String,
    },
    /// It has a method and no id.
    Notification {
        /// The method.
        method: String,
    },
    /// The answer to a request.
    Result {
        /// The id as it was written.
        id: Value,
    },
    /// The refusal of a request; it wins when there is a result as well.
    Error {
        /// The id as it was written; nothing when the member is missing.
        id: Option<Value>,
    },
    /// An array with at least one message in it.
    Batch(Vec<Message>),
    /// None of these; the text says why.
    Invalid(&'static str),
}

impl Kind {
    /// The word for it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Request { .. } => "request",
            Self::Notification { .. } => "notification",
            Self::Result { .. } => "result",
            Self::Error { .. } => "error",
            Self::Batch(_) => "batch",
            Self::Invalid(_) => "invalid",
        }
    }

    /// The messages of a list; none of what is no list.
    pub fn into_parts(self) -> Vec<Message> {
        match self {
            Self::Batch(parts) => parts,
            _ => Vec::new(),
        }
    }
}

impl Message {
    /// Whether it is anything that JSON-RPC knows.
    pub fn is_valid(&self) -> bool {
        !matches!(self.kind, Kind::Invalid(_))
    }
}

/// What JSON-RPC takes a value for.
pub fn classify(value: Value) -> Message {
    let kind = match &value {
        Value::Array(items) => batch(items),
        other => single(other),
    };
    Message { value, kind }
}

/// The bytes of one message as a line.
pub fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = value.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn batch(items: &[Value]) -> Kind {
    let messages: Vec<_> = items.iter().map(|item| Message { kind: single(item), value: item.clone() }).collect();
    if messages.iter().any(Message::is_valid) {
        Kind::Batch(messages)
    } else {
        Kind::Invalid("an array without a message")
    }
}

fn single(value: &Value) -> Kind {
    match value {
        Value::Object(object) => match object.get("method") {
            Some(Value::String(method)) => call(object, method.clone()),
            Some(_) => Kind::Invalid("the method is not a string"),
            None => answer(object),
        },
        Value::Array(_) => Kind::Invalid("an array inside a batch"),
        _ => Kind::Invalid("neither an object nor an array"),
    }
}

fn call(object: &Map<String, Value>, method: String) -> Kind {
    match object.get("id") {
        Some(id) => Kind::Request { id: id.clone(), method },
        None => Kind::Notification { method },
    }
}

/// An error that is no object decides only where there is no result, so that the request at least is settled.
fn answer(object: &Map<String, Value>) -> Kind {
    let id = object.get("id").cloned();
    match (object.get("error"), object.get("result"), id) {
        (Some(Value::Object(_)), _, id) => Kind::Error { id },
        (_, Some(_), Some(id)) => Kind::Result { id },
        (_, Some(_), None) => Kind::Invalid("a result without an id"),
        (Some(Value::Null) | None, None, _) => Kind::Invalid("no method, no result and no error"),
        (Some(_), None, id) => Kind::Error { id },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kind(value: Value) -> Kind {
        classify(value).kind
    }

    #[test]
    fn calls() {
        let method = || "ping".to_owned();
        assert_eq!(kind(json!({"id": 1, "method": "ping"})), Kind::Request { id: json!(1), method: method() });
        assert_eq!(kind(json!({"id": null, "method": "ping"})), Kind::Request { id: Value::Null, method: method() });
        assert_eq!(kind(json!({"jsonrpc": 7, "method": "ping"})), Kind::Notification { method: method() });
        assert_eq!(kind(json!({"id": 1, "method": 5})), Kind::Invalid("the method is not a string"));
    }

    #[test]
    fn answers() {
        let error = |id| Kind::Error { id };
        let result = |id| Kind::Result { id };
        for (value, expected) in [
            (json!({"id": 1, "result": null}), result(json!(1))),
            (json!({"id": "a", "result": {}, "error": null}), result(json!("a"))),
            (json!({"id": 1, "result": {}, "error": "odd"}), result(json!(1))),
            (json!({"id": 1, "result": {}, "error": {}}), error(Some(json!(1)))),
            (json!({"id": 1, "error": "boom"}), error(Some(json!(1)))),
            (json!({"id": null, "error": {}}), error(Some(Value::Null))),
            (json!({"error": {}}), error(None)),
            (json!({"result": {}}), Kind::Invalid("a result without an id")),
            (json!({"id": 1, "error": null}), Kind::Invalid("no method, no result and no error")),
            (json!({"level": "info"}), Kind::Invalid("no method, no result and no error")),
        ] {
            assert_eq!(kind(value.clone()), expected, "{value}");
        }
    }

    #[test]
    fn batches_hold_their_members_and_nothing_nested() {
        let Kind::Batch(members) = kind(json!([{"method": "a"}, 5, [{"method": "b"}]])) else {
            panic!("not a batch");
        };
        assert_eq!(members.len(), 3);
        assert_eq!(members[0].kind, Kind::Notification { method: "a".into() });
        assert_eq!(members[2].kind, Kind::Invalid("an array inside a batch"));
        assert!(!classify(json!([])).is_valid());
        assert!(!classify(json!([1, 2])).is_valid());
    }

    #[test]
    fn encoding_is_one_line() {
        assert_eq!(encode(&json!({"a": "x\ny\u{2028}"})), "{\"a\":\"x\\ny\u{2028}\"}\n".as_bytes());
    }
}
