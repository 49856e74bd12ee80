//! Calls that should be refused and are not, and results that nobody can use.

use serde_json::{Value, json};

use super::{
    Verdict,
    memory::{Arrival, Exchange, params, result, succeed},
};
use crate::{
    demo::{
        Fault,
        failure::{Cause, malformed},
        rpc::Members,
        tools,
    },
    model::Revision,
};

/// A message arrives.
pub fn incoming(fault: Fault, message: &mut Value, arrival: &Arrival) -> Verdict {
    if arrival.method != "tools/call" {
        return Verdict::Go;
    }
    let Some(params) = params(message) else {
        return Verdict::Go;
    };
    match fault {
        Fault::UnvalidatedArguments => make_fit(params),
        Fault::RequiresArguments if !params.contains_key("arguments") => {
            return Verdict::Fail(malformed("arguments is missing"));
        }
        _ => {}
    }
    Verdict::Go
}

/// Replaces arguments that do not fit, so that the call succeeds.
fn make_fit(params: &mut Members) {
    let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
    let tool = tools::find(name, Revision::NEWEST, 0);
    let none = Members::new();
    let given = match params.get("arguments") {
        None => &none,
        Some(Value::Object(given)) => given,
        Some(_) => return,
    };
    if tool.is_some_and(|tool| tool.complaint(given).is_some()) {
        let fitting = tools::sample_arguments(name);
        params.insert("arguments".to_owned(), Value::Object(fitting));
    }
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &Exchange) {
    if exchange.cause == Some(Cause::Tool) {
        unknown(fault, message, exchange.revision);
    }
    let is_call = exchange.method == "tools/call";
    let Some(result) = result(message) else { return };
    if fault == Fault::BadBase64 {
        result.values_mut().for_each(garble);
    }
    if is_call && result.contains_key("content") {
        envelope(fault, result);
        structured(fault, result);
        content(fault, result, exchange.revision);
    }
}

fn unknown(fault: Fault, message: &mut Value, revision: Revision) {
    let text = json!([{ "type": "text", "text": "I know no such tool" }]);
    match fault {
        Fault::UnknownToolOk => succeed(message, json!({ "content": text }), revision),
        Fault::UnknownToolIsError => succeed(message, json!({ "content": text, "isError": true }), revision),
        _ => {}
    }
}

fn garble(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(garble),
        Value::Object(members) => {
            for (name, value) in members {
                if (name == "data" || name == "blob") && value.is_string() {
                    *value = json!("<binary data>");
                } else {
                    garble(value);
                }
            }
        }
        _ => {}
    }
}

fn envelope(fault: Fault, result: &mut Members) {
    match fault {
        Fault::NoContent => {
            result.remove("content");
        }
        Fault::IsErrorString => {
            let failed = result.get("isError") == Some(&json!(true));
            result.insert("isError".to_owned(), json!(failed.to_string()));
        }
        _ => {}
    }
}

fn structured(fault: Fault, result: &mut Members) {
    if !result.contains_key("structuredContent") {
        return;
    }
    match fault {
        Fault::BrokenOutputSchema => {
            let wrong = json!({ "sum": "three" });
            result.insert("content".to_owned(), json!([{ "type": "text", "text": wrong.to_string() }]));
            result.insert("structuredContent".to_owned(), wrong);
        }
        Fault::MissingStructured => {
            result.remove("structuredContent");
        }
        Fault::NoTextMirror => {
            result.insert("content".to_owned(), json!([{ "type": "text", "text": "done" }]));
        }
        _ => {}
    }
}

fn content(fault: Fault, result: &mut Members, revision: Revision) {
    let Some(Value::Array(blocks)) = result.get_mut("content") else {
        return;
    };
    if fault == Fault::FutureContentType {
        blocks.push(match revision {
            Revision::V2024_11_05 => json!({ "type": "audio", "data": "AAAA", "mimeType": "audio/wav" }),
            _ => json!({ "type": "resource_link", "uri": "demo://notes/2", "name": "note-2" }),
        });
    }
    for block in blocks.iter_mut().filter(|block| block["type"] == "text") {
        match fault {
            Fault::UnknownContentType => block["type"] = json!("markdown"),
            Fault::TextMissing => {
                block.as_object_mut().map(|block| block.remove("text"));
            }
            _ => {}
        }
    }
}
