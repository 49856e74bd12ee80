//! Completes an official document with the messages as they go over the wire, so that every revision speaks of the
//! same things: the older files describe requests and notifications without their envelope, and all but the newest
//! describe results without the response around them.

use mcp_litmus::model::Revision;
use serde_json::{Map, Value, json};

use crate::parts;

/// Results that are the base of others, or a choice among them.
const BASES: [&str; 5] = ["Result", "PaginatedResult", "CacheableResult", "ServerResult", "ClientResult"];

/// In the revision with tasks, a request of these results may be answered with a task instead.
const TASK: &str = "CreateTaskResult";
const MAY_BE_TASKS: [&str; 3] = ["CallToolResult", "CreateMessageResult", "ElicitResult"];

/// Put envelopes around requests and notifications, and add a `…Response` for every result and error that has none.
pub fn complete(document: &mut Value, revision: Revision) {
    let place = parts::place(document);
    let definitions = document[place].as_object_mut().expect("a document has definitions");
    // From then on requests without an envelope are meant: they travel inside of a result. Errors have none.
    if revision >= Revision::V2026_07_28 {
        return complete_errors(place, definitions);
    }
    for definition in definitions.values_mut().filter(|definition| is_bare(definition)) {
        let envelope = if has_id(definition) { "JSONRPCRequest" } else { "JSONRPCNotification" };
        *definition = json!({ "allOf": [reference(place, envelope), definition.take()] });
    }
    let envelope =
        ["JSONRPCResultResponse", "JSONRPCResponse"].into_iter().find(|name| definitions.contains_key(*name));
    let envelope = reference(place, envelope.expect("a document has responses"));
    let has_tasks = definitions.contains_key(TASK);
    for name in results(definitions).into_iter().filter(|name| name != TASK) {
        let mut result = reference(place, &name);
        if has_tasks && MAY_BE_TASKS.contains(&name.as_str()) {
            result = json!({ "anyOf": [result, reference(place, TASK)] });
        }
        let response = json!({ "allOf": [envelope, { "type": "object", "properties": { "result": result } }] });
        definitions.insert(format!("{name}Response"), response);
    }
}

/// Add a `…Response` for every error that is described without one.
fn complete_errors(place: &str, definitions: &mut Map<String, Value>) {
    let bare = |definition: &Value| definition["properties"]["code"].get("const").is_some();
    let names = definitions.iter().filter(|(_, definition)| bare(definition)).map(|(name, _)| name.clone());
    for name in names.collect::<Vec<_>>() {
        let error = json!({ "type": "object", "properties": { "error": reference(place, &name) } });
        let response = json!({ "allOf": [reference(place, "JSONRPCErrorResponse"), error] });
        definitions.insert(format!("{name}Response"), response);
    }
}

/// Whether a definition is a request or a notification of a certain method, without its envelope.
fn is_bare(definition: &Value) -> bool {
    let properties = &definition["properties"];
    properties["method"].get("const").is_some() && properties.get("jsonrpc").is_none()
}

fn has_id(definition: &Value) -> bool {
    let method = definition["properties"]["method"]["const"].as_str();
    method.is_some_and(|method| !method.starts_with("notifications/"))
}

fn results(definitions: &Map<String, Value>) -> Vec<String> {
    let results = definitions.keys().filter(|name| name.ends_with("Result") && !BASES.contains(&name.as_str()));
    results.cloned().collect()
}

fn reference(place: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/{place}/{name}") })
}
