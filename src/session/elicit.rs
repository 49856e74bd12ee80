//! Filling in a form that a server asks for.

use serde_json::{Value, json};

use crate::instances::smallest;

/// The answer of a person who accepts: content that fits the form, or a decline where none is found.
pub(super) fn accept(params: &Value) -> Value {
    if params.get("mode").and_then(Value::as_str) == Some("url") {
        return json!({ "action": "decline" });
    }
    match params.get("requestedSchema").and_then(smallest) {
        Some(content) => json!({ "action": "accept", "content": content }),
        None => json!({ "action": "decline" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_in_or_declined() {
        let form = json!({ "requestedSchema": { "type": "object", "properties": { "ok": { "type": "boolean" } },
            "required": ["ok"] } });
        assert_eq!(accept(&form), json!({ "action": "accept", "content": { "ok": true } }));
        assert_eq!(accept(&json!({ "mode": "url", "url": "https://example.com" })), json!({ "action": "decline" }));
        assert_eq!(accept(&json!({ "requestedSchema": { "type": 5 } })), json!({ "action": "decline" }));
    }
}
