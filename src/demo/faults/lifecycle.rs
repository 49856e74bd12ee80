//! Handshakes that go wrong, and clients that are treated as others than they are.

use serde_json::{Value, json};

use super::{
    Verdict,
    memory::{Arrival, Exchange, Memory, meta, params, result},
};
use crate::demo::{
    Fault, caller,
    failure::{Cause, Failure, malformed},
};

const CAPABILITIES: [&str; 6] = ["roots", "sampling", "elicitation", "tasks", "extensions", "experimental"];
const OURS: &str = "io.modelcontextprotocol/";

/// A message arrives.
pub fn incoming(fault: Fault, message: &mut Value, arrival: &Arrival) -> Verdict {
    let method = arrival.method.as_str();
    match fault {
        Fault::WrongFallback if method == "initialize" => fall_back(message, arrival),
        Fault::UndeclaredRequest => {
            let declared = meta(message).and_then(|meta| meta.get_mut(caller::CAPABILITIES));
            if let Some(Value::Object(declared)) = declared {
                declared.insert("sampling".to_owned(), json!({}));
            }
        }
        _ => {}
    }
    let refused = match fault {
        Fault::NoPing if method == "ping" => Some(Failure::new(Cause::Method, "there is no such method")),
        Fault::PingBeforeInitializedError if method == "ping" && !arrival.memory.initialized => {
            Some(Failure::new(Cause::Request, "not ready yet"))
        }
        Fault::RefusesUnknownCapabilities if has_unknown_capabilities(message) => Some(malformed("unknown capability")),
        Fault::RefusesMeta if has_unknown_meta(message) => Some(malformed("unknown key in _meta")),
        Fault::RefusesZeroToken if message["params"]["_meta"]["progressToken"] == 0 => {
            Some(malformed("progressToken is missing"))
        }
        _ => None,
    };
    refused.filter(|_| arrival.is_request).map_or(Verdict::Go, Verdict::Fail)
}

fn fall_back(message: &mut Value, arrival: &Arrival) {
    let oldest = arrival.spoken.iter().min().map(|revision| revision.as_str());
    if let (Some(params), Some(oldest)) = (params(message), oldest)
        && let Some(Value::String(version)) = params.get_mut("protocolVersion")
        && !arrival.spoken.iter().any(|revision| revision.as_str() == version)
    {
        oldest.clone_into(version);
    }
}

fn has_unknown_capabilities(message: &Value) -> bool {
    let places = [&message["params"]["capabilities"], &message["params"]["_meta"][caller::CAPABILITIES]];
    let names = places.into_iter().filter_map(Value::as_object).flat_map(|declared| declared.keys());
    names.into_iter().any(|name| !CAPABILITIES.contains(&name.as_str()))
}

fn has_unknown_meta(message: &Value) -> bool {
    let meta = message["params"]["_meta"].as_object();
    meta.is_some_and(|meta| meta.keys().any(|key| key != "progressToken" && !key.starts_with(OURS)))
}

/// What is sent although nobody asked.
pub fn unasked(fault: Fault, notification: &Value, memory: &Memory) -> Option<Value> {
    let ready = notification["method"] == "notifications/initialized";
    let undeclared = memory.capabilities.is_object() && memory.capabilities.get("sampling").is_none();
    (fault == Fault::UndeclaredRequest && ready && undeclared).then(|| {
        let content = json!({ "type": "text", "text": "Say hello." });
        let params = json!({ "messages": [{ "role": "user", "content": content }], "maxTokens": 10 });
        request("sampling/createMessage", Some(params))
    })
}

/// A request of the server.
pub fn request(method: &str, params: Option<Value>) -> Value {
    let mut message = json!({ "jsonrpc": "2.0", "id": format!("demo-{method}"), "method": method });
    if let Some(params) = params {
        message["params"] = params;
    }
    message
}

/// A message leaves.
pub fn outgoing(fault: Fault, message: &mut Value, exchange: &mut Exchange) {
    let Some(result) = result(message) else { return };
    let introduces = result.contains_key("capabilities");
    let greets = exchange.method == "initialize";
    match fault {
        Fault::EchoAnyVersion if greets => {
            let version = exchange.param("protocolVersion").cloned().unwrap_or_default();
            result.insert("protocolVersion".to_owned(), version);
        }
        Fault::NoServerInfo if greets => {
            result.remove("serverInfo");
        }
        Fault::EmptyVersion => forget_version(result),
        Fault::CapabilitiesTrue if introduces => {
            if let Some(capabilities) = result.get_mut("capabilities") {
                capabilities["tools"] = json!(true);
            }
        }
        Fault::InstructionsNumber if introduces => {
            result.insert("instructions".to_owned(), json!(42));
        }
        Fault::EarlyRequest if greets && exchange.memory.capabilities.get("roots").is_some() => {
            exchange.after.push(request("roots/list", None));
        }
        _ => {}
    }
}

fn forget_version(result: &mut serde_json::Map<String, Value>) {
    let forget = |info: &mut Value| info.as_object_mut().map(|info| info.remove("version"));
    result.get_mut("serverInfo").map(forget);
    result.get_mut("_meta").and_then(|meta| meta.get_mut(caller::SERVER_INFO)).map(forget);
}
