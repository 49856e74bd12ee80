//! Every method of every revision, with parameters that fit it in general. Tools are called elsewhere.

use serde_json::{Value, json};

/// Requests of clients.
pub const REQUESTS: &[(&str, &str)] = &[
    ("initialize", r#"{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"}}"#),
    ("ping", "{}"),
    ("server/discover", "{}"),
    ("tools/list", "{}"),
    ("prompts/list", "{}"),
    ("prompts/get", r#"{"name":"a","arguments":{"a":"b"}}"#),
    ("resources/list", "{}"),
    ("resources/templates/list", "{}"),
    ("resources/read", r#"{"uri":"test://a"}"#),
    ("resources/subscribe", r#"{"uri":"test://a"}"#),
    ("resources/unsubscribe", r#"{"uri":"test://a"}"#),
    ("subscriptions/listen", r#"{"notifications":{"toolsListChanged":true,"resourceSubscriptions":["test://a"]}}"#),
    ("completion/complete", r#"{"ref":{"type":"ref/prompt","name":"a"},"argument":{"name":"a","value":""}}"#),
    ("logging/setLevel", r#"{"level":"error"}"#),
    ("tasks/list", "{}"),
    ("tasks/get", r#"{"taskId":"a"}"#),
    ("tasks/result", r#"{"taskId":"a"}"#),
    ("tasks/cancel", r#"{"taskId":"a"}"#),
    ("sampling/createMessage", r#"{"messages":[],"maxTokens":1}"#),
    ("elicitation/create", r#"{"message":"a","requestedSchema":{"type":"object","properties":{}}}"#),
    ("roots/list", "{}"),
];

/// Notifications of either side.
pub const NOTIFICATIONS: &[(&str, &str)] = &[
    ("notifications/initialized", "{}"),
    ("notifications/cancelled", r#"{"requestId":"none","reason":"a"}"#),
    ("notifications/progress", r#"{"progressToken":"none","progress":1,"total":2}"#),
    ("notifications/roots/list_changed", "{}"),
    ("notifications/tasks/status", r#"{"taskId":"a","status":"working"}"#),
    ("notifications/message", r#"{"level":"error","data":"a"}"#),
    ("notifications/resources/updated", r#"{"uri":"test://a"}"#),
    ("notifications/tools/list_changed", "{}"),
    ("notifications/prompts/list_changed", "{}"),
    ("notifications/resources/list_changed", "{}"),
    ("notifications/elicitation/complete", r#"{"elicitationId":"a"}"#),
    ("notifications/subscriptions/acknowledged", r#"{"notifications":{}}"#),
    ("notifications/unknown", "{}"),
];

/// The parameters of a row.
pub fn params(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_json() {
        for (method, text) in REQUESTS.iter().chain(NOTIFICATIONS) {
            assert!(serde_json::from_str::<Value>(text).is_ok(), "{method}");
        }
    }
}
