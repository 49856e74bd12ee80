//! Our side of the conversation that servers may ask for: roots, sampling, elicitation, ping.

use serde_json::{Map, Value, json};

use super::{Limits, Settings, elicit, metadata::standard};
use crate::model::{Era, Revision};

/// The response of a client that declares `capabilities`, for whoever holds no session.
pub fn reply_as(revision: Revision, capabilities: &Value, request: &Value) -> Option<Value> {
    let settings = Settings { capabilities: capabilities.clone(), ..Settings::new("", revision, Limits::default()) };
    reply(&settings, request)
}

/// The response to a request of the server, as a whole message.
pub(super) fn reply(settings: &Settings, request: &Value) -> Option<Value> {
    let id = request.get("id").filter(|id| !id.is_null())?;
    if settings.revision.era() == Era::Modern {
        return None;
    }
    Some(match fulfil(settings, request) {
        Some(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        None => json!({
            "jsonrpc": "2.0", "id": id, "error": { "code": -32601, "message": "this client does not offer it" },
        }),
    })
}

/// The result for a request of the server; `None` when we did not declare that we can.
fn fulfil(settings: &Settings, request: &Value) -> Option<Value> {
    let declared = |capability: &str| settings.capabilities.get(capability).map(|_| ());
    let params = request.get("params").unwrap_or(&Value::Null);
    match request.get("method").and_then(Value::as_str)? {
        "ping" => Some(json!({})),
        "roots/list" => declared("roots").map(|()| roots()),
        "sampling/createMessage" => declared("sampling").map(|()| sample()),
        "elicitation/create" => declared("elicitation").map(|()| elicit::accept(params)),
        _ => None,
    }
}

fn roots() -> Value {
    let folder = std::env::temp_dir();
    let path: String = folder.to_string_lossy().split('/').map(escape).collect::<Vec<_>>().join("/");
    json!({ "roots": [{ "uri": format!("file://{path}"), "name": "litmus" }] })
}

fn escape(part: &str) -> String {
    part.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}

fn sample() -> Value {
    let content = json!({ "type": "text", "text": "a canned answer" });
    json!({ "role": "assistant", "model": "mcp-litmus", "content": content, "stopReason": "endTurn" })
}

/// A request as it was sent, to send it again.
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) params: Value,
}

/// The same request, with the input that the server asked for.
pub(super) struct Retry {
    pub(super) method: String,
    pub(super) params: Value,
}

/// What to send when a result is an interim one that asks for input.
pub(super) fn retry(settings: &Settings, sent: &Sent, result: &Value) -> Option<Retry> {
    if result.get("resultType").and_then(Value::as_str) != Some("input_required") {
        return None;
    }
    let mut params = sent.params.as_object().cloned().unwrap_or_default();
    let requests = result.get("inputRequests").and_then(Value::as_object);
    let responses: Option<Map<String, Value>> = requests
        .map(|requests| requests.iter().map(|(key, request)| Some((key.clone(), fulfil(settings, request)?))).collect())
        .unwrap_or_default();
    if let Some(responses) = responses.filter(|responses| !responses.is_empty()) {
        params.insert("inputResponses".to_owned(), Value::Object(responses));
    }
    // What is no text the watches tell of; handed back, it would be a mistake of ours.
    if let Some(state) = result.get("requestState").filter(|state| state.is_string()) {
        params.insert("requestState".to_owned(), state.clone());
    }
    if !params.contains_key("_meta") {
        params.insert("_meta".to_owned(), Value::Object(standard(settings)));
    }
    Some(Retry { method: sent.method.clone(), params: Value::Object(params) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Revision, session::Limits};

    fn settings(revision: Revision, capabilities: Value) -> Settings {
        Settings { capabilities, ..Settings::new("test", revision, Limits::default()) }
    }

    #[test]
    fn what_was_not_declared_is_refused() {
        let settings = settings(Revision::V2025_11_25, json!({ "roots": {} }));
        let ask = |method: &str| reply(&settings, &json!({ "id": 1, "method": method })).unwrap();
        assert!(ask("roots/list")["result"]["roots"][0]["uri"].as_str().unwrap().starts_with("file:///"));
        assert_eq!(ask("ping")["result"], json!({}));
        assert_eq!(ask("sampling/createMessage")["error"]["code"], -32601);
        assert_eq!(ask("tools/list")["error"]["code"], -32601);
    }

    #[test]
    fn a_request_without_a_usable_id_or_in_the_modern_era_gets_no_answer() {
        let old = settings(Revision::V2025_11_25, json!({}));
        assert_eq!(reply(&old, &json!({ "id": null, "method": "ping" })), None);
        let modern = settings(Revision::V2026_07_28, json!({}));
        assert_eq!(reply(&modern, &json!({ "id": 1, "method": "ping" })), None);
    }

    #[test]
    fn input_is_given_and_the_state_is_handed_back() {
        let settings = settings(Revision::V2026_07_28, json!({ "elicitation": {} }));
        let sent = Sent { method: "tools/call".to_owned(), params: json!({ "name": "ask", "_meta": {} }) };
        let result = json!({
            "resultType": "input_required", "requestState": "s",
            "inputRequests": { "q": { "method": "elicitation/create", "params": { "requestedSchema": {
                "type": "object", "properties": { "n": { "type": "integer" } }, "required": ["n"] } } } },
        });
        let retry = retry(&settings, &sent, &result).unwrap();
        assert_eq!(retry.params["requestState"], "s");
        assert_eq!(retry.params["inputResponses"]["q"], json!({ "action": "accept", "content": { "n": 1 } }));
        assert!(super::retry(&settings, &sent, &json!({ "resultType": "complete" })).is_none());
    }
}
