//! JSON-RPC 2.0 as the server sees it: what kind of message a value is, and how an answer is built.

use serde_json::{Map, Value, json};

use super::failure::{Answer, Cause, Failure};
use crate::model::Revision;

/// The members of an object.
pub type Members = Map<String, Value>;

/// A value that arrived, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// Wants an answer.
    Request(Request),
    /// Wants none.
    Notification(Notification),
    /// Answers a request of the server.
    Response(Response),
    /// None of these; the id that it can be answered with, and what is wrong.
    Unfit(Option<Value>, Failure),
}

/// A request of the client.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// A string or an integer.
    pub id: Value,
    /// What is asked for.
    pub method: String,
    /// Empty when there are none.
    pub params: Members,
}

/// A notification of the client.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// What happened.
    pub method: String,
    /// Empty when there are none.
    pub params: Members,
}

/// The client's answer to a request of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The id of the server's request.
    pub id: Value,
    /// The result, or the error.
    pub outcome: Result<Value, Value>,
}

/// Says what `value` is.
pub fn classify(value: &Value) -> Incoming {
    let Some(members) = value.as_object() else {
        return Incoming::Unfit(None, invalid("a message has to be an object"));
    };
    let id = members.get("id");
    let echo = id.filter(|id| is_id(id)).cloned();
    if members.get("jsonrpc") != Some(&json!("2.0")) {
        return Incoming::Unfit(echo, invalid("jsonrpc has to be \"2.0\""));
    }
    let Some(method) = members.get("method") else {
        return response(members, echo);
    };
    let Some(method) = method.as_str() else {
        return Incoming::Unfit(echo, invalid("method has to be a string"));
    };
    let params = match members.get("params") {
        None => Members::new(),
        Some(Value::Object(params)) => params.clone(),
        Some(_) if id.is_none() => Members::new(),
        Some(_) => return Incoming::Unfit(echo, Failure::new(Cause::Params, "params has to be an object")),
    };
    let method = method.to_owned();
    match (id, echo) {
        (None, _) => Incoming::Notification(Notification { method, params }),
        (Some(_), Some(id)) => Incoming::Request(Request { id, method, params }),
        (Some(_), None) => Incoming::Unfit(None, invalid("id has to be a string or an integer")),
    }
}

fn response(members: &Members, id: Option<Value>) -> Incoming {
    let outcome = match (members.get("result"), members.get("error")) {
        (Some(result), None) => Ok(result.clone()),
        (None, Some(error)) => Err(error.clone()),
        _ => return Incoming::Unfit(id, invalid("method is missing")),
    };
    match id {
        Some(id) => Incoming::Response(Response { id, outcome }),
        None => Incoming::Unfit(None, invalid("a response needs the id of its request")),
    }
}

fn invalid(why: &str) -> Failure {
    Failure::new(Cause::Request, why)
}

fn is_id(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Number(number) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
        }
        _ => false,
    }
}

/// The message that answers the request with this id.
///
/// Where the id could not be read, the schema of the newer revisions leaves the member out; the older ones know no
/// such error, and JSON-RPC itself says null.
pub fn answer(id: Option<&Value>, answer: &Answer, revision: Revision) -> Value {
    let mut message = json!({ "jsonrpc": "2.0" });
    match id {
        Some(id) => message["id"] = id.clone(),
        None if revision < Revision::V2025_11_25 => message["id"] = Value::Null,
        None => {}
    }
    match answer {
        Ok(result) => message["result"] = result.clone(),
        Err(failure) => message["error"] = failure.to_error(revision),
    }
    message
}

/// A notification of the server.
pub fn notification(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        let request = classify(&json!({ "jsonrpc": "2.0", "id": 0, "method": "ping" }));
        assert!(matches!(request, Incoming::Request(Request { id, .. }) if id == json!(0)));
        let notification = classify(&json!({ "jsonrpc": "2.0", "method": "x", "params": [] }));
        assert!(matches!(notification, Incoming::Notification(_)));
        let response = classify(&json!({ "jsonrpc": "2.0", "id": "a", "error": {} }));
        assert!(matches!(response, Incoming::Response(Response { outcome: Err(_), .. })));
    }

    #[test]
    fn what_is_unfit_keeps_its_id_where_that_can_be_read() {
        for (value, id) in [
            (json!(5), None),
            (json!({ "id": 6, "method": "ping" }), Some(json!(6))),
            (json!({ "jsonrpc": "2.0", "id": null, "method": "ping" }), None),
            (json!({ "jsonrpc": "2.0", "id": 1.5, "method": "ping" }), None),
            (json!({ "jsonrpc": "2.0", "id": 7, "method": "ping", "params": [] }), Some(json!(7))),
            (json!({ "jsonrpc": "2.0", "id": 8 }), Some(json!(8))),
        ] {
            assert!(matches!(classify(&value), Incoming::Unfit(got, _) if got == id), "{value}");
        }
    }

    #[test]
    fn an_unreadable_id_is_null_only_where_no_schema_says_otherwise() {
        let parse: Answer = Err(Failure::new(Cause::Parse, "no JSON"));
        assert_eq!(answer(None, &parse, Revision::V2024_11_05).get("id"), Some(&Value::Null));
        assert_eq!(answer(None, &parse, Revision::V2026_07_28).get("id"), None);
    }
}
