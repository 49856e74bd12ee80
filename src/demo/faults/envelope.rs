//! Messages that are not quite JSON-RPC.

use serde_json::{Value, json};

use super::memory::Exchange;
use crate::{demo::Fault, model::Revision};

/// An answer to a notification.
pub fn unasked(fault: Fault, revision: Revision) -> Option<Value> {
    let result = if revision >= Revision::V2026_07_28 { json!({ "resultType": "complete" }) } else { json!({}) };
    (fault == Fault::AnswersNotifications).then(|| json!({ "jsonrpc": "2.0", "id": null, "result": result }))
}

/// An answer as it is wrapped when it leaves, whatever else was done to it.
pub fn wrapped(fault: Fault, message: Value) -> Value {
    let is_answer = message.get("result").is_some() || message.get("error").is_some();
    if fault == Fault::BatchAnswers && is_answer { json!([message]) } else { message }
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    if message.get("result").is_some() || message.get("error").is_some() {
        answer(fault, message, exchange);
    } else if fault == Fault::NotificationWithId && message.get("id").is_none() {
        message["id"] = json!("demo-notification");
    }
}

fn answer(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    match fault {
        Fault::NoJsonrpc => {
            message.as_object_mut().map(|members| members.remove("jsonrpc"));
        }
        Fault::JsonrpcNumber => message["jsonrpc"] = json!(2.0),
        Fault::IdAsString if message["id"].is_number() => message["id"] = json!(message["id"].to_string()),
        Fault::NullResult if message["result"] == json!({}) => message["result"] = Value::Null,
        Fault::ResultAndError if message.get("result").is_some() => {
            message["error"] = json!({ "code": -32603, "message": "and yet it failed" });
        }
        Fault::DoubleAnswer => exchange.after.push(message.clone()),
        _ => {}
    }
    if let Some(error) = message.get_mut("error") {
        failed(fault, error);
    }
}

fn failed(fault: Fault, error: &mut Value) {
    match fault {
        Fault::ErrorCodeString => error["code"] = json!(error["code"].to_string()),
        Fault::ErrorWithoutMessage => {
            error.as_object_mut().map(|members| members.remove("message"));
        }
        Fault::StackTrace => {
            let message = error["message"].as_str().unwrap_or_default();
            error["message"] = json!(format!("{message}\n    at route (demo.rs:42)\n    at serve (demo.rs:7)"));
        }
        _ => {}
    }
}
