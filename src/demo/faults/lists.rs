//! Lists that cannot be walked.

use serde_json::{Value, json};

use super::{
    Verdict,
    memory::{Arrival, Exchange, params, result},
};
use crate::demo::{
    Fault,
    failure::{Cause, Failure},
    page,
    rpc::Members,
};

/// The member that holds the list.
fn list(method: &str) -> Option<&'static str> {
    match method {
        "tools/list" => Some("tools"),
        "prompts/list" => Some("prompts"),
        "resources/list" => Some("resources"),
        "resources/templates/list" => Some("resourceTemplates"),
        _ => None,
    }
}

/// A message arrives.
pub fn incoming(fault: Fault, message: &mut Value, arrival: &Arrival) -> Verdict {
    let (Some(name), Some(params)) = (list(&arrival.method), params(message)) else {
        return Verdict::Go;
    };
    let Some(cursor) = params.get("cursor").and_then(Value::as_str) else {
        return Verdict::Go;
    };
    match fault {
        Fault::CursorRejected => {
            return Verdict::Fail(Failure::new(Cause::Cursor, "this cursor was never given"));
        }
        Fault::BadCursorOk if page::position(name, cursor, usize::MAX).is_none() => {
            params.remove("cursor");
        }
        _ => {}
    }
    Verdict::Go
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    let (Some(name), Some(result)) = (list(exchange.method), result(message)) else {
        return;
    };
    let cursor = exchange.param("cursor").cloned();
    let is_last = !result.contains_key("nextCursor");
    match fault {
        Fault::NullNextCursor if is_last => set_cursor(result, Value::Null),
        Fault::NumberCursor if !is_last => set_cursor(result, json!(5)),
        Fault::CursorLoop if is_last && cursor.is_some() => set_cursor(result, json!(page::cursor(name, 5))),
        Fault::UnstableOrder => {
            let second = exchange.memory.every_second(&format!("{name} {cursor:?}"));
            if let Some(Value::Array(items)) = result.get_mut(name).filter(|_| second) {
                items.reverse();
            }
        }
        Fault::ToolsNotArray if name == "tools" => {
            if let Some(tools) = result.get_mut(name) {
                *tools = by_name(tools);
            }
        }
        _ => {}
    }
}

fn set_cursor(result: &mut Members, cursor: Value) {
    result.insert("nextCursor".to_owned(), cursor);
}

fn by_name(tools: &Value) -> Value {
    let named = tools.as_array().into_iter().flatten();
    named.map(|tool| (tool["name"].as_str().unwrap_or_default().to_owned(), tool.clone())).collect()
}
